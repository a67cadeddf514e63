"""Single cells: what they mean, how they were mended, why they were refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footbridge.intake.mapping.values.causes import read_cause, read_causes, read_goal
from footbridge.intake.mapping.values.cells import (
    escape_formula,
    split_aligned,
    split_many,
    unescape_formula,
)
from footbridge.intake.mapping.values.dates import DateOrder, date_order, read_date
from footbridge.intake.mapping.values.emails import email_key, read_email, read_emails
from footbridge.intake.mapping.values.identifiers import (
    charity_id,
    company_id,
    is_organisation_id,
    mixes_alphabets,
    read_website,
)
from footbridge.intake.mapping.values.languages import read_languages
from footbridge.intake.mapping.values.numbers import (
    decimal_mark,
    read_boolean,
    read_decimal,
    read_money,
    read_number,
)
from footbridge.intake.mapping.values.sectors import read_sector
from footbridge.intake.mapping.values.sizes import read_size
from footbridge.intake.mapping.values.strengths import read_strength

DAY = dt.date(2021, 4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2021-04-03",
        "2021-04-03 00:00:00",
        "2021-04-03T10:00:00Z",
        "2021/04/03",
        "20210403",
        "3/4/2021",
        "03.04.2021",
        "3-4-21",
        "3 April 2021",
        "April 3, 2021",
        "Apr 3rd 2021",
        "3 abr 2021",
        "3 de abril de 2021",
        "3 avril 2021",
        "3. April 2021",
        "Sat, 3 Apr 2021",
        "3 aprile 2021",
        "44289",
    ],
)
def test_one_day_in_many_dresses(text: str) -> None:
    value = read_date(text).value
    assert value is not None
    assert (value.day, value.precision) == (DAY, "day")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2021", "2021-01-01", "year"),
        ("2021.0", "2021-01-01", "year"),
        ("April 2021", "2021-04-01", "month"),
        ("2021-04", "2021-04-01", "month"),
        ("04/2021", "2021-04-01", "month"),
        ("août 2019", "2019-08-01", "month"),
    ],
)
def test_a_date_known_in_part_says_how_far(text: str, day: str, precision: str) -> None:
    value = read_date(text).value
    assert value is not None
    assert (value.day.isoformat(), value.precision) == (day, precision)


def test_the_column_decides_whether_the_month_comes_first() -> None:
    assert date_order(["03/04/2021", "12/31/2020"]) is DateOrder.MONTH_FIRST
    assert date_order(["03/04/2021", "31/12/2020"]) is DateOrder.DAY_FIRST
    assert date_order(["03/04/2021"]) is DateOrder.DAY_FIRST
    assert read_date("04/03/2021", DateOrder.MONTH_FIRST).value.day == DAY
    assert read_date("31/12/2020", DateOrder.MONTH_FIRST).value.day == dt.date(2020, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow",
        "31/02/2021",
        "99/99/9999",
        "0000-00-00",
        "9999-01-01",
        "12 pigs 2021",
        "n/a",
        "3.5",
    ],
)
def test_what_is_no_date_is_refused_with_the_text(text: str) -> None:
    outcome = read_date(text)
    assert outcome.value is None
    assert text in str(outcome.refused)


def test_a_serial_number_says_how_it_was_read() -> None:
    assert read_date("44289").repaired == "The number 44289 was read as the date 2021-04-03."


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(text: str) -> None:
    for reader in (
        read_date,
        read_number,
        read_boolean,
        read_sector,
        read_size,
        read_strength,
        read_email,
        read_website,
        read_money,
    ):
        outcome = reader(text)
        assert outcome.value is None or outcome.refused is None
        assert bool(text.strip()) or outcome.is_empty
    read_causes(text)
    read_languages(text)
    split_many(text, commas=True)


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1,234.50", ".", "1234.50"),
        ("1.234,50", ",", "1234.50"),
        ("1 234,5", ",", "1234.5"),
        ("1'234.5", ".", "1234.5"),
        ("-3", ".", "-3"),
        ("(300)", ".", "-300"),
        ("1e3", ".", "1E+3"),
        ("2.5M", ".", "2500000"),
        ("12k", ".", "12000"),
        ("45%", ".", "45"),
    ],
)
def test_numbers_with_either_mark(text: str, mark: str, number: str) -> None:
    assert read_decimal(text, mark).value == Decimal(number)


@pytest.mark.parametrize(
    "text", ["NaN", "nan", "inf", "-inf", "Infinity", "∞", "#NUM!", "1e999", "twelve", "1,2,x"]
)
def test_what_is_no_finite_number_is_refused(text: str) -> None:
    outcome = read_number(text)
    assert (outcome.value, outcome.refused) == (None, f"“{text}” is not a number.")


def test_the_decimal_mark_is_that_of_the_column() -> None:
    assert decimal_mark(["1.000", "2,50"]) == ","
    assert decimal_mark(["1,000", "2.50"]) == "."
    assert decimal_mark(["1000"]) == "."
    assert decimal_mark(["1.234.567"]) == ","


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("£15,098,852", "15098852", "GBP"),
        ("EUR 1200.50", "1200.50", "EUR"),
        ("100 $", "100", "USD"),
        ("3239.34", "3239.34", ""),
        ("R$ 5", "5", "BRL"),
    ],
)
def test_money_keeps_its_currency(text: str, amount: str, currency: str) -> None:
    money = read_money(text).value
    assert money is not None
    assert (money.amount, money.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Y", True),
        ("sí", True),
        ("Oui", True),
        ("ja", True),
        ("TRUE", True),
        ("1", True),
        ("x", True),
        ("✓", True),
        ("no", False),
        ("NON", False),
        ("nein", False),
        ("0", False),
        ("falso", False),
        ("não", False),
        ("nee", False),
    ],
)
def test_yes_and_no_in_seven_languages(text: str, answer: bool) -> None:
    assert read_boolean(text).value is answer


@pytest.mark.parametrize(
    ("text", "address", "mended"),
    [
        ("ana@example.org", "ana@example.org", False),
        (" Ana.Ruiz@Example.ORG ", "Ana.Ruiz@example.org", False),
        ("Ana Ruiz <ana@example.org>", "ana@example.org", False),
        ("mailto:ana@example.org?subject=x", "ana@example.org", False),
        ("ana@example,org", "ana@example.org", True),
        ("ana (at) example.org", "ana@example.org", True),
        ("ana @ example.org.", "ana@example.org", True),
        ("ana@example..org", "ana@example.org", True),
        ("ana@münchen.example", "ana@münchen.example", False),
        ("ana＠example.org", "ana@example.org", True),
    ],
)
def test_addresses_are_unwrapped_and_plain_slips_mended(
    text: str, address: str, mended: bool
) -> None:
    outcome = read_email(text)
    assert outcome.value is not None
    assert outcome.value.address == address
    assert bool(outcome.repaired) is mended


@pytest.mark.parametrize(
    "text",
    [
        "ana",
        "ana@",
        "@example.org",
        "a b@c",
        "ana@example",
        "***@***.org",
        "a@b@c",
        ".@example.org",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    assert read_email(text).value is None
    assert read_email(text).refused


def test_several_addresses_and_their_names() -> None:
    both = read_emails("ana@example.org; Bo <bo@example.org>")
    assert [outcome.value.address for outcome in both] == ["ana@example.org", "bo@example.org"]
    assert both[1].value.name == "Bo"
    assert email_key("Ana@Example.org") == both[0].value.key


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("en;fr", ["en", "fr"]),
        ("English, Welsh", ["en", "cy"]),
        ("inglés y francés", ["en", "fr"]),
        ("anglais et espagnol", ["en", "es"]),
        ("Deutsch / Englisch", ["de", "en"]),
        ("日本語", ["ja"]),
        ("English (fluent), Polish - B2", ["en", "pl"]),
        ("português", ["pt"]),
        ("BSL", ["bfi"]),
        ("العربية", ["ar"]),
        ("castellano", ["es"]),
    ],
)
def test_languages_by_code_and_name(text: str, codes: list[str]) -> None:
    assert [outcome.value for outcome in read_languages(text)] == codes


def test_an_unknown_language_is_said() -> None:
    assert (
        read_languages("Klingonese")[0].refused == "“Klingonese” is not a language that is known."
    )


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("SDG3", [3]),
        ("3", [3]),
        ("3;4;17", [3, 4, 17]),
        ("1, 2", [1, 2]),
        ("Goal 3: Good health, and more", [3]),
        ("ODS 3", [3]),
        ("ODD 3", [3]),
        ("SDG 13.2", [13]),
        ("8.5", [8]),
        ("18", [None]),
        ("0", [None]),
        ("Objetivo 5", [5]),
        ("Objectif 6. Eau propre", [6]),
        ("clean water", [None]),
        ("E10", [13]),
        ("B20;C10", [4, 3]),
        ("HE101", [3]),
        ("I10", [None]),
    ],
)
def test_goals_in_many_spellings(text: str, goals: list[int | None]) -> None:
    assert [cause.goal for cause in read_causes(text)] == goals


def test_a_cause_without_a_goal_keeps_its_own_words() -> None:
    assert read_cause("Peace, justice and institutions").label == "Peace, justice and institutions"
    assert read_goal("Agenda 2030") is None


def test_cells_with_several_values_are_parted_by_their_own_sign() -> None:
    assert split_many("a, b; c") == ("a, b", "c")
    assert split_many("a|b||a") == ("a", "b")
    assert split_many("- a van; with driver\n• 2. space\n") == ("a van; with driver", "2. space")
    assert split_many("oak, ash & elm", commas=True) == ("oak", "ash", "elm")
    assert split_many("") == ()
    assert split_aligned("owner;;funder") == ("owner", "", "funder")


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t 1", "\r 1", "=cmd|' /C calc'!A0", "-ana", "＝1"],
)
def test_a_formula_is_escaped_and_comes_back_as_text(cell: str) -> None:
    assert escape_formula(cell) == "'" + cell
    assert unescape_formula(escape_formula(cell)) == cell


@pytest.mark.parametrize(
    ("cell", "escaped"),
    [
        ("soup;=1+1", "soup;'=1+1"),
        ("soup\n@SUM(A1)", "soup\n'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ('a;""=1', 'a;\'""=1'),
        ("soup; -5 degrees", "soup; -5 degrees"),
    ],
)
def test_a_formula_is_escaped_wherever_a_spreadsheet_may_cut(cell: str, escaped: str) -> None:
    assert escape_formula(cell) == escaped
    assert unescape_formula(escaped) == cell


@pytest.mark.parametrize("cell", ["", "Ana", "-12.5", "+44 20 7946 0000", "a=b", "'t Hooft", "-3%"])
def test_what_is_no_formula_stays(cell: str) -> None:
    assert escape_formula(cell) == unescape_formula(cell) == cell


@given(st.text())
def test_no_escaped_cell_is_computed_and_none_is_changed_by_a_round_trip(cell: str) -> None:
    escaped = escape_formula(cell)
    assert escaped[:1] not in set("=@\t\r\n")
    if not cell.startswith("'"):
        assert unescape_formula(escaped) == cell


def test_identifiers_of_registers() -> None:
    assert is_organisation_id("GB-CHC-1136419")
    assert is_organisation_id("GB-COH-IP28755R")
    assert not is_organisation_id("Docks-Ltd")
    assert (charity_id("1136419.0"), charity_id("SC012345"), charity_id("none")) == (
        "GB-CHC-1136419",
        "GB-SC-SC012345",
        "",
    )
    assert (company_id("8253562"), company_id("IP28755R"), company_id("0"), company_id("")) == (
        "GB-COH-08253562",
        "GB-COH-IP28755R",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("www.docks.example", "https://www.docks.example"),
        ("docks.example", "https://docks.example"),
        ("http://bücher.example", "http://bücher.example"),
    ],
)
def test_web_addresses_get_their_scheme(text: str, address: str) -> None:
    assert read_website(text).value == address


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "none",
        "ana@example.org",
        "http://",
        "file:///etc/passwd",
        "data:text/html,x",
    ],
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    assert read_website(text).value is None
    assert read_website(text).refused


def test_a_word_in_two_alphabets_is_noticed() -> None:
    assert mixes_alphabets("\u0410nna Smith")
    assert not mixes_alphabets("Анна Smith")
    assert not mixes_alphabets("José Łukasz 日本 Анна")


def test_superscripts_are_no_company_number() -> None:
    assert company_id("²²²²²") == company_id("1²³⁴") == ""
