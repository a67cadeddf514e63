"""As the evening comes nearer: people are asked again, silent seats go on, held seats run out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.meetings import actions, policy
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Holding, Part, State
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def everything() -> int:
    """All that time does, as the worker does it, twice: the second time there is nothing left."""
    jobs = (
        actions.let_offers_go,
        actions.offer_freed_seats,
        actions.ask_again,
        actions.release_silent,
        actions.close_what_is_over,
    )
    done = sum(job() for job in jobs)
    assert sum(job() for job in jobs) == 0
    return done


def test_whoever_said_yes_is_asked_two_days_and_one_day_before(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    asked = []
    for hours in (49, 48, 36, 25, 24, 20, 13):
        with story.before(session, hours):
            everything()
        asked.append((hours, len(story.letters("confirm"))))
    assert asked == [(49, 0), (48, 1), (36, 1), (25, 1), (24, 2), (20, 2), (13, 2)]
    first, last = story.letters("confirm")
    assert "Twelve hours before the start" not in first.text
    assert "Twelve hours before the start" in last.text


def test_a_worker_that_comes_late_asks_once(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    with story.before(session, 20):
        everything()
    assert story.kinds().count("seat_confirm") == 1


def test_who_confirmed_is_not_asked_again_but_reminded(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    with story.before(session, 48):
        everything()
        actions.confirm(actor=cast.seeker, session=session)
    with story.before(session, 24):
        everything()
    with story.before(session, 12):
        everything()
    assert sorted(story.kinds()) == ["seat_accepted", "seat_confirm", "session_reminder"]
    assert story.counted(session, Holding.ACCEPTED) == 1


def test_who_said_yes_that_day_is_neither_asked_nor_reminded(cast: Cast) -> None:
    session = story.opened(cast)
    with story.before(session, 20):
        story.accepted(session, cast.seeker)
        everything()
    with story.before(session, 3):
        everything()
    assert story.kinds() == ["seat_accepted"]


def test_silent_seats_go_on_twelve_hours_before(cast: Cast) -> None:
    session = story.opened(cast, cap=2)
    silent, sure, waiting = story.guests(cast, 3)
    story.accepted(session, silent, sure, waiting)
    with story.before(session, 24):
        everything()
        actions.confirm(actor=sure, session=session)
    with story.before(session, 12.1):
        assert everything() == 0
    with story.before(session, 12):
        everything()
        held = Seat.objects.get(session=session, person=waiting).held_until
        assert held == clock.now() + timedelta(hours=3)
    assert story.holdings(session) == {
        "Guest 01": "released", "Guest 02": "accepted", "Guest 03": "offered",
    }  # fmt: skip
    assert story.kinds(silent)[-1] == "seat_released"
    with story.before(session, 11):
        again = actions.confirm(actor=silent, session=session)
    assert again.holding == Holding.WAITING  # told, and lost nowhere


def test_nobody_loses_a_seat_who_was_hardly_asked(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    with story.before(session, 10):
        everything()
    with story.before(session, 5):
        everything()
    assert story.holdings(session) == {"Rosa Seeker": "accepted"}
    with story.before(session, 4):
        everything()
    assert story.holdings(session) == {"Rosa Seeker": "released"}


def test_nobody_is_released_in_the_last_two_hours(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    with story.before(session, 24):
        everything()
    with story.before(session, 1.9):
        everything()
    assert story.holdings(session) == {"Rosa Seeker": "accepted"}


def test_who_runs_the_evening_is_not_asked_whether_they_come(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = story.accepted(session, cast.seeker)
    actions.set_part(actor=cast.host, seat=seat, part=Part.FACILITATOR)
    for hours in (48, 24, 12):
        with story.before(session, hours):
            everything()
    assert story.holdings(session) == {"Rosa Seeker": "accepted"}
    assert sorted(story.kinds()) == ["seat_accepted", "session_reminder"]


def test_a_held_seat_runs_out_and_goes_to_the_next(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    first, second, third = story.guests(cast, 3)
    story.accepted(session, first, second, third)
    actions.give_back(actor=first, session=session)
    with clock.held_at(NOON + policy.HELD_FOR - timedelta(seconds=1)):
        everything()
        assert story.holdings(session)["Guest 02"] == "offered"
    with clock.held_at(NOON + policy.HELD_FOR):
        everything()
    assert story.holdings(session) == {
        "Guest 01": "cancelled", "Guest 02": "released", "Guest 03": "offered",
    }  # fmt: skip
    assert "held for you is over" in story.letters("released", second)[0].text
    with clock.held_at(NOON + 13 * story.HOUR):
        actions.decline(actor=third, session=session)
        assert actions.accept(actor=second, session=session).holding == Holding.ACCEPTED


@pytest.mark.parametrize(("hours", "held"), [(72, 12), (48, 12), (24, 6), (8, 2), (2, 0.5)])
def test_a_seat_is_held_for_half_a_day_or_a_quarter_of_the_time_left(
    cast: Cast, hours: float, held: float
) -> None:
    session = story.opened(cast, cap=1)
    first, second = story.guests(cast, 2)
    story.accepted(session, first, second)
    with story.before(session, hours):
        actions.give_back(actor=first, session=session)
        seat = Seat.objects.get(session=session, person=second)
        assert seat.held_until == clock.now() + timedelta(hours=held)


def test_nobody_is_called_up_in_the_last_two_hours_but_may_take_what_is_free(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    first, second = story.guests(cast, 2)
    story.accepted(session, first, second)
    with story.before(session, 1.99):
        actions.give_back(actor=first, session=session)
        everything()
        assert story.holdings(session)["Guest 02"] == "waiting"
        assert actions.accept(actor=second, session=session).holding == Holding.ACCEPTED


def test_seats_are_called_up_in_order(cast: Cast) -> None:
    session = story.opened(cast, cap=2)
    people = story.guests(cast, 6)
    seats = story.accepted(session, *people)
    Seat.objects.filter(id=seats[5].id).update(comes_first=True)
    for person in people[:2]:
        actions.give_back(actor=person, session=session)
    assert story.holdings(session) == {
        "Guest 01": "cancelled", "Guest 02": "cancelled", "Guest 03": "offered",
        "Guest 04": "waiting", "Guest 05": "waiting", "Guest 06": "offered",
    }  # fmt: skip


def test_a_seat_of_somebody_who_left_the_network_goes_on(cast: Cast) -> None:
    from footbridge.people import actions as people

    session = story.opened(cast, cap=1)
    first, second = story.guests(cast, 2)
    story.accepted(session, first, second)
    people.erase(actor=first, person=first)
    assert everything() == 1
    assert story.holdings(session) == {"Guest 02": "offered"}


def test_what_nobody_ended_is_ended_the_day_after(cast: Cast) -> None:
    session = story.opened(cast)
    with story.before(session, -23.9):
        assert everything() == 0
    with story.before(session, -24):
        assert everything() == 1
    session = Session.objects.get()
    assert (session.state, session.ended_at) == (State.OVER, session.ends_at)


def test_another_time_is_asked_anew(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    with story.before(session, 48):
        everything()
        actions.confirm(actor=cast.seeker, session=session)
        later = session.starts_at + timedelta(days=7)
        session = actions.edit(actor=cast.host, session=session, starts_at=later)
    seat = Seat.objects.get()
    assert (seat.confirmed_at, seat.asked_at) == (None, None)
    with story.before(session, 48):
        everything()
    assert story.kinds().count("seat_confirm") == 2
