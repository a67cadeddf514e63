"""An independent judge of introduction chains: tries every chain, and says what is wrong.

It shares no code with the solver: it reads the ties as given, walks all simple chains by plain
recursion and sorts them. Use it where the network is small; `faults` also serves where it is not,
with `exhaustive=False`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from itertools import pairwise

import numpy as np

from footbridge.engine.chains import Chain
from footbridge.engine.ties import Ties


def every_chain(
    ties: Ties, source: int, targets: Collection[int], max_ties: int, avoid: Collection[int] = ()
) -> list[tuple[int, int, tuple[int, ...]]]:
    """All chains as (cost in 2⁻²⁴, number of ties, members), in the order they should be shown.

    >>> ties = Ties.build(3, [0, 1], [1, 2], [1.0, 1.0])
    >>> every_chain(ties, 0, [2], 4)
    [(0, 2, (0, 1, 2))]
    """
    known = {one: _row(ties, one) for one in range(ties.members)}
    goals = set(targets) - {source}
    return sorted(
        (_cost(ties, members), len(members) - 1, members)
        for members in _walks(known, ties, (source,), goals, max_ties, set(avoid))
    )


def faults(
    ties: Ties,
    source: int,
    targets: Collection[int],
    answer: tuple[Chain, ...],
    *,
    k: int = 5,
    max_ties: int = 4,
    avoid: Collection[int] = (),
    exhaustive: bool = True,
) -> list[str]:
    """What is wrong with an answer, in words; an empty list is a clean bill.

    >>> ties = Ties.build(3, [0, 1], [1, 2], [1.0, 1.0])
    >>> faults(ties, 0, [2], (Chain((0, 2), 1.0, (1.0,)),))[0]
    '(0, 2): 0 and 2 are not tied'
    """
    found = [fault for chain in answer for fault in _faults_of(ties, source, targets, chain, avoid)]
    found += [f"{c.members}: more than {max_ties} ties" for c in answer if len(c.steps) > max_ties]
    if len(answer) > k:
        found.append(f"{len(answer)} chains where {k} were asked for")
    if len({chain.members for chain in answer}) < len(answer):
        found.append("a chain is shown twice")
    if found or not exhaustive:
        return found
    wanted = [m for _, _, m in every_chain(ties, source, targets, max_ties, avoid)[:k]]
    given = [chain.members for chain in answer]
    return [] if wanted == given else [f"the warmest are {wanted}, not {given}"]


def _walks(
    known: dict[int, dict[int, float]],
    ties: Ties,
    members: tuple[int, ...],
    goals: set[int],
    left: int,
    avoid: set[int],
) -> Iterator[tuple[int, ...]]:
    if left == 0:
        return
    for one in known[members[-1]]:
        if one in goals:
            yield (*members, one)
        elif one not in members and one not in avoid and bool(ties.willing[one]):
            yield from _walks(known, ties, (*members, one), goals, left - 1, avoid)


def _row(ties: Ties, member: int) -> dict[int, float]:
    span = range(int(ties.indptr[member]), int(ties.indptr[member + 1]))
    return {int(ties.neighbours[at]): float(ties.strength[at]) for at in span}


def _cost(ties: Ties, members: tuple[int, ...]) -> int:
    steps = [_row(ties, a)[b] for a, b in pairwise(members)]
    words = [float(ties.vouched[one]) for one in members[1:-1]]
    return sum(_units(share) for share in (*steps, *words))


def _units(share: float) -> int:
    """−ln of a share in units of 2⁻²⁴, at the precision that the snapshot keeps."""
    kept = np.float32(round(-math.log(share) * 2**24) / 2**24)
    return round(float(kept) * 2**24)


def _faults_of(
    ties: Ties, source: int, targets: Collection[int], chain: Chain, avoid: Collection[int]
) -> Iterator[str]:
    members = chain.members
    if members[0] != source or members[-1] not in targets:
        yield f"{members}: does not lead from {source} to one of those sought"
    if len(set(members)) < len(members):
        yield f"{members}: somebody stands in it twice"
    for one in members[1:-1]:
        if one in avoid or not ties.willing[one] or one in targets:
            yield f"{members}: {one} may not be asked"
    strengths = [_row(ties, a).get(b, 0.0) for a, b in pairwise(members)]
    for a, b, strength in zip(members, members[1:], strengths):
        if strength == 0:
            yield f"{members}: {a} and {b} are not tied"
    told = math.prod(strengths) * math.prod(float(ties.vouched[one]) for one in members[1:-1])
    if not math.isclose(told, chain.strength, rel_tol=1e-5):
        yield f"{members}: its strength is {told:.6g}, not {chain.strength:.6g}"
    if not np.allclose(strengths, chain.steps, rtol=1e-5):
        yield f"{members}: its steps are {strengths}, not {list(chain.steps)}"
