"""What is odd in values that people have entered: told to them, never mended, never a crash."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.shares.game import (
    MOST,
    Game,
    Members,
    Values,
    members_of,
    subgroups_of,
)

Places = NDArray[np.int64]

ALL_DIVISIONS = 12
"""Up to so many parties, every group is tried in every division in two; beyond, only one party
joining a group, and everybody divided in two."""


class Odd(StrEnum):
    """What is odd about a group's value."""

    UNKNOWN_PARTY = "unknown_party"
    NOT_A_NUMBER = "not_a_number"
    SAID_TWICE = "said_twice"
    NOBODY_MAKES_SOMETHING = "nobody_makes_something"
    MISSING = "missing"
    LESS_WITH_ONE_MORE = "less_with_one_more"
    BETTER_APART = "better_apart"


STOPS = frozenset(
    {
        Odd.UNKNOWN_PARTY,
        Odd.NOT_A_NUMBER,
        Odd.SAID_TWICE,
        Odd.NOBODY_MAKES_SOMETHING,
        Odd.MISSING,
    }
)
"""With one of these there is no game to divide; with the others there is, and it is told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One odd value.

    what    see `Odd`
    group   whose value it is
    parts   LESS_WITH_ONE_MORE: the group without that one; BETTER_APART: the two parts
    gap     by how much the parts make more; 0 for what is no comparison
    """

    what: Odd
    group: Members
    parts: tuple[Members, ...] = ()
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Read:
    """Values as they were entered.

    game      None where something that `STOPS` was found
    findings  worst first, then by group; of LESS_WITH_ONE_MORE and BETTER_APART the largest
    complete  every group was tried in every division (up to 12 parties)
    """

    game: Game | None
    findings: tuple[Finding, ...]
    complete: bool = True


def read(
    parties: int, entries: Iterable[tuple[Iterable[int], float | None]], most: int = 20
) -> Read:
    """A game from values that people have entered, and what is odd about them.

    Entries are (members, value); None, or a group without an entry, is missing. At most `most`
    findings of each kind are told. ValueError only for a number of parties outside 1..20, and
    `most` below 1.

    >>> found = read(2, [((0,), 5), ((1,), 4), ((0, 1), 8)])
    >>> [(one.what.value, one.group, one.parts, one.gap) for one in found.findings]
    [('better_apart', (0, 1), ((0,), (1,)), 1.0)]
    >>> found = read(2, [((0,), 5), ((0, 1), None)])
    >>> found.game, [(one.what.value, one.group) for one in found.findings]
    (None, [('missing', (1,)), ('missing', (0, 1))])
    """
    if not 1 <= parties <= MOST:
        raise ValueError(f"every group is looked at for 1 to {MOST} parties, not {parties}")
    if most < 1:
        raise ValueError(f"ask for at least one finding of each kind, not {most}")
    values, odd = _entered(parties, entries)
    missing = (at for at in _by_size(parties) if at not in values)
    if Odd.NOBODY_MAKES_SOMETHING not in {one.what for one in odd}:
        values[0] = 0.0
    known = [Finding(Odd.MISSING, members_of(at)) for at in missing if at]
    if odd or known:
        return Read(None, (*odd, *known[:most]))
    game = Game(np.array([values[at] for at in range(1 << parties)]))
    return Read(game, findings(game, most), parties <= ALL_DIVISIONS)


def findings(game: Game, most: int = 20) -> tuple[Finding, ...]:
    """Groups that make less with one more, and groups that would make more in two parts.

    Neither is wrong: some people are in each other's way. But it is often a slip, and where all
    together make less than two parts, a partnership of all is not what makes most.

    >>> [one.what.value for one in findings(Game.listed([3, 1, 2]))]
    ['less_with_one_more', 'better_apart']
    """
    falls = _largest(game, *_falls(game), most)
    apart = _largest(game, *_apart(game), most)
    return (
        *(Finding(Odd.LESS_WITH_ONE_MORE, whole, (part,), gap) for whole, part, _, gap in falls),
        *(
            Finding(Odd.BETTER_APART, whole, tuple(sorted((part, rest))), gap)
            for whole, part, rest, gap in apart
        ),
    )


