"""Two or more sides agree on one sum, or on what to swap; each could also walk away.

It describes bargaining and does not justify it: who has little to fall back on, or dreads the risk,
comes out with less (Nash 1950). What a side would have without an agreement is its own secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from footbridge.engine.shares.money import Amount, exact, in_cents

MOST_THINGS = 20
"""Swaps of so many things are all tried; each thing more doubles their number."""


@dataclass(frozen=True, slots=True)
class Bargain:
    """How a sum is divided between sides who could walk away.

    shares   what each gets, in the order given; None where there is no deal
    surplus  what there is beyond what all could have alone; negative: so much is missing
    """

    shares: tuple[Decimal, ...] | None
    surplus: Decimal


@dataclass(frozen=True, slots=True)
class Swap:
    """A way of swapping things: who holds each afterwards, and what it gains both.

    gives    numbers of the things that change hands, ascending
    gains    what each of the two gains by it
    product  of the two gains
    """

    gives: tuple[int, ...]
    gains: tuple[Decimal, Decimal]
    product: Decimal


def equal_split(total: Amount, sides: int, places: int = 2) -> tuple[Decimal, ...]:
    """The same for everybody, to the cent; cents that cannot be divided go to those named first.

    >>> [str(one) for one in equal_split(Decimal("100"), 3)]
    ['33.34', '33.33', '33.33']
    """
    if sides < 1:
        raise ValueError(f"a split is among at least one side, not {sides}")
    whole = exact(total, "total", least=None)
    return in_cents([whole / sides] * sides, whole, places)


def nash(
    total: Amount,
    walk_away: Sequence[Amount],
    weights: Sequence[Amount] | None = None,
    places: int = 2,
) -> Bargain:
    """Each side gets what it could have alone, and its weight of what there is beyond.

        share = walk_away + weight · (total − Σ walk_away)

    Weights are equal unless given, and are scaled to add up to 1. Where the total is less than all
    could have alone there is no deal. ValueError for no sides, for weights that are negative, all
    0, or of another number.

    Source: Nash 1950, *The Bargaining Problem*, for money that can change hands.

    >>> nash(100, [30, 10]).shares
    (Decimal('60.00'), Decimal('40.00'))
    >>> nash(30, [30, 10])
    Bargain(shares=None, surplus=Decimal('-10.00'))
    """
    if not walk_away:
        raise ValueError("a bargain has at least one side")
    alone = [exact(amount, "walk_away", least=None) for amount in walk_away]
    whole, part = exact(total, "total", least=None), _scaled(weights, len(alone))
    surplus = whole - sum(alone, Fraction(0))
    (told,) = in_cents([surplus], places=places)
    if surplus < 0:
        return Bargain(None, told)
    shares = [least + weight * surplus for least, weight in zip(alone, part)]
    return Bargain(in_cents(shares, whole, places), told)


def _scaled(weights: Sequence[Amount] | None, sides: int) -> list[Fraction]:
    if weights is None:
        return [Fraction(1, sides)] * sides
    if len(weights) != sides:
        raise ValueError(f"weights are given for {len(weights)} of {sides} sides")
    given = [exact(weight, "a weight") for weight in weights]
    total = sum(given, Fraction(0))
    if not total:
        raise ValueError("at least one weight must be above 0")
    return [weight / total for weight in given]


def barter(
    worth: Sequence[tuple[Amount, Amount]], owner: Sequence[int], top: int = 3
) -> tuple[Swap, ...]:
    """What two sides should swap when no money changes hands: rooms for a van, hours for a list.

    worth  what each thing is worth to the first and to the second side
    owner  who has it now: 0 or 1

    The best swaps first: those in which the product of the two gains is largest, among those in
    which neither loses; of equals the one in which fewer things change hands, then lower numbers.
    Nothing to gain for both: no swaps. ValueError for more than 20 things, or owners unlike 0, 1.

    Source: Nash 1950, whose Bill and Jack gain 12 and 5.

    >>> worth = [(2, 4), (2, 2), (2, 1), (2, 2), (4, 1), (10, 1), (4, 1), (6, 2), (2, 2)]
    >>> best, second, *_ = barter(worth, [0, 0, 0, 0, 0, 1, 1, 1, 1])
    >>> best.gives, [str(gain) for gain in best.gains], str(best.product), str(second.product)
    ((0, 1, 2, 3, 5, 6, 7), ['12', '5'], '60', '56')
    """
    if len(worth) != len(owner) or len(worth) > MOST_THINGS or set(owner) - {0, 1}:
        raise ValueError(f"barter takes up to {MOST_THINGS} things, each owned by side 0 or side 1")
    change = [
        [exact(b if side else a, "worth") * (1 if side != has else -1) for side in (0, 1)]
        for (a, b), has in zip(worth, owner)
    ]
    gains = np.array([_sums([float(one[side]) for one in change]) for side in (0, 1)])
    product = np.where((gains > 0).all(axis=0), gains[0] * gains[1], 0.0)
    moved = np.bitwise_count(np.arange(product.size))
    order = np.lexsort((np.arange(product.size), moved, -np.round(product, 9)))[: max(top, 0)]
    return tuple(_swap(int(which), change) for which in order if product[which] > 0)


def _sums(values: Sequence[float]) -> np.ndarray:
    """float64[2**k]: the sum over each subset, as bits; the first value is the lowest bit."""
    sums = np.zeros(1)
    for value in values:
        sums = np.concatenate((sums, sums + value))
    return sums


def _swap(which: int, change: list[list[Fraction]]) -> Swap:
    gives = tuple(at for at in range(len(change)) if which >> at & 1)
    first, second = (sum((change[at][side] for at in gives), Fraction(0)) for side in (0, 1))
    return Swap(gives, (_plain(first), _plain(second)), _plain(first * second))


def _plain(value: Fraction) -> Decimal:
    """A fraction as a decimal, as short as it is exact."""
    return Decimal(value.numerator) / Decimal(value.denominator)
