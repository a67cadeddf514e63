"""How many will come: a chance for each number, not one number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from footbridge.engine.turnout.rates import PRESUMED_SWAY, ShowRate, WalkIns
from footbridge.engine.turnout.weather import in_each_weather, weathers

Floats = NDArray[np.float64]

LOST = 1e-9
"""Walk-ins beyond the number that is exceeded with this chance are not told apart."""


@dataclass(frozen=True, slots=True)
class Expected:
    """People who have accepted and are alike: so many, with this rate of coming."""

    people: int
    rate: ShowRate

    def __post_init__(self) -> None:
        if self.people < 0:
            raise ValueError(f"a group has 0 or more people, not {self.people}")


@dataclass(frozen=True, eq=False)
class Distribution:
    """The chance of each number of people, 0 upwards.

    by_weather  float64[weathers, n + 1]  the same, given each weather of `weathers(sway)`
    sway        how much the whole evening moves together
    """

    by_weather: Floats
    sway: float

    @classmethod
    def of(cls, chances: ArrayLike) -> Distribution:
        """From chances for 0, 1, 2 … people, scaled to sum to 1, without a weather.

        >>> Distribution.of([1, 1, 2]).chances.tolist()
        [0.25, 0.25, 0.5]
        """
        given = np.asarray(chances, np.float64)
        if given.ndim != 1 or not given.size or not np.isfinite(given).all() or (given < 0).any():
            raise ValueError("chances are a list of numbers, 0 or more")
        if not given.sum() > 0:
            raise ValueError("chances must sum to more than 0")
        return cls(given[None, :] / given.sum(), 0.0)

    @cached_property
    def chances(self) -> Floats:
        """float64[n + 1]: the chance that exactly so many come."""
        mixed: Floats = weathers(self.sway)[1] @ self.by_weather
        mixed /= mixed.sum()
        return mixed

    @property
    def mean(self) -> float:
        """How many come on average."""
        return float(self.chances @ np.arange(len(self.chances)))

    @property
    def spread(self) -> float:
        """Standard deviation of the number who come."""
        squares = (np.arange(len(self.chances)) - self.mean) ** 2
        return float(np.sqrt(self.chances @ squares))

    def p_below(self, quorum: int) -> float:
        """The chance that fewer than `quorum` come."""
        return min(1.0, float(self.chances[: max(quorum, 0)].sum()))

    def p_above(self, cap: int) -> float:
        """The chance that more than `cap` come."""
        return min(1.0, float(self.chances[max(cap + 1, 0) :].sum()))

    def p_within(self, quorum: int, cap: int) -> float:
        """The chance that at least `quorum` and at most `cap` come."""
        return min(1.0, float(self.chances[max(quorum, 0) : max(cap + 1, 0)].sum()))

    def quantile(self, share: float) -> int:
        """The smallest number that is not exceeded with at least this chance."""
        if not 0 <= share <= 1:
            raise ValueError(f"a quantile is asked for by a share between 0 and 1, not {share}")
        reached = np.cumsum(self.chances) >= share - 1e-12
        return int(reached.argmax()) if reached.any() else len(self.chances) - 1

    def band(self, share: float = 0.8) -> tuple[int, int]:
        """The narrowest run of numbers, both ends included, that holds at least this chance.

        Among equally narrow ones the likeliest, then the lowest. With few people it holds more
        than asked for, since people do not come in halves.

        >>> Distribution.of([0.05, 0.15, 0.4, 0.3, 0.1]).band(0.8)
        (1, 3)
        """
        if not 0 < share <= 1:
            raise ValueError(f"a band holds a share above 0 and up to 1, not {share}")
        upto = np.concatenate(([0.0], np.cumsum(self.chances)))
        last = np.searchsorted(upto, upto[:-1] + min(share, upto[-1]) - 1e-12)
        low = np.flatnonzero(last < len(upto))
        width = last[low] - low
        low = low[width == width.min()]
        held = np.round(upto[last[low]] - upto[low], 12)
        best = int(low[held.argmax()])
        return best, int(last[best]) - 1


def forecast(
    groups: Iterable[Expected], *, walk_ins: WalkIns | None = None, sway: float = PRESUMED_SWAY
) -> Distribution:
    """How many of those who have accepted will come, and who walks in besides.

    Each group is a beta-binomial: so many people, a rate of which we are only so sure. In each
    weather the groups' numbers are convolved; the weathers are mixed by how likely they are. The
    mean is exactly Σ people · rate + walk-ins. `sway` comes from `learn(history).sway`; 0 takes
    people for independent of each other, which they are not.

    Nobody accepted and nobody walks in: 0 comes for certain. ValueError for negative numbers and
    for shares outside 0..1.

    >>> café = forecast([Expected(12, ShowRate.of(30, 40))], sway=0.4)
    >>> round(café.mean, 2), café.band(0.8), round(café.p_below(4), 3), round(café.p_above(10), 3)
    (8.64, (7, 11), 0.008, 0.175)
    """
    nodes = len(weathers(sway)[0])
    total = np.ones((nodes, 1))
    for group in groups:
        if group.people:
            total = _convolved(total, group_chances(group, sway))
    if walk_ins is not None and walk_ins.mean > 0:
        total = _convolved(total, _walk_in_chances(walk_ins)[None, :].repeat(nodes, axis=0))
    return Distribution(total, sway)


def group_chances(group: Expected, sway: float) -> Floats:
    """float64[weathers, people + 1]: how many of one group come, in each weather."""
    share = in_each_weather([group.rate.mean], sway)[0][:, None]
    if group.rate.mean in (0.0, 1.0):
        share = np.full_like(share, group.rate.mean)
    if np.isinf(group.rate.weight) or group.rate.mean in (0.0, 1.0):
        return _binomial(group.people, share)
    return _beta_binomial(group.people, share * group.rate.weight, (1 - share) * group.rate.weight)


def _binomial(n: int, share: Floats) -> Floats:
    k = np.arange(n + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        hits = np.where(k == 0, 0.0, k * np.log(share))
        misses = np.where(k == n, 0.0, (n - k) * np.log1p(-share))
    return np.exp(_log_choose(n) + hits + misses)


def _beta_binomial(n: int, a: Floats, b: Floats) -> Floats:
    """C(n, k) · a⁽ᵏ⁾ · b⁽ⁿ⁻ᵏ⁾ / (a + b)⁽ⁿ⁾ with rising factorials, as sums of logarithms."""
    up, down = _log_rising(a, n), _log_rising(b, n)
    whole = _log_rising(a + b, n)[:, -1:]
    return np.exp(_log_choose(n) + up + down[:, ::-1] - whole)


def _log_rising(start: Floats, n: int) -> Floats:
    """ln of x⁽ᵏ⁾ = x (x + 1) … (x + k − 1) for k = 0..n, one row for each x."""
    steps = np.log(np.maximum(start, 1e-300) + np.arange(n))
    return np.concatenate((np.zeros((len(start), 1)), np.cumsum(steps, axis=1)), axis=1)


def _log_choose(n: int) -> Floats:
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, n + 1)))))
    chosen: Floats = logs[n] - logs - logs[::-1]
    return chosen


def _walk_in_chances(walk_ins: WalkIns) -> Floats:
    """Negative binomial by its recurrence, up to where only `LOST` is left; or Poisson."""
    mean, shape = walk_ins.mean, walk_ins.shape
    poisson = np.isinf(shape)
    chance = np.exp(-mean) if poisson else (shape / (shape + mean)) ** shape
    chances, total, k = [float(chance)], float(chance), 0
    while 1 - total > LOST and k < 10_000:
        ratio = mean / (k + 1) if poisson else (shape + k) / (k + 1) * mean / (shape + mean)
        chance, k = chance * ratio, k + 1
        chances.append(float(chance))
        total += float(chance)
    found: Floats = np.array(chances)
    found /= found.sum()
    return found


def _convolved(one: Floats, other: Floats) -> Floats:
    return np.stack([np.convolve(a, b) for a, b in zip(one, other, strict=True)])
