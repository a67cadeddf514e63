"""Field by field: who is shown what somebody says of themself, and the page for everyone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connections

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.core.reading import reading
from footbridge.intake import actions as intake
from footbridge.introductions import actions as introductions
from footbridge.people import actions, policy, queries
from footbridge.people.cards import card
from footbridge.people.models import Acquaintance, Agreement, Member, Person, PublicPage
from footbridge.people.states import FIELDS, Inside, Seen, Standing
from footbridge.veil import actions as veil
from footbridge.veil.queries import self_for
from tests.cast import Cast
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db

TOLD = {
    "headline": "Keeps things cold",
    "about": "Nineteen years on the docks.",
    "languages": ["pt", "en"],
    "website": "https://lena.example/",
}
# What of a page is made of which field.
OF_FIELD = {
    "headline": ("Keeps things cold",),
    "about": ("Nineteen years on the docks.",),
    "work": ("Operations lead", "Northwind Cold Chain", "private"),
    "place": ("Lisbon",),
    "languages": ("pt", "en"),
    "website": ("https://lena.example/",),
}


@pytest.fixture
def lena(cast: Cast) -> Person:
    """The one sought, who says something in every field."""
    actions.edit(cast.target, cast.target, place=cast.lisbon, **TOLD)
    return cast.target


def show(person: Person, seen_by: Seen, *fields: str) -> None:
    actions.show(actor=person, **dict.fromkeys(fields or FIELDS, seen_by))


def told(viewer: policy.Anyone, person: Person) -> set[str]:
    """The fields of which anything at all is on somebody's page."""
    found = queries.portrait(viewer, Member.objects.get(id=person.id))
    words = str((found.card, found.about, found.website, found.affiliations))
    return {field for field in FIELDS if any(f"'{word}'" in words for word in OF_FIELD[field])}


def test_every_member_sees_every_field_until_its_person_chooses(cast: Cast, lena: Person) -> None:
    for viewer in (cast.seeker, cast.stranger, cast.host, OPERATOR):
        assert told(viewer, lena) == set(FIELDS)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_for_those_for_whom_it_was_set(cast: Cast, lena: Person, field: str) -> None:
    show(lena, Seen.INTRODUCED, field)
    for viewer in (cast.seeker, cast.stranger, cast.connector, cast.colleague):
        assert told(viewer, lena) == set(FIELDS) - {field}
        assert queries.get(viewer, lena.id).name == "Lena Sought"
    for viewer in (lena, cast.host, cast.deputy, OPERATOR):
        assert told(viewer, lena) == set(FIELDS)
    show(lena, Seen.MEMBERS, field)
    assert told(cast.stranger, lena) == set(FIELDS)


def test_the_card_in_a_list_leaves_out_the_same(cast: Cast, lena: Person) -> None:
    show(lena, Seen.INTRODUCED)
    found = card(cast.stranger, queries.by_ids(cast.stranger, [lena.id])[lena.id])
    assert (found.name, found.chapter) == ("Lena Sought", "Harbour chapter")
    assert (found.headline, found.role, found.organisation, found.organisation_id) == (
        "",
        "",
        "",
        None,
    )
    assert (found.sector, found.place, found.country, found.languages) == ("", "", "", ())


def test_an_organisation_has_not_those_people_who_keep_their_work_to_few(
    cast: Cast, lena: Person
) -> None:
    show(lena, Seen.INTRODUCED, "work")
    assert queries.affiliations_of(cast.seeker, cast.cold_chain) == []
    assert queries.best_entry_contacts(cast.seeker, cast.cold_chain) == []
    assert queries.inside(cast.seeker, cast.cold_chain) == Inside.VACUUM
    assert [one.member.name for one in queries.best_entry_contacts(cast.host, cast.cold_chain)] == [
        "Lena Sought"
    ]
    claim = lena.affiliations.get()
    with pytest.raises(NotHere):
        queries.get_affiliation(cast.seeker, claim.id)
    assert queries.get_affiliation(lena, claim.id) == claim
    assert queries.unconfirmed_claims(cast.colleague) == []


def test_an_introduction_opens_to_both_what_each_keeps_for_such(cast: Cast, lena: Person) -> None:
    show(lena, Seen.INTRODUCED)
    show(cast.seeker, Seen.INTRODUCED, "work")
    introduction = story.passed_on(cast)
    assert told(cast.seeker, lena) == set()
    introductions.agree(actor=lena, introduction=introduction)
    assert told(cast.seeker, lena) == set(FIELDS)
    assert card(lena, queries.get(lena, cast.seeker.id)).organisation == "Harbour Food Bank"
    assert told(cast.connector, lena) == set()
    assert Acquaintance.objects.count() == 2
    introductions.agree(actor=lena, introduction=introduction)
    assert Acquaintance.objects.count() == 2


