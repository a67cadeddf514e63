"""How far the ratio could be off, and what it hangs on.

The tornado changes one figure at a time; the scenario all of them at once, each to the end that
lowers (or raises) the ratio; break-even asks how far one figure may move before a pound put in
brings a pound back.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product

from footbridge.engine.value.figures import ONE, ZERO, Numeral, exact, number
from footbridge.engine.value.maps import (
    RATE,
    Field,
    Input,
    Outcome,
    ValueMap,
    figures_of_input,
    figures_of_row,
)
from footbridge.engine.value.worth import RowWorth, Worth, amount, row_worth, worth


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure at its low and its high, and the ratio at each, all else as believed."""

    field: Field
    low: Decimal
    high: Decimal
    at_low: Decimal
    at_high: Decimal

    @property
    def spread(self) -> Decimal:
        return abs(self.at_high - self.at_low)


@exact
def tornado(of: ValueMap) -> tuple[Bar, ...]:
    """One bar for each figure with a range, widest first; equally wide ones as in the map.

    Without a ratio, and where an end of a range leaves none (nothing put in): no bar.
    """
    if worth(of).ratio is None:
        return ()
    ledger = _Ledger(of)
    bars = [bar for field in of.uncertain if (bar := _bar(of, field, ledger)) is not None]
    return tuple(sorted(bars, key=lambda bar: -bar.spread))


def _bar(of: ValueMap, field: Field, ledger: _Ledger) -> Bar | None:
    figure = of.figures[field]
    at_low, at_high = ledger.ratio(field, figure.low), ledger.ratio(field, figure.high)
    if at_low is None or at_high is None:
        return None
    return Bar(field, figure.low, figure.high, at_low, at_high)


