"""Wishes are private, and contacts belong to the one who brought them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import override_settings

from footbridge.core import clock, jobs
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError, LimitReached, NotHere
from footbridge.intake import actions as intake
from footbridge.journal.models import Entry
from footbridge.mail.models import Message
from footbridge.network import actions, policy, queries, sealing
from footbridge.network.actions import Imported
from footbridge.network.models import Competitor, Contact, Findable, Preference
from footbridge.network.states import Wish
from footbridge.people.actions import be_findable_by_email, edit, erase
from footbridge.people.queries import personal_export
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_not_now_passes_by_itself_after_90_days(cast: Cast) -> None:
    actions.wish(actor=cast.seeker, about=cast.target, wish=Wish.NOT_NOW)
    assert queries.set_aside_by(cast.seeker) == {cast.target.id}
    with clock.held_at(clock.now() + timedelta(days=90)):
        assert queries.set_aside_by(cast.seeker) == {cast.target.id}
    with clock.held_at(clock.now() + timedelta(days=91)):
        assert queries.set_aside_by(cast.seeker) == set()
        assert queries.wishes(cast.seeker) == []


def test_other_wishes_hold_until_taken_back(cast: Cast) -> None:
    actions.wish(actor=cast.seeker, about=cast.target, wish="not_now")
    actions.wish(actor=cast.seeker, about=cast.target, wish="avoid")
    actions.wish(actor=cast.seeker, about=cast.city, wish="not_them")
    with clock.held_at(clock.now() + timedelta(days=4000)):
        assert queries.avoided_by(cast.seeker) == {cast.target.id}
        assert queries.set_aside_by(cast.seeker) == {cast.target.id, cast.city.id}
        actions.drop_wish(actor=cast.seeker, about=cast.target)
        actions.drop_wish(actor=cast.seeker, about=cast.target)
        assert queries.avoided_by(cast.seeker) == set()


def test_nobody_else_learns_of_a_wish(cast: Cast) -> None:
    actions.wish(actor=cast.seeker, about=cast.target, wish="avoid")
    assert [one.about.name for one in queries.wishes(cast.seeker)] == ["Lena Sought"]
    for viewer in (cast.target, cast.host, OPERATOR):
        assert not policy.preferences_visible_to(viewer).exists()
    entry = Entry.objects.get(verb="network.wished")
    assert entry.facts == {}
    assert cast.target.id not in (entry.subject, entry.actor)
    assert not Message.objects.exists()


def test_an_avoided_pair_is_kept_apart_from_both_sides(cast: Cast) -> None:
    cast.colleague  # noqa: B018 - works where Lena works
    actions.wish(actor=cast.seeker, about=cast.cold_chain, wish="avoid")
    everyone_there = {cast.target.id, cast.colleague.id}
    assert queries.kept_apart_from(cast.seeker) == {cast.cold_chain.id, *everyone_there}
    for person in (cast.target, cast.colleague):
        assert queries.kept_apart_from(person) == {cast.seeker.id}
    assert queries.kept_apart_from(cast.connector) == set()


def test_wishes_are_about_others_whom_one_may_see(cast: Cast) -> None:
    with pytest.raises(DomainError):
        actions.wish(actor=cast.seeker, about=cast.seeker, wish="avoid")
    with pytest.raises(NotHere):
        actions.wish(actor=cast.seeker, about=cast.listed, wish="avoid")
    with pytest.raises(DomainError):
        actions.wish(actor=cast.seeker, about=cast.target, wish="haunt")
    assert not Preference.objects.exists()


# Competitors.


def test_whom_one_competes_with_is_known_to_oneself_alone(cast: Cast) -> None:
    for _time in range(2):
        actions.compete(actor=cast.seeker, about=cast.target)
    actions.compete(actor=cast.seeker, about=cast.cold_chain)
    known = {one.name for one in queries.competitors(cast.seeker)}
    assert known == {cast.cold_chain.name, "Lena Sought"}
    for viewer in (cast.target, cast.host, OPERATOR):
        assert not policy.competitors_visible_to(viewer).exists()
    entries = Entry.objects.filter(verb="network.competitor_named")
    assert [entry.facts for entry in entries] == [{}, {}]
    assert not {cast.target.id, cast.cold_chain.id} & {entry.subject for entry in entries}
    assert not Message.objects.exists()


def test_competing_sets_nobody_aside(cast: Cast) -> None:
    actions.compete(actor=cast.seeker, about=cast.target)
    assert queries.set_aside_by(cast.seeker) == set()
    assert queries.kept_apart_from(cast.seeker) == set()
    assert queries.wishes(cast.seeker) == []


def test_competing_is_taken_back_and_goes_with_either_side(cast: Cast) -> None:
    other = cast.person("Otto Rival")
    actions.compete(actor=cast.seeker, about=cast.target)
    actions.compete(actor=cast.seeker, about=other)
    actions.compete_no_more(actor=cast.seeker, about=cast.target)
    actions.compete_no_more(actor=cast.seeker, about=cast.target)
    assert [one.name for one in queries.competitors(cast.seeker)] == ["Otto Rival"]
    held = personal_export(cast.seeker, cast.seeker)["network"]["competitors"]
    assert [row["about"] for row in held] == ["Otto Rival"]
    assert personal_export(other, other)["network"]["competitors"] == []
    erase(actor=other, person=other)
    assert not Competitor.objects.exists()


def test_one_competes_with_others_whom_one_may_see(cast: Cast) -> None:
    with pytest.raises(DomainError):
        actions.compete(actor=cast.seeker, about=cast.seeker)
    with pytest.raises(NotHere):
        actions.compete(actor=cast.seeker, about=cast.listed)


def test_two_records_made_one_keep_the_competitors_of_both(cast: Cast) -> None:
    twin, rival = cast.person("Rosa Twice"), cast.person("Otto Rival")
    actions.compete(actor=twin, about=cast.target)
    actions.compete(actor=cast.seeker, about=cast.target)
    actions.compete(actor=rival, about=twin)
    intake.merge(actor=OPERATOR, keep=cast.seeker, gone=twin)
    rows = set(Competitor.objects.values_list("owner__name", "about__name"))
    assert rows == {("Rosa Seeker", "Lena Sought"), ("Otto Rival", "Rosa Seeker")}


# Contacts.


@pytest.fixture
def address_book(cast: Cast) -> list[tuple[str, str]]:
    return [
        ("Lena from the fair", "Lena.SOUGHT@example.org "),
        ("Noor", "noor.stranger@example.org"),
        ("Nobody here", "nobody@elsewhere.org"),
        ("Broken", "not an address"),
        ("Me", "rosa.seeker@example.org"),
    ]


def test_the_importer_learns_only_of_those_who_wish_to_be_found(
    cast: Cast, address_book: list[tuple[str, str]], worker: Callable[[], int]
) -> None:
    be_findable_by_email(actor=cast.target, findable=True)
    cast.stranger  # noqa: B018 - is here, and does not wish to be found
    worker()
    done = actions.import_contacts(actor=cast.seeker, rows=iter(address_book), source="vcard")
    assert done == Imported(kept=3, unreadable=1)
    known = queries.known_members(cast.seeker)
    assert [(one.member.name, one.name_in_contacts) for one in known] == [
        ("Lena Sought", "Lena from the fair")
    ]
    assert queries.known_member_ids(cast.seeker) == {cast.target.id}
    assert queries.known_members(cast.connector) == []
    worker()
    assert not Message.objects.exists()

    be_findable_by_email(actor=cast.target, findable=False)
    assert queries.known_members(cast.seeker) == []


def test_an_import_of_someone_absent_and_of_someone_unfindable_look_alike(cast: Cast) -> None:
    cast.stranger  # noqa: B018 - is here, and does not wish to be found
    for address in ("noor.stranger@example.org", "absent@example.org"):
        done = actions.import_contacts(actor=cast.seeker, rows=[("N", address)], source="csv")
        assert done == Imported(kept=1, unreadable=0)
        assert queries.known_members(cast.seeker) == []
    later = clock.now() + timedelta(days=31)
    with clock.held_at(later):
        assert actions.forget_unmatched_contacts() == 2


def test_unmatched_contacts_are_gone_after_30_days(
    cast: Cast, address_book: list[tuple[str, str]], worker: Callable[[], int]
) -> None:
    be_findable_by_email(actor=cast.target, findable=True)
    worker()
    actions.import_contacts(actor=cast.seeker, rows=address_book, source="vcard")
    assert actions.forget_unmatched_contacts() == 0
    with clock.held_at(clock.now() + timedelta(days=31)):
        assert actions.forget_unmatched_contacts() == 2
        assert [one.member.id for one in queries.known_members(cast.seeker)] == [cast.target.id]
    assert actions.forget_unmatched_contacts in [job for job, _ in jobs._jobs]


def test_who_avoids_the_importer_is_as_if_not_findable(
    cast: Cast, address_book: list[tuple[str, str]], worker: Callable[[], int]
) -> None:
    be_findable_by_email(actor=cast.target, findable=True)
    worker()
    actions.wish(actor=cast.target, about=cast.seeker, wish="avoid")
    actions.import_contacts(actor=cast.seeker, rows=address_book, source="vcard")
    assert queries.known_members(cast.seeker) == []
    with clock.held_at(clock.now() + timedelta(days=31)):
        assert actions.forget_unmatched_contacts() == 3


def test_a_changed_address_is_found_by_the_new_one_alone(
    cast: Cast, worker: Callable[[], int]
) -> None:
    be_findable_by_email(actor=cast.target, findable=True)
    edit(cast.target, cast.target, email="lena@new.example.org")
    worker()
    rows = [("Old", "lena.sought@example.org"), ("New", "lena@new.example.org")]
    actions.import_contacts(actor=cast.seeker, rows=rows, source="csv")
    assert [one.name_in_contacts for one in queries.known_members(cast.seeker)] == ["New"]


def test_nothing_readable_about_a_contact_is_in_the_database(
    cast: Cast, address_book: list[tuple[str, str]]
) -> None:
    actions.import_contacts(actor=cast.seeker, rows=address_book, source="vcard")
    kept = str([(row.digest, bytes(row.sealed)) for row in Contact.objects.all()])
    assert "Lena" not in kept
    assert "example" not in kept
    row = Contact.objects.get(digest=sealing.digest("nobody@elsewhere.org"))
    assert sealing.open_seal(cast.seeker.id, bytes(row.sealed)) == "Nobody here"
    assert sealing.open_seal(cast.target.id, bytes(row.sealed)) == ""
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
        assert sealing.open_seal(cast.seeker.id, bytes(row.sealed)) == ""
    for viewer in (cast.host, OPERATOR):
        assert not policy.contacts_visible_to(viewer).exists()


def test_the_same_contacts_again_are_renewed_not_doubled(
    cast: Cast, address_book: list[tuple[str, str]]
) -> None:
    for days in (0, 20):
        with clock.held_at(clock.now() + timedelta(days=days)):
            actions.import_contacts(actor=cast.seeker, rows=address_book, source="vcard")
    assert Contact.objects.count() == 3
    with clock.held_at(clock.now() + timedelta(days=40)):
        assert actions.forget_unmatched_contacts() == 0


def test_contacts_have_a_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from footbridge.network.actions import contacts

    monkeypatch.setattr(contacts, "MOST_CONTACTS", 3)
    rows = [("A", f"a{number}@example.org") for number in range(4)]
    with pytest.raises(LimitReached):
        actions.import_contacts(actor=cast.seeker, rows=rows, source="csv")
    assert not Contact.objects.exists()
    assert actions.import_contacts(actor=cast.seeker, rows=rows[:3], source="csv").kept == 3


def test_contacts_can_be_exported_forgotten_and_go_with_their_owner(
    cast: Cast, address_book: list[tuple[str, str]], worker: Callable[[], int]
) -> None:
    be_findable_by_email(actor=cast.target, findable=True)
    worker()
    actions.import_contacts(actor=cast.seeker, rows=address_book, source="vcard")
    actions.import_contacts(actor=cast.connector, rows=address_book, source="vcard")
    exported = personal_export(cast.seeker, cast.seeker)["network"]["contacts"]
    assert sorted(row["name"] for row in exported) == ["Lena from the fair", "Nobody here", "Noor"]
    actions.forget_contacts(actor=cast.seeker)
    assert not Contact.objects.filter(owner=cast.seeker).exists()
    erase(actor=cast.target, person=cast.target)
    assert not Findable.objects.exists()
    erase(actor=cast.connector, person=cast.connector)
    assert not Contact.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_known_members_take_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Callable, worker: Callable[[], int]
) -> None:
    people = [cast.person(f"P{number}", at=cast.city) for number in range(count)]
    for person in people:
        be_findable_by_email(actor=person, findable=True)
    worker()
    viewer = cast.seeker
    rows = [(person.name, person.email or "") for person in people]
    actions.import_contacts(actor=viewer, rows=rows, source="csv")
    with django_assert_num_queries(5):
        assert len(queries.known_members(viewer)) == count
