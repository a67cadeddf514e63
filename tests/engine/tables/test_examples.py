"""Pairs and tables told as stories, and wrong answers that the judge must catch."""

from dataclasses import replace

import numpy as np
import pytest

from footbridge.engine.checks.tables import faults, faults_of_pairs
from footbridge.engine.tables import Seating, Wanted, Why, WhyNot, gain_of, pair, reseat, seat
from footbridge.engine.tables.designs import round_robin, without_repeats

NEEDS_FINANCE, OFFERS_FINANCE, TEACHER, PORTER = range(4)


def strangers(n: int, never: list[tuple[int, int]] | None = None, **known: object) -> Wanted:
    """People of whom nothing is known but who must not meet."""
    barred = np.zeros((n, n), bool)
    for a, b in never or []:
        barred[a, b] = barred[b, a] = True
    return Wanted.build(np.zeros((n, n)), barred, **known)  # type: ignore[arg-type]


def neighbours(n: int, seed: int = 1) -> Wanted:
    """People who gain something from about a third of the others."""
    rng = np.random.default_rng(seed)
    answers = rng.integers(1, 3, (n, n)) * (rng.random((n, n)) < 0.15) * (1.0 - np.eye(n))
    sectors = rng.integers(0, 4, n)
    return Wanted.build(gain_of(answers, sectors), answers=answers, sectors=sectors)


def times_met(seating: Seating, n: int) -> np.ndarray:
    times = np.zeros((n, n), int)
    for one in seating.rounds:
        for people in one.people:
            times[np.ix_(people, people)] += 1
    np.fill_diagonal(times, 0)
    return times


def test_who_needs_finance_is_paired_with_who_offers_it() -> None:
    answers = np.zeros((4, 4))
    answers[NEEDS_FINANCE, OFFERS_FINANCE] = 1
    wanted = Wanted.build(gain_of(answers), answers=answers)
    found = pair(wanted)
    assert found.people == ((NEEDS_FINANCE, OFFERS_FINANCE), (TEACHER, PORTER))
    assert found.pairs[0].reasons[0].kind is Why.ANSWERED
    assert found.pairs[0].reasons[0].people == (NEEDS_FINANCE, OFFERS_FINANCE)
    assert found.is_optimal
    assert faults_of_pairs(wanted, found) == []


