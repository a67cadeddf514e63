"""Two members become one, and two again, to the last row."""

from __future__ import annotations

from datetime import date

import pytest

from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Need, Offer
from footbridge.intake import actions, queries
from footbridge.intake.models import Duplicate, Merge
from footbridge.introductions.models import Introduction
from footbridge.journal.models import Entry
from footbridge.network.models import Tie
from footbridge.people.models import (
    Account,
    Affiliation,
    Identifier,
    Member,
    Organisation,
    Person,
    Reach,
)
from footbridge.people.states import Kind, Sector, Standing
from tests.cast import Cast
from tests.rooms.intake.lists import RECORDS, bring_in, everything

pytestmark = pytest.mark.django_db

LEFT_OUT = RECORDS | {"intake.merge"}


@pytest.fixture
def twice(cast: Cast) -> tuple[Person, Person]:
    """Ana, who is on the list twice, with everything that can hang on a person."""
    ana = cast.person("Ana Ruiz", at=cast.food_bank, role="Cook", standing=Standing.KNOWN)
    anna = cast.person(
        "Anna Ruiz",
        at=cast.food_bank,
        role="Cook",
        standing=Standing.KNOWN,
        place=cast.lisbon,
        headline="Cooks for sixty",
    )
    Affiliation.objects.create(
        person=anna, organisation=cast.city, role="Adviser", since=date(2020, 1, 1)
    )
    for one in (ana, anna):
        Tie.objects.create(teller=one, other=cast.connector, strength="know")
        exchange.open_need(actor=cast.host, owner=one, text="A van")
    Tie.objects.create(teller=anna, other=cast.target, strength="trust")
    Tie.objects.create(teller=cast.target, other=anna, strength="met")
    Tie.objects.create(teller=anna, other=ana, strength="trust")
    exchange.open_need(actor=cast.host, owner=anna, text="We need a kitchen for cooking lessons")
    exchange.open_offer(actor=cast.host, owner=anna, text="Cooking for sixty people")
    Identifier.objects.create(member=anna, scheme="list:x", value="7")
    Duplicate.objects.create(one=ana, other=anna, likeness=0.9, why=["alike"])
    Duplicate.objects.create(one=anna, other=cast.target, likeness=0.4, why=["alike"])
    return ana, anna


def test_all_that_was_said_of_the_one_is_said_of_the_other(
    cast: Cast, twice: tuple[Person, Person]
) -> None:
    ana, anna = twice
    merge = actions.merge(actor=cast.host, keep=ana, gone=anna)
    ana.refresh_from_db()
    assert not Member.objects.filter(id=anna.id).exists()
    assert (ana.name, ana.email, ana.headline) == (
        "Ana Ruiz",
        "ana.ruiz@example.org",
        "Cooks for sixty",
    )
    assert ana.place == cast.porto
    assert set(ana.affiliations.values_list("organisation__name", "role")) == {
        ("Harbour Food Bank", "Cook"),
        ("City Health Office", "Adviser"),
    }
    assert set(Tie.objects.values_list("teller__name", "other__name", "strength")) == {
        ("Ana Ruiz", "Kofi Connector", "know"),
        ("Ana Ruiz", "Lena Sought", "trust"),
        ("Lena Sought", "Ana Ruiz", "met"),
    }
    assert sorted(need.text for need in Need.objects.filter(owner=ana)) == [
        "A van",
        "We need a kitchen for cooking lessons",
    ]
    assert Offer.objects.get().owner_id == ana.id
    assert Entry.objects.get(verb="intake.members_merged").subject == ana.id
    assert merge.gone["name"] == "Anna Ruiz"


def test_undone_everything_is_as_it_was(cast: Cast, twice: tuple[Person, Person]) -> None:
    ana, anna = twice
    before = everything(LEFT_OUT)
    merge = actions.merge(actor=cast.host, keep=ana, gone=anna)
    assert everything(LEFT_OUT) != before
    back = actions.undo(actor=cast.host, merge=merge)
    assert back.id == anna.id
    after = everything(LEFT_OUT)
    assert [label for label in before if before[label] != after[label]] == []
    assert after == before


def test_organisations_and_their_groups_merge_and_part(cast: Cast) -> None:
    north = cast.cold_chain
    again = cast.organisation(
        "Northwind Cold-Chain Ltd", Sector.PRIVATE, website="https://n.example"
    )
    child = cast.organisation("Northwind Depot", Sector.PRIVATE, group=again)
    north.group = again
    north.save()
    Reach.objects.create(organisation=north, place=cast.porto)
    Reach.objects.create(organisation=again, place=cast.porto)
    Reach.objects.create(organisation=again, place=cast.lisbon)
    assert cast.target
    assert cast.host
    before = everything(LEFT_OUT)
    merge = actions.merge(actor=cast.host, keep=north, gone=again)
    north.refresh_from_db()
    child.refresh_from_db()
    assert (north.group, child.group_id) == (None, north.id)
    assert north.former_names == ["Northwind Cold-Chain Ltd"]
    assert north.website == "https://n.example"
    assert Reach.objects.filter(organisation=north).count() == 2
    actions.undo(actor=cast.host, merge=merge)
    assert everything(LEFT_OUT) == before


