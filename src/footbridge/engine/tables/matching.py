"""Everybody in pairs, with the greatest total, exactly, and prices that prove it.

Half a proof is cheap: an assignment (each person "calls" one other, each is called once) is never
worth less than the best pairs, and its prices hold for the pairs too. Where the calls run round in
even circles they are pairs already. Each odd circle leaves one person over; trees of ties that cost
nothing grow from them, odd groups on the way are folded into one, and prices move only as far as
they must, until all are paired. Whole numbers throughout, so nothing is rounded.

Source: Edmonds 1965, "Maximum matching and a polyhedron with 0,1-vertices"; the start from an
assignment as in Applegate & Cook 1993, "Solving large-scale matching problems".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Edge = tuple[int, int]
FREE, OUTER, INNER = 0, 1, 2
NOBODY = -1
FAR = 1 << 58
"""Slack of an edge that nobody has looked at."""


@dataclass(frozen=True)
class Matching:
    """Who is with whom, and why no other pairs are worth more.

    mate    int64[n]  the other of each pair
    prices  int64[n]  in half units
    groups  odd groups of people and the price of each, in half units

    For all a and b: prices[a] + prices[b] + the prices of groups that hold both ≥ twice their
    weight. So no pairing is worth more than half of Σ prices + Σ price(group)·(|group| − 1)/2.
    """

    mate: Whole
    prices: Whole
    groups: tuple[tuple[tuple[int, ...], int], ...]

    @property
    def twice_bound(self) -> int:
        inside = sum(price * (len(members) // 2) for members, price in self.groups)
        return int(self.prices.sum()) + inside


def heaviest(weights: Whole) -> Matching:
    """The pairs of greatest total weight among an even number of people.

    `weights` is symmetric and whole, below 2⁵⁰ in all sums; who must not be together gets a weight
    low enough that it never pays. What stands on the diagonal is not read.

    >>> found = heaviest(np.array([[0, 5, 6, 0], [5, 0, 0, 3], [6, 0, 0, 1], [0, 3, 1, 0]]))
    >>> found.mate.tolist(), found.twice_bound / 2
    ([2, 3, 0, 1], 9.0)
    """
    call, prices = assignment(weights)
    search = _Search(2 * weights, prices, _pairs_of(call))
    for one in range(len(weights)):
        if search.mate[one] == NOBODY:
            search.pair_up(one)
    return search.told()


def assignment(weights: Whole) -> tuple[Whole, Whole]:
    """Whom each calls in the best assignment without self-calls, and prices in half units.

    prices[a] + prices[b] ≥ 2·weights[a, b] for all a ≠ b, equal where one calls the other, so
    half of half of their sum bounds every pairing.
    """
    from scipy.optimize import linear_sum_assignment

    if len(weights) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    costs = -weights.astype(np.float64)
    # Dear enough that calling oneself is a last resort; whoever does so is alone at first.
    np.fill_diagonal(costs, 4.0 * float(np.abs(costs).max()) + 1)
    _, call = linear_sum_assignment(costs)
    callers, called = _prices(costs, call)
    return call.astype(np.int64), -(callers + called).astype(np.int64)


def _prices(
    costs: NDArray[np.float64], call: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Prices of callers and called below all costs and equal on the calls: shortest detours."""
    people = np.arange(len(call))
    paid = costs[people, call]
    # By so much it costs i more to take over whom j calls.
    detour = costs[:, call] - paid[:, None]
    best, moved = np.zeros(len(call)), people
    while len(moved):
        over = (best[moved, None] + detour[moved]).min(axis=0)
        moved = np.flatnonzero(over < best)
        best = np.minimum(best, over)
    called = np.empty(len(call))
    called[call] = best
    return paid - best, called


def _pairs_of(call: Whole) -> Whole:
    """Pairs along the circles of calls; of an odd circle, its first person stays alone."""
    mate = np.full(len(call), NOBODY, np.int64)
    seen = np.zeros(len(call), bool)
    for first in range(len(call)):
        circle = []
        one = first
        while not seen[one]:
            seen[one] = True
            circle.append(one)
            one = int(call[one])
        for a, b in zip(circle[len(circle) % 2 :: 2], circle[len(circle) % 2 + 1 :: 2]):
            mate[a], mate[b] = b, a
    return mate


