"""An independent judge of value maps: fractions instead of decimals, and everything tried.

It shares no formula code with the solver. Present values are added up year by year as exact
fractions; a range is compared with every combination of ends, where there are few; a break-even is
put back into the map; months are counted one by one; draws are compared with the mean and the
spread that triangles have.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product

from footbridge.engine.value import (
    Bar,
    BreakEven,
    Draws,
    Field,
    Input,
    Outcome,
    Payback,
    Range,
    Timing,
    ValueMap,
    Worth,
)

CLOSE = Fraction(1, 10**30)
"""Fifty digits of decimals agree with fractions to about so much of a number's size."""
MOST_CORNERS = 4096

Given = Mapping[tuple[str, str, str], Fraction]
RATE = ("map", "", "discount_rate")


def present_of(row: Outcome, given: Given) -> Fraction:
    """A row's present value, added up year by year."""
    assert row.price is not None
    flow = given["outcome", row.key, "quantity"] * given["price", row.price.key, "value"]
    for one in row.price.adjusted:
        flow *= Fraction(one.factor)
    for name in ("deadweight", "displacement", "attribution", "leakage", "substitution"):
        flow *= 1 - given.get(("outcome", row.key, name), Fraction(0))
    total, grown = Fraction(0), 1 + given[RATE]
    worn = Fraction(1) if row.start is Timing.DURING else grown
    for _ in range(row.years):
        total += flow / worn
        worn *= grown
        flow *= 1 - given.get(("outcome", row.key, "drop_off"), Fraction(0))
    return total


def put_in(given_input: Input, given: Given) -> Fraction:
    """What one input comes to."""
    assert given_input.price is not None
    found = given["input", given_input.key, "quantity"]
    found *= given["price", given_input.price.key, "value"]
    for one in given_input.price.adjusted:
        found *= Fraction(one.factor)
    return found


def ratio_of(of: ValueMap, given: Given) -> Fraction | None:
    """The ratio with these figures; None where nothing was put in."""
    present = sum((present_of(row, given) for row in of.counted), Fraction(0))
    invested = sum((put_in(one, given) for one in of.invested), Fraction(0))
    return present / invested if invested else None


def best_of(of: ValueMap) -> dict[tuple[str, str, str], Fraction]:
    """Every figure as one believes in it, by whose, which, and what."""
    return {_place(field): Fraction(figure.best) for field, figure in of.figures.items()}


def worth_faults(of: ValueMap, answer: Worth) -> list[str]:
    """What is wrong with what a map comes to, in words."""
    found, given = [], best_of(of)
    told = {row.key: row for row in answer.rows}
    for row in of.outcomes:
        fault = _row_fault(of, row, row.key in told)
        if fault:
            found.append(f"{row.key} {fault}")
        elif row.key in told and not _same(told[row.key].present, present_of(row, given)):
            found.append(f"{row.key} is worth {float(present_of(row, given)):.6f}")
    if len(answer.rows) + len(answer.left_out) != len(of.outcomes):
        found.append("a row is neither counted nor listed as left out")
    true = ratio_of(of, given)
    if answer.ratio is None:
        if true is not None and of.counted and not answer.uncounted:
            found.append("there is a ratio")
    elif true is None or not _same(answer.ratio, true):
        found.append(f"the ratio is {true}")
    if answer.ratio is not None and answer.uncounted:
        found.append("an input is unknown, and yet there is a ratio")
    return found


def _row_fault(of: ValueMap, row: Outcome, counted: bool) -> str:
    """Whether a row is in the ratio though something is missing, or left out though nothing is."""
    needed = [row.deadweight, row.displacement, row.attribution]
    needed += [row.drop_off] if row.years > 1 else []
    optional = [one for one in (row.leakage, row.substitution) if one is not None]
    complete = (
        row.quantity is not None
        and row.price is not None
        and all(share is not None for share in needed)
        and all(
            share is None or share.figure.best != 0 or share.reason.strip()
            for share in [*needed, *optional]
        )
    )
    price = row.price
    currency = price is None or price.in_currency in ("", of.currency)
    year = price is None or price.in_year in (None, of.price_year)
    group = next(one for one in of.stakeholders if one.key == row.stakeholders)
    belongs = group.included and row.material and row.looks in (None, of.looks)
    should = bool(complete and currency and year and belongs)
    if should == counted:
        return ""
    return "should be counted" if should else "should not be counted"


