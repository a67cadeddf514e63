"""What each group of parties could make together: the question before any division.

Two ways to say it. `Game` holds a value for every group, up to twenty parties; to be asked for one
by one up to four (three parties: 7 numbers, four: 15, five: 31). `Pieces` says it in few: what each
makes alone, what two add to each other, what is only there when several are in it together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]
Rows = NDArray[np.bool_]
Members = tuple[int, ...]

MOST = 20
"""Every group of so many parties can be looked at: a million. Each party more doubles that."""


@dataclass(frozen=True, eq=False)
class Game:
    """A value for every group of n parties.

    values  float64[2**n]  group S stands at Σ 2**i over its members i; nobody at 0, worth 0

    For costs, give them as negative numbers: shares are then negative too, and what follows holds.
    """

    values: Values

    def __post_init__(self) -> None:
        n = len(self.values).bit_length() - 1
        if self.values.ndim != 1 or len(self.values) != 1 << n or not 1 <= n <= MOST:
            raise ValueError(f"values of all groups of 1 to {MOST} parties: 2, 4, 8 … numbers")
        if self.values[0] != 0:
            raise ValueError(f"nobody makes nothing, not {self.values[0]}")
        if not np.isfinite(self.values).all():
            at = int((~np.isfinite(self.values)).argmax())
            raise ValueError(f"the value of {members_of(at)} is not a number")

    @classmethod
    def of(cls, parties: int, values: Mapping[Iterable[int], float]) -> Game:
        """From groups by their members. ValueError where one is missing; see `read` for all faults.

        >>> game = Game.of(2, {(0,): 1, (1,): 2, (0, 1): 6})
        >>> game.value((1,)), game.values.tolist()
        (2.0, [0.0, 1.0, 2.0, 6.0])
        """
        table = np.full(1 << _parties(parties), np.nan)
        table[0] = 0.0
        for group, value in values.items():
            table[_bits_of(group, parties)] = value
        missing = np.flatnonzero(np.isnan(table))
        if len(missing):
            raise ValueError(f"what {members_of(int(missing[0]))} could make is not said")
        return cls(table)

    @classmethod
    def listed(cls, values: Sequence[float]) -> Game:
        """From values as books print them: first each alone, then twos, then threes …

        >>> Game.listed([2, 4, 5, 18, 14, 9, 24]).value((1, 2))
        9.0
        """
        n = (len(values) + 1).bit_length() - 1
        if len(values) != (1 << n) - 1:
            raise ValueError(f"1, 3, 7, 15 … values, not {len(values)}")
        groups = (group for size in range(1, n + 1) for group in combinations(range(n), size))
        return cls.of(n, dict(zip(groups, values)))

    @property
    def parties(self) -> int:
        """How many parties there are."""
        return len(self.values).bit_length() - 1

    @property
    def total(self) -> float:
        """What all make together."""
        return float(self.values[-1])

    def value(self, group: Iterable[int]) -> float:
        """What one group could make."""
        return float(self.values[_bits_of(group, self.parties)])

    def worth(self, rows: Rows) -> Values:
        """float64[m]: what each of m groups could make; rows bool[m, n] say who is in them."""
        found: Values = self.values[rows @ (1 << np.arange(self.parties))]
        return found


@dataclass(frozen=True, eq=False)
class Pieces:
    """What is made together, said in few numbers, for any number of parties.

    alone     what each makes alone
    together  (members, value): what is there besides once all of these are in it; two members are
              a synergy (or, below 0, two who do the same work), more are "needs all of"
    ceiling   no group makes more than this, however it adds up; None: no limit

        value(S) = min(ceiling, Σ alone + Σ value of every piece whose members are all in S)
    """

    alone: tuple[float, ...]
    together: tuple[tuple[Members, float], ...]
    ceiling: float | None = None

    @classmethod
    def of(
        cls,
        alone: Sequence[float],
        together: Mapping[Iterable[int], float] | Iterable[tuple[Iterable[int], float]] = (),
        ceiling: float | None = None,
    ) -> Pieces:
        """Pieces of the same members are added up. ValueError for pieces of fewer than two, for
        parties that do not exist, for what is not a number, and for a ceiling below 0.

        >>> pieces = Pieces.of([10, 5, 0], {(0, 1): 4, (0, 1, 2): 30})
        >>> pieces.value((0, 1)), pieces.total
        (19.0, 49.0)
        """
        if not len(alone):
            raise ValueError("a game has at least one party")
        parts: dict[Members, float] = {}
        listed = together.items() if isinstance(together, Mapping) else together
        for group, value in listed:
            members = tuple(sorted(set(group)))
            if len(members) < 2 or not 0 <= members[0] <= members[-1] < len(alone):
                raise ValueError(f"a piece has two or more of {len(alone)} parties, not {members}")
            parts[members] = parts.get(members, 0.0) + float(value)
        limit = None if ceiling is None else float(ceiling)
        if not np.isfinite([*alone, *parts.values(), limit or 0.0]).all():
            raise ValueError("every value must be a number")
        if limit is not None and limit < 0:
            raise ValueError(f"a ceiling is 0 or more, not {ceiling}")
        return cls(tuple(map(float, alone)), tuple(sorted(parts.items())), limit)

    @property
    def parties(self) -> int:
        """How many parties there are."""
        return len(self.alone)

    @property
    def total(self) -> float:
        """What all make together."""
        return self.value(range(self.parties))

    def value(self, group: Iterable[int]) -> float:
        """What one group could make."""
        inside = set(group)
        added = math.fsum(self.alone[one] for one in inside) + math.fsum(
            value for members, value in self.together if inside.issuperset(members)
        )
        return added if self.ceiling is None else min(self.ceiling, added)

    def worth(self, rows: Rows) -> Values:
        """float64[m]: what each of m groups could make; rows bool[m, n] say who is in them."""
        pairs, members, values = self._columns
        here = rows.astype(np.float64)
        added: Values = here @ np.array(self.alone) + np.einsum("mi,mi->m", here @ pairs, here)
        if len(values):
            added = added + (here @ members == members.sum(axis=0)) @ values
        return added if self.ceiling is None else np.minimum(added, self.ceiling)

    @cached_property
    def _columns(self) -> tuple[Values, Values, Values]:
        """float64[n, n] what twos add; float64[n, pieces] who is in each larger one; its value."""
        pairs, larger = np.zeros((self.parties, self.parties)), []
        for members, value in self.together:
            if len(members) == 2:
                pairs[members] = value
            else:
                larger.append((members, value))
        inside = np.zeros((self.parties, len(larger)))
        for at, (members, _) in enumerate(larger):
            inside[list(members), at] = 1.0
        return pairs, inside, np.array([value for _, value in larger])

    def game(self) -> Game:
        """Every group's value, up to twenty parties.

        Pieces stand at their own group; adding over all subgroups, party by party, gives all
        values (Yates 1937).

        >>> Pieces.of([1, 2], {(0, 1): 3}).game().values.tolist()
        [0.0, 1.0, 2.0, 6.0]
        """
        values = np.zeros(1 << _parties(self.parties))
        values[1 << np.arange(self.parties)] = self.alone
        for members, value in self.together:
            values[_bits_of(members, self.parties)] = value
        for one in range(self.parties):
            halves = values.reshape(-1, 2, 1 << one)
            halves[:, 1] += halves[:, 0]
        return Game(values if self.ceiling is None else np.minimum(values, self.ceiling))


def members_of(bits: int) -> Members:
    """Who is in the group that stands at this place, ascending.

    >>> members_of(0b1101)
    (0, 2, 3)
    """
    return tuple(at for at in range(bits.bit_length()) if bits >> at & 1)


def sums_over_groups(values: ArrayLike) -> Values:
    """float64[2**n]: for every group, the sum of its members' values.

    >>> sums_over_groups([1, 10]).tolist()
    [0.0, 1.0, 10.0, 11.0]
    """
    sums = np.zeros(1)
    for value in np.asarray(values, np.float64):
        sums = np.concatenate((sums, sums + value))
    return sums


def subgroups_of(bits: int) -> Iterator[int]:
    """Every group within one that holds its lowest member, but not all: each division in two, once.

    >>> [members_of(one) for one in subgroups_of(0b111)]
    [(0, 2), (0, 1), (0,)]
    """
    low = bits & -bits
    rest = bits ^ low
    part = (rest - 1) & rest
    while rest:
        yield part | low
        if not part:
            return
        part = (part - 1) & rest


def _parties(parties: int) -> int:
    if not 1 <= parties <= MOST:
        raise ValueError(f"every group is looked at for 1 to {MOST} parties, not {parties}")
    return parties


def _bits_of(group: Iterable[int], parties: int) -> int:
    bits = 0
    for one in group:
        if not 0 <= one < parties:
            raise ValueError(f"party {one} does not exist: they run from 0 to {parties - 1}")
        bits |= 1 << int(one)
    return bits
