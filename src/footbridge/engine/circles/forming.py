"""Circles: small groups around a shared cause, of people from different backgrounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from footbridge.engine.circles.assign import LARGEST, NONE, SMALLEST, by_cause
from footbridge.engine.circles.deal import dealt
from footbridge.engine.circles.people import Ints, People, pairs_of
from footbridge.engine.circles.swaps import Seating, part


@dataclass(frozen=True, slots=True)
class Circle:
    """One circle of 4 to 8.

    members        ascending
    cause          the one around which it formed; all share it
    shared         every cause that all share, ascending
    sectors        known sectors that are met in it, ascending
    organisations  how many different ones; who has none counts as one of their own
    """

    members: tuple[int, ...]
    cause: int
    shared: tuple[int, ...]
    sectors: tuple[int, ...]
    organisations: int


class Why(StrEnum):
    """Why somebody is in no circle, in codes for which doors have the words."""

    NO_CAUSE = "no_cause"  # none is stated
    TOO_FEW = "too_few"  # fewer than four care for any of theirs
    APART = "apart"  # with somebody whom they must never meet, or whose leaving ended a circle
    TAKEN = "taken"  # enough care for it, but they are in circles around other causes


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Somebody who is in no circle, and why."""

    person: int
    why: Why


@dataclass(frozen=True, slots=True)
class Circles:
    """All circles, by cause and then by members; all who are in none; out of how many people."""

    circles: tuple[Circle, ...]
    left: tuple[LeftOver, ...]
    people: int

    @property
    def sharing(self) -> float:
        """Share of all people who are in a circle in which everybody shares a cause."""
        seated = sum(len(circle.members) for circle in self.circles)
        return seated / self.people if self.people else 1.0

    @property
    def mixed(self) -> float:
        """Share of circles in which no two are of one organisation."""
        mixed = sum(circle.organisations == len(circle.members) for circle in self.circles)
        return mixed / len(self.circles) if self.circles else 1.0


def form(people: People, *, size: int = 6, never: ArrayLike = (), seed: int = 0) -> Circles:
    """Groups of 4 to 8, as near to `size` as can be, around a cause that all of a group share.

    Sort by cause, deal by background, then swap: see `assign`, `deal` and `swaps`. No two people
    of a pair in `never` are in one circle. Organisations are kept apart before sectors are mixed.
    With places, people are dealt among circles close by. The same input and seed give the same
    circles; another seed, other circles as good.

    Nobody or three people: no circles. ValueError for a size outside 4..8 and for pairs that name
    somebody unknown.

    >>> causes = [{1}, {1, 2}, {1}, {2}, {1}, {2}, {2}, {3}, ()]
    >>> formed = form(People.of(causes, sector=[0, 0, 1, 1, 2, 2, 0, 0, 0]), size=4)
    >>> [(circle.members, circle.cause, circle.sectors) for circle in formed.circles]
    [((0, 1, 2, 4), 1, (0, 1, 2))]
    >>> [(one.person, one.why.value) for one in formed.left]
    [(3, 'taken'), (5, 'taken'), (6, 'taken'), (7, 'too_few'), (8, 'no_cause')]
    """
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(f"a circle has {SMALLEST} to {LARGEST} people, not {size}")
    apart = pairs_of(never, len(people), "never")
    cause = by_cause(people)
    circle, block = dealt(people, cause, size, seed)
    if not (circle != NONE).any():
        return Circles((), _left(people, circle, apart), len(people))
    seating = Seating.of(people, cause, circle, block, apart)
    part(seating)
    return Circles(_told(seating), _left(people, seating.circle, apart), len(people))


def _told(seating: Seating) -> tuple[Circle, ...]:
    people, seats = seating.people, np.sort(seating.seats, axis=1)
    shared = _shared(seating)
    found = []
    for at, cause in enumerate(seating.about.tolist()):
        members = seats[at, seats[at] != NONE].tolist()
        if members:
            sectors = sorted({int(people.sector[one]) for one in members} - {-1})
            staff = [int(people.organisation[one]) for one in members]
            different = len(set(staff) - {-1}) + staff.count(-1)
            found.append(
                Circle(tuple(members), cause, shared.get(at, ()), tuple(sectors), different)
            )
    return tuple(sorted(found, key=lambda one: (one.cause, one.members)))


def _shared(seating: Seating) -> dict[int, tuple[int, ...]]:
    """For each circle the causes that all of it share: those counted as often as it has members."""
    people = seating.people
    circle = seating.circle[people.owner]
    within = circle != NONE
    width = len(people.popular)
    keys, counts = np.unique(circle[within] * width + people.causes[within], return_counts=True)
    found: dict[int, tuple[int, ...]] = {}
    for key in keys[counts == seating.sizes()[keys // width]].tolist():
        found[key // width] = (*found.get(key // width, ()), key % width)
    return found


def _left(people: People, circle: Ints, apart: Ints) -> tuple[LeftOver, ...]:
    without = np.flatnonzero(circle == NONE).tolist()
    return tuple(LeftOver(person, _why(people, person, apart)) for person in without)


def _why(people: People, person: int, apart: Ints) -> Why:
    causes = people.causes_of(person)
    if not len(causes):
        return Why.NO_CAUSE
    if (people.popular[causes] < SMALLEST).all():
        return Why.TOO_FEW
    return Why.APART if len(apart) else Why.TAKEN
