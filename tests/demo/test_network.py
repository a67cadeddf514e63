"""The demo network: who is in it, and what each visitor finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from footbridge import demo
from footbridge.core import clock, ids
from footbridge.insight import queries as insight
from footbridge.introductions import queries as introductions
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import State
from footbridge.journal.models import Delivery, Entry
from footbridge.mail.models import Message
from footbridge.mail.sealed import waiting_at_the_console
from footbridge.mail.states import MessageState
from footbridge.meetings import queries as meetings
from footbridge.meetings.models import FollowUp, Seat, Series, Session
from footbridge.network.models import Tie
from footbridge.network.states import Strength, TieKind, TieState
from footbridge.people import demo as personas
from footbridge.people import places
from footbridge.people import queries as people
from footbridge.people.models import Chapter, Host, Member, Organisation, Person
from footbridge.people.states import Sector, Standing
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once for the tests that only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.held_at(NOON), ids.repeatable("demo tests"):
            demo.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def network(_loaded: None, db: None) -> None:
    """The demo, as each of these tests finds it."""


# Who is there.


def test_the_demo_has_a_city_and_a_chapter_abroad_in_all_five_sectors(network: None) -> None:
    assert Chapter.objects.filter(is_demo=True).count() == 2
    assert 140 <= Person.objects.filter(is_demo=True).count() <= 160
    assert Organisation.objects.filter(is_demo=True).count() == 70
    sectors = set(Organisation.objects.values_list("sector", flat=True))
    assert sectors == set(Sector.values)
    assert len(set(Member.objects.values_list("place__country", flat=True)) - {None}) >= 3


def test_everyone_in_the_demo_is_marked_and_no_mail_can_reach_them(network: None) -> None:
    assert not Member.objects.filter(is_demo=False).exists()
    addresses = Person.objects.values_list("email", flat=True)
    assert {address.rpartition("@")[2] for address in addresses} == {"example.org", "example.net"}


def test_names_come_in_many_scripts_and_lengths(network: None) -> None:
    names = " ".join(Person.objects.values_list("name", flat=True))
    for alphabet in ("الحدّاد", "Ελένη", "陈伟明", "Оксана"):
        assert alphabet in names
    assert max(len(name) for name in Member.objects.values_list("name", flat=True)) > 150


def test_people_are_in_every_standing(network: None) -> None:
    assert set(Person.objects.values_list("standing", flat=True)) == set(Standing.values)
    assert any(person.is_paused for person in Person.objects.all())


def test_a_local_company_is_found_through_its_international_group(network: None) -> None:
    local = Organisation.objects.get(name="Hartwell & Moss Nigeria")
    assert local.group is not None
    assert local.place is not None
    assert local.place.country == "NG"
    assert local.group.place.country == "GB"


def test_ties_come_in_all_strengths_and_kinds_proposed_and_one_sided(network: None) -> None:
    stated = Tie.objects.filter(state=TieState.STATED)
    assert set(stated.values_list("strength", flat=True)) == set(Strength.values)
    assert set(stated.values_list("kind", flat=True)) == set(TieKind.values)
    assert Tie.objects.filter(state=TieState.PROPOSED).exists()
    pairs = set(stated.values_list("teller_id", "other_id"))
    one_sided = sum((other, one) not in pairs for one, other in pairs)
    assert 0 < one_sided < len(pairs) / 2


def test_one_is_public_and_one_shows_much_to_few(network: None, client: Client) -> None:
    public = client.get("/people/grace-and-the-sewing-machine/")
    assert "one borrowed sewing machine" in public.content.decode()
    few = Person.objects.get(name="Anjali Ferrer-Rao")
    other = Person.objects.get(name="Tomasz Bellweather")
    seen = people.portrait(other, few)
    assert (seen.about, seen.card.organisation, seen.card.place) == ("", "", "")
    assert seen.card.headline


def test_introductions_stand_in_every_state(network: None) -> None:
    assert set(Introduction.objects.values_list("state", flat=True)) == set(State.values)
    assert Introduction.objects.filter(thanked_at__isnull=False).exists()


def test_evenings_were_held_and_are_to_come(network: None) -> None:
    states = set(Session.objects.values_list("state", flat=True))
    assert states == {"draft", "open", "over"}
    held = Session.objects.filter(state="over").exclude(format="live_talk")
    assert held.count() > 3
    assert all(session.rounds.filter(ended_at__isnull=False).count() == 3 for session in held)
    assert Seat.objects.filter(session__in=held, came_at=None, holding="accepted").exists()
    coming = Session.objects.get(title__contains="first jobs")
    assert (coming.seats.filter(holding="accepted").count(), coming.cap) == (10, 10)
    assert coming.seats.filter(holding="waiting").count() == 2


def test_nobody_acted_before_they_came_or_after_today(network: None) -> None:
    assert not Entry.objects.filter(at__gt=clock.now()).exists()
    assert not Tie.objects.filter(since__gt=clock.today()).exists()
    for made in Introduction.objects.select_related("seeker"):
        assert made.seeker.joined_at is None or made.seeker.joined_at <= made.created_at


def test_no_news_and_no_old_letters_are_left_to_deliver(network: None) -> None:
    assert not Delivery.objects.exists()
    waiting = Message.objects.filter(state=MessageState.WAITING)
    assert waiting.exists()
    assert not waiting.filter(created_at__lt=clock.days_ago(3.1)).exists()


# What a visitor finds.


@pytest.mark.parametrize("part", personas.PERSONAS)
def test_each_persona_finds_whom_to_meet_why_and_through_whom(network: None, part: str) -> None:
    person = _persona(part)
    suggestions = [one for one in insight.suggest(person, person, top=3) if not one.near_miss]
    assert suggestions
    assert all(len(one.reasons) >= 2 for one in suggestions)
    chains = [
        chain
        for one in suggestions
        for chain in insight.chains(person, person, people.get(person, one.card.id))
    ]
    assert any(3 <= len(chain.stones) <= 4 for chain in chains)


@pytest.mark.parametrize("part", personas.PERSONAS)
def test_something_waits_for_each_persona(network: None, part: str) -> None:
    assert introductions.waiting_for(_persona(part))


def test_the_host_finds_applicants_stalled_introductions_and_someone_unmatched(
    network: None,
) -> None:
    host = _persona("host")
    [chapter] = people.hosting(host)
    assert people.applicants(host, chapter)
    assert {one.why for one in introductions.stalled(host)} == {"silent", "untold"}
    assert insight.unmatched(host, chapter)
    doors = {one.door for one in people.invitations(host, chapter) if one.is_open}
    assert doors == {"trusted", "vetted", "personal"}


def _persona(part: str) -> Person:
    [found] = [one for one in personas.personas() if one.part == str(personas.PERSONAS[part])]
    return personas.get_persona(found.card.id)


def test_a_member_of_the_demo_signs_in_by_code(network: None, client: Client) -> None:
    client.post("/sign-in/", {"email": "lena@example.org"})
    assert [letter.to for letter in waiting_at_the_console()] == ["lena@example.org"]


def test_an_invented_town_can_be_named_like_a_real_one(network: None) -> None:
    assert places.named("merrowhaven, GB").name == "Merrowhaven"
    assert places.named("Puerto Lucero").country == "CO"


# What the evenings left behind.


def test_evenings_left_insights_answers_and_promises(network: None) -> None:
    session = Session.objects.get(title__endswith="what we throw away")
    with clock.held_at(NOON):
        host = Host.objects.filter(chapter__name__startswith="Merrowhaven")[0].person
        left = meetings.host_harvest(host, session)
        assert sum(one.is_released for one in left.insights) == 2
        assert (left.answers.few, left.answers.yes) == (False, 5)
        assert all([left.lines, left.informed, left.building])
        assert FollowUp.objects.filter(session=session, done_at__isnull=False).count() == 1


def test_a_change_that_was_kept_shows_counts_before_and_since(network: None) -> None:
    with clock.held_at(NOON):
        host = Host.objects.filter(chapter__name__startswith="Merrowhaven")[0].person
        series = Series.objects.get(title="Thursdays at the Sail Loft")
        tried, kept = meetings.improvements(host, series)
    assert tried.is_open
    assert tried.thanks_to == ""
    assert (kept.verdict, kept.thanks_to) == ("adopt", "Ravi Penhaligon")
    assert (kept.before.sessions, kept.since.sessions) == (2, 3)
    assert kept.since.answers.yes > kept.before.answers.yes
    assert not kept.before.answers.few


def test_who_came_lately_is_asked_whether_it_was_worth_their_time(network: None) -> None:
    with clock.held_at(NOON):
        gwen = Person.objects.get(name="Gwen Tarrow")
        assert {one.title for one in meetings.unanswered(gwen)} == {
            "Live talk: what a cold chain costs, and who pays",
            "Thursday at the Sail Loft: empty rooms",
        }


def test_two_circles_go_on_with_next_steps_and_a_call(network: None) -> None:
    from footbridge.circles.models import Call, Circle, Membership

    found = {circle.name: circle for circle in Circle.objects.filter(is_demo=True)}
    assert set(found) == {"Nothing edible in a bin", "The flood line"}
    assert all(circle.stands for circle in found.values())
    assert Membership.objects.filter(belonging="in").count() == 8
    assert Membership.objects.get(belonging="invited").person.name == "Maud Ellery-Kim"
    assert all(circle.steps.filter(done_at=None).exists() for circle in found.values())
    assert [call.asker.name for call in Call.objects.all() if call.is_open] == [
        "Ingrid Halvorsen-Pike"
    ]
