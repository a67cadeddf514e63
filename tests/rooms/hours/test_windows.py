"""From what somebody says of their week to the moments at which they have time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from footbridge.core.errors import DomainError
from footbridge.hours.states import Rhythm
from footbridge.hours.windows import Window, after, before, bounds, quarter_of, slots

Q1, Q4 = date(2026, 1, 1), date(2026, 10, 1)


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc]


def test_a_weekday_is_meant_in_every_week_of_its_quarter() -> None:
    found = slots([Window(time(17), time(19), weekday=1)], Q4, 60, "UTC")
    assert found[0] == (at(2026, 10, 6, 17), at(2026, 10, 6, 18))
    assert found[-1][1] == at(2026, 12, 29, 19)
    assert len(found) == 26


def test_every_second_week_is_counted_by_the_weekday() -> None:
    def days(rhythm: Rhythm) -> set[int]:
        window = Window(time(9), time(10), weekday=3, rhythm=rhythm)
        return {begins.day for begins, _ in slots([window], Q4, 60, "UTC") if begins.month == 10}

    assert days(Rhythm.FIRST) == {1, 15, 29}
    assert days(Rhythm.SECOND) == {8, 22}
    assert days(Rhythm.EVERY) == {1, 8, 15, 22, 29}


def test_what_is_left_at_the_end_of_a_window_is_nobodys() -> None:
    window = Window(time(17), time(19), day=date(2026, 12, 3))
    assert [begins.strftime("%H:%M") for begins, _ in slots([window], Q4, 45, "UTC")] == [
        "17:00",
        "17:45",
    ]
    assert slots([Window(time(17), time(17, 20), day=date(2026, 12, 3))], Q4, 30, "UTC") == []


def test_no_two_slots_lie_over_one_another() -> None:
    both = [Window(time(9), time(11), weekday=0), Window(time(9, 30), time(12), weekday=0)]
    found = slots(both, Q4, 60, "UTC")
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert [begins.hour for begins, _ in found[:3]] == [9, 10, 11]


def test_a_day_of_another_quarter_gives_no_slot() -> None:
    assert slots([Window(time(9), time(12), day=date(2027, 1, 1))], Q4, 60, "UTC") == []


def test_the_hour_of_the_day_stays_when_the_clocks_change() -> None:
    sundays = Window(time(17), time(18), weekday=6)
    hours = {begins.date(): begins.hour for begins, _ in slots([sundays], Q4, 60, "Europe/Lisbon")}
    assert hours[date(2026, 10, 18)] == 16
    assert hours[date(2026, 10, 25)] == 17


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Lisbon", date(2026, 10, 25), 4),
        ("Europe/Paris", date(2026, 10, 25), 4),
        ("America/New_York", date(2026, 11, 1), 4),
        ("Europe/Paris", date(2026, 10, 24), 3),
    ],
)
def test_the_night_in_which_the_clocks_go_back_has_an_hour_more(
    zone: str, day: date, hours: int
) -> None:
    begins = time(0, 30) if zone != "Europe/Paris" else time(1, 30)
    ends = time(3, 30) if zone != "Europe/Paris" else time(4, 30)
    found = slots([Window(begins, ends, day=day)], Q4, 60, zone)
    assert len(found) == hours
    assert all(b - a == timedelta(hours=1) for a, b in found)
    assert all(one[1] == other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Lisbon", date(2026, 3, 29), 2),
        ("America/New_York", date(2026, 3, 8), 2),
        ("America/New_York", date(2026, 3, 29), 3),
    ],
)
def test_the_night_in_which_the_clocks_go_forward_has_an_hour_less(
    zone: str, day: date, hours: int
) -> None:
    found = slots([Window(time(0, 30), time(3, 30), day=day)], Q1, 60, zone)
    assert len(found) == hours


def test_an_hour_that_the_clocks_leave_out_gives_no_slot() -> None:
    left_out = Window(time(2), time(3), day=date(2026, 3, 29))
    assert slots([left_out], Q1, 30, "Europe/Paris") == []


def test_a_quarter_begins_at_midnight_of_the_place() -> None:
    begins, ends = bounds(Q1, "America/New_York")
    assert (begins, ends) == (at(2026, 1, 1, 5), at(2026, 4, 1, 4))


@pytest.mark.parametrize("month", range(1, 13))
def test_quarters_follow_one_another(month: int) -> None:
    quarter = quarter_of(date(2026, month, 28))
    assert before(after(quarter)) == quarter == quarter_of(quarter)
    assert after(quarter) - quarter > timedelta(days=89)


def test_what_is_kept_is_what_was_said() -> None:
    for window in (
        Window(time(17), time(19, 15), weekday=1, rhythm=Rhythm.SECOND),
        Window(time(9), time(10), day=date(2026, 12, 3)),
    ):
        assert Window.from_json(window.to_json()) == window


def test_an_unknown_time_zone_is_refused_in_words() -> None:
    with pytest.raises(DomainError) as refused:
        slots([Window(time(9), time(10), weekday=0)], Q4, 30, "Mars/Olympus")
    assert refused.value.field == "timezone"
