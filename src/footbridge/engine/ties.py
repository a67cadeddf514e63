"""Who is tied to whom and how strongly: the one form of the network that the engine walks.

A tie runs both ways. The ties of member `i` are the slice `indptr[i]:indptr[i + 1]` of the
aligned arrays `neighbours`, `strength` and `cost`, warmest first. Members are dense numbers;
what they are called stays outside the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

GRID = float(2**24)
"""Costs are whole multiples of 1/GRID: their sums are exact in any order, so ties are ties."""

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Ties:
    """All ties among `n` members, with who may be asked and how widely each is vouched for.

    indptr      int64[n + 1]   where the ties of each member begin
    neighbours  int32[2 m]     the member at the other end
    strength    float32[2 m]   how strong the tie is, in (0, 1]
    cost        float32[2 m]   −ln(strength), ascending within a member's ties, then by neighbour
    willing     bool[n]        may be asked to introduce (not paused, within budget, has said yes)
    vouched     float32[n]     how widely vouched for, in (0, 1]; see `widely_vouched`

    >>> ties = Ties.build(3, [0, 1], [1, 2], [0.5, 0.9])
    >>> ties.indptr.tolist(), ties.neighbours.tolist()
    ([0, 1, 3, 4], [1, 2, 0, 1])
    >>> ties.between(0, 1), ties.between(0, 2)
    (0.5, 0.0)
    """

    indptr: NDArray[np.int64]
    neighbours: Ids
    strength: Floats
    cost: Floats
    willing: NDArray[np.bool_]
    vouched: Floats

    @classmethod
    def build(
        cls,
        n: int,
        a: ArrayLike,
        b: ArrayLike,
        strength: ArrayLike,
        willing: ArrayLike | None = None,
        vouched: ArrayLike | None = None,
    ) -> Ties:
        """Ties from a list of pairs in any order and direction.

        A pair that is named twice, in either direction, keeps its strongest tie; a tie of a member
        with itself is dropped. Without `willing` everyone may be asked; without `vouched` nobody
        is preferred. 10 million ties take seconds, most of it sorting whole numbers.

        Raises ValueError, naming the first offender, for ids outside 0..n−1 and for strengths that
        are not numbers in (0, 1].
        """
        left, right = _ids(n, a, "a"), _ids(n, b, "b")
        values = _shares(strength, "strength", len(left))
        if len(left) != len(right):
            raise ValueError(f"a names {len(left)} members and b names {len(right)}")
        left, right, values = _one_tie_per_pair(left, right, values)
        indptr, neighbours, values, cost = _rows(n, left, right, values)
        return cls(
            indptr,
            neighbours,
            values,
            cost,
            np.ones(n, bool) if willing is None else _flags(willing, n),
            np.ones(n, np.float32) if vouched is None else _shares(vouched, "vouched", n),
        )

    @property
    def members(self) -> int:
        """How many members there are, tied or not."""
        return len(self.indptr) - 1

    @property
    def count(self) -> int:
        """How many ties there are, each counted once."""
        return len(self.neighbours) // 2

    def of(self, member: int) -> tuple[Ids, Floats]:
        """Whom a member knows, warmest first, and how well."""
        row = slice(self.indptr[member], self.indptr[member + 1])
        return self.neighbours[row], self.strength[row]

    def between(self, a: int, b: int) -> float:
        """How strong the tie of two members is; 0 where there is none."""
        if self.indptr[a + 1] - self.indptr[a] > self.indptr[b + 1] - self.indptr[b]:
            a, b = b, a
        neighbours, strength = self.of(a)
        found = (neighbours == b).nonzero()[0]
        return float(strength[found[0]]) if found.size else 0.0

    @cached_property
    def asking(self) -> Floats:
        """What it costs to pass through each member: −ln(vouched), infinite where unwilling."""
        return np.where(self.willing, costs(self.vouched), np.float32(np.inf))


def costs(shares: Floats) -> Floats:
    """−ln of shares in (0, 1], rounded to whole multiples of 2⁻²⁴ so that sums are exact.

    >>> float(costs(np.float32([1.0]))[0])
    0.0
    """
    exact = -np.log(shares.astype(np.float64))
    return (np.rint(exact * GRID) / GRID).astype(np.float32) + np.float32(0)


def widely_vouched(vouches: ArrayLike) -> Floats:
    """How far one may rely on someone for whom so many people vouch: (v + 1) / (v + 2).

    It is the rule of succession (Laplace 1814): nobody's word yet gives one half, one voice two
    thirds, eight voices nine tenths; it never reaches 1, and each further voice adds less.

    >>> widely_vouched([0, 1, 8]).round(3).tolist()
    [0.5, 0.6669999957084656, 0.8999999761581421]
    """
    counts = np.asarray(vouches, np.float64)
    if not (counts >= 0).all():
        raise ValueError("the number of vouches must be zero or more")
    return ((counts + 1) / (counts + 2)).astype(np.float32)


def _ids(n: int, given: ArrayLike, name: str) -> NDArray[np.int64]:
    values = np.asarray(given)
    if values.size == 0:
        return np.empty(0, np.int64)
    if values.ndim != 1 or values.dtype.kind not in "iu":
        raise ValueError(f"{name} must be a list of whole numbers, the members' ids")
    outside = (values < 0) | (values >= n)
    if outside.any():
        at = int(outside.argmax())
        raise ValueError(f"{name}[{at}] is {values[at]}: ids run from 0 to {n - 1}")
    return values.astype(np.int64, copy=False)


def _shares(given: ArrayLike, name: str, size: int) -> Floats:
    values = np.asarray(given, np.float64)
    if values.shape != (size,):
        raise ValueError(f"{name} must hold {size} values, not {values.size}")
    bad = ~((values > 0) & (values <= 1))
    if bad.any():
        at = int(bad.argmax())
        raise ValueError(f"{name}[{at}] is {values[at]}: it must be above 0 and at most 1")
    return np.maximum(values.astype(np.float32), np.finfo(np.float32).tiny)


def _flags(given: ArrayLike, n: int) -> NDArray[np.bool_]:
    flags = np.asarray(given)
    if flags.shape != (n,) or flags.dtype != np.bool_:
        raise ValueError(f"willing must hold {n} truth values")
    return flags


def _one_tie_per_pair(
    left: NDArray[np.int64], right: NDArray[np.int64], strength: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Drop self ties; of several ties between two members keep the strongest."""
    pair = (np.minimum(left, right) << 32) | np.maximum(left, right)
    apart = left != right
    if not apart.all():
        pair, strength = pair[apart], strength[apart]
    order = np.argsort(pair)
    pair, strength = pair[order], strength[order]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    if len(first) < len(pair):
        pair, strength = pair[first], np.maximum.reduceat(strength, first)
    return pair >> 32, pair & 0xFFFFFFFF, strength


