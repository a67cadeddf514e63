"""How many must go before two partners know nobody of each other any more?

A live tie is two named people of different partners who have dealt with each other lately. The bus
factor of two partners is the largest number of live ties without a person in common. It is also the
smallest number of people whose leaving cuts all contact (König 1931), and those people are named.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

LIVE_DAYS = 90
"""A tie is live if the two have dealt with each other within so many days."""
SAFE = 3
"""So many independent ties are aimed at."""

Tie = tuple[int, int]


class Light(StrEnum):
    """What a bus factor says at a glance."""

    DORMANT = "dormant"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @classmethod
    def of(cls, factor: int) -> Light:
        """0 dormant, 1 red, 2 amber, 3 and more green.

        >>> [Light.of(factor).value for factor in (0, 1, 2, 3, 9)]
        ['dormant', 'red', 'amber', 'green', 'green']
        """
        return (cls.DORMANT, cls.RED, cls.AMBER, cls.GREEN)[min(factor, SAFE)]


@dataclass(frozen=True, slots=True)
class BusFactor:
    """How much of the contact of two partners hangs on how few.

    factor    the smallest number of people whose leaving cuts all contact
    people    such people, ascending; where the choice is free, of the first partner
    lasting   as many ties without a person in common: the proof that fewer would not do
    """

    factor: int
    people: tuple[int, ...]
    lasting: tuple[Tie, ...]

    @property
    def light(self) -> Light:
        """Dormant, red, amber or green."""
        return Light.of(self.factor)


def bus_factor(ties: Iterable[Tie]) -> BusFactor:
    """Of live ties between two partners: (somebody of the first, somebody of the second).

    No ties: 0, nobody. ValueError where somebody stands on both sides.

    Sources: Kuhn 1955 (augmenting paths), König 1931.

    >>> found = bus_factor([(1, 11), (1, 12), (1, 13), (2, 11), (3, 11)])
    >>> found.factor, found.people, found.light.value
    (2, (1, 11), 'amber')
    """
    known: dict[int, list[int]] = {}
    for first, second in sorted(set(ties)):
        known.setdefault(first, []).append(second)
    if both := sorted(known.keys() & {two for row in known.values() for two in row}):
        raise ValueError(f"{both[0]} stands on both sides")
    partner = _matched(known)
    matched = set(partner.values())
    free = [one for one in known if one not in matched]
    reached, across = _reached(known, partner, free)
    people = {one for one in known if one not in reached} | across
    lasting = tuple(sorted((one, two) for two, one in partner.items()))
    return BusFactor(len(lasting), tuple(sorted(people)), lasting)


def bus_factors(
    ties: Iterable[Tie], party: Sequence[int]
) -> tuple[tuple[tuple[int, int], BusFactor], ...]:
    """Of every two parties of a partnership, lowest numbers first; those without a tie too.

    `party` says of each person which party they belong to, from 0; −1: of none, their ties do not
    count. ValueError for people that do not exist.

    >>> found = bus_factors([(0, 2), (1, 2), (3, 4)], party=[0, 0, 1, 0, 2])
    >>> [(pair, one.factor, one.people) for pair, one in found]
    [((0, 1), 1, (2,)), ((0, 2), 1, (3,)), ((1, 2), 0, ())]
    """
    between: dict[tuple[int, int], list[Tie]] = {
        pair: [] for pair in combinations(sorted(set(party) - {-1}), 2)
    }
    for a, b in ties:
        if not (0 <= a < len(party) and 0 <= b < len(party)):
            raise ValueError(f"people run from 0 to {len(party) - 1}: {(a, b)}")
        one, two = (a, b) if party[a] < party[b] else (b, a)
        if -1 < party[one] < party[two]:
            between[party[one], party[two]].append((one, two))
    return tuple((pair, bus_factor(some)) for pair, some in between.items())


def _matched(known: dict[int, list[int]]) -> dict[int, int]:
    """The most ties without a person in common: from the second's people to the first's.

    From each in turn the shortest way is looked for to somebody who is free, along ties that are
    not taken and back along those that are; along it, what was taken is freed and the rest taken.
    """
    partner: dict[int, int] = {}
    for start in known:
        came: dict[int, int] = {}
        waiting = deque([start])
        while waiting:
            one = waiting.popleft()
            fresh = [two for two in known[one] if two not in came]
            came |= dict.fromkeys(fresh, one)
            free = next((two for two in fresh if two not in partner), None)
            if free is not None:
                _take(partner, came, start, free)
                break
            waiting.extend(partner[two] for two in fresh)
    return partner


def _take(partner: dict[int, int], came: dict[int, int], start: int, end: int) -> None:
    """Exchange what is taken along the way from `start` to `end`."""
    held = {one: two for two, one in partner.items()}
    two = end
    while True:
        one = came[two]
        partner[two] = one
        if one == start:
            return
        two = held[one]


def _reached(
    known: dict[int, list[int]], partner: dict[int, int], free: Sequence[int]
) -> tuple[set[int], set[int]]:
    """Whom one comes to from those who are free, along ties not taken and back along taken ones."""
    reached, across, waiting = set(free), set[int](), list(free)
    while waiting:
        for two in known[waiting.pop()]:
            if two not in across:
                across.add(two)
                if (one := partner[two]) not in reached:
                    reached.add(one)
                    waiting.append(one)
    return reached, across
