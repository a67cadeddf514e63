"""Swaps: two people change circles, as long as that parts people or mixes backgrounds better.

Both keep a cause in common with their new circle. First come those who must never meet, then two
of one organisation; of several swaps the one that also mixes sectors best. Sectors alone are no
reason to swap: they have been dealt as evenly as can be.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.circles.assign import LARGEST, NONE, SMALLEST
from footbridge.engine.circles.people import Ints, People

NEVER, COLLEAGUES, ALIKE = 1_000_000, 1_000, 1
"""What a pair in one circle costs that must not meet, is of one organisation, of one sector."""


@dataclass(eq=False)
class Seating:
    """Circles in the making: the only thing here that changes; it never leaves the package.

    circle   int64[n]           the circle of each person, or NONE
    block    int64[n]           circles close to each other share a block
    about    int64[circles]     the cause of each circle
    seats    int64[circles, 8]  who is in each, NONE where a seat is free
    apart    int64[pairs]       lower · n + higher of those who must never meet, ascending
    """

    people: People
    circle: Ints
    block: Ints
    about: Ints
    seats: Ints
    apart: Ints
    shy: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.shy = np.zeros(len(self.people), bool)
        self.shy[self.apart // max(len(self.people), 1)] = True
        self.shy[self.apart % max(len(self.people), 1)] = True

    @classmethod
    def of(cls, people: People, cause: Ints, circle: Ints, block: Ints, never: Ints) -> Seating:
        placed = np.flatnonzero(circle != NONE)
        placed = placed[np.argsort(circle[placed], kind="stable")]
        sizes = np.bincount(circle[placed])
        first = np.cumsum(sizes) - sizes
        seats = np.full((len(sizes), LARGEST), NONE)
        seats[circle[placed], np.arange(len(placed)) - first[circle[placed]]] = placed
        apart = np.sort(never[:, 0] * len(people) + never[:, 1])
        return cls(people, circle, block, cause[placed[first]], seats, apart)

    def leave(self, person: int) -> None:
        row = self.seats[self.circle[person]]
        row[row == person] = NONE
        self.circle[person] = NONE

    def join(self, person: int, at: int) -> None:
        self.seats[at, int((self.seats[at] == NONE).argmax())] = person
        self.circle[person] = at

    def pair(self, a: Ints, b: Ints) -> Ints:
        """What pairs of people cost in one circle, for arrays that fit each other; NONE nothing."""
        people = self.people
        ours, theirs = people.sector[a], people.sector[b]
        cost = ALIKE * ((ours == theirs) & (ours >= 0))
        ours, theirs = people.organisation[a], people.organisation[b]
        cost = cost + COLLEAGUES * ((ours == theirs) & (ours >= 0))
        if self.shy[a].any() and self.shy[b].any():
            keys = np.minimum(a, b) * len(people) + np.maximum(a, b)
            at = np.minimum(self.apart.searchsorted(keys), len(self.apart) - 1)
            cost = cost + NEVER * (self.apart[at] == keys)
        counted: Ints = np.where((a == b) | (a == NONE) | (b == NONE), 0, cost)
        return counted

    def cost_with(self, people: Ints, circles: Ints) -> Ints:
        """What each person costs, or would cost, in the circle beside them."""
        summed: Ints = self.pair(people[:, None], self.seats[circles]).sum(axis=1)
        return summed

    def costs(self) -> Ints:
        """int64[n]: what each costs where they are; 0 for those who are in no circle."""
        cost = np.zeros(len(self.people), np.int64)
        placed = np.flatnonzero(self.circle != NONE)
        cost[placed] = self.cost_with(placed, self.circle[placed])
        return cost

    def sizes(self) -> Ints:
        counted: Ints = (self.seats != NONE).sum(axis=1)
        return counted


def part(seating: Seating) -> None:
    """Swap those who must never meet, then colleagues, dearest first and then lower numbers."""
    for floor in (NEVER, COLLEAGUES):
        found = seating.costs()
        dear = np.flatnonzero(found >= floor)
        for person in dear[np.lexsort((dear, -found[dear]))].tolist():
            home = seating.circle[[person]]
            now = int(seating.cost_with(np.array([person]), home)[0])
            if now >= floor:
                _swap(seating, person, now, near=floor != NEVER)
    take_out(seating)


def _swap(seating: Seating, person: int, now: int, *, near: bool) -> None:
    """The best swap for one person, or a move to a free seat; none where neither helps."""
    home = int(seating.circle[person])
    others = _others(seating, person, near=near)
    change = _change(seating, person, others, now)
    best = int(change.argmin()) if len(others) else -1
    if best >= 0 and change[best] < 0:
        other = int(others[best])
        there = int(seating.circle[other])
        seating.leave(person)
        seating.leave(other)
        seating.join(person, there)
        seating.join(other, home)
    elif now >= COLLEAGUES and seating.sizes()[home] > SMALLEST:
        find_room(seating, person, below=now)


def _others(seating: Seating, person: int, *, near: bool) -> Ints:
    """People elsewhere who care for this circle's cause, in circles this person cares for."""
    people, circle = seating.people, seating.circle
    home = int(circle[person])
    others = people.carriers(int(seating.about[home]))
    there = circle[others]
    others = others[(there != NONE) & (there != home)]
    cared_for = np.zeros(len(people.popular), bool)
    cared_for[people.causes_of(person)] = True
    may: NDArray[np.bool_] = cared_for[seating.about[circle[others]]]
    if people.places is not None and near:
        may &= seating.block[others] == seating.block[person]
    return np.compress(may, others)


def _change(seating: Seating, person: int, others: Ints, now: int) -> Ints:
    """By how much the cost of the two circles would change, for each one to swap with."""
    home, there = seating.seats[seating.circle[person]], seating.circle[others]
    me = np.array([person])
    going = seating.cost_with(me.repeat(len(others)), there) - seating.pair(me, others)
    staying = home[(home != person) & (home != NONE)]
    coming = seating.pair(staying[:, None], others[None, :]).sum(axis=0)
    change: Ints = going + coming - seating.cost_with(others, there) - now
    return change


def find_room(seating: Seating, person: int, below: int) -> bool:
    """Seat somebody in another circle of theirs with a free seat, where they cost less than this.

    The cheapest; then the smallest; then the first.
    """
    sizes = seating.sizes()
    may = np.isin(seating.about, seating.people.causes_of(person))
    may &= (sizes < LARGEST) & (sizes >= SMALLEST)
    if seating.circle[person] != NONE:
        may[seating.circle[person]] = False
    rooms = np.flatnonzero(may)
    cost = seating.cost_with(np.full(len(rooms), person), rooms)
    rooms, cost = rooms[cost < below], cost[cost < below]
    if not len(rooms):
        return False
    if seating.circle[person] != NONE:
        seating.leave(person)
    seating.join(person, int(rooms[np.lexsort((rooms, sizes[rooms], cost))[0]]))
    return True


def take_out(seating: Seating) -> None:
    """Whoever still sits with somebody they must never meet leaves; then what is too small ends.

    The one in most such pairs leaves first, then the higher number. All who are without a circle
    then look for a free seat once more.
    """
    while (found := seating.costs() // NEVER).any():
        seating.leave(int(np.flatnonzero(found == found.max())[-1]))
    for at in np.flatnonzero((sizes := seating.sizes()) < SMALLEST).tolist():
        for person in seating.seats[at, seating.seats[at] != NONE].tolist() if sizes[at] else ():
            seating.leave(person)
    for person in np.flatnonzero(seating.circle == NONE).tolist():
        find_room(seating, person, below=NEVER)
