"""Many at the same moment: one slot is given once, hours are never exceeded, no letter twice."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

import pytest

from footbridge.core import clock
from footbridge.hours import actions
from footbridge.hours.models import Availability, Booking, Slot
from footbridge.hours.states import LIVE, State
from footbridge.mail.models import Message
from footbridge.people.models import Person
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.hours import story
from tests.rooms.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

# Sixty, to be as sure as one can be: FOOTBRIDGE_RACES=60.
REPETITIONS = int(os.environ.get("FOOTBRIDGE_RACES", "3"))
RACERS = 6


def _asking(person: Person, slot: Slot) -> Callable[[], object]:
    need = story.needs(person, f"Cold storage for {person.name}")
    return lambda: actions.ask(actor=person, slot=slot, need=need, what_for="Soup")


def _people(cast: Cast) -> list[Person]:
    return [cast.person(f"Guest {number:02}") for number in range(RACERS)]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_of_two_who_race_for_one_slot_one_gets_it_and_the_other_the_next(
    cast: Cast, _again: int
) -> None:
    story.gives(cast.target, most_hours=20)
    slot = story.free_slot(cast.target)
    results = at_once(*[_asking(person, slot) for person in _people(cast)])
    got = [one for one in results if isinstance(one, Booking)]
    late = [one for one in results if isinstance(one, actions.SlotTaken)]
    assert (len(got), len(late)) == (1, RACERS - 1)
    assert Booking.objects.filter(slot=slot, state__in=LIVE).count() == 1
    assert all(one.next is not None and one.next.id != slot.id for one in late)
    assert story.letters() == ["time_asked"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_the_hours_of_a_quarter_are_not_exceeded_however_many_ask_at_once(
    cast: Cast, _again: int
) -> None:
    story.gives(cast.target, most_hours=2)
    slots = [one for one in story.slots_of(cast.target) if one.starts_at >= story.FIRST_SLOT]
    asks = [_asking(one, slot) for one, slot in zip(_people(cast), slots, strict=False)]
    results = at_once(*asks)
    assert sum(isinstance(one, Booking) for one in results) == 2
    assert sum(isinstance(one, actions.SlotTaken) for one in results) == RACERS - 2
    assert sum(one.minutes for one in Booking.objects.all()) == 120


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_yes_and_a_withdrawal_at_once_leave_one_of_them(cast: Cast, _again: int) -> None:
    booking = story.asked(cast)
    results = at_once(
        lambda: actions.agree(actor=cast.target, booking=booking),
        lambda: actions.withdraw(actor=cast.seeker, booking=booking),
    )
    assert sum(isinstance(one, Booking) for one in results) == 1
    is_made = story.fresh(booking).state == State.AGREED
    assert story.letters().count("time_agreed") == (2 if is_made else 0)


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_what_is_said_twice_at_once_is_laid_out_once(cast: Cast, _again: int) -> None:
    person = cast.target
    results = at_once(*[lambda: story.gives(person)] * 4)
    assert [type(one) for one in results] == [Availability] * 4
    assert Availability.objects.count() == 1
    starts = [slot.starts_at for slot in story.slots_of(person)]
    assert len(starts) == len(set(starts)) == 10


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_times_said_anew_while_somebody_asks_lose_no_appointment(cast: Cast, _again: int) -> None:
    story.gives(cast.target)
    slot = story.free_slot(cast.target)
    mondays = story.Window(story.TUESDAYS.begins, story.TUESDAYS.ends, weekday=0)
    asking = _asking(cast.seeker, slot)
    said, came = at_once(lambda: story.gives(cast.target, windows=[mondays]), asking)
    assert isinstance(said, Availability)
    if isinstance(came, Booking):
        assert story.fresh(came).slot_id == slot.id
    else:
        assert isinstance(came, actions.SlotTaken)
        assert not Slot.objects.filter(id=slot.id).exists()


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_however_many_workers_ask_for_the_same_again_each_is_asked_once(
    cast: Cast, _again: int
) -> None:
    story.gives(cast.target)
    story.gives(cast.colleague)
    with clock.held_at(datetime(2026, 4, 1, 6, tzinfo=NOON.tzinfo)):
        results = at_once(*[actions.offer_the_same_again] * 4)
    assert sum(int(str(one)) for one in results) == 2
    assert Message.objects.filter(kind="time_again").count() == 2


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_worker_killed_between_the_mark_and_the_letter_leaves_neither(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, _again: int
) -> None:
    class KilledError(BaseException):
        pass

    def die(*_said: object) -> None:
        raise KilledError

    story.gives(cast.target)
    with clock.held_at(datetime(2026, 4, 1, 6, tzinfo=NOON.tzinfo)):
        with monkeypatch.context() as patch:
            patch.setattr("footbridge.hours.letters.same_again", die)
            with pytest.raises(KilledError):
                actions.offer_the_same_again()
        assert Availability.objects.get().asked_again_at is None
        assert actions.offer_the_same_again() == 1
    assert story.letters() == ["time_again"]
