"""An independent judge of bridges and power: everything by taking people away and counting.

It shares no code with the solvers and reads ties as plain sets.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from footbridge.engine.bridges import Bridging, BusFactor, Thread, TruckFactor
from footbridge.engine.power import Power
from footbridge.engine.ties import Ties

CLOSE = 1e-6


def bus_factor_faults(ties: Iterable[tuple[int, int]], answer: BusFactor) -> list[str]:
    """What is wrong with a bus factor. Its two proofs are enough: so many ties without a person in
    common, so that fewer leavers do not do; and so many people who hold every tie.

    >>> bus_factor_faults([(1, 2), (3, 4)], BusFactor(1, (1,), ((1, 2),)))
    ['(3, 4) is left without [1]']
    """
    there = set(ties)
    ends = [one for tie in answer.lasting for one in tie]
    found = [f"{tie} is no tie" for tie in answer.lasting if tie not in there]
    if len(set(ends)) < len(ends):
        found.append("lasting ties have somebody in common")
    gone = set(answer.people)
    found += [
        f"{tie} is left without {sorted(gone)}" for tie in sorted(there) if not gone & set(tie)
    ]
    if not answer.factor == len(gone) == len(answer.lasting):
        found.append(f"{len(gone)} people and {len(answer.lasting)} ties, not {answer.factor}")
    return found


def cut_faults(ties: Ties, answer: Iterable[int]) -> list[str]:
    """What is wrong with the people named as cut points: each in turn is taken away."""
    knows = {one: set(row) for one, row in _rows(ties)}
    parts = len(_parts(knows, set(knows)))
    true = [one for one in knows if knows[one] and len(_parts(knows, set(knows) - {one})) > parts]
    return [] if list(answer) == true else [f"{true} hold others together"]


def constraint_faults(ties: Ties, answer: Sequence[float]) -> list[str]:
    """What is wrong with constraints: Burt's sum, written out."""
    knows = dict(_rows(ties))
    share = {
        one: {other: strength / sum(row.values()) for other, strength in row.items()}
        for one, row in knows.items()
    }
    found = []
    for one, row in share.items():
        true = sum(
            (part + sum(row[q] * share[q].get(other, 0.0) for q in row if q != other)) ** 2
            for other, part in row.items()
        )
        given = answer[one]
        if (not row) != math.isnan(given) or (row and abs(true - given) > CLOSE):
            found.append(f"{one}: {true:.6f}, not {given}")
    return found


def thread_faults(ties: Ties, group: Sequence[int], answer: Iterable[Thread]) -> list[str]:
    """What is wrong with single threads: all ties of two groups, and whom all of them have."""
    between: dict[tuple[int, int], list[set[int]]] = {}
    for one, row in _rows(ties):
        for other in row:
            if -1 < group[one] < group[other]:
                between.setdefault((group[one], group[other]), []).append({one, other})
    true = []
    for pair, some in sorted(between.items()):
        if common := set.intersection(*some):
            person = min(common, key=lambda one: group[one])
            true.append(Thread(pair, person, len(some)))
    return [] if list(answer) == true else [f"the threads are {true}"]


def bridging_faults(ties: Ties, group: Sequence[int], answer: Bridging) -> list[str]:
    """What is wrong with the ties counted across groups."""
    seen: dict[tuple[int, int], int] = {}
    ends: dict[int, int] = {}
    for one, row in _rows(ties):
        for other in row:
            a, b = group[one], group[other]
            if a >= 0 and b >= 0:
                ends[a] = ends.get(a, 0) + 1
                if one < other:
                    pair = (min(a, b), max(a, b))
                    seen[pair] = seen.get(pair, 0) + 1
    found = []
    if answer.between != tuple((*pair, many) for pair, many in sorted(seen.items())):
        found.append(f"ties are {sorted(seen.items())}")
    across, total = sum(many for (a, b), many in seen.items() if a != b), sum(seen.values())
    if (answer.ties, answer.across) != (total, across):
        found.append(f"{across} of {total} lead across")
    if (answer.share is None) != (total == 0):
        found.append("a share of nothing")
    if answer.share is not None and abs(answer.share - across / total) > CLOSE:
        found.append(f"the share is {across / total}")
    chance = 1 - sum((many / sum(ends.values())) ** 2 for many in ends.values()) if total else None
    if chance is not None and abs((answer.expected or 0.0) - chance) > CLOSE:
        found.append(f"by chance {chance}")
    return found


def truck_faults(holders: Sequence[Iterable[int]], answer: TruckFactor) -> list[str]:
    """What is wrong with a truck factor: every set of people is sent away.

    >>> truck_faults([[0], [1]], TruckFactor(1, (0,), (0,), True))
    ['1 of 2 undone is not more than half', 'the fewest are 2, not 1']
    """
    items = [set(some) for some in holders]
    if not items:
        return [] if answer.factor is None else ["without items there is no factor"]
    undone = tuple(at for at, some in enumerate(items) if some <= set(answer.people))
    found = [] if answer.undone == undone else [f"{undone} are undone"]
    if 2 * len(undone) <= len(items):
        found.append(f"{len(undone)} of {len(items)} undone is not more than half")
    people = sorted(set().union(*items))
    fewest = next(
        size
        for size in range(len(people) + 1)
        for gone in combinations(people, size)
        if 2 * sum(some <= set(gone) for some in items) > len(items)
    )
    if answer.exact and answer.factor != fewest:
        found.append(f"the fewest are {fewest}, not {answer.factor}")
    if answer.factor != len(answer.people):
        found.append(f"{len(answer.people)} people are named")
    return found


def power_faults(weights: Sequence[int], quota: int, answer: Power) -> list[str]:
    """What is wrong with voting power: all orders, and all groups, one by one."""
    n = len(weights)
    decides, turns = [0] * n, [0] * n
    for order in permutations(range(n)):
        votes = 0
        for one in order:
            votes += weights[one]
            if votes >= quota:
                decides[one] += 1
                break
    for one in range(n):
        others = [other for other in range(n) if other != one]
        for size in range(n):
            for group in combinations(others, size):
                votes = sum(weights[other] for other in group)
                turns[one] += votes < quota <= votes + weights[one]
    orders = math.factorial(n)
    found = []
    if answer.shapley_shubik != tuple(Fraction(one, orders) for one in decides):
        found.append(f"of {orders} orders they decide {decides}")
    if answer.banzhaf != tuple(Fraction(one, sum(turns) or 1) for one in turns):
        found.append(f"they turn {turns}")
    told = (answer.veto, answer.idle, answer.alone)
    total = sum(weights)
    true = (
        tuple(one for one in range(n) if total - weights[one] < quota),
        tuple(one for one in range(n) if not turns[one]),
        tuple(one for one in range(n) if weights[one] >= quota),
    )
    return found if told == true else [*found, f"veto, idle and alone are {true}"]


def _rows(ties: Ties) -> Iterator[tuple[int, dict[int, float]]]:
    for one in range(ties.members):
        span = range(int(ties.indptr[one]), int(ties.indptr[one + 1]))
        yield one, {int(ties.neighbours[at]): float(ties.strength[at]) for at in span}


def _parts(knows: dict[int, set[int]], there: set[int]) -> list[set[int]]:
    parts, left = [], set(there)
    while left:
        part, waiting = set[int](), [min(left)]
        while waiting:
            one = waiting.pop()
            if one not in part:
                part.add(one)
                waiting += list(knows[one] & there - part)
        parts.append(part)
        left -= part
    return parts