def tornado_faults(of: ValueMap, answer: Sequence[Bar]) -> list[str]:
    """What is wrong with a tornado: a bar missing, a ratio wrong, the order."""
    found, given = [], best_of(of)
    for bar in answer:
        for end, told in ((bar.low, bar.at_low), (bar.high, bar.at_high)):
            true = ratio_of(of, {**given, _place(bar.field): Fraction(end)})
            if true is None or not _same(told, true):
                found.append(f"with {bar.field} at {end} the ratio is {true}")
    spreads = [abs(bar.at_high - bar.at_low) for bar in answer]
    if any(one < other for one, other in pairwise(spreads)):
        found.append("a wider bar stands below a narrower one")
    shown = {bar.field for bar in answer}
    for field, figure in of.figures.items():
        ends = [
            ratio_of(of, {**given, _place(field): Fraction(end)})
            for end in (figure.low, figure.high)
        ]
        if figure.low != figure.high and field not in shown and None not in ends:
            found.append(f"{field} has no bar")
    return found


def scenario_faults(of: ValueMap, answer: Range | None) -> list[str]:
    """What is wrong with a range, against every combination of ends (of at most twelve)."""
    ratios = list(_corner_ratios(of))
    if any(ratio is None for ratio in ratios) or not of.counted:
        return [] if answer is None else ["there is no range"]
    if answer is None:
        return ["there is a range"]
    known = [ratio for ratio in ratios if ratio is not None]
    found = []
    if not _same(answer.low, min(known)):
        found.append(f"the lowest is {float(min(known)):.6f}")
    if not _same(answer.high, max(known)):
        found.append(f"the highest is {float(max(known)):.6f}")
    return found


def _corner_ratios(of: ValueMap) -> Iterator[Fraction | None]:
    ranges = {field: figure for field, figure in of.figures.items() if figure.low != figure.high}
    if 2 ** len(ranges) > MOST_CORNERS:
        raise ValueError("too many figures have a range to try everything")
    given = best_of(of)
    yield ratio_of(of, given)
    for corner in product(*((figure.low, figure.high) for figure in ranges.values())):
        ends = {_place(field): Fraction(end) for field, end in zip(ranges, corner)}
        yield ratio_of(of, {**given, **ends})


def break_even_faults(of: ValueMap, answer: Sequence[BreakEven]) -> list[str]:
    """What is wrong with break-evens: put back, they must bring the ratio to 1; where there is
    said to be none, both ends of what is possible must lie on one side of it."""
    found, given = [], best_of(of)
    rows = {row.key: row for row in of.counted}
    for one in answer:
        row = rows[one.outcome]
        if one.value is not None:
            true = _ratio_with(of, given, row, one.name, Fraction(one.value))
            if true is None or abs(true - 1) > CLOSE * 10**10:
                found.append(f"{one.outcome} at {one.name} {one.value} has the ratio {true}")
        elif _crosses_one(of, given, row, one):
            found.append(f"{one.outcome} could break even by its {one.name}")
    return found


def _ratio_with(
    of: ValueMap, given: Given, row: Outcome, name: str, value: Fraction
) -> Fraction | None:
    """The ratio with one figure of one row changed, a shared price for this row alone."""
    assert row.price is not None
    place = ("price", row.price.key, "value") if name == "price" else ("outcome", row.key, name)
    whole = ratio_of(of, given)
    invested = sum((put_in(one, given) for one in of.invested), Fraction(0))
    if whole is None:
        return None
    change = present_of(row, {**given, place: value}) - present_of(row, given)
    return whole + change / invested


def _crosses_one(of: ValueMap, given: Given, row: Outcome, one: BreakEven) -> bool:
    """Whether some possible value lies beyond 1 and another does not."""
    # A share may be anything from nothing to all; an amount anything of its own sign.
    far = Fraction(1) if one.name not in ("quantity", "price") else Fraction(one.now) * 10**9
    ends = [_ratio_with(of, given, row, one.name, end) for end in (Fraction(0), far)]
    sides = {None if end is None else (end > 1) - (end < 1) for end in ends}
    return sides == {-1, 1}