def test_a_refusal_opens_nothing(cast: Cast, lena: Person) -> None:
    show(lena, Seen.INTRODUCED)
    story.refused_by_target(cast)
    assert not Acquaintance.objects.exists()
    assert told(cast.seeker, lena) == set()


def test_whoever_was_introduced_before_knows_the_other_still(cast: Cast) -> None:
    from importlib import import_module

    from django.apps import apps

    story.introduced(cast)
    drafted = story.drafted(cast, seeker=cast.colleague)
    Acquaintance.objects.all().delete()
    step = import_module("footbridge.introductions.migrations.0004_people_already_introduced")
    for _twice in range(2):
        step.acquaint(apps, None)
    pairs = set(Acquaintance.objects.values_list("person_id", "other_id"))
    assert pairs == {(cast.seeker.id, cast.target.id), (cast.target.id, cast.seeker.id)}
    assert drafted.introduced_at is None


def test_a_choice_is_ones_own_guarded_and_noted_without_words(cast: Cast, lena: Person) -> None:
    before = queries.shows(lena, lena)
    assert before.fields == dict.fromkeys(FIELDS, "members")
    actions.show(actor=lena, version=before.version, about="introduced")
    with pytest.raises(Overtaken) as error:
        actions.show(actor=lena, version=before.version, about="everyone", place="everyone")
    assert error.value.theirs == {"about": "introduced", "place": "members"}
    with pytest.raises(DomainError):
        actions.show(actor=lena, about="nobody")
    with pytest.raises(TypeError):
        actions.show(actor=lena, name="introduced")
    for other in (cast.seeker, cast.host):
        with pytest.raises(NotHere):
            queries.shows(other, lena)
    assert queries.shows(OPERATOR, lena).fields["about"] == "introduced"


def test_ones_own_page_is_looked_at_through_the_eyes_of_others(cast: Cast, lena: Person) -> None:
    show(lena, Seen.INTRODUCED, "work", "place")
    show(lena, Seen.EVERYONE, "headline")
    seen = {eyes: told(queries.eyes(lena, eyes), lena) for eyes in queries.Eyes}
    assert seen == {
        "member": {"headline", "about", "languages", "website"},
        "introduced": set(FIELDS),
        "everyone": {"headline"},
    }
    # The same that real people see.
    assert seen["member"] == told(cast.stranger, lena)
    story.introduced(cast)
    assert seen["introduced"] == told(cast.seeker, lena)


# The page for everyone.


def test_nobody_is_public_who_did_not_choose_it(cast: Cast, lena: Person) -> None:
    show(lena, Seen.EVERYONE)
    assert queries.shows(lena, lena).public is None
    for address in ("lena-sought", "", "x"):
        with pytest.raises(NotHere):
            queries.public_portrait(address)


def test_a_public_page_shows_the_name_and_what_is_for_everyone(cast: Cast, lena: Person) -> None:
    show(lena, Seen.EVERYONE, "headline", "work")
    page = actions.go_public(actor=lena)
    portrait, found = queries.public_portrait(page.slug)
    assert found == page
    assert (len(page.slug), page.may_be_listed) == (20, False)
    assert told(policy.VISITOR, lena) == {"headline", "work"}
    shown = portrait.card
    assert (shown.name, shown.headline, shown.organisation) == (
        "Lena Sought",
        "Keeps things cold",
        "Northwind Cold Chain",
    )
    assert (shown.chapter, shown.sector, shown.standing, shown.place) == ("", "", "", "")
    (work,) = portrait.affiliations
    assert (work.organisation.name, work.organisation.place) == ("Northwind Cold Chain", "")
    assert queries.portrait(cast.stranger, lena).public_path == f"/people/{page.slug}/"


def test_an_address_may_be_chosen_if_it_is_free_and_plain(cast: Cast, lena: Person) -> None:
    assert actions.go_public(actor=lena, address=" Lena-Sought ").slug == "lena-sought"
    with pytest.raises(Conflict):
        actions.go_public(actor=cast.seeker, address="lena-sought")
    for odd in ("ab", "-lena", "lena--sought", "léna", "a/b", "x" * 61):
        with pytest.raises(DomainError):
            actions.go_public(actor=lena, address=odd)
    now = queries.shows(lena, lena).public
    assert now is not None
    actions.go_public(actor=lena, may_be_listed=True, version=now.version)
    assert PublicPage.objects.get().slug == "lena-sought"
    with pytest.raises(Overtaken):
        actions.go_public(actor=lena, address="another", version=now.version)
    with pytest.raises(NotAllowed):
        actions.go_public(actor=cast.listed)


