"""What a value map comes to: present value of each row and year, and the ratio.

For an outcome with quantity q, price p, lasting D years and starting with year s (0 during the
period, 1 after it), at discount rate r:

    gross   G   = q · p
    impact  I   = G · (1 − deadweight) · (1 − displacement) · (1 − attribution) …
    flow    F_k = I · (1 − drop-off)^k            k = 0 … D − 1
    present PV  = Σ F_k / (1 + r)^(k + s)

    ratio = Σ PV / X      net present value = Σ PV − X      net ratio = (Σ PV − X) / X

X is what was put in: every input, volunteers' hours included, unless the map says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from footbridge.engine.value.figures import ONE, ZERO, Figure, exact
from footbridge.engine.value.maps import (
    RATE,
    Field,
    Input,
    InputKind,
    Outcome,
    Settings,
    Timing,
    ValueMap,
    Why,
)


@dataclass(frozen=True, slots=True)
class Year:
    """One year of one outcome: `at` years after the period, its flow, what that is worth now."""

    at: int
    flow: Decimal
    present: Decimal


@dataclass(frozen=True, slots=True)
class RowWorth:
    """What one outcome comes to."""

    key: str
    gross: Decimal
    impact: Decimal
    years: tuple[Year, ...]
    present: Decimal


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not in the ratio, or an input that cannot be counted, and why."""

    key: str
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class InputWorth:
    """What one input comes to; whether it stands below the line on the map's basis."""

    key: str
    kind: InputKind
    amount: Decimal
    counted: bool


class NoRatio(StrEnum):
    """Why there is no ratio."""

    NOTHING_PUT_IN = "nothing_put_in"
    INPUT_UNKNOWN = "input_unknown"  # some input cannot be counted, so the ratio would be too high
    NO_OUTCOMES = "no_outcomes"


@dataclass(frozen=True, slots=True)
class Worth:
    """What a map comes to. `ratio` is None where `no_ratio` says why."""

    rows: tuple[RowWorth, ...]
    left_out: tuple[LeftOut, ...]
    inputs: tuple[InputWorth, ...]
    uncounted: tuple[LeftOut, ...]
    invested: Decimal
    impact: Decimal
    present: Decimal
    net_present: Decimal
    ratio: Decimal | None
    net_ratio: Decimal | None
    no_ratio: NoRatio | None


@exact
def worth(of: ValueMap, at: Settings | None = None) -> Worth:
    """What a map comes to, with its best figures or those given for some fields.

    Exact to the printed digit: decimal arithmetic with fifty digits, rounded when printed. No
    outcome can be counted, nothing was put in, or an input is not known: no ratio, and why.
    ValueError for a field that the map does not have.

    >>> from footbridge.engine.value import Figure, Input, InputKind, Outcome, Price, Share
    >>> from footbridge.engine.value import Stakeholders, ValueMap, printed, worth
    >>> found = worth(ValueMap(
    ...     outcomes=(Outcome(
    ...         "work", "people", Figure.of(60), Price("year of work", Figure.of(8500)),
    ...         deadweight=Share.of("0.4"), displacement=Share.of(0, reason="a growing town"),
    ...         attribution=Share.of("0.3"), drop_off=Share.of("0.3"), years=2),),
    ...     inputs=(Input("grant", "funder", InputKind.CASH, Figure.of(1),
    ...                   Price("grant", Figure.of(250000))),),
    ...     stakeholders=(Stakeholders("people"), Stakeholders("funder")),
    ... ))
    >>> printed(found.rows[0].impact, 0), printed(found.present, 0), printed(found.ratio)
    (Decimal('214200'), Decimal('359070'), Decimal('1.44'))
    """
    chosen = _chosen(of, at or {})
    rows = tuple(row_worth(row, chosen) for row in of.counted)
    left = tuple(LeftOut(row.key, why) for row in of.outcomes if (why := of.why_not(row)))
    inputs, uncounted = _inputs(of, chosen)
    invested = sum((one.amount for one in inputs if one.counted), ZERO)
    present = sum((row.present for row in rows), ZERO)
    none = _no_ratio(invested, uncounted, rows)
    return Worth(
        rows,
        left,
        inputs,
        uncounted,
        invested,
        impact=sum((row.impact for row in rows), ZERO),
        present=present,
        net_present=present - invested,
        ratio=None if none else present / invested,
        net_ratio=None if none else (present - invested) / invested,
        no_ratio=none,
    )


def _chosen(of: ValueMap, at: Settings) -> Mapping[Field, Decimal]:
    unknown = [field for field in at if field not in of.figures]
    if unknown:
        raise ValueError(f"the map has no figure {unknown[0]}")
    return {field: at.get(field, figure.best) for field, figure in of.figures.items()}


def row_worth(row: Outcome, chosen: Mapping[Field, Decimal]) -> RowWorth:
    """What one outcome that is in the ratio comes to with these figures."""
    assert row.price is not None
    quantity = chosen[Field("outcome", row.key, "quantity")]
    gross = quantity * chosen[Field("price", row.price.key, "value")] * row.price.factor
    impact = gross
    for name, _ in row.shares:
        impact *= ONE - chosen[Field("outcome", row.key, name)]
    years = _years(row, impact, chosen)
    return RowWorth(row.key, gross, impact, years, sum((year.present for year in years), ZERO))


def _years(row: Outcome, impact: Decimal, chosen: Mapping[Field, Decimal]) -> tuple[Year, ...]:
    kept = ONE - chosen.get(Field("outcome", row.key, "drop_off"), ZERO)
    grown = ONE + chosen[RATE]
    first = 1 if row.start is Timing.AFTER else 0
    flow, found = impact, []
    for at in range(first, first + row.years):
        found.append(Year(at, flow, flow / grown**at))
        flow *= kept
    return tuple(found)


def _inputs(
    of: ValueMap, chosen: Mapping[Field, Decimal]
) -> tuple[tuple[InputWorth, ...], tuple[LeftOut, ...]]:
    """Amounts of all inputs that can be counted, and those below the line that cannot."""
    known, unknown = [], []
    for given in of.inputs:
        below = of.inputs_basis.counts(given.kind)
        why = of.why_not_counted(given)
        if not why:
            known.append(InputWorth(given.key, given.kind, amount(given, chosen), below))
        elif below:
            unknown.append(LeftOut(given.key, why))
    return tuple(known), tuple(unknown)


def amount(given: Input, chosen: Mapping[Field, Decimal]) -> Decimal:
    """What one input that can be counted comes to; figures that are not chosen are the best."""
    assert given.quantity is not None
    assert given.price is not None
    quantity = _of(chosen, Field("input", given.key, "quantity"), given.quantity)
    price = _of(chosen, Field("price", given.price.key, "value"), given.price.value)
    return quantity * price * given.price.factor


def _of(chosen: Mapping[Field, Decimal], field: Field, figure: Figure) -> Decimal:
    return chosen.get(field, figure.best)


def _no_ratio(
    invested: Decimal, uncounted: tuple[LeftOut, ...], rows: tuple[RowWorth, ...]
) -> NoRatio | None:
    if uncounted:
        return NoRatio.INPUT_UNKNOWN
    if invested == ZERO:
        return NoRatio.NOTHING_PUT_IN
    return None if rows else NoRatio.NO_OUTCOMES