def test_an_odd_number_makes_one_trio_and_leaves_nobody_over() -> None:
    for n in (3, 11, 21):
        wanted = neighbours(n)
        found = pair(wanted)
        assert sorted(map(len, found.people)) == [2] * (n // 2 - 1) + [3]
        assert found.unseated == ()
        assert faults_of_pairs(wanted, found) == []


def test_nobody_and_one_alone() -> None:
    assert pair(strangers(0)).people == ()
    assert seat(strangers(0), 4, 2).rounds[1].tables == ()
    for unseated in (pair(strangers(1)).unseated, seat(strangers(1), 4, 2).rounds[0].unseated):
        assert [(one.person, one.why) for one in unseated] == [(0, WhyNot.ALONE)]
    assert seat(strangers(5), 4, 0).rounds == ()


@pytest.mark.parametrize("n", [2, 3, 11])
def test_few_people_sit_at_tables_of_nearly_the_same_size(n: int) -> None:
    for size in (2, 4, 10):
        wanted = neighbours(n)
        assert faults(wanted, seat(wanted, size, 3), size, 3) == []


def test_five_hundred_people_sit_down_ten_to_a_table_three_times() -> None:
    wanted = neighbours(500)
    seating = seat(wanted, 10, 3, effort=0.2)
    assert [len(one.tables) for one in seating.rounds] == [50, 50, 50]
    assert faults(wanted, seating, 10, 3) == []


def test_five_hundred_people_are_paired_with_a_proof() -> None:
    wanted = neighbours(500)
    found = pair(wanted)
    assert found.is_optimal
    assert faults_of_pairs(wanted, found) == []


def test_sixteen_people_all_meet_in_five_rounds_at_tables_of_four() -> None:
    seating = seat(strangers(16), size=4, rounds=5)
    assert (times_met(seating, 16)[np.triu_indices(16, 1)] == 1).sum() == 120
    assert seating.repeats == seating.least_repeats == 0


def test_sixteen_people_with_much_to_gain_still_meet_nobody_twice_in_three_rounds() -> None:
    wanted = neighbours(16)
    seating = seat(wanted, size=4, rounds=3)
    assert seating.repeats == 0
    assert faults(wanted, seating, 4, 3) == []


def test_eight_people_meet_everybody_once_in_seven_rounds_of_pairs() -> None:
    seating = seat(strangers(8), size=2, rounds=7)
    assert (times_met(seating, 8) + np.eye(8) == 1).all()


@pytest.mark.parametrize(
    ("groups", "size", "weeks"), [(8, 4, 5), (8, 4, 7), (8, 4, 9), (5, 3, 7), (10, 10, 3)]
)
def test_social_golfers_never_meet_twice(groups: int, size: int, weeks: int) -> None:
    n = groups * size
    seating = seat(strangers(n), size, weeks)
    assert times_met(seating, n).max() == 1


@pytest.mark.parametrize("tables", range(1, 14))
def test_a_design_seats_everybody_and_repeats_no_pair(tables: int) -> None:
    for chairs in range(2, 7):
        n = tables * chairs
        for empty in (0, tables - 1):
            times = np.zeros((n, n), int)
            for round_ in without_repeats(tables, chairs, 30, empty):
                assert sorted(round_.ravel()) == list(range(n))
                assert ((round_ >= n - empty).sum(axis=1) <= 1).all()
                np.add.at(times, (round_[:, :, None], round_[:, None, :]), 1)
            np.fill_diagonal(times, 0)
            assert times.max() <= 1


def test_a_round_robin_is_complete() -> None:
    met = {tuple(sorted(two)) for round_ in round_robin(6).tolist() for two in round_}
    assert len(met) == 66


def test_those_who_met_last_month_are_kept_apart() -> None:
    met = np.zeros((4, 4), bool)
    met[0, 1] = met[1, 0] = True
    gain = np.ones((4, 4))
    gain[0, 1] = gain[1, 0] = 5
    found = pair(Wanted.build(gain, met=met))
    assert (0, 1) not in found.people
    assert found.repeats == 0


def test_who_must_avoid_everybody_is_named_and_the_rest_are_seated() -> None:
    wanted = strangers(5, never=[(3, other) for other in (0, 1, 2, 4)])
    for unseated in (pair(wanted).unseated, seat(wanted, 4, 1).rounds[0].unseated):
        assert [(one.person, one.why, one.because) for one in unseated] == [
            (3, WhyNot.NEVER_WITH_ANYONE, (0, 1, 2, 4))
        ]
    assert pair(wanted).people == ((0, 1), (2, 4)) or len(pair(wanted).people) == 2
    assert faults_of_pairs(wanted, pair(wanted)) == []
    assert faults(wanted, seat(wanted, 4, 1), 4, 1) == []


def test_more_colleagues_than_tables_take_turns() -> None:
    colleagues = [(a, b) for a in range(4) for b in range(a)]
    wanted = strangers(8, never=colleagues)
    seating = seat(wanted, size=4, rounds=4)
    assert faults(wanted, seating, 4, 4) == []
    without = [one.person for round_ in seating.rounds for one in round_.unseated]
    assert {one.why for round_ in seating.rounds for one in round_.unseated} == {WhyNot.NO_PLACE}
    assert sorted(without) == [0, 0, 1, 1, 2, 2, 3, 3]


def test_a_room_in_which_nobody_may_meet_seats_nobody() -> None:
    wanted = strangers(11, never=[(a, b) for a in range(11) for b in range(a)])
    found = seat(wanted, 4, 2)
    assert [len(one.unseated) for one in found.rounds] == [11, 11]
    assert len(pair(wanted).unseated) == 11
    assert faults(wanted, found, 4, 2) == []


def test_who_is_left_over_joins_a_pair_where_that_helps() -> None:
    wanted = strangers(4, never=[(3, 0), (3, 1), (3, 2)])
    found = pair(wanted)
    assert found.people == ((0, 1, 2),)
    assert [one.person for one in found.unseated] == [3]
    assert not found.is_optimal
    assert faults_of_pairs(wanted, found) == []


def test_a_late_arrival_sits_down_and_running_rounds_stay() -> None:
    before = seat(neighbours(11), size=4, rounds=3)
    now = neighbours(12, seed=2)
    present = np.ones(12, bool)
    present[4] = False
    after = reseat(now, before, 2, 4, present=present)
    assert [one.people for one in after.rounds[:2]] == [one.people for one in before.rounds[:2]]
    assert [one.fixed for one in after.rounds] == [True, True, False]
    seated = {one for people in after.rounds[2].people for one in people}
    assert seated == set(range(12)) - {4}
    fixed = [one.people for one in before.rounds[:2]]
    everywhere = np.repeat(present[None], 3, axis=0)
    assert faults(now, after, 4, 3, fixed=fixed, present=everywhere) == []


def test_each_round_may_have_its_own_people() -> None:
    present = np.ones((3, 10), bool)
    present[0, 7:] = False
    present[2, :3] = False
    wanted = neighbours(10)
    seating = seat(wanted, 4, 3, present=present)
    assert faults(wanted, seating, 4, 3, present=present) == []


def test_the_same_seed_gives_the_same_seats() -> None:
    wanted = neighbours(20)
    assert seat(wanted, 5, 3, seed=7) == seat(wanted, 5, 3, seed=7)
    assert seat(wanted, 5, 3, seed=7) != seat(wanted, 5, 3, seed=8)
    assert pair(strangers(8), 3) == pair(strangers(8), 3)
    assert pair(strangers(8), 3).people != pair(strangers(8), 4).people


def test_a_table_says_why() -> None:
    answers = np.zeros((4, 4))
    answers[0, 1], answers[1, 0], answers[2, 3] = 2, 1, 1
    sectors = [0, 1, 0, 255]
    wanted = Wanted.build(gain_of(answers, sectors), answers=answers, sectors=sectors)
    (table,) = seat(wanted, 4, 1).rounds[0].tables
    told = [(reason.kind, reason.amount, reason.people) for reason in table.reasons]
    assert told == [
        (Why.ANSWERED, 4, (0, 1)),
        (Why.STRONGEST, 4.5, (0, 1)),
        (Why.SECTORS, 2, ()),
        (Why.NEW, 6, ()),
    ]
    again = seat(wanted, 4, 2).rounds[1].tables[0].reasons
    assert [(reason.kind, reason.amount) for reason in again] == [
        (Why.SECTORS, 2),
        (Why.AGAIN, 6),
    ]


def test_gain_adds_needs_sectors_and_stages() -> None:
    gain = gain_of([[0, 1], [0, 0]], sectors=[3, 4], stages=[1, 2])
    assert gain[0, 1] == gain[1, 0] == 1.75
    assert gain_of([[0, 1], [0, 0]], sectors=[3, 255], stages=[255, 2])[0, 1] == 1
    assert gain_of(np.zeros((2, 2)), stages=[1, 3]).any() == np.False_


BAD = [
    ({"gain": [[0, float("nan")], [float("nan"), 0]]}, "gain\\[0, 1\\] is nan"),
    ({"gain": [[0, -1], [-1, 0]]}, "gain\\[0, 1\\] is -1.0"),
    ({"gain": [[0, 1e9], [1e9, 0]]}, "between 0 and 1,000"),
    ({"gain": [[0, 1], [2, 0]]}, "must be the same"),
    ({"gain": [[0, 1, 2], [1, 0, 2]]}, "square matrix"),
    ({"gain": [[0, 1], [1]]}, "square matrix"),
    ({"gain": np.zeros((2, 2)), "never": np.zeros((3, 3), bool)}, "never must be a matrix of 2"),
    ({"gain": np.zeros((2, 2)), "never": np.zeros((2, 2))}, "truth values"),
    ({"gain": np.zeros((2, 2)), "never": [[False, True], [False, False]]}, "must be the same"),
    ({"gain": np.zeros((2, 2)), "met": [[0, -1], [-1, 0]]}, "whole numbers"),
    ({"gain": np.zeros((2, 2)), "met": [[0, 0.5], [0.5, 0]]}, "whole numbers"),
    ({"gain": np.zeros((2, 2)), "answers": [[0, -1], [0, 0]]}, "zero or more"),
    ({"gain": np.zeros((2, 2)), "sectors": [1]}, "sectors must hold 2"),
    ({"gain": np.zeros((2, 2)), "repeat_cost": float("nan")}, "repeat_cost"),
]


@pytest.mark.parametrize(("given", "words"), BAD)
def test_bad_input_is_told_in_words(given: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Wanted.build(**given)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"size": 11, "rounds": 1}, "2 to 10"),
        ({"size": 1, "rounds": 1}, "2 to 10"),
        ({"size": 4, "rounds": -1}, "zero or more"),
        ({"size": 4, "rounds": 1, "fixed": [[[0, 1]], [[2, 3]]]}, "only 1"),
        ({"size": 4, "rounds": 2, "fixed": [[[0, 1], [1, 2]]]}, "sits twice"),
        ({"size": 4, "rounds": 2, "fixed": [[[0, 9]]]}, "outside"),
        ({"size": 4, "rounds": 2, "present": np.ones(3, bool)}, "4 truth values"),
        ({"size": 4, "rounds": 2, "present": np.ones((3, 4), bool)}, "each of 2 rounds"),
    ],
)
def test_an_impossible_question_is_refused(asked: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        seat(strangers(4), **asked)


def test_the_judge_sees_a_broken_rule_and_a_wrong_figure() -> None:
    wanted = neighbours(8)
    good = seat(wanted, 4, 2)
    barred = np.zeros((8, 8), bool)
    a, b = good.rounds[0].people[0][:2]
    barred[a, b] = barred[b, a] = True
    found = faults(replace(wanted, never=barred), good, 4, 2)
    assert f"round 0: {a} and {b} must never share a table" in found
    boasting = replace(good, rounds=(replace(good.rounds[0], gain=99.0), good.rounds[1]))
    assert any("gain is told as 99.0" in fault for fault in faults(wanted, boasting, 4, 2))
    first = replace(good.rounds[0], tables=good.rounds[0].tables[:1])
    missing = replace(good, rounds=(first, good.rounds[1]))
    assert any("forgotten" in fault for fault in faults(wanted, missing, 4, 2))
    assert any("3 were asked" in fault for fault in faults(wanted, good, 3, 2))
    changed = faults(wanted, good, 4, 2, fixed=[good.rounds[1].people])
    assert "round 0: it had begun and was changed" in changed


def test_a_table_says_who_is_one_stage_ahead_of_whom() -> None:
    stages = [2, 0, 1, 255]
    wanted = Wanted.build(gain_of(np.zeros((4, 4)), stages=stages), stages=stages)
    (table,) = seat(wanted, 4, 1).rounds[0].tables
    (told,) = [one for one in table.reasons if one.kind == Why.AHEAD]
    assert (told.amount, told.people) == (2, (2, 0))
    assert not faults(wanted, seat(wanted, 4, 1), 4, 1)
    again = seat(wanted, 4, 2).rounds[1].tables[0].reasons
    assert Why.AHEAD not in {one.kind for one in again}


def test_the_judge_sees_who_is_not_ahead() -> None:
    stages = [0, 1, 5, 9]
    wanted = Wanted.build(gain_of(np.zeros((4, 4)), stages=stages), stages=stages)
    good = seat(wanted, 4, 1)
    (table,) = good.rounds[0].tables
    turned = tuple(
        replace(one, people=one.people[::-1]) if one.kind == Why.AHEAD else one
        for one in table.reasons
    )
    for reasons in (turned, ()):
        bad = replace(good.rounds[0], tables=(replace(table, reasons=reasons),))
        assert faults(wanted, replace(good, rounds=(bad,)), 4, 1)


def test_the_judge_sees_through_a_false_proof() -> None:
    wanted = neighbours(6)
    good = pair(wanted)
    assert good.proof is not None
    cheap = replace(good.proof, prices={**good.proof.prices, 0: good.proof.prices[0] - 1})
    told = faults_of_pairs(wanted, replace(good, proof=cheap))
    assert any("too low" in fault for fault in told)
    dear = replace(good.proof, prices={**good.proof.prices, 0: good.proof.prices[0] + 1})
    assert any("shows a bound" in f for f in faults_of_pairs(wanted, replace(good, proof=dear)))
    assert "called the best without a proof" in faults_of_pairs(wanted, replace(good, proof=None))
