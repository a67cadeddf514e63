"""What a whole network hangs on: people between its parts, closed circles, single threads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from footbridge.engine.ties import Ties

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def cut_people(ties: Ties) -> Ints:
    """The people without whom some who are connected now would not be, ascending (articulation
    points).

    One walk in depth numbers everybody in the order in which they are met. Whoever has somebody
    below them from where no tie leads above them, holds those alone; who stands where a walk
    begins, only if it sets out from them twice.

    Nobody, or no ties: none. Source: Hopcroft & Tarjan 1973. Needs SciPy.

    >>> cut_people(Ties.build(5, [0, 0, 1, 2, 3], [1, 2, 2, 3, 4], [0.5] * 5)).tolist()
    [2, 3]
    """
    if not ties.count:
        return np.empty(0, np.int64)
    order, parent = _walk(ties)
    above = np.append(_earliest_known(ties, order), 0)[order]
    above[0] = 0
    lowest, up = above.tolist(), parent.tolist()
    holding = []
    for at, over in zip(range(len(up) - 1, 0, -1), reversed(up)):
        low = lowest[at]
        if low >= over:
            holding.append(over)
        elif low < lowest[over]:
            lowest[over] = low
    held = np.bincount(holding, minlength=len(order))
    cut = held >= np.where(parent == 0, 2, 1)
    cut[0] = False
    return np.sort(order[cut]).astype(np.int64)


def constraint(ties: Ties) -> Floats:
    """float64[n]: how closed each one's circle is: near 0 for somebody between many who do not know
    each other, towards 1 and above where all know each other; nan for who knows nobody.

        Σ over whom i knows:  (p(i, j) + Σ over whom both know: p(i, q) · p(q, j))²

    p(i, j) is the share of i's ties, by strength, that goes to j.

    What leads through others runs along triangles, and each is found once: from the one of the
    three who knows fewest, so that people with thousands of ties cost little.

    Source: Burt 1992, *Structural Holes*; triangles as by Chiba & Nishizeki 1985.

    >>> star = Ties.build(4, [0, 0, 0], [1, 2, 3], [1.0] * 3)
    >>> constraint(star).round(3).tolist()
    [0.333, 1.0, 1.0, 1.0]
    """
    n = ties.members
    owner = np.repeat(np.arange(n), np.diff(ties.indptr))
    strength = ties.strength.astype(np.float64)
    share = strength / np.bincount(owner, strength, minlength=n)[owner]
    by_both_ends = np.argsort(owner * n + ties.neighbours)
    share, ends = share[by_both_ends], ties.neighbours[by_both_ends].astype(np.int64)
    through = _through_others(owner, ends, share)
    total = np.bincount(owner, (share + through) ** 2, minlength=n)
    return np.where(np.diff(ties.indptr) == 0, np.nan, total)


@dataclass(frozen=True, slots=True)
class Thread:
    """Two groups whose contact hangs on one person.

    groups  the two, the lower number first
    person  without whom no tie is left; of two who know only each other, the one of the first group
    ties    how many ties they hold
    """

    groups: tuple[int, int]
    person: int
    ties: int


@dataclass(frozen=True, eq=False)
class Threads:
    """Threads as columns, by the numbers of the groups: int64[m] each."""

    low: Ints
    high: Ints
    person: Ints
    ties: Ints

    def __len__(self) -> int:
        return len(self.low)

    def __iter__(self) -> Iterator[Thread]:
        columns = (self.low, self.high, self.person, self.ties)
        for a, b, person, ties in zip(*(column.tolist() for column in columns)):
            yield Thread((a, b), person, ties)


def single_threads(ties: Ties, group: ArrayLike) -> Threads:
    """All pairs of groups (organisations, sectors, chapters) whose contact hangs on one person, by
    their numbers; `group` int[n], −1: of none.

    ValueError where `group` is of another length.

    >>> ties = Ties.build(6, [0, 0, 2, 3], [2, 3, 4, 5], [0.5] * 4)
    >>> [(one.groups, one.person, one.ties) for one in single_threads(ties, [0, 0, 1, 1, 2, 2])]
    [((0, 1), 0, 2)]
    """
    of = np.asarray(group, np.int64)
    if of.shape != (ties.members,):
        raise ValueError(f"a group is given for {of.size} of {ties.members} people")
    first, second, pair, groups = _crossing(ties, of)
    order = np.argsort(pair)
    first, second, pair = first[order], second[order], pair[order]
    begin = np.flatnonzero(np.diff(pair, prepend=-1))
    count = np.diff(np.append(begin, len(pair)))
    one_first, one_second = _all_the_same(first, begin), _all_the_same(second, begin)
    found = np.flatnonzero(one_first | one_second)
    at = begin[found]
    holder = np.where(one_first[found], first[at], second[at])
    return Threads(pair[at] // groups, pair[at] % groups, holder, count[found])


def _all_the_same(people: Ints, begin: Ints) -> NDArray[np.bool_]:
    """bool[pairs]: whether in the run that begins at each place everybody is the same person."""
    if not len(begin):
        return np.empty(0, bool)
    changes = np.cumsum(np.diff(people, prepend=people[0]) != 0)
    last = np.append(begin[1:], len(people)) - 1
    same: NDArray[np.bool_] = changes[last] == changes[begin]
    return same


@dataclass(frozen=True, slots=True)
class Bridging:
    """How much of a network leads from one group to another.

    ties      between people whose groups are known
    across    how many of them lead to another group
    share     across / ties; None without ties
    expected  the share if the same people with as many ties each had found each other by chance
    between   (group, group, ties), the lower number first, by numbers; within a group too
    """

    ties: int
    across: int
    share: float | None
    expected: float | None
    between: tuple[tuple[int, int, int], ...]


def bridging(ties: Ties, group: ArrayLike) -> Bridging:
    """Whether people know those unlike them: ties across sectors, and how many chance would give.

    `group` int[n], −1: not known, their ties are left out. ValueError for another length.

    >>> ties = Ties.build(4, [0, 0, 1, 2], [1, 2, 3, 3], [0.5] * 4)
    >>> found = bridging(ties, [0, 0, 1, 1])
    >>> found.share, found.expected, found.between
    (0.5, 0.5, ((0, 0, 1), (0, 1, 2), (1, 1, 1)))
    """
    of = np.asarray(group, np.int64)
    if of.shape != (ties.members,):
        raise ValueError(f"a group is given for {of.size} of {ties.members} people")
    owner = np.repeat(np.arange(ties.members), np.diff(ties.indptr))
    a, b = of[owner], of[ties.neighbours]
    a, b = a[(a >= 0) & (b >= 0)], b[(a >= 0) & (b >= 0)]
    if not len(a):
        return Bridging(0, 0, None, None, ())
    ends = np.bincount(a)
    pairs, count = np.unique(np.minimum(a, b) * len(ends) + np.maximum(a, b), return_counts=True)
    between = tuple(
        (int(pair) // len(ends), int(pair) % len(ends), int(many) // 2)
        for pair, many in zip(pairs, count)
    )
    across = sum(many for low, high, many in between if low != high)
    by_chance = 1 - float(((ends / len(a)) ** 2).sum())
    return Bridging(len(a) // 2, across, across / (len(a) // 2), by_chance, between)


def _through_others(owner: Ints, ends: Ints, share: Floats) -> Floats:
    """float64[2 m]: for each tie i to j, Σ p(i, q) · p(q, j) over whom both know.

    Ties are sorted by both ends. A triangle of u, v, w is three ties uv, uw, vw and the same
    backwards; each of the six gets the product of two others.
    """
    back = np.argsort(ends * (int(owner.max(initial=0)) + 1) + owner)
    uv, uw, vw = _triangles(owner, ends)
    vu, wu, wv = back[uv], back[uw], back[vw]
    added = (
        (uv, uw, wv),
        (vu, vw, wu),
        (uw, uv, vw),
        (wu, wv, vu),
        (vw, vu, uw),
        (wv, wu, uv),
    )
    tie = np.concatenate([one for one, *_ in added])
    value = np.concatenate([share[first] * share[second] for _, first, second in added])
    return np.bincount(tie, value, minlength=len(share)).astype(np.float64)


def _triangles(owner: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
    """Places of the three ties of every triangle. Everybody looks at those who know more people
    than they do (of equals, higher numbers), two at a time: do those know each other?"""
    n = int(owner.max(initial=0)) + 1
    rank = np.bincount(owner, minlength=n) * n + np.arange(n)
    up = np.flatnonzero(rank[owner] < rank[ends])
    last = np.cumsum(np.bincount(owner[up], minlength=n))[owner[up]]
    later = last - np.arange(len(up)) - 1
    first = np.repeat(np.arange(len(up)), later)
    second = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later) + first + 1
    uv, uw = up[first], up[second]
    key, wanted = owner * n + ends, ends[uv] * n + ends[uw]
    vw = np.searchsorted(key, wanted)
    vw[vw == len(key)] = 0
    there = key[vw] == wanted if len(key) else np.empty(0, bool)
    return uv[there], uw[there], vw[there]


def _walk(ties: Ties) -> tuple[Ints, Ints]:
    """Everybody in the order of one walk in depth, and the place of the one from whom each was come
    to. It begins at somebody added who points at all, so that one walk goes through every part."""
    from scipy import sparse
    from scipy.sparse import csgraph

    n = ties.members
    indptr = np.append(ties.indptr, ties.indptr[-1] + n)
    ends = np.concatenate((ties.neighbours, np.arange(n, dtype=np.int32)))
    weight = np.ones(len(ends))
    graph: Any = sparse.csr_matrix((weight, ends, indptr.astype(np.int32)), shape=(n + 1, n + 1))
    order, before = csgraph.depth_first_order(graph, n, directed=True)
    place = np.empty(n + 1, np.int64)
    place[order] = np.arange(n + 1)
    before[n] = n
    return order, place[before[order]]


def _earliest_known(ties: Ties, order: Ints) -> Ints:
    """int64[n]: the first place in the walk of anybody one knows; knowing nobody, one's own."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    earliest = place[: ties.members].copy()
    some = np.flatnonzero(np.diff(ties.indptr))
    earliest[some] = np.minimum.reduceat(place[ties.neighbours], ties.indptr[some])
    return earliest


def _crossing(ties: Ties, of: Ints) -> tuple[Ints, Ints, Ints, int]:
    """Ties between two groups: who of the lower, who of the higher, both groups as one number."""
    owner = np.repeat(np.arange(ties.members), np.diff(ties.indptr))
    a, b = of[owner], of[ties.neighbours]
    up = (a >= 0) & (a < b)
    groups = int(of.max(initial=0)) + 1
    return owner[up], ties.neighbours[up].astype(np.int64), a[up] * groups + b[up], groups
