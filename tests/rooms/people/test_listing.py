"""Hosts keep a list of people and organisations, and everyone keeps what is said of them right."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.journal.models import Entry
from footbridge.people import actions, queries
from footbridge.people.models import Member, Person
from footbridge.people.states import Sector, Size, Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_host_puts_someone_on_the_list_whom_only_hosts_see(cast: Cast) -> None:
    person = actions.add_person(
        actor=cast.host,
        chapter=cast.chapter,
        name="  Ana\tLima ",
        email="Ana.LIMA@Example.org",
        headline="Cooks for two hundred",
        languages=["PT", "en_GB", "pt"],
        place=cast.porto,
    )
    stored = Member.objects.get(id=person.id)
    assert (stored.name, stored.folded, stored.email) == (
        "Ana Lima",
        "ana lima",
        "ana.lima@example.org",
    )
    assert stored.languages == ["pt", "en-gb"]
    assert stored.standing == Standing.KNOWN
    assert queries.get(cast.host, person.id) == stored
    assert queries.get(cast.deputy, person.id) == stored
    with pytest.raises(NotHere):
        queries.get(cast.seeker, person.id)
    entry = Entry.objects.get(verb="people.listed")
    assert (entry.subject, entry.actor) == (person.id, cast.host.id)
    assert entry.facts == {"chapter": str(cast.chapter.id)}


def test_only_hosts_put_people_on_the_list(cast: Cast) -> None:
    other_host = cast.stranger
    for actor in (cast.seeker, other_host):
        with pytest.raises(NotAllowed):
            actions.add_person(actor=actor, chapter=cast.chapter, name="Ana")
    assert not Person.objects.filter(name="Ana").exists()


def test_addresses_that_differ_in_case_are_one_person(cast: Cast) -> None:
    cast.person("Ana Lima", email="ana@example.org")
    with pytest.raises(Conflict) as refusal:
        actions.add_person(
            actor=cast.host, chapter=cast.chapter, name="Ana L.", email=" ANA@example.ORG "
        )
    assert refusal.value.field == "email"
    assert Person.objects.filter(email__iexact="ana@example.org").count() == 1


def test_the_database_itself_refuses_an_address_in_capitals(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.person("Ana Lima", email="Ana@example.org")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("مريم السيد", "مريم السيد"),
        ("\u202eAna\u202c Lima\x00", "Ana Lima"),
        ("Pаypal", "Pаypal"),  # with a Cyrillic а: a name in any script is a name
        ("Łódź\u00a0Kobiety", "Łódź Kobiety"),
        ("王小明", "王小明"),
    ],
)
def test_names_of_any_script_are_kept_without_hidden_characters(
    cast: Cast, typed: str, kept: str
) -> None:
    person = actions.add_person(actor=cast.host, chapter=cast.chapter, name=typed)
    assert Person.objects.get(id=person.id).name == kept


@pytest.mark.parametrize("name", ["", "  ", "\u202e\u200b", "x" * 201])
def test_a_name_that_is_none_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(DomainError) as refusal:
        actions.add_person(actor=cast.host, chapter=cast.chapter, name=name)
    assert refusal.value.field == "name"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not an address"),
        ("email", "a@b"),
        ("languages", ["English"]),
        ("languages", "en"),
        ("website", "javascript:alert(1)"),
        ("sector", "magic"),
        ("headline", "x" * 201),
        ("asks_per_month", -1),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(cast: Cast, field: str, value: object) -> None:
    with pytest.raises(DomainError) as refusal:
        actions.edit(cast.host, cast.listed, **{field: value}) if field != "asks_per_month" else (
            actions.edit(cast.seeker, cast.seeker, **{field: value})
        )
    assert refusal.value.field == field


def test_an_edit_touches_only_what_changed(cast: Cast) -> None:
    before = Member.objects.get(id=cast.seeker.id)
    changed = actions.edit(
        cast.seeker, cast.seeker, name="Rosa Seeker", headline="Feeds the harbour"
    )
    assert changed.headline == "Feeds the harbour"
    entry = Entry.objects.get(verb="people.changed")
    assert entry.facts == {"fields": ["headline"]}
    after = Member.objects.get(id=cast.seeker.id)
    differing = [
        field.attname
        for field in Member._meta.concrete_fields
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]
    assert differing == ["headline", "version"]


def test_an_edit_that_changes_nothing_writes_nothing(cast: Cast) -> None:
    actions.edit(cast.seeker, cast.seeker, name=" Rosa  Seeker ", languages=["en"])
    assert not Entry.objects.filter(verb="people.changed").exists()


def test_a_field_that_is_not_for_editing_is_an_error_of_the_caller(cast: Cast) -> None:
    with pytest.raises(TypeError, match="standing"):
        actions.edit(cast.seeker, cast.seeker, standing=Standing.KNOWN)


def test_an_organisation_keeps_its_former_names(cast: Cast) -> None:
    cast.target  # noqa: B018 - Lena acts for the firm
    renamed = actions.edit(cast.target, cast.cold_chain, name="Northwind", size=Size.SMALL)
    assert (renamed.name, renamed.folded, renamed.size) == ("Northwind", "northwind", "small")
    assert renamed.former_names == ["Northwind Cold Chain"]


def test_an_organisation_never_belongs_to_itself(cast: Cast) -> None:
    child = actions.add_organisation(
        actor=cast.host, chapter=cast.chapter, name="Child", group=cast.city
    )
    grandchild = actions.add_organisation(
        actor=cast.host, chapter=cast.chapter, name="Grandchild", group=child
    )
    for group in (cast.city, child, grandchild, cast.seeker):
        with pytest.raises(DomainError):
            actions.edit(OPERATOR, cast.city, group=group)


def test_who_may_edit_whom(cast: Cast) -> None:
    people = [cast.seeker, cast.connector, cast.target, cast.host, cast.stranger]
    for_listed = {cast.host, cast.deputy, cast.listed}
    for_firm = {cast.target, cast.colleague}
    for actor in {*people, *for_listed, *for_firm}:
        for member, allowed in (
            (cast.listed, for_listed),
            (cast.cold_chain, for_firm),
            (cast.seeker, {cast.seeker}),
        ):
            if actor in allowed:
                actions.edit(actor, member, about=f"by {actor.name}")
            else:
                with pytest.raises(NotAllowed):
                    actions.edit(actor, member, about="no")


def test_a_host_does_not_set_the_limits_that_protect_someone(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.edit(cast.host, cast.listed, asks_per_month=30)


def test_an_address_with_which_someone_signs_in_is_not_edited_here(cast: Cast) -> None:
    actions.account_for(cast.seeker)
    with pytest.raises(NotAllowed):
        actions.edit(cast.seeker, cast.seeker, email="new@example.org")
    assert actions.edit(cast.seeker, cast.seeker, email="ROSA.seeker@example.org")


def test_a_claim_to_act_for_an_organisation_counts_for_nothing_beside_confirmed_people(
    cast: Cast,
) -> None:
    claim = actions.add_affiliation(
        actor=cast.stranger, person=cast.stranger, organisation=cast.cold_chain, role="CEO"
    )
    at_first = actions.edit(cast.stranger, cast.cold_chain, about="Mine, says Noor")
    assert at_first.about == "Mine, says Noor"
    actions.confirm_affiliation(actor=cast.host, affiliation=cast.target.affiliations.get())
    with pytest.raises(NotAllowed):
        actions.edit(cast.stranger, cast.cold_chain, about="Mine again")
    with pytest.raises(NotAllowed):
        actions.confirm_affiliation(actor=cast.stranger, affiliation=claim)
    actions.confirm_affiliation(actor=cast.target, affiliation=claim)
    assert actions.edit(cast.stranger, cast.cold_chain, about="Vouched").about == "Vouched"


def test_members_add_organisations_to_their_own_chapter_only(cast: Cast) -> None:
    made = actions.add_organisation(
        actor=cast.seeker, chapter=cast.chapter, name="Bread Co", sector=Sector.PRIVATE
    )
    assert queries.get(cast.stranger, made.id).name == "Bread Co"
    with pytest.raises(NotAllowed):
        actions.add_organisation(actor=cast.stranger, chapter=cast.chapter, name="Intruder")


def test_an_organisation_works_in_more_places_than_it_sits_in(cast: Cast) -> None:
    cast.target  # noqa: B018 - Lena acts for the firm
    for _twice in range(2):
        actions.add_reach(actor=cast.target, organisation=cast.cold_chain, place=cast.lisbon)
    assert [row.place for row in cast.cold_chain.reach.all()] == [cast.lisbon]
    assert Entry.objects.filter(verb="people.reach_added").count() == 1
    actions.remove_reach(actor=cast.target, organisation=cast.cold_chain, place=cast.lisbon)
    assert not cast.cold_chain.reach.exists()
