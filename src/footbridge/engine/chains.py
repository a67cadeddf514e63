"""Who can introduce me: the warmest chains of ties between two people.

A chain is as strong as the product of its ties, times how widely each connector in it is vouched
for. In costs (−ln) that is a sum, so the warmest chain is a shortest path; but people ask at most
three connectors, and that limit is the lever. Both ends look at whom they know, then at whom those
know; the two halves meet in the middle. A quick look along the warmest ties gives a bound, and
nothing that cannot stay under the bound is walked, remembered or compared. The answer is exact.

Source of the idea: meeting in the middle (Pohl 1971, "Bi-directional search") with the bound of
branch and bound; the product of strengths as in Ziegler & Lausen 2005, "Propagation models for
trust and distrust in social networks".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.ties import Ties, members_of

LONGEST = 4
"""No chain has more ties: beyond three connectors nobody can vouch for anybody."""

Nodes = NDArray[np.int64]
Costs = NDArray[np.float64]
NOBODY = -1
GLANCE = 8192
"""Half chains worth walking before it pays to look for a bound first."""
CROWD = 16384
"""Pairs of half chains worth listing before it pays to sort them first."""


@dataclass(frozen=True)
class Chain:
    """One way to be introduced: who asks whom, and how warm each step is.

    members   from the seeker to the one sought; those between are the connectors
    strength  product of `steps` and `vouched`, in (0, 1], to six digits
    steps     strength of each tie, in order
    vouched   how widely each connector is vouched for, in order
    """

    members: tuple[int, ...]
    strength: float
    steps: tuple[float, ...]
    vouched: tuple[float, ...] = ()

    @property
    def connectors(self) -> tuple[int, ...]:
        """Those who would be asked, one at a time."""
        return self.members[1:-1]


def warmest(
    ties: Ties,
    source: int,
    targets: int | Sequence[int] | NDArray[np.int64],
    *,
    k: int = 5,
    max_ties: int = LONGEST,
    avoid: Sequence[int] | NDArray[np.bool_] | NDArray[np.int64] | None = None,
) -> tuple[Chain, ...]:
    """The k warmest ways from one person to another, or to anyone of several.

    strength(chain) = Π strength(tie) · Π vouched(connector)

    Connectors are willing, not in `avoid` (ids, or a mask over all members), all different, and
    never one of the targets: a chain ends at the first of them it meets. The ends themselves may
    be unwilling or avoided: that is theirs to decide, elsewhere. Strongest first; among equally
    strong chains the one with fewer ties, then the one with the lower member ids in order.
    Strengths are equal when they agree to about seven digits (sums on the grid of `Ties`).

    No chain, an unknown route, a source that is itself the only target: the empty tuple.
    ValueError for ids outside the network, k < 1, or max_ties outside 1..4.

    >>> ties = Ties.build(4, [0, 1, 0, 2], [1, 3, 2, 3], [0.9, 0.5, 0.8, 0.8])
    >>> [(c.members, c.strength) for c in warmest(ties, 0, 3)]
    [((0, 2, 3), 0.64), ((0, 1, 3), 0.45)]
    >>> warmest(ties, 0, 3, avoid=[1, 2])
    ()
    """
    if k < 1 or not 1 <= max_ties <= LONGEST:
        raise ValueError(f"ask for at least one chain, of 1 to {LONGEST} ties")
    start = members_of(source, ties.members, "source")
    ends = members_of(targets, ties.members, "targets")
    ends = ends[ends != source]
    closed = _Closed.of(ties, start, ends, members_of(avoid, ties.members, "avoid"))
    ask = _Question(ties, closed, k, max_ties, len(ends))
    near, far = _knows(ask, start), _knows(ask, ends)
    found = [_direct(ties, source, ends)]
    if max_ties >= 2:
        found.append(_meet(ask, near, far, math.inf))
    if max_ties >= 3 and near.size and far.size:
        found += _longer(ask, near, far, found)
    return _told(ties, _best(found, k))


@dataclass(frozen=True)
class _Closed:
    """Who may not be a connector in this question, beyond those who are unwilling."""

    few: tuple[int, ...]
    mask: NDArray[np.bool_] | None

    @classmethod
    def of(cls, ties: Ties, *groups: Nodes) -> _Closed:
        ids = np.concatenate(groups)
        if len(ids) <= 4:
            return cls(tuple(ids.tolist()), None)
        mask = np.zeros(ties.members, bool)
        mask[ids] = True
        return cls((), mask)

    def asking(self, ties: Ties, nodes: NDArray[np.int32]) -> Costs:
        """What passing through each of these costs; infinite where it may not be."""
        cost = ties.asking[nodes].astype(np.float64)
        if self.mask is not None:
            cost[self.mask[nodes]] = math.inf
        for one in self.few:
            cost[nodes == one] = math.inf
        return cost


@dataclass(frozen=True)
class _Question:
    """What is asked, of which network: `ends` is how many people are sought."""

    ties: Ties
    closed: _Closed
    k: int
    max_ties: int
    ends: int


@dataclass(frozen=True)
class _Half:
    """Half chains, one per place: from an end, perhaps over `via`, to the connector `node`.

    cost     sum of costs from the end up to, not including, the connector
    through  the same and the cost of passing through the connector
    """

    node: NDArray[np.int32]
    via: NDArray[np.int32]
    end: NDArray[np.int32]
    cost: Costs
    through: Costs

    @property
    def size(self) -> int:
        return len(self.node)

    def only(self, places: NDArray[np.bool_] | NDArray[np.intp] | slice) -> _Half:
        return _Half(
            self.node[places],
            self.via[places],
            self.end[places],
            self.cost[places],
            self.through[places],
        )


@dataclass(frozen=True)
class _Found:
    """Whole chains: costs, and members from source to target, NOBODY after the last."""

    cost: Costs
    ties: int
    members: NDArray[np.int32]


def _knows(ask: _Question, ends: Nodes) -> _Half:
    """First steps: whom the ends know and may ask."""
    ties = ask.ties
    first, last = ties.indptr[ends], ties.indptr[ends + 1]
    at = _spans(first, last - first)
    end = np.repeat(ends, last - first).astype(np.int32)
    node = ties.neighbours[at]
    passing = ask.closed.asking(ties, node)
    cost = ties.cost[at].astype(np.float64)
    half = _Half(node, np.full(len(node), NOBODY, np.int32), end, cost, cost + passing)
    return half.only(np.isfinite(passing))


def _direct(ties: Ties, source: int, ends: Nodes) -> _Found:
    """The seeker knows them already: one tie."""
    row = slice(ties.indptr[source], ties.indptr[source + 1])
    known = ties.neighbours[row]
    at = (
        np.flatnonzero(known == ends[0]) if len(ends) == 1 else np.flatnonzero(np.isin(known, ends))
    )
    members = _columns(np.full(len(at), source), known[at])
    return _Found(ties.cost[row][at].astype(np.float64), 1, members)


def _longer(ask: _Question, near: _Half, far: _Half, found: list[_Found]) -> list[_Found]:
    """Chains of three and four ties that may be among the k best.

    The side with fewer ways on is walked first and held; the other walks only where it may meet it.
    """
    near_held = _ways_on(ask.ties, near) < _ways_on(ask.ties, far)
    held, other = (near, far) if near_held else (far, near)

    def meet(outer: _Half, inner: _Half, bound: float) -> _Found:
        return _meet(ask, *((inner, outer) if near_held else (outer, inner)), bound)

    bound = _kth(found, ask.k)
    if bound == math.inf and _ways_on(ask.ties, other) > GLANCE:
        bound = _glance(ask, held, other, found, meet)
    inner = _widen(ask, held, bound - float(other.through.min()))
    three = meet(other, inner, bound)
    if ask.max_ties == 3 or not inner.size:
        return [three]
    bound = min(bound, _kth([*found, three], ask.k))
    outer = _widen(ask, other, bound - float(inner.through.min()), inner, bound)
    return [three, meet(outer, inner, bound)]


def _ways_on(ties: Ties, half: _Half) -> int:
    return int((ties.indptr[half.node + 1] - ties.indptr[half.node]).sum())


def _glance(
    ask: _Question,
    held: _Half,
    other: _Half,
    found: list[_Found],
    meet: Callable[[_Half, _Half, float], _Found],
) -> float:
    """An upper bound on the cost of the k-th best chain, from a look along the warmest ties.

    Whatever it finds are real chains, so the k-th of them bounds the k-th best of all. It looks
    wider once; where there still are not k, nothing is bound.
    """
    for people, each in ((32, 64), (256, 256)):
        inner = _widen(ask, held.only(slice(people)), math.inf, each=each)
        seen = [*found, meet(other, inner, math.inf)]
        if ask.max_ties == LONGEST and _kth(seen, ask.k) == math.inf:
            some = other.only(slice(people))
            outer = _widen(ask, some, math.inf, inner, math.inf, each=each)
            seen.append(meet(outer, inner, math.inf))
        if (bound := _kth(seen, ask.k)) < math.inf:
            return bound
    return math.inf


def _widen(
    ask: _Question,
    half: _Half,
    reach: float,
    other: _Half | None = None,
    bound: float = math.inf,
    *,
    each: int | None = None,
) -> _Half:
    """One step further from every connector, as long as the cost stays within `reach`.

    Ties are sorted by cost, so each connector's useful ties are the first few. With `other`, only
    steps that may meet it under the bound are kept.
    """
    ties = ask.ties
    if reach < math.inf:
        half = half.only(half.through <= reach)
    first, last = ties.indptr[half.node], ties.indptr[half.node + 1]
    if each is not None:
        last = np.minimum(last, first + each)
    if reach < math.inf:
        last = _within(ties.cost, first, last, reach - half.through)
    count = last - first
    at = _spans(first, count)
    node = ties.neighbours[at]
    cost = half.through.repeat(count) + ties.cost[at]
    came = np.arange(half.size).repeat(count)
    if other is not None:
        kept = _may_meet(node, cost, other, bound)
        node, cost, came = node[kept], cost[kept], came[kept]
    passing = ask.closed.asking(ties, node)
    open_ = np.isfinite(passing).nonzero()[0]
    came, cost = came[open_], cost[open_]
    return _Half(node[open_], half.node[came], half.end[came], cost, cost + passing[open_])


def _within(
    cost: NDArray[np.float32], first: Nodes, last: Nodes, limit: Costs
) -> NDArray[np.int64]:
    """Where each sorted slice first..last passes its limit: a binary search of all at once."""
    at = first.copy()
    longest = int((last - first).max(initial=0))
    for bit in range(longest.bit_length() - 1, -1, -1):
        ahead = at + (1 << bit)
        inside = ahead <= last
        inside &= cost[np.where(inside, ahead, 1) - 1] <= limit
        at[inside] = ahead[inside]
    return at


def _spans(first: Nodes, count: Nodes) -> Nodes:
    """The places first, first + 1, … of each span, one after the other."""
    if len(first) == 1:
        return np.arange(first[0], first[0] + count[0])
    total = int(count.sum())
    shift: Nodes = first - count.cumsum() + count
    return shift.repeat(count) + np.arange(total)


def _may_meet(node: NDArray[np.int32], cost: Costs, other: _Half, bound: float) -> NDArray[np.intp]:
    """Places whose node may be in `other` under the bound; a few others slip through.

    A small table of the least cost per node modulo its size stays in cache and asks nothing of
    the size of the network.
    """
    slots = 1 << min(20, max(10, (4 * other.size).bit_length()))
    least = np.full(slots, math.inf)
    np.minimum.at(least, other.node & (slots - 1), other.through)
    met: Costs = cost + least[node & (slots - 1)]
    return np.flatnonzero((met <= bound) & (met < math.inf))


def _meet(ask: _Question, near: _Half, far: _Half, bound: float) -> _Found:
    """Chains made of two halves that meet in the same connector, under the bound."""
    near = near.only(_may_meet(near.node, near.cost, far, bound))
    if not near.size:
        return _Found(near.cost, 0, _columns(near.node))
    far = far.only(_may_meet(far.node, far.cost, near, bound))
    a, b = _pairs(near, far)
    if len(a) > CROWD:
        near, far = _foremost(near, ask.k + 1), _foremost(far, ask.k + ask.ends)
        a, b = _pairs(near, far)
    cost = near.through[a] + far.cost[b]
    good = (cost <= bound) & ((near.via[a] != far.via[b]) | (near.via[a] == NOBODY))
    a, b = a[good], b[good]
    between = (near.via[a], near.node[a], far.via[b])
    told = [column for column in between if len(a) and column[0] != NOBODY]
    return _Found(cost[good], len(told) + 1, _columns(near.end[a], *told, far.end[b]))


def _pairs(near: _Half, far: _Half) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places in `near` and in `far` with the same node."""
    order = far.node.argsort()
    nodes = far.node[order]
    low = nodes.searchsorted(near.node, "left")
    count = nodes.searchsorted(near.node, "right") - low
    return np.arange(near.size).repeat(count), order[_spans(low, count)]


