"""Mistakes that were made once."""

import numpy as np

from footbridge.engine import bridges
from footbridge.engine.ties import Ties


def test_ties_stay_as_they_were_whatever_is_asked_of_them() -> None:
    """Sorting a sparse matrix sorted the neighbours of the ties themselves, away from their
    strengths."""
    rng = np.random.default_rng(1)
    ties = Ties.build(30, *rng.integers(0, 30, (2, 80)), rng.choice([0.25, 0.5, 0.9], 80))
    before = [ties.indptr.copy(), ties.neighbours.copy(), ties.strength.copy()]
    group = rng.integers(-1, 4, 30)
    bridges.constraint(ties)
    bridges.cut_people(ties)
    bridges.single_threads(ties, group)
    bridges.bridging(ties, group)
    for kept, now in zip(before, (ties.indptr, ties.neighbours, ties.strength)):
        assert np.array_equal(kept, now)


def test_somebody_whom_everybody_knows_costs_little() -> None:
    """A sparse product had a row of everybody for each of their acquaintances: 100 million."""
    star = Ties.build(10_000, np.zeros(9_999, int), np.arange(1, 10_000), np.full(9_999, 0.5))
    found = bridges.constraint(star)
    assert found[0] < 0.001
    assert (found[1:] == 1.0).all()
