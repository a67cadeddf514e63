"""Figures that are exact: decimal numbers with a low and a high, and shares with what they rest on.

A figure of a report is a decimal number, and people check it by hand; so nothing here is a float.
Sums and products are carried to fifty digits, which no map of possible figures exceeds by more
than the last of them, and are rounded once, when they are printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from enum import StrEnum
from functools import wraps
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

DIGITS: Final = 50
LARGEST: Final = Decimal(10) ** 15
FINEST: Final = 12
"""No figure is larger than `LARGEST` or has more than `FINEST` digits after the point."""

ZERO, ONE = Decimal(0), Decimal(1)

Numeral = Decimal | int | str
"""How a number may be given. Not as a float: 0.1 would be another number than the one written."""


def exact(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function calculate with fifty digits, whatever the caller's decimal context is."""

    @wraps(function)
    def exactly(*args: P.args, **kwargs: P.kwargs) -> T:
        with localcontext(Context(prec=DIGITS)):
            return function(*args, **kwargs)

    return exactly


def number(given: Numeral) -> Decimal:
    """The number as it was written.

    Commas, signs of percent and spaces inside are for whoever reads the form; here ValueError.

    >>> number("0.40"), number(-3)
    (Decimal('0.40'), Decimal('-3'))
    >>> number(0.1)
    Traceback (most recent call last):
        ...
    ValueError: 0.1 is a float and may be another number than the one meant: give it as text
    """
    if isinstance(given, float):
        raise ValueError(
            f"{given!r} is a float and may be another number than the one meant: give it as text"
        )
    if isinstance(given, bool):
        raise ValueError(f"{given!r} is not a number")
    try:
        found = Decimal(given)
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"{given!r} is not a number") from error
    if not found.is_finite() or abs(found) > LARGEST:
        raise ValueError(f"{given!r} is not a number up to {LARGEST:,}")
    if -int(found.as_tuple().exponent) > FINEST:
        raise ValueError(f"{given!r} has more than {FINEST} digits after the point")
    return found


def said(value: Decimal) -> str:
    """One and the same text for equal numbers, without an exponent.

    >>> said(Decimal("1E+2")), said(Decimal("-0.50")), said(Decimal("-0"))
    ('100', '-0.5', '0')
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def printed(value: Decimal, places: int = 2) -> Decimal:
    """Rounded once, for paper: half goes away from nought, as people are taught.

    >>> printed(Decimal("1.43628")), printed(Decimal("-0.125"))
    (Decimal('1.44'), Decimal('-0.13'))
    """
    with localcontext(Context(prec=DIGITS + 30)):
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


class Basis(StrEnum):
    """What a figure rests on."""

    MEASURED = "measured"
    COMPARISON = "comparison"  # with those who were not part of it
    SURVEY = "survey"
    LITERATURE = "literature"
    JUDGEMENT = "judgement"
    JUDGEMENT_BAND = "judgement_band"  # one of five bands, no finer


@dataclass(frozen=True, slots=True)
class Figure:
    """A number one believes in, and how low and high it could be; without these, it is certain.

    >>> Figure.of(60, 50, 70)
    Figure(best=Decimal('60'), low=Decimal('50'), high=Decimal('70'))
    >>> Figure.of("0.4").is_certain
    True
    """

    best: Decimal
    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not self.low <= self.best <= self.high:
            raise ValueError(
                f"{said(self.best)} does not lie between {said(self.low)} and {said(self.high)}"
            )

    @classmethod
    def of(cls, best: Numeral, low: Numeral | None = None, high: Numeral | None = None) -> Figure:
        """From numbers as they are written; a low or high left out is the best."""
        middle = number(best)
        return cls(
            middle,
            middle if low is None else number(low),
            middle if high is None else number(high),
        )

    @property
    def is_certain(self) -> bool:
        """Whether nothing but the best is thought possible."""
        return self.low == self.high


class Band(StrEnum):
    """A share that somebody judges, no finer than five bands: 0, 25, 50, 75, 100 %."""

    NONE = "none"
    SOME = "some"
    HALF = "half"
    MOST = "most"
    ALL = "all"

    @property
    def share(self) -> Decimal:
        return tuple(Band).index(self) * Decimal("0.25")


HALF_BAND: Final = Decimal("0.125")


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1, what it rests on, and why it is what it is.

    ValueError outside 0..1: who writes 40 means 0.4 or 40 people, and only they know which.

    >>> Share.of("0.4", reason="as many found work in the next town").figure.best
    Decimal('0.4')
    >>> Share.of(40)
    Traceback (most recent call last):
        ...
    ValueError: a share lies between 0 and 1, not 40
    """

    figure: Figure
    basis: Basis = Basis.JUDGEMENT
    reason: str = ""
    evidence: str = ""

    def __post_init__(self) -> None:
        for value in (self.figure.low, self.figure.high):
            if not ZERO <= value <= ONE:
                raise ValueError(f"a share lies between 0 and 1, not {said(value)}")

    @classmethod
    def of(
        cls,
        best: Numeral,
        low: Numeral | None = None,
        high: Numeral | None = None,
        *,
        basis: Basis = Basis.JUDGEMENT,
        reason: str = "",
        evidence: str = "",
    ) -> Share:
        """From numbers as they are written."""
        return cls(Figure.of(best, low, high), basis, reason, evidence)

    @classmethod
    def judged(cls, band: Band, *, reason: str = "", evidence: str = "") -> Share:
        """From one of five bands, where nothing better is known; it could be half a band off.

        >>> share = Share.judged(Band.SOME)
        >>> share.figure.best, share.figure.low, share.figure.high, share.basis.value
        (Decimal('0.25'), Decimal('0.125'), Decimal('0.375'), 'judgement_band')
        """
        middle = band.share
        low, high = max(ZERO, middle - HALF_BAND), min(ONE, middle + HALF_BAND)
        return cls(Figure(middle, low, high), Basis.JUDGEMENT_BAND, reason, evidence)

    @property
    def is_unexplained_zero(self) -> bool:
        """Nought without a reason, which most often means that nobody asked."""
        return self.figure.best == ZERO and not self.reason.strip()
