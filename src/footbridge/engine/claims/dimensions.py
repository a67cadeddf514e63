"""What is known of an outcome, seen from five sides: fifteen things, of which some are filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Dimension(StrEnum):
    """From which side an outcome is looked at."""

    WHAT = "what"
    WHO = "who"
    HOW_MUCH = "how_much"
    CONTRIBUTION = "contribution"
    RISK = "risk"


class Category(StrEnum):
    """One thing that can be known of an outcome."""

    OUTCOME_LEVEL = "outcome_level"
    THRESHOLD = "threshold"
    IMPORTANCE = "importance"
    SDG = "sdg"
    STAKEHOLDER = "stakeholder"
    BOUNDARY = "boundary"
    BASELINE_LEVEL = "baseline_level"
    CHARACTERISTICS = "characteristics"
    SCALE = "scale"
    DEPTH = "depth"
    DURATION = "duration"
    DEPTH_COUNTERFACTUAL = "depth_counterfactual"
    DURATION_COUNTERFACTUAL = "duration_counterfactual"
    RISK_TYPE = "risk_type"
    RISK_LEVEL = "risk_level"


_SIDES = {
    Dimension.WHAT: ("outcome_level", "threshold", "importance", "sdg"),
    Dimension.WHO: ("stakeholder", "boundary", "baseline_level", "characteristics"),
    Dimension.HOW_MUCH: ("scale", "depth", "duration"),
    Dimension.CONTRIBUTION: ("depth_counterfactual", "duration_counterfactual"),
    Dimension.RISK: ("risk_type", "risk_level"),
}
CATEGORIES = {side: tuple(Category(name) for name in names) for side, names in _SIDES.items()}


@dataclass(frozen=True, slots=True)
class Completeness:
    """Filled categories and missing ones, each in the order of the five sides."""

    filled: tuple[Category, ...]
    missing: tuple[Category, ...]

    @property
    def count(self) -> int:
        return len(self.filled)

    @property
    def of(self) -> int:
        return len(Category)

    def side(self, side: Dimension) -> tuple[int, int]:
        """How many of one side's categories are filled, and how many it has."""
        of_it = CATEGORIES[side]
        return len(set(of_it) & set(self.filled)), len(of_it)


def completeness(filled: Iterable[Category]) -> Completeness:
    """How much is known of an outcome: n of 15, and what is missing. It is no measure of worth.

    >>> found = completeness([Category.SDG, Category.SCALE])
    >>> found.count, found.of, found.side(Dimension.HOW_MUCH), found.missing[0].value
    (2, 15, (1, 3), 'outcome_level')
    """
    known = set(filled)
    every = [category for side in CATEGORIES.values() for category in side]
    return Completeness(
        tuple(one for one in every if one in known), tuple(one for one in every if one not in known)
    )
