"""How much say a vote really gives, how unevenly something is spread, who depends on whom.

Of 50, 49 and 1 votes with 51 needed, the first has two thirds of the power and the other two a
sixth each: the one is needed as often as the forty-nine. These are flags to talk about, no scores.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.shares.game import sums_over_groups
from footbridge.engine.shares.money import Amount, exact

Counts = list[list[int]]
"""For each party, how many groups of 0, 1, 2 … others become able to decide by its joining."""

MOST_PARTIES = 60
"""So many parties' groups are counted in whole numbers of 64 bits."""
ALL_GROUPS = 20
"""Up to so many parties, weights may be of any size: every group is looked at."""
MOST_WEIGHT = 200_000
"""With more parties, all weights together, in their largest common unit."""


@dataclass(frozen=True, slots=True)
class Power:
    """How much say each party has under a rule of weights and a quota.

    shapley_shubik  how often each is the one whose yes decides, over all orders of saying yes;
                    adds up to 1, or is all 0 where nothing can be decided
    banzhaf         how often each turns a no into a yes, over all groups of others, scaled to add
                    up to 1
    veto            without whom nothing is decided, ascending
    idle            who never decides anything, ascending
    alone           who decides by themselves, ascending
    """

    shapley_shubik: tuple[Fraction, ...]
    banzhaf: tuple[Fraction, ...]
    veto: tuple[int, ...]
    idle: tuple[int, ...]
    alone: tuple[int, ...]


def power(weights: Sequence[Amount], quota: Amount) -> Power:
    """Real voting power where a decision needs votes of at least `quota`; exact.

    A quota above all votes: nobody has any power, and everybody a veto. ValueError without parties
    or with more than 60, for negative weights, a quota that is not above 0, and, with more than 20
    parties, weights that add up to more than 200,000 of their largest common unit.

    Sources: Shapley & Shubik 1954, *A Method for Evaluating the Distribution of Power in a
    Committee System*; Banzhaf 1965; counted as by Mann & Shapley 1962.

    >>> found = power([50, 49, 1], 51)
    >>> [str(one) for one in found.shapley_shubik], [str(one) for one in found.banzhaf]
    (['2/3', '1/6', '1/6'], ['3/5', '1/5', '1/5'])
    >>> found.veto, power([60, 39, 1], 51).alone
    ((0,), (0,))
    """
    votes, needed = _in_whole_units(weights, quota)
    n, total = len(votes), sum(votes)
    swings = _by_looking(votes, needed) if n <= ALL_GROUPS else _by_counting(votes, needed)
    orders = [Fraction(1, n * math.comb(n - 1, others)) for others in range(n)]
    decides = [sum(count * order for count, order in zip(row, orders)) for row in swings]
    turns = [sum(row) for row in swings]
    return Power(
        tuple(map(Fraction, decides)),
        tuple(Fraction(turn, sum(turns) or 1) for turn in turns),
        tuple(at for at, vote in enumerate(votes) if total - vote < needed),
        tuple(at for at, turn in enumerate(turns) if not turn),
        tuple(at for at, vote in enumerate(votes) if vote >= needed),
    )


def gini(amounts: Iterable[float]) -> float:
    """How unevenly something is spread: 0 where all have the same, near 1 where one has all.

        Σ over all pairs |a − b| / (n · Σ a)

    Nobody, or nothing to have: 0. ValueError for what is negative or not a number.

    Source: Gini 1912, *Variabilità e mutabilità*.

    >>> gini([9, 1]), round(gini([6, 3, 1]), 3), gini([5, 5])
    (0.4, 0.333, 0.0)
    """
    values = sorted(float(amount) for amount in amounts)
    if not all(math.isfinite(value) and value >= 0 for value in values):
        raise ValueError("amounts must be numbers, 0 or more")
    n, total = len(values), math.fsum(values)
    if not total:
        return 0.0
    apart = math.fsum((2 * at - n + 1) * value for at, value in enumerate(values))
    return apart / (n * total)


@dataclass(frozen=True, slots=True)
class Dependency:
    """How much of what each party lives on comes from the partnership.

    shares     partnership's money / yearly income of each; None where either is not known
    asymmetry  the largest less the smallest; None unless at least two are known
    most       who depends most, the first of equals; None unless at least two are known
    """

    shares: tuple[float | None, ...]
    asymmetry: float | None
    most: int | None


