"""Mistakes that were made once."""

import time

import numpy as np

from footbridge.engine.checks.tables import faults, faults_of_pairs
from footbridge.engine.tables import Wanted, pair, reseat, seat
from footbridge.engine.tables.matching import heaviest


def test_two_who_met_and_must_never_meet_again_are_not_seated_for_the_sake_of_others() -> None:
    """Having met cost less than the bar, and the search over all rounds took it for the price."""
    rng = np.random.default_rng(3)
    n = 10
    met = np.triu(rng.random((n, n)) < 0.5, 1)
    met |= met.T
    never = met & (np.add.outer(np.arange(n), np.arange(n)) % 4 == 0)
    wanted = Wanted.build(np.zeros((n, n)), never, met, repeat_cost=1.0)
    for seed in range(5):
        assert faults(wanted, seat(wanted, 6, 2, seed, effort=0.3), 6, 2) == []


def test_a_trio_is_of_three_different_people() -> None:
    """Where hardly anybody may meet, the first guess named somebody twice."""
    never = ~np.eye(5, dtype=bool)
    never[3, 4] = never[4, 3] = False
    wanted = Wanted.build(np.zeros((5, 5)), never)
    found = pair(wanted)
    assert found.people == ((3, 4),)
    assert [one.person for one in found.unseated] == [0, 1, 2]
    assert faults_of_pairs(wanted, found) == []


def test_many_equal_gains_are_paired_as_fast_as_different_ones() -> None:
    """Odd circles nested hundreds deep, and each was counted out again from its innermost."""
    rng = np.random.default_rng(0)
    n = 800
    gain = 1.0 * (rng.random((n, n)) < 0.03) + 0.5 * (rng.random((n, n)) < 0.6)
    upper = np.triu(gain, 1)
    never = np.triu(rng.random((n, n)) < 0.05, 1)
    wanted = Wanted.build(upper + upper.T, never | never.T)
    spent = []
    for seed in range(4):
        began = time.thread_time()
        assert pair(wanted, seed).is_optimal
        spent.append(time.thread_time() - began)
    assert max(spent) < 2


def test_two_triangles_are_proven_by_the_price_of_an_odd_group() -> None:
    """Half of all ties in them would be worth more than any pairs; a group rules it out."""
    gain = np.zeros((6, 6), np.int64)
    for a, b, worth in (
        (0, 1, 8),
        (1, 2, 8),
        (0, 2, 8),
        (3, 4, 8),
        (4, 5, 8),
        (3, 5, 8),
        (2, 3, 1),
    ):
        gain[a, b] = gain[b, a] = worth
    found = heaviest(gain)
    assert found.mate.tolist() == [1, 0, 3, 2, 5, 4]
    assert found.twice_bound == 34
    assert [members for members, _ in found.groups] in (
        [(0, 1, 2)],
        [(3, 4, 5)],
        [(0, 1, 2), (3, 4, 5)],
    )


def test_a_fixed_round_may_hold_an_empty_table_and_somebody_alone() -> None:
    """What has happened is told as it was, even where no new round would look like it."""
    wanted = Wanted.build(np.ones((5, 5)), answers=np.ones((5, 5)))
    fixed = [[[], [2], [4, 0, 1]]]
    seating = seat(wanted, 3, 2, fixed=fixed)
    assert seating.rounds[0].people == ((), (2,), (0, 1, 4))
    assert seating.rounds[0].gain == 3
    assert faults(wanted, seating, 3, 2, fixed=fixed) == []


def test_who_has_waited_is_seated_before_who_is_worth_more() -> None:
    """Four colleagues at two tables: the same two would have been left out in every round."""
    never = np.zeros((8, 8), bool)
    never[:4, :4] = ~np.eye(4, dtype=bool)
    gain = np.zeros((8, 8))
    gain[:2, 4:] = gain[4:, :2] = 50
    wanted = Wanted.build(gain, never, repeat_cost=0.0)
    seating = seat(wanted, 4, 2)
    first, second = ({one.person for one in round_.unseated} for round_ in seating.rounds)
    assert first == {2, 3}
    assert second == {0, 1}
    again = reseat(wanted, seating, 1, 4)
    assert {one.person for one in again.rounds[1].unseated} == {0, 1}


def test_ten_people_at_two_tables_meet_as_many_others_as_three_rounds_allow() -> None:
    """Eighteen repeats are the fewest of all 126² plans; a price that rose with each bought 22."""
    seating = seat(Wanted.build(np.zeros((10, 10))), size=5, rounds=3)
    assert seating.repeats == 18
