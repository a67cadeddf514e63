"""An independent judge of pairs and tables: reads the input and the answer, and adds up by hand.

It shares no code with the solvers. `faults_of_pairs` checks the proof too: not by solving again,
but by looking whether the prices are what they claim, pair by pair; `best_value` tries everything
and serves where there are at most ten people.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.tables import (
    LARGEST,
    Pairing,
    Proof,
    Round,
    Seating,
    Table,
    Unseated,
    Wanted,
    Why,
    WhyNot,
)

Times = dict[tuple[int, int], int]
People = Sequence[Sequence[int]]
CLOSE = 1e-9


def faults_of_pairs(
    wanted: Wanted, found: Pairing, present: NDArray[np.bool_] | None = None
) -> list[str]:
    """What is wrong with a pairing, in words; an empty list is a clean bill.

    >>> from footbridge.engine.tables import pair
    >>> faults_of_pairs(Wanted.build([[0, 1], [1, 0]]), pair(Wanted.build([[0, 2], [2, 0]])))[0]
    '(0, 1): gain is told as 2.0, not 1.0'
    """
    here = _here(wanted, present)
    times = _met_before(wanted)
    faults = [*_seats(found.pairs, found.unseated, here), *_left_over(wanted, found)]
    faults += [fault for table in found.pairs for fault in _table(wanted, table, times)]
    faults += _sizes_of_pairs(found, len(here))
    faults += [fault for one in found.unseated for fault in _unseated(wanted, one, here)]
    value = _value(wanted, found.people, times)
    faults += _differs("gain", found.gain, _gain(wanted, found.people, times))
    faults += _differs("repeats", found.repeats, _repeats(found.people, times))
    faults += _differs("value", found.value, value)
    if found.bound < value - CLOSE:
        faults.append(f"the bound {found.bound} is below the value {value}")
    if found.proof is not None:
        faults += _proof(wanted, found, found.proof, here)
    elif len(here) % 2 == 0 and found.is_optimal:
        faults.append("called the best without a proof")
    return faults


def faults(
    wanted: Wanted,
    found: Seating,
    size: int,
    rounds: int,
    *,
    fixed: Sequence[People] = (),
    present: NDArray[np.bool_] | None = None,
    stays: Sequence[int] = (),
) -> list[str]:
    """What is wrong with a seating, in words; an empty list is a clean bill."""
    if len(found.rounds) != rounds:
        return [f"{len(found.rounds)} rounds instead of {rounds}"]
    times = _met_before(wanted)
    told: list[str] = []
    to_come = 0
    for at, one in enumerate(found.rounds):
        mask = present[at] if present is not None and present.ndim == 2 else present
        told += [f"round {at}: {fault}" for fault in _figures(wanted, one, times)]
        if at < len(fixed):
            told += [f"round {at}: {fault}" for fault in _unchanged(one, fixed[at])]
        else:
            here = _here(wanted, mask)
            told += [f"round {at}: {fault}" for fault in _rules(wanted, one, size, here)]
            told += [f"round {at}: {fault}" for fault in _moved(one.people, stays)]
            to_come += one.repeats
        _count(one.people, times)
    if found.least_repeats > to_come:
        told.append(f"{found.least_repeats} repeats cannot be the least: there are {to_come}")
    return told


def best_value(wanted: Wanted, n: int | None = None) -> tuple[int, float]:
    """Fewest left over, then greatest value, of pairs and at most one trio when odd: all tried.

    >>> best_value(Wanted.build([[0, 5, 6, 0], [5, 0, 0, 3], [6, 0, 0, 1], [0, 3, 1, 0]]))
    (0, 9.0)
    """
    count = wanted.n if n is None else n
    times = _met_before(wanted)

    def worth(*group: int) -> float | None:
        if any(wanted.never[a, b] for a, b in combinations(group, 2)):
            return None
        return _value(wanted, [group], times)

    @lru_cache(None)
    def best(left: tuple[int, ...], trio: bool) -> tuple[int, float]:
        if not left:
            return 0, 0.0
        first, others = left[0], left[1:]
        fewest, value = best(others, trio)
        options = [(fewest + 1, value)]
        for with_ in _companions(others, trio):
            if (here := worth(first, *with_)) is not None:
                rest = tuple(one for one in others if one not in with_)
                fewest, value = best(rest, trio and len(with_) == 1)
                options.append((fewest, value + here))
        return min(options, key=lambda option: (option[0], -option[1]))

    return best(tuple(range(count)), count % 2 == 1)


def _companions(others: tuple[int, ...], trio: bool) -> Iterator[tuple[int, ...]]:
    yield from ((one,) for one in others)
    if trio:
        yield from combinations(others, 2)


def _here(wanted: Wanted, present: NDArray[np.bool_] | None) -> list[int]:
    return [one for one in range(wanted.n) if present is None or present[one]]


def _met_before(wanted: Wanted) -> Times:
    return {
        (a, b): int(wanted.met[a, b])
        for a, b in combinations(range(wanted.n), 2)
        if wanted.met[a, b]
    }


def _meetings(tables: People) -> Iterator[tuple[int, int]]:
    for people in tables:
        yield from combinations(sorted(people), 2)


def _count(tables: People, times: Times) -> None:
    for two in _meetings(tables):
        times[two] = times.get(two, 0) + 1


def _gain(wanted: Wanted, tables: People, times: Times) -> float:
    return math.fsum(wanted.gain[two] for two in _meetings(tables) if not times.get(two))


def _repeats(tables: People, times: Times) -> int:
    return sum(1 for two in _meetings(tables) if times.get(two))


def _value(wanted: Wanted, tables: People, times: Times) -> float:
    before = [times[two] for two in _meetings(tables) if times.get(two)]
    again = sum(1 + (count - 1) / 8 for count in before)
    return _gain(wanted, tables, times) - wanted.repeat_cost * again


def _differs(what: str, told: float, counted: float) -> Iterator[str]:
    if not math.isclose(told, counted, rel_tol=CLOSE, abs_tol=CLOSE):
        yield f"{what} is told as {told}, not {counted}"


def _seats(tables: Sequence[Table], unseated: Sequence[Unseated], here: list[int]) -> Iterator[str]:
    """Everybody present once, nobody else at all."""
    named = [one for table in tables for one in table.people] + [one.person for one in unseated]
    if sorted(named) != here:
        twice = sorted({one for one in named if named.count(one) > 1})
        absent = sorted(set(named) - set(here))
        forgotten = sorted(set(here) - set(named))
        yield f"seated twice: {twice}; not present: {absent}; forgotten: {forgotten}"


def _table(wanted: Wanted, table: Table, times: Times) -> Iterator[str]:
    for fault in (
        *_differs("gain", table.gain, _gain(wanted, [table.people], times)),
        *_differs("repeats", table.repeats, _repeats([table.people], times)),
        *_reasons(wanted, table, times),
    ):
        yield f"{table.people}: {fault}"


def _reasons(wanted: Wanted, table: Table, times: Times) -> Iterator[str]:
    """Each reason is told exactly when there is something to tell, with the right amount."""
    told = {reason.kind: reason.amount for reason in table.reasons}
    first = [two for two in _meetings([table.people]) if not times.get(two)]
    sectors = {int(wanted.sectors[one]) for one in table.people} - {255}
    ahead = [two for two in first if _is_one_ahead(wanted, *two)]
    answered = sum(wanted.answers[a, b] + wanted.answers[b, a] for a, b in first)
    wanted_amounts = {
        Why.ANSWERED: float(answered),
        Why.STRONGEST: max((float(wanted.gain[two]) for two in first), default=0.0),
        Why.AHEAD: len(ahead),
        Why.SECTORS: len(sectors) if len(sectors) > 1 else 0,
        Why.NEW: len(first),
        Why.AGAIN: _repeats([table.people], times),
    }
    for kind, amount in wanted_amounts.items():
        yield from _differs(f"reason {kind.value}", told.get(kind, 0), amount)
    for reason in table.reasons:
        if not set(reason.people) <= set(table.people):
            yield f"reason {reason.kind.value} names people of other tables"
        if reason.kind == Why.AHEAD and not _is_behind(wanted, *reason.people):
            yield f"{reason.people} are not one behind the other"


def _is_one_ahead(wanted: Wanted, one: int, other: int) -> bool:
    return _is_behind(wanted, one, other) or _is_behind(wanted, other, one)


def _is_behind(wanted: Wanted, one: int, other: int) -> bool:
    stages = int(wanted.stages[one]), int(wanted.stages[other])
    return 255 not in stages and stages[1] - stages[0] == 1


def _broken(wanted: Wanted, tables: People) -> Iterator[str]:
    for a, b in _meetings(tables):
        if wanted.never[a, b]:
            yield f"{a} and {b} must never share a table"


def _unseated(wanted: Wanted, one: Unseated, here: list[int]) -> Iterator[str]:
    """The reason given for a missing seat is the true one."""
    others = [other for other in here if other != one.person]
    never = tuple(other for other in others if wanted.never[one.person, other])
    why = WhyNot.NO_PLACE
    if not others:
        why = WhyNot.ALONE
    elif len(never) == len(others):
        why = WhyNot.NEVER_WITH_ANYONE
    if one.why != why or one.because != never:
        yield f"{one.person} has no seat: {why.value} because of {never}, not {one}"


def _left_over(wanted: Wanted, found: Pairing) -> Iterator[str]:
    """No rule is broken, and nobody is left over who might be with somebody."""
    yield from _broken(wanted, found.people)
    alone = [one.person for one in found.unseated]
    for a, b in combinations(alone, 2):
        if not wanted.never[a, b]:
            yield f"{a} and {b} are left over and might be a pair"
    for one in alone:
        for people in found.people:
            if len(people) == 2 and not any(wanted.never[one, other] for other in people):
                yield f"{one} is left over and might join {people}"


def _sizes_of_pairs(found: Pairing, present: int) -> Iterator[str]:
    sizes = [len(people) for people in found.people]
    if any(size not in (2, 3) for size in sizes):
        yield f"tables of {sorted(set(sizes))} people"
    if sizes.count(3) > present % 2 and found.bound < math.inf:
        yield f"{sizes.count(3)} trios among {present} people, and a bound"


def _proof(wanted: Wanted, found: Pairing, proof: Proof, here: list[int]) -> Iterator[str]:
    """The prices bound every pairing: each two present pay at least what they are worth."""
    if any(len(group) % 2 == 0 or price < 0 for group, price in proof.groups):
        yield "a group of the proof is even or has a price below zero"
    paid = np.array([proof.prices[one] for one in here])
    paid = paid[:, None] + paid
    at = {one: place for place, one in enumerate(here)}
    for group, price in proof.groups:
        inside = [at[one] for one in group]
        paid[np.ix_(inside, inside)] += price
    again = 1 + (wanted.met - 1) / 8
    worth = np.where(wanted.met == 0, wanted.gain, -wanted.repeat_cost * again)
    worth = np.where(wanted.never, -2 * proof.left_over, worth)[np.ix_(here, here)]
    short = np.triu(worth - paid, 1)
    if short.max(initial=0) > CLOSE:
        a, b = np.unravel_index(int(short.argmax()), short.shape)
        yield f"the prices of {here[a]} and {here[b]} are too low for what they are worth"
    bound = math.fsum(proof.prices[one] for one in here)
    bound += math.fsum(price * (len(group) // 2) for group, price in proof.groups)
    bound += proof.left_over * len(found.unseated)
    if found.bound < bound - CLOSE:
        yield f"the proof shows a bound of {bound}, not {found.bound}"


def _figures(wanted: Wanted, one: Round, times: Times) -> Iterator[str]:
    for table in one.tables:
        yield from _table(wanted, table, times)
    yield from _differs("gain", one.gain, _gain(wanted, one.people, times))
    yield from _differs("repeats", one.repeats, _repeats(one.people, times))
    yield from _differs("value", one.value, _value(wanted, one.people, times))


def _unchanged(one: Round, tables: People) -> Iterator[str]:
    if [sorted(people) for people in tables] != [sorted(people) for people in one.people]:
        yield "it had begun and was changed"
    if not one.fixed:
        yield "it had begun and is not told as fixed"


def _moved(tables: People, stays: Sequence[int]) -> Iterator[str]:
    """Who stays at a table sits at it: the first at the first, the second at the second."""
    seated = {one for people in tables for one in people}
    for place, host in enumerate(stays):
        if host in seated and (place >= len(tables) or host not in tables[place]):
            yield f"{host} does not stay at table {place}"


def _rules(wanted: Wanted, one: Round, size: int, here: list[int]) -> Iterator[str]:
    yield from _seats(one.tables, one.unseated, here)
    yield from _broken(wanted, one.people)
    for unseated in one.unseated:
        yield from _unseated(wanted, unseated, here)
    sizes = [len(people) for people in one.people]
    if not sizes:
        return
    largest = 3 if size == 2 else min(size, LARGEST)
    if max(sizes) > largest or min(sizes) < 2 or max(sizes) - min(sizes) > 1:
        yield f"tables of {sorted(sizes)} people where {size} were asked for"
    if len(sizes) > -(-len(here) // size):
        yield f"{len(sizes)} tables are more than {len(here)} people need"
    if one.fixed:
        yield "it has not begun and is told as fixed"
