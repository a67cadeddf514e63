"""What hangs on whom: accounts, agreements, data, contacts, routines, and what is remembered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

EXACT_PEOPLE = 12
"""Among so many people every set is tried; among more, one after the other is taken."""
DEPUTY_DAYS = 180
"""A deputy who has acted within so many days can act."""
MEMORY_DAYS = 365
"""A note that somebody looked at within so many days is fresh."""


@dataclass(frozen=True, slots=True)
class TruckFactor:
    """How few must leave until more than half of the items have nobody who can do them.

    factor   how many; None where even all leaving would not do it (there are no items)
    people   such people, ascending; of equally few those who leave most undone, then lower numbers
    undone   the items nobody could do then, ascending
    exact    every set of people was tried; otherwise fewer might do
    """

    factor: int | None
    people: tuple[int, ...]
    undone: tuple[int, ...]
    exact: bool


def truck_factor(holders: Sequence[Iterable[int]]) -> TruckFactor:
    """`holders` says for each item who can do it today. An item without anybody is undone already.

    Exact among up to twelve people. Among more, whoever leaves most undone goes first (of equals
    whoever holds most, then the lower number), and whoever turns out not to be needed comes back.

    Source of the idea: Avelino et al. 2016, *A Novel Approach for Estimating Truck Factors*.

    >>> ana, ben, cy = range(3)
    >>> truck_factor([[ana], [ana, ben], [ana], [ben, cy], [cy], [ana, cy]]).people
    (0, 2)
    """
    items = [frozenset(some) for some in holders]
    people = sorted(frozenset().union(*items))
    if not items:
        return TruckFactor(None, (), (), True)
    if len(people) > EXACT_PEOPLE:
        return _told(items, _one_after_another(items), exact=False)
    for size in range(len(people) + 1):
        enough = [gone for gone in combinations(people, size) if _too_many(items, gone)]
        if enough:
            best = min(enough, key=lambda gone: (-len(_undone(items, gone)), gone))
            return _told(items, best, exact=True)
    raise AssertionError("with everybody gone, everything is undone")


@dataclass(frozen=True, slots=True)
class Single:
    """Items that exactly one person can do.

    share   of all items; None where there are none
    items   (item, who) for each
    nobody  items that nobody can do
    """

    share: float | None
    items: tuple[tuple[int, int], ...]
    nobody: tuple[int, ...]


def single_holders(holders: Sequence[Iterable[int]]) -> Single:
    """Which items hang on one person; those on nobody count as well, and are named apart.

    >>> single_holders([[0], [0, 1], [0], [1, 2], [2], [0, 2]]).share
    0.5
    """
    items = [sorted(set(some)) for some in holders]
    single = tuple((at, some[0]) for at, some in enumerate(items) if len(some) == 1)
    nobody = tuple(at for at, some in enumerate(items) if not some)
    share = (len(single) + len(nobody)) / len(items) if items else None
    return Single(share, single, nobody)


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of what happens runs through how few.

    hhi        Σ of squared shares: 1 where one person does all; 0 where nothing happens
    effective  1 / hhi: as if so many did it in equal parts; 0 where nothing happens
    """

    hhi: float
    effective: float


def concentration(amounts: Iterable[float]) -> Concentration:
    """From how much each does: dealings, hours, messages answered.

    ValueError for what is negative or not a number. Sources: Herfindahl 1950; Laakso & Taagepera
    1979.

    >>> found = concentration([30, 10, 5, 5])
    >>> round(found.hhi, 2), round(found.effective, 2)
    (0.42, 2.38)
    """
    values = [float(amount) for amount in amounts]
    if not all(math.isfinite(value) and value >= 0 for value in values):
        raise ValueError("amounts must be numbers, 0 or more")
    total = math.fsum(values)
    if not total:
        return Concentration(0.0, 0.0)
    hhi = math.fsum((value / total) ** 2 for value in values)
    return Concentration(hhi, 1 / hhi)


@dataclass(frozen=True, slots=True)
class Lately:
    """What has been tended lately.

    share  of all; None where there is nothing to tend
    late   what has not, ascending
    """

    share: float | None
    late: tuple[int, ...]


def lately(days_ago: Sequence[float | None], within: float) -> Lately:
    """How much was done within so many days; None: never.

    For deputies: days since the named deputy of each role last acted, `DEPUTY_DAYS`; for notes:
    days since each was last looked at, `MEMORY_DAYS`. ValueError for what is not a number; days in
    the future count as today.

    >>> lately([10, None, 200, 180], DEPUTY_DAYS)
    Lately(share=0.5, late=(1, 2))
    """
    if any(days is not None and math.isnan(days) for days in days_ago):
        raise ValueError("days must be numbers")
    late = tuple(at for at, days in enumerate(days_ago) if days is None or days > within)
    return Lately(1 - len(late) / len(days_ago) if days_ago else None, late)


def chance_nobody_is_left(years: float, mean_tenures: Iterable[float]) -> float:
    """How likely it is that after so many years none of these contacts is still there.

        Π (1 − exp(−years / mean tenure))

    A tenure is taken to end as likely in one month as in any other. Nobody: 1. ValueError for
    tenures that are not above 0 and for years below 0.

    >>> [round(chance_nobody_is_left(1, [2] * contacts), 2) for contacts in (1, 2, 3, 4)]
    [0.39, 0.15, 0.06, 0.02]
    """
    if not years >= 0:
        raise ValueError(f"years must be 0 or more, not {years}")
    chance = 1.0
    for mean in mean_tenures:
        if not mean > 0:
            raise ValueError(f"a mean tenure must be above 0 years, not {mean}")
        chance *= -math.expm1(-years / mean)
    return chance


def contacts_needed(years: float, mean_tenure: float, risk: float) -> int:
    """How many contacts it takes for the chance that none is left to be at most `risk`.

    >>> contacts_needed(1, 2, 0.1), contacts_needed(2, 2, 0.1)
    (3, 6)
    """
    if not 0 < risk < 1:
        raise ValueError(f"a risk is between 0 and 1, not {risk}")
    gone = chance_nobody_is_left(years, [mean_tenure])
    if gone == 1:
        raise ValueError("after so long nobody is left, however many there were")
    return 1 if gone <= risk else math.ceil(math.log(risk) / math.log(gone) - 1e-12)


def _undone(items: Sequence[frozenset[int]], gone: Iterable[int]) -> list[int]:
    away = frozenset(gone)
    return [at for at, some in enumerate(items) if some <= away]


def _too_many(items: Sequence[frozenset[int]], gone: Iterable[int]) -> bool:
    return 2 * len(_undone(items, gone)) > len(items)


def _one_after_another(items: Sequence[frozenset[int]]) -> tuple[int, ...]:
    gone: list[int] = []
    holds = {one: sum(one in some for some in items) for some in items for one in some}
    while not _too_many(items, gone):
        rest = sorted(holds.keys() - set(gone))
        gone.append(
            min(rest, key=lambda one: (-len(_undone(items, [*gone, one])), -holds[one], one))
        )
    for one in list(gone):
        without = [other for other in gone if other != one]
        if _too_many(items, without):
            gone = without
    return tuple(sorted(gone))


def _told(items: Sequence[frozenset[int]], gone: tuple[int, ...], *, exact: bool) -> TruckFactor:
    return TruckFactor(len(gone), gone, tuple(_undone(items, gone)), exact)
