"""Voting power, unevenness and dependency, in worked numbers and against counting by hand."""

import doctest
import importlib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.engine import power as engine
from footbridge.engine.checks.bridges import power_faults
from footbridge.engine.power import dependency, gini, power


def test_the_examples_hold() -> None:
    result = doctest.testmod(importlib.import_module("footbridge.engine.power"))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_page_says_what_is() -> None:
    page = Path(__file__).parents[3] / "docs/engine/power.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_one_vote_in_a_hundred_is_worth_as_much_as_forty_nine() -> None:
    found = power([50, 49, 1], 51)
    assert found.shapley_shubik == (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))
    assert found.banzhaf == (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))
    assert (found.veto, found.idle, found.alone) == ((0,), (), ())


def test_a_majority_leaves_the_others_without_any_say() -> None:
    found = power([51, 48, 1], 51)
    assert found.shapley_shubik == (1, 0, 0)
    assert (found.veto, found.idle, found.alone) == ((0,), (1, 2), (0,))


def test_all_must_agree_gives_everybody_the_same_and_a_veto() -> None:
    found = power([70, 20, 10], 100)
    assert found.shapley_shubik == (Fraction(1, 3),) * 3
    assert found.veto == (0, 1, 2)


def test_nothing_can_be_decided_above_all_votes() -> None:
    found = power([1, 1], 3)
    assert found.shapley_shubik == (0, 0)
    assert found.banzhaf == (0, 0)
    assert (found.veto, found.idle, found.alone) == ((0, 1), (0, 1), ())


def test_weights_may_be_shares_of_money() -> None:
    percent = power([Decimal("50.5"), Decimal("49"), Decimal("0.5")], Decimal("50.6"))
    assert percent == power([101, 98, 1], 102)
    assert power([0.1, 0.2], 0.3).shapley_shubik == (Fraction(1, 2), Fraction(1, 2))
    huge = power([10**30 + 1, 10**30, 2], 10**30 + 2)
    assert huge == power([3, 2, 2], 4)


def test_thirty_parties_are_counted_exactly() -> None:
    found = power([1] * 30, 16)
    assert found.shapley_shubik == (Fraction(1, 30),) * 30
    mixed = power([10, *[1] * 29], 20)
    assert sum(mixed.shapley_shubik) == 1
    assert mixed.shapley_shubik[0] == Fraction(10, 30)
    assert len(set(mixed.shapley_shubik[1:])) == 1


def test_sixty_parties_with_equal_votes_are_equal() -> None:
    assert power([3] * 60, 91).banzhaf == (Fraction(1, 60),) * 60


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(1, 40))
def test_power_is_what_counting_orders_and_groups_gives(weights: list[int], quota: int) -> None:
    assert power_faults(weights, quota, power(weights, quota)) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=9), st.integers(1, 90))
def test_looking_at_all_groups_and_counting_them_agree(weights: list[int], quota: int) -> None:
    needed = min(quota, sum(weights) + 1)
    assert engine._by_looking(weights, needed) == engine._by_counting(weights, needed)


def test_the_judge_sees_power_that_is_not_there() -> None:
    right = power([50, 49, 1], 51)
    assert power_faults([50, 49, 1], 51, right) == []
    assert power_faults([50, 49, 1], 51, replace(right, veto=()))
    assert power_faults([50, 49, 1], 51, replace(right, shapley_shubik=right.banzhaf))
    assert power_faults([50, 49, 1], 50, right)


@pytest.mark.parametrize(
    ("rights", "told"),
    [((9, 1), 0.40), ((6, 3, 1), 0.333), ((5, 5), 0.0), ((0, 0), 0.0), ((), 0.0)],
)
def test_how_unevenly_decision_rights_are_spread(rights: tuple[int, ...], told: float) -> None:
    assert gini(rights) == pytest.approx(told, abs=0.0005)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=9))
def test_gini_is_the_mean_difference_of_all_pairs(amounts: list[int]) -> None:
    values = np.array(amounts, float)
    apart = np.abs(values[:, None] - values[None, :]).sum()
    true = apart / (2 * len(values) * values.sum()) if values.sum() else 0.0
    assert gini(amounts) == pytest.approx(true)
    assert gini([3 * one for one in amounts]) == pytest.approx(true)


def test_the_small_side_depends_most() -> None:
    found = dependency([30_000, 30_000, None], [100_000, 3_000_000, 500])
    assert found.shares == (0.3, 0.01, None)
    assert (found.asymmetry, found.most) == (0.29, 0)
    unknown = dependency([30_000, 30_000], [100_000, 0])
    assert (unknown.shares, unknown.asymmetry, unknown.most) == ((0.3, None), None, None)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: power([], 1), "1 to 60 parties, not 0"),
        (lambda: power([1] * 61, 1), "1 to 60 parties, not 61"),
        (lambda: power([1, -1], 1), "weight of party 1 must be 0 or more"),
        (lambda: power([1], 0), "above 0"),
        (lambda: power([1, *[10_000] * 29], 50_000), "at most|may be 200,000"),
        (lambda: gini([1, -1]), "0 or more"),
        (lambda: gini([float("nan")]), "must be numbers"),
        (lambda: dependency([1], [1, 2]), "money is given for 1 parties"),
        (lambda: dependency([-1], [1]), "money must be 0 or more"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(make: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make()  # type: ignore[operator]
