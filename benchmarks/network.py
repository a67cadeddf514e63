"""A synthetic network with the shape of a real one, drawn from a seed.

Members cluster in cities of Zipf size; skills, causes and sectors are Zipf-popular; each member
offers about six things, needs three, cares for four causes and has about twenty ties, most of them
within the city and some to hubs; half of the ties close triangles. Tags come as plain columns, so
that peers load exactly what the snapshot is built from.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from footbridge.engine.snapshot import MISSING, Snapshot
from footbridge.engine.ties import Ties

SKILLS, CAUSES, SECTORS, CITIES, QUESTIONS = 2000, 120, 6, 400, 8

Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Synthetic:
    """Plain columns: what a spreadsheet or a database would hold."""

    n: int
    offers: tuple[Column, Column, Column]
    needs: tuple[Column, Column, Column]
    causes: tuple[Column, Column, Column]
    ties: tuple[Column, Column, Column]
    willing: Column
    north: Column
    east: Column
    values: Column
    columns: dict[str, Column]

    def snapshot(self) -> Snapshot:
        everyone = np.arange(self.n)
        return Snapshot.build(
            self.n,
            ties=Ties.build(self.n, *self.ties, willing=self.willing),
            offers=self.offers,
            needs=self.needs,
            causes=self.causes,
            places=(everyone, self.north, self.east),
            values=self.values,
            revision="synthetic",
            **self.columns,
        )


def synthetic(n: int, seed: int = 7) -> Synthetic:
    """Draw a network of ``n`` members."""
    rng = np.random.default_rng(seed)
    city = rng.choice(CITIES, n, p=_zipf(CITIES, 0.9)).astype(np.int32)
    centre_north, centre_east = rng.uniform(36, 60, CITIES), rng.uniform(-9, 30, CITIES)
    return Synthetic(
        n=n,
        offers=_tags(rng, n, SKILLS, 6, words=True),
        needs=_tags(rng, n, SKILLS, 3, words=True),
        causes=_tags(rng, n, CAUSES, 4, words=False),
        ties=_ties(rng, n, city),
        willing=rng.random(n) < 0.9,
        north=np.clip(centre_north[city] + rng.normal(0, 0.12, n), -89, 89),
        east=centre_east[city] + rng.normal(0, 0.15, n),
        values=np.where(rng.random((n, QUESTIONS)) < 0.7, _answers(rng, n), MISSING),
        columns=_columns(rng, n, city),
    )


def _zipf(size: int, exponent: float) -> npt.NDArray[np.float64]:
    weights = 1 / np.arange(1, size + 1) ** exponent
    return weights / weights.sum()


def _tags(
    rng: np.random.Generator, n: int, terms: int, mean: int, *, words: bool
) -> tuple[Column, Column, Column]:
    """About ``mean`` distinct tags each; a third are plain words of smaller weight."""
    count = np.minimum(rng.poisson(mean, n), 4 * mean)
    member = np.repeat(np.arange(n, dtype=np.int64), count)
    term = rng.choice(terms, len(member), p=_zipf(terms, 0.8))
    key = np.unique(member * terms + term)
    weight = rng.choice([1.0, 1.0, 0.4], len(key)) if words else np.ones(len(key))
    return (key // terms).astype(np.int32), (key % terms).astype(np.int32), np.float32(weight)


def _ties(
    rng: np.random.Generator, n: int, city: Column, mean: int = 20
) -> tuple[Column, Column, Column]:
    """Ties within the city (near neighbours on a ring, which close triangles), across, to hubs."""
    order = np.argsort(city, kind="stable")
    place = np.empty(n, np.int64)
    place[order] = np.arange(n)
    each = mean // 2
    a = np.repeat(np.arange(n), each)
    near = order[(place[a] + rng.geometric(0.04, len(a))) % n]
    anywhere = rng.integers(0, n, len(a))
    hub = order[(n * rng.random(len(a)) ** 4).astype(np.int64)]
    b = np.choose(rng.choice(3, len(a), p=[0.75, 0.2, 0.05]), [near, anywhere, hub])
    apart = a != b
    a, b = a[apart], b[apart]
    key = np.unique(np.minimum(a, b) * n + np.maximum(a, b))
    strength = rng.choice([0.3, 0.5, 0.7, 0.9], len(key), p=[0.3, 0.35, 0.25, 0.1])
    return (key // n).astype(np.int32), (key % n).astype(np.int32), np.float32(strength)


def _answers(rng: np.random.Generator, n: int) -> Column:
    return rng.integers(1, 6, (n, QUESTIONS))


def _columns(rng: np.random.Generator, n: int, city: Column) -> dict[str, Column]:
    organisation = rng.integers(0, max(n // 3, 1), n)
    return {
        "pool": rng.random(n) < 0.95,
        "sector": rng.integers(0, SECTORS, max(n // 3, 1))[organisation].astype(np.int16),
        "organisation": organisation.astype(np.int32),
        "group": np.where(organisation % 50 == 0, organisation // 500, -1).astype(np.int32),
        "chapter": (city % 40).astype(np.int32),
        "country": (city % 12).astype(np.int16),
        "stage": rng.integers(0, 6, n).astype(np.uint8),
        "languages": (1 | (np.uint64(1) << (city % 9 + 1).astype(np.uint64))),
        "availability": rng.integers(0, 256, n).astype(np.uint64),
        "capacity": rng.choice([0.0, 1.0, 2.0, 4.0, 8.0], n).astype(np.float32),
        "exposure": np.minimum(rng.poisson(1.5, n), 9).astype(np.uint16),
    }
