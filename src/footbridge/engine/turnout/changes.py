"""Single changes to a plan of invitations, as long as one helps.

For each date and each of its guests the date is also known without them, so that every change of
one or two people is weighed exactly, by one product, before it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.turnout.plan import Floats, Plan

WORTH = 5e-4
"""A change must add this much: smaller ones would go on for long and nobody would notice."""
MOST = 200
"""So many changes are made at most."""
CROWD = 32
"""So many at either end of those who may be invited are tried in somebody's place."""


@dataclass(frozen=True, slots=True)
class Change:
    """What it adds, and who leaves and enters which date."""

    adds: float
    leave: tuple[tuple[int, int], ...]
    enter: tuple[tuple[int, int], ...]

    @property
    def key(self) -> tuple[float, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
        """Best first, then by who and where."""
        return -round(self.adds, 12), self.leave, self.enter


@dataclass(frozen=True, eq=False)
class _Without:
    """A date as it would be without each one of its guests.

    lost   float64[guests]            how much less likely it would land well
    helps  float64[guests, weathers]  what somebody certain to come would then add
    """

    people: NDArray[np.int64]
    lost: Floats
    helps: Floats


def improve(plan: Plan) -> None:
    """The best change, again and again, until none is worth it.

    After each one only what touches its dates, or wants its people, is weighed again.
    """
    everywhere = set(range(len(plan.dates)))
    known = _weighed(plan, _Known({}, {}), everywhere, everywhere)
    for _ in range(MOST):
        best = known.best()
        if best is None or best.adds < WORTH:
            return
        _make(plan, best)
        changed = {at for _, at in best.leave + best.enter}
        moved = {person for person, _ in best.leave + best.enter}
        known = _weighed(plan, known, changed, changed | known.dates_that_want(moved))


def _make(plan: Plan, change: Change) -> None:
    for person, at in change.leave:
        plan.withdraw(person, at)
    for person, at in change.enter:
        plan.invite(person, at)


@dataclass(frozen=True)
class _Known:
    """What has been weighed: dates without each guest, and changes by the dates they touch."""

    without: dict[int, _Without]
    changes: dict[tuple[int, ...], list[Change]]

    def best(self) -> Change | None:
        found = (one for changes in self.changes.values() for one in changes)
        return min(found, key=lambda one: one.key, default=None)

    def dates_that_want(self, people: set[int]) -> set[int]:
        """Dates for which a change is known that lets one of these people in."""
        return {
            at
            for changes in self.changes.values()
            for change in changes
            for person, at in change.enter
            if person in people
        }


def _weighed(plan: Plan, known: _Known, changed: set[int], touched: set[int]) -> _Known:
    """What stands around these dates weighed anew; those that changed also without each guest."""
    without = known.without | {at: _without(plan, at) for at in sorted(changed)}
    changes = dict(known.changes)
    for at in range(len(plan.dates)):
        if at in touched:
            changes[(at,)] = list(_alone(plan, at, without[at]))
        for other in range(at + 1, len(plan.dates)):
            if at in touched or other in touched:
                changes[at, other] = list(_together(plan, at, other, without))
    return _Known(without, changes)


def _without(plan: Plan, at: int) -> _Without:
    invited = sorted(plan.invited[at])
    now = plan.within(at, plan.chances[at])
    lost, helps = np.zeros(len(invited)), np.zeros((len(invited), len(plan.weight(at))))
    start = plan.chances_before(at)
    for place, chances in _each_left_out(plan, at, start, invited, 0):
        lost[place] = now - plan.within(at, chances)
        helps[place] = plan.help_of(at, chances)
    return _Without(np.array(invited, np.int64), lost, helps)


def _each_left_out(
    plan: Plan, at: int, chances: Floats, people: list[int], first: int
) -> Iterator[tuple[int, Floats]]:
    """All but one, for each one: halves are added once for the other half, without subtracting."""
    if len(people) <= 1:
        yield from ((first, chances) for _ in people)
        return
    middle = len(people) // 2
    left, right = people[:middle], people[middle:]
    coming = plan.coming(at)
    with_right = with_left = chances
    for person in right:
        with_right = plan.added(at, with_right, coming[person])
    for person in left:
        with_left = plan.added(at, with_left, coming[person])
    yield from _each_left_out(plan, at, with_right, left, first)
    yield from _each_left_out(plan, at, with_left, right, first + middle)


def _alone(plan: Plan, at: int, here: _Without) -> Iterator[Change]:
    """The best change of each kind that touches one date."""
    yield from _one_more(plan, at)
    if len(here.people):
        yield from _one_less(plan, at, here)
        yield from _another_instead(plan, at, here)


def _together(plan: Plan, at: int, other: int, without: dict[int, _Without]) -> Iterator[Change]:
    """The best change of each kind that touches two dates."""
    here, there = without[at], without[other]
    yield from _to_another_date(plan, at, here, other)
    yield from _to_another_date(plan, other, there, at)
    if len(here.people) and len(there.people):
        yield from _in_exchange(plan, at, here, other, there)


def _one_more(plan: Plan, at: int) -> Iterator[Change]:
    people = np.flatnonzero(plan.open_to(at))
    if len(people):
        adds = plan.coming(at)[people] @ plan.help_of(at, plan.chances[at]) - plan.cost
        best = int(adds.argmax())
        yield Change(float(adds[best]), (), ((int(people[best]), at),))


def _one_less(plan: Plan, at: int, here: _Without) -> Iterator[Change]:
    best = int(here.lost.argmin())
    yield Change(plan.cost - float(here.lost[best]), ((int(here.people[best]), at),), ())


def _another_instead(plan: Plan, at: int, here: _Without) -> Iterator[Change]:
    people = _ends(plan, at, np.flatnonzero(plan.open_to(at)))
    if len(people):
        adds = here.helps @ plan.coming(at)[people].T - here.lost[:, None]
        out, into = np.unravel_index(adds.argmax(), adds.shape)
        leave, enter = int(here.people[out]), int(people[into])
        yield Change(float(adds[out, into]), ((leave, at),), ((enter, at),))


def _ends(plan: Plan, at: int, people: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of a crowd only the likeliest and the least likely: a change wants one or the other."""
    if len(people) <= 2 * CROWD:
        return people
    order = people[np.argsort(plan.coming(at)[people].sum(axis=1), kind="stable")]
    return np.sort(np.concatenate((order[:CROWD], order[-CROWD:])))


def _to_another_date(plan: Plan, at: int, here: _Without, other: int) -> Iterator[Change]:
    may = plan.may[here.people, other]
    if may.any():
        gain = plan.coming(other)[here.people] @ plan.help_of(other, plan.chances[other])
        adds = np.where(may, gain - here.lost, -np.inf)
        best = int(adds.argmax())
        person = int(here.people[best])
        yield Change(float(adds[best]), ((person, at),), ((person, other),))


def _in_exchange(
    plan: Plan, at: int, here: _Without, other: int, there: _Without
) -> Iterator[Change]:
    out, into = plan.may[here.people, other], plan.may[there.people, at]
    if out.any() and into.any():
        gain_here = here.helps @ plan.coming(at)[there.people].T - here.lost[:, None]
        gain_there = there.helps @ plan.coming(other)[here.people].T - there.lost[:, None]
        adds = np.where(out[:, None] & into, gain_here + gain_there.T, -np.inf)
        one, two = np.unravel_index(adds.argmax(), adds.shape)
        a, b = int(here.people[one]), int(there.people[two])
        yield Change(float(adds[one, two]), ((a, at), (b, other)), ((b, at), (a, other)))