def dependency(money: Sequence[Amount | None], income: Sequence[Amount | None]) -> Dependency:
    """Who would be hurt by an end, and how unlike. An income of 0 is one that is not known.

    ValueError for lists of different lengths and for negative amounts.

    >>> found = dependency([40_000, 40_000], [80_000, 4_000_000])
    >>> found.shares, found.asymmetry, found.most
    ((0.5, 0.01), 0.49, 0)
    """
    if len(money) != len(income):
        raise ValueError(f"money is given for {len(money)} parties, income for {len(income)}")
    shares = [_share(paid, earned) for paid, earned in zip(money, income)]
    known = [share for share in shares if share is not None]
    told = tuple(None if share is None else float(share) for share in shares)
    if len(known) < 2:
        return Dependency(told, None, None)
    return Dependency(told, float(max(known) - min(known)), shares.index(max(known)))


def _share(paid: Amount | None, earned: Amount | None) -> Fraction | None:
    part = None if paid is None else exact(paid, "money")
    whole = None if earned is None else exact(earned, "income")
    return part / whole if part is not None and whole else None


def _in_whole_units(weights: Sequence[Amount], quota: Amount) -> tuple[list[int], int]:
    """Weights as whole numbers without a common divisor, and how many of those are needed."""
    if not 1 <= len(weights) <= MOST_PARTIES:
        raise ValueError(f"power is counted for 1 to {MOST_PARTIES} parties, not {len(weights)}")
    given = [exact(weight, f"weight of party {at}") for at, weight in enumerate(weights)]
    needed = exact(quota, "quota")
    if not needed:
        raise ValueError("a quota must be above 0")
    fine = reduce(math.lcm, (one.denominator for one in given), 1)
    whole = [int(one * fine) for one in given]
    unit = math.gcd(*whole) or 1
    votes = [one // unit for one in whole]
    if len(votes) > ALL_GROUPS and sum(votes) > MOST_WEIGHT:
        raise ValueError(
            f"with more than {ALL_GROUPS} parties, all weights together may be {MOST_WEIGHT:,} "
            f"of their largest common unit, not {sum(votes):,}"
        )
    return votes, min(math.ceil(needed * fine / unit), sum(votes) + 1)


def _by_looking(votes: list[int], needed: int) -> Counts:
    """Every group of all, and who turns it. Weights too large for doubles are ranked by sums of
    Python's whole numbers."""
    n = len(votes)
    if sum(votes) < 2**53:
        wins = sums_over_groups(votes) >= needed
    else:
        sums = [0]
        for vote in votes:
            sums += [one + vote for one in sums]
        wins = np.array([one >= needed for one in sums])
    size = np.bitwise_count(np.arange(1 << n, dtype=np.uint32))
    rows = []
    for one in range(n):
        halves = wins.reshape(-1, 2, 1 << one)
        turned = halves[:, 1] & ~halves[:, 0]
        others = size.reshape(-1, 2, 1 << one)[:, 0][turned]
        rows.append(np.bincount(others, minlength=n).tolist())
    return rows


def _by_counting(votes: list[int], needed: int) -> Counts:
    """How many groups of each size have each weight (as in a product of polynomials), and for each
    party the same without it (divided out again); it turns those that miss at most its votes."""
    n = len(votes)
    groups = np.zeros((n + 1, needed), np.int64)
    groups[0, 0] = 1
    for vote in votes:
        groups[1:, vote:] += groups[:-1, : needed - vote].copy() if vote < needed else 0
    rows: dict[int, list[int]] = {}
    for vote in set(votes):
        others = _without(groups, vote)
        rows[vote] = others[:n, max(needed - vote, 0) :].sum(axis=1).tolist() if vote else [0] * n
    return [rows[vote] for vote in votes]


def _without(groups: NDArray[np.int64], vote: int) -> NDArray[np.int64]:
    others = groups.copy()
    if vote < groups.shape[1]:
        for size in range(1, len(others)):
            others[size, vote:] -= others[size - 1, : groups.shape[1] - vote]
    return others