def payback_faults(of: ValueMap, answer: Payback) -> list[str]:
    """What is wrong with a payback: months are counted one by one."""
    given = best_of(of)
    invested = sum((put_in(one, given) for one in of.invested), Fraction(0))
    flows = _yearly_present(of, given)
    if not invested or not of.counted or any(of.why_not_counted(one) for one in _below(of)):
        good = answer.simple is None and answer.discounted is None
        return [] if good else ["there is no payback"]
    true, reached = None, Fraction(0)
    for month in range(1, 12 * len(flows) + 1):
        reached += flows[(month - 1) // 12] / 12
        if reached >= invested:
            true = month
            break
    return [] if answer.discounted == true else [f"discounted, it is {true} months"]


def _below(of: ValueMap) -> list[Input]:
    return [one for one in of.inputs if of.inputs_basis.counts(one.kind)]


def _yearly_present(of: ValueMap, given: Given) -> list[Fraction]:
    """Present value by year, each year of a row as the difference that it makes."""
    years = max((row.years + (row.start is Timing.AFTER) for row in of.counted), default=0)
    flows = [Fraction(0)] * years
    for row in of.counted:
        assert row.price is not None
        first = 1 if row.start is Timing.AFTER else 0
        whole = present_of(row, given)
        kept = 1 - given.get(("outcome", row.key, "drop_off"), Fraction(0))
        weights = [(kept / (1 + given[RATE])) ** at for at in range(row.years)]
        for at, weight in enumerate(weights):
            flows[first + at] += whole * weight / sum(weights)
    return flows


def draws_faults(of: ValueMap, answer: Draws) -> list[str]:
    """What is wrong with draws, for maps whose prices are not shared, whose drop-offs and rate are
    certain, and whose inputs are: there the mean and the spread of the ratio are known exactly.

    Six standard errors are allowed, and the band must lie as the mean and spread say, roughly.
    """
    given = best_of(of)
    invested = float(sum((put_in(one, given) for one in of.invested), Fraction(0)))
    mean = square = 0.0
    for row in of.counted:
        first, second = _moments_of_row(of, row, given)
        mean += first / invested
        square += (second - first**2) / invested**2
    spread = math.sqrt(max(square, 0.0))
    found = []
    if abs(answer.mean - mean) > 6 * spread / math.sqrt(answer.number) + 1e-9 * abs(mean):
        found.append(f"the mean is {mean:.6f}")
    low, high = answer.band
    if not mean - 3 * spread - 1e-9 <= low <= answer.median <= high <= mean + 3 * spread + 1e-9:
        found.append("the band lies elsewhere")
    if spread and not 1.5 * spread <= high - low <= 3.2 * spread:
        found.append(f"the band is {high - low:.6f} wide with a spread of {spread:.6f}")
    if int(answer.counts.sum()) != answer.number:
        found.append("the histogram does not hold every draw")
    return found


def _moments_of_row(of: ValueMap, row: Outcome, given: Given) -> tuple[float, float]:
    """Mean of a row's present value and of its square: figures are independent, so both are
    products, over what the row is worth for each unit of the product of its figures."""
    assert row.price is not None
    assert row.quantity is not None
    triangles = [row.quantity, row.price.value]
    first = second = 1.0
    for figure in triangles:
        a, b = _moments(float(figure.low), float(figure.best), float(figure.high))
        first, second = first * a, second * b
    for _, share in row.shares:
        figure = share.figure
        a, b = _moments(1 - float(figure.high), 1 - float(figure.best), 1 - float(figure.low))
        first, second = first * a, second * b
    ones = {("outcome", row.key, "quantity"): Fraction(1)}
    ones[("price", row.price.key, "value")] = Fraction(1)
    ones |= {("outcome", row.key, name): Fraction(0) for name, _ in row.shares}
    unit = float(present_of(row, {**given, **ones}))
    return first * unit, second * unit**2


def _moments(low: float, best: float, high: float) -> tuple[float, float]:
    """Mean of a triangle and of its square.

    >>> _moments(0.0, 0.0, 1.0)
    (0.3333333333333333, 0.16666666666666666)
    """
    pairs = low * low + best * best + high * high + low * best + low * high + best * high
    return (low + best + high) / 3, pairs / 6


def _place(field: Field) -> tuple[str, str, str]:
    return field.of, field.key, field.name


def _same(told: object, true: Fraction) -> bool:
    return abs(Fraction(str(told)) - true) <= CLOSE * max(Fraction(1), abs(true))
