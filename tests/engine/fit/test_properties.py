"""The pruned search against the judge, on many small networks."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.engine import fit
from footbridge.engine.checks.fit import complaints
from footbridge.engine.fit import Filters, Learned, Query, Ranking, Reason, Suggestion
from footbridge.engine.fit import bounds as bounds_module
from footbridge.engine.fit import ranking as ranking_module
from footbridge.engine.fit.bounds import Bounds
from footbridge.engine.fit.score import Scorer
from tests.engine.fit.networks import CAUSES, TERMS, filters, learned, network

seeds = st.integers(0, 10**6)
sizes = st.integers(1, 40)
judged = {"rankings": 0, "suggestions": 0, "near misses": 0}


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several blocks and several batches even in a network of forty."""
    monkeypatch.setattr(bounds_module, "BLOCK", 16)
    monkeypatch.setattr(ranking_module, "FIRST_BATCH", 3)


@settings(max_examples=300, deadline=None)
@given(seed=seeds, n=sizes, k=st.integers(1, 12), wish=filters, lesson=learned)
def check_a_member(seed: int, n: int, k: int, wish: Filters, lesson: Learned) -> None:
    snapshot = network(seed, n)
    seeker = seed % n
    ranking = fit.rank(snapshot, seeker, k=k, filters=wish, learned=lesson)
    query = Query.of_member(snapshot, seeker)
    assert complaints(snapshot, ranking, query, k=k, filters=wish, learned=lesson) == ()
    judged["rankings"] += 1
    judged["suggestions"] += len(ranking)
    judged["near misses"] += sum(suggestion.near_miss for suggestion in ranking)


def test_the_pruned_search_finds_what_the_judge_finds() -> None:
    judged.update(dict.fromkeys(judged, 0))
    check_a_member()
    assert judged["rankings"] >= 300
    assert judged["suggestions"] > 300
    assert 30 < judged["near misses"] < judged["suggestions"]


@settings(max_examples=200, deadline=None)
@given(seed=seeds, n=sizes, lesson=learned)
def test_no_score_lies_above_its_bound(seed: int, n: int, lesson: Learned) -> None:
    snapshot = network(seed, n)
    query = Query.of_member(snapshot, seed % n)
    scorer = Scorer(snapshot, query, Filters(), lesson)
    bounds = Bounds(scorer)
    bounded = []
    for block in range(bounds.blocks):
        members, upper = bounds.reach(block, -1.0, fitting=False)
        again, same = bounds.reach(block, -1.0, fitting=False)
        assert members.tolist() == again.tolist()
        assert upper.tolist() == same.tolist()
        assert np.all(scorer.parts(members).score <= upper)
        bounded += members.tolist()
    assert bounded == np.flatnonzero(scorer.in_reach(np.arange(n))).tolist()


@settings(max_examples=100, deadline=None)
@given(
    seed=seeds,
    n=sizes,
    needs=st.dictionaries(st.integers(0, TERMS + 2), st.sampled_from([0.2, 1.0]), max_size=4),
    causes=st.dictionaries(st.integers(0, CAUSES), st.sampled_from([0.5, 1.0]), max_size=2),
    asked=st.booleans(),
    wish=filters,
)
def test_a_brief_in_words_is_ranked_as_the_judge_ranks_it(
    seed: int,
    n: int,
    needs: dict[int, float],
    causes: dict[int, float],
    asked: bool,
    wish: Filters,
) -> None:
    snapshot = network(seed, n)
    about = {
        "causes": causes,
        "offers": {seed % TERMS: 1.0},
        "places": [(53.5, 10.0)] if seed % 2 else [],
        "languages": seed % 4,
        "asker": seed % n if asked else None,
    }
    ranking = fit.rank_for_text(snapshot, needs, **about, filters=wish, k=5)
    query = Query.of_text(snapshot, needs, **about)
    assert complaints(snapshot, ranking, query, k=5, filters=wish) == ()


@settings(max_examples=25, deadline=None)
@given(seed=seeds, n=st.integers(2, 20))
def test_everyone_is_served_the_same_as_when_asking_alone(seed: int, n: int) -> None:
    snapshot = network(seed, n)
    apart = {1: [0]}
    served = list(fit.rank_all(snapshot, 4, excluded=apart))
    assert [seeker for seeker, _ in served] == list(range(n))
    for seeker, ranking in served:
        wish = Filters(excluded=frozenset(apart.get(seeker, ())))
        assert ranking == fit.rank(snapshot, seeker, k=4, filters=wish)


def planted(ranking: Ranking, snapshot_size: int) -> dict[str, Ranking]:
    """The same answer, wrong in one way each."""
    first, second, *others = ranking.suggestions
    left_out = next(m for m in range(snapshot_size) if m not in ranking.members)
    reason, *more = first.reasons

    def with_first(changed: Suggestion) -> Ranking:
        return replace(ranking, suggestions=(changed, second, *others))

    return {
        "two swapped": replace(ranking, suggestions=(second, first, *others)),
        "one missing": replace(ranking, suggestions=(second, *others)),
        "one replaced": with_first(replace(first, member=left_out)),
        "one twice": replace(ranking, suggestions=(first, first, *others)),
        "score raised": with_first(replace(first, score=first.score + 0.01)),
        "reason forgotten": with_first(replace(first, reasons=tuple(more))),
        "reason invented": with_first(
            replace(first, reasons=(*first.reasons, Reason(fit.Term.WARMTH, 0.0, (left_out,))))
        ),
        "evidence false": with_first(
            replace(first, reasons=(replace(reason, evidence=(*reason.evidence, 99)), *more))
        ),
        "lack forgotten": with_first(replace(first, missing=())),
        "marked a near miss": with_first(replace(first, near_miss=not first.near_miss)),
    }


def test_the_judge_catches_every_planted_wrong_answer() -> None:
    caught = 0
    for seed in range(20):
        snapshot = network(seed, 30)
        query = Query.of_member(snapshot, 0)
        ranking = fit.rank(snapshot, 0, k=5)
        if len(ranking) < 2 or ranking[0].score - ranking[1].score < 1e-3:
            continue
        assert complaints(snapshot, ranking, query, k=5) == ()
        for name, wrong in planted(ranking, snapshot.n).items():
            if wrong == ranking:
                continue
            assert complaints(snapshot, wrong, query, k=5) != (), (seed, name)
            caught += 1
    assert caught >= 50


def test_a_large_network_is_ranked_like_scoring_everyone_at_once() -> None:
    """Real block and batch sizes, several blocks, against the exact scorer without pruning."""
    snapshot = network(7, 3000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds_module, "BLOCK", 1024)
        patch.setattr(ranking_module, "FIRST_BATCH", 64)
        for seeker in range(40):
            ranking = fit.rank(snapshot, seeker, k=10)
            scorer = Scorer(snapshot, Query.of_member(snapshot, seeker), Filters(), Learned())
            everyone = np.arange(snapshot.n)
            parts = scorer.parts(everyone)
            may = np.flatnonzero(scorer.may_suggest(everyone) & scorer.fits(parts))
            order = may[np.lexsort((may, -parts.score[may]))][:10]
            assert ranking.members[: len(order)] == tuple(order.tolist())
