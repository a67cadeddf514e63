"""Ranking partners: every term against a direct count, reasons that add up, and real history."""

import math
import os
import pathlib
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("scipy")

from footbridge.engine.partners import History, brief_terms, partner_terms, suggest
from footbridge.engine.partners.score import BRIEF, PARTNER
from footbridge.engine.partners.words import Texts, bm25, tf_idf, words

BAKERY, FOOD_BANK, CITY, SCHOOL, MUSEUM, NEWCOMER = range(6)
TEAMS = [[BAKERY, FOOD_BANK], [FOOD_BANK, CITY], [FOOD_BANK, SCHOOL], [CITY, SCHOOL, MUSEUM]]
TEXTS = [
    "Surplus bread for families",
    "Food depots in every borough",
    "School breakfast with surplus bread",
    "Borough museum visits of school classes",
]


def history(**changes: object) -> History:
    pairs = [(one, project) for project, team in enumerate(TEAMS) for one in team]
    who, what = zip(*pairs)
    given: dict[str, object] = {
        "organisations": 6,
        "who": who,
        "what": what,
        "texts": TEXTS,
        "topics": [["food"], ["food"], ["food", "school"], ["school"]],
        "time": [1, 2, 3, 4],
        "sector": ["PRC", "OTH", "PUB", "HES", "OTH", ""],
        "country": ["UK", "UK", "UK", "FR", "FR", ""],
        "city": ["Hull", "Hull", "Hull", "Lyon", "", ""],
    }
    return History.of(**{**given, **changes})  # type: ignore[arg-type]


def test_mutual_acquaintances_are_adamic_and_adars_count() -> None:
    values = partner_terms(history(), BAKERY)["mutual acquaintances"]
    # The bakery knows only the food bank, which knows three; so its other two partners share it.
    assert values[[CITY, SCHOOL]].tolist() == [1.0, 1.0]
    assert values[MUSEUM] == values[NEWCOMER] == 0
    museum = partner_terms(history(), MUSEUM)["mutual acquaintances"]
    through_both = 1 / math.log(3) + 1 / math.log(3)
    assert math.isclose(museum[FOOD_BANK] / museum[CITY], through_both / (1 / math.log(3)))


def test_recent_ties_weigh_more_than_old_ones() -> None:
    team = [[0, 1], [1, 2], [0, 3], [3, 4]]
    who, what = zip(*[(one, p) for p, members in enumerate(team) for one in members])
    late = history(who=who, what=what, time=[1, 2, 3, 4])
    values = partner_terms(late, 0)
    assert values["mutual acquaintances, lately"][4] > values["mutual acquaintances, lately"][2]
    assert values["close acquaintances"][4] > values["close acquaintances"][2]
    assert values["mutual acquaintances"][4] == values["mutual acquaintances"][2]


def test_place_counts_only_where_it_is_known() -> None:
    values = partner_terms(history(), BAKERY)
    assert values["same city"].tolist() == [1, 1, 1, 0, 0, 0]
    assert partner_terms(history(), MUSEUM)["same city"].tolist() == [0] * 6
    assert values["countries that work together"][NEWCOMER] == 0
    assert not partner_terms(history(), NEWCOMER)["countries that work together"].any()


def test_a_brief_finds_those_who_did_similar_work() -> None:
    terms = brief_terms(history(), "surplus bread for a school", CITY, ["school"])
    assert np.argmax(terms["own work in these words"]) in (SCHOOL, FOOD_BANK)
    assert terms["took part in work in the same words"][[FOOD_BANK, SCHOOL]].min() > 0.5
    assert np.argmax(terms["same topic"]) == MUSEUM
    assert terms["known to the coordinator's partners"][BAKERY] > 0


def test_a_brief_without_a_known_coordinator_or_word_says_nothing_of_them() -> None:
    terms = brief_terms(history(), "quantum cryptography", None)
    silent = {name for name, values in terms.items() if not values.any()}
    assert silent == set(BRIEF) - {"active lately"}


@pytest.mark.parametrize("member", range(6))
def test_every_term_lies_between_nothing_and_one_and_every_weight_has_its_term(member: int) -> None:
    both = (
        (partner_terms(history(), member), PARTNER),
        (brief_terms(history(), TEXTS[2], member, ["food"]), BRIEF),
    )
    for terms, weights in both:
        assert set(terms) == set(weights)
        for name, values in terms.items():
            assert ((values >= 0) & (values <= 1 + 1e-9)).all(), name


def test_reasons_add_up_and_the_best_come_first() -> None:
    allowed = np.array([False, False, True, True, True, True])
    found = suggest(partner_terms(history(), BAKERY), PARTNER, allowed, k=3)
    assert len(found) == 3
    assert all(allowed[one.member] for one in found)
    for one in found:
        assert math.isclose(sum(adds for _, adds in one.reasons), one.score)
    assert all(a.score >= b.score for a, b in pairwise(found))


def test_equal_scores_stand_in_the_order_of_ids_and_nobody_is_made_up() -> None:
    terms = {"known": np.array([0.5, 0.5, 0.5])}
    found = suggest(terms, {"known": 1.0}, np.array([True, False, True]), k=10)
    assert [one.member for one in found] == [0, 2]


def test_the_same_history_gives_the_same_matrices_to_the_bit() -> None:
    one, other = history(), history()
    assert one.project_meaning.tobytes() == other.project_meaning.tobytes()
    assert one.joint.toarray().tobytes() == other.joint.toarray().tobytes()


def test_bm25_is_the_published_formula() -> None:
    texts = ["bread bread school", "bread museum", "school museum borough borough"]
    bag = Texts.of(texts, most=1.0)
    counts = np.array([[text.split().count(word) for word in bag.place] for text in texts])
    length = counts.sum(axis=1, keepdims=True)
    norm = 1.2 * (0.25 + 0.75 * length / length.mean())
    expected = counts * 2.2 / (counts + norm) * bag.idf
    assert np.allclose(bm25(bag.counts, bag.idf).toarray(), expected)
    assert np.allclose(np.linalg.norm(tf_idf(bag.counts, bag.idf).toarray(), axis=1), 1)


def test_words_are_letters_of_any_script_in_lower_case() -> None:
    assert words("Ärzte, naïve cafés & 3D glass") == ["ärzte", "naïve", "café", "glass"]


DATA = pathlib.Path(
    os.environ.get("FOOTBRIDGE_DATA", pathlib.Path(__file__).parents[4] / "shared" / "data")
)


@pytest.mark.data
@pytest.mark.skipif(not (DATA / "cordis").is_dir(), reason="public data is not there")
@pytest.mark.skipif(
    not os.environ.get("FOOTBRIDGE_SLOW"), reason="takes minutes: set FOOTBRIDGE_SLOW=1"
)
def test_on_real_partnerships_the_score_beats_adamic_adar_by_a_tenth(
    tmp_path: pathlib.Path,
) -> None:
    out = tmp_path / "ranked.csv"
    root = pathlib.Path(__file__).parents[3]
    subprocess.run(
        [sys.executable, "-m", "benchmarks.partners", DATA / "cordis", "--out", out],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        check=True,
        capture_output=True,
    )
    score = [sys.executable, DATA / "cordis" / "score.py", "partner", out]
    said = subprocess.run(score, check=True, capture_output=True, text=True).stdout
    ndcg = next(float(line.split()[1]) for line in said.splitlines() if "NDCG@10" in line)
    assert ndcg >= 1.1 * 0.094
