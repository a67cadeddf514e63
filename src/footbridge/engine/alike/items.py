"""How alike two sides have answered, item by item and as a dimension; nothing is filled in.

Agreement is not always good, and a difference matters as much as people work closely together. No
number here foretells whether a partnership will do well. What has not been answered widens the
range; it never becomes an answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LOW, HIGH = 1.0, 5.0
"""The scale of an item with two poles."""
LEAST_COVERAGE = 0.6
"""With less than this of a dimension answered by both sides, no score is shown."""
MIDDLE = 3.0
"""How much an item matters if neither side says, on the scale of importance from 1 to 5."""
TOP = 7
"""So many things to talk about first."""
CLOSE = 1e-9

Answers = Sequence[float | None]
"""One answer for each item; None: not answered."""


class Mark(StrEnum):
    """What one side says of a goal of the other."""

    HELPS = "helps"
    NEUTRAL = "neutral"
    HINDERS = "hinders"


WORTH = {Mark.HELPS: 1.0, Mark.NEUTRAL: 0.5, Mark.HINDERS: 0.0}


@dataclass(frozen=True, slots=True)
class Dimension:
    """How two sides answer each other in one dimension.

    score     0 … 1 over what both have answered; None where that is less than 0.6 of it
    coverage  how much of the dimension both have answered, by weight
    low       the score if all that is open turned out as far apart as can be
    high      the score if all that is open turned out alike
    """

    score: float | None
    coverage: float
    low: float
    high: float


def similarity(
    a: float | None, b: float | None, low: float = LOW, high: float = HIGH
) -> float | None:
    """1 for the same answer, 0 for opposite poles: 1 − |a − b| / (high − low).

    None where either has not answered. ValueError for answers outside the scale.

    >>> similarity(4, 5), similarity(1, 5), similarity(3, None)
    (0.75, 0.0, None)
    """
    if not low < high:
        raise ValueError(f"a scale runs from a lower to a higher number, not {low} to {high}")
    for answer in (a, b):
        if answer is not None and not low <= answer <= high:
            raise ValueError(f"an answer is between {low:g} and {high:g}, not {answer}")
    return None if a is None or b is None else 1 - abs(a - b) / (high - low)


def weights_of(first: Answers, second: Answers) -> list[float]:
    """How much each item matters: the mean of what both sides say (1 to 5), or what one says.

    Where neither does, 3: how much something matters is no answer to it.

    >>> weights_of([5, 4, None], [3, None, None])
    [4.0, 4.0, 3.0]
    """
    _same_length(first, second, "importance")
    weights = []
    for both in zip(first, second):
        said = [float(one) for one in both if one is not None]
        if not all(1 <= one <= 5 for one in said):
            raise ValueError(f"importance is between 1 and 5, not {max(said, key=abs)}")
        weights.append(math.fsum(said) / len(said) if said else MIDDLE)
    return weights


def dimension(
    a: Answers,
    b: Answers,
    weights: Sequence[float],
    *,
    low: float = LOW,
    high: float = HIGH,
) -> Dimension:
    """Two sides' answers to the items of a dimension with two poles.

        score = Σ w · similarity / Σ w   over items that both have answered
        range = coverage · score  …  coverage · score + (1 − coverage)

    No items: nothing is known. ValueError for lists of different lengths, weights below 0, and
    answers outside the scale.

    >>> found = dimension([4, 2, 5, 3, None], [5, 4, 5, None, 2], [3, 2, 1, 2, 2])
    >>> round(found.score, 4), found.coverage, round(found.low, 3), round(found.high, 3)
    (0.7083, 0.6, 0.425, 0.825)
    """
    _same_length(a, b, "answers")
    return scored([similarity(one, two, low, high) for one, two in zip(a, b)], weights)


def goals(marks: Sequence[Mark | None], weights: Sequence[float]) -> Dimension:
    """What the other side says of one's goals: helps 1, neutral ½, hinders 0.

    >>> goals([Mark.HELPS, Mark.NEUTRAL, Mark.HINDERS], [2, 1, 1]).score
    0.625
    """
    return scored([None if mark is None else WORTH[Mark(mark)] for mark in marks], weights)


def needs(need: Answers, offer: Answers, weights: Sequence[float]) -> Dimension:
    """How far one side's needs are met by what the other offers.

        Σ u · min(1, offer / need) / Σ u

    A need of 0 is none. An amount that is not known leaves its need open. ValueError for negative
    amounts.

    >>> round(needs([4, 10, 20], [4, 6, 10], [3, 5, 4]).score, 4)
    0.6667
    """
    _same_length(need, offer, "amounts")
    _same_length(need, weights, "weights")
    asked = [at for at, amount in enumerate(need) if amount is None or amount != 0]
    met = [_met(need[at], offer[at]) for at in asked]
    return scored(met, [weights[at] for at in asked])


def mutual(first: Dimension, second: Dimension) -> Dimension:
    """How far both sides' needs are met: the harmonic mean, so that a one-sided deal scores low.

    >>> both = mutual(Dimension(2 / 3, 1, 2 / 3, 2 / 3), Dimension(0.25, 1, 0.25, 0.25))
    >>> round(both.score, 4)
    0.3636
    """
    known = first.score is not None and second.score is not None
    return Dimension(
        _harmonic(first.score or 0.0, second.score or 0.0) if known else None,
        min(first.coverage, second.coverage),
        _harmonic(first.low, second.low),
        _harmonic(first.high, second.high),
    )


class Withheld(StrEnum):
    """Why there is no overall number."""

    DEAL_BREAKER = "deal_breaker"
    NOT_ENOUGH_ANSWERED = "not_enough_answered"


@dataclass(frozen=True, slots=True)
class Overall:
    """One number over all dimensions, or why there is none."""

    value: float | None
    withheld: Withheld | None


def overall(
    dimensions: Sequence[Dimension], weights: Sequence[float], *, deal_breakers: int
) -> Overall:
    """Only when asked for: the weighted geometric mean, in which one weak dimension shows.

    Never with a deal-breaker that is not resolved, nor where a dimension is not shown.

    >>> four = [Dimension(score, 1, score, score) for score in (0.8, 0.7, 0.5, 0.6)]
    >>> round(overall(four, [0.3, 0.3, 0.2, 0.2], deal_breakers=0).value, 4)
    0.6605
    >>> overall(four, [0.3, 0.3, 0.2, 0.2], deal_breakers=1).withheld.value
    'deal_breaker'
    """
    total = _total(weights, len(dimensions))
    scores = [one.score for one in dimensions]
    if deal_breakers:
        return Overall(None, Withheld.DEAL_BREAKER)
    counted = [(score, weight) for score, weight in zip(scores, weights) if weight > 0]
    if not counted or any(score is None for score, _ in counted):
        return Overall(None, Withheld.NOT_ENOUGH_ANSWERED)
    if any(not score for score, _ in counted):
        return Overall(0.0, None)
    logs = math.fsum(weight * math.log(score) for score, weight in counted if score)
    return Overall(math.exp(logs / total), None)


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to talk about.

    item        its number
    importance  its weight
    gap         how far apart the two sides are, 0 … 1
    higher      which side stands nearer to the upper pole: 0 the first, 1 the second
    """

    item: int
    importance: float
    gap: float
    higher: int


