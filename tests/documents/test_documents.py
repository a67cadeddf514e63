"""The run-sheet, the cards and the badges: made, read back, and held to what they promise."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from footbridge import documents
from footbridge.documents import Badge, Part
from footbridge.documents.typesetting import typeset
from tests.documents.evening import (
    NONPROFIT,
    PROMPT,
    badges,
    guests,
    rounds,
    run_sheet,
    table_cards,
)
from tests.documents.reading import (
    metadata,
    needs_poppler,
    pages,
    size_of_words,
    squeezed,
    told_of_itself,
)

Made = Callable[[str], bytes]

MADE = pytest.mark.parametrize(
    "made",
    [
        lambda name: run_sheet((name,), parts=(Part("Host", (name,)),)).to_pdf(),
        lambda name: table_cards((name,)).to_pdf(),
        lambda name: badges(Badge(name, "Food Bank", sign=NONPROFIT)).to_pdf(),
    ],
    ids=["run sheet", "table cards", "badges"],
)
LATIN_AND_SHIPPED = (
    "Maximiliana-Konstantina Freifrau von Papadopoulou-Hohenstein zu Lichtenberg",
    "Νίκος Παπαδόπουλος",
    "Ольга Константинопольская",
    "Nguyễn Thị Hạnh",
    "Łukasz Żółć",
    "ليلى عبد الرحمن",
    "אבנר כהן",
    "สมชาย ใจดี",
    "राम कमल",
)
LIKE_MARKUP = (
    "#let x = 1",
    "#panic()",
    "*bold* _slanted_ `raw`",
    "$x^2$ <label> @ref",
    r"\u{1f600} \\ \n",
    "= Heading",
    '"quoted" // comment /* more */',
    "- list",
    "{data.title} [content]",
)
UNKNOWN_LETTER = "\U000f0000"
TWO_HUNDRED = "Wolfeschlegelsteinhausenbergerdorff" * 5 + "W" * 25


def test_the_same_values_give_the_same_bytes() -> None:
    for made in (run_sheet, table_cards):
        assert made(guests(9)).to_pdf() == made(guests(9)).to_pdf()
    badge = Badge("Rosa Seeker", "Food Bank", "Host", NONPROFIT)
    assert badges(badge).to_pdf() == badges(badge).to_pdf()


@needs_poppler
@MADE
def test_a_document_is_tagged_and_tells_neither_hour_nor_maker(made: Made) -> None:
    made_pdf = made("Rosa Seeker")
    told = told_of_itself(made_pdf)
    assert told["Tagged"] == "yes"
    assert "Thursday" in told["Title"]
    assert not {"CreationDate", "ModDate", "Author"} & set(told)
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(made_pdf)
    assert "Rosa" not in metadata(made_pdf)


@needs_poppler
@MADE
@pytest.mark.parametrize("name", LATIN_AND_SHIPPED)
def test_a_name_of_any_shipped_script_stands_on_an_accessible_page(
    made: Made, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    made_pdf = made(name)
    assert set(squeezed(name)) <= set(squeezed(pages(made_pdf)[0]))
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(made_pdf)
    assert caplog.records == []


@needs_poppler
@MADE
def test_a_name_written_from_left_to_right_stands_as_it_is(made: Made) -> None:
    for name in LATIN_AND_SHIPPED[:5]:
        assert squeezed(name) in squeezed(pages(made(name))[0])


@needs_poppler
@MADE
@pytest.mark.parametrize("name", LIKE_MARKUP)
def test_a_name_that_looks_like_markup_stays_a_name(made: Made, name: str) -> None:
    assert squeezed(name) in squeezed(pages(made(name))[0])


@needs_poppler
@MADE
@pytest.mark.parametrize("name", ["王小明", "김민준", "さくら", UNKNOWN_LETTER + " Rosa"])
def test_a_letter_that_no_font_knows_breaks_nothing(made: Made, name: str) -> None:
    """Whether this machine has fonts for Chinese, Japanese and Korean or not."""
    shown = pages(made(name))
    assert "Thursday at the harbour" in shown[0]
    assert name.isalpha() or "Rosa" in shown[0]


@MADE
def test_the_log_tells_that_a_letter_is_missing_and_not_whose(
    made: Made, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="footbridge.documents"):
        made(f"Rosa {UNKNOWN_LETTER}")
    assert "made as a plain PDF" in caplog.text
    assert "Rosa" not in caplog.text
    assert UNKNOWN_LETTER not in caplog.text


@MADE
def test_half_of_a_character_and_control_characters_break_nothing(made: Made) -> None:
    for odd in ("Rosa \ud800 Seeker", "Rosa\x00\x07\u202eSeeker", "\u200b", "", "\n\n"):
        assert made(odd).startswith(b"%PDF-")


def test_a_language_with_a_country_or_of_no_kind_breaks_nothing() -> None:
    for language in ("pt-br", "", "x", "a language", "es"):
        assert run_sheet(guests(4), language=language).to_pdf().startswith(b"%PDF-")


def test_a_wrong_template_is_an_error_and_no_empty_page() -> None:
    with pytest.raises(typst.TypstError):
        typeset("badges", {"title": "No badges at all"}, language="en")


# The run-sheet.


@needs_poppler
def test_a_run_sheet_tells_the_evening_in_its_order() -> None:
    text = squeezed(" ".join(pages(run_sheet(guests(8)).to_pdf())))
    told = (
        "Thursday at the harbour", "What did you stop doing?", "When", "Note keeper", "Guest 000",
        "How the time goes", "18:30 10 minutes", "Welcome", PROMPT,
        "Who sits with whom", "Round 1", "Round 3", "Notes",
    )  # fmt: skip
    places = [text.find(squeezed(words)) for words in told]
    assert -1 not in places
    assert places == sorted(places)


@needs_poppler
def test_a_run_sheet_with_nobody_yet_is_one_page_that_says_so() -> None:
    [only] = pages(run_sheet().to_pdf())
    assert "No tables have been made yet." in only
    assert "1/1" in squeezed(only)


@needs_poppler
def test_a_hundred_people_are_all_seated_on_paper_and_the_pages_are_counted() -> None:
    shown = pages(run_sheet(guests(100)).to_pdf())
    assert 3 <= len(shown) <= 6
    assert all(" ".join(shown).count(name) >= 3 for name in guests(100))
    for number, page in enumerate(shown, start=1):
        assert squeezed(page).endswith(f"{number}/{len(shown)}")


@needs_poppler
def test_who_found_no_place_is_told_beneath_the_round() -> None:
    said = "Rosa Seeker has nobody to sit with."
    one = rounds(guests(4), many=1)[0]
    without = run_sheet(rounds=(one,)).to_pdf()
    told = run_sheet(rounds=(type(one)(one.title, one.when, one.tables, (said,)),)).to_pdf()
    assert said not in " ".join(pages(without))
    assert "Without a table" not in " ".join(pages(without))
    assert said in " ".join(pages(told))
    assert "Without a table" in " ".join(pages(told))


# Nothing runs off the paper.


@needs_poppler
@MADE
def test_a_name_of_two_hundred_letters_without_a_space_stays_on_the_page(made: Made) -> None:
    made_pdf = made(TWO_HUNDRED)
    assert squeezed(TWO_HUNDRED) in squeezed(pages(made_pdf)[0])
    assert max(right for _left, _top, right, _bottom in size_of_words(made_pdf).values()) < 595


@needs_poppler
def test_a_long_address_in_the_head_is_broken_rather_than_cut() -> None:
    link = "https://meet.example.org/" + "room" * 60
    fact = documents.Fact("Online", link)
    made_pdf = run_sheet(facts=(fact,)).to_pdf()
    assert squeezed(link) in squeezed(pages(made_pdf)[0])
    assert max(right for _left, _top, right, _bottom in size_of_words(made_pdf).values()) < 595


# The cards.


@needs_poppler
def test_two_cards_stand_on_a_page() -> None:
    shown = pages(table_cards(guests(20)).to_pdf())
    assert len(shown) == 3
    assert shown[0].count(PROMPT) == 2
    assert shown[2].count(PROMPT) == 1
    assert all(name in " ".join(shown) for name in guests(20))


@needs_poppler
def test_without_tables_there_is_one_page_that_says_so() -> None:
    [only] = pages(table_cards().to_pdf())
    assert "No tables have been made yet." in only


@needs_poppler
def test_ten_long_names_and_a_long_prompt_share_a_card_without_touching() -> None:
    names = tuple(f"{LATIN_AND_SHIPPED[0]} {number}" for number in range(10))
    prompt = "Half of the time each, then change places. " * 11
    made_pdf = table_cards(names, prompt, size=10).to_pdf()
    [only] = pages(made_pdf)
    assert all(squeezed(name) in squeezed(only) for name in names)
    assert squeezed(prompt) in squeezed(only)
    at = size_of_words(made_pdf)
    assert at["9"][3] < at["Half"][1]
    assert at["change"][3] < 297 / 2 * 72 / 25.4


# The badges.


@needs_poppler
def test_ten_badges_fill_a_page_and_a_page_of_empty_ones_comes_last() -> None:
    for many, expected in ((0, 1), (1, 2), (10, 2), (11, 3), (100, 11)):
        shown = pages(badges(*(Badge(name) for name in guests(many))).to_pdf())
        assert len(shown) == expected
        assert "Guest" not in shown[-1]
        assert shown[-1].count("Thursday at the harbour") == 10
        assert sum(page.count("Guest") for page in shown) == many


@needs_poppler
def test_a_badge_tells_name_organisation_part_and_the_letter_of_the_sector() -> None:
    badge = Badge("Rosa Seeker", "Harbour Food Bank", "Facilitator", NONPROFIT)
    words = size_of_words(badges(badge).to_pdf())
    assert {"Rosa", "Harbour", "Facilitator", "N"} <= set(words)


@needs_poppler
def test_a_short_name_is_set_larger_than_a_long_one_and_both_are_larger_than_the_rest() -> None:
    def height(name: str, word: str) -> float:
        words = size_of_words(badges(Badge(name, "Northwind")).to_pdf())
        return words[word][3] - words[word][1]

    short, long = height("Jo", "Jo"), height(LATIN_AND_SHIPPED[0], "Freifrau")
    assert short > long > height("Jo", "Northwind")


@needs_poppler
def test_a_long_double_name_makes_way_at_its_hyphen_and_nowhere_else() -> None:
    words = size_of_words(badges(Badge("Konstantinopolitanova-Hohenlohemann Jo")).to_pdf())
    assert {"Konstantinopolitanova-", "Hohenlohemann", "Jo"} <= set(words)


@needs_poppler
def test_a_long_organisation_stays_within_its_badge() -> None:
    long = "Harbour Food Bank of the Greater Metropolitan Area " * 3 + "Association"
    words = size_of_words(badges(Badge("Jo", long, "Connector", NONPROFIT)).to_pdf())
    left, top = 15 * 72 / 25.4, 11 * 72 / 25.4
    box = words["Association"]
    assert left < box[0] < box[2] < left + 90 * 72 / 25.4
    assert box[3] < top + 55 * 72 / 25.4


# What is shipped.


def test_the_fonts_are_small_and_come_with_their_licence() -> None:
    fonts = Path(documents.__file__).parent / "fonts"
    shipped = sorted(path.suffix for path in fonts.iterdir())
    assert shipped.count(".ttf") == 7
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "OFL.txt").read_text()
    assert sum(path.stat().st_size for path in fonts.iterdir()) < 2_200_000
