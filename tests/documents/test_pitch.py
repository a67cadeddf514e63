"""The page of a pitch: one page whatever is said, names in any script, never taken for markup."""

from __future__ import annotations

import pytest

from footbridge.documents import PitchPage, Said
from tests.documents.reading import needs_poppler, pages, squeezed, told_of_itself

pytestmark = needs_poppler
LONG = "They gain a night without a call, and a store that is full. " * 10


def _page(title: str = "Northwind Cold Chain", words: str = "A dock", **more: str) -> bytes:
    three = tuple(Said(label, words) for label in ("Theirs", "Ours", "All"))
    return PitchPage(
        language=more.get("language", "en"),
        kicker="Harbour Food Bank · Rosa Seeker",
        title=title,
        facts=(Said("Who decides", more.get("decider", "Lena")),),
        ask=Said("We ask for", words[:200]),
        winners=three,
        foot="Rosa Seeker",
        story=words * 2,
        parts=(Said("Why", words),),
        sides=(Said("Takes", words[:200]), Said("Gives", words[:200])),
        last=(Said("Against it", words),),
    ).to_pdf()


def test_all_that_may_be_said_stands_on_one_page() -> None:
    assert len(pages(_page())) == 1
    assert len(pages(_page(words=LONG[:600]))) == 1


@pytest.mark.parametrize(
    "name", ["مؤسسة الميناء", "Ольга Северская", "נמל הצפון", "बंदरगाह शीत भंडार", "ท่าเรือเหนือ"]
)
def test_names_of_any_script_are_set(name: str) -> None:
    page = _page(title=name, decider=name)
    assert squeezed("Who decides") in squeezed(pages(page)[0])
    assert told_of_itself(page)["Title"] == name


def test_words_are_never_taken_for_markup() -> None:
    odd = '#panic("x") *bold* $1$ <label> @ref \\ = no heading'
    told = squeezed(pages(_page(words=odd))[0])
    assert squeezed('#panic("x") *bold* $1$ <label> @ref') in told


def test_the_same_words_give_the_same_bytes_in_their_language() -> None:
    assert _page() == _page()
    assert told_of_itself(_page(language="es"))["Tagged"] == "yes"
