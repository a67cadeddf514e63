"""What each party adds, on average over all the orders in which they could have joined.

    share(i) = Σ over groups S without i:  |S|! (n − |S| − 1)! / n! · (value(S + i) − value(S))

Shares add up to what all make together; two who add the same get the same; who adds nothing gets
nothing; of two games added together shares add up. No other rule has these four (Shapley 1953).
That makes it *a* fair answer and not *the* fair answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import numpy as np

from footbridge.engine.shares.game import Game, Pieces, Rows, Values
from footbridge.engine.shares.money import in_cents

Z95 = 1.96
"""So many standard errors either side hold the truth 95 times in a hundred."""
BLOCK = 1 << 22
"""So many truth values of groups are held at a time when orders are drawn."""


class How(StrEnum):
    """How shares were come by."""

    EXACT = "exact"
    SAMPLED = "sampled"
    RANGES = "ranges"


@dataclass(frozen=True, slots=True)
class Shares:
    """What each party is given, by what it adds.

    shares  in the order of the parties; they add up to `total`
    margin  the truth lies within share ± margin: certainly where values were given as ranges, 95
            times in a hundred where orders were drawn; all 0 where exact
    how     exact, sampled or ranges
    orders  how many orders were drawn; 0 where all count
    """

    shares: tuple[float, ...]
    margin: tuple[float, ...]
    total: float
    how: How
    orders: int = 0

    def in_cents(self, places: int = 2) -> tuple[Decimal, ...]:
        """The shares in whole cents, adding up to the total to the cent."""
        (whole,) = in_cents([self.total], places=places)
        return in_cents(self.shares, whole, places)


def shapley(game: Game | Pieces) -> Shares:
    """Exact shares: of every group's value up to twenty parties, of pieces of any number.

    Without a ceiling no group needs to be looked at: a piece is divided equally among its members,
    since it is there once the last of them has come, and each is last equally often.

    Pieces with a ceiling and more than twenty parties: ValueError; see `sampled`.

    >>> shapley(Game.listed([2, 4, 5, 18, 14, 9, 24])).in_cents()
    (Decimal('9.50'), Decimal('8.00'), Decimal('6.50'))
    >>> shapley(Pieces.of([0] * 30, {range(30): 90})).shares[:2]
    (3.0, 3.0)
    """
    if isinstance(game, Pieces) and game.ceiling is None:
        return _exact(_divided(game), game.total)
    table = game.game() if isinstance(game, Pieces) else game
    return _exact(_averaged(table.values).tolist(), table.total)


def shapley_between(low: Game | Pieces, high: Game | Pieces) -> Shares:
    """Shares where values are only known to lie between two games: for each party the smallest and
    the largest share that any values within these ranges give, as share ± margin.

    A share rises with the values of groups that the party is in and falls with the others, so that
    both ends are exact. The middle is the share at the middle of all ranges.

    ValueError for games of different numbers of parties, and where a low value is above its high.

    >>> low, high = Game.listed([1, 2, 6]), Game.listed([1, 4, 6])
    >>> found = shapley_between(low, high)
    >>> found.shares, found.margin
    ((2.0, 4.0), (0.5, 0.5))
    """
    if low.parties != high.parties:
        raise ValueError(f"{low.parties} parties in one game and {high.parties} in the other")
    if isinstance(low, Pieces) and isinstance(high, Pieces) and low.ceiling == high.ceiling is None:
        return _between_pieces(low, high)
    first, second = (one.game() if isinstance(one, Pieces) else one for one in (low, high))
    middle, half = (first.values + second.values) / 2, (second.values - first.values) / 2
    if (half < 0).any():
        raise ValueError("a low value is above its high value")
    margin = _absolute(half)
    return Shares(
        tuple(_averaged(middle).tolist()), tuple(margin.tolist()), float(middle[-1]), How.RANGES
    )


def sampled(
    worth: Callable[[Rows], Values], parties: int, *, orders: int = 10_000, seed: int = 0
) -> Shares:
    """Shares estimated from orders drawn at random, each with its reverse (antithetic).

    `worth` is asked for many groups at a time: rows bool[m, n] in, float64[m] out; `Game.worth` and
    `Pieces.worth` are such. Every order's additions add up to the total, so the estimate does too.
    The margin is 1.96 standard errors of the means of an order and its reverse.

    ValueError for fewer than four orders, no parties, and a `worth` that gives other shapes or what
    is not a number.

    >>> glove = Pieces.of([0] * 3, {(0, 1): 1, (0, 2): 1, (0, 1, 2): -1})
    >>> found = sampled(glove.worth, 3, orders=4000, seed=1)
    >>> [round(share, 1) for share in found.shares], max(found.margin) < 0.02
    ([0.7, 0.2, 0.2], True)
    """
    if parties < 1 or orders < 4:
        raise ValueError(f"at least one party and four orders, not {parties} and {orders}")
    rng, pairs = np.random.default_rng(seed), orders // 2
    at_once = max(1, BLOCK // (2 * parties * (parties + 1)))
    sizes = [min(at_once, pairs - start) for start in range(0, pairs, at_once)]
    added = np.concatenate([_of_orders(worth, parties, size, rng) for size in sizes])
    shares = added.mean(axis=0)
    margin = Z95 * added.std(axis=0, ddof=1) / math.sqrt(pairs)
    total = float(_asked(worth, np.ones((1, parties), bool))[0])
    return Shares(
        tuple(shares.tolist()), tuple(margin.tolist()), total, How.SAMPLED, orders=2 * pairs
    )


def _exact(shares: list[float], total: float) -> Shares:
    return Shares(tuple(shares), (0.0,) * len(shares), total, How.EXACT)


def _divided(pieces: Pieces) -> list[float]:
    """Each piece equally among its members, added exactly and rounded once."""
    parts: list[list[float]] = [[alone] for alone in pieces.alone]
    for members, value in pieces.together:
        for one in members:
            parts[one].append(value / len(members))
    return [math.fsum(part) for part in parts]


def _between_pieces(low: Pieces, high: Pieces) -> Shares:
    """Every piece counts for its members only, so that all low and all high are the two ends."""
    parts, most = dict(low.together), dict(high.together)
    groups = parts.keys() | most.keys()
    pairs = [*zip(low.alone, high.alone), *((parts.get(g, 0), most.get(g, 0)) for g in groups)]
    if any(least > top for least, top in pairs):
        raise ValueError("a low value is above its high value")
    ends = list(zip(_divided(low), _divided(high)))
    middle = tuple((least + top) / 2 for least, top in ends)
    half = tuple((top - least) / 2 for least, top in ends)
    return Shares(middle, half, (low.total + high.total) / 2, How.RANGES)


def _averaged(values: Values) -> Values:
    """float64[n]: with f(S) = (w(|S| − 1) + w(|S|)) · value(S), share(i) is the sum of f over the
    groups that i is in, less Σ w(|S|) · value(S) over all.

    All n sums come from one folding: the last party's is the upper half; then the halves are added,
    and the next one's is the upper half of what is left. Twice 2**n additions instead of n · 2**n.
    """
    with_one, without = _weights(len(values).bit_length() - 1)
    return _sums_with_each(with_one * values) - float((without * values).sum())


def _absolute(half: Values) -> Values:
    """float64[n]: how far shares can move when each value may move by so much either way."""
    with_one, without = _weights(len(half).bit_length() - 1)
    outside = without * half
    joined = _sums_with_each((with_one - without) * half)
    return joined + float(outside.sum()) - _sums_with_each(outside)


def _sums_with_each(values: Values) -> Values:
    sums = np.empty(len(values).bit_length() - 1)
    for one in range(len(sums) - 1, -1, -1):
        half = len(values) // 2
        sums[one] = values[half:].sum()
        values = values[:half] + values[half:]
    return sums


@lru_cache(maxsize=2)
def _weights(n: int) -> tuple[Values, Values]:
    """float64[2**n] twice, by group: w(|S| − 1) + w(|S|), and w(|S|); w(k) = k! (n − k − 1)! / n!,
    and 0 for k = n and k = −1."""
    size = np.bitwise_count(np.arange(1 << n, dtype=np.uint32))
    joins = np.array([1 / (n * math.comb(n - 1, k)) for k in range(n)])
    without = np.append(joins, 0.0)
    both = without + np.insert(joins, 0, 0.0)
    return both[size], without[size]


def _of_orders(
    worth: Callable[[Rows], Values], n: int, pairs: int, rng: np.random.Generator
) -> Values:
    """float64[pairs, n]: what each party adds on joining, mean of an order and its reverse."""
    place = rng.permuted(np.broadcast_to(np.arange(n), (pairs, n)), axis=1)
    forth = _added(worth, place)
    back = _added(worth, n - 1 - place)
    return (forth + back) / 2


def _added(worth: Callable[[Rows], Values], place: np.ndarray) -> Values:
    """float64[m, n]: what each party adds, when place[m, n] says as which it joins."""
    m, n = place.shape
    there = place[:, None, :] < np.arange(n + 1)[None, :, None]
    values = _asked(worth, there.reshape(-1, n)).reshape(m, n + 1)
    return np.take_along_axis(np.diff(values, axis=1), place, axis=1)


def _asked(worth: Callable[[Rows], Values], rows: Rows) -> Values:
    values = np.asarray(worth(rows), np.float64)
    if values.shape != (len(rows),) or not np.isfinite(values).all():
        raise ValueError(f"worth must give a number for each of {len(rows)} groups")
    return values
