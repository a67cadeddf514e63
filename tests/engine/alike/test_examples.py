"""How two sides answer each other, in worked numbers; wrong answers that the judge must catch."""

import doctest
import importlib
from dataclasses import replace
from pathlib import Path

import pytest

from footbridge.engine import alike
from footbridge.engine.alike import Dimension, Mark, Withheld
from footbridge.engine.checks.alike import agenda_faults, dimension_faults, fit_faults

A, B, W = [4, 2, 5, 3, None], [5, 4, 5, None, 2], [3, 2, 1, 2, 2]


def known(score: float) -> Dimension:
    return Dimension(score, 1.0, score, score)


@pytest.mark.parametrize("module", ["alike", "alike.items", "alike.sides", "checks.alike"])
def test_the_examples_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.engine.{module}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_page_says_what_is() -> None:
    page = Path(__file__).parents[3] / "docs/engine/alike.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_what_is_open_widens_the_range_and_never_becomes_an_answer() -> None:
    found = alike.dimension(A, B, W)
    assert found.score == pytest.approx(0.7083, abs=5e-5)
    assert found.coverage == pytest.approx(0.60)
    assert (found.low, found.high) == (pytest.approx(0.425), pytest.approx(0.825))
    assert dimension_faults(A, B, W, found) == []
    assert dimension_faults(A, B, W, replace(found, score=0.75))
    assert dimension_faults(A, B, W, replace(found, low=0.5))


def test_with_less_than_six_tenths_answered_there_is_a_range_and_no_score() -> None:
    found = alike.dimension([4, 2, None], [5, 4, 1], [1, 1, 2])
    assert (found.score, found.coverage) == (None, 0.5)
    assert (found.low, found.high) == (0.3125, 0.8125)


def test_no_answers_say_nothing() -> None:
    assert alike.dimension([None], [3], [1]) == Dimension(None, 0.0, 0.0, 1.0)
    assert alike.dimension([], [], []) == Dimension(None, 0.0, 0.0, 1.0)
    assert alike.dimension([3], [3], [0]) == Dimension(None, 0.0, 0.0, 1.0)


def test_identical_answers_are_one_and_opposite_poles_nought() -> None:
    assert alike.dimension([1, 5, 3], [1, 5, 3], [1, 2, 3]).score == 1.0
    assert alike.dimension([1, 5], [5, 1], [1, 2]).score == 0.0


def test_importance_is_the_mean_of_what_both_sides_say() -> None:
    assert alike.weights_of([5, 1, None, None], [2, None, 4, None]) == [3.5, 1.0, 4.0, 3.0]


def test_needs_that_are_met_in_part_count_in_part() -> None:
    found = alike.needs([4, 10, 20], [4, 6, 10], [3, 5, 4])
    assert found.score == pytest.approx(0.6667, abs=5e-5)
    plenty = alike.needs([4, 0, 2], [400, 0, 2], [3, 5, 1])
    assert plenty.score == 1.0
    open_ended = alike.needs([4, 10], [None, 5], [1, 3])
    assert (open_ended.score, open_ended.low, open_ended.high) == (0.5, 0.375, 0.625)


@pytest.mark.parametrize(("back", "both"), [(0.25, 0.3636), (0.9, 0.766)])
def test_a_one_sided_deal_scores_low(back: float, both: float) -> None:
    there = alike.needs([4, 10, 20], [4, 6, 10], [3, 5, 4])
    assert alike.mutual(there, known(back)).score == pytest.approx(both, abs=5e-5)
    assert alike.mutual(known(back), there).score == pytest.approx(both, abs=5e-5)


def test_nothing_on_one_side_is_nothing_for_both() -> None:
    assert alike.mutual(known(0.0), known(1.0)).score == 0.0
    assert alike.mutual(known(0.0), known(0.0)).score == 0.0
    hidden = alike.mutual(Dimension(None, 0.2, 0.1, 0.9), known(0.5))
    assert (hidden.score, hidden.coverage) == (None, 0.2)
    assert hidden.low == pytest.approx(1 / 6)


def test_goals_are_marked_by_the_other_side() -> None:
    found = alike.goals([Mark.HELPS, Mark.NEUTRAL, None], [1, 1, 1])
    assert (found.score, found.coverage) == (0.75, pytest.approx(2 / 3))


def test_one_weak_dimension_shows_in_the_overall_number() -> None:
    scores, weights = [0.8, 0.7, 0.5, 0.6], [0.3, 0.3, 0.2, 0.2]
    found = alike.overall([known(score) for score in scores], weights, deal_breakers=0)
    assert found.value == pytest.approx(0.6605, abs=5e-5)
    assert sum(s * w for s, w in zip(scores, weights)) == pytest.approx(0.670)
    none_at_all = alike.overall([known(0.0), known(1.0)], [1, 1], deal_breakers=0)
    assert none_at_all.value == 0.0