def _foremost(half: _Half, most: int) -> _Half:
    """Per node only the first few by cost and ids, so that a crowd is never paired with a crowd.

    Of the halves that end in one node, one that comes after k others (and as many as may share a
    connector with the half it meets) cannot be in any of the k best chains.
    """
    half = half.only(np.lexsort((half.end, half.via, half.cost, half.node)))
    if half.size <= most:
        return half
    after = half.node[most:] == half.node[:-most]
    return half.only(np.concatenate((np.ones(most, bool), ~after)))


def _columns(*columns: NDArray[np.int32] | Nodes) -> NDArray[np.int32]:
    members = np.full((len(columns[0]), LONGEST + 1), NOBODY, np.int32)
    for place, column in enumerate(columns):
        members[:, place] = column
    return members


def _kth(found: list[_Found], k: int) -> float:
    """Cost of the k-th best chain so far; infinite while there are fewer."""
    cost = np.concatenate([one.cost for one in found])
    return float(np.partition(cost, k - 1)[k - 1]) if len(cost) >= k else math.inf


def _best(found: list[_Found], k: int) -> list[tuple[float, list[int]]]:
    """Costs and members of the k best chains: by cost, then fewer ties, then lower ids."""
    cost = np.concatenate([one.cost for one in found])
    length = np.concatenate([np.full(len(one.cost), one.ties) for one in found])
    members = np.concatenate([one.members for one in found])
    under = np.flatnonzero(cost <= _kth(found, k))
    keys = (*members[under].T[::-1], length[under], cost[under])
    best = under[np.lexsort(keys)[:k]]
    return [(float(cost[at]), members[at, : length[at] + 1].tolist()) for at in best]


def _told(ties: Ties, best: list[tuple[float, list[int]]]) -> tuple[Chain, ...]:
    """The chains with what makes each step warm."""
    steps = iter(_steps(ties, [pair for _, members in best for pair in pairwise(members)]))
    return tuple(
        Chain(
            tuple(members),
            _digits(math.exp(-cost)),
            tuple(_digits(next(steps)) for _ in members[1:]),
            tuple(_digits(share) for share in ties.vouched[members[1:-1]].tolist()),
        )
        for cost, members in best
    )


def _steps(ties: Ties, pairs: list[tuple[int, int]]) -> list[float]:
    """Strengths of several ties at once, looked up among the ties of who has fewer."""
    a, b = np.array(pairs, np.int64).reshape(-1, 2).T
    fewer = ties.indptr[a + 1] - ties.indptr[a] <= ties.indptr[b + 1] - ties.indptr[b]
    a, b = np.where(fewer, a, b), np.where(fewer, b, a)
    count = ties.indptr[a + 1] - ties.indptr[a]
    at = _spans(ties.indptr[a], count)
    found: list[float] = ties.strength[at[ties.neighbours[at] == b.repeat(count)]].tolist()
    return found


def _digits(value: float) -> float:
    return float(f"{value:.6g}")
