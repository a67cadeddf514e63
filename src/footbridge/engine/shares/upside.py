"""What one side is paid as things go well or badly: fee, royalty, bonus, equity, upside.

An agreement is made before anybody knows what will come. Each option says what it pays in each
year of a scenario; `compare` lays them side by side, so that two partners see where an option pays
nothing, where it pays most, and what it rests on. Amounts are exact; each payment is rounded to the
cent. What is fair is not computed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import ClassVar, Protocol

from footbridge.engine.shares.money import Amount, a_share, exact, rounded

Payments = tuple[Decimal, ...]
"""One amount for each year of the scenario."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """How things may go, year by year; years are counted from 0.

    revenue  for each year, of the products that the agreement covers
    surplus  for each year, what is left of it after costs (may be negative); empty: not known
    worth    what the venture is worth at the end, or when it is sold
    chance   how likely, as a weight; None where nobody dares to say
    ends     the last year in which the partnership runs; None: it goes on
    sold     the year in which control changes hands; None: it does not
    """

    revenue: Sequence[Amount]
    surplus: Sequence[Amount] = ()
    worth: Amount = 0
    chance: Amount | None = None
    ends: int | None = None
    sold: int | None = None

    def __post_init__(self) -> None:
        if not self.revenue:
            raise ValueError("a scenario has at least one year")
        if len(self.surplus) not in (0, len(self.revenue)):
            raise ValueError(
                f"surplus is given for {len(self.surplus)} years, revenue for {len(self.revenue)}"
            )
        for year, amount in enumerate(self.revenue):
            exact(amount, f"revenue of year {year}")
        for year, amount in enumerate(self.surplus):
            exact(amount, f"surplus of year {year}", least=None)
        exact(self.worth, "worth")
        if self.chance is not None:
            exact(self.chance, "chance")
        for name, at in (("ends", self.ends), ("sold", self.sold)):
            if at is not None and not 0 <= at < len(self.revenue):
                raise ValueError(f"{name} is {at}: years run from 0 to {len(self.revenue) - 1}")

    @property
    def years(self) -> int:
        """How many years it tells of."""
        return len(self.revenue)

    def earned(self) -> list[Fraction]:
        """Revenue of each year, exact."""
        return [exact(amount, "revenue") for amount in self.revenue]

    def left(self) -> list[Fraction]:
        """Surplus of each year, exact; ValueError where it is not known."""
        if not self.surplus:
            raise ValueError("this option shares the surplus, and the scenario does not tell it")
        return [exact(amount, "surplus", least=None) for amount in self.surplus]

    def runs(self, year: int, tail: int | None = 0) -> bool:
        """Whether the partnership, or its tail of so many years, still runs; None: for ever."""
        return self.ends is None or tail is None or year <= self.ends + tail


class Option(Protocol):
    """A way of paying one side.

    to_purpose  the money goes into the common purpose, to nobody's own account
    """

    @property
    def to_purpose(self) -> bool: ...

    def paid(self, scenario: Scenario, places: int = 2) -> Payments:
        """What is paid in each year of a scenario."""


@dataclass(frozen=True, slots=True)
class Fee:
    """So much each year while the partnership runs, and so much at the start: whatever comes.

    >>> [str(paid) for paid in Fee(each_year=500, once=1000).paid(Scenario([0, 0, 0], ends=1))]
    ['1500.00', '500.00', '0.00']
    """

    each_year: Amount = 0
    once: Amount = 0
    to_purpose: ClassVar[bool] = False

    def __post_init__(self) -> None:
        exact(self.each_year, "each_year")
        exact(self.once, "once")

    def paid(self, scenario: Scenario, places: int = 2) -> Payments:
        yearly, once = exact(self.each_year, "each_year"), exact(self.once, "once")
        return tuple(
            rounded(yearly * scenario.runs(year) + once * (year == 0), places)
            for year in range(scenario.years)
        )


@dataclass(frozen=True, slots=True)
class Royalty:
    """A share of revenue from the first coin on; for `tail` years more after the partnership ends
    (None: as long as there is revenue).

    >>> [str(paid) for paid in Royalty(Decimal("0.05")).paid(Scenario([1000, 250.5]))]
    ['50.00', '12.53']
    """

    share: Amount
    tail: int | None = 0
    to_purpose: ClassVar[bool] = False

    def __post_init__(self) -> None:
        a_share(self.share, "share")
        _whole(self.tail, "tail")

    def paid(self, scenario: Scenario, places: int = 2) -> Payments:
        share = a_share(self.share, "share")
        return tuple(
            rounded(share * revenue * scenario.runs(year, self.tail), places)
            for year, revenue in enumerate(scenario.earned())
        )


@dataclass(frozen=True, slots=True)
class SuccessBonus:
    """So much, once, in the year in which revenue has added up to `reached`.

    >>> [str(paid) for paid in SuccessBonus(5000, reached=1500).paid(Scenario([900, 600, 700]))]
    ['0.00', '5000.00', '0.00']
    """

    amount: Amount
    reached: Amount
    to_purpose: ClassVar[bool] = False

    def __post_init__(self) -> None:
        exact(self.amount, "amount")
        exact(self.reached, "reached")

    def paid(self, scenario: Scenario, places: int = 2) -> Payments:
        amount, goal = exact(self.amount, "amount"), exact(self.reached, "reached")
        there = [total >= goal for total in accumulate(scenario.earned())]
        first = there.index(True) if True in there else None
        return tuple(rounded(amount * (year == first), places) for year in range(scenario.years))


@dataclass(frozen=True, slots=True)
class Equity:
    """A share of what the venture is worth in the end, or when it is sold; `diluted` is the part
    of it that later investors will have taken.

    >>> [str(paid) for paid in Equity(0.1, diluted=0.25).paid(Scenario([0, 0], worth=80_000))]
    ['0.00', '6000.00']
    """

    share: Amount
    diluted: Amount = 0
    to_purpose: ClassVar[bool] = False

    def __post_init__(self) -> None:
        a_share(self.share, "share")
        a_share(self.diluted, "diluted")

    def paid(self, scenario: Scenario, places: int = 2) -> Payments:
        kept = a_share(self.share, "share") * (1 - a_share(self.diluted, "diluted"))
        when = scenario.years - 1 if scenario.sold is None else scenario.sold
        worth = exact(scenario.worth, "worth")
        return tuple(
            rounded(kept * worth * (year == when), places) for year in range(scenario.years)
        )


@dataclass(frozen=True, slots=True)
class Reinvestment:
    """A share of each year's surplus put back into the common purpose; nothing in years of loss.

    >>> Reinvestment(0.4).paid(Scenario([100, 100], surplus=[-20, 50]))
    (Decimal('0.00'), Decimal('20.00'))
    """

    share: Amount
    tail: int | None = 0
    to_purpose: ClassVar[bool] = True

    def __post_init__(self) -> None:
        a_share(self.share, "share")
        _whole(self.tail, "tail")

    def paid(self, scenario: Scenario, places: int = 2) -> Payments:
        share = a_share(self.share, "share")
        return tuple(
            rounded(share * max(Fraction(0), left) * scenario.runs(year, self.tail), places)
            for year, left in enumerate(scenario.left())
        )


@dataclass(frozen=True, slots=True)
class Upside:
    """A part of success, agreed before there is any.

        pay(year) = max(floor, base + share · max(0, revenue(year) − hurdle))

    in years from `start` on, while the partnership runs and for `tail` years more (None: as long
    as there is revenue). `on_sale` is a lump in the year in which control changes hands, if that
    is in one of those years. All together never more than `cap` (None: no cap).

    ValueError for a share outside 0..1 and for negative amounts or years.

    >>> clause = Upside(Decimal("0.1"), hurdle=1000, base=50, floor=80, cap=300)
    >>> [str(paid) for paid in clause.paid(Scenario([500, 2000, 3000, 4000]))]
    ['80.00', '150.00', '70.00', '0.00']
    """

    share: Amount
    hurdle: Amount = 0
    base: Amount = 0
    floor: Amount = 0
    cap: Amount | None = None
    start: int = 0
    tail: int | None = 0
    on_sale: Amount = 0
    to_purpose: ClassVar[bool] = False

    def __post_init__(self) -> None:
        a_share(self.share, "share")
        for name in ("hurdle", "base", "floor", "on_sale"):
            exact(getattr(self, name), name)
        if self.cap is not None:
            exact(self.cap, "cap")
        _whole(self.start, "start")
        _whole(self.tail, "tail")

    def paid(self, scenario: Scenario, places: int = 2) -> Payments:
        due = [self._due(scenario, year, one) for year, one in enumerate(scenario.earned())]
        return _capped([rounded(one, places) for one in due], self.cap, places)

    def _due(self, scenario: Scenario, year: int, revenue: Fraction) -> Fraction:
        """What the clause gives for one year, before the cap."""
        if year < self.start or not scenario.runs(year, self.tail):
            return Fraction(0)
        above = max(Fraction(0), revenue - exact(self.hurdle, "hurdle"))
        earned = exact(self.base, "base") + a_share(self.share, "share") * above
        lump = exact(self.on_sale, "on_sale") if scenario.sold == year else Fraction(0)
        return max(exact(self.floor, "floor"), earned) + lump


@dataclass(frozen=True, slots=True)
class Paid:
    """What an option pays in one scenario.

    yearly  for each year
    total   their sum
    today   what they are worth now, each paid at the end of its year
    """

    yearly: Payments
    total: Decimal
    today: Decimal


@dataclass(frozen=True, slots=True)
class Compared:
    """One option over all scenarios.

    paid            for each scenario, in the order given
    least, most     the smallest and the largest total
    expected        mean total, by the scenarios' chances; None where no chances were given
    expected_today  the same for what it is worth now
    to_purpose      the money goes into the common purpose, to nobody's own account
    """

    paid: tuple[Paid, ...]
    least: Decimal
    most: Decimal
    expected: Decimal | None
    expected_today: Decimal | None
    to_purpose: bool


def compare(
    options: Sequence[Option],
    scenarios: Sequence[Scenario],
    *,
    yearly_rate: Amount = 0,
    places: int = 2,
) -> tuple[Compared, ...]:
    """What each option pays in each scenario, in the order given.

    `yearly_rate` is what money loses in a year: an amount paid at the end of year t is worth
    amount / (1 + rate)^(t + 1) now. Chances are weights; they need not add up to 1.

    No options: an empty answer. ValueError without scenarios, where some have a chance and others
    none, where all chances are 0, and where an option needs the surplus and it is not known.

    >>> bad, good = Scenario([1000] * 3, chance=3), Scenario([1000, 5000, 20_000], chance=1)
    >>> for one in compare([Fee(300), Upside(0.05, hurdle=2000, base=100)], [bad, good]):
    ...     print(one.least, one.most, one.expected)
    900.00 900.00 900.00
    300.00 1350.00 562.50
    """
    if not scenarios:
        raise ValueError("compare over at least one scenario")
    rate, chances = exact(yearly_rate, "yearly_rate"), _chances(scenarios)
    return tuple(
        _compared(option, [_paid(option, one, rate, places) for one in scenarios], chances, places)
        for option in options
    )


def _chances(scenarios: Sequence[Scenario]) -> list[Fraction] | None:
    """Chances that add up to 1, or None where none are given."""
    given = [one.chance for one in scenarios if one.chance is not None]
    if not given:
        return None
    if len(given) < len(scenarios):
        raise ValueError("give a chance to every scenario, or to none")
    weights = [exact(chance, "chance") for chance in given]
    total = sum(weights, Fraction(0))
    if not total:
        raise ValueError("at least one scenario must have a chance above 0")
    return [weight / total for weight in weights]


def _paid(option: Option, scenario: Scenario, rate: Fraction, places: int) -> Paid:
    yearly = option.paid(scenario, places)
    now = (Fraction(amount) / (1 + rate) ** (year + 1) for year, amount in enumerate(yearly))
    total = sum(map(Fraction, yearly), Fraction(0))
    return Paid(yearly, rounded(total, places), rounded(sum(now, Fraction(0)), places))


def _compared(
    option: Option, paid: list[Paid], chances: list[Fraction] | None, places: int
) -> Compared:
    totals = [one.total for one in paid]
    return Compared(
        tuple(paid),
        min(totals),
        max(totals),
        _expected(totals, chances, places),
        _expected([one.today for one in paid], chances, places),
        option.to_purpose,
    )


def _expected(
    amounts: list[Decimal], chances: list[Fraction] | None, places: int
) -> Decimal | None:
    if chances is None:
        return None
    mean = sum((Fraction(amount) * chance for amount, chance in zip(amounts, chances)), Fraction(0))
    return rounded(mean, places)


def _capped(due: list[Decimal], cap: Amount | None, places: int) -> Payments:
    """Payments in turn until the cap is reached; the cap itself is rounded like them."""
    if cap is None:
        return tuple(due)
    room, paid = rounded(exact(cap, "cap"), places), []
    for amount in due:
        paid.append(min(amount, room))
        room -= paid[-1]
    return tuple(paid)


def _whole(years: int | None, name: str) -> None:
    if years is not None and (isinstance(years, bool) or not isinstance(years, int) or years < 0):
        raise ValueError(f"{name} must be a whole number of years, 0 or more, not {years}")
