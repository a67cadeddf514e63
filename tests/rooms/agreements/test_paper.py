from __future__ import annotations

import pytest

from footbridge.agreements import actions, queries
from footbridge.agreements.difference import changes, pieces
from footbridge.agreements.fields import FIELDS, LANGUAGES, words_of
from footbridge.agreements.languages import LANGUAGES as ON_PAPER
from footbridge.agreements.paper import paper_words
from footbridge.agreements.states import Heading, Resource, Standing
from footbridge.documents import agreement_from
from tests.cast import Cast
from tests.documents import reading
from tests.rooms.agreements import story

SOUP = {
    "ar": "يصل الحساء إلى الجانب الشمالي وهو بارد",
    "zh": "每周两次把冷汤送到城北",
    "am": "ሾርባው በሳምንት ሁለት ጊዜ ይደርሳል",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_is_asked_for_in_every_language(language: str) -> None:
    english = words_of("purpose", "en")
    for field in FIELDS:
        words = words_of(field.key, language)
        assert words.title
        assert words.question
    assert language == "en" or words_of("purpose", language) != english


@pytest.mark.parametrize("language", ON_PAPER)
def test_the_paper_knows_all_its_words_in_every_language(language: str) -> None:
    words, english = paper_words(language), paper_words("en")
    assert set(words.headings) == {one.value for one in Heading}
    assert set(words.standings) == {one.value for one in Standing}
    assert set(words.resources) == {one.value for one in Resource}
    assert set(words.labels) == set(english.labels)
    assert len(words.weights) == 4
    titles = {words.title_of(field.key) for field in FIELDS}
    assert len(titles) == len(FIELDS)
    assert language == "en" or not titles & {english.title_of("purpose"), english.title_of("exit")}


@reading.needs_poppler
@pytest.mark.django_db
@pytest.mark.parametrize("language", SOUP)
def test_an_agreement_is_set_in_its_own_script(cast: Cast, language: str) -> None:
    one = story.filled(cast)
    write = {"actor": cast.seeker, "agreement": one}
    actions.write_clause(**write, key="purpose", text=SOUP[language])
    actions.set_terms(**write, standing="non_binding", language=language)
    version = actions.freeze(actor=cast.seeker, agreement=one)
    sheet = queries.sheet_of(cast.seeker, one, version)
    assert sheet.direction == ("rtl" if language == "ar" else "ltr")
    pdf = agreement_from(sheet).to_pdf()
    assert "pdfuaid" in reading.metadata(pdf)
    said = reading.squeezed("".join(reading.pages(pdf)))
    if language != "ar":  # what runs the other way is written into a file in another order
        assert reading.squeezed(SOUP[language]) in said
    assert reading.squeezed(cast.food_bank.name) in said
    assert version.digest in said


@pytest.mark.django_db
def test_the_text_holds_every_clause_by_number_and_every_yes(cast: Cast) -> None:
    version = story.approved(cast)
    one = version.agreement
    text = queries.as_text(queries.sheet_of(cast.target, one, version))
    for words in story.PILOT.values():
        assert words in text or words.startswith("2026")
    assert "2.1 Shared purpose\n" in text
    assert f"{cast.cold_chain.name}: Approved on" in text
    assert version.digest in text
    draft = queries.as_text(queries.sheet_of(cast.target, one))
    assert "Draft, approved by nobody" in draft
    assert "Approved on" not in draft


def test_a_difference_is_told_word_by_word_and_loses_none() -> None:
    before, after = "We pay 40 euros\non Tuesdays.", "We pay 50 euros\non Fridays, twice."
    told = list(pieces(before, after))
    assert "".join(one.words for one in told if one.kind != "added") == before
    assert "".join(one.words for one in told if one.kind != "removed") == after


def test_a_long_text_is_compared_by_lines_in_good_time() -> None:
    before = "\n".join(f"line {number} says something" for number in range(900))
    after = before.replace("line 450 says", "line 450 said")
    told = [one for one in pieces(before, after) if one.kind != "same"]
    assert [one.kind for one in told] == ["removed", "added"]


def test_a_clause_that_came_and_one_that_went_are_both_told() -> None:
    told = {one.key: one.pieces[0].kind for one in changes({"a": "x"}, {"b": "y"})}
    assert told == {"a": "removed", "b": "added"}
