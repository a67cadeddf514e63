"""How well two people know each other, in words and in width."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footbridge.web.pictures import strength_words
from footbridge.web.pictures.strength import (
    THICKEST,
    THINNEST,
    plank_width,
    strength_sentence,
)


@pytest.mark.parametrize(
    ("strength", "words"),
    [
        (0, "have met"),
        (0.24, "have met"),
        (0.25, "know each other"),
        (0.5, "know each other well"),
        (0.75, "know each other very well"),
        (1, "know each other very well"),
    ],
)
def test_a_strength_is_said_in_words(strength: float, words: str) -> None:
    assert strength_words(strength) == words
    assert strength_sentence(strength, "Ana", "Ben") == f"Ana and Ben {words}."


def test_names_stand_where_the_readers_language_puts_them() -> None:
    said = strength_sentence(0.3, "Ana", "Ben", lambda _: "{other} kennt {one}.")
    assert said == "Ben kennt Ana."


@pytest.mark.parametrize("strength", [-0.01, 1.01, math.nan, math.inf])
def test_a_strength_outside_its_range_is_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        strength_words(strength)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_stronger_tie_is_never_drawn_thinner(one: float, other: float) -> None:
    weak, strong = sorted((one, other))
    assert THINNEST <= plank_width(weak) <= plank_width(strong) <= THICKEST