def test_there_is_no_overall_number_with_a_deal_breaker_or_too_few_answers() -> None:
    good = [known(0.9), known(0.8)]
    broken = alike.overall(good, [1, 1], deal_breakers=1)
    assert (broken.value, broken.withheld) == (None, Withheld.DEAL_BREAKER)
    thin = alike.overall([*good, Dimension(None, 0.4, 0.2, 0.8)], [1, 1, 1], deal_breakers=0)
    assert (thin.value, thin.withheld) == (None, Withheld.NOT_ENOUGH_ANSWERED)
    assert alike.overall([], [], deal_breakers=0).withheld is Withheld.NOT_ENOUGH_ANSWERED


@pytest.mark.parametrize(("answers", "told"), [([4, 4, 5, 4, 3], 0.75), ([1, 5, 3, 2, 5], -0.60)])
def test_a_team_that_does_not_agree_is_told_so(answers: list[float], told: float) -> None:
    assert alike.own_agreement(answers) == pytest.approx(told)
    found = alike.fit([[one] for one in answers], [[3]])
    assert found.items[0].own_team_disagrees == (told < 0.7, False)
    assert found.items[0].teams[1] is None


def test_the_agenda_has_what_matters_and_differs_most() -> None:
    a, b = [1, 3, 5, 2, 4, 1, 1, 1, 3, None], [5, 3, 4, 4, 5, 2, 3, 5, 4, 1]
    weights = [2, 5, 4, 2, 4, 1, 5, 1, 3, 5]
    found = alike.agenda(a, b, weights)
    assert [one.item for one in found] == [6, 0, 2, 4, 3, 7, 8]
    assert (found[0].gap, found[0].importance, found[0].higher) == (0.5, 5.0, 1)
    assert found[2].higher == 0
    assert agenda_faults(a, b, weights, found) == []
    assert agenda_faults(a, b, weights, found[1:])
    assert agenda_faults(a, b, weights, (*found[1:], found[0]))
    assert alike.agenda([3, None], [3, 4], [5, 5]) == ()


def test_three_respondents_a_side_give_a_band_and_two_do_not() -> None:
    ours, theirs = [[4, 2], [5, 1], [3, 3]], [[5, 2], [5, 4], [4, None]]
    found = alike.fit(ours, theirs, seed=1)
    assert found.band is not None
    assert found.band[0] < (found.dimension.score or 0) < found.band[1] + 0.05
    assert found.band == alike.fit(ours, theirs, seed=1).band
    assert alike.fit(ours[:2], theirs).band is None
    assert alike.fit([[4, 2]] * 3, [[5, 4]] * 3).band == pytest.approx((0.625, 0.625))
    assert fit_faults(ours, theirs, found) == []
    assert fit_faults(ours, theirs, replace(found, band=None))
    assert fit_faults(ours[:2], theirs, found)


def test_a_band_leaves_out_a_tenth_at_either_end() -> None:
    """Of ten drawn from five at either pole, seven or more are at one pole 17 times in a hundred
    and eight or more 5 times."""
    poles = [[1]] * 5 + [[5]] * 5
    assert alike.band(poles, [[1]] * 3, [1]) == pytest.approx((0.3, 0.7))


def test_an_item_nobody_on_one_side_answered_stays_open() -> None:
    found = alike.fit([[4, None]] * 3, [[4, 2]] * 3)
    assert found.items[1].similarity is None
    assert found.dimension.score is None
    assert found.band == (1.0, 1.0)
    assert alike.fit([[None]] * 3, [[4]] * 3).band is None


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: alike.similarity(6, 3), "between 1 and 5, not 6"),
        (lambda: alike.similarity(float("nan"), 3), "between 1 and 5"),
        (lambda: alike.similarity(1, 1, 5, 5), "from a lower to a higher"),
        (lambda: alike.dimension([1], [1, 2], [1]), "1 on one side and 2 on the other"),
        (lambda: alike.dimension([1], [1], []), "weights are given for 0 of 1"),
        (lambda: alike.dimension([1], [1], [-1]), "weights must be numbers, 0 or more"),
        (lambda: alike.weights_of([6], [1]), "importance is between 1 and 5"),
        (lambda: alike.needs([-1], [1], [1]), "a number, 0 or more"),
        (lambda: alike.needs([1], [float("inf")], [1]), "a number, 0 or more"),
        (lambda: alike.fit([], [[1]]), "at least one respondent"),
        (lambda: alike.fit([[1], [1, 2]], [[1]]), "the same items"),
        (lambda: alike.fit([[1]], [[1, 2]]), "1 items on one side and 2"),
        (lambda: alike.fit([[5], [9], [1]], [[1]]), "between 1 and 5, not 9"),
        (lambda: alike.own_agreement([1, 2], 1), "at least two options"),
        (lambda: alike.own_agreement([1, float("nan")]), "must be numbers"),
        (lambda: alike.goals(["perhaps"], [1]), "not a valid Mark"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(make: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make()  # type: ignore[operator]
