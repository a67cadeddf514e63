"""The ratio drawn many times: every figure with a range from a triangle over low, best and high.

Draws are floats: a drawn figure is made up to begin with, and a band of 100,000 of them is known to
three digits. The ratio itself is never one of them (see `worth`).

Numbers of chance come as raw words of NumPy's SFC64, whose stream is promised to stay as it is;
what is made of them is written below. The same map, seed and number of draws hence give the same
draws after an upgrade. A triangle needs no square root:

    x = best − (best − low) · min(u, v)     with chance (best − low) / (high − low)
    x = best + (high − best) · min(u, v)    else

for u, v evenly spread over 0..1, since the smaller of two such has the density 2 (1 − d).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.value.figures import Figure, exact
from footbridge.engine.value.maps import RATE, Field, Input, Outcome, Timing, ValueMap
from footbridge.engine.value.worth import worth

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

CHUNK: Final = 4096
"""Draws at a time, so that all that is touched stays in the cache. Part of what a seed means."""
MOST: Final = 10_000_000
BINS: Final = 40


@dataclass(frozen=True, eq=False, slots=True)
class Draws:
    """What came out.

    band       10 % of draws lie below the first, 10 % above the second
    ends       the lowest and the highest that was drawn
    below_one  share of draws in which less came back than was put in
    edges      float64[41]  of the histogram; `counts` int64[40] draws between them
    """

    seed: int
    number: int
    band: tuple[float, float]
    ends: tuple[float, float]
    median: float
    mean: float
    below_one: float
    edges: Floats
    counts: NDArray[np.int64]


@exact
def draw(
    of: ValueMap, *, number: int = 10_000, seed: int = 0, progress: Progress | None = None
) -> Draws | None:
    """The ratio `number` times over, figures drawn independently of each other.

    A price that several rows share is drawn once. `progress(done, number)` is called after every
    4,096 draws; what it raises ends the work. It stands beside the tornado, never in its place:
    that figures do not depend on each other is a guess, and where they do the band is too narrow.

    None where there is no ratio. Nothing has a range: every draw is the ratio. ValueError for
    less than 100 or more than ten million draws.

    >>> from footbridge.engine.value.examples import employment
    >>> found = draw(employment(quantity=(60, 40, 70)), number=20_000, seed=7)
    >>> [round(one, 2) for one in (*found.band, found.median)]
    [1.14, 1.55, 1.37]
    """
    if not 100 <= number <= MOST:
        raise ValueError(f"between 100 and {MOST:,} draws, not {number:,}")
    if seed < 0:
        raise ValueError("a seed is 0 or more")
    if worth(of).ratio is None:
        return None
    ratios = np.empty(number)
    chance = np.random.SFC64(seed)
    table = _Table(of)
    for start in range(0, number, CHUNK):
        done = min(start + CHUNK, number)
        ratios[start:done] = table.ratios(chance)[: done - start]
        if progress is not None:
            progress(done, number)
    return _told(ratios, seed)


class _Table:
    """A map's figures as floats, and room for one chunk of draws of each."""

    def __init__(self, of: ValueMap) -> None:
        self.uncertain = list(of.uncertain)
        self.values: dict[Field, Floats | float] = {
            field: float(figure.best) for field, figure in of.figures.items()
        }
        for field in self.uncertain:
            self.values[field] = np.empty(CHUNK)
        self.triangles = [_Triangle(of.figures[field]) for field in self.uncertain]
        self.rows = [_Row(row, self.values) for row in of.counted]
        self.inputs = [_Put(given, self.values) for given in of.invested]

    def ratios(self, chance: np.random.SFC64) -> Floats:
        """float64[CHUNK]"""
        words = chance.random_raw(len(self.uncertain) * 3 * CHUNK // 2)
        thirds = words.astype("<u8", copy=False).view("<u4").reshape(-1, 3, CHUNK)
        for field, triangle, raw in zip(self.uncertain, self.triangles, thirds, strict=True):
            drawn = self.values[field]
            assert not isinstance(drawn, float)
            triangle.into(drawn, raw)
        discount = 1.0 / (1.0 + self.values[RATE])
        present = np.zeros(CHUNK)
        for row in self.rows:
            row.add_to(present, discount)
        invested = sum((one.amount() for one in self.inputs), np.zeros(CHUNK))
        # Nothing put in, in a draw from a range that begins at nothing, has no chance at all.
        return present / invested


class _Triangle:
    """Draws between low and high, likeliest at best."""

    def __init__(self, figure: Figure) -> None:
        low, best, high = float(figure.low), float(figure.best), float(figure.high)
        self.best = best
        self.up = (high - best) * 2.0**-32
        self.down = (low - best) * 2.0**-32 - self.up
        self.cut = np.uint32(min(round((best - low) / (high - low) * 2.0**32), 2**32 - 1))
        self.least = np.empty(CHUNK, np.uint32)
        self.left = np.empty(CHUNK, bool)

    def into(self, drawn: Floats, raw: NDArray[np.uint32]) -> None:
        np.minimum(raw[0], raw[1], out=self.least)
        np.less(raw[2], self.cut, out=self.left)
        np.multiply(self.left, self.down, out=drawn)
        drawn += self.up
        drawn *= self.least
        drawn += self.best


class _Row:
    """One outcome: present value = q · p · Π (1 − share) · v^s · (1 + w + w² …),
    with v = 1 / (1 + r) and w = (1 − drop-off) · v."""

    def __init__(self, row: Outcome, values: Mapping[Field, Floats | float]) -> None:
        assert row.price is not None
        self.years, self.start = row.years, row.start
        factor = float(row.price.factor)
        lessening = [values[Field("outcome", row.key, name)] for name, _ in row.shares]
        amounts = [
            values[Field("outcome", row.key, "quantity")],
            values[Field("price", row.price.key, "value")],
        ]
        self.drop_off = values.get(Field("outcome", row.key, "drop_off"), 0.0)
        # Figures that are certain are multiplied once and for all.
        fixed = [one for one in amounts if isinstance(one, float)]
        kept = [1.0 - one for one in lessening if isinstance(one, float)]
        self.constant = factor * float(np.prod(fixed + kept))
        self.amounts = [one for one in amounts if not isinstance(one, float)]
        self.shares = [one for one in lessening if not isinstance(one, float)]
        self.product, self.step = np.empty(CHUNK), np.empty(CHUNK)

    def add_to(self, present: Floats, discount: Floats | float) -> None:
        product, step = self.product, self.step
        product[:] = self.constant
        for amount in self.amounts:
            product *= amount
        for share in self.shares:
            np.subtract(1.0, share, out=step)
            product *= step
        if self.start is Timing.AFTER:
            product *= discount
        present += product
        if self.years > 1:
            np.multiply(np.subtract(1.0, self.drop_off), discount, out=step)
        for _ in range(1, self.years):
            product *= step
            present += product


class _Put:
    """One input: quantity · price."""

    def __init__(self, given: Input, values: Mapping[Field, Floats | float]) -> None:
        assert given.price is not None
        self.factor = float(given.price.factor)
        self.quantity = values[Field("input", given.key, "quantity")]
        self.price = values[Field("price", given.price.key, "value")]

    def amount(self) -> Floats | float:
        return self.quantity * self.price * self.factor


def _told(ratios: Floats, seed: int) -> Draws:
    mean, below = float(ratios.mean()), float((ratios < 1).mean())
    low, median, high = np.quantile(ratios, [0.1, 0.5, 0.9]).tolist()
    counts, edges = np.histogram(ratios, BINS)
    ends = float(ratios.min()), float(ratios.max())
    return Draws(seed, len(ratios), (low, high), ends, median, mean, below, edges, counts)
