"""Who puts in what, who risks what, who gets what; and what catches the eye about it.

Pure rules over plain values, said in docs/agreements.md. They raise questions and give no mark.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

# A party that carries so much more of the named risk than it gets of the named reward, or the
# other way round, is named.
OPPOSITE_FROM = Decimal("0.25")
# From here on a promise leaves no room for an ill week.
TIGHT_FROM = Decimal("0.8")


@dataclass(frozen=True)
class Line:
    """One contribution of a party."""

    party: uuid.UUID
    risk: int = 0
    reward: int = 0
    amount: Decimal | None = None
    currency: str = ""
    hours_a_month: Decimal | None = None


@dataclass(frozen=True)
class RateSaid:
    """What one unit of a currency counts, said by somebody on a day."""

    counts: Decimal
    day: date
    source: str


class Concern(Enum):
    """What catches the eye."""

    OPPOSITE = "opposite"
    ONE_SIDED = "one_sided"
    NOTHING_FROM = "nothing_from"
    TOO_MUCH = "too_much"
    TIGHT = "tight"
    CAPACITY_UNSAID = "capacity_unsaid"


@dataclass(frozen=True)
class Flag:
    """Something about one party that is worth a talk, with the figures that it rests on."""

    concern: Concern
    party: uuid.UUID
    figures: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Sum:
    """What a party puts in, in one currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Scale:
    """One party on the scale: its shares of all risk and of all reward (none while nobody named
    any), its hours, its money currency by currency, and in one sum where every rate was said."""

    party: uuid.UUID
    risk_share: Decimal | None
    reward_share: Decimal | None
    hours: Decimal
    money: tuple[Sum, ...]
    together: Sum | None


def weigh(
    parties: Sequence[uuid.UUID],
    lines: Sequence[Line],
    rates: Mapping[str, RateSaid],
    currency: str,
) -> list[Scale]:
    """Each party on the scale, in the order given."""
    risks = sum(line.risk for line in lines)
    rewards = sum(line.reward for line in lines)
    return [
        _scale(party, [one for one in lines if one.party == party], risks, rewards, rates, currency)
        for party in parties
    ]


def _scale(
    party: uuid.UUID,
    own: list[Line],
    risks: int,
    rewards: int,
    rates: Mapping[str, RateSaid],
    currency: str,
) -> Scale:
    money = _by_currency(own)
    return Scale(
        party=party,
        risk_share=_share(sum(line.risk for line in own), risks),
        reward_share=_share(sum(line.reward for line in own), rewards),
        hours=sum((line.hours_a_month or Decimal(0) for line in own), Decimal(0)),
        money=money,
        together=in_one(money, rates, currency),
    )


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / Decimal(whole) if whole else None


def _by_currency(lines: Iterable[Line]) -> tuple[Sum, ...]:
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.amount is not None:
            found[line.currency] = found.get(line.currency, Decimal(0)) + line.amount
    return tuple(Sum(found[key], key) for key in sorted(found))


def in_one(money: Sequence[Sum], rates: Mapping[str, RateSaid], currency: str) -> Sum | None:
    """Amounts as one sum in a currency; None where there is nothing, or a rate that nobody said.

    >>> rate = RateSaid(Decimal("1.1"), date(2026, 3, 1), "the bank")
    >>> in_one([Sum(Decimal(100), "EUR"), Sum(Decimal(10), "GBP")], {"GBP": rate}, "EUR")
    Sum(amount=Decimal('111.00'), currency='EUR')
    >>> in_one([Sum(Decimal(100), "EUR"), Sum(Decimal(10), "GBP")], {}, "EUR") is None
    True
    """
    if not money or any(one.currency not in (currency, *rates) for one in money):
        return None
    counted = (
        one.amount if one.currency == currency else one.amount * rates[one.currency].counts
        for one in money
    )
    return Sum(sum(counted, Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP), currency)


def flags(
    scales: Sequence[Scale], lines: Sequence[Line], capacities: Mapping[uuid.UUID, Decimal]
) -> list[Flag]:
    """What is worth a talk, party by party.

    - *Risk and reward on opposite sides*: a party's share of all named risk and its share of all
      named reward lie a quarter apart or more.
    - *One-sided*: a party puts something in and gets nothing, while another gets something.
    - *Nothing from*: a party has put nothing in, while rewards are named.
    - *Too much*, *tight*: the hours a month that it promised are more than it says it has, or more
      than four fifths of them; *unsaid* where it promised hours and never said what it has.
    """
    return [flag for scale in scales for flag in _of(scale, scales, lines, capacities)]


def _of(
    scale: Scale,
    scales: Sequence[Scale],
    lines: Sequence[Line],
    capacities: Mapping[uuid.UUID, Decimal],
) -> Iterable[Flag]:
    yield from _opposite(scale)
    yield from _one_sided(scale, scales, [line for line in lines if line.party == scale.party])
    yield from _over_committed(scale, capacities.get(scale.party))


def _opposite(scale: Scale) -> Iterable[Flag]:
    risk, reward = scale.risk_share, scale.reward_share
    if risk is not None and reward is not None and abs(risk - reward) >= OPPOSITE_FROM:
        yield Flag(Concern.OPPOSITE, scale.party, {"risk": risk, "reward": reward})


def _one_sided(scale: Scale, scales: Sequence[Scale], own: list[Line]) -> Iterable[Flag]:
    others_get = any(one.reward_share for one in scales if one.party != scale.party)
    if own and others_get and not scale.reward_share:
        yield Flag(Concern.ONE_SIDED, scale.party)
    if not own and len(scales) > 1 and any(one.reward_share for one in scales):
        yield Flag(Concern.NOTHING_FROM, scale.party)


def _over_committed(scale: Scale, has: Decimal | None) -> Iterable[Flag]:
    if not scale.hours:
        return
    if has is None:
        yield Flag(Concern.CAPACITY_UNSAID, scale.party, {"hours": scale.hours})
    elif scale.hours > has:
        yield Flag(Concern.TOO_MUCH, scale.party, {"hours": scale.hours, "has": has})
    elif scale.hours > has * TIGHT_FROM:
        yield Flag(Concern.TIGHT, scale.party, {"hours": scale.hours, "has": has})