class _Ledger:
    """What each row and input comes to, so that with one figure changed only those that have it
    are calculated again."""

    def __init__(self, of: ValueMap) -> None:
        self.best = {field: figure.best for field, figure in of.figures.items()}
        self.rows = [(row, row_worth(row, self.best).present) for row in of.counted]
        self.inputs = [(given, amount(given, self.best)) for given in of.invested]
        self.present = sum((present for _, present in self.rows), ZERO)
        self.invested = sum((put_in for _, put_in in self.inputs), ZERO)
        self.rows_with: dict[Field, list[tuple[Outcome, Decimal]]] = {RATE: self.rows}
        for row in self.rows:
            for field, _ in figures_of_row(row[0]):
                self.rows_with.setdefault(field, []).append(row)
        self.inputs_with: dict[Field, list[tuple[Input, Decimal]]] = {}
        for given in self.inputs:
            for field, _ in figures_of_input(given[0]):
                self.inputs_with.setdefault(field, []).append(given)

    def ratio(self, field: Field, value: Decimal) -> Decimal | None:
        chosen = ChainMap({field: value}, self.best)
        present, invested = self.present, self.invested
        for row, was in self.rows_with.get(field, ()):
            present += row_worth(row, chosen).present - was
        for given, was in self.inputs_with.get(field, ()):
            invested += amount(given, chosen) - was
        return present / invested if invested != ZERO else None


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest ratio that the stated ranges allow, the one believed, and the highest."""

    low: Decimal
    best: Decimal
    high: Decimal


@exact
def scenario(of: ValueMap) -> Range | None:
    """Every figure at whichever of its ends makes the ratio lowest, and highest.

    "All low" must not be taken by the letter, since a low deadweight is good news. Every row is
    linear in each of its figures and at its extreme at their ends; rows that share a price agree
    on it. Exact, as long as no discount rate within its range is worse than both of its ends, as
    can be where harms and benefits come at different times. None without a ratio, or where
    nothing might have been put in.

    >>> from footbridge.engine.value.examples import employment
    >>> found = scenario(employment(deadweight=("0.4", "0.3", "0.5")))
    >>> [round(one, 2) for one in (found.low, found.best, found.high)]
    [Decimal('1.20'), Decimal('1.44'), Decimal('1.68')]
    """
    best = worth(of).ratio
    if best is None:
        return None
    ratios = [best]
    for at in _corners(of):
        for highest in (False, True):
            ratio = _extreme(of, at, highest)
            if ratio is None:
                return None
            ratios.append(ratio)
    return Range(min(ratios), best, max(ratios))


def _corners(of: ValueMap) -> Iterator[dict[Field, Decimal]]:
    """Every combination of the ends of what rows and inputs have in common."""
    common = [RATE, *(Field("price", key, "value") for key in of.prices_on_both_sides)]
    uncertain = [field for field in common if field in of.uncertain]
    ends = [(of.figures[field].low, of.figures[field].high) for field in uncertain]
    for corner in product(*ends):
        yield dict(zip(uncertain, corner, strict=True))


def _extreme(of: ValueMap, corner: dict[Field, Decimal], highest: bool) -> Decimal | None:
    """The least or the greatest ratio in a corner: rows, then their prices, then inputs."""
    chosen = dict(corner)
    for row in of.counted:
        chosen.update(_row_extreme(row, highest))
    chosen.update(_price_extremes(of, chosen, highest))
    # What is put in pulls towards nought: more of it makes a good ratio worse, a bad one better.
    more = (worth(of, chosen).present > ZERO) is not highest
    for given in of.invested:
        for field, figure in figures_of_input(given):
            if field not in corner:
                chosen[field] = figure.high if more else figure.low
    return worth(of, chosen).ratio


def _row_extreme(row: Outcome, highest: bool) -> dict[Field, Decimal]:
    """All but the price. Of a benefit most is left with low shares, and of a harm too."""
    assert row.quantity is not None
    quantity = row.quantity.high if highest else row.quantity.low
    much = (quantity >= ZERO) is highest
    chosen = {}
    for field, figure in figures_of_row(row):
        if field.of == "outcome":
            chosen[field] = figure.low if much else figure.high
    return chosen | {Field("outcome", row.key, "quantity"): quantity}


def _price_extremes(
    of: ValueMap, chosen: dict[Field, Decimal], highest: bool
) -> dict[Field, Decimal]:
    """Each price high where that pulls the wanted way for all rows that share it together."""
    prices = {row.key: row.price for row in of.counted if row.price is not None}
    free = {
        field: price.value
        for price in prices.values()
        if (field := Field("price", price.key, "value")) not in chosen
    }
    high = worth(of, chosen | {field: figure.high for field, figure in free.items()})
    pull = dict.fromkeys(free, ZERO)
    for row in high.rows:
        field = Field("price", prices[row.key].key, "value")
        if field in pull:
            pull[field] += row.present
    return {
        field: figure.high if (pull[field] >= ZERO) is highest else figure.low
        for field, figure in free.items()
    }


@exact
def grid(
    ratio: Decimal, costs: Iterable[Numeral], values: Iterable[Numeral]
) -> tuple[tuple[Decimal, ...], ...]:
    """ratio · (1 + o) / (1 + c): a row for each change of costs c, a column for each of value o.

    ValueError where costs fall by all of themselves or more.

    >>> [[round(one, 2) for one in row] for row in grid(Decimal("1.5"), ["0", "0.2"], ["-0.2", 0])]
    [[Decimal('1.20'), Decimal('1.50')], [Decimal('1.00'), Decimal('1.25')]]
    """
    across = [number(value) for value in values]
    down = [number(cost) for cost in costs]
    if any(cost <= -ONE for cost in down):
        raise ValueError("costs cannot fall by all of themselves")
    return tuple(tuple(ratio * (ONE + o) / (ONE + c) for o in across) for c in down)


class NotReachable(StrEnum):
    """Why no value of a figure brings the ratio to 1."""

    WORTH_NOTHING = "worth_nothing"  # the row is worth nothing, whatever this figure is
    OTHER_SIGN = "other_sign"  # it would have to be a harm instead of a benefit, or the reverse
    BELOW_NOUGHT = "below_nought"  # the share would have to be less than nothing
    ABOVE_ALL = "above_all"  # the share would have to be more than everything


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The value of one figure of one outcome at which the ratio is 1, or why there is none."""

    outcome: str
    name: str
    now: Decimal
    value: Decimal | None
    not_reachable: NotReachable | None


