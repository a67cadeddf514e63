"""What one unit is worth or costs, in which currency and of which year, and how it got there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from footbridge.engine.value.figures import ZERO, Figure


class Technique(StrEnum):
    """How a price was found for what has none."""

    MARKET_PRICE = "market_price"
    AVOIDED_COST = "avoided_cost"  # of a public service
    REVEALED = "revealed"  # what people pay or give up for it
    STATED = "stated"  # what people say they would pay
    WELLBEING = "wellbeing"


class Move(StrEnum):
    """Why an amount was multiplied."""

    EXCHANGE = "exchange"  # into another currency
    PRICES = "prices"  # to another year's prices


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One multiplication of a price: by a rate of exchange or an index, at a stored date.

    to  the currency or the year that is reached
    """

    move: Move
    factor: Decimal
    to: str
    on: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if not self.factor > ZERO:
            raise ValueError("a price is multiplied by more than 0")
        if self.move is Move.PRICES and not self.to.isdecimal():
            raise ValueError(f"prices are brought to a year, not to {self.to!r}")


@dataclass(frozen=True, slots=True)
class Price:
    """The value of one unit.

    Rows that name the same `key` share the price: where it varies, it varies for all of them.
    `covers` says what is already in it ("health services"), so that counting twice is noticed.
    ValueError for less than nothing: a harm is a negative quantity.
    """

    key: str
    value: Figure
    unit: str = ""
    currency: str = ""
    year: int | None = None
    technique: Technique | None = None
    geography: str = ""
    source: str = ""
    licence: str = ""
    added_by: str = ""
    reviewed_by: str = ""
    covers: tuple[str, ...] = ()
    adjusted: tuple[Adjustment, ...] = ()

    def __post_init__(self) -> None:
        if self.value.low < ZERO:
            raise ValueError("a price is 0 or more; a harm is a negative quantity")

    @property
    def factor(self) -> Decimal:
        """All adjustments multiplied."""
        product = Decimal(1)
        for one in self.adjusted:
            product *= one.factor
        return product

    @property
    def in_currency(self) -> str:
        """The currency after all adjustments."""
        reached = [one.to for one in self.adjusted if one.move is Move.EXCHANGE]
        return reached[-1] if reached else self.currency

    @property
    def in_year(self) -> int | None:
        """The price year after all adjustments."""
        reached = [int(one.to) for one in self.adjusted if one.move is Move.PRICES]
        return reached[-1] if reached else self.year
