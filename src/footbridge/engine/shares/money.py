"""Amounts of money, exact to the printed digit: fractions inside, whole cents outside."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Amount = Decimal | Fraction | int | float
"""What money may come in as. A float is taken for what it is printed as: 0.1 is one tenth."""
NOISE = 6
"""Of a number that was worked out in floating point, so many digits of a cent are believed."""
DIGITS = 40
"""Longer numbers are refused: nobody means them, and working with them takes for ever."""


def exact(amount: Amount, name: str, *, least: int | None = 0) -> Fraction:
    """The amount as a fraction, without rounding.

    ValueError, naming it, for what is not a number, for more than forty digits on either side of
    the point, and for less than `least` (None: any).

    >>> exact(0.1, "share"), exact(Decimal("2.50"), "fee")
    (Fraction(1, 10), Fraction(5, 2))
    """
    if isinstance(amount, bool) or not isinstance(amount, Decimal | Fraction | int | float):
        raise ValueError(f"{name} must be a number, not {amount!r}")
    value = _fraction(amount, name)
    if least is not None and value < least:
        raise ValueError(f"{name} must be {least} or more, not {amount}")
    return value


def _fraction(amount: Amount, name: str) -> Fraction:
    if isinstance(amount, Fraction):
        return amount
    plain = Decimal(repr(float(amount)) if isinstance(amount, float) else amount)
    if not plain.is_finite():
        raise ValueError(f"{name} must be a number, not {amount}")
    if plain.adjusted() >= DIGITS or int(plain.as_tuple().exponent) < -DIGITS:
        raise ValueError(f"{name} has more digits than an amount of money can have")
    return Fraction(plain)


def a_share(amount: Amount, name: str) -> Fraction:
    """A part of a whole as a fraction. ValueError outside 0..1.

    >>> a_share(Decimal("0.05"), "royalty")
    Fraction(1, 20)
    """
    value = exact(amount, name)
    if value > 1:
        raise ValueError(f"{name} must be between 0 and 1, not {amount}")
    return value


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """One payment, to the nearest cent; half a cent goes up, away from 0.

    >>> rounded(Fraction(5, 1000)), rounded(Fraction(-5, 1000)), rounded(Fraction(5, 2), 0)
    (Decimal('0.01'), Decimal('-0.01'), Decimal('3'))
    """
    units = math.floor(abs(value) * 10**places + Fraction(1, 2))
    return _as_money(units if value >= 0 else -units, places)


def in_cents(
    shares: Iterable[Fraction | float], total: Amount | None = None, places: int = 2
) -> tuple[Decimal, ...]:
    """A split in whole cents whose sum is exactly the total; nobody is a whole cent off.

    Everybody is rounded down; the cents left go to those who lost most by it (largest remainder,
    Hamilton 1792), among equals to the one named first. Without `total`, the sum of the shares to
    the nearest cent. `places` is 0 for currencies without cents.

    Nobody: an empty split. ValueError where shares and total are a cent or more apart.

    >>> in_cents([Fraction(100, 3)] * 3, 100)
    (Decimal('33.34'), Decimal('33.33'), Decimal('33.33'))
    >>> in_cents([2 / 3, 1 / 6, 1 / 6], 1, places=4)
    (Decimal('0.6667'), Decimal('0.1667'), Decimal('0.1666'))
    """
    units = [_units(share, places) for share in shares]
    whole = sum(units, Fraction(0)) if total is None else exact(total, "total", least=None)
    goal = math.floor((whole if total is None else whole * 10**places) + Fraction(1, 2))
    if abs(goal - sum(units, Fraction(0))) >= 1:
        raise ValueError("shares do not add up to the total")
    down = [math.floor(unit) for unit in units]
    lost = [unit - floor for unit, floor in zip(units, down)]
    first = sorted(range(len(units)), key=lambda at: (-lost[at], at))
    for at in first[: goal - sum(down)]:
        down[at] += 1
    return tuple(_as_money(unit, places) for unit in down)


def _units(share: Fraction | float, places: int) -> Fraction:
    """A share counted in cents; the noise of floating point is cut off: equals stay equal."""
    if isinstance(share, Fraction):
        return share * Fraction(10) ** places
    return exact(round(float(share) * 10**places, NOISE), "a share", least=None)


def _as_money(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)