def _largest(
    game: Game, gaps: Values, first: Places, most: int
) -> Iterator[tuple[Members, Members, Members, float]]:
    """Groups with the largest gaps: the group, the part named first, the rest of it, the gap."""
    least = 1e-9 * max(1.0, float(np.abs(game.values).max()))
    over = np.flatnonzero(gaps > least)
    if len(over) > most:
        over = over[gaps[over] >= np.partition(gaps[over], -most)[-most] - least]
    size = np.bitwise_count(over.astype(np.uint32))
    for at in over[np.lexsort((over, size, -np.round(gaps[over], 9)))][:most].tolist():
        part = int(first[at])
        yield members_of(at), members_of(part), members_of(at ^ part), float(gaps[at])


def _entered(
    parties: int, entries: Iterable[tuple[Iterable[int], float | None]]
) -> tuple[dict[int, float], list[Finding]]:
    """Values by group, and what cannot be one."""
    values: dict[int, float] = {}
    odd: list[Finding] = []
    for group, value in entries:
        members = tuple(sorted(set(group)))
        if value is None:
            continue
        if members and not 0 <= members[0] <= members[-1] < parties:
            odd.append(Finding(Odd.UNKNOWN_PARTY, members))
        elif not math.isfinite(value):
            odd.append(Finding(Odd.NOT_A_NUMBER, members))
        elif not members and value:
            odd.append(Finding(Odd.NOBODY_MAKES_SOMETHING, ()))
        elif (at := sum(1 << one for one in members)) in values:
            odd.append(Finding(Odd.SAID_TWICE, members))
        else:
            values[at] = float(value)
    return values, odd


def _by_size(parties: int) -> list[int]:
    return sorted(range(1 << parties), key=lambda at: (at.bit_count(), members_of(at)))


def _falls(game: Game) -> tuple[Values, Places]:
    """For each group what it loses by the one whose joining costs it most, and it without them."""
    values, places = game.values, np.arange(len(game.values))
    gaps, first = np.zeros(len(values)), np.zeros_like(places)
    for one in range(game.parties):
        without, joined = _with_and_without(values, one)
        gap = np.zeros(len(values))
        gap.reshape(-1, 2, 1 << one)[:, 1] = without - joined
        more = gap > gaps
        gaps[more], first[more] = gap[more], places[more] ^ (1 << one)
    return gaps, first


def _apart(game: Game) -> tuple[Values, Places]:
    """For each group what it loses against its best division in two, and one of the two parts."""
    if game.parties <= ALL_DIVISIONS:
        return _best_divisions(game.values)
    return _some_divisions(game.values, game.parties)


def _best_divisions(values: Values) -> tuple[Values, Places]:
    gaps, first = np.zeros(len(values)), np.zeros(len(values), np.int64)
    for at in range(1, len(values)):
        parts = np.fromiter(subgroups_of(at), np.int64)
        if len(parts):
            gap = values[parts] + values[at ^ parts] - values[at]
            which = int(gap.argmax())
            gaps[at], first[at] = gap[which], parts[which]
    return gaps, first


def _some_divisions(values: Values, n: int) -> tuple[Values, Places]:
    """One party joining each group; and everybody in two parts."""
    gaps, first = np.zeros(len(values)), np.zeros(len(values), np.int64)
    for one in range(n):
        without, joined = _with_and_without(values, one)
        gap = np.zeros(len(values))
        gap.reshape(-1, 2, 1 << one)[:, 1] = without + values[1 << one] - joined
        gap[1 << one] = 0.0
        more = gap > gaps
        gaps[more], first[more] = gap[more], 1 << one
    halves = values[1:-1] + values[-2:0:-1] - values[-1]
    if halves.max() > gaps[-1]:
        gaps[-1], first[-1] = halves.max(), 1 + halves.argmax()
    return gaps, first


def _with_and_without(values: Values, one: int) -> tuple[Values, Values]:
    """Values of all groups without one party, and of the same groups with it, as they stand."""
    halves = values.reshape(-1, 2, 1 << one)
    return halves[:, 0], halves[:, 1]
