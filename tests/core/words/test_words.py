"""Words as people type them."""

import doctest
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footbridge.core import words
from footbridge.core.words import (
    clean_line,
    fold,
    located_tokens,
    looks_like,
    stem,
    stems,
    stop_words,
    tokens,
)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Café CRÈME", "cafe creme"),
        ("cafe\u0301", "cafe"),
        ("Łódź", "lodz"),
        ("Køge Æblegård", "koge aeblegard"),
        ("Straße", "strasse"),
        ("Đorđe", "dorde"),
        ("cœur", "coeur"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Ειρήνη", "ειρηνη"),
        ("ＡＢＣ１２３", "abc123"),
        ("Ёлка", "елка"),
    ],
)
def test_a_word_is_the_same_with_and_without_its_marks(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("word", ["мой", "हिन्दी", "한국어", "がぎ", "ไทย", "தமிழ்"])
def test_marks_that_are_letters_in_their_script_stay(word: str) -> None:
    assert fold(word) == word


def test_optional_vowel_signs_of_hebrew_and_arabic_go() -> None:
    assert fold("שָׁלוֹם") == fold("שלום")
    assert fold("كِتَاب") == "كتاب"


@given(st.text())
def test_folding_twice_changes_nothing_more_than_folding_once(text: str) -> None:
    once = fold(fold(text))
    assert fold(once) == once


@given(st.text(max_size=60))
def test_every_word_is_found_where_it_stands(text: str) -> None:
    for word, start, end in located_tokens(text):
        assert 0 <= start < end <= len(text)
        assert word == fold(text[start:end])


def test_words_are_split_at_apostrophes_and_hyphens_but_code_names_stay_whole() -> None:
    assert tokens("l'œuvre d'art, state-of-the-art; C++, c# & .NET") == [
        *("l", "oeuvre", "d", "art", "state", "of", "the", "art", "c++", "c#", "net")
    ]


def test_an_indian_word_keeps_its_vowel_signs_together() -> None:
    assert tokens("हिन्दी भाषा") == ["हिन्दी", "भाषा"]


def test_scripts_without_spaces_become_pairs() -> None:
    assert tokens("冷蔵倉庫 Tokyo 水") == ["冷蔵", "蔵倉", "倉庫", "tokyo", "水"]


def test_a_two_character_word_is_found_inside_a_longer_run() -> None:
    assert set(tokens("倉庫")) <= set(tokens("冷蔵倉庫を探しています"))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "volunteers", "volunteering"),
        ("es", "refrigeración", "refrigerado"),
        ("es", "refrigeración", "refrigeracion"),
        ("fr", "chambres réfrigérées", "chambre refrigeree"),
        ("fr", "formés", "formée"),
        ("es-MX", "abogados", "abogado"),
        ("FR_ca", "entrepôts", "entrepot"),
    ],
)
def test_forms_of_one_word_share_a_stem(language: str, one: str, other: str) -> None:
    assert stems(one, language) == stems(other, language)


def test_small_words_go_unless_nothing_else_is_left() -> None:
    assert stems("the room that we need", "en") == ["room", "need"]
    assert stems("the who", "en") == ["the", "who"]
    assert stems("de la", "fr") == ["de", "la"]


@pytest.mark.parametrize("language", [None, "", "pl", "xx-YY"])
def test_an_unknown_language_is_left_folded_and_whole(language: str | None) -> None:
    assert stems("Wolontariusze są tutaj", language) == ["wolontariusze", "sa", "tutaj"]
    assert stop_words(language) == frozenset()


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_stop_words_are_kept_folded_so_that_they_are_met(language: str) -> None:
    assert {fold(word) for word in stop_words(language)} == stop_words(language)
    assert len(stop_words(language)) > 100


def test_many_threads_may_stem_at_once() -> None:
    vocabulary = [f"{root}{end}ing" for root in ("walk", "storag", "bak") for end in range(400)]
    alone = [stem(word, "en") for word in vocabulary]
    words._stem.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        together = list(
            pool.map(lambda _: [stem(word, "en") for word in vocabulary], range(32), chunksize=1)
        )
    assert all(stemmed == alone for stemmed in together)
    assert alone[0] == "walk0"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pауpal", "Paypal"),  # Cyrillic а and у
        ("ΑΝΝΑ", "ANNA"),  # Greek capitals
        ("Нina Weber", "Hina Weber"),  # a Cyrillic capital en
        ("Ian Burns", "lan Bums"),
        ("B0B", "bob"),
        ("José", "Jose"),
        ("Ana  Lima\u200e", "Ana Lima"),
    ],
)
def test_names_that_the_eye_confuses_look_alike(one: str, other: str) -> None:
    assert looks_like(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ana Lima", "Ana Luna"), ("нина", "Hina"), ("Eva", "Ewa")]
)
def test_names_that_differ_to_the_eye_do_not_look_alike(one: str, other: str) -> None:
    assert not looks_like(one, other)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Ana \t Lima\n", "Ana Lima"),
        ("An\x00a\x07", "Ana"),
        ("Ana\u202eamiL\u202c", "AnaamiL"),
        ("Ana\u2066 \u200bLima\ufeff", "Ana Lima"),
        ("Ana\u2028Lima", "Ana Lima"),
        ("Ana\ud800", "Ana"),
        ("Cafe\u0301", "Café"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u202e", ""),
        ("👩\u200d🌾 Farm", "👩\u200d🌾 Farm"),
    ],
)
def test_a_line_is_made_safe(typed: str, cleaned: str) -> None:
    assert clean_line(typed) == cleaned


@given(st.text(st.characters(codec=None)))
def test_a_cleaned_line_is_one_storable_line_and_stays_as_it_is(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert "\x00" not in line
    assert line.encode("utf-8").decode("utf-8") == line
    assert clean_line(line) == line
