"""Small networks full of edge cases, drawn at random."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from footbridge.engine.fit import Filters, Learned, Weights
from footbridge.engine.snapshot import MISSING, Snapshot
from footbridge.engine.ties import Ties

TERMS, CAUSES, SECTORS, COUNTRIES = 9, 5, 4, 3


def network(seed: int, n: int) -> Snapshot:
    """A network in which every column is sometimes known, sometimes not, and equals abound."""
    rng = np.random.default_rng(seed)
    return Snapshot.build(
        n,
        ties=some_ties(rng, n),
        offers=some_tags(rng, n, TERMS, 3),
        needs=some_tags(rng, n, TERMS, 2),
        causes=some_tags(rng, n, CAUSES, 2),
        places=some_places(rng, n),
        values=rng.choice([1, 2, 3, 4, 5, MISSING], (n, 5)),
        revision=f"seed {seed}",
        **some_columns(rng, n),
    )


def some_ties(rng: np.random.Generator, n: int) -> Ties:
    count = int(rng.integers(0, 4 * n + 1))
    a, b = rng.integers(0, n, count), rng.integers(0, n, count)
    strength = rng.choice([0.25, 0.5, 0.75, 1.0], count)
    return Ties.build(n, a[a != b], b[a != b], strength[a != b], willing=rng.random(n) < 0.8)


def some_tags(rng: np.random.Generator, n: int, terms: int, each: int) -> tuple[Any, Any, Any]:
    count = int(rng.integers(0, each * n + 1))
    weights = rng.choice([0.3, 0.5, 1.0], count)
    return rng.integers(0, n, count), rng.integers(0, terms, count), weights


def some_places(rng: np.random.Generator, n: int) -> tuple[Any, Any, Any]:
    """Most in one city, some at the antimeridian and the poles, some in several places."""
    count = int(rng.integers(0, 2 * n + 1))
    north = rng.choice([53.5, 53.51, 53.9, -17.0, 89.99], count)
    east = rng.choice([9.9, 10.0, 179.99, -179.99], count)
    scattered = rng.random(count) < 0.3
    north = np.where(scattered, rng.uniform(53, 54, count), north)
    east = np.where(scattered, rng.uniform(9, 11, count), east)
    return rng.integers(0, n, count), north, east


def some_columns(rng: np.random.Generator, n: int) -> dict[str, Any]:
    return {
        "pool": rng.random(n) < 0.9,
        "kind": rng.integers(0, 2, n),
        "sector": rng.integers(-1, SECTORS, n),
        "organisation": rng.integers(-1, max(n // 2, 1), n),
        "group": rng.choice([-1, -1, -1, 0, 1], n),
        "chapter": rng.integers(-1, 2, n),
        "country": rng.integers(-1, COUNTRIES, n),
        "stage": rng.integers(0, 6, n),
        "languages": rng.choice([0, 1, 1, 3, 4], n),
        "availability": rng.integers(0, 8, n),
        "capacity": rng.choice([np.nan, 0.0, 2.0, 8.0], n),
        "exposure": rng.choice([0, 0, 0, 1, 3, 6, 7], n),
    }


def some_of(top: int) -> st.SearchStrategy[frozenset[int]]:
    return st.one_of(st.just(frozenset()), st.frozensets(st.integers(0, top), max_size=3))


filters = st.one_of(
    st.just(Filters()),
    st.builds(
        Filters,
        sectors=some_of(SECTORS),
        causes=some_of(CAUSES),
        groups=some_of(1),
        chapters=some_of(1),
        countries=some_of(COUNTRIES),
        kind=st.sampled_from([None, None, 0, 1]),
        languages=st.sampled_from([0, 0, 1, 4]),
        available=st.sampled_from([0, 0, 1, 6]),
        near=st.sampled_from([None, None, (53.5, 10.0), (0.0, 0.0)]),
        within_km=st.sampled_from([5.0, 60.0, 8000.0]),
        allow_tied=st.booleans(),
        excluded=some_of(20),
    ),
)

lifts = st.sampled_from([None, np.linspace(0, 1, 9).reshape(3, 3)])

learned = st.builds(
    Learned,
    weights=st.sampled_from(
        [Weights(), Weights(place=0.6, exposure_loss=1.0), Weights(exposure_cap=3, same_sector=0.0)]
    ),
    sector_lift=lifts,
    country_lift=lifts,
)
