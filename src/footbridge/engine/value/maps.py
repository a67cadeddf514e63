"""The value map: who put in what, what changed for whom, and how much of it is ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from footbridge.engine.value.figures import ONE, ZERO, Figure, Share, said
from footbridge.engine.value.prices import Price

LONGEST: Final = 100
"""Years that an outcome may last."""
MOST_ON_BOTH_SIDES: Final = 6


class Timing(StrEnum):
    """When an outcome's first year is."""

    DURING = "during"  # the period itself: its first flow is not discounted
    AFTER = "after"  # the year after: its first flow is discounted once


class Looks(StrEnum):
    """Whether figures foretell or have been seen; one ratio is of one kind."""

    FORECAST = "forecast"
    EVALUATIVE = "evaluative"


class InputKind(StrEnum):
    """What somebody put in."""

    CASH = "cash"
    STAFF_TIME = "staff_time"
    VOLUNTEER_TIME = "volunteer_time"
    GOODS = "goods"


class InputsBasis(StrEnum):
    """Which inputs stand below the line: all of them, unless a report says otherwise and why."""

    ALL = "all"
    WITHOUT_VOLUNTEERS = "without_volunteers"
    CASH_ONLY = "cash_only"

    def counts(self, kind: InputKind) -> bool:
        if self is InputsBasis.CASH_ONLY:
            return kind is InputKind.CASH
        return self is InputsBasis.ALL or kind is not InputKind.VOLUNTEER_TIME


class Why(StrEnum):
    """Why an outcome is not in the ratio, or an input cannot be counted."""

    NO_QUANTITY = "no_quantity"
    NO_PRICE = "no_price"
    NO_DEADWEIGHT = "no_deadweight"
    NO_DISPLACEMENT = "no_displacement"
    NO_ATTRIBUTION = "no_attribution"
    NO_DROP_OFF = "no_drop_off"
    ZERO_WITHOUT_REASON = "zero_without_reason"
    STAKEHOLDER_EXCLUDED = "stakeholder_excluded"
    NOT_MATERIAL = "not_material"
    OTHER_KIND = "other_kind"  # a forecast in an evaluation, or the other way round
    OTHER_CURRENCY = "other_currency"
    OTHER_YEAR = "other_year"


