"""Building ties: both directions, the strongest of duplicates, clear refusals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footbridge.engine.ties import Ties, members_of, widely_vouched

NOTHING: list[int] = []


@given(st.integers(1, 30), st.data())
def test_every_tie_stands_in_both_rows_sorted_by_cost_then_neighbour(
    n: int, data: st.DataObject
) -> None:
    member = st.integers(0, n - 1)
    pairs = data.draw(st.lists(st.tuples(member, member, st.floats(0.001, 1.0)), max_size=80))
    a, b, s = zip(*pairs) if pairs else ((), (), ())
    ties = Ties.build(n, a, b, s)
    strongest: dict[tuple[int, int], np.float32] = {}
    for one, other, strength in pairs:
        if one != other:
            for pair in ((one, other), (other, one)):
                strongest[pair] = max(strongest.get(pair, np.float32(0)), np.float32(strength))
    rows = {
        (one, int(other)): strength
        for one in range(n)
        for other, strength in zip(*ties.of(one), strict=True)
    }
    assert rows == strongest
    assert ties.count * 2 == len(strongest)
    for one in range(n):
        row = slice(ties.indptr[one], ties.indptr[one + 1])
        order = list(zip(ties.cost[row].tolist(), ties.neighbours[row].tolist()))
        assert order == sorted(order)


@given(st.integers(0, 2**32 - 1))
def test_the_order_in_which_ties_are_named_does_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, 20, (2, 60))
    s = rng.choice([0.25, 0.5, 1.0], 60)
    shuffled = rng.permutation(60)
    one, other = Ties.build(20, a, b, s), Ties.build(20, b[shuffled], a[shuffled], s[shuffled])
    for name in ("indptr", "neighbours", "strength", "cost"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()


def test_cost_is_minus_the_logarithm_of_strength_on_a_grid_of_exact_sums() -> None:
    strengths = np.linspace(0.001, 1, 999)
    ties = Ties.build(1000, np.zeros(999, int), np.arange(1, 1000), strengths)
    assert np.allclose(ties.cost, -np.log(ties.strength.astype(float)), rtol=1e-6, atol=1e-7)
    assert (ties.cost[0], math.copysign(1, ties.cost[0])) == (0.0, 1.0)
    scaled = ties.cost.astype(np.float64) * 2**24
    assert (scaled == np.rint(scaled)).all()


def test_a_network_without_ties_is_a_network() -> None:
    ties = Ties.build(3, NOTHING, NOTHING, NOTHING)
    assert (ties.members, ties.count, ties.indptr.tolist()) == (3, 0, [0, 0, 0, 0])
    assert ties.between(0, 2) == 0.0
    assert Ties.build(0, NOTHING, NOTHING, NOTHING).members == 0


@pytest.mark.parametrize("strength", [math.nan, 0.0, -0.5, 1.5, math.inf])
def test_a_strength_outside_nothing_to_one_is_refused_by_name(strength: float) -> None:
    with pytest.raises(ValueError, match=r"strength\[1\] is .*: it must be above 0 and at most 1"):
        Ties.build(3, [0, 1], [1, 2], [0.5, strength])


@pytest.mark.parametrize("member", [-1, 3, 2**40])
def test_an_unknown_member_is_refused_by_name(member: int) -> None:
    with pytest.raises(ValueError, match=r"b\[0\] is -?\d+: ids run from 0 to 2"):
        Ties.build(3, [0], [member], [0.5])


def test_columns_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="strength must hold 2 values, not 1"):
        Ties.build(3, [0, 1], [1, 2], [0.5])
    with pytest.raises(ValueError, match="a names 1 members and b names 2"):
        Ties.build(3, [0], [1, 2], [0.5])
    with pytest.raises(ValueError, match="whole numbers"):
        Ties.build(3, [0.5], [1], [0.5])
    with pytest.raises(ValueError, match="willing must hold 3 truth values"):
        Ties.build(3, [0], [1], [0.5], willing=[1, 0, 1])
    with pytest.raises(ValueError, match=r"vouched\[2\] is 0"):
        Ties.build(3, [0], [1], [0.5], vouched=[1, 1, 0])


def test_a_strength_too_faint_to_write_down_stays_a_tie() -> None:
    ties = Ties.build(2, [0], [1], [1e-300])
    assert ties.between(0, 1) > 0
    assert np.isfinite(ties.cost).all()


def test_passing_through_the_unwilling_costs_more_than_anything() -> None:
    ties = Ties.build(2, [0], [1], [0.5], np.array([True, False]), [0.5, 0.5])
    assert ties.asking.tolist() == [pytest.approx(math.log(2)), math.inf]


def test_each_further_voice_adds_less_and_never_reaches_one() -> None:
    factors = widely_vouched([0, 1, 2, 3, 1000]).tolist()
    gains = np.diff(factors[:4])
    assert (np.diff(gains) < 0).all()
    assert factors[-1] < 1
    with pytest.raises(ValueError, match="zero or more"):
        widely_vouched([-1])


def test_members_may_be_named_one_several_by_mask_or_not_at_all() -> None:
    assert members_of(2, 3, "x").tolist() == [2]
    assert members_of((2, 0, 2), 3, "x").tolist() == [0, 2]
    assert members_of(np.array([True, False, True]), 3, "x").tolist() == [0, 2]
    assert members_of(None, 3, "x").tolist() == []
    with pytest.raises(ValueError, match="mask must hold 3"):
        members_of(np.array([True]), 3, "x")
