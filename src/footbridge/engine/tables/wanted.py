"""Who gains by meeting whom, who must not meet, who has met: what pairs and tables are made from.

Gains are kept as whole multiples of 2⁻²⁰, so that sums are exact in any order: what a table is
worth never depends on how it was added up, and a proof has no rounding in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

GRID = 1 << 20
"""Units of worth in a gain of 1."""
MOST = 1000.0
"""No gain is larger; scale them down if yours are."""
OFTEN = 20
"""Having met more often than this counts as this often."""
UNKNOWN = 255
NOT_ANSWERS = "answers must be numbers of zero or more"

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Weights:
    """What speaks for bringing two people together, each in the same unit of gain.

    need     for each need of one that the other answers
    both     more, for needs answered in both directions (counted as the smaller of the two)
    sectors  for coming from different sectors, both known
    ahead    for being one stage apart, both known: similar, but one slightly ahead
    """

    need: float = 1.0
    both: float = 1.0
    sectors: float = 0.5
    ahead: float = 0.25


def gain_of(
    answers: ArrayLike,
    sectors: ArrayLike | None = None,
    stages: ArrayLike | None = None,
    weights: Weights | None = None,
) -> Floats:
    """How much each two people gain by meeting: a symmetric matrix for `Wanted.build`.

    gain[i, j] = need·(a[i, j] + a[j, i]) + both·min(a[i, j], a[j, i])
               + sectors·[different sectors] + ahead·[one stage apart]

    answers  [n, n]  how many needs of i (row) are answered by j (column), zero or more
    sectors  [n]     codes; 255 unknown
    stages   [n]     0, 1, 2 …; 255 unknown

    ValueError for wrong shapes, and for answers that are negative or not numbers.

    >>> gain_of([[0, 2, 0], [1, 0, 0], [0, 0, 0]], sectors=[0, 1, 1], stages=[3, 3, 4]).tolist()
    [[0.0, 4.5, 0.75], [4.5, 0.0, 0.25], [0.75, 0.25, 0.0]]
    """
    use = weights or Weights()
    a = square(answers, "answers")
    if not ((a >= 0) & (a < np.inf)).all():
        raise ValueError(NOT_ANSWERS)
    n = len(a)
    gain = use.need * (a + a.T) + use.both * np.minimum(a, a.T)
    gain += use.sectors * _both_known(codes(sectors, n, "sectors"), lambda x, y: x != y)
    gain += use.ahead * _both_known(codes(stages, n, "stages"), lambda x, y: abs(x - y) == 1)
    np.fill_diagonal(gain, 0)
    return gain


@dataclass(frozen=True, eq=False)
class Wanted:
    """What is known of n people before they are put together.

    gain         float64[n, n]  what two gain by meeting, symmetric, 0 to 1,000
    never        bool[n, n]     pairs that must never share a table, symmetric
    met          int64[n, n]    how often two have met within the gap that the host has chosen
    repeat_cost  what meeting again costs, in the unit of gain; see `again`
    answers      float64[n, n]  needs of the row's person answered by the column's, to say why
    sectors      int64[n]       codes, 255 unknown, to say why
    stages       int64[n]       0, 1, 2 …, 255 unknown, to say why

    >>> wanted = Wanted.build([[0, 1, 2], [1, 0, 0], [2, 0, 0]], met=np.eye(3)[[1, 0, 2]] > 0)
    >>> (wanted.worth() / GRID).tolist()
    [[0.0, -10.0, 2.0], [-10.0, 0.0, 0.0], [2.0, 0.0, 0.0]]
    """

    gain: Floats
    never: Flags
    met: Whole
    repeat_cost: float
    answers: Floats
    sectors: Whole
    stages: Whole

    @classmethod
    def build(
        cls,
        gain: ArrayLike,
        never: ArrayLike | None = None,
        met: ArrayLike | None = None,
        *,
        repeat_cost: float = 10.0,
        answers: ArrayLike | None = None,
        sectors: ArrayLike | None = None,
        stages: ArrayLike | None = None,
    ) -> Wanted:
        """Check what is given and keep it in one form; diagonals are not read.

        ValueError, naming the first offender, for matrices that are not square and symmetric or
        differ in size, for gains that are negative, not numbers or above 1,000, and for a
        repeat_cost outside 0 … 1,000.
        """
        gains = symmetric(_on_the_grid(square(gain, "gain")), "gain")
        n = len(gains)
        if not 0 <= repeat_cost <= MOST:
            raise ValueError(f"repeat_cost is {repeat_cost}: it must lie between 0 and {MOST:,.0f}")
        return cls(
            gains,
            symmetric(_flags(never, n), "never"),
            symmetric(_counts(met, n), "met"),
            round(repeat_cost * GRID / 8) * 8 / GRID,
            _answered(answers, n),
            codes(sectors, n, "sectors"),
            codes(stages, n, "stages"),
        )

    @property
    def n(self) -> int:
        return len(self.gain)

    def worth(self, met: Whole | None = None) -> Whole:
        """What seating two together is worth now, in units of 2⁻²⁰, given how often they met.

        A first meeting is worth its gain. Meeting again gains nothing and costs `repeat_cost`,
        times what `again` says.
        """
        times = self.met if met is None else met
        cost = np.rint(self.repeat_cost * GRID * again(times)).astype(np.int64)
        return np.where(times == 0, self.units, -cost)

    @property
    def units(self) -> Whole:
        return np.rint(self.gain * GRID).astype(np.int64)


def again(times: Whole) -> Floats:
    """What meeting again counts for two who have met so often: 1, and an eighth more each time.

    The little more spreads repeats that cannot be avoided, and never buys another one for it.

    >>> again(np.array([0, 1, 2, 3])).tolist()
    [0.0, 1.0, 1.125, 1.25]
    """
    counted: Floats = np.where(times > 0, (times + 7) / 8, 0.0)
    return counted


def mask_of(present: ArrayLike | None, n: int) -> Flags:
    """Who is there; everyone where nothing is said."""
    if present is None:
        return np.ones(n, bool)
    mask = np.asarray(present) if n else np.zeros(0, bool)
    if mask.dtype != np.bool_ or mask.shape != (n,):
        raise ValueError(f"present must hold {n} truth values")
    return mask


def square(given: ArrayLike, name: str) -> Floats:
    try:
        values = np.array(given, np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be a square matrix of numbers") from error
    if values.size == 0:
        return np.zeros((0, 0))
    if values.ndim != 2 or values.shape[0] != values.shape[1]:
        raise ValueError(f"{name} must be a square matrix, not of shape {values.shape}")
    return values


def symmetric(values: NDArray[Any], name: str) -> NDArray[Any]:
    """The matrix with nothing on its diagonal; both halves must say the same."""
    values = values.copy()
    np.fill_diagonal(values, 0)
    apart = np.argwhere(values != values.T)
    if len(apart):
        i, j = apart[0].tolist()
        raise ValueError(
            f"{name}[{i}, {j}] is {values[i, j]} and {name}[{j}, {i}] is {values[j, i]}:"
            " they must be the same"
        )
    return values


def codes(given: ArrayLike | None, n: int, name: str) -> Whole:
    if given is None:
        return np.full(n, UNKNOWN)
    values = np.asarray(given)
    if values.shape != (n,) or (n and values.dtype.kind not in "iu"):
        raise ValueError(f"{name} must hold {n} whole numbers")
    return values.astype(np.int64)


def _on_the_grid(gain: Floats) -> Floats:
    np.fill_diagonal(gain, 0)
    bad = np.argwhere(~((gain >= 0) & (gain <= MOST)))
    if len(bad):
        i, j = bad[0].tolist()
        raise ValueError(f"gain[{i}, {j}] is {gain[i, j]}: it must lie between 0 and {MOST:,.0f}")
    return np.rint(gain * GRID) / GRID


def _flags(given: ArrayLike | None, n: int) -> Flags:
    if given is None:
        return np.zeros((n, n), bool)
    values = np.asarray(given)
    if values.size and values.dtype != np.bool_:
        raise ValueError("never must be a matrix of truth values")
    return _sized(
        values.astype(bool).reshape((0, 0) if values.size == 0 else values.shape), n, "never"
    )


def _counts(given: ArrayLike | None, n: int) -> Whole:
    if given is None:
        return np.zeros((n, n), np.int64)
    values = _sized(square(given, "met"), n, "met")
    if not ((values >= 0) & (values == np.rint(values))).all():
        raise ValueError("met must say yes or no, or count: whole numbers of zero or more")
    times: Whole = np.minimum(values, OFTEN).astype(np.int64)
    return times


def _answered(given: ArrayLike | None, n: int) -> Floats:
    if given is None:
        return np.zeros((n, n))
    values: Floats = _sized(square(given, "answers"), n, "answers")
    if not ((values >= 0) & (values < np.inf)).all():
        raise ValueError(NOT_ANSWERS)
    return values


def _sized(values: NDArray[Any], n: int, name: str) -> NDArray[Any]:
    if values.shape != (n, n):
        raise ValueError(f"{name} must be a matrix of {n} by {n}, not of shape {values.shape}")
    return values


def _both_known(values: Whole, are: Any) -> Flags:
    known = values != UNKNOWN
    found: Flags = known[:, None] & known & are(values[:, None], values)
    return found