@exact
def break_evens(of: ValueMap) -> tuple[BreakEven, ...]:
    """For each outcome in the ratio: quantity, price, and each share that lessens it.

    In closed form, since the ratio is linear in these. With m = 1 − (PV − X) / PV of the row,

        quantity* = m · quantity    price* = m · price    share* = 1 − m · (1 − share)

    The price is this row's alone, even where others share it. Without a ratio: nothing.

    >>> from footbridge.engine.value.examples import employment
    >>> [(one.name, round(one.value, 3)) for one in break_evens(employment())][:2]
    [('quantity', Decimal('41.775')), ('price', Decimal('5918.073'))]
    """
    found = worth(of)
    if found.ratio is None:
        return ()
    rows = {row.key: row for row in of.counted}
    return tuple(one for row in found.rows for one in _break_evens_of(rows[row.key], row, found))


def _break_evens_of(row: Outcome, comes_to: RowWorth, found: Worth) -> list[BreakEven]:
    assert row.quantity is not None
    assert row.price is not None
    factor = None
    if comes_to.present != ZERO:
        factor = ONE - found.net_present / comes_to.present
    amounts = [("quantity", row.quantity.best), ("price", row.price.value.best)]
    told = [_amount_that(row.key, name, now, factor) for name, now in amounts]
    shares = [(name, share.figure.best) for name, share in row.shares]
    return told + [_share_that(row.key, name, now, factor) for name, now in shares]


def _amount_that(key: str, name: str, now: Decimal, factor: Decimal | None) -> BreakEven:
    if factor is None:
        return BreakEven(key, name, now, None, NotReachable.WORTH_NOTHING)
    if factor < ZERO:
        return BreakEven(key, name, now, None, NotReachable.OTHER_SIGN)
    return BreakEven(key, name, now, factor * now, None)


def _share_that(key: str, name: str, now: Decimal, factor: Decimal | None) -> BreakEven:
    if factor is None:
        return BreakEven(key, name, now, None, NotReachable.WORTH_NOTHING)
    share = ONE - factor * (ONE - now)
    if share < ZERO:
        return BreakEven(key, name, now, None, NotReachable.BELOW_NOUGHT)
    if share > ONE:
        return BreakEven(key, name, now, None, NotReachable.ABOVE_ALL)
    return BreakEven(key, name, now, share, None)


@dataclass(frozen=True, slots=True)
class Payback:
    """After how many months what was put in has come back; None for never.

    simple      X / (a first year's impact / 12)
    discounted  the first whole month by whose end discounted flows have reached X, each year's
                flow spread evenly over it
    lasts       months until the last outcome ends; a simple payback beyond it never happens
    """

    simple: Decimal | None
    discounted: int | None
    lasts: int

    @property
    def is_too_late(self) -> bool:
        """Whether the outcomes end before the simple payback."""
        return self.simple is not None and self.simple > self.lasts


@exact
def payback(of: ValueMap) -> Payback:
    """Simple and discounted payback; neither where there is no ratio.

    >>> from footbridge.engine.value.examples import employment
    >>> found = payback(employment())
    >>> round(found.simple, 2), found.discounted, found.lasts
    (Decimal('14.01'), 15, 24)
    """
    found = worth(of)
    lasts = max((year.at + 1 for row in found.rows for year in row.years), default=0) * 12
    if found.ratio is None:
        return Payback(None, None, lasts)
    simple = 12 * found.invested / found.impact if found.impact > ZERO else None
    return Payback(simple, _discounted(found, lasts // 12), lasts)


def _discounted(found: Worth, years: int) -> int | None:
    reached = ZERO
    for at in range(years):
        flow = sum(
            (year.present for row in found.rows for year in row.years if year.at == at), ZERO
        )
        if reached + flow >= found.invested:
            return 12 * at + _months(found.invested - reached, flow)
        reached += flow
    return None


def _months(missing: Decimal, flow: Decimal) -> int:
    """The first month of a year whose flow, spread evenly, covers what is missing."""
    return next(month for month in range(1, 13) if flow * month >= missing * 12)
