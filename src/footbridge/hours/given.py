"""The hours that somebody gave, as others confirmed them: in appointments, and wherever a room
above this one says that hours are given as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from footbridge.core import clock, times
from footbridge.hours.cards import quarter_words
from footbridge.hours.models import Booking
from footbridge.hours.states import State
from footbridge.hours.windows import quarter_of
from footbridge.people.models import Person


@dataclass(frozen=True)
class Hour:
    """Time that somebody gave: on which day (or from which on), how many minutes were confirmed
    (None: nobody has yet), for which causes and in which chapter, by name."""

    day: date
    minutes: int | None
    causes: tuple[str, ...] = ()
    chapter: str = ""


HoursIn = Callable[[Person, int], Iterable[Hour]]
Years = Callable[[Person], Iterable[int]]
_elsewhere: list[tuple[HoursIn, Years]] = []


def also_from(hours_in: HoursIn, years: Years) -> None:
    """Have a room's hours taken into each statement: what somebody gave in a year, and in which
    years they gave any."""
    if (hours_in, years) not in _elsewhere:
        _elsewhere.append((hours_in, years))


@dataclass(frozen=True)
class Given:
    """How many minutes somebody gave, and how often."""

    words: str
    minutes: int
    times: int


@dataclass(frozen=True)
class HoursGiven:
    """What somebody gave in a year, as the receivers confirmed it: by quarter, cause and chapter.

    What was for two causes counts for both, so causes do not add up to the whole.
    """

    year: int
    minutes: int
    times: int
    unconfirmed: int
    by_quarter: tuple[Given, ...]
    by_cause: tuple[Given, ...]
    by_chapter: tuple[Given, ...]

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 2)


def hours_given(viewer: Person, year: int) -> HoursGiven:
    """What somebody gave in a year; theirs alone to see."""
    given = [*_in_appointments(viewer, year)]
    for hours_in, _years in _elsewhere:
        given += hours_in(viewer, year)
    counted = [one for one in given if one.minutes]
    return HoursGiven(
        year=year,
        minutes=_sum(counted),
        times=len(counted),
        unconfirmed=sum(one.minutes is None for one in given),
        by_quarter=_by_quarter(counted),
        by_cause=_by_cause(counted),
        by_chapter=_by_chapter(counted),
    )


def _in_appointments(viewer: Person, year: int) -> Iterable[Hour]:
    """The year is that of the clocks by which each appointment was."""
    around = (datetime(year - 1, 12, 30, tzinfo=clock.now().tzinfo), timedelta(days=370))
    rows = Booking.objects.filter(giver=viewer, state=State.AGREED, giver_minutes__gt=0)
    rows = rows.filter(starts_at__gte=around[0], starts_at__lt=around[0] + around[1])
    found = rows.select_related("chapter").prefetch_related("causes").order_by("starts_at", "id")
    return [_hour(one) for one in found if _day_of(one).year == year]


def _hour(booking: Booking) -> Hour:
    return Hour(
        day=_day_of(booking),
        minutes=booking.receiver_minutes,
        causes=tuple(cause.label for cause in booking.causes.all()),
        chapter=booking.chapter.name if booking.chapter else "",
    )


def _day_of(booking: Booking) -> date:
    return times.there(booking.starts_at, booking.timezone).date()


def _sum(hours: Iterable[Hour]) -> int:
    return sum(one.minutes or 0 for one in hours)


def _by_quarter(hours: Iterable[Hour]) -> tuple[Given, ...]:
    found: dict[date, list[Hour]] = defaultdict(list)
    for one in hours:
        found[quarter_of(one.day)].append(one)
    return tuple(Given(quarter_words(day), _sum(of), len(of)) for day, of in sorted(found.items()))


def _by_cause(hours: Iterable[Hour]) -> tuple[Given, ...]:
    found: dict[str, list[Hour]] = defaultdict(list)
    for one in hours:
        for words in one.causes or (_("no cause said"),):
            found[words].append(one)
    return _most_first(found)


def _by_chapter(hours: Iterable[Hour]) -> tuple[Given, ...]:
    found: dict[str, list[Hour]] = defaultdict(list)
    for one in hours:
        found[one.chapter or _("no chapter")].append(one)
    return _most_first(found)


def _most_first(found: Mapping[str, list[Hour]]) -> tuple[Given, ...]:
    given = [Given(words, _sum(of), len(of)) for words, of in found.items()]
    return tuple(sorted(given, key=lambda one: (-one.minutes, one.words)))


def years_of(viewer: Person) -> list[int]:
    """The years in which somebody gave hours, the latest first; this one always."""
    begun = Booking.objects.filter(giver=viewer, giver_minutes__gt=0).dates("starts_at", "year")
    also = {year for _hours, years in _elsewhere for year in years(viewer)}
    return sorted({clock.today().year, *(day.year for day in begun), *also}, reverse=True)
