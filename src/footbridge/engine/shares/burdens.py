"""What costs money together, and what is left when there is too little.

Costs of something shared are split step by step among those who need the step. What is left of a
partnership that ends owing more than it has is divided by one of four rules, each of them old.
Amounts are exact; the answers add up to the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from footbridge.engine.shares.money import Amount, exact, in_cents


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a shared cost, and who needs it."""

    cost: Amount
    needed_by: Sequence[int]


def by_need(steps: Sequence[Step], parties: int, places: int = 2) -> tuple[Decimal, ...]:
    """Each step split equally among those who need it; who needs nothing pays nothing.

    It is the Shapley value of the cost, and no group pays more than it would alone.

    ValueError for a step that costs something and that nobody needs, a step needed by the same
    party twice, and parties that do not exist.

    Source: Littlechild & Owen 1973, *A Simple Expression for the Shapley Value in a Special Case*.

    >>> ground, lift = Step(900, [0, 1, 2]), Step(500, [1, 2])
    >>> [str(one) for one in by_need([ground, lift], 3)]
    ['300.00', '550.00', '550.00']
    """
    shares = [Fraction(0)] * parties
    for at, step in enumerate(steps):
        cost, users = exact(step.cost, f"cost of step {at}"), _users(step, at, parties)
        if cost and not users:
            raise ValueError(f"step {at} costs something and nobody needs it")
        for one in users:
            shares[one] += cost / len(users)
    return in_cents(shares, places=places)


def _users(step: Step, at: int, parties: int) -> tuple[int, ...]:
    users = tuple(step.needed_by)
    if len(set(users)) < len(users) or any(not 0 <= one < parties for one in users):
        raise ValueError(f"step {at} must name each of {parties} parties at most once: {users}")
    return users


def by_size(alone: Sequence[Amount], places: int = 2) -> tuple[Decimal, ...]:
    """One facility, as large as its largest user needs; `alone` is what each would need by itself.

    The smallest need is split among all, what the next needs beyond it among the others, and so on
    (the airport game).

    >>> [str(one) for one in by_size([300, 600, 900])]
    ['100.00', '250.00', '550.00']
    """
    needs = [exact(amount, "alone") for amount in alone]
    levels = sorted({Fraction(0), *needs})
    steps = [
        Step(upper - lower, [at for at, need in enumerate(needs) if need >= upper])
        for lower, upper in pairwise(levels)
    ]
    return by_need(steps, len(needs), places)


class Rule(StrEnum):
    """How to divide less than all are owed."""

    PROPORTIONAL = "proportional"
    EQUAL_AWARDS = "equal_awards"
    EQUAL_LOSSES = "equal_losses"
    TALMUD = "talmud"


@dataclass(frozen=True, slots=True)
class Closing:
    """What each is paid under each rule.

    paid     for each rule, in the order of the claims
    missing  what all together go without; 0 where there is enough for everybody
    """

    paid: dict[Rule, tuple[Decimal, ...]]
    missing: Decimal


def closing(estate: Amount, claims: Sequence[Amount], places: int = 2) -> Closing:
    """What is left, divided among those to whom it is owed, by each of four rules.

    proportional   the same part of every claim
    equal awards   the same amount for everybody, but to nobody more than they claim
    equal losses   everybody goes without the same amount, but nobody pays in
    Talmud         up to half of all claims equal awards of half claims; beyond it equal losses of
                   the other halves

    Enough for all: everybody gets what they claim and the rest stays undivided. No claims: nothing
    is paid. ValueError for negative amounts.

    Source: O'Neill 1982, *A problem of rights arbitration from the Talmud*; Aumann & Maschler 1985.

    >>> paid = closing(200, [100, 200, 300]).paid
    >>> [str(one) for one in paid[Rule.TALMUD]], [str(one) for one in paid[Rule.EQUAL_LOSSES]]
    (['50.00', '75.00', '75.00'], ['0.00', '50.00', '150.00'])
    """
    owed = [exact(claim, "a claim") for claim in claims]
    there, due = exact(estate, "estate"), sum(owed, Fraction(0))
    given = min(there, due)
    divided = {
        Rule.PROPORTIONAL: [claim * given / due for claim in owed] if due else owed,
        Rule.EQUAL_AWARDS: _equal_awards(given, owed),
        Rule.EQUAL_LOSSES: _equal_losses(given, owed),
        Rule.TALMUD: _talmud(given, owed),
    }
    paid = {rule: in_cents(shares, given, places) for rule, shares in divided.items()}
    return Closing(paid, in_cents([due - given], places=places)[0])


def _equal_awards(estate: Fraction, claims: list[Fraction]) -> list[Fraction]:
    """Fill the smallest claims first; what a full one leaves goes to the others alike."""
    awards, left = [Fraction(0)] * len(claims), estate
    order = sorted(range(len(claims)), key=lambda at: claims[at])
    for waiting, at in zip(range(len(order), 0, -1), order):
        awards[at] = min(claims[at], left / waiting)
        left -= awards[at]
    return awards


def _equal_losses(estate: Fraction, claims: list[Fraction]) -> list[Fraction]:
    """The loss is divided by equal awards, and taken from the claims."""
    losses = _equal_awards(sum(claims, Fraction(0)) - estate, claims)
    return [claim - loss for claim, loss in zip(claims, losses)]


def _talmud(estate: Fraction, claims: list[Fraction]) -> list[Fraction]:
    halves = [claim / 2 for claim in claims]
    half = sum(halves, Fraction(0))
    if estate <= half:
        return _equal_awards(estate, halves)
    rest = _equal_losses(estate - half, halves)
    return [first + second for first, second in zip(halves, rest)]
