"""What pairs and tables are told as: who sits together, what it is worth, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from footbridge.engine.tables.wanted import UNKNOWN, Wanted, Whole

Rows = list[list[float]]
Pair = tuple[int, int]


class Why(StrEnum):
    """What speaks for a table, in the order in which it is told."""

    ANSWERED = "answered"
    STRONGEST = "strongest"
    AHEAD = "ahead"
    SECTORS = "sectors"
    NEW = "new"
    AGAIN = "again"


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a table (or, with AGAIN, that could not be helped).

    ANSWERED   amount: needs answered by somebody new; people: who needs, who answers, of the most
    STRONGEST  amount: gain of the two who gain most by meeting; people: these two
    AHEAD      amount: how many pairs meet who are one stage apart; people: who is behind and who
               is ahead, of the pair that gains most
    SECTORS    amount: how many different sectors are known, two or more
    NEW        amount: how many pairs meet for the first time
    AGAIN      amount: how many pairs meet again; people: the first of them
    """

    kind: Why
    amount: float
    people: tuple[int, ...] = ()


class WhyNot(StrEnum):
    """Why somebody has no seat."""

    ALONE = "alone"
    NEVER_WITH_ANYONE = "never_with_anyone"
    NO_PLACE = "no_place"


@dataclass(frozen=True)
class Unseated:
    """Somebody without a seat.

    ALONE              nobody else is present
    NEVER_WITH_ANYONE  must not share a table with anybody present; because: all of them
    NO_PLACE           wherever a seat was, sat somebody they must not meet; because: those present
                       whom they must not meet
    """

    person: int
    why: WhyNot
    because: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """People at one table, lowest number first, and what speaks for it."""

    people: tuple[int, ...]
    gain: float
    repeats: int
    reasons: tuple[Reason, ...]


def table_of(wanted: Wanted, people: Sequence[int], met: Whole | None = None) -> Table:
    """A table with its figures, given how often each two have met before."""
    seated = sorted(int(one) for one in people)
    at = np.ix_(seated, seated)
    times = (wanted.met if met is None else met)[at].tolist()
    gains = wanted.gain[at].tolist()
    pairs = list(combinations(range(len(seated)), 2))
    new = [(a, b) for a, b in pairs if times[a][b] == 0]
    again = [(seated[a], seated[b]) for a, b in pairs if times[a][b] > 0]
    reasons = (
        *_answered(seated, wanted.answers[at].tolist(), new),
        *_strongest(seated, gains, new),
        *_ahead(wanted, seated, gains, new),
        *_sectors(wanted, seated),
        *([Reason(Why.NEW, len(new))] if new else []),
        *([Reason(Why.AGAIN, len(again), again[0])] if again else []),
    )
    return Table(tuple(seated), sum(gains[a][b] for a, b in new), len(again), reasons)


def unseated(wanted: Wanted, people: Sequence[int], present: Sequence[int]) -> tuple[Unseated, ...]:
    """Those without a seat, each with why."""
    return tuple(_why_not(wanted, int(one), present) for one in sorted(people))


def _why_not(wanted: Wanted, one: int, present: Sequence[int]) -> Unseated:
    others = sorted(int(other) for other in present if other != one)
    never = tuple(other for other in others if wanted.never[one, other])
    if not others:
        return Unseated(one, WhyNot.ALONE)
    if len(never) == len(others):
        return Unseated(one, WhyNot.NEVER_WITH_ANYONE, never)
    return Unseated(one, WhyNot.NO_PLACE, never)


def _answered(seated: list[int], answers: Rows, new: list[Pair]) -> list[Reason]:
    """Between those who have met already it is old news."""
    both_ways = [way for a, b in new for way in ((a, b), (b, a))]
    amount = sum(answers[a][b] for a, b in both_ways)
    if not amount:
        return []
    needs, helps = max(both_ways, key=lambda way: (answers[way[0]][way[1]], -way[0], -way[1]))
    return [Reason(Why.ANSWERED, amount, (seated[needs], seated[helps]))]


def _strongest(seated: list[int], gains: Rows, new: list[Pair]) -> list[Reason]:
    if not new:
        return []
    a, b = max(new, key=lambda pair: (gains[pair[0]][pair[1]], -pair[0], -pair[1]))
    return [Reason(Why.STRONGEST, gains[a][b], (seated[a], seated[b]))] if gains[a][b] else []


def _ahead(wanted: Wanted, seated: list[int], gains: Rows, new: list[Pair]) -> list[Reason]:
    stages = wanted.stages[seated].tolist()
    apart = [(a, b) for a, b in new if UNKNOWN not in (stages[a], stages[b])]
    apart = [(a, b) for a, b in apart if abs(stages[a] - stages[b]) == 1]
    if not apart:
        return []
    a, b = max(apart, key=lambda pair: (gains[pair[0]][pair[1]], -pair[0], -pair[1]))
    behind, ahead = (a, b) if stages[a] < stages[b] else (b, a)
    return [Reason(Why.AHEAD, len(apart), (seated[behind], seated[ahead]))]


def _sectors(wanted: Wanted, seated: list[int]) -> list[Reason]:
    known = set(wanted.sectors[seated].tolist()) - {UNKNOWN}
    return [Reason(Why.SECTORS, len(known))] if len(known) > 1 else []
