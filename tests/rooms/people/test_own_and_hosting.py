"""What people decide for themselves, and how the care of a chapter is handed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import models

from footbridge.core import clock, links
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import (
    Conflict,
    DomainError,
    LimitReached,
    LinkNotValid,
    NotAllowed,
    NotHere,
)
from footbridge.journal.models import Entry
from footbridge.mail.actions import send
from footbridge.mail.models import Message
from footbridge.network.actions import state_tie
from footbridge.people import actions, personal_data, queries
from footbridge.people.models import AccessToken, Account, Affiliation, Host, Member, Person
from footbridge.people.states import Door, Hosting, Inside, Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db


# Chapters.


def test_a_new_installation_begins_with_a_chapter_and_its_host() -> None:
    chapter = actions.create_chapter(actor=OPERATOR, name="First", language="es")
    host = actions.first_host(actor=OPERATOR, chapter=chapter, name="Hana", email="h@example.org")
    assert host.has_joined
    assert [(one.member.name, one.role) for one in queries.hosts_of(host, chapter)] == [
        ("Hana", "host")
    ]
    assert queries.hosting(host) == [chapter]
    with pytest.raises(Conflict):
        actions.first_host(actor=OPERATOR, chapter=chapter, name="X", email="x@example.org")
    with pytest.raises(Conflict):
        actions.create_chapter(actor=OPERATOR, name="First")


def test_only_who_hosts_already_founds_another_chapter(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.create_chapter(actor=cast.seeker, name="Mine")
    chapter = actions.create_chapter(actor=cast.host, name="Second")
    assert set(queries.hosting(cast.host)) == {cast.chapter, chapter}


def test_a_chapter_is_never_left_without_a_host(cast: Cast) -> None:
    cast.host, cast.deputy  # noqa: B018 - both look after the chapter
    for act in (
        lambda: actions.remove_host(actor=cast.deputy, chapter=cast.chapter, person=cast.host),
        lambda: actions.add_host(actor=cast.host, chapter=cast.chapter, person=cast.host),
        lambda: actions.erase(actor=cast.host, person=cast.host),
    ):
        with pytest.raises(Conflict):
            act()
    actions.add_host(actor=cast.host, chapter=cast.chapter, person=cast.deputy, role=Hosting.HOST)
    actions.remove_host(actor=cast.host, chapter=cast.chapter, person=cast.host)
    assert [one.person for one in Host.objects.all()] == [cast.deputy]
    assert queries.deputies(cast.seeker, cast.chapter) == []


def test_only_members_become_deputies_and_only_by_hosts(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.add_host(actor=cast.host, chapter=cast.chapter, person=cast.listed)
    with pytest.raises(NotAllowed):
        actions.add_host(actor=cast.seeker, chapter=cast.chapter, person=cast.seeker)


def test_a_chapter_is_edited_by_its_hosts(cast: Cast) -> None:
    changed = actions.edit_chapter(actor=cast.deputy, chapter=cast.chapter, welcome="Come in")
    assert changed.welcome == "Come in"
    with pytest.raises(NotAllowed):
        actions.edit_chapter(actor=cast.seeker, chapter=cast.chapter, welcome="No")


# The host's list.


def test_the_list_is_filtered_searched_and_paged(cast: Cast) -> None:
    for number in range(5):
        actions.add_person(
            actor=cast.host,
            chapter=cast.chapter,
            name=f"Zoë {number}",
            email=f"zoë.{number}@example.org".replace("ë", "e"),
        )
    page = queries.members(cast.host, cast.chapter, standing=Standing.KNOWN, text="zoe", size=2)
    assert ([row.member.name for row in page.items], page.total, page.pages) == (
        ["Zoë 0", "Zoë 1"],
        5,
        3,
    )
    last = queries.members(cast.host, cast.chapter, text="zoe", page=99, size=2)
    assert ([row.member.name for row in last.items], last.number) == (["Zoë 4"], 3)
    assert queries.members(cast.host, cast.chapter, text="ZOE.4@EXAMPLE").total == 1
    assert queries.standings(cast.host, cast.chapter)["known"] == 5
    for query in (queries.members, queries.applicants, queries.standings):
        with pytest.raises(NotAllowed):
            query(cast.seeker, cast.chapter)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Callable
) -> None:
    seeker = cast.seeker
    for number in range(count):
        person = cast.person(f"P{number}", at=cast.city, standing=Standing.APPLIED)
        actions.invite(actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=person)
        cast.person(f"J{number}", at=cast.food_bank, role="Press")
    with django_assert_num_queries(5):
        assert queries.members(cast.host, cast.chapter, standing=Standing.APPLIED).total == count
    with django_assert_num_queries(4):
        assert len(queries.applicants(cast.host, cast.chapter)) == count
    with django_assert_num_queries(3):
        assert len(queries.invitations(cast.host, cast.chapter)) == count
    with django_assert_num_queries(3):
        assert len(queries.best_entry_contacts(seeker, cast.food_bank, top=9)) == count + 1
    with django_assert_num_queries(3):
        assert len(queries.affiliations_of(cast.host, cast.city)) == count


# Whom to turn to.


def test_the_head_is_turned_to_last_and_a_mandate_first(cast: Cast) -> None:
    roles = {
        "Ceo": "CEO and founder",
        "Press": "Responsable de prensa",
        "Partner": "Directrice des partenariats",
        "Clerk": "Accountant",
    }
    for name, role in roles.items():
        cast.person(name, at=cast.city, role=role)
    cast.person("Paused", at=cast.city, role="Press", paused_until=clock.today())
    cast.person("Listed", at=cast.city, role="Press", standing=Standing.KNOWN)
    boss = cast.person("Mandated", at=cast.city, role="CEO")
    assert queries.inside(cast.seeker, cast.city) == Inside.PEOPLE
    Affiliation.objects.filter(person=boss).update(has_mandate=True)
    contacts = queries.best_entry_contacts(cast.stranger, cast.city, top=9)
    assert [one.member.name for one in contacts] == ["Mandated", "Partner", "Press", "Clerk", "Ceo"]
    assert contacts[0].why == "has a mandate to agree to things"
    assert queries.inside(cast.seeker, cast.city) == Inside.CHAMPION


def test_an_organisation_whose_people_left_has_a_leadership_vacuum(cast: Cast) -> None:
    Affiliation.objects.create(
        person=cast.seeker, organisation=cast.city, until=clock.today() - timedelta(days=1)
    )
    assert queries.inside(cast.seeker, cast.city) == Inside.VACUUM
    assert queries.best_entry_contacts(cast.seeker, cast.city) == []


# Finding someone by name or address.


def test_an_address_finds_only_those_who_wish_to_be_found_by_it(cast: Cast) -> None:
    address = cast.target.email or ""
    assert queries.find(cast.seeker, address) is None
    assert queries.find(cast.host, address) == cast.target
    assert queries.find(cast.target, address.upper()) == cast.target
    actions.be_findable_by_email(actor=cast.target, findable=True)
    assert queries.find(cast.stranger, address) == cast.target
    assert queries.find(cast.seeker, "lena SOUGHT") == cast.target
    assert queries.find(OPERATOR, str(cast.target.id)) == cast.target
    assert queries.find(cast.seeker, cast.listed.name) is None


def test_an_organisation_is_found_by_its_name_as_typed(cast: Cast) -> None:
    cast.cold_chain  # noqa: B018 - stands in the network
    assert queries.organisation_named(cast.stranger, " northwind COLD  chain") == cast.cold_chain
    assert queries.organisation_named(cast.stranger, "Northwind") is None
    assert queries.organisation_named(cast.stranger, cast.seeker.name) is None


def test_a_link_stands_for_its_person_until_they_are_gone(cast: Cast) -> None:
    link = links.read(links.sign("sign-in", cast.listed.id, cast.listed.id), "sign-in")
    assert queries.person_of_link(link) == cast.listed
    actions.erase(actor=cast.host, person=cast.listed)
    with pytest.raises(LinkNotValid):
        queries.person_of_link(link)


@pytest.mark.parametrize("no_id", ["", "x", "1; drop", "00000000-0000-4000-8000-000000000000"])
def test_nothing_and_nonsense_are_alike_not_here(cast: Cast, no_id: str) -> None:
    with pytest.raises(NotHere):
        queries.get(cast.seeker, no_id)


# A pause, tokens.


def test_a_pause_lasts_through_its_day(cast: Cast) -> None:
    actions.pause(actor=cast.seeker, until=clock.today() + timedelta(days=2))
    paused = Person.objects.get(id=cast.seeker.id)
    assert paused.is_paused
    with clock.held_at(clock.now() + timedelta(days=3)):
        assert not paused.is_paused
    actions.resume(actor=cast.seeker)
    assert not Person.objects.get(id=cast.seeker.id).is_paused
    with pytest.raises(DomainError):
        actions.pause(actor=cast.seeker, until=date(2020, 1, 1))


def test_a_tokens_secret_is_shown_once_and_kept_nowhere(cast: Cast) -> None:
    token, secret = actions.make_token(actor=cast.seeker, name="my script")
    assert queries.for_token(secret) == cast.seeker
    assert secret not in str(AccessToken.objects.values_list()) + str(Entry.objects.values_list())
    assert [one.name for one in queries.tokens(cast.seeker)] == ["my script"]
    assert queries.tokens(cast.host) == []
    actions.drop_token(actor=cast.host, token_id=token.id)
    assert queries.for_token(secret) == cast.seeker
    with clock.held_at(clock.now() + timedelta(days=91)):
        assert queries.for_token(secret) is None
    actions.drop_token(actor=cast.seeker, token_id=token.id)
    assert queries.for_token(secret) is None


def test_tokens_have_limits(cast: Cast) -> None:
    for number in range(20):
        actions.make_token(actor=cast.seeker, name=f"t{number}")
    with pytest.raises(LimitReached):
        actions.make_token(actor=cast.seeker, name="one too many")
    with pytest.raises(DomainError):
        actions.make_token(actor=cast.host, name="long", lasts=timedelta(days=4000))


# Export and erasure.


def test_a_personal_export_holds_every_rooms_part_and_is_for_its_person(cast: Cast) -> None:
    actions.make_token(actor=cast.seeker, name="my script")
    state_tie(actor=cast.seeker, other=cast.connector, strength="trust")
    export = queries.personal_export(cast.seeker, cast.seeker)
    assert export["people"]["person"][0]["email"] == "rosa.seeker@example.org"
    assert export["people"]["affiliations"][0]["organisation"] == "Harbour Food Bank"
    assert export["people"]["tokens"][0]["name"] == "my script"
    assert export["network"]["ties"][0]["other"] == "Kofi Connector"
    assert queries.personal_export(OPERATOR, cast.seeker) == export
    for other in (cast.host, cast.stranger):
        with pytest.raises(NotHere):
            queries.personal_export(other, cast.seeker)


def test_erasing_leaves_no_row_that_names_the_person(cast: Cast) -> None:
    person = cast.seeker
    account = actions.account_for(person)
    actions.make_token(actor=person, name="script")
    state_tie(actor=person, other=cast.connector, strength="trust")
    state_tie(actor=cast.connector, other=person, strength="know")
    send("joined", to_address="x@y.org", to_person=person.id, context={})
    send("sign_in_code", to_address="ROSA.seeker@example.org", context={"code": "ABC"})
    actions.erase(actor=person, person=person)
    assert not Member.objects.filter(id=person.id).exists()
    assert not Account.objects.filter(id=account.id).exists()
    assert not Message.objects.exists()
    assert _rows_naming(person, account) == []
    assert Entry.objects.filter(verb="people.erased", subject=person.id).count() == 1
    assert "rosa" not in str(list(Entry.objects.values())).lower()
    assert Member.objects.filter(id=cast.food_bank.id).exists()


def _rows_naming(person: Person, account: Account) -> list[models.Model]:
    """Every row, in every table but the journal, one of whose keys points at the person."""
    gone = {Member: person.id, Account: account.id}
    found: list[models.Model] = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            target = field.remote_field and field.remote_field.model._meta.concrete_model
            if target in gone:
                found += model._default_manager.filter(**{field.attname: gone[target]})
    return found


def test_who_may_erase_whom(cast: Cast) -> None:
    for actor, person in (
        (cast.host, cast.seeker),
        (cast.seeker, cast.connector),
        (cast.stranger, cast.listed),
    ):
        with pytest.raises(NotAllowed):
            actions.erase(actor=actor, person=person)
    actions.erase(actor=cast.host, person=cast.listed)
    actions.erase(actor=OPERATOR, person=cast.host)
    with pytest.raises(NotHere):
        actions.erase(actor=OPERATOR, person=cast.host)


def test_an_upper_room_takes_part_in_erasure_before_the_row_goes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal_data, "_holdings", dict(personal_data._holdings))
    seen: list[bool] = []
    personal_data.register(
        "upper",
        lambda person: {"name": person.name},
        lambda person: seen.append(Person.objects.filter(id=person.id).exists()),
    )
    assert queries.personal_export(cast.seeker, cast.seeker)["upper"] == {"name": "Rosa Seeker"}
    actions.erase(actor=cast.seeker, person=cast.seeker)
    assert seen == [True]
