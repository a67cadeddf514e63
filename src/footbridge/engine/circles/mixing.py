"""A team of the same size that is better mixed: people changed for others who bring the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from footbridge.engine.circles.people import pairs_of
from footbridge.engine.circles.teams import Team, columns_of

Pair = tuple[int, int]


def mixed(
    found: Team,
    skills: Sequence[Iterable[int]],
    *,
    available: ArrayLike | None = None,
    sector: ArrayLike | None = None,
    organisation: ArrayLike | None = None,
    hours: ArrayLike | None = None,
    worked: ArrayLike = (),
    never: ArrayLike = (),
) -> Team:
    """A team as small as `found` that covers as much, with one after the other changed for
    somebody who brings what only they bring, as long as it gets better.

    Better is, in this order: fewer pairs of `never`; more different known sectors (-1 is unknown
    and counts as none); more pairs who `worked` together; more different organisations; more
    hours in sum; lower numbers. No single change improves what it gives; two at once might.

    A team of nobody stays so. ValueError for columns of other lengths, and for pairs that name
    somebody unknown.

    >>> from footbridge.engine.circles import team
    >>> skills = [{1}, {2}, {1}, {2}]
    >>> first = team([1, 2], skills)
    >>> first.members, mixed(first, skills, sector=[0, 0, 1, 0], worked=[[2, 3]]).members
    ((0, 1), (2, 3))
    """
    search = _Swaps.of(found, skills, available, sector, organisation, hours, worked, never)
    members = found.members
    while (better := search.best_change(members)) is not None:
        members = better
    return search.told(members, found)


Key = tuple[int, int, int, int, float, tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class _Swaps:
    """What every comparison needs at hand; `has` are those who may be in the team."""

    goal: frozenset[int]
    has: dict[int, frozenset[int]]
    sector: list[int]
    organisation: list[int]
    hours: list[float]
    worked: frozenset[Pair]
    never: frozenset[Pair]

    @classmethod
    def of(
        cls,
        found: Team,
        skills: Sequence[Iterable[int]],
        available: ArrayLike | None,
        sector: ArrayLike | None,
        organisation: ArrayLike | None,
        hours: ArrayLike | None,
        worked: ArrayLike,
        never: ArrayLike,
    ) -> _Swaps:
        n = len(skills)
        free, staff, spare = columns_of(n, available, organisation, hours)
        side = np.full(n, -1) if sector is None else np.asarray(sector)
        if side.shape != (n,):
            raise ValueError(f"sector must hold one value for each of {n} people")
        goal = frozenset(skill for own in found.covers for skill in own)
        has = {one: frozenset(its) & goal for one, its in enumerate(skills) if free[one]}
        return cls(
            goal,
            {one: own for one, own in has.items() if own},
            side.tolist(),
            [own if own >= 0 else -1 - one for one, own in enumerate(staff.tolist())],
            spare.tolist(),
            _both(pairs_of(worked, n, "worked")),
            _both(pairs_of(never, n, "never")),
        )

    def best_change(self, members: tuple[int, ...]) -> tuple[int, ...] | None:
        """The best team that one change leads to, if it is better."""
        best = min(self._changed(members), key=self.key, default=members)
        return best if self.key(best) < self.key(members) else None

    def _changed(self, members: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        for one in members:
            rest = [other for other in members if other != one]
            open_ = self.goal.difference(*(self.has[other] for other in rest))
            for other, own in self.has.items():
                if other not in members and own >= open_:
                    yield tuple(sorted((*rest, other)))

    def key(self, members: tuple[int, ...]) -> Key:
        """Smaller is better."""
        pairs = list(combinations(members, 2))
        return (
            sum(pair in self.never for pair in pairs),
            -len({self.sector[one] for one in members} - {-1}),
            -sum(pair in self.worked for pair in pairs),
            -len({self.organisation[one] for one in members}),
            -sum(self.hours[one] for one in members),
            members,
        )

    def told(self, members: tuple[int, ...], found: Team) -> Team:
        covers = tuple(tuple(sorted(self.has[one])) for one in members)
        different = len({self.organisation[one] for one in members})
        return Team(members, covers, found.missing, different, found.least)


def _both(pairs: np.ndarray) -> frozenset[Pair]:
    return frozenset((min(a, b), max(a, b)) for a, b in pairs.tolist())