class _Search:
    """One tree at a time from somebody alone, until it reaches somebody else alone.

    A blossom is one person (ids below n) or an odd circle of blossoms (ids from n); `top` names
    the outermost one of each person. Blossoms of the tree are outer (an even way from the root)
    or inner; `entry` is the tie over which the tree came in: (person outside, person inside).
    """

    def __init__(self, weights: Whole, prices: Whole, mate: Whole) -> None:
        n = len(weights)
        self.n, self.weights, self.price, self.mate = n, weights, prices, mate
        self.top = np.arange(n)
        self.kind = np.zeros(n, np.int64)
        self.inner = np.zeros(n, np.int64)
        self.slack = np.full(n, FAR)
        self.origin = np.full(n, NOBODY, np.int64)
        self.label: dict[int, int] = {}
        self.entry: dict[int, Edge | None] = {}
        self.base: dict[int, int] = {}
        self.parent: dict[int, int] = {}
        self.children: dict[int, list[int]] = {}
        self.edges: dict[int, list[Edge]] = {}
        self.group_price: dict[int, int] = {}
        # Written down once per blossom: circles nest deeply where much is worth the same.
        self.people: dict[int, list[int]] = {one: [one] for one in range(n)}
        self.unused = n

    def pair_up(self, one: int) -> None:
        """Grow a tree from somebody alone; on return they are paired."""
        self._forget_tree()
        self._make_outer(int(self.top[one]), None)
        while not self._step():
            pass
        for blossom in [b for b, price in self.group_price.items() if price == 0]:
            if blossom not in self.parent and self.label.get(blossom) == OUTER:
                self._open(blossom)

    def told(self) -> Matching:
        groups = (
            (tuple(sorted(self.people[blossom])), price)
            for blossom, price in self.group_price.items()
            if price
        )
        return Matching(self.mate, self.price, tuple(sorted(groups)))

    def _forget_tree(self) -> None:
        self.label.clear()
        self.entry.clear()
        self.kind[:] = FREE
        self.slack[:] = FAR

    def _step(self) -> bool:
        """Move prices until something happens, and let it happen; true once two are joined."""
        outer = self.kind == OUTER
        # A tie between two outer people closes from both ends, so it lasts half as long. Of those
        # that last equally long, somebody alone comes first, and folding a circle last.
        lasting = (self.slack >> outer) * 4 + 2 * outer + (self.mate != NOBODY)
        lasting[self.kind == INNER] = FAR
        at = int(lasting.argmin())
        change, thin = int(lasting[at]) >> 2, self._thinnest()
        if thin is not None and self.group_price[thin] <= 2 * change:
            self._move_prices(self.group_price[thin] // 2)
            self._expand(thin)
            return False
        self._move_prices(change)
        origin = int(self.origin[at])
        if self.kind[at] == OUTER:
            self._fold(origin, at)
            return False
        return self._reach(origin, at)

    def _thinnest(self) -> int | None:
        """The inner group whose price is used up first."""
        inner = [b for b, label in self.label.items() if label == INNER and b >= self.n]
        return min(inner, key=lambda b: (self.group_price[b], b), default=None)

    def _move_prices(self, change: int) -> None:
        if change == 0:
            return
        outer, inner = self.kind == OUTER, self.kind == INNER
        self.price += change * (inner.astype(np.int64) - outer)
        self.slack -= change * (1 + outer.astype(np.int64) - inner)
        for blossom, label in self.label.items():
            if blossom >= self.n:
                self.group_price[blossom] += 2 * change if label == OUTER else -2 * change

    def _reach(self, origin: int, one: int) -> bool:
        """The tree touches a blossom outside: join it, or take it and its partner in."""
        blossom = int(self.top[one])
        if self.mate[self._base(blossom)] == NOBODY:
            self._join(origin, one)
            return True
        self._make_inner(blossom, (origin, one))
        return False

    def _make_inner(self, blossom: int, entry: Edge) -> None:
        self._set_inner(blossom, entry)
        base = self._base(blossom)
        partner = int(self.mate[base])
        self._make_outer(int(self.top[partner]), (base, partner))

    def _set_inner(self, blossom: int, entry: Edge) -> None:
        self.label[blossom], self.entry[blossom] = INNER, entry
        self.kind[self.people[blossom]] = INNER

    def _make_outer(self, blossom: int, entry: Edge | None) -> None:
        self.label[blossom], self.entry[blossom] = OUTER, entry
        people = self.people[blossom]
        self.kind[people] = OUTER
        self._look_from(people, blossom)

    def _look_from(self, people: list[int], blossom: int) -> None:
        """Note for everyone outside the blossom how close these people have come."""
        slack = self.price[people][:, None] + self.price - self.weights[people]
        nearest = slack.argmin(axis=0) if len(people) > 1 else np.zeros(self.n, np.int64)
        least = slack[nearest, np.arange(self.n)]
        closer = (least < self.slack) & (self.top != blossom)
        self.slack[closer] = least[closer]
        self.origin[closer] = np.asarray(people)[nearest[closer]]

    def _fold(self, a: int, b: int) -> None:
        """Two outer blossoms touch: the odd circle over their common ancestor becomes one."""
        left, right = self._way_up(int(self.top[a])), self._way_up(int(self.top[b]))
        common = next(blossom for blossom in left if blossom in right)
        left, right = left[: left.index(common)], right[: right.index(common)]
        circle = [common, *reversed(left), *right]
        down = [self._entry(blossom) for blossom in reversed(left)]
        up = [(inside, outside) for outside, inside in map(self._entry, right)]
        self._found_group(circle, [*down, (a, b), *up])

    def _way_up(self, blossom: int) -> list[int]:
        way = [blossom]
        while (entry := self.entry[way[-1]]) is not None:
            way.append(int(self.top[entry[0]]))
        return way

    def _found_group(self, circle: list[int], edges: list[Edge]) -> None:
        new, self.unused = self.unused, self.unused + 1
        self.children[new], self.edges[new] = circle, edges
        self.base[new], self.group_price[new] = self._base(circle[0]), 0
        self.label[new], self.entry[new] = OUTER, self.entry[circle[0]]
        were_inner = [one for c in circle if self.label[c] == INNER for one in self.people[c]]
        for child in circle:
            self.parent[child] = new
            del self.label[child], self.entry[child]
        people = self.people[new] = [one for child in circle for one in self.people[child]]
        self.top[people], self.kind[people] = new, OUTER
        self._look_from(were_inner, new)
        self._look_again(people, new)

    def _look_again(self, people: list[int], blossom: int) -> None:
        """Those who were closest to somebody now inside with them look for the next closest."""
        origin = self.origin[people]
        inside = (self.slack[people] < FAR) & (self.top[origin] == blossom)
        stale = np.asarray(people)[inside]
        others = np.flatnonzero((self.kind == OUTER) & (self.top != blossom))
        self.slack[stale] = FAR
        if len(stale) == 0 or len(others) == 0:
            return
        slack = (
            self.price[stale][:, None] + self.price[others] - self.weights[np.ix_(stale, others)]
        )
        nearest = slack.argmin(axis=1)
        self.slack[stale] = slack[np.arange(len(stale)), nearest]
        self.origin[stale] = others[nearest]

    def _expand(self, blossom: int) -> None:
        """An inner group whose price is used up falls apart; its even half stays in the tree."""
        entry = self._entry(blossom)
        circle, edges = self.children[blossom], self.edges[blossom]
        del self.label[blossom], self.entry[blossom]
        self._open(blossom)
        self.kind[[one for child in circle for one in self.people[child]]] = FREE
        at = circle.index(int(self.top[entry[1]]))
        at, step = self._even_way(at, len(circle))
        while at != 0:
            self._make_inner(circle[at], entry)
            entry = self._edge(edges, at + step, step)
            at += 2 * step
        self._set_inner(circle[0], entry)

    @staticmethod
    def _even_way(at: int, length: int) -> tuple[int, int]:
        """Start and direction so that place 0 of the circle is an even number of steps away."""
        return (at - length, 1) if at % 2 else (at, -1)

    @staticmethod
    def _edge(edges: list[Edge], at: int, step: int) -> Edge:
        """The tie from place `at` of a circle to the next in this direction, in that order."""
        if step == 1:
            return edges[at]
        a, b = edges[at - 1]
        return b, a

    def _open(self, blossom: int) -> None:
        """Undo one group; groups inside that cost nothing fall apart only when they must."""
        for child in self.children.pop(blossom):
            del self.parent[child]
            self.top[self.people[child]] = child
        del self.edges[blossom], self.base[blossom], self.group_price[blossom]
        del self.people[blossom]

    def _join(self, origin: int, one: int) -> None:
        """Pair along the way from the root to somebody alone: one more pair than before."""
        self._rebase(int(self.top[one]), one)
        self.mate[one] = origin
        here, partner = origin, one
        while True:
            blossom = int(self.top[here])
            self._rebase(blossom, here)
            self.mate[here] = partner
            way_up = self.entry[blossom]
            if way_up is None:
                return
            inner = int(self.top[way_up[0]])
            here, partner = self._entry(inner)
            self._rebase(inner, partner)
            self.mate[partner] = here

    def _rebase(self, blossom: int, one: int) -> None:
        """Pair a group inside itself so that this member is the one who is paired outside."""
        if blossom < self.n:
            return
        circle, edges = self.children[blossom], self.edges[blossom]
        child = one
        while self.parent[child] != blossom:
            child = self.parent[child]
        self._rebase(child, one)
        start = circle.index(child)
        at, step = self._even_way(start, len(circle))
        while at != 0:
            at += step
            a, b = self._edge(edges, at, step)
            self._rebase(circle[at], a)
            self._rebase(circle[at + step], b)
            self.mate[a], self.mate[b] = b, a
            at += step
        self.children[blossom] = circle[start:] + circle[:start]
        self.edges[blossom] = edges[start:] + edges[:start]
        self.base[blossom] = one

    def _base(self, blossom: int) -> int:
        return blossom if blossom < self.n else self.base[blossom]

    def _entry(self, blossom: int) -> Edge:
        entry = self.entry[blossom]
        assert entry is not None, "only the root has no way up"
        return entry
