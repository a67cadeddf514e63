"""Pairs, and one trio where people are odd in number, of the greatest worth, with the proof.

Fewest left over first, then worth: gain of those who have not met, less the cost of meeting again.
An even number is solved exactly. Of an odd number three sit together: each trio is bounded by what
it is worth and what prices say the rest can be worth at most, and the most promising are tried.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from footbridge.engine.tables.answer import Table, Unseated, table_of, unseated
from footbridge.engine.tables.matching import FAR, Matching, assignment, heaviest
from footbridge.engine.tables.wanted import GRID, Wanted, Whole, mask_of

EFFORT = 2000
"""Trios tried at most, times the number of people: each is a matching of the rest."""
LISTED = 20_000
"""Trios listed at most; the bound of the first that is not listed is kept."""
Trio = tuple[int, int, int]


@dataclass(frozen=True)
class Proof:
    """Prices which show that no pairs are worth more; only where all are in pairs.

    prices     per person, in the unit of gain
    groups     odd groups of people and the price of each
    left_over  what leaving one person over costs: more than anything that could be gained by it

    For any two present: price + price + the prices of groups that hold both ≥ what the two are
    worth (−2·left_over where they must not meet). Summed over any pairs, each person once, this
    says that they are worth at most Σ prices + Σ price(group)·(|group| − 1)/2.
    """

    prices: dict[int, float]
    groups: tuple[tuple[tuple[int, ...], float], ...]
    left_over: float


@dataclass(frozen=True)
class Pairing:
    """Who is with whom.

    pairs     lowest numbers first; one of them may hold three people
    unseated  who is left over, with why
    gain      of all who meet for the first time
    repeats   pairs of people who have met before
    value     gain less the cost of repeats
    bound     no pairing that leaves as few over is worth more; infinite where it is not known
    proof     why the bound holds, where it rests on prices alone
    """

    pairs: tuple[Table, ...]
    unseated: tuple[Unseated, ...]
    gain: float
    repeats: int
    value: float
    bound: float
    proof: Proof | None

    @property
    def is_optimal(self) -> bool:
        return self.value >= self.bound - 1e-9

    @property
    def people(self) -> tuple[tuple[int, ...], ...]:
        return tuple(table.people for table in self.pairs)


def pair(wanted: Wanted, seed: int = 0, present: ArrayLike | None = None) -> Pairing:
    """Everybody present in pairs, one trio when they are odd in number, worth the most.

    Nobody is left over unless the pairs that must never meet leave no other way; where they do,
    somebody left over joins a pair as a third if they may. Among equally good pairings the seed
    decides; the same seed gives the same pairs.

    >>> wanted = Wanted.build([[0, 5, 6, 0], [5, 0, 0, 3], [6, 0, 0, 1], [0, 3, 1, 0]])
    >>> found = pair(wanted)
    >>> found.people, found.value, found.bound, found.is_optimal
    (((0, 2), (1, 3)), 9.0, 9.0, True)

    Nobody: no pairs. One alone: left over, with why. ValueError for `present` of another size.
    """
    here = np.flatnonzero(mask_of(present, wanted.n))
    order = here[np.random.default_rng(seed).permutation(len(here))]
    task = _Task.of(wanted, order)
    best = _even(task) if len(order) % 2 == 0 else _odd(task)
    return _told(wanted, task, best)


@dataclass(frozen=True)
class _Task:
    """People in the order of the seed, what each two are worth, and what leaving one over costs.

    All weights are multiples of `unit`, so that bounds may be rounded down to it.
    """

    people: Whole
    weights: Whole
    left_over: int
    unit: int

    @classmethod
    def of(cls, wanted: Wanted, order: Whole) -> _Task:
        at = np.ix_(order, order)
        worth, never = wanted.worth()[at], wanted.never[at]
        unit = max(1, int(np.gcd.reduce(worth, axis=None)))
        left_over = unit + (len(order) + 3) * int(np.abs(worth).max(initial=0))
        return cls(order, np.where(never, -2 * left_over, worth), left_over, unit)

    @property
    def n(self) -> int:
        return len(self.people)

    def allows(self, *group: int) -> bool:
        return all(self.weights[a, b] > -self.left_over for a, b in combinations(group, 2))

    def worth(self, *group: int) -> int:
        return sum(int(self.weights[a, b]) for a, b in combinations(group, 2))


@dataclass(frozen=True)
class _Found:
    """Groups of places in the task, those alone, and the bound in units, leaving over included."""

    groups: list[tuple[int, ...]]
    alone: list[int]
    bound: float
    matching: Matching | None = None

    def total(self, task: _Task) -> int:
        return sum(task.worth(*group) for group in self.groups) - len(self.alone) * task.left_over


def _even(task: _Task) -> _Found:
    matching = heaviest(task.weights)
    return _found(task, matching, np.arange(task.n))


def _found(task: _Task, matching: Matching, places: Whole) -> _Found:
    """The matching of these places as groups; two who must not meet are both left over."""
    pairs = [(int(places[a]), int(places[b])) for a, b in enumerate(matching.mate) if a < b]
    groups: list[tuple[int, ...]] = [pair for pair in pairs if task.allows(*pair)]
    alone = [one for pair in pairs if not task.allows(*pair) for one in pair]
    return _Found(groups, alone, matching.twice_bound / 2, matching)


def _odd(task: _Task) -> _Found:
    """The best of the trios tried, or one person left over where no trio does better."""
    best = _trying_trios(task)
    if best is None or best.alone:
        single = _one_over(task)
        bound = single.bound if best is None else max(single.bound, best.bound)
        if best is None or single.total(task) > best.total(task):
            best = single
        best = replace(best, bound=bound)
    return replace(best, matching=None)


def _one_over(task: _Task) -> _Found:
    """Everybody but one in pairs: the one is whoever would be paired with nobody."""
    weights = np.full((task.n + 1, task.n + 1), -task.left_over)
    weights[:-1, :-1] = task.weights
    matching = heaviest(weights)
    single = int(matching.mate[task.n])
    others = np.delete(np.arange(task.n), single)
    mate = matching.mate[others]
    inside = Matching(mate - (mate > single), matching.prices, matching.groups)
    found = _found(task, inside, others)
    return _Found(found.groups, [*found.alone, single], matching.twice_bound / 2)


def _trying_trios(task: _Task) -> _Found | None:
    """Trios in the order of their bounds, each with the best pairs of the rest, until none can win.

    With prices p of everyone (in half units), a trio T and any pairs of the rest are worth at most
    w(T) + (Σ p − p(T))/2.
    """
    _, prices = assignment(task.weights)
    first = _likely_trio(task, prices)
    best = _with_trio(task, first) if first else None
    low = best.total(task) if best else -math.inf
    trios, unlisted = _trios_above(task, prices, low)
    for tried, (bound, trio) in enumerate(trios):
        if bound <= low or tried >= max(3, EFFORT // task.n):
            return replace(best, bound=max(low, bound)) if best else None
        found = _with_trio(task, trio)
        if found.total(task) > low:
            best, low = found, found.total(task)
    return replace(best, bound=max(low, unlisted)) if best else None


def _with_trio(task: _Task, trio: Trio) -> _Found:
    others = np.delete(np.arange(task.n), trio)
    matching = heaviest(task.weights[np.ix_(others, others)])
    found = _found(task, matching, others)
    return _Found([trio, *found.groups], found.alone, math.inf)


def _lift(task: _Task, prices: Whole) -> Whole:
    """What each two add to the bound of a trio, in quarter units: 4 w(a, b) − p(a) − p(b)."""
    lift = 4 * task.weights - prices[:, None] - prices
    lift[task.weights <= -task.left_over] = -FAR
    np.fill_diagonal(lift, -FAR)
    return lift


def _likely_trio(task: _Task, prices: Whole) -> Trio | None:
    """A good trio to begin with: two who lift each other most, and the best third for them."""
    if task.n < 3:
        return None
    lift = _lift(task, prices)
    partner = lift.argmax(axis=1)
    sums = lift + lift[partner] + lift.max(axis=1)[:, None]
    a, c = np.unravel_index(int(sums.argmax()), sums.shape)
    trio = (int(a), int(partner[a]), int(c))
    return trio if len(set(trio)) == 3 and task.allows(*trio) else None


def _trios_above(task: _Task, prices: Whole, low: float) -> tuple[list[tuple[float, Trio]], float]:
    """Trios whose bound is above `low`, highest first, and a bound of those that are not listed."""
    lift, whole = _lift(task, prices), 2 * int(prices.sum())
    highest = lift.max(axis=1, initial=-FAR)
    least = max(4 * low - whole, -FAR / 2)
    found = np.empty((0, 4), np.int64)
    dropped = -math.inf
    for a in range(task.n):
        later = a + 1 + np.flatnonzero(lift[a, a + 1 :] + highest[a] + highest[a + 1 :] > least)
        found = np.concatenate((found, _trios_of(lift, a, later, least)))
        if len(found) > LISTED:
            found = found[np.lexsort((*found.T[:0:-1], -found[:, 0]))]
            dropped = max(dropped, float(found[LISTED, 0]))
            found, least = found[:LISTED], max(least, dropped)
    found = found[np.lexsort((*found.T[:0:-1], -found[:, 0]))]
    bounds = [_floor(task, whole + int(one)) for one in found[:, 0]]
    trios = [(int(a), int(b), int(c)) for a, b, c in found[:, 1:]]
    unlisted = _floor(task, whole + int(dropped)) if dropped > -math.inf else -math.inf
    return list(zip(bounds, trios)), unlisted


def _trios_of(lift: Whole, a: int, later: Whole, least: float) -> Whole:
    """Trios of a and two later people, as rows of bound and the three."""
    sums = lift[np.ix_(later, later)] + lift[a, later][:, None] + lift[a, later]
    b, c = np.nonzero(np.triu(sums > least, 1))
    return np.column_stack((sums[b, c], np.full(len(b), a), later[b], later[c]))


def _floor(task: _Task, quarters: int) -> float:
    """A bound in quarter units, down to the next worth that pairings can have."""
    return float(quarters // (4 * task.unit) * task.unit)


def _told(wanted: Wanted, task: _Task, found: _Found) -> Pairing:
    groups, alone = _with_thirds(task, found)
    tables = tuple(
        sorted(
            (table_of(wanted, task.people[list(group)].tolist()) for group in groups),
            key=lambda table: table.people,
        )
    )
    bound = (found.bound + len(found.alone) * task.left_over) / GRID
    joined = len(alone) < len(found.alone)
    return Pairing(
        tables,
        unseated(wanted, task.people[alone].tolist(), task.people.tolist()),
        sum(table.gain for table in tables),
        sum(table.repeats for table in tables),
        sum(task.worth(*group) for group in groups) / GRID,
        math.inf if joined else bound,
        _proof(task, found.matching) if found.matching and not joined else None,
    )


def _with_thirds(task: _Task, found: _Found) -> tuple[list[tuple[int, ...]], list[int]]:
    """Who is left over joins the pair where they are worth most, if any pair may take them."""
    groups, alone = list(found.groups), []
    for one in found.alone:
        open_ = [at for at, group in enumerate(groups) if len(group) == 2]
        fits = [at for at in open_ if task.allows(one, *groups[at])]
        if fits:
            at = max(fits, key=lambda at: task.worth(one, *groups[at]) - task.worth(*groups[at]))
            groups[at] = (*groups[at], one)
        else:
            alone.append(one)
    return groups, alone


def _proof(task: _Task, matching: Matching) -> Proof:
    half = 2 * GRID
    people = task.people.tolist()
    prices = {one: price / half for one, price in zip(people, matching.prices.tolist())}
    groups = tuple(
        (tuple(sorted(people[at] for at in members)), price / half)
        for members, price in matching.groups
    )
    return Proof(dict(sorted(prices.items())), groups, task.left_over / GRID)
