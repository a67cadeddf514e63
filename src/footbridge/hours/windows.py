"""From «Tuesdays 17:00 to 19:00, every second week» to the moments at which somebody has time.

Nothing here reads or writes a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from footbridge.core import times
from footbridge.hours.states import Rhythm

Slot = tuple[datetime, datetime]
_WEEK = timedelta(days=7)
_STEPS = {
    Rhythm.EVERY: slice(None),
    Rhythm.FIRST: slice(0, None, 2),
    Rhythm.SECOND: slice(1, None, 2),
}


@dataclass(frozen=True)
class Window:
    """From one hour until another, by the clocks of a place: on a weekday (Monday is 0), in the
    weeks of its rhythm; or on one day."""

    begins: time
    ends: time
    weekday: int | None = None
    rhythm: Rhythm = Rhythm.EVERY
    day: date | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        on = {"day": self.day.isoformat()} if self.day else self._weekly()
        return {"begins": f"{self.begins:%H:%M}", "ends": f"{self.ends:%H:%M}", **on}

    def _weekly(self) -> dict[str, Any]:
        return {"weekday": self.weekday, "rhythm": self.rhythm.value}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Window:
        """What `to_json` gave."""
        begins, ends = time.fromisoformat(kept["begins"]), time.fromisoformat(kept["ends"])
        if "day" in kept:
            return cls(begins, ends, day=date.fromisoformat(kept["day"]))
        return cls(begins, ends, weekday=kept["weekday"], rhythm=Rhythm(kept["rhythm"]))


def quarter_of(day: date) -> date:
    """The first day of the quarter that a day lies in.

    >>> quarter_of(date(2026, 11, 22))
    datetime.date(2026, 10, 1)
    """
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def after(quarter: date) -> date:
    """The first day of the next quarter.

    >>> after(date(2026, 10, 1))
    datetime.date(2027, 1, 1)
    """
    return quarter_of(quarter + timedelta(days=100))


def before(quarter: date) -> date:
    """The first day of the quarter before.

    >>> before(date(2026, 1, 1))
    datetime.date(2025, 10, 1)
    """
    return quarter_of(quarter - timedelta(days=1))


def bounds(quarter: date, timezone: str) -> Slot:
    """When a quarter begins and when it is over, by the clocks of a place."""
    return _moment(quarter, time(), timezone), _moment(after(quarter), time(), timezone)


def days_of(window: Window, quarter: date) -> list[date]:
    """The days of a quarter that a window means.

    >>> tuesdays = Window(time(17), time(19), weekday=1, rhythm=Rhythm.SECOND)
    >>> [f"{day:%d.%m.}" for day in days_of(tuesdays, date(2026, 10, 1))][:3]
    ['13.10.', '27.10.', '10.11.']
    """
    if window.day is not None:
        return [window.day] if quarter_of(window.day) == quarter else []
    return list(_weekdays(window.weekday or 0, quarter))[_STEPS[window.rhythm]]


def _weekdays(weekday: int, quarter: date) -> Iterator[date]:
    day = quarter + timedelta(days=(weekday - quarter.weekday()) % 7)
    while day < after(quarter):
        yield day
        day += _WEEK


def slots(windows: Iterable[Window], quarter: date, minutes: int, timezone: str) -> list[Slot]:
    """Each time at which one talk of so many minutes finds room, in order, none over another.

    A window is filled from its beginning; what is left over at its end is nobody's. Minutes are
    those that pass: the night in which the clocks go back has an hour more, the one in which they
    go forward an hour less. An hour that the clocks leave out becomes the one they jump to; of an
    hour that comes twice a window begins with the first and ends with the first.
    """
    found: list[Slot] = []
    for begins, ends in sorted(_stretches(windows, quarter, timezone)):
        at = max([begins, *(end for _, end in found[-1:])])
        while at + timedelta(minutes=minutes) <= ends:
            found.append((at, at + timedelta(minutes=minutes)))
            at = found[-1][1]
    return found


def _stretches(windows: Iterable[Window], quarter: date, timezone: str) -> Iterator[Slot]:
    for window in windows:
        for day in days_of(window, quarter):
            yield _moment(day, window.begins, timezone), _moment(day, window.ends, timezone)


def _moment(day: date, at: time, timezone: str) -> datetime:
    there = datetime.combine(day, at, times.zone(timezone))
    return there.astimezone(UTC)
