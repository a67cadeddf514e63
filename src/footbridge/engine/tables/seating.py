"""Who sits where over several rounds, and who sits where when somebody comes late or leaves early.

Hard rules: nobody sits with somebody they must never meet, tables hold at most `size` people and
their sizes differ by at most one, nobody sits alone, rounds that have begun stay as they are. Then
as many as possible have a seat. Then worth: what first meetings gain, less what meeting again
costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from footbridge.engine.tables.answer import Table, Unseated, table_of, unseated
from footbridge.engine.tables.drafting import Task, best_draft, count, least_repeats
from footbridge.engine.tables.rooms import Field, Room
from footbridge.engine.tables.wanted import Flags, Wanted, Whole, again, mask_of

LARGEST = 10
"""No table holds more people: beyond that some only listen."""
People = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Round:
    """One round: tables by their lowest number, or by who stays at them, those without a seat and
    why.

    gain     of those who meet for the first time
    repeats  pairs who have met, in an earlier round or before
    value    gain less the cost of meeting again
    fixed    it had begun; tables stand in the order in which they were given
    """

    tables: tuple[Table, ...]
    unseated: tuple[Unseated, ...]
    gain: float
    repeats: int
    value: float
    fixed: bool = False

    @property
    def people(self) -> tuple[tuple[int, ...], ...]:
        return tuple(table.people for table in self.tables)


@dataclass(frozen=True)
class Seating:
    """All rounds and what they are worth together.

    least_repeats  so many repeats in the rounds to come could not have been avoided by those seated
    """

    rounds: tuple[Round, ...]
    least_repeats: int

    @property
    def gain(self) -> float:
        return sum(one.gain for one in self.rounds)

    @property
    def repeats(self) -> int:
        return sum(one.repeats for one in self.rounds)

    @property
    def value(self) -> float:
        return sum(one.value for one in self.rounds)


def seat(
    wanted: Wanted,
    size: int,
    rounds: int,
    seed: int = 0,
    *,
    fixed: Sequence[People] = (),
    present: ArrayLike | None = None,
    stays: Sequence[int] = (),
    effort: float = 1.0,
) -> Seating:
    """Tables of at most `size` people for `rounds` rounds, those in `fixed` included.

    fixed    tables of the first rounds, which have begun: they stay exactly as they are
    present  who is there: bool[n] for all rounds, or bool[rounds, n]; everyone if not given
    stays    who stays at a table while the others move: the first of them at the first table of
             each round to come, the second at the second, and so on
    effort   how long to search, as a multiple of what a page can wait for

    There are ⌈people/size⌉ tables; where that would leave somebody alone (pairs of an odd number)
    one fewer. The same input and seed give the same tables.

    Sixteen people at four tables meet each other once in five rounds:

    >>> seating = seat(Wanted.build(np.zeros((16, 16))), size=4, rounds=5)
    >>> seating.repeats, sum(len(table.people) for table in seating.rounds[4].tables)
    (0, 16)

    Of nine, three stay, and the others go round among them:

    >>> nine = seat(Wanted.build(np.zeros((9, 9))), size=3, rounds=3, stays=(7, 0, 4))
    >>> [[host in table for host, table in zip((7, 0, 4), one.people)] for one in nine.rounds]
    [[True, True, True], [True, True, True], [True, True, True]]
    >>> nine.repeats
    0

    ValueError for a size outside 2 … 10, fewer rounds than are fixed, people in `fixed` who do not
    exist or sit twice in a round, `present` of another shape, people in `stays` who do not exist,
    are named twice or are more than there are tables in a round to come.
    """
    _check(size, rounds, effort)
    told_of, wanted = wanted, _with_hosts_apart(wanted, stays)
    begun = [_begun(people, wanted.n) for people in fixed[:rounds]]
    if len(fixed) > rounds:
        raise ValueError(f"{len(fixed)} rounds are fixed where there are only {rounds}")
    here = _presence(present, rounds, wanted.n)
    before = wanted.met.copy()
    for tables in begun:
        count(before, tables)
    before[wanted.never] = 0  # They will not meet again, so it does not matter that they did.
    rooms = tuple(_room(wanted, mask, size) for mask in here[len(begun) :])
    _check_tables(rooms, stays)
    waited = _waited(begun, here, wanted.n)
    task = Task(wanted, Field.of(wanted), rooms, before, waited, size, effort)
    to_come: list[list[list[int]]] = []
    least = 0
    if rooms:
        draft = best_draft(task, np.random.default_rng(seed))
        to_come = [_placed(_tables(seats, wanted.n), stays) for seats in draft.seats]
        least = least_repeats(task, draft.rooms)
    return Seating(_told(told_of, begun, to_come, here), least)


def reseat(
    wanted: Wanted,
    before: Seating,
    begun: int,
    size: int,
    seed: int = 0,
    *,
    present: ArrayLike | None = None,
    stays: Sequence[int] = (),
    rounds: int | None = None,
    effort: float = 1.0,
) -> Seating:
    """Somebody has come late or left: the first `begun` rounds stay, those to come are seated anew.

    `wanted` may hold more people than before, after those who were there. `present` says who is
    there from now on (bool[n], or bool[rounds, n] of which the rounds to come are read); `rounds`
    may change how many there are in all.

    >>> four = Wanted.build(np.zeros((4, 4)))
    >>> first = seat(four, size=2, rounds=2)
    >>> five = Wanted.build(np.zeros((5, 5)))
    >>> again = reseat(five, first, begun=1, size=2)
    >>> again.rounds[0].people == first.rounds[0].people, sorted(map(len, again.rounds[1].people))
    (True, [2, 3])
    """
    if not 0 <= begun <= len(before.rounds):
        raise ValueError(f"{begun} rounds have begun where there are {len(before.rounds)}")
    fixed = [one.people for one in before.rounds[:begun]]
    whole = len(before.rounds) if rounds is None else rounds
    return seat(wanted, size, whole, seed, fixed=fixed, present=present, stays=stays, effort=effort)


def _check(size: int, rounds: int, effort: float) -> None:
    if not 2 <= size <= LARGEST:
        raise ValueError(f"size is {size}: tables hold 2 to {LARGEST} people")
    if rounds < 0 or not 0 < effort <= 1000:
        raise ValueError("rounds must be zero or more, and effort between 0 and 1,000")


def _with_hosts_apart(wanted: Wanted, stays: Sequence[int]) -> Wanted:
    """Those who stay never share a table: so each has one, and which one it is, is a matter of
    the order in which tables are told."""
    if len(set(stays)) < len(stays) or any(not 0 <= one < wanted.n for one in stays):
        raise ValueError(f"stays names somebody twice or outside 0 … {wanted.n - 1}")
    if len(stays) < 2:
        return wanted
    never = wanted.never.copy()
    never[np.ix_(stays, stays)] = True
    np.fill_diagonal(never, False)
    return replace(wanted, never=never)


def _check_tables(rooms: Sequence[Room], stays: Sequence[int]) -> None:
    fewest = min((room.tables for room in rooms), default=len(stays))
    if len(stays) > fewest:
        raise ValueError(f"{len(stays)} stay where there are {fewest} tables")


def _placed(tables: list[list[int]], stays: Sequence[int]) -> list[list[int]]:
    """The tables of those who stay, each in its place; the others between and after them."""
    own = {host: table for host in stays for table in tables if host in table}
    others = [table for table in tables if not set(stays) & set(table)]
    placed = [own.get(host) or (others.pop(0) if others else []) for host in stays]
    return [table for table in placed if table] + others


def _begun(people: People, n: int) -> list[list[int]]:
    tables = [[int(one) for one in table] for table in people]
    seated = [one for table in tables for one in table]
    if len(set(seated)) < len(seated):
        raise ValueError("somebody sits twice in a fixed round")
    if any(not 0 <= one < n for one in seated):
        raise ValueError(f"a fixed round seats somebody outside 0 … {n - 1}")
    return tables


def _presence(present: ArrayLike | None, rounds: int, n: int) -> list[Flags]:
    mask = np.asarray(present) if present is not None else None
    if mask is None or mask.ndim < 2:
        return [mask_of(mask, n)] * rounds
    if mask.shape != (rounds, n):
        raise ValueError(f"present must hold {n} truth values for each of {rounds} rounds")
    return [mask_of(one, n) for one in mask]


def _room(wanted: Wanted, here: Flags, size: int) -> Room:
    """Those present who may meet anybody at all."""
    people = np.flatnonzero(here)
    open_ = ~wanted.never[np.ix_(people, people)]
    return Room.of(people[open_.sum(axis=1) > 1], size)


def _waited(begun: list[list[list[int]]], here: list[Flags], n: int) -> Whole:
    """In how many of the rounds that have begun each was there and had no seat."""
    waited = np.zeros(n, np.int64)
    for tables, present in zip(begun, here):
        without = present.copy()
        without[[one for table in tables for one in table]] = False
        waited += without
    return waited


def _tables(seats: Whole, n: int) -> list[list[int]]:
    return sorted(sorted(row[row < n].tolist()) for row in seats)


def _told(
    wanted: Wanted, begun: list[list[list[int]]], to_come: list[list[list[int]]], here: list[Flags]
) -> tuple[Round, ...]:
    """Rounds in order, each judged by what has been before it."""
    times = wanted.met.copy()
    told = []
    for at, tables in enumerate([*begun, *to_come]):
        is_fixed = at < len(begun)
        told.append(_round(wanted, tables, times, here[at], is_fixed))
        count(times, tables)
    return tuple(told)


def _round(
    wanted: Wanted, people: list[list[int]], times: Whole, here: Flags, is_fixed: bool
) -> Round:
    tables = tuple(table_of(wanted, one, times) for one in people)
    present = np.flatnonzero(here).tolist()
    left = [] if is_fixed else sorted(set(present) - {one for table in people for one in table})
    gain = sum(table.gain for table in tables)
    cost = wanted.repeat_cost * sum(float(again(times[np.ix_(one, one)]).sum()) for one in people)
    return Round(
        tables,
        unseated(wanted, left, present),
        gain,
        sum(table.repeats for table in tables),
        gain - cost / 2,
        is_fixed,
    )
