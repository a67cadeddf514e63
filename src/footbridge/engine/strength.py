"""How strong a tie is: from what people say of it and what they do together, fading with time.

Every sign of a tie is worth some evidence; evidence fades by half over its half-life; what is left
adds up, and a tie is as strong as

    strength = 1 − exp(−Σ evidence · ½^(age / half-life))

so each further sign adds less than the one before, nothing reaches 1, and a tie that nobody tends
weakens without vanishing. Content of messages is never read: there is no place for it here.

The form is the noisy-or of independent signs (Pearl 1988); fading by half-life follows the finding
that recency, more than volume, tells which tie is still alive. What the halves and weights do on
public data stands in `benchmarks/README.md`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]

FAINTEST = 0.01
"""A tie that is known to exist is never weaker than this."""
ONE_SIDED = 0.5
"""What one person states and the other has not confirmed counts half."""
STATED_HALF_LIFE_DAYS = 3 * 365.25


class Word(StrEnum):
    """How well one knows the other, in one's own words, from least to most."""

    MET = "met"
    KNOW = "know"
    WORKED_TOGETHER = "worked_together"
    TRUST = "trust"


LEVEL = {Word.MET: 0.25, Word.KNOW: 0.5, Word.WORKED_TOGETHER: 0.75, Word.TRUST: 0.9}
"""Strength of a tie of which both have just said this, and nothing else is known."""


class Act(StrEnum):
    """What two people do together that leaves a date."""

    SESSION = "session"
    INTRODUCTION = "introduction"
    COMMITMENT = "commitment"


EVIDENCE = {Act.SESSION: 0.10, Act.INTRODUCTION: 0.35, Act.COMMITMENT: 0.70}
"""−ln(1 − strength) after one fresh act: a tenth for an hour at a table, two thirds of a 'know'
for an introduction made, 'know' and more for a commitment kept."""
HALF_LIFE_DAYS = {Act.SESSION: 365.25, Act.INTRODUCTION: 2 * 365.25, Act.COMMITMENT: 3 * 365.25}


@dataclass(frozen=True)
class Part:
    """One reason for a tie's strength: what it is, how many signs, what it adds, how fresh."""

    what: Word | Act
    signs: int
    adds: float
    youngest_days: float


@dataclass(frozen=True)
class Strength:
    """A tie's strength in (0, 1] and what it is made of; the parts add up to the value.

    Only where the value is the floor `FAINTEST` do they add up to less.
    """

    value: float
    parts: tuple[Part, ...]


def tie_strength(
    stated: Word | None = None,
    stated_days_ago: float = 0.0,
    *,
    confirmed: bool = True,
    acts: Iterable[tuple[Act, float]] = (),
) -> Strength:
    """The strength of one tie from a statement and dated acts, each act with its age in days.

    Days in the future count as today. A statement that only one of the two has made (not
    `confirmed`) counts half. ValueError where an age is not a number.

    >>> tie_strength(Word.KNOW).value
    0.5
    >>> fading = tie_strength(Word.KNOW, 3 * 365.25, acts=[(Act.COMMITMENT, 0.0)])
    >>> round(fading.value, 3), [(part.what.value, round(part.adds, 3)) for part in fading.parts]
    (0.649, [('commitment', 0.434), ('know', 0.215)])
    >>> tie_strength().value
    0.01
    """
    signs = [*_statement(stated, stated_days_ago, confirmed), *_by_kind(acts)]
    total = sum(evidence for _, _, evidence, _ in signs)
    value = -math.expm1(-total)
    parts = [Part(w, n, value * evidence / total, age) for w, n, evidence, age in signs if total]
    return Strength(
        max(FAINTEST, value), tuple(sorted(parts, key=lambda p: (-p.adds, p.what.value)))
    )


def faded(age_days: ArrayLike, half_life_days: float) -> Values:
    """What is left of a sign after so many days: ½^(age / half-life), 1 for the future.

    >>> faded([0.0, 365.25], 365.25).tolist()
    [1.0, 0.5]
    """
    age = np.asarray(age_days, np.float64)
    if np.isnan(age).any() or not half_life_days > 0:
        raise ValueError("ages must be numbers of days and a half-life longer than none")
    left: Values = 0.5 ** (np.maximum(age, 0) / half_life_days)
    return left


def strengths(
    ties: int,
    tie: ArrayLike,
    age_days: ArrayLike,
    evidence: float | ArrayLike,
    half_life_days: float,
) -> Values:
    """The strength of many ties from many signs of one kind: sign i speaks for tie[i].

    >>> strengths(2, [0, 0, 1], [0.0, 0.0, 365.25], 0.1, 365.25).round(3).tolist()
    [0.181, 0.049]
    """
    weights = np.asarray(evidence, np.float64) * faded(age_days, half_life_days)
    total = np.bincount(np.asarray(tie, np.intp), np.broadcast_to(weights, np.shape(tie)), ties)
    return np.maximum(FAINTEST, -np.expm1(-total))


def coming_ties(liveliness_a: ArrayLike, liveliness_b: ArrayLike, mutual: ArrayLike) -> Values:
    """How likely two people who are not tied yet come to be, for putting pairs in order.

        ln(l_a + ε) + ln(l_b + ε) + ½ ln(mutual + ⅓),   ε = 0.01

    `liveliness` is the sum of a person's faded signs with everybody, `mutual` the number of
    acquaintances in common. It is preferential attachment (Barabási & Albert 1999) on what is
    fresh, with triadic closure beside it; a log of odds up to a constant, not a probability.

    >>> bool(coming_ties(2.0, 2.0, 3) > coming_ties(2.0, 2.0, 0))
    True
    """
    a, b = np.asarray(liveliness_a, np.float64), np.asarray(liveliness_b, np.float64)
    shared = np.asarray(mutual, np.float64)
    score: Values = np.log(a + 0.01) + np.log(b + 0.01) + 0.5 * np.log(shared + 1 / 3)
    return score


Sign = tuple[Word | Act, int, float, float]


def _statement(stated: Word | None, age: float, confirmed: bool) -> list[Sign]:
    if stated is None:
        return []
    evidence = -math.log(1 - LEVEL[stated]) * (1.0 if confirmed else ONE_SIDED)
    return [(stated, 1, evidence * float(faded(age, STATED_HALF_LIFE_DAYS)), max(0.0, age))]


def _by_kind(acts: Iterable[tuple[Act, float]]) -> list[Sign]:
    ages: dict[Act, list[float]] = {}
    for act, age in acts:
        ages.setdefault(act, []).append(age)
    return [_signs(act, ages[act]) for act in Act if act in ages]


def _signs(act: Act, ages: Sequence[float]) -> Sign:
    left = float(faded(ages, HALF_LIFE_DAYS[act]).sum())
    return (act, len(ages), EVIDENCE[act] * left, max(0.0, min(ages)))
