"""Kinds of organisation, sizes and strengths, read from words in several languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footbridge.intake.mapping.values.sectors import read_sector, sector_of_name
from footbridge.intake.mapping.values.sizes import read_size, size_of_income
from footbridge.intake.mapping.values.strengths import LEVELS, read_strength, strength_scale


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Community Interest Company Limited by Guarantee", "hybrid"),
        ("CIC", "hybrid"),
        ("Co-operative Society", "hybrid"),
        ("Community Benefit Society", "hybrid"),
        ("Industrial and provident society", "hybrid"),
        ("Genossenschaft", "hybrid"),
        ("SCIC", "hybrid"),
        ("empresa social", "hybrid"),
        ("impresa sociale", "hybrid"),
        ("social enterprise", "hybrid"),
        ("Company Limited by Guarantee", "nonprofit"),
        ("Registered charity", "nonprofit"),
        ("Trust", "nonprofit"),
        ("Charitable Incorporated Organisation", "nonprofit"),
        ("Unincorporated Association", "nonprofit"),
        ("e.V.", "nonprofit"),
        ("Asociación", "nonprofit"),
        ("association loi 1901", "nonprofit"),
        ("ONG", "nonprofit"),
        ("stichting", "nonprofit"),
        ("NGO", "nonprofit"),
        ("Private Limited Company", "private"),
        ("Private limited Company", "private"),
        ("Limited Liability Partnership", "private"),
        ("Sole Trader", "private"),
        ("GmbH", "private"),
        ("S.A.R.L.", "private"),
        ("S.L.", "private"),
        ("Ltd", "private"),
        ("entreprise", "private"),
        ("Unternehmen", "private"),
        ("PRC", "private"),
        ("bedrijf", "private"),
        ("azienda", "private"),
        ("University", "academic"),
        ("school", "academic"),
        ("HES", "academic"),
        ("REC", "academic"),
        ("Hochschule", "academic"),
        ("universidad", "academic"),
        ("council", "public"),
        ("Government", "public"),
        ("Government, midwest", "public"),
        ("PUB", "public"),
        ("ayuntamiento", "public"),
        ("mairie", "public"),
        ("Behörde", "public"),
        ("gemeente", "public"),
        ("agency", "public"),
        ("setor público", "public"),
    ],
)
def test_kinds_of_organisation_in_seven_languages(text: str, sector: str) -> None:
    assert read_sector(text).value == sector


@pytest.mark.parametrize("text", ["software", "midwest", "Converted/Closed", "OTH"])
def test_an_unknown_kind_is_said_not_guessed(text: str) -> None:
    assert text in str(read_sector(text).refused)


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("My Outdoor Classroom CIC", "hybrid"),
        ("Harbour Bakery Ltd", "private"),
        ("Leeds City Council", "public"),
        ("University of Leeds", "academic"),
        ("A B Charitable Trust", "nonprofit"),
        ("GHT PHOTONICS SRL", "private"),
        ("Hyde Park Source", None),
        ("Aam Digital GmbH", "private"),
        ("Ana Ruiz", None),
        ("Deutsche Umwelthilfe e.V.", "nonprofit"),
    ],
)
def test_a_name_may_give_its_sector_away(name: str, sector: str | None) -> None:
    assert sector_of_name(name) == sector


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1", "solo"),
        ("7", "micro"),
        ("10", "small"),
        ("49", "small"),
        ("50-249", "medium"),
        ("250+", "large"),
        ("1,200", "large"),
        ("<10", "micro"),
        ("11 – 50 employees", "small"),
        ("grande", "large"),
        ("Mittel", "medium"),
        ("PYME", "medium"),
        ("petite", "small"),
        ("False", "large"),
        ("True", "medium"),
    ],
)
def test_sizes_in_words_numbers_and_ranges(text: str, size: str) -> None:
    assert read_size(text).value == size


def test_income_stands_in_for_size_and_cannot_be_negative() -> None:
    assert size_of_income("15098852").value == "medium"
    assert size_of_income("£900k").value == "micro"
    assert "negative" in str(size_of_income("-5").refused)


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("generic weak débil faible schwach fraco debole zwak met", "met"),
        ("casual medium know medio moyenne mittel gemiddeld", "know"),
        ("positive strong fuerte fort stark forte sterk formal", "worked_together"),
        ("trust friend confianza confiance Vertrauen confiança fiducia vertrouwen", "trust"),
    ],
)
def test_strengths_in_words(words: str, level: str) -> None:
    for word in words.split():
        assert read_strength(word).value == level, word


def test_four_numbers_are_the_four_levels() -> None:
    scale = strength_scale(["1", "4", "2"])
    assert [read_strength(str(number), scale).value for number in (1, 2, 3, 4)] == list(LEVELS)


@pytest.mark.parametrize(
    ("column", "weak", "strong"),
    [
        (["0.1", "0.9"], "0.1", "0.9"),
        (["1", "5"], "1", "5"),
        (["2", "9"], "1", "9"),
        (["20", "90"], "10", "90"),
        (["3000", "12"], "12", "2900"),
    ],
)
def test_other_scales_are_found_by_their_column(column: list[str], weak: str, strong: str) -> None:
    scale = strength_scale(column)
    assert (read_strength(weak, scale).value, read_strength(strong, scale).value) == (
        "met",
        "trust",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("NaN", "not a strength"),
        ("inf", "not a strength"),
        ("-1", "cannot be negative"),
        ("0", "no tie"),
        ("never", "no tie"),
        ("blue", "not a strength"),
    ],
)
def test_a_strength_that_cannot_be_is_refused_with_the_reason(text: str, says: str) -> None:
    outcome = read_strength(text)
    assert outcome.value is None
    assert says in str(outcome.refused)


@given(st.floats(min_value=0.001, max_value=1e6), st.floats(min_value=0.001, max_value=1e6))
def test_a_larger_number_is_never_a_weaker_tie(one: float, other: float) -> None:
    scale = strength_scale([repr(one), repr(other)])
    low, high = sorted((one, other))
    assert LEVELS.index(scale.level(low)) <= LEVELS.index(scale.level(high))