def test_an_account_goes_over_with_the_standing_and_comes_back(cast: Cast) -> None:
    listed = cast.person("Rosa S", standing=Standing.KNOWN, email=None)
    rosa = cast.seeker
    rosa.account = Account.objects.create_user(rosa.email or "")
    rosa.joined_at = rosa.created_at
    rosa.save()
    assert cast.host
    before = everything(LEFT_OUT)
    merge = actions.merge(actor=cast.host, keep=listed, gone=rosa)
    listed.refresh_from_db()
    assert (listed.standing, listed.email) == ("joined", "rosa.seeker@example.org")
    assert listed.account_id == rosa.account_id
    actions.undo(actor=cast.host, merge=merge)
    assert everything(LEFT_OUT) == before


def test_introductions_go_over_too(cast: Cast) -> None:
    twin = cast.person("Lena S.", standing=Standing.KNOWN)
    relations = {
        relation.field.name
        for relation in Member._meta.get_fields(include_hidden=True)
        if getattr(relation, "related_model", None) is Introduction and relation.auto_created
    }
    assert {"seeker", "target"} <= relations
    made = Introduction.objects.create(
        seeker=cast.seeker, target=twin, connector=cast.connector, why_you="Hello"
    )
    assert cast.host
    before = everything(LEFT_OUT)
    merge = actions.merge(actor=cast.host, keep=cast.target, gone=twin)
    made.refresh_from_db()
    assert made.target_id == cast.target.id
    actions.undo(actor=cast.host, merge=merge)
    assert (
        everything(LEFT_OUT)["introductions.introduction"] == before["introductions.introduction"]
    )


def test_the_next_import_of_the_same_list_does_not_bring_the_second_back(cast: Cast) -> None:
    text = "Name,Email,Organisation\nAna Ruiz,ana@x.org,Kitchen\nAnna Ruiz,anna@x.org,Kitchens\n"
    bring_in(cast.chapter, text)
    ana, anna = Person.objects.get(name="Ana Ruiz"), Person.objects.get(name="Anna Ruiz")
    one, other = (Organisation.objects.get(name=name) for name in ("Kitchen", "Kitchens"))
    actions.merge(actor=cast.host, keep=ana, gone=anna)
    actions.merge(actor=cast.host, keep=one, gone=other)
    bring_in(cast.chapter, text)
    assert Person.objects.filter(email__endswith="@x.org").count() == 1
    assert Organisation.objects.filter(name__startswith="Kitchen").count() == 1


def test_what_was_changed_since_stays_when_a_merge_is_undone(
    cast: Cast, twice: tuple[Person, Person]
) -> None:
    ana, anna = twice
    merge = actions.merge(actor=cast.host, keep=ana, gone=anna)
    Member.objects.filter(id=ana.id).update(headline="Cooks for ninety")
    Tie.objects.create(teller=ana, other=cast.colleague, strength="met")
    actions.undo(actor=cast.host, merge=merge)
    ana.refresh_from_db()
    assert ana.headline == "Cooks for ninety"
    assert Tie.objects.filter(teller=ana, other=cast.colleague).exists()


def test_a_merge_is_undone_once(cast: Cast, twice: tuple[Person, Person]) -> None:
    merge = actions.merge(actor=cast.host, keep=twice[0], gone=twice[1])
    actions.undo(actor=cast.host, merge=merge)
    with pytest.raises(Conflict):
        actions.undo(actor=cast.host, merge=merge)


def test_a_person_and_an_organisation_are_never_the_same(cast: Cast) -> None:
    with pytest.raises(DomainError):
        actions.merge(actor=cast.host, keep=cast.target, gone=cast.city)
    with pytest.raises(DomainError):
        actions.merge(actor=cast.host, keep=cast.target, gone=cast.target)


def test_two_who_sign_in_are_not_merged_over_their_heads(cast: Cast) -> None:
    for person in (cast.seeker, cast.target):
        person.account = Account.objects.create_user(person.email or "")
        person.save()
    with pytest.raises(Conflict):
        actions.merge(actor=cast.host, keep=cast.seeker, gone=cast.target)


def test_only_who_looks_after_both_merges_and_sees_merges(
    cast: Cast, twice: tuple[Person, Person]
) -> None:
    with pytest.raises(NotAllowed):
        actions.merge(actor=cast.seeker, keep=twice[0], gone=twice[1])
    with pytest.raises(NotAllowed):
        actions.merge(actor=cast.host, keep=twice[0], gone=cast.stranger)
    merge = actions.merge(actor=cast.host, keep=twice[0], gone=twice[1])
    assert [card.gone for card in queries.merges(cast.deputy)] == ["Anna Ruiz"]
    assert queries.merges(cast.seeker) == []
    with pytest.raises(NotAllowed):
        actions.undo(actor=cast.seeker, merge=merge)
    assert Merge.objects.get().undone_at is None


def test_every_table_that_points_at_members_is_merged() -> None:
    from footbridge.intake.joining import _pointing_at_members

    found = {f"{model._meta.label_lower}.{column}" for model, column in _pointing_at_members()}
    assert {
        "people.affiliation.person",
        "people.affiliation.organisation",
        "people.member.group",
        "network.tie.teller",
        "network.tie.other",
        "network.preference.about",
        "exchange.need.owner",
        "exchange.care.member",
        "introductions.introduction.seeker",
        "intake.duplicate.one",
        "intake.merge.kept",
    } <= found
    assert Kind.PERSON
