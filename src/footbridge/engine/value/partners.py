"""Whose it is: what one partner gets out of it, and how a result is divided among partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from footbridge.engine.value.figures import ONE, ZERO, Numeral, exact, number, printed


@exact
def divide(worth: Decimal, shares: Mapping[str, Numeral]) -> dict[str, Decimal]:
    """A partnership's own worth among its partners: worth · share of each.

    `worth` is what is left after the share of outsiders was taken away (attribution), so that
    partners divide only what is theirs and together claim no more than all of it. ValueError
    unless every share lies between 0 and 1 and together they are exactly 1.

    >>> divide(Decimal(214200), {"bakery": "0.25", "food bank": "0.75"})
    {'bakery': Decimal('53550.00'), 'food bank': Decimal('160650.00')}
    """
    parts = {key: number(share) for key, share in shares.items()}
    if any(not ZERO <= share <= ONE for share in parts.values()):
        raise ValueError("a partner's share lies between 0 and 1")
    if sum(parts.values(), ZERO) != ONE:
        raise ValueError("the partners' shares must be exactly 1 together")
    return {key: worth * share for key, share in parts.items()}


@exact
def divide_total(
    total: Numeral, outsiders: Numeral, shares: Mapping[str, Numeral]
) -> dict[str, Decimal]:
    """A whole result: first what others caused goes, then partners divide the rest.

    >>> divide_total(1000, "0.3", {"a": "0.5", "b": "0.5"})
    {'a': Decimal('350.00'), 'b': Decimal('350.00')}
    """
    away = number(outsiders)
    if not ZERO <= away <= ONE:
        raise ValueError("the outsiders' share lies between 0 and 1")
    return divide(number(total) * (ONE - away), shares)


@exact
def printed_parts(parts: Mapping[str, Decimal], places: int = 2) -> dict[str, Decimal]:
    """Parts rounded for print so that they sum to their rounded total.

    All are rounded down; what is left goes, a last digit each, to who lost most, then to who
    comes first.

    >>> printed_parts({"a": Decimal(100) / 3, "b": Decimal(100) / 3, "c": Decimal(100) / 3})
    {'a': Decimal('33.34'), 'b': Decimal('33.33'), 'c': Decimal('33.33')}
    """
    step = ONE.scaleb(-places)
    down = {key: (value // step - (value % step < ZERO)) * step for key, value in parts.items()}
    left = printed(sum(parts.values(), ZERO), places) - sum(down.values(), ZERO)
    lost = sorted(parts, key=lambda key: down[key] - parts[key])
    for key in lost[: int(left / step)]:
        down[key] += step
    return {key: printed(value, places) for key, value in down.items()}


@dataclass(frozen=True, slots=True)
class Business:
    """What a partnership brings one partner and costs them, in the same period.

    turnover      more of it than without the partnership; counted at `gross_margin` only
    other_gains   money saved or earned that is no turnover (a post filled without an agency)
    hours         staff hours at `hourly_cost`
    """

    turnover: Decimal
    gross_margin: Decimal
    other_gains: Decimal
    money: Decimal
    hours: Decimal
    hourly_cost: Decimal

    def __post_init__(self) -> None:
        if not ZERO <= self.gross_margin <= ONE:
            raise ValueError("a gross margin lies between 0 and 1")
        if min(self.money, self.hours, self.hourly_cost) < ZERO:
            raise ValueError("costs are 0 or more")

    @classmethod
    def of(
        cls,
        *,
        turnover: Numeral = 0,
        gross_margin: Numeral = 0,
        other_gains: Numeral = 0,
        money: Numeral = 0,
        hours: Numeral = 0,
        hourly_cost: Numeral = 0,
    ) -> Business:
        """From numbers as they are written."""
        given = (turnover, gross_margin, other_gains, money, hours, hourly_cost)
        return cls(*(number(one) for one in given))


@dataclass(frozen=True, slots=True)
class Return:
    """What came of it; `roi` is None where nothing was spent."""

    benefit: Decimal
    cost: Decimal
    net: Decimal
    roi: Decimal | None


@exact
def business_return(of: Business) -> Return:
    """ROI = (benefit − cost) / cost, benefit at gross margin, cost with staff hours.

    >>> found = business_return(Business.of(
    ...     turnover=20000, gross_margin="0.35", other_gains=1000, money=2000, hours=80,
    ...     hourly_cost=25))
    >>> found.benefit, found.cost, found.roi
    (Decimal('8000.00'), Decimal('4000'), Decimal('1.00'))
    """
    benefit = of.turnover * of.gross_margin + of.other_gains
    cost = of.money + of.hours * of.hourly_cost
    net = benefit - cost
    return Return(benefit, cost, net, net / cost if cost > ZERO else None)


@dataclass(frozen=True, slots=True)
class Impacts:
    """Gross impacts, and the shares of them that leak away, were only moved, or push others out."""

    gross: Decimal
    leakage: Decimal = ZERO
    displacement: Decimal = ZERO
    substitution: Decimal = ZERO
    multiplier: Decimal = ONE

    def __post_init__(self) -> None:
        for share in (self.leakage, self.displacement, self.substitution):
            if not ZERO <= share <= ONE:
                raise ValueError("a share lies between 0 and 1")
        if self.multiplier < ZERO:
            raise ValueError("a multiplier is 0 or more")

    @classmethod
    def of(
        cls,
        gross: Numeral,
        leakage: Numeral = 0,
        displacement: Numeral = 0,
        substitution: Numeral = 0,
        multiplier: Numeral = 1,
    ) -> Impacts:
        """From numbers as they are written."""
        given = (gross, leakage, displacement, substitution, multiplier)
        return cls(*(number(one) for one in given))

    @property
    def net(self) -> Decimal:
        """gross · (1 − leakage) · (1 − displacement) · (1 − substitution) · multiplier"""
        kept = (ONE - self.leakage) * (ONE - self.displacement) * (ONE - self.substitution)
        return self.gross * kept * self.multiplier


@exact
def additional(intervention: Impacts, reference: Impacts) -> Decimal:
    """What there is more of than in the reference case, as regional accounts of the UK count it.

    AI = GI (1 − L)(1 − Dp)(1 − S) M − GI* (1 − L*)(1 − Dp*)(1 − S*) M*, where * is what would
    have happened anyway (deadweight). It may be negative.

    >>> additional(Impacts.of(100, "0.1", "0.25", "0.2", "1.5"), Impacts.of(20, "0.1"))
    Decimal('63.00000')
    """
    return intervention.net - reference.net
