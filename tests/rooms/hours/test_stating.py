"""Saying when one has time: once for a quarter, anew, the same again, not for now."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.hours import actions, queries
from footbridge.hours.models import Availability, Slot
from footbridge.hours.states import Rhythm
from footbridge.hours.windows import Window
from footbridge.people import actions as people
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.hours import story
from tests.rooms.hours.story import NEXT_QUARTER, QUARTER, TUESDAYS

pytestmark = pytest.mark.django_db


def test_what_somebody_says_becomes_slots_that_are_still_to_come(cast: Cast) -> None:
    story.gives(cast.target)
    starts = [slot.starts_at for slot in story.slots_of(cast.target)]
    assert starts[0] == datetime(2026, 3, 3, 17, tzinfo=NOON.tzinfo)
    assert starts[-1] == datetime(2026, 3, 31, 18, tzinfo=NOON.tzinfo)
    assert len(starts) == 10


def test_it_is_shown_in_words_with_what_is_left(cast: Cast) -> None:
    story.gives(cast.target, manner="either", place="Lisbon", most_hours=3)
    said = queries.statement(cast.target, QUARTER)
    assert said is not None
    assert said.quarter_words == "January to March 2026"
    assert said.windows_words == ("Tuesday, 17:00 to 19:00",)
    assert (said.minutes_left, said.free_slots, said.place) == (180, 10, "Lisbon")


def test_others_do_not_see_what_somebody_said(cast: Cast) -> None:
    story.gives(cast.target)
    assert queries.statement(cast.host, QUARTER) is None


def test_saying_it_anew_keeps_slots_that_stay_and_those_asked_for(cast: Cast) -> None:
    booking = story.asked(cast)
    before = {slot.starts_at: slot.id for slot in story.slots_of(cast.target)}
    story.gives(cast.target, windows=[Window(time(18), time(19), weekday=1)])
    now = {slot.starts_at: slot.id for slot in story.slots_of(cast.target)}
    assert booking.starts_at in now
    assert now[booking.starts_at] == booking.slot_id
    evening = booking.starts_at + timedelta(hours=1)
    assert now[evening] == before[evening]
    assert len(now) == 6


def test_no_new_slot_lies_over_one_that_somebody_asked_for(cast: Cast) -> None:
    booking = story.asked(cast)
    story.gives(cast.target, windows=[Window(time(16, 30), time(19), weekday=1)])
    starts = [slot.starts_at for slot in story.slots_of(cast.target)]
    around = [at for at in starts if abs(at - booking.starts_at) < timedelta(hours=1)]
    assert around == [booking.starts_at]


def test_who_did_not_see_the_newest_words_overwrites_none(cast: Cast) -> None:
    said = story.gives(cast.target)
    story.gives(cast.target, most_hours=9)
    with pytest.raises(Overtaken):
        actions.state_time(
            actor=cast.target,
            quarter=QUARTER,
            windows=[TUESDAYS],
            terms=story.terms(most_hours=2),
            version=said.version,
        )
    assert Availability.objects.get(person=cast.target).most_hours == 9


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no time at all": ({"windows": []}, "windows"),
    "an end before its start": ({"windows": [Window(time(19), time(17), weekday=1)]}, "windows"),
    "no length": ({"windows": [Window(time(17), time(17), weekday=1)]}, "windows"),
    "too short for a talk": ({"windows": [Window(time(17), time(17, 20), weekday=1)]}, "windows"),
    "a day that has passed": (
        {"windows": [Window(time(17), time(19), day=date(2026, 2, 27))]},
        "windows",
    ),
    "a day of another quarter": (
        {"windows": [Window(time(17), time(19), day=date(2026, 4, 2))]},
        "windows",
    ),
    "an hour of today that has passed": (
        {"windows": [Window(time(8), time(9), day=date(2026, 3, 2))]},
        "windows",
    ),
    "an eighth day of the week": ({"windows": [Window(time(1), time(3), weekday=7)]}, "windows"),
    "400 slots": (
        {"windows": [Window(time(1), time(23), weekday=day) for day in range(5)], "minutes": 30},
        "windows",
    ),
    "21 windows": ({"windows": [TUESDAYS] * 21}, "windows"),
    "zero minutes": ({"minutes": 0}, "minutes"),
    "an odd length": ({"minutes": 50}, "minutes"),
    "no hours": ({"most_hours": 0}, "most_hours"),
    "too many hours": ({"most_hours": 201}, "most_hours"),
    "an unknown time zone": ({"timezone": "Mars/Olympus"}, "timezone"),
    "a town that nobody knows": ({"manner": "in_person", "place": "Xyzzyville"}, "place"),
    "in person, but nowhere": ({"manner": "in_person"}, "place"),
    "an unknown way": ({"manner": "by pigeon"}, "manner"),
    "an unknown sector": ({"sectors": ["magic"]}, "sectors"),
    "no distance": ({"within_km": 0}, "within_km"),
    "a link that is none": ({"online_link": "javascript:alert(1)"}, "online_link"),
    "too long a place": ({"where": "x" * 201}, "where"),
    "a quarter that is over": ({"quarter": date(2025, 10, 1)}, "quarter"),
    "a quarter far away": ({"quarter": date(2027, 1, 1)}, "quarter"),
    "no quarter": ({"quarter": date(2026, 1, 2)}, "quarter"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_is_refused_in_words_and_leaves_nothing(cast: Cast, what: str) -> None:
    said, field = WRONG[what]
    with pytest.raises(DomainError) as refused:
        story.gives(cast.target, **said)
    assert refused.value.field == field
    assert refused.value.message
    assert not Availability.objects.exists()


def test_only_members_give_their_time_and_only_their_own_offers(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        story.gives(cast.listed)
    with pytest.raises(NotHere):
        story.gives(cast.target, offers=[story.offers(cast.colleague)])


def test_the_same_again_in_one_tap_leaves_single_days_out(cast: Cast) -> None:
    every_second = Window(time(9), time(11), weekday=4, rhythm=Rhythm.FIRST)
    once = Window(time(9), time(11), day=date(2026, 3, 18))
    offer = story.offers(cast.target)
    story.gives(cast.target, windows=[every_second, once], offers=[offer], chapters=[cast.chapter])
    again = actions.say_again(actor=cast.target, quarter=NEXT_QUARTER)
    assert Window.from_json(again.windows[0]) == every_second
    assert len(again.windows) == 1
    assert [*again.offers.all(), *again.chapters.all()] == [offer, cast.chapter]
    assert actions.say_again(actor=cast.target, quarter=NEXT_QUARTER).id == again.id


def test_the_same_again_needs_something_that_can_be_said_again(cast: Cast) -> None:
    with pytest.raises(Conflict, match="said nothing"):
        actions.say_again(actor=cast.target, quarter=NEXT_QUARTER)
    story.gives(cast.target, windows=[Window(time(9), time(11), day=date(2026, 3, 18))])
    with pytest.raises(Conflict, match="single days"):
        actions.say_again(actor=cast.target, quarter=NEXT_QUARTER)


def test_a_pause_is_one_tap_for_all_that_is_to_come(cast: Cast) -> None:
    story.gives(cast.target)
    story.gives(cast.target, quarter=NEXT_QUARTER)
    assert actions.pause(actor=cast.target, is_paused=True) == 2
    assert actions.pause(actor=cast.target, is_paused=True) == 0
    assert not queries.givers_open_to(cast.seeker, story.needs(cast.seeker))
    assert actions.pause(actor=cast.target, is_paused=False) == 2
    assert queries.givers_open_to(cast.seeker, story.needs(cast.seeker, text="Cold storage"))


def _into_the_next_quarter() -> Any:
    return clock.held_at(datetime(2026, 4, 2, 9, tzinfo=NOON.tzinfo))


def test_in_a_new_quarter_each_is_asked_once_for_the_same_again(cast: Cast) -> None:
    for person in (cast.target, cast.colleague, cast.connector):
        story.gives(person)
    story.gives(cast.connector, quarter=NEXT_QUARTER)
    assert actions.offer_the_same_again() == 0
    with _into_the_next_quarter():
        assert actions.offer_the_same_again() == 2
        assert actions.offer_the_same_again() == 0
        assert story.letters() == ["time_again"] * 2
        person, last = queries.availability_by_link(_token(story.letter("time_again", cast.target)))
        assert (person, last.quarter) == (cast.target, QUARTER)
        actions.say_again(actor=person, quarter=NEXT_QUARTER)
        assert Slot.objects.filter(availability__quarter=NEXT_QUARTER).count() > 20


def _token(message: Any) -> str:
    return str(message.links[0]["url"]).rstrip("/").rsplit("/", 1)[1]


def test_who_pauses_or_gave_it_up_is_not_asked_again(cast: Cast) -> None:
    story.gives(cast.target)
    story.gives(cast.colleague)
    actions.pause(actor=cast.colleague, is_paused=True)
    with _into_the_next_quarter():
        people.pause(actor=cast.target, until=clock.today() + timedelta(days=9))
        assert actions.offer_the_same_again() == 0
    with clock.held_at(datetime(2026, 6, 20, 9, tzinfo=NOON.tzinfo)):
        assert actions.offer_the_same_again() == 0


@pytest.mark.parametrize("many", [1, 3])
def test_what_somebody_said_takes_the_same_queries_however_much_it_is(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    windows = [Window(time(8 + n), time(9 + n), weekday=1) for n in range(many)]
    story.gives(cast.target, windows=windows)
    with django_assert_num_queries(5):
        assert len(queries.quarters(cast.target)) == 2