@dataclass(frozen=True, slots=True)
class Stakeholders:
    """A group of people; who is left out is left out with a reason."""

    key: str
    name: str = ""
    size: int | None = None
    asked: int | None = None  # how many took part in finding out what changed
    included: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """Somebody's money, hours or goods: so many units at a price each."""

    key: str
    stakeholders: str
    kind: InputKind
    quantity: Figure | None
    price: Price | None
    source: str = ""

    def __post_init__(self) -> None:
        if self.quantity is not None and self.quantity.low < ZERO:
            raise ValueError("an input is 0 or more")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changed for a group, for how many, for how long, and how much of that is ours.

    quantity      negative for a harm
    deadweight    what would have happened anyway
    displacement  what was only moved from somewhere else
    attribution   what others caused: their share, not ours
    drop_off      what is lost from one year to the next; not asked of what lasts one year
    leakage, substitution  of regional accounts; where they are missing they are not asked
    """

    key: str
    stakeholders: str
    quantity: Figure | None
    price: Price | None
    deadweight: Share | None = None
    displacement: Share | None = None
    attribution: Share | None = None
    drop_off: Share | None = None
    leakage: Share | None = None
    substitution: Share | None = None
    start: Timing = Timing.DURING
    years: int = 1
    intended: bool = True
    material: bool = True
    looks: Looks | None = None
    description: str = ""
    indicator: str = ""
    how_measured: str = ""
    sample_size: int | None = None
    reason: str = ""  # why it is, or is not, material

    def __post_init__(self) -> None:
        if isinstance(self.years, bool) or not 1 <= self.years <= LONGEST:
            raise ValueError(f"an outcome lasts 1 to {LONGEST} whole years, not {self.years}")

    @property
    def shares(self) -> Iterator[tuple[str, Share]]:
        """Every share that lessens it in each year, by name; without drop-off."""
        for name in LESSENING:
            share = getattr(self, name)
            if share is not None:
                yield name, share

    @property
    def is_harm(self) -> bool:
        """Whether it makes things worse."""
        return self.quantity is not None and self.quantity.best < ZERO


ASKED: Final = ("deadweight", "displacement", "attribution")
LESSENING: Final = (*ASKED, "leakage", "substitution")


@dataclass(frozen=True, order=True, slots=True)
class Field:
    """One figure of a map: whose (`map`, `input`, `outcome`, `price`), its key, its name."""

    of: str
    key: str
    name: str


RATE: Final = Field("map", "", "discount_rate")


@dataclass(frozen=True)
class ValueMap:
    """One partnership's, one period's.

    discount_rate  real, a year; 0.035 unless said otherwise
    perspective    whose inputs and outcomes these are

    ValueError where two things have one key, where a row names stakeholders that are not here, or
    where one price is given twice with different contents.
    """

    outcomes: tuple[Outcome, ...]
    inputs: tuple[Input, ...]
    stakeholders: tuple[Stakeholders, ...]
    discount_rate: Figure = field(default_factory=lambda: Figure.of("0.035"))
    looks: Looks = Looks.EVALUATIVE
    inputs_basis: InputsBasis = InputsBasis.ALL
    inputs_basis_reason: str = ""
    currency: str = ""
    price_year: int | None = None
    period_start: str = ""
    period_end: str = ""
    perspective: str = ""

    def __post_init__(self) -> None:
        if not -ONE < self.discount_rate.low <= self.discount_rate.high <= ONE:
            raise ValueError(
                f"a discount rate lies above -1 and up to 1, not {said(self.discount_rate.best)}"
            )
        _no_key_twice([row.key for row in self.outcomes])
        _no_key_twice([given.key for given in self.inputs])
        _no_key_twice([group.key for group in self.stakeholders])
        known = {group.key for group in self.stakeholders}
        for row in self._rows:
            if row.stakeholders not in known:
                raise ValueError(f"{row.key!r} names stakeholders that are not in the map")
        if len(self.prices_on_both_sides) > MOST_ON_BOTH_SIDES:
            raise ValueError(f"more than {MOST_ON_BOTH_SIDES} prices are of inputs and of outcomes")

    @property
    def _rows(self) -> tuple[Outcome | Input, ...]:
        return (*self.outcomes, *self.inputs)

    @cached_property
    def prices(self) -> Mapping[str, Price]:
        """Each price once, in the order of the rows."""
        found: dict[str, Price] = {}
        for row in self._rows:
            if row.price is not None and found.setdefault(row.price.key, row.price) != row.price:
                raise ValueError(f"there are two prices called {row.price.key!r}")
        return found

    @property
    def prices_on_both_sides(self) -> tuple[str, ...]:
        """Keys of prices that outcomes share with inputs, such as an hour's."""
        above = {row.price.key for row in self.outcomes if row.price is not None}
        below = {given.price.key for given in self.inputs if given.price is not None}
        return tuple(key for key in self.prices if key in above & below)

    @cached_property
    def groups(self) -> Mapping[str, Stakeholders]:
        return {group.key: group for group in self.stakeholders}

    def why_not(self, row: Outcome) -> tuple[Why, ...]:
        """Why an outcome is not in the ratio; nothing where it is.

        What is missing is not nought: without a share the row is left out and listed.
        """
        return (*self._not_ours(row), *_missing(row), *self._not_comparable(row.price))

    def why_not_counted(self, given: Input) -> tuple[Why, ...]:
        """Why an input cannot be counted; then there is no ratio, for it would be too high."""
        missing = [Why.NO_QUANTITY] if given.quantity is None else []
        missing += [Why.NO_PRICE] if given.price is None else []
        return (*missing, *self._not_comparable(given.price))

    def _not_ours(self, row: Outcome) -> Iterator[Why]:
        if not self.groups[row.stakeholders].included:
            yield Why.STAKEHOLDER_EXCLUDED
        if not row.material:
            yield Why.NOT_MATERIAL
        if row.looks not in (None, self.looks):
            yield Why.OTHER_KIND

    def _not_comparable(self, price: Price | None) -> Iterator[Why]:
        if price is None:
            return
        if price.in_currency not in ("", self.currency):
            yield Why.OTHER_CURRENCY
        if price.in_year is not None and price.in_year != self.price_year:
            yield Why.OTHER_YEAR

    @cached_property
    def counted(self) -> tuple[Outcome, ...]:
        """The outcomes in the ratio, in their order."""
        return tuple(row for row in self.outcomes if not self.why_not(row))

    @cached_property
    def invested(self) -> tuple[Input, ...]:
        """The inputs below the line, in their order."""
        return tuple(
            given
            for given in self.inputs
            if self.inputs_basis.counts(given.kind) and not self.why_not_counted(given)
        )

    @cached_property
    def figures(self) -> Mapping[Field, Figure]:
        """Every figure that the ratio rests on, by field, each once: rows in their order, then
        inputs, then the discount rate."""
        found: dict[Field, Figure] = {}
        for row in self.counted:
            found.update(figures_of_row(row))
        for given in self.invested:
            found.update(figures_of_input(given))
        found[RATE] = self.discount_rate
        return found

    @cached_property
    def uncertain(self) -> Mapping[Field, Figure]:
        """The figures that could be lower or higher."""
        return {at: figure for at, figure in self.figures.items() if not figure.is_certain}


def figures_of_row(row: Outcome) -> Iterator[tuple[Field, Figure]]:
    """The figures of an outcome that is in the ratio."""
    assert row.quantity is not None
    assert row.price is not None
    yield Field("outcome", row.key, "quantity"), row.quantity
    yield Field("price", row.price.key, "value"), row.price.value
    for name, share in row.shares:
        yield Field("outcome", row.key, name), share.figure
    if row.years > 1:
        assert row.drop_off is not None
        yield Field("outcome", row.key, "drop_off"), row.drop_off.figure


def figures_of_input(given: Input) -> Iterator[tuple[Field, Figure]]:
    """The figures of an input that can be counted."""
    assert given.quantity is not None
    assert given.price is not None
    yield Field("input", given.key, "quantity"), given.quantity
    yield Field("price", given.price.key, "value"), given.price.value


def _missing(row: Outcome) -> Iterator[Why]:
    if row.quantity is None:
        yield Why.NO_QUANTITY
    if row.price is None:
        yield Why.NO_PRICE
    asked = (*ASKED, "drop_off") if row.years > 1 else ASKED
    for name in asked:
        if getattr(row, name) is None:
            yield Why(f"no_{name}")
    given = [getattr(row, name) for name in (*asked, "leakage", "substitution")]
    if any(share is not None and share.is_unexplained_zero for share in given):
        yield Why.ZERO_WITHOUT_REASON


def _no_key_twice(keys: list[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"the key {key!r} is given twice")
        seen.add(key)


Settings = Mapping[Field, Decimal]
"""Figures that differ from the best, by field."""
