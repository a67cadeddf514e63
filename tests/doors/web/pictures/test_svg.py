"""Escaped text, lines that fit, and names of any direction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from footbridge.web.pictures.svg import (
    ELLIPSIS,
    Svg,
    element,
    is_right_to_left,
    lines_that_fit,
    printable,
    width,
)


def test_an_attribute_cannot_be_broken_out_of() -> None:
    written = element("text", class_='"><script>')
    assert written == '<text class="&quot;&gt;&lt;script&gt;"/>'


def test_an_attribute_without_a_value_is_left_out() -> None:
    assert element("path", d="M0 0", stroke_dasharray=None) == '<path d="M0 0"/>'


def test_templates_print_a_picture_as_it_is() -> None:
    from django.utils.html import conditional_escape

    assert conditional_escape(Svg("<svg/>")) == "<svg/>"


def test_a_sentence_breaks_between_words() -> None:
    assert lines_that_fit("Food bank of the old harbour", room=8, most=2) == (
        "Food bank of",
        "the old harbour",
    )


def test_what_does_not_fit_shows_as_left_out() -> None:
    lines = lines_that_fit("Food bank of the old harbour of Saltmarket", room=8, most=2)
    assert lines[0] == "Food bank of"
    assert lines[1].endswith(ELLIPSIS)


def test_a_word_longer_than_the_line_is_broken_and_kept_whole() -> None:
    lines = lines_that_fit("Donaudampfschifffahrtsgesellschaft", room=6, most=9)
    assert len(lines) > 1
    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaft"


def test_no_words_make_no_lines() -> None:
    assert lines_that_fit("  \n ", room=5, most=2) == ()


@given(st.text(max_size=200), st.floats(3, 20), st.integers(1, 4))
def test_no_line_is_wider_than_its_room(text: str, room: float, most: int) -> None:
    lines = lines_that_fit(text, room, most)
    assert len(lines) <= most
    assert all(width(line) <= room for line in lines)
    assert bool(lines) == bool(printable(text))


def test_wide_letters_take_more_room_than_narrow_ones_and_accents_none() -> None:
    assert width("小") > width("W") > width("a") > width("i")
    assert width("e\u0301") == width("e")


def test_direction_is_that_of_the_first_letter_that_has_one() -> None:
    assert is_right_to_left("12 ליאת Cohen")
    assert not is_right_to_left("Cohen ליאת")
    assert not is_right_to_left("12 – 14")


def test_control_characters_do_not_reach_the_picture() -> None:
    assert printable("Ana\x00\x1b Ruiz\nOld\tQuay\ud800") == "Ana Ruiz Old Quay"
