"""Small networks whose right answer a person can see."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from footbridge.engine import VERSION, fit
from footbridge.engine.fit import Filters, Learned, Missing, Term, Weights
from footbridge.engine.fit.score import Scorer
from footbridge.engine.snapshot import MISSING, Snapshot
from footbridge.engine.ties import Ties

SPACE, FUNDS, VOLUNTEERS = 4, 5, 6


def contributions(suggestion: fit.Suggestion) -> dict[Term, float]:
    return {reason.kind: reason.contribution for reason in suggestion.reasons}


def evidence(suggestion: fit.Suggestion, term: Term) -> tuple[int, ...]:
    return next(reason.evidence for reason in suggestion.reasons if reason.kind is term)


def scorer(snapshot: Snapshot, seeker: int = 0) -> Scorer:
    query = fit.Query.of_member(snapshot, seeker)
    return Scorer(snapshot, query, Filters(), Learned())


def test_a_need_half_answered_counts_half() -> None:
    """Weights 1, 1, 0.4 against offers of full, half and no weight: (1 + 0.5) / 2.4."""
    snapshot = Snapshot.build(
        2,
        needs=([0, 0, 0], [SPACE, FUNDS, VOLUNTEERS], [1.0, 1.0, 0.4]),
        offers=([1, 1], [SPACE, FUNDS], [1.0, 0.5]),
    )
    coverage = scorer(snapshot).answers_you(np.array([1]))
    assert coverage[0] == pytest.approx(1.5 / 2.4)


@pytest.mark.parametrize(("back", "mutual"), [(0.25, 0.3636), (0.9, 0.7660)])
def test_both_ways_is_the_harmonic_mean_of_the_two_coverages(back: float, mutual: float) -> None:
    from footbridge.engine.fit.score import harmonic

    assert harmonic(np.array([2 / 3]), np.array([back]))[0] == pytest.approx(mutual, abs=5e-5)


def test_one_sided_help_is_useful_but_clearly_below_help_both_ways() -> None:
    """Member 1 answers and is answered; 2 only answers; 3 only needs."""
    snapshot = Snapshot.build(
        4,
        needs=([0, 1, 3], [SPACE, FUNDS, FUNDS], [1, 1, 1]),
        offers=([0, 1, 2], [FUNDS, SPACE, SPACE], [1, 1, 1]),
    )
    ranking = fit.rank(snapshot, 0, k=3)
    assert ranking.members == (1, 2, 3)
    assert [s.score for s in ranking] == pytest.approx([0.38, 0.14, 0.08])
    assert contributions(ranking[0]) == {
        Term.BOTH_WAYS: 0.16,
        Term.ANSWERS_YOU: 0.14,
        Term.YOU_ANSWER: 0.08,
    }
    assert evidence(ranking[0], Term.BOTH_WAYS) == (SPACE, FUNDS)
    assert evidence(ranking[1], Term.ANSWERS_YOU) == (SPACE,)
    assert evidence(ranking[2], Term.YOU_ANSWER) == (FUNDS,)
    assert Missing.ONE_SIDED not in ranking[0].missing
    assert Missing.ONE_SIDED in ranking[1].missing
    assert not any(s.near_miss for s in ranking)


def test_a_shared_cause_counts_in_full_only_across_sectors() -> None:
    snapshot = Snapshot.build(
        4, causes=([0, 1, 2, 3], [7, 7, 7, 7], [1, 1, 1, 1]), sector=[1, 1, 2, -1]
    )
    ranking = fit.rank(snapshot, 0, k=3)
    assert [(s.member, round(s.score, 6)) for s in ranking] == [(2, 0.1), (1, 0.05), (3, 0.05)]
    assert Missing.SAME_SECTOR in ranking[1].missing
    assert Missing.SAME_SECTOR not in ranking[2].missing


def test_an_acquaintance_who_knows_few_says_more_and_the_warmest_willing_one_connects() -> None:
    """0 and 5 share 1, 2 and 3; 2 is warmest but unwilling; 3 knows four people."""
    ties = Ties.build(
        7,
        [0, 0, 0, 5, 5, 5, 3, 3],
        [1, 2, 3, 1, 2, 3, 4, 6],
        [0.5, 1.0, 0.5, 0.5, 1.0, 0.75, 0.5, 0.5],
        willing=np.array([True, True, False, True, True, True, True]),
    )
    best = fit.rank(Snapshot.build(7, ties=ties), 0, k=5)[0]
    assert best.member == 5
    assert evidence(best, Term.ACQUAINTANCES) == (1, 2, 3)
    assert evidence(best, Term.WARMTH) == (3,)
    adamic = 2 / np.log(2) + 1 / np.log(4)
    assert contributions(best)[Term.ACQUAINTANCES] == pytest.approx(0.22 * adamic / (adamic + 1.5))
    assert contributions(best)[Term.WARMTH] == pytest.approx(0.10 * 0.375)


def test_of_two_equally_warm_connectors_the_lower_number_is_named() -> None:
    ties = Ties.build(4, [0, 0, 3, 3], [2, 1, 1, 2], [0.5, 0.5, 0.5, 0.5])
    best = fit.rank(Snapshot.build(4, ties=ties), 0, k=1)[0]
    assert evidence(best, Term.WARMTH) == (1,)


def test_the_nearest_of_several_places_counts() -> None:
    """Hamburg; Hamburg or Lisbon; Berlin; somewhere."""
    snapshot = Snapshot.build(
        4,
        places=([0, 1, 1, 2], [53.55, 38.72, 53.55, 52.52], [10.0, -9.14, 10.0, 13.4]),
        causes=([0, 1, 2, 3], [1, 1, 1, 1], [1, 1, 1, 1]),
    )
    ranking = fit.rank(snapshot, 0, k=3)
    assert ranking.members == (1, 2, 3)
    assert evidence(ranking[0], Term.PLACE) == (0,)
    assert evidence(ranking[1], Term.PLACE) == (255,)
    assert Missing.FAR_AWAY in ranking[1].missing
    assert Missing.PLACE_UNKNOWN in ranking[2].missing


def test_closeness_halves_at_25_kilometres_and_crosses_the_date_line() -> None:
    snapshot = Snapshot.build(3, places=([0, 1, 2], [0, 0, 0], [179.9, -179.9, 0.0]))
    near, far = scorer(snapshot).kilometres(np.array([1, 2]))
    assert near == pytest.approx(22.24, abs=0.01)
    assert far == pytest.approx(20004, abs=1)


def test_values_follow_the_low_end_of_the_range_and_keep_silent_below_coverage() -> None:
    """Three of five answered by both: s = 0.5, 0.5, 1 on a scale of 1 to 5; c * S = 2 / 5."""
    answers = np.array(
        [[4, 2, 5, 3, MISSING], [2, 4, 5, MISSING, 2], [4, 2, MISSING, MISSING, MISSING]]
    )
    snapshot = Snapshot.build(3, values=answers)
    assert scorer(snapshot).alike(np.array([1, 2])).tolist() == pytest.approx([0.4, 0.0])


def test_stage_capacity_and_language_add_what_the_weights_say() -> None:
    snapshot = Snapshot.build(
        3,
        causes=([0, 1, 2], [1, 1, 1], [1, 1, 1]),
        stage=[2, 3, 5],
        capacity=[0, 2.0, np.nan],
        languages=[0b101, 0b100, 0],
    )
    first, second = fit.rank(snapshot, 0, k=2)
    assert contributions(first) == pytest.approx(
        {Term.SHARED_CAUSE: 0.05, Term.LANGUAGE: 0.03, Term.CAPACITY: 0.015, Term.STAGE: 0.01}
    )
    assert evidence(first, Term.LANGUAGE) == (2,)
    assert contributions(second) == pytest.approx({Term.SHARED_CAUSE: 0.05})
    assert Missing.ANOTHER_STAGE in second.missing


def test_whoever_was_asked_often_comes_later_and_beyond_the_cap_not_at_all() -> None:
    snapshot = Snapshot.build(5, causes=(range(5), [1] * 5, [1] * 5), exposure=[0, 6, 3, 0, 7])
    ranking = fit.rank(snapshot, 0, k=5)
    assert ranking.members == (3, 2, 1)
    assert [s.score for s in ranking] == pytest.approx([0.05, 0.05 * 0.85, 0.05 * 0.7])
    assert contributions(ranking[2])[Term.ASKED_OFTEN] == pytest.approx(-0.015)
    assert evidence(ranking[2], Term.ASKED_OFTEN) == (6,)


def test_some_are_never_suggested() -> None:
    """Self; same organisation; same group; tied; excluded; outside the pool. Only 6 remains."""
    snapshot = Snapshot.build(
        7,
        causes=(range(7), [1] * 7, [1] * 7),
        ties=Ties.build(7, [0], [3], [0.9]),
        organisation=[1, 1, 2, 3, 4, 5, 6],
        group=[8, -1, 8, -1, -1, -1, -1],
        pool=[True, True, True, True, True, False, True],
    )
    wish = Filters(excluded=frozenset({4}))
    assert fit.rank(snapshot, 0, filters=wish).members == (6,)
    assert fit.rank(snapshot, 0, filters=replace(wish, allow_tied=True)).members == (3, 6)


@pytest.mark.parametrize(
    ("wish", "fitting", "lacks"),
    [
        (Filters(sectors=frozenset({2})), 2, Missing.OTHER_SECTOR),
        (Filters(groups=frozenset({2})), 2, Missing.OTHER_GROUP),
        (Filters(chapters=frozenset({2})), 2, Missing.OTHER_CHAPTER),
        (Filters(countries=frozenset({2})), 2, Missing.OTHER_COUNTRY),
        (Filters(kind=1), 2, Missing.OTHER_KIND),
        (Filters(languages=0b10), 2, Missing.OTHER_LANGUAGE),
        (Filters(available=0b10), 2, Missing.NOT_AVAILABLE),
        (Filters(causes=frozenset({2})), 2, Missing.OTHER_CAUSE),
        (Filters(near=(10.0, 10.0), within_km=30), 2, Missing.OUTSIDE_AREA),
    ],
)
def test_whoever_fails_a_filter_is_only_a_near_miss(
    wish: Filters, fitting: int, lacks: Missing
) -> None:
    snapshot = Snapshot.build(
        3,
        causes=([0, 1, 2, 2], [1, 1, 1, 2], [1, 1, 1, 1]),
        sector=[0, 1, 2],
        group=[0, 1, 2],
        chapter=[0, 1, 2],
        country=[0, 1, 2],
        kind=[0, 0, 1],
        languages=[0b11, 0b1, 0b11],
        availability=[0, 0b1, 0b10],
        places=([0, 1, 2], [0.0, 0.0, 10.1], [0.0, 0.0, 10.1]),
    )
    ranking = fit.rank(snapshot, 0, k=2, filters=wish)
    assert [(s.member, s.near_miss) for s in ranking] == [(fitting, False), (1, True)]
    assert lacks in ranking[1].missing
    assert lacks not in ranking[0].missing


def test_no_common_language_is_a_near_miss_and_an_unstated_one_is_not() -> None:
    snapshot = Snapshot.build(3, causes=(range(3), [1] * 3, [1] * 3), languages=[0b1, 0b10, 0])
    ranking = fit.rank(snapshot, 0, k=2)
    assert [(s.member, s.near_miss) for s in ranking] == [(2, False), (1, True)]
    assert Missing.NO_COMMON_LANGUAGE in ranking[1].missing


def test_a_newcomer_without_a_word_still_sees_near_misses_with_what_is_missing() -> None:
    ranking = fit.rank(Snapshot.build(12), 0, k=10)
    assert ranking.members == tuple(range(1, 11))
    assert all(s.near_miss and s.score == 0 and not s.reasons for s in ranking)
    assert Missing.NO_SHARED_SKILL in ranking[0].missing
    assert Missing.NO_KNOWN_PATH in ranking[0].missing


def test_nobody_else_in_the_pool_gives_an_empty_answer() -> None:
    assert fit.rank(Snapshot.build(1), 0).members == ()
    assert fit.rank(Snapshot.build(3, pool=[True, False, False]), 0).members == ()


def test_equal_members_come_in_the_order_of_their_numbers() -> None:
    n = 600
    snapshot = Snapshot.build(n, causes=(range(n), [1] * n, [1] * n))
    assert fit.rank(snapshot, 300, k=5).members == (0, 1, 2, 3, 4)


def test_every_answer_names_snapshot_and_engine_and_repeats_itself() -> None:
    snapshot = Snapshot.build(3, causes=(range(3), [1] * 3, [1] * 3))
    ranking = fit.rank(snapshot, 0)
    assert (ranking.snapshot, ranking.engine) == (snapshot.hash, VERSION)
    assert ranking == fit.rank(snapshot, 0)


def test_what_became_partners_before_can_be_learned() -> None:
    snapshot = Snapshot.build(3, causes=(range(3), [1] * 3, [1] * 3), sector=[0, 1, 2])
    lift = np.array([[0, 0.1, 0.9], [0, 0, 0], [0, 0, 0]])
    plain, lifted = fit.rank(snapshot, 0), fit.rank(snapshot, 0, learned=Learned(sector_lift=lift))
    assert plain.members == (1, 2)
    assert lifted.members == (2, 1)
    assert contributions(lifted[0])[Term.TRACK_RECORD] == pytest.approx(0.05 / 1.05 * 0.9)


def test_a_brief_in_words_finds_who_answers_it_and_the_way_from_the_asker() -> None:
    snapshot = Snapshot.build(
        5,
        offers=([2, 3, 4], [SPACE, SPACE, FUNDS], [0.5, 0.5, 1]),
        needs=([0], [FUNDS], [1]),
        ties=Ties.build(5, [0, 1], [1, 3], [0.9, 0.9]),
    )
    alone = fit.rank_for_text(snapshot, {SPACE: 1.0}, k=2)
    assert alone.members == (2, 3)
    asked = fit.rank_for_text(snapshot, {SPACE: 1.0}, k=2, asker=0)
    assert asked.members == (3, 2)
    assert evidence(asked[0], Term.WARMTH) == (1,)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda s: fit.rank(s, 3), "Member 3 is not in this snapshot of 3 members"),
        (lambda s: fit.rank(s, -1), "Member -1 is not in this snapshot"),
        (lambda s: fit.rank(s, 0, k=0), "at least one"),
        (lambda s: fit.rank_for_text(s, {1: 2.0}), "at most at 1"),
        (lambda s: Weights(place=0.0), "above 0"),
        (lambda s: Weights(exposure_loss=2), "between 0 and 1"),
        (lambda s: Learned(sector_lift=np.array([[2.0]])), "from 0 to 1"),
    ],
)
def test_impossible_questions_are_refused(ask: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ask(Snapshot.build(3))


def test_the_default_weights_sum_to_one_without_a_record() -> None:
    assert Learned().gains.sum() == pytest.approx(1.0)
    assert Learned(sector_lift=np.zeros((1, 1))).gains.sum() == pytest.approx(1.0)
