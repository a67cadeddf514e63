"""How we got this number, one step after the other: codes and figures for one readable page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from footbridge.engine.value.figures import ONE, ZERO, exact
from footbridge.engine.value.maps import RATE, Outcome, ValueMap
from footbridge.engine.value.worth import RowWorth, Worth, worth


class Act(StrEnum):
    """What a step does to the figure before it."""

    PUT_IN = "put_in"  # one input
    ALL_PUT_IN = "all_put_in"
    GROSS = "gross"  # quantity · price
    LESS = "less"  # a share goes: `by` is the share
    IMPACT = "impact"
    YEAR = "year"  # one year's flow, and what it is worth now
    PRESENT = "present"  # of one outcome
    ALL_PRESENT = "all_present"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Step:
    """One line: what is done, to which row, with which figure, and what stands then.

    name  the share of a LESS
    by    quantity of GROSS (with `price`), share of LESS, flow of YEAR, what was put in of RATIO
    """

    act: Act
    row: str
    result: Decimal
    by: Decimal | None = None
    name: str = ""
    at: int | None = None
    price: Decimal | None = None


@exact
def steps(of: ValueMap) -> tuple[Step, ...]:
    """Every step from what was put in and what changed to the ratio, so that all of it can be
    followed with a pocket calculator. Without a ratio it ends one step before.

    >>> from footbridge.engine.value.examples import befriending
    >>> for step in steps(befriending()):
    ...     print(step.act.value, step.row, step.name, round(step.result, 2))
    put_in grant  60000.00
    all_put_in   60000.00
    gross friends  88000.00
    less friends deadweight 57200.00
    less friends displacement 57200.00
    less friends attribution 48620.00
    impact friends  48620.00
    year friends  48620.00
    present friends  48620.00
    all_present   48620.00
    ratio   0.81
    """
    found = worth(of)
    rows = {row.key: row for row in of.counted}
    told = [*_put_in(found)]
    for row in found.rows:
        told += _of_row(rows[row.key], row)
    told.append(Step(Act.ALL_PRESENT, "", found.present))
    if found.ratio is not None:
        told.append(Step(Act.RATIO, "", found.ratio, by=found.invested))
    return tuple(told)


def _put_in(found: Worth) -> Iterator[Step]:
    for given in found.inputs:
        if given.counted:
            yield Step(Act.PUT_IN, given.key, given.amount)
    yield Step(Act.ALL_PUT_IN, "", found.invested)


def _of_row(row: Outcome, comes_to: RowWorth) -> Iterator[Step]:
    assert row.quantity is not None
    assert row.price is not None
    price = row.price.value.best * row.price.factor
    yield Step(Act.GROSS, row.key, comes_to.gross, by=row.quantity.best, price=price)
    left = comes_to.gross
    for name, share in row.shares:
        left *= ONE - share.figure.best
        yield Step(Act.LESS, row.key, left, by=share.figure.best, name=name)
    yield Step(Act.IMPACT, row.key, comes_to.impact)
    for year in comes_to.years:
        yield Step(Act.YEAR, row.key, year.present, by=year.flow, at=year.at)
    yield Step(Act.PRESENT, row.key, comes_to.present)


@dataclass(frozen=True, slots=True)
class Fall:
    """One beam of the picture of where the gross value went."""

    name: str
    change: Decimal
    left: Decimal


@exact
def waterfall(of: ValueMap) -> tuple[Fall, ...]:
    """From the gross value of all outcomes in the ratio, over what each share takes away, to the
    impact of the first year, what later years add, what discounting takes, and what is left.

    >>> from footbridge.engine.value.examples import employment
    >>> [(fall.name, round(fall.change)) for fall in waterfall(employment())]  # doctest: +ELLIPSIS
    [('gross', 510000), ('deadweight', -204000), ('displacement', 0), ('attribution', -91800), ...
    """
    found = worth(of)
    rows = {row.key: row for row in of.counted}
    taken: dict[str, Decimal] = {}
    gross = years = ZERO
    for row in found.rows:
        left = row.gross
        gross += row.gross
        for name, share in rows[row.key].shares:
            taken[name] = taken.get(name, ZERO) - left * share.figure.best
            left *= ONE - share.figure.best
        years += sum((year.flow for year in row.years[1:]), ZERO)
    flows = gross + sum(taken.values(), ZERO) + years
    changes = [("gross", gross), *taken.items(), ("later_years", years)]
    changes.append((RATE.name, found.present - flows))
    left, falls = ZERO, []
    for name, change in changes:
        left += change
        falls.append(Fall(name, change, left))
    return (*falls, Fall("put_in", -found.invested, found.net_present))
