"""Several people answer for one side: what they say together, and whether they agree themselves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.alike.items import (
    HIGH,
    LOW,
    Answers,
    Dimension,
    dimension,
    similarity,
    weights_of,
)

Floats = NDArray[np.float64]

ENOUGH_FOR_BAND = 3
"""With fewer respondents on a side there is no band, only the range of what is open."""
OWN_TEAM_AGREES = 0.7
"""Below this, it is said that one's own team disagrees."""
BAND = 0.8
DRAWS = 2000

Side = Sequence[Answers]
"""One row of answers for each respondent."""


def together(side: Side) -> list[float | None]:
    """What a side says: for each item the mean of those who have answered it.

    >>> together([[4, None], [5, None]])
    [4.5, None]
    """
    _items(side)
    said = [[float(one) for one in column if one is not None] for column in zip(*side)]
    return [math.fsum(some) / len(some) if some else None for some in said]


def own_agreement(answers: Answers, options: int = 5) -> float | None:
    """How far one's own team agrees on an item of so many options (r_wg).

        1 − variance / ((options² − 1) / 12)

    1 where all say the same, 0 where they answer as if by dice, below 0 where they stand in two
    camps. None with fewer than two answers. Source: James, Demaree & Wolf 1984.

    >>> own_agreement([4, 4, 5, 4, 3]), round(own_agreement([1, 5, 3, 2, 5]), 2)
    (0.75, -0.6)
    """
    if options < 2:
        raise ValueError(f"an item has at least two options, not {options}")
    said = [float(one) for one in answers if one is not None]
    if not all(math.isfinite(one) for one in said):
        raise ValueError("answers must be numbers")
    if len(said) < 2:
        return None
    mean = math.fsum(said) / len(said)
    variance = math.fsum((one - mean) ** 2 for one in said) / (len(said) - 1)
    return 1 - variance / ((options**2 - 1) / 12)


@dataclass(frozen=True, slots=True)
class Item:
    """One item, as a dumbbell shows it.

    first, second  what each side says together; None: nobody answered
    similarity     1 the same, 0 opposite poles; None unless both have answered
    weight         how much it matters
    teams          how far each side's own team agrees; None with fewer than two answers
    """

    first: float | None
    second: float | None
    similarity: float | None
    weight: float
    teams: tuple[float | None, float | None]

    @property
    def own_team_disagrees(self) -> tuple[bool, bool]:
        """For each side, whether its own people should talk first."""
        one, two = (team is not None and team < OWN_TEAM_AGREES for team in self.teams)
        return one, two


@dataclass(frozen=True, slots=True)
class Fit:
    """Two sides in one dimension.

    items      each one, in order
    dimension  score, coverage and range
    band       the middle 80 of 100 scores if other people like these had been asked; None with
               fewer than three respondents on a side
    """

    items: tuple[Item, ...]
    dimension: Dimension
    band: tuple[float, float] | None


def fit(
    first: Side,
    second: Side,
    importance: tuple[Answers, Answers] | None = None,
    *,
    low: float = LOW,
    high: float = HIGH,
    seed: int = 0,
) -> Fit:
    """Two sides with one or more respondents each, over the items of one dimension.

    `importance` is what each side says of how much each item matters, 1 to 5; without it all weigh
    alike. The scale is one of whole steps from `low` to `high`. Symmetric but for the dice of the
    band. ValueError for rows of different lengths, nobody on a side, and answers off the scale.

    >>> found = fit([[4, 2], [5, 2]], [[5, 4]], ([5, 3], [5, None]))
    >>> [(item.first, item.second, item.similarity) for item in found.items]
    [(4.5, 5.0, 0.875), (2.0, 4.0, 0.5)]
    >>> round(found.dimension.score, 4), found.band
    (0.7344, None)
    """
    if _items(first) != _items(second):
        raise ValueError(f"{_items(first)} items on one side and {_items(second)} on the other")
    empty: Answers = [None] * _items(first)
    weights = weights_of(*(importance or (empty, empty)))
    one, two = together(first), together(second)
    found = dimension(one, two, weights, low=low, high=high)
    for answer in (answer for side in (first, second) for row in side for answer in row):
        similarity(answer, None, low, high)
    options = round(high - low) + 1
    teams = [[own_agreement(column, options) for column in zip(*side)] for side in (first, second)]
    items = tuple(
        Item(a, b, similarity(a, b, low, high), weight, (own, other))
        for a, b, weight, own, other in zip(one, two, weights, *teams)
    )
    return Fit(items, found, band(first, second, weights, low=low, high=high, seed=seed))


def band(
    first: Side,
    second: Side,
    weights: Sequence[float],
    *,
    low: float = LOW,
    high: float = HIGH,
    draws: int = DRAWS,
    seed: int = 0,
) -> tuple[float, float] | None:
    """Between which scores the middle 80 of 100 would fall, had others like these been asked.

    On each side as many respondents as there are, are drawn with replacement, again and again
    (bootstrap, Efron 1979); each time the score over what is answered is worked out. None with
    fewer than three respondents on a side, and where no item was answered by both.

    >>> band([[4], [4], [4]], [[4], [4], [4]], [1])
    (1.0, 1.0)
    """
    if min(len(first), len(second)) < ENOUGH_FOR_BAND:
        return None
    rng = np.random.default_rng(seed)
    one, two = (_drawn(side, draws, rng) for side in (first, second))
    parts = 1 - np.abs(one - two) / (high - low)
    heavy = np.where(np.isnan(parts), 0.0, np.asarray(weights, np.float64))
    total = heavy.sum(axis=1)
    some = total > 0
    if not some.any():
        return None
    scores = (np.where(np.isnan(parts), 0.0, parts) * heavy).sum(axis=1)[some] / total[some]
    edges = np.quantile(scores, [(1 - BAND) / 2, (1 + BAND) / 2])
    return float(edges[0]), float(edges[1])


def _drawn(side: Side, draws: int, rng: np.random.Generator) -> Floats:
    """float64[draws, items]: a side's means over respondents drawn with replacement; nan: open."""
    answers = np.array([[np.nan if a is None else a for a in row] for row in side], np.float64)
    times = rng.multinomial(len(side), np.full(len(side), 1 / len(side)), size=draws)
    given = ~np.isnan(answers)
    count = times @ given
    total = times @ np.where(given, answers, 0.0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _items(side: Side) -> int:
    """How many items a side's respondents were asked."""
    if not side:
        raise ValueError("a side has at least one respondent")
    if len({len(row) for row in side}) > 1:
        raise ValueError("all respondents of a side are asked the same items")
    return len(side[0])
