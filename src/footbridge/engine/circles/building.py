"""Builder circles: a core group of people who have worked together, with the roles it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from footbridge.engine.circles.people import pairs_of
from footbridge.engine.ties import Ties, members_of

FEWEST, MOST = 3, 8
"""Two are not a circle yet; nine are no core."""
SEEDS = 24
"""So many people with the warmest ties are tried as the centre of a circle."""
KEPT = 24
"""So many groups are kept at each step of growing."""


@dataclass(frozen=True, slots=True)
class BuilderCircle:
    """People who have worked together, and what they bring.

    members  ascending
    warmth   mean strength over all pairs; a pair that never worked together counts 0
    worked   (lower, higher, strength) of each pair that did
    roles    (role, who has it) for each wanted role that somebody has
    missing  wanted roles that nobody in it has
    score    warmth + share of the wanted roles that are there
    """

    members: tuple[int, ...]
    warmth: float
    worked: tuple[tuple[int, int, float], ...]
    roles: tuple[tuple[int, tuple[int, ...]], ...]
    missing: tuple[int, ...]
    score: float


def builders(
    worked: Ties,
    roles: Sequence[Iterable[int]] = (),
    *,
    size: int = 5,
    wanted: Iterable[int] = (),
    around: int | None = None,
    count: int = 1,
    leave_out: Sequence[int] | NDArray[np.bool_] | NDArray[np.int64] | None = None,
    never: ArrayLike = (),
) -> tuple[BuilderCircle, ...]:
    """Up to `count` circles without a person in common, best first.

        score = Σ strength / pairs + wanted roles covered / wanted roles

    Everybody in a circle has worked with somebody in it. A circle grows from one person, by
    default from each of those with the warmest ties, always by those who worked with one of its
    members, and the best `KEPT` groups go on to the next step. It has `size` people, or, where no
    more are connected, fewer; never fewer than three. Equal scores: lower numbers.

    Nobody worked together: no circles. ValueError for a size outside 3..8, a count below 1,
    somebody unknown, and roles for another number of people.

    >>> worked = Ties.build(6, [0, 0, 1, 2, 3, 4], [1, 2, 2, 3, 4, 5], [0.9, 0.8, 0.7, 0.5, 0.9, 1])
    >>> best, = builders(worked, size=3)
    >>> best.members, best.warmth
    ((0, 1, 2), 0.8)
    >>> roles = [{7}, {7}, (), {8}, (), ()]
    >>> with_roles, = builders(worked, roles, size=3, wanted=[7, 8])
    >>> with_roles.members, with_roles.roles, with_roles.missing
    ((0, 2, 3), ((7, (0,)), (8, (3,))), ())
    """
    search = _Search.of(worked, roles, size, wanted, leave_out, never)
    if count < 1:
        raise ValueError(f"ask for at least one circle, not {count}")
    if around is not None and not 0 <= around < worked.members:
        raise ValueError(f"around is {around}: ids run from 0 to {worked.members - 1}")
    found: list[BuilderCircle] = []
    grown: dict[int, Group | None] = {}
    while len(found) < count:
        seeds = [around] if around is not None else search.seeds()
        for seed in seeds:
            if seed not in grown or search.gone.intersection(grown[seed] or (seed,)):
                grown[seed] = search.grown(seed)
        groups = [group for seed in seeds if (group := grown[seed])]
        if not groups:
            break
        best = min(groups, key=lambda group: (-search.score(group), group))
        found.append(search.told(best))
        search.gone.update(best)
    return tuple(found)


Group = tuple[int, ...]
EXACT = 10_000_000


@dataclass(frozen=True, slots=True)
class _Grown:
    """A group on its way: the sum of its ties, and the wanted roles that are there, as bits."""

    members: Group
    total: int
    covered: int


@dataclass(eq=False)
class _Search:
    """What a search needs at hand; `gone` are those who may not, or no longer, be in a circle."""

    ties: Ties
    size: int
    wanted: tuple[int, ...]
    brings: dict[int, int]
    never: dict[int, set[int]]
    gone: set[int]
    known: dict[int, dict[int, int]]

    @classmethod
    def of(
        cls,
        ties: Ties,
        roles: Sequence[Iterable[int]],
        size: int,
        wanted: Iterable[int],
        leave_out: Sequence[int] | NDArray[np.bool_] | NDArray[np.int64] | None,
        never: ArrayLike,
    ) -> _Search:
        if not FEWEST <= size <= MOST:
            raise ValueError(f"a builder circle has {FEWEST} to {MOST} people, not {size}")
        if len(roles) not in (0, ties.members):
            raise ValueError(f"roles must be given for each of {ties.members} people, or for none")
        asked = tuple(sorted(set(wanted)))
        bit = {role: 1 << at for at, role in enumerate(asked)}
        brings = {
            person: sum(bit[role] for role in set(its) & set(asked))
            for person, its in enumerate(roles)
        }
        apart: dict[int, set[int]] = {}
        for a, b in pairs_of(never, ties.members, "never").tolist():
            apart.setdefault(a, set()).add(b)
            apart.setdefault(b, set()).add(a)
        gone = set(members_of(leave_out, ties.members, "leave_out").tolist())
        return cls(ties, size, asked, brings, apart, gone, {})

    def seeds(self) -> list[int]:
        """Those who are left, by the sum of their warmest ties: enough for a whole circle."""
        ties = self.ties
        degree = np.diff(ties.indptr)
        place = np.arange(len(ties.neighbours)) - np.repeat(ties.indptr[:-1], degree)
        gone = np.zeros(ties.members, bool)
        gone[sorted(self.gone)] = True
        counted = (place < self.size - 1) & ~gone[ties.neighbours]
        owner = np.repeat(np.arange(ties.members), degree)
        warm = np.bincount(owner, np.where(counted, ties.strength, 0), minlength=ties.members)
        warm = np.where(gone, 0.0, np.round(warm, 9))
        order = np.lexsort((np.arange(ties.members), -warm))[:SEEDS]
        return [int(one) for one in order if warm[one] > 0]

    def grown(self, seed: int) -> Group | None:
        """The best group around one person; None where fewer than three are connected."""
        if seed in self.gone:
            return None
        best: list[_Grown] = [_Grown((seed,), 0, self.brings.get(seed, 0))]
        for _ in range(self.size - 1):
            wider = {
                one.members: one
                for group in best
                for person in self.next_to(group.members)
                if (one := self.wider(group, person))
            }
            if not wider:
                break
            best = sorted(wider.values(), key=lambda one: (-self.worth(one), one.members))[:KEPT]
        return best[0].members if len(best[0].members) >= FEWEST else None

    def next_to(self, group: Group) -> set[int]:
        """Who has worked with one of the group and may join it."""
        near = {one for member in group for one in self.row(member)} - self.gone - set(group)
        for member in group:
            near -= self.never.get(member, set())
        return near

    def row(self, person: int) -> dict[int, int]:
        """With whom somebody worked, and how closely, in steps of `EXACT`: sums are then exact."""
        if person not in self.known:
            others, strength = self.ties.of(person)
            steps = np.rint(strength.astype(np.float64) * EXACT).astype(np.int64)
            self.known[person] = dict(zip(others.tolist(), steps.tolist(), strict=True))
        return self.known[person]

    def wider(self, group: _Grown, person: int) -> _Grown:
        row = self.row(person)
        total = group.total + sum(row.get(one, 0) for one in group.members)
        members = tuple(sorted((*group.members, person)))
        return _Grown(members, total, group.covered | self.brings.get(person, 0))

    def worth(self, group: _Grown) -> float:
        """The score, over the pairs of a full circle: a group still growing is compared by it."""
        share = group.covered.bit_count() / len(self.wanted) if self.wanted else 0.0
        return group.total / EXACT / (self.size * (self.size - 1) / 2) + share

    def score(self, group: Group) -> float:
        grown = _Grown((), 0, 0)
        for one in group:
            grown = self.wider(grown, one)
        return self.worth(grown)

    def told(self, group: Group) -> BuilderCircle:
        pairs = [
            (a, b, self.row(a)[b] / EXACT) for a, b in combinations(group, 2) if b in self.row(a)
        ]
        roles = tuple(
            (role, tuple(one for one in group if self.brings.get(one, 0) >> at & 1))
            for at, role in enumerate(self.wanted)
        )
        warmth = sum(strength for *_, strength in pairs) / (len(group) * (len(group) - 1) / 2)
        there = tuple((role, who) for role, who in roles if who)
        missing = tuple(role for role, who in roles if not who)
        share = len(there) / len(self.wanted) if self.wanted else 0.0
        return BuilderCircle(
            group, round(warmth, 6), tuple(pairs), there, missing, round(warmth + share, 6)
        )
