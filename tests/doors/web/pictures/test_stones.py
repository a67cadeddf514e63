"""An introduction chain as stepping stones."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footbridge.web.pictures import Chain, Step, Stone, sentences, stones
from footbridge.web.pictures.strength import plank_width
from footbridge.web.pictures.svg import width

CHAIN = Chain(
    (
        Stone("Ana Ruiz", "Harbour Bakery", "private"),
        Stone(),
        Stone("Ben Okafor", "Tideway Food Bank", "nonprofit"),
    ),
    (Step(0.9), Step(0.1)),
)
ANY_STONE = st.builds(
    Stone, st.text(max_size=90), st.text(max_size=90), st.sampled_from(["", "public", "unheard of"])
)
ANY_CHAIN = st.integers(2, 6).flatmap(
    lambda count: st.builds(
        Chain,
        st.tuples(*[ANY_STONE] * count),
        st.tuples(*[st.builds(Step, st.floats(0, 1), st.text(max_size=60))] * (count - 1)),
    )
)


def drawings(chain: Chain) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(stones(chain)))


def plain(sentence: str) -> str:
    """The sentence without the marks that keep names in their own direction."""
    return sentence.replace("\u2068", "").replace("\u2069", "")


def planks(drawing: ElementTree.Element) -> list[ElementTree.Element]:
    return [part for part in drawing.iter("path") if "plank" in part.get("class", "").split()]


def pebbles(drawing: ElementTree.Element) -> list[ElementTree.Element]:
    return [part for part in drawing.iter("path") if "stone" in part.get("class", "").split()]


def written(drawing: ElementTree.Element) -> list[str]:
    return [part.text or "" for part in drawing.iter("text")]


def test_the_chain_is_drawn_sideways_and_downwards() -> None:
    assert [d.get("class") for d in drawings(CHAIN)] == ["stones-wide", "stones-narrow"]


def test_each_step_is_as_thick_as_it_is_strong_and_a_faint_one_is_broken() -> None:
    for drawing in drawings(CHAIN):
        thick, thin = planks(drawing)
        assert float(thick.get("stroke-width", 0)) == plank_width(0.9)
        assert float(thin.get("stroke-width", 0)) == plank_width(0.1)
        assert (thick.get("stroke-dasharray"), thin.get("stroke-dasharray")) == (None, "5 4")


def test_each_step_says_its_strength_beside_its_width() -> None:
    for drawing in drawings(CHAIN):
        assert "know each other very well" in " ".join(written(drawing))
        assert "have met" in written(drawing)


def test_what_makes_a_step_warm_is_said_instead_when_it_is_known() -> None:
    chain = Chain((Stone("Ana"), Stone("Ben")), (Step(0.9, "baked together"),))
    for drawing in drawings(chain):
        assert "baked together" in written(drawing)
        assert "know each other very well" not in " ".join(written(drawing))


def test_someone_the_reader_may_not_know_of_has_an_outline_and_no_name() -> None:
    for drawing in drawings(CHAIN):
        known = ["stone-unknown" not in part.get("class", "") for part in pebbles(drawing)]
        assert known == [True, False, True]
        assert "Someone who can reach" in " ".join(written(drawing))


def test_a_reader_who_listens_hears_where_it_leads_and_every_step() -> None:
    for drawing in drawings(CHAIN):
        assert drawing.get("role") == "img"
        assert plain(drawing.findtext("title", "")) == "The way from Ana Ruiz to Ben Okafor"
        assert drawing.findtext("desc") == " ".join(sentences(CHAIN))


def test_the_chain_in_words_has_one_sentence_a_step() -> None:
    assert [plain(sentence) for sentence in sentences(CHAIN)] == [
        "Ana Ruiz and Someone who can reach them know each other very well.",
        "Someone who can reach them and Ben Okafor have met.",
    ]


def test_names_in_a_sentence_keep_their_own_direction() -> None:
    (sentence,) = sentences(Chain((Stone("ليلى"), Stone("Ben")), (Step(0.5),)))
    assert sentence == "\u2068ليلى\u2069 and \u2068Ben\u2069 know each other well."


def test_words_are_the_readers() -> None:
    french = {"The way from {start} to {end}": "Le chemin de {start} à {end}"}
    picture = stones(CHAIN, lambda message: french.get(message, message))
    assert "Le chemin de" in picture
    assert "The way from" not in picture


def test_a_name_cannot_become_markup() -> None:
    chain = Chain((Stone('<script>"&'), Stone("Ben", "<b>bold</b>")), (Step(0.5, "</svg>"),))
    names = {part.tag for part in ElementTree.fromstring(stones(chain)).iter()}
    assert names == {"div", "svg", "title", "desc", "path", "text"}


def test_a_name_from_right_to_left_is_set_from_right_to_left() -> None:
    chain = Chain((Stone("Ana"), Stone("ليلى الحداد")), (Step(0.5),))
    for drawing in drawings(chain):
        directions = {part.text: part.get("direction") for part in drawing.iter("text")}
        assert directions["ليلى الحداد"] == "rtl"
        assert directions["Ana"] is None


def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_words() -> None:
    name = "Wilhelmina Catharina " * 6 + "Montenegro"
    chain = Chain((Stone(name), Stone("Ben")), (Step(0.5),))
    assert all(any(line.endswith("…") for line in written(d)) for d in drawings(chain))
    assert name in sentences(chain)[0]


def test_the_same_chain_gives_the_same_picture() -> None:
    again = Chain(tuple(CHAIN.stones), tuple(CHAIN.steps))
    assert stones(CHAIN) == stones(again)


@pytest.mark.parametrize("count", [0, 1])
def test_a_chain_joins_at_least_two_people(count: int) -> None:
    with pytest.raises(ValueError, match="at least two"):
        Chain((Stone("Ana"),) * count, ())


def test_a_chain_has_one_step_fewer_than_stones() -> None:
    with pytest.raises(ValueError, match="needs 1 steps, not 2"):
        Chain((Stone("Ana"), Stone("Ben")), (Step(0.5), Step(0.5)))


@given(ANY_CHAIN)
def test_any_names_give_a_sound_picture_with_every_word_inside_it(chain: Chain) -> None:
    for drawing in drawings(chain):
        left, top, across, height = map(float, drawing.get("viewBox", "").split())
        assert len(planks(drawing)) == len(chain.steps)
        assert len(pebbles(drawing)) == len(chain.stones)
        for part in drawing.iter("text"):
            if part.get("class") != "glyph-letter":
                assert left <= float(part.get("x", -1)) <= left + across
                assert top + 10 <= float(part.get("y", -1)) <= top + height


@given(ANY_CHAIN)
def test_words_under_a_stone_stay_in_the_drawing(chain: Chain) -> None:
    wide = drawings(chain)[0]
    left, _, across, _ = map(float, wide.get("viewBox", "").split())
    for part in wide.iter("text"):
        if part.get("class") != "glyph-letter":
            half = width(part.text or "") * float(part.get("font-size", 0)) / 2
            assert left - 0.5 <= float(part.get("x", 0)) - half
            assert float(part.get("x", 0)) + half <= left + across + 0.5