def test_it_is_taken_back_at_once_and_a_new_one_has_another_address(lena: Person) -> None:
    first = actions.go_public(actor=lena).slug
    actions.be_private_again(actor=lena)
    actions.be_private_again(actor=lena)
    with pytest.raises(NotHere):
        queries.public_portrait(first)
    assert actions.go_public(actor=lena).slug != first
    said = Agreement.objects.filter(person=lena, to="being_public").values_list("withdrawn_at")
    assert sorted(withdrawn is None for (withdrawn,) in said) == [False, True]


def test_leaving_takes_the_page_and_the_acquaintances_along(cast: Cast, lena: Person) -> None:
    story.introduced(cast)
    slug = actions.go_public(actor=lena).slug
    actions.erase(actor=lena, person=lena)
    assert not Acquaintance.objects.exists()
    with pytest.raises(NotHere):
        queries.public_portrait(slug)
    assert actions.go_public(actor=cast.seeker, address=slug).slug == slug


def test_hiding_ends_it_and_coming_out_shows_nobody_more_than_before(
    cast: Cast, lena: Person
) -> None:
    show(lena, Seen.INTRODUCED, "work")
    show(lena, Seen.EVERYONE, "headline")
    slug = actions.go_public(actor=lena).slug
    account = cast.hidden(Person.objects.get(id=lena.id))
    assert not PublicPage.objects.exists()
    with pytest.raises(NotHere):
        queries.public_portrait(slug)
    me = self_for(account)
    assert me is not None
    again = veil.come_out(actor=me, account=account)
    fields = queries.shows(again, again).fields
    assert (fields["work"], fields["headline"]) == ("introduced", "members")
    assert not PublicPage.objects.exists()


def test_what_one_holds_of_oneself_names_choices_page_and_acquaintances(
    cast: Cast, lena: Person
) -> None:
    story.introduced(cast)
    show(lena, Seen.INTRODUCED, "work")
    actions.go_public(actor=lena, address="lena")
    held = queries.personal_export(lena, lena)["people"]
    assert held["person"][0]["work_seen_by"] == "introduced"
    assert held["public_page"][0]["slug"] == "lena"
    assert [one["other"] for one in held["introduced_to"]] == ["Rosa Seeker"]


def test_of_two_records_of_one_person_the_choice_of_the_one_who_joined_stands(
    cast: Cast,
) -> None:
    joined = cast.person("Maria Silva", email="m@example.org")
    double = cast.person("María Silva", standing=Standing.KNOWN, email="m2@example.org")
    show(joined, Seen.INTRODUCED, "place")
    actions.go_public(actor=joined, address="maria")
    actions.acquaint(joined, double)
    kept = intake.merge(actor=cast.host, keep=double, gone=joined).kept
    kept.refresh_from_db()
    assert kept.place_seen_by == Seen.INTRODUCED
    assert PublicPage.objects.get().person_id == kept.id
    assert not Acquaintance.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_choices_cost_the_same_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Callable
) -> None:
    viewer = cast.seeker
    people = [cast.person(f"P{number}", at=cast.city) for number in range(count)]
    for person in people:
        show(person, Seen.INTRODUCED)
    actions.acquaint(viewer, people[0])
    with reading(), django_assert_num_queries(4):
        found = queries.by_ids(viewer, [person.id for person in people])
        cards = [card(viewer, found[person.id]) for person in people]
    assert [one.place for one in cards] == ["Porto", "", ""][:count]
    with reading(), django_assert_num_queries(5):
        work = queries.affiliations_of(viewer, cast.city)
    assert [one.person.name for one in work] == ["P0"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_public_page_costs_the_same_for_one_place_of_work_and_for_many(
    cast: Cast, lena: Person, count: int, django_assert_num_queries: Callable
) -> None:
    show(lena, Seen.EVERYONE)
    slug = actions.go_public(actor=lena).slug
    for number in range(count - 1):
        at = cast.organisation(f"Firm {number}", "private")
        actions.add_affiliation(
            actor=lena, person=lena, organisation=at, since=date(2020 + number, 1, 1)
        )
    with reading(), django_assert_num_queries(6):
        portrait, _page = queries.public_portrait(slug)
    assert len(portrait.affiliations) == count


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_address_at_once_one_gets_it(cast: Cast) -> None:
    from threading import Barrier, Thread

    people = [cast.seeker, cast.target]
    together, told_so = Barrier(2), []

    def ask(person: Person) -> None:
        try:
            together.wait()
            told_so.append(actions.go_public(actor=person, address="the-one").slug)
        except Conflict:
            told_so.append("taken")
        finally:
            connections.close_all()

    threads = [Thread(target=ask, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told_so) == ["taken", "the-one"]
    assert PublicPage.objects.count() == 1