def _rows(
    n: int, left: NDArray[np.int64], right: NDArray[np.int64], strength: Floats
) -> tuple[NDArray[np.int64], Ids, Floats, Floats]:
    """Both directions of each pair as rows, each by cost and then by neighbour."""
    degree = np.bincount(left, minlength=n) + np.bincount(right, minlength=n)
    indptr = np.concatenate(([0], np.cumsum(degree, dtype=np.int64)))
    ends = np.concatenate(((left << 32) | right, (right << 32) | left))
    by_neighbour = np.argsort(ends)
    ends = ends[by_neighbour]
    both = np.concatenate((strength, strength))[by_neighbour]
    del by_neighbour
    cost = costs_in_blocks(both)
    # Bits of floats that are not negative stand in the order of the floats themselves.
    key = (ends & ~0xFFFFFFFF) | cost.view(np.int32)
    by_cost = np.argsort(key, kind="stable")
    del key
    neighbours = (ends & 0xFFFFFFFF).astype(np.int32)[by_cost]
    return indptr, neighbours, both[by_cost], cost[by_cost]


def costs_in_blocks(shares: Floats, block: int = 1 << 20) -> Floats:
    """`costs` of a long array without a long array of doubles beside it."""
    out = np.empty(len(shares), np.float32)
    for start in range(0, len(shares), block):
        out[start : start + block] = costs(shares[start : start + block])
    return out


def members_of(given: Any, n: int, name: str) -> NDArray[np.int64]:
    """Members named by a mask, by their ids, or not at all, as sorted ids without repeats.

    >>> members_of(np.array([False, True, True]), 3, "avoid").tolist()
    [1, 2]
    """
    if given is None:
        return np.empty(0, np.int64)
    if isinstance(given, int) and 0 <= given < n:
        return np.array([given])
    if isinstance(given, np.ndarray) and given.dtype == np.bool_:
        if given.shape != (n,):
            raise ValueError(f"{name} as a mask must hold {n} truth values")
        return np.flatnonzero(given)
    ids: Sequence[int] = [int(given)] if isinstance(given, int | np.integer) else given
    array = np.asarray(ids if isinstance(ids, np.ndarray) else list(ids))
    return np.unique(_ids(n, array, name))
