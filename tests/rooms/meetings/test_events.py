"""An event with several sessions and tracks: its parts, who sits in which, and what moves along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from footbridge.circles.models import Circle
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.meetings import actions, calendar, policy, queries
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Format, Holding, Move, State
from footbridge.people.models import Person
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.meetings import story
from tests.rooms.meetings.test_races import at_once

pytestmark = pytest.mark.django_db

HALF = timedelta(minutes=30)


def an_event(cast: Cast, **said: Any) -> Session:
    return story.planned(
        cast, **{"format": Format.EVENT, "title": "A day at the harbour", "cap": 50, **said}
    )


def a_part(cast: Cast, event: Session, title: str, after: timedelta = HALF, **said: Any) -> Session:
    said = {"format": Format.TROIKA, "track": "Food", "minutes": 45, "cap": 3, **said}
    starts_at = event.starts_at + after
    return story.planned(cast, event=event, title=title, starts_at=starts_at, **said)


def two_tracks(cast: Cast) -> tuple[Session, Session, Session, Session]:
    """An open event: two parts at the same time, one after them."""
    event = an_event(cast)
    one = a_part(cast, event, "Ice")
    other = a_part(cast, event, "Vans", track="Wheels")
    later = a_part(cast, event, "Soup", after=2 * story.HOUR)
    event = actions.open_up(actor=cast.host, session=event)
    return event, story.fresh(one), story.fresh(other), story.fresh(later)


def holding(person: Person, session: Session) -> str:
    seat = queries.seat_of(person, session)
    return seat.holding if seat else ""


# Planning.


def test_opening_an_event_opens_its_parts_and_no_part_opens_before_it(cast: Cast) -> None:
    event = an_event(cast)
    part = a_part(cast, event, "Ice")
    with pytest.raises(Conflict, match="Open the event first"):
        actions.open_up(actor=cast.host, session=part)
    actions.open_up(actor=cast.host, session=event)
    assert story.fresh(part).state == State.OPEN
    added = a_part(cast, story.fresh(event), "Late")
    assert actions.open_up(actor=cast.host, session=added).state == State.OPEN


@pytest.mark.parametrize("after", [-HALF, timedelta(hours=3, minutes=30)])
def test_a_part_lies_within_the_hours_of_its_event(cast: Cast, after: timedelta) -> None:
    with pytest.raises(DomainError, match="within the hours"):
        a_part(cast, an_event(cast), "Ice", after=after)


def test_a_part_is_no_event_and_only_an_event_has_parts(cast: Cast) -> None:
    event = an_event(cast)
    with pytest.raises(DomainError, match="no event itself"):
        a_part(cast, event, "Ice", format=Format.EVENT)
    with pytest.raises(DomainError, match="Only an event"):
        a_part(cast, story.planned(cast), "Ice")
    with pytest.raises(DomainError, match="Only an event"):
        a_part(cast, a_part(cast, event, "Ice"), "Within")


def test_a_closed_event_has_no_parts_that_others_would_see(cast: Cast) -> None:
    event = an_event(cast)
    event.circle = Circle.objects.create(name="Cold", chapter=cast.chapter, formed_by=cast.host)
    event.save()
    with pytest.raises(DomainError, match="A closed event has no parts"):
        a_part(cast, event, "Ice")


def test_only_the_hosts_of_the_chapter_plan_a_part(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        a_part(cast, an_event(cast), "Ice", actor=cast.stranger)


def test_the_parts_move_along_with_their_event(cast: Cast) -> None:
    event, one, _other, later = two_tracks(cast)
    moved = event.starts_at + timedelta(days=7)
    actions.edit(actor=cast.host, session=event, starts_at=moved)
    assert story.fresh(one).starts_at == moved + HALF
    assert story.fresh(later).starts_at == moved + 2 * story.HOUR
    assert story.fresh(one).calendar_sequence == 1


def test_an_event_does_not_get_shorter_than_its_parts(cast: Cast) -> None:
    event, *_parts = two_tracks(cast)
    with pytest.raises(Conflict, match="Soup"):
        actions.edit(actor=cast.host, session=event, minutes=90)


def test_the_same_again_takes_the_parts_along(cast: Cast) -> None:
    event, *_parts = two_tracks(cast)
    again = actions.plan_next(actor=cast.host, session=event)
    shown = queries.programme(cast.host, again)
    assert [(one.title, one.track, one.state) for one in shown.parts] == [
        ("Ice", "Food", "draft"), ("Vans", "Wheels", "draft"), ("Soup", "Food", "draft"),
    ]  # fmt: skip
    assert shown.slots[0].starts_at == again.starts_at + HALF


# The programme.


def test_the_programme_stands_by_time_and_track(cast: Cast) -> None:
    event, *_parts = two_tracks(cast)
    shown = queries.programme(cast.seeker, event)
    assert shown.tracks == ("Food", "Wheels")
    assert [[[part.title for part in cell] for cell in slot.cells] for slot in shown.slots] == [
        [["Ice"], ["Vans"]],
        [["Soup"], []],
    ]


def test_a_part_stands_in_its_event_and_not_among_the_sessions(cast: Cast) -> None:
    event, *_parts = two_tracks(cast)
    assert [one.id for one in queries.sessions(cast.seeker).items] == [event.id]


def test_the_programme_takes_as_many_queries_for_one_part_as_for_three(cast: Cast) -> None:
    def counted(event: Session) -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.programme(cast.seeker, event)
        return len(seen)

    event, *_parts = two_tracks(cast)
    small = an_event(cast, starts_at=story.EVENING + timedelta(days=1))
    a_part(cast, small, "Alone")
    actions.open_up(actor=cast.host, session=small)
    counted(event)  # who hosts what is asked once
    assert (counted(small), counted(event)) == (4, 4)


# Choosing parts.


def test_who_has_a_seat_in_the_event_chooses_parts(cast: Cast) -> None:
    event, one, _other, later = two_tracks(cast)
    with pytest.raises(Conflict, match="Take a seat in “A day at the harbour” first"):
        actions.accept(actor=cast.seeker, session=one)
    story.accepted(event, cast.seeker)
    for part in (one, later):
        actions.accept(actor=cast.seeker, session=part)
    assert [holding(cast.seeker, part) for part in (one, later)] == ["accepted", "accepted"]


def test_nobody_sits_in_two_parts_at_the_same_time(cast: Cast) -> None:
    event, one, other, _later = two_tracks(cast)
    story.accepted(event, cast.seeker)
    actions.accept(actor=cast.seeker, session=one)
    with pytest.raises(actions.SeatElsewhere, match="You have a seat in “Ice” at that time"):
        actions.accept(actor=cast.seeker, session=other)


def test_a_part_that_is_full_has_a_waiting_list_of_its_own(cast: Cast) -> None:
    event, one, *_parts = two_tracks(cast)
    people = story.guests(cast, 4)
    story.accepted(event, *people)
    story.accepted(one, *people)
    assert [holding(person, one) for person in people] == ["accepted"] * 3 + ["waiting"]
    actions.give_back(actor=people[0], session=one)
    assert holding(people[3], one) == Holding.OFFERED
    assert [letter.kind for letter in story.letters("seat_offered")] == ["seat_offered"]


def test_choosing_writes_no_letter_and_asks_no_second_time(cast: Cast) -> None:
    event, one, *_parts = two_tracks(cast)
    story.accepted(event, cast.seeker)
    actions.accept(actor=cast.seeker, session=one)
    assert story.kinds(cast.seeker) == ["seat_accepted"]
    with story.before(one, 30):
        actions.ask_again()
    assert story.kinds(cast.seeker) == ["seat_accepted", "seat_confirm"]
    seat = queries.seat_of(cast.seeker, one)
    with story.before(one, 20):
        assert seat is not None
        assert policy.moves(seat, one, is_full=False) == (Move.GIVE_BACK,)


def test_who_gives_the_event_back_gives_its_parts_back(cast: Cast) -> None:
    event, one, _other, later = two_tracks(cast)
    people = story.guests(cast, 4)
    story.accepted(event, *people)
    story.accepted(one, *people)
    actions.accept(actor=people[0], session=later)
    actions.give_back(actor=people[0], session=event)
    assert [holding(people[0], part) for part in (event, one, later)] == ["cancelled"] * 3
    assert holding(people[3], one) == Holding.OFFERED


def test_whose_seat_in_the_event_is_given_on_sits_in_no_part_either(cast: Cast) -> None:
    event, one, *_parts = two_tracks(cast)
    story.accepted(event, cast.seeker)
    actions.accept(actor=cast.seeker, session=one)
    with story.before(event, 47):
        actions.ask_again()
    with story.before(event, 11):
        actions.release_silent()
    assert [holding(cast.seeker, part) for part in (event, one)] == ["released", "cancelled"]


def test_people_are_invited_to_the_event_and_not_to_a_part(cast: Cast) -> None:
    event, one, *_parts = two_tracks(cast)
    with pytest.raises(Conflict, match="invited to the event"):
        actions.invite(actor=cast.host, session=one, people=[cast.seeker])
    assert len(actions.invite(actor=cast.host, session=event, people=[cast.seeker])) == 1


def test_a_guest_who_has_not_joined_chooses_by_the_link_to_the_event(cast: Cast) -> None:
    guest = cast.person("Lena Listed", standing=Standing.KNOWN, email="lena@example.org")
    event, one, *_parts = two_tracks(cast)
    with pytest.raises(NotHere):
        queries.get(guest, one.id)
    actions.invite(actor=cast.host, session=event, people=[guest])
    person, seat = queries.seat_by_link(story.token_in(story.letters("seat_invited")[0]))
    actions.accept(actor=person, session=seat.session)
    part = queries.get_part(person, seat.session, one.id)
    assert Move.ACCEPT in queries.card(person, part).moves
    actions.accept(actor=person, session=part)
    assert holding(guest, one) == Holding.ACCEPTED


# Calling off, and calendars.


def test_calling_an_event_off_calls_its_parts_off_and_tells_each_guest_once(cast: Cast) -> None:
    event, one, other, later = two_tracks(cast)
    people = story.guests(cast, 2)
    story.accepted(event, *people)
    for part in (one, later):
        story.accepted(part, *people)
    actions.cancel(actor=cast.host, session=event, because="The roof leaks.")
    assert {story.fresh(part).state for part in (one, other, later)} == {State.CANCELLED}
    told = [letter.to_name for letter in story.letters("session_cancelled")]
    assert told == [one.name for one in people]


def test_calling_one_part_off_tells_those_who_chose_it(cast: Cast) -> None:
    event, one, other, _later = two_tracks(cast)
    ana, ben = story.guests(cast, 2)
    story.accepted(event, ana, ben)
    actions.accept(actor=ana, session=one)
    actions.cancel(actor=cast.host, session=one)
    assert [letter.to_name for letter in story.letters("session_cancelled")] == [ana.name]
    assert story.fresh(event).state == State.OPEN
    actions.accept(actor=ana, session=other)


def test_a_calendar_feed_holds_the_parts(cast: Cast) -> None:
    event, one, *_parts = two_tracks(cast)
    story.accepted(event, cast.seeker)
    actions.accept(actor=cast.seeker, session=one)
    held = Calendar.from_ical(calendar.feed(cast.seeker))
    assert [str(one["summary"]) for one in held.walk("VEVENT")] == ["A day at the harbour", "Ice"]
    shown = Calendar.from_ical(calendar.chapter_feed(cast.seeker, cast.chapter))
    assert len(shown.walk("VEVENT")) == 4


def test_a_session_over_the_night_when_clocks_change_has_the_right_hours(cast: Cast) -> None:
    """In Lisbon one hour comes twice in the night to 25 October 2026."""
    begins = datetime.fromisoformat("2026-10-24T23:00:00+01:00")
    night = story.planned(cast, starts_at=begins, minutes=240, timezone="Europe/Lisbon")
    assert night.ends_at.isoformat() == "2026-10-25T02:00:00+00:00"
    night = actions.open_up(actor=cast.host, session=night)
    story.accepted(night, cast.seeker)
    held = Calendar.from_ical(calendar.feed(cast.seeker))
    (shown,) = held.walk("VEVENT")
    start, end = shown.decoded("dtstart"), shown.decoded("dtend")
    assert (start.isoformat(), end.isoformat()) == (
        "2026-10-24T23:00:00+01:00",
        "2026-10-25T02:00:00+00:00",
    )
    assert end.timestamp() - start.timestamp() == 240 * 60


def test_an_event_over_that_night_moves_its_parts_by_the_same_time(cast: Cast) -> None:
    begins = datetime.fromisoformat("2026-10-17T23:00:00+01:00")
    event = an_event(cast, starts_at=begins, timezone="Europe/Lisbon")
    part = a_part(cast, event, "Late", after=3 * story.HOUR, minutes=45)
    again = actions.plan_next(actor=cast.host, session=event)
    assert again.starts_at == datetime.fromisoformat("2026-10-24T23:00:00+01:00")
    later = again.parts.get()
    assert later.starts_at - again.starts_at == part.starts_at - event.starts_at
    assert later.starts_at == datetime.fromisoformat("2026-10-25T01:00:00+00:00")


# Many at once.


@pytest.mark.django_db(transaction=True)
def test_many_at_once_choose_the_last_seat_while_others_give_the_event_back(cast: Cast) -> None:
    event, one, other, later = two_tracks(cast)
    people = story.guests(cast, 8)
    story.accepted(event, *people)
    story.accepted(one, *people[:2])

    def choose(person: Person) -> Callable[[], object]:
        def both() -> None:
            actions.accept(actor=person, session=one)
            actions.accept(actor=person, session=later)

        return both

    def leave(person: Person) -> Callable[[], object]:
        return lambda: actions.give_back(actor=person, session=event)

    came_of = at_once(*map(leave, people[:2]), *map(choose, people[2:]))
    assert [one for one in came_of if isinstance(one, Exception)] == []
    taken = Seat.objects.filter(session=one, holding__in=(Holding.ACCEPTED, Holding.OFFERED))
    assert taken.count() == 3
    assert Seat.objects.filter(session=one).count() == 8
    assert not taken.filter(person__in=people[:2]).exists()
    assert other.seats.count() == 0
