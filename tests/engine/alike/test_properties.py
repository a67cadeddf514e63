"""What holds of two sides whatever they answer."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.engine import alike
from footbridge.engine.checks.alike import (
    agenda_faults,
    dimension_faults,
    fit_faults,
    part_faults,
)

answer = st.none() | st.integers(1, 5)
items = st.lists(st.tuples(answer, answer, st.integers(1, 5)), max_size=9)


@settings(max_examples=150, deadline=None)
@given(items)
def test_a_dimension_is_what_the_judge_makes_of_the_answers(
    rows: list[tuple[int | None, int | None, int]],
) -> None:
    a, b, weights = ([row[at] for row in rows] for at in range(3))
    found = alike.dimension(a, b, weights)
    assert dimension_faults(a, b, weights, found) == []
    assert found == alike.dimension(b, a, weights)
    assert agenda_faults(a, b, weights, alike.agenda(a, b, weights)) == []
    mirrored = alike.agenda(b, a, weights)
    assert [one.item for one in mirrored] == [one.item for one in alike.agenda(a, b, weights)]


@settings(max_examples=60, deadline=None)
@given(items, st.integers(0, 8))
def test_one_more_answer_never_widens_the_range(
    rows: list[tuple[int | None, int | None, int]], which: int
) -> None:
    a, b, weights = ([row[at] for row in rows] for at in range(3))
    before = alike.dimension(a, b, weights)
    if which < len(a) and a[which] is None:
        a[which] = 3
    after = alike.dimension(a, b, weights)
    assert before.low <= after.low + 1e-12
    assert after.high <= before.high + 1e-12


@settings(max_examples=80, deadline=None)
@given(st.data(), st.integers(1, 5), st.integers(1, 4), st.integers(0, 5))
def test_a_fit_is_what_the_judge_makes_of_all_respondents(
    data: st.DataObject, ours: int, theirs: int, count: int
) -> None:
    row = st.lists(answer, min_size=count, max_size=count)
    first = data.draw(st.lists(row, min_size=ours, max_size=ours))
    second = data.draw(st.lists(row, min_size=theirs, max_size=theirs))
    assert fit_faults(first, second, alike.fit(first, second)) == []


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9), st.integers(1, 5)), max_size=6
    )
)
def test_needs_are_met_as_far_as_offers_go(rows: list[tuple[int, int | None, int]]) -> None:
    asked = [row for row in rows if row[0]]
    parts = [
        None if offer is None else min(Fraction(1), Fraction(offer, need))
        for need, offer, _ in asked
    ]
    found = alike.needs(*([row[at] for row in rows] for at in range(3)))
    assert part_faults(parts, [weight for *_, weight in asked], found) == []


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_both_together_are_never_better_than_twice_the_worse(a: float, b: float) -> None:
    one, two = (alike.Dimension(score, 1.0, score, score) for score in (a, b))
    both = alike.mutual(one, two).score
    assert both is not None
    assert min(a, b) - 1e-12 <= both <= 2 * min(a, b) + 1e-12
    assert both == pytest.approx(alike.mutual(two, one).score)


def test_a_band_holds_what_other_respondents_would_say_about_as_often_as_it_says() -> None:
    """Sixty people a side; five of each are asked. Bands of few are known to be too narrow."""
    rng = np.random.default_rng(4)
    crowds = [np.clip(np.rint(rng.normal(mean, 0.9, (60, 6))), 1, 5) for mean in (2.4, 3.4)]
    true = alike.dimension(*(crowd.mean(axis=0).tolist() for crowd in crowds), [1] * 6).score
    held = []
    for seed in range(80):
        asked = [crowd[rng.choice(60, 8, replace=False)].tolist() for crowd in crowds]
        low, high = alike.band(*asked, [1] * 6, draws=400, seed=seed) or (0.0, 0.0)
        held.append(low <= (true or 0) <= high)
    assert 0.6 <= np.mean(held) <= 0.95