def agenda(
    a: Answers,
    b: Answers,
    weights: Sequence[float],
    *,
    low: float = LOW,
    high: float = HIGH,
    top: int = TOP,
) -> tuple[Topic, ...]:
    """What to talk about first: by importance · gap, then by importance, then as the items come.

    This, and not a score, is what two sides take with them. Items on which they agree, or that one
    has not answered, are not in it.

    >>> [one.item for one in agenda([4, 2, 5, 3, None], [5, 4, 5, None, 2], [3, 2, 1, 2, 2])]
    [1, 0]
    """
    _same_length(a, b, "answers")
    _total(weights, len(a))
    topics = []
    for at, (one, two) in enumerate(zip(a, b)):
        alike = similarity(one, two, low, high)
        if one is not None and two is not None and alike is not None and alike < 1:
            topics.append(Topic(at, float(weights[at]), 1 - alike, int(two > one)))
    topics.sort(key=lambda one: (-round(one.importance * one.gap, 9), -one.importance, one.item))
    return tuple(topics[: max(top, 0)])


def scored(parts: Answers, weights: Sequence[float]) -> Dimension:
    """Parts between 0 and 1, None where open, as a dimension.

    >>> scored([1.0, None], [1, 1])
    Dimension(score=None, coverage=0.5, low=0.5, high=1.0)
    """
    total = _total(weights, len(parts))
    known = [(part, weight) for part, weight in zip(parts, weights) if part is not None]
    answered = math.fsum(weight for _, weight in known)
    reached = math.fsum(part * weight for part, weight in known)
    if not total:
        return Dimension(None, 0.0, 0.0, 1.0)
    coverage, low = answered / total, reached / total
    shown = answered > 0 and coverage >= LEAST_COVERAGE - CLOSE
    return Dimension(
        reached / answered if shown else None, coverage, low, min(1.0, low + 1 - coverage)
    )


def _met(need: float | None, offer: float | None) -> float | None:
    for amount in (need, offer):
        if amount is not None and not (math.isfinite(amount) and amount >= 0):
            raise ValueError(f"an amount is a number, 0 or more, not {amount}")
    return None if need is None or offer is None else min(1.0, offer / need)


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def _total(weights: Sequence[float], items: int) -> float:
    if len(weights) != items:
        raise ValueError(f"weights are given for {len(weights)} of {items}")
    if not all(math.isfinite(weight) and weight >= 0 for weight in weights):
        raise ValueError("weights must be numbers, 0 or more")
    return math.fsum(weights)


def _same_length(first: Sequence[object], second: Sequence[object], what: str) -> None:
    if len(first) != len(second):
        raise ValueError(f"{what}: {len(first)} on one side and {len(second)} on the other")
