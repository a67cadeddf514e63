"""Strength of ties: what is said, what is done, and what time leaves of it."""

import math
import os
import pathlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footbridge.engine.strength import (
    FAINTEST,
    HALF_LIFE_DAYS,
    LEVEL,
    STATED_HALF_LIFE_DAYS,
    Act,
    Word,
    coming_ties,
    faded,
    strengths,
    tie_strength,
)

DATA = pathlib.Path(
    os.environ.get("FOOTBRIDGE_DATA", pathlib.Path(__file__).parents[4] / "shared" / "data")
)
ages = st.floats(0, 20_000)
acts = st.lists(st.tuples(st.sampled_from(Act), ages), max_size=12)
words = st.none() | st.sampled_from(Word)


@given(words, ages, st.booleans(), acts)
def test_strength_lies_above_nothing_and_its_parts_add_up(
    word: Word | None, age: float, confirmed: bool, done: list[tuple[Act, float]]
) -> None:
    strength = tie_strength(word, age, confirmed=confirmed, acts=done)
    added = sum(part.adds for part in strength.parts)
    assert 0 < strength.value <= 1
    assert math.isclose(added, strength.value, rel_tol=1e-9) or strength.value == FAINTEST > added
    assert [part.adds for part in strength.parts] == sorted(
        (part.adds for part in strength.parts), reverse=True
    )


@given(words, ages, acts, st.sampled_from(Act), ages)
def test_doing_something_together_never_weakens_a_tie(
    word: Word | None, age: float, done: list[tuple[Act, float]], act: Act, when: float
) -> None:
    before = tie_strength(word, age, acts=done).value
    assert tie_strength(word, age, acts=[*done, (act, when)]).value >= before - 1e-12


@given(words, ages, acts, st.floats(0, 5000))
def test_time_alone_never_strengthens_a_tie(
    word: Word | None, age: float, done: list[tuple[Act, float]], passed: float
) -> None:
    now = tie_strength(word, age, acts=done).value
    later = tie_strength(word, age + passed, acts=[(act, when + passed) for act, when in done])
    assert later.value <= now + 1e-12


@pytest.mark.parametrize("word", Word)
def test_a_fresh_confirmed_word_alone_is_its_level(word: Word) -> None:
    assert math.isclose(tie_strength(word).value, LEVEL[word])


def test_words_rank_from_met_to_trust() -> None:
    levels = [tie_strength(word).value for word in Word]
    assert levels == sorted(levels)
    assert len(set(levels)) == 4


def test_evidence_halves_in_its_half_life() -> None:
    fresh, old = tie_strength(Word.TRUST).value, tie_strength(Word.TRUST, STATED_HALF_LIFE_DAYS)
    assert math.isclose(math.log1p(-old.value), math.log1p(-fresh) / 2)
    for act in Act:
        now = tie_strength(acts=[(act, 0.0)]).value
        then = tie_strength(acts=[(act, HALF_LIFE_DAYS[act])]).value
        assert math.isclose(math.log1p(-then), math.log1p(-now) / 2)


def test_a_word_that_the_other_has_not_confirmed_counts_half() -> None:
    assert math.isclose(tie_strength(Word.TRUST, confirmed=False).value, 1 - math.sqrt(0.1))


def test_parts_say_what_how_often_and_how_lately() -> None:
    strength = tie_strength(
        Word.MET, 400.0, acts=[(Act.SESSION, 30.0), (Act.SESSION, 200.0), (Act.COMMITMENT, 90.0)]
    )
    told = [(part.what, part.signs, part.youngest_days) for part in strength.parts]
    assert told == [(Act.COMMITMENT, 1, 90.0), (Word.MET, 1, 400.0), (Act.SESSION, 2, 30.0)]


def test_nothing_known_is_the_faintest_tie_and_the_future_counts_as_today() -> None:
    assert tie_strength() == tie_strength(acts=[])
    assert tie_strength().value == FAINTEST
    assert tie_strength(acts=[(Act.SESSION, -5.0)]) == tie_strength(acts=[(Act.SESSION, 0.0)])


@pytest.mark.parametrize(("age", "half_life"), [(math.nan, 1.0), (1.0, 0.0), (1.0, math.nan)])
def test_an_age_that_is_no_number_is_refused(age: float, half_life: float) -> None:
    with pytest.raises(ValueError, match="numbers of days"):
        faded(age, half_life)


@given(st.lists(st.tuples(st.integers(0, 4), ages), max_size=30))
def test_many_ties_at_once_are_the_same_as_one_by_one(signs: list[tuple[int, float]]) -> None:
    tie, age = [t for t, _ in signs], [a for _, a in signs]
    together = strengths(5, tie, age, 0.1, HALF_LIFE_DAYS[Act.SESSION])
    single = [
        tie_strength(acts=[(Act.SESSION, a) for t, a in signs if t == one]).value
        for one in range(5)
    ]
    assert np.allclose(together, single)


def test_lively_people_with_common_acquaintances_come_together_first() -> None:
    quiet, lively, introduced = coming_ties([0.1, 2.0, 2.0], [0.1, 2.0, 2.0], [0, 0, 3]).tolist()
    assert quiet < lively < introduced


@pytest.mark.data
def test_on_public_data_strength_beats_the_usual_single_signs() -> None:
    from benchmarks.strength import run

    if not (DATA / "workplace-contacts").is_dir():
        pytest.skip(f"public data is not in {DATA}")
    values = {(row["question"], row["score"]): row["value"] for row in run(DATA)}
    alive = {score: v for (question, score), v in values.items() if "alive" in question}
    assert alive["tie strength"] > max(alive["time together"], alive["most recent"])
    new = {score: v for (question, score), v in values.items() if "new ties" in question}
    assert new["coming_ties"] > max(0.74, new["product of degrees"])
    said = {score: v for (question, score), v in values.items() if "agencies" in question}
    assert said["warmest chain × how widely vouched for"] == max(said.values()) > 0.4
