"""Dates as people write them: the order of day and month is settled once per column."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from footbridge.intake.mapping.values.cells import word_set
from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.reading.said import said

EARLIEST, LATEST = 1000, 2200
EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
EXCEL_SERIALS = range(14_000, 80_000)  # 1938 to 2119

_MONTHS = {
    1: "january jan enero ene janvier janv januar jaenner janner janeiro gennaio gen januari",
    2: "february feb febrero fevrier fevr fev februar fevereiro febbraio februari",
    3: "march mar marzo mars maerz marz marco maart mrt",
    4: "april apr abril abr avril avr aprile",
    5: "may mayo mai maio maggio mag mei",
    6: "june jun junio juin juni junho giugno giu",
    7: "july jul julio juillet juil juli julho luglio lug",
    8: "august aug agosto ago aout augustus",
    9: "september sep sept septiembre septembre set setembro settembre",
    10: "october oct octubre octobre oktober okt outubro out ottobre ott",
    11: "november nov noviembre novembre novembro",
    12: "december dec diciembre dic decembre dezember dez dezembro dicembre",
}
_MONTH_OF = {name: number for number, names in _MONTHS.items() for name in names.split()}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s].*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\s.*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?:,?\s.*)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_NUMBER = re.compile(r"(\d{5})(?:\.\d+)?")
_WORDS = re.compile(r"[a-z]+|\d+")
_SMALL_WORDS = word_set(
    """
    de del du of the le el den der am on st nd rd th er en
    """
)


class DateOrder(StrEnum):
    """Which comes first in 03/04/2021."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class When:
    """A date and how exactly it is known; a bare year is its first day."""

    day: dt.date
    precision: str = "day"  # or "month", "year"


def date_order(cells: Iterable[str]) -> DateOrder:
    """Look down the column for a number above 12; without one, the day comes first.

    >>> date_order(["03/04/2021", "03/25/2021"]).value
    'month_first'
    """
    month_first = day_first = 0
    for cell in cells:
        found = _SLASHED.fullmatch(cell.strip())
        if found:
            day_first += int(found[1]) > 12
            month_first += int(found[2]) > 12
    return DateOrder.MONTH_FIRST if month_first > day_first else DateOrder.DAY_FIRST


@lru_cache(maxsize=65_536)
def read_date(text: str, order: DateOrder = DateOrder.DAY_FIRST) -> Outcome[When]:
    """A date in any usual form, or the reason why it is none.

    >>> read_date("3 mars 2021").value.day.isoformat()
    '2021-03-03'
    >>> read_date("44258").value.day.isoformat()
    '2021-03-03'
    """
    text = text.strip()
    if not text:
        return Outcome()
    when = _numeric(text, order) or _partial(text) or _serial(text) or _named(text)
    if when is None:
        return Outcome(refused=said("“{text}” is not a date.", text=text[:60]))
    if when.day.year not in range(EARLIEST, LATEST):
        return Outcome(refused=said("The year of “{text}” cannot be right.", text=text[:60]))
    if _NUMBER.fullmatch(text):
        return Outcome(
            when,
            said(
                "The number {text} was read as the date {day}.", text=text, day=when.day.isoformat()
            ),
        )
    return Outcome(when)


def looks_like_date(text: str) -> bool:
    """A date that is written as one; a bare year or a number does not count."""
    text = text.strip()
    return (
        len(text) < 40
        and not text.isdigit()
        and (_numeric(text, DateOrder.DAY_FIRST) or _named(text)) is not None
    )


def _numeric(text: str, order: DateOrder) -> When | None:
    found = _ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return _when(int(found[1]), int(found[2]), int(found[3]))
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[2]), _full_year(found[3])
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    return _when(year, month, day) or _when(year, day, month)


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 70 else 2000)


def _when(year: int, month: int, day: int) -> When | None:
    try:
        return When(dt.date(year, month, day))
    except ValueError:
        return None


def _partial(text: str) -> When | None:
    year = _YEAR.fullmatch(text)
    if year and EARLIEST <= int(year[1]) < LATEST:
        return When(dt.date(int(year[1]), 1, 1), "year")
    found = _YEAR_MONTH.fullmatch(text)
    if not found:
        return None
    number, month = int(found[1] or found[4]), int(found[2] or found[3])
    return When(dt.date(number, month, 1), "month") if 1 <= month <= 12 and number else None


def _serial(text: str) -> When | None:
    found = _NUMBER.fullmatch(text)
    if found and int(found[1]) in EXCEL_SERIALS:
        return When(EXCEL_DAY_ZERO + dt.timedelta(days=int(found[1])))
    return None


def _named(text: str) -> When | None:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ä", "ae"))
    words = _WORDS.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
    months = [_MONTH_OF[word] for word in words if word in _MONTH_OF]
    numbers = [word for word in words if word.isdigit()]
    if len(months) != 1 or not numbers or _has_other_words(words):
        return None
    years = [number for number in numbers if len(number) == 4] or numbers[-1:]
    days = [number for number in numbers if number is not years[0] and len(number) <= 2]
    if not days:
        return When(dt.date(_full_year(years[0]), months[0], 1), "month") if _ok(years[0]) else None
    return _when(_full_year(years[0]), months[0], int(days[0]))


def _ok(year: str) -> bool:
    return len(year) in (2, 4) and (len(year) == 2 or EARLIEST <= int(year) < LATEST)


def _has_other_words(words: list[str]) -> bool:
    weekdays = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return any(
        not word.isdigit()
        and word not in _MONTH_OF
        and word not in _SMALL_WORDS
        and not word.startswith(weekdays)
        for word in words
    )
