"""A team: the fewest people who together have every skill that an assignment needs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

NODES = 20_000
"""So many choices are looked at; beyond that the best team so far is given, with its bound."""


@dataclass(frozen=True, slots=True)
class Team:
    """Who, what each brings, and how good the answer is.

    members        ascending
    covers         for each member the needed skills they have, ascending
    missing        needed skills that nobody available has
    organisations  how many different ones; who has none counts as one of their own
    least          no team that covers as much is smaller than this
    proven         whether this is the fewest possible: `least` is its size
    """

    members: tuple[int, ...]
    covers: tuple[tuple[int, ...], ...]
    missing: tuple[int, ...]
    organisations: int
    least: int

    @property
    def proven(self) -> bool:
        """Nobody can do it with fewer people."""
        return self.least == len(self.members)


def team(
    needed: Iterable[int],
    skills: Sequence[Iterable[int]],
    *,
    available: ArrayLike | None = None,
    organisation: ArrayLike | None = None,
    hours: ArrayLike | None = None,
    nodes: int = NODES,
) -> Team:
    """The fewest available people who cover the needed skills.

    Among teams of that size: from the most different organisations, then with most hours in
    sum, then with the lower numbers. Branch and bound: the skill that fewest have is covered
    first, a greedy team bounds from above, and each open skill counts at least 1 / (the most
    needed skills of anybody who has it) of a person. After `nodes` choices it stops; `proven`
    says whether the number of people is the least there can be.

    Nothing needed, or nobody able: an empty team. ValueError for columns of other lengths and for
    hours that are not numbers, 0 or more.

    >>> skills = [{1, 2}, {3}, {1, 3}, {2, 4}, {4}]
    >>> team([1, 2, 3, 4, 9], skills)
    Team(members=(2, 3), covers=((1, 3), (2, 4)), missing=(9,), organisations=2, least=2)
    """
    if nodes < 0:
        raise ValueError(f"the number of choices must be 0 or more, not {nodes}")
    wanted = sorted(set(needed))
    everyone = _Staff.of(wanted, skills, available, organisation, hours)
    coverable = everyone.coverable
    missing = tuple(skill for at, skill in enumerate(wanted) if not coverable >> at & 1)
    members, least = _fewest(everyone, coverable, nodes)
    covers = tuple(
        tuple(skill for at, skill in enumerate(wanted) if everyone.has[one] >> at & 1)
        for one in members
    )
    return Team(members, covers, missing, len(members) - everyone.repeats(members), least)


@dataclass(frozen=True)
class _Staff:
    """Those who are available and have something that is needed, as bits."""

    has: dict[int, int]
    organisation: dict[int, int]
    hours: dict[int, float]

    @classmethod
    def of(
        cls,
        wanted: list[int],
        skills: Sequence[Iterable[int]],
        available: ArrayLike | None,
        organisation: ArrayLike | None,
        hours: ArrayLike | None,
    ) -> _Staff:
        free, staff, spare = columns_of(len(skills), available, organisation, hours)
        bit = {skill: 1 << at for at, skill in enumerate(wanted)}
        has = {
            one: bits
            for one, its in enumerate(skills)
            if free[one] and (bits := sum(bit[skill] for skill in set(its) if skill in bit))
        }
        # Somebody without an organisation is one of their own.
        return cls(
            has,
            {one: int(staff[one]) if staff[one] >= 0 else -1 - one for one in has},
            {one: float(spare[one]) for one in has},
        )

    @property
    def coverable(self) -> int:
        found = 0
        for bits in self.has.values():
            found |= bits
        return found

    def repeats(self, members: Iterable[int]) -> int:
        """How many members come from an organisation that another one comes from too."""
        of = [self.organisation[one] for one in members]
        return len(of) - len(set(of))

    def key(self, members: tuple[int, ...]) -> tuple[int, int, float, tuple[int, ...]]:
        """Smaller is better."""
        hours = math.fsum(self.hours[one] for one in members)
        return len(members), self.repeats(members), -hours, tuple(sorted(members))

    def of_use(self, most: int) -> list[int]:
        """Of those with the same skills, the best of each of so many organisations.

        Nobody else is needed: in a team of `most` people one of these could stand in for them.
        """
        kept: dict[int, dict[int, int]] = {}
        for one in sorted(self.has, key=lambda one: (-self.hours[one], one)):
            alike = kept.setdefault(self.has[one], {})
            if len(alike) < most:
                alike.setdefault(self.organisation[one], one)
        return sorted(one for alike in kept.values() for one in alike.values())


def columns_of(
    n: int, available: ArrayLike | None, organisation: ArrayLike | None, hours: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """bool[n], int[n], float64[n]: who is available, for whom they work, the hours that they have;
    all, nobody (-1) and none where a column is not given."""
    spare = _column(hours, n, "hours", 0.0).astype(np.float64)
    if not ((spare >= 0) & np.isfinite(spare)).all():
        raise ValueError("hours must hold numbers, 0 or more")
    free = _column(available, n, "available", True)
    return free, _column(organisation, n, "organisation", -1), spare


def _column(given: ArrayLike | None, n: int, name: str, default: object) -> np.ndarray:
    values = np.full(n, default) if given is None else np.asarray(given)
    if values.shape != (n,):
        raise ValueError(f"{name} must hold one value for each of {n} people")
    return values


def _fewest(staff: _Staff, goal: int, nodes: int) -> tuple[tuple[int, ...], int]:
    """The best team found and the least size there can be.

    First only the size counts, so that whole branches fall away; then teams of that size are
    compared.
    """
    greedy = _greedy(staff, goal)
    search = _Search.of(staff, goal, len(greedy), greedy, nodes)
    search.go((), goal, smaller=True)
    least = len(search.best) if search.nodes > 0 else min(search.lower(goal), len(search.best))
    again = _Search.of(staff, goal, len(search.best), search.best, nodes)
    again.go((), goal, smaller=False)
    return tuple(sorted(again.best)), least


def _greedy(staff: _Staff, goal: int) -> tuple[int, ...]:
    """Whoever has most of what is still open; then another organisation, more hours, lower."""
    chosen: tuple[int, ...] = ()
    seen: set[int] = set()
    while goal:
        best = min(
            staff.has,
            key=lambda one: (
                -(staff.has[one] & goal).bit_count(),
                staff.organisation[one] in seen,
                -staff.hours[one],
                one,
            ),
        )
        chosen += (best,)
        seen.add(staff.organisation[best])
        goal &= ~staff.has[best]
    return chosen


@dataclass(eq=False)
class _Search:
    """A search in depth; `nodes` is what is left of the choices that may be looked at."""

    staff: _Staff
    carriers: dict[int, list[int]]
    price: dict[int, float]
    best: tuple[int, ...]
    nodes: int

    @classmethod
    def of(cls, staff: _Staff, goal: int, most: int, best: tuple[int, ...], nodes: int) -> _Search:
        people = staff.of_use(most)
        carriers = {bit: [one for one in people if staff.has[one] & bit] for bit in _bits(goal)}
        price = {
            bit: 1 / max(staff.has[one].bit_count() for one in some)
            for bit, some in carriers.items()
        }
        return cls(staff, carriers, price, best, nodes)

    def lower(self, open_: int) -> int:
        """At least so many people are needed for what is open."""
        return math.ceil(math.fsum(self.price[bit] for bit in _bits(open_)) - 1e-9)

    def go(self, chosen: tuple[int, ...], open_: int, *, smaller: bool) -> None:
        if not open_:
            if self.staff.key(chosen) < self.staff.key(self.best):
                self.best = chosen
            return
        if len(chosen) + self.lower(open_) > len(self.best) - smaller:
            return
        rarest = min(_bits(open_), key=lambda bit: (len(self.carriers[bit]), bit))
        for one in self._in_order(rarest, open_):
            if self.nodes <= 0:
                return
            self.nodes -= 1
            self.go((*chosen, one), open_ & ~self.staff.has[one], smaller=smaller)

    def _in_order(self, skill: int, open_: int) -> list[int]:
        has, hours = self.staff.has, self.staff.hours
        return sorted(
            self.carriers[skill],
            key=lambda one: (-(has[one] & open_).bit_count(), -hours[one], one),
        )


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low
        mask ^= low
