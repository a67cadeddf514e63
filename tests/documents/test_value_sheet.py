"""A value map as a workbook: it calculates by itself, and comes to what the report says."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from footbridge.documents.value_sheet import (
    WORDS,
    NotCounted,
    ValueInput,
    ValueOutcome,
    ValueSheet,
)
from footbridge.engine import value
from footbridge.engine.value.examples import employment
from tests.engine.value.maps import a_map, money, row

ENGLISH = {word: word.replace("_", " ").capitalize() for word in WORDS}
HOSTILE = '=HYPERLINK("http://127.0.0.1/","x")'


def sheet_of(of: value.ValueMap, **other: Any) -> ValueSheet:
    """A map's best figures, as they would stand in a report."""
    told: dict[str, Any] = {
        "title": "Bread for all",
        "words": ENGLISH,
        "discount_rate": of.discount_rate.best,
        "inputs": tuple(
            ValueInput(
                one.stakeholders,
                one.key,
                one.quantity.best,
                one.price.value.best * one.price.factor,
                of.inputs_basis.counts(one.kind),
            )
            for one in of.inputs
        ),
        "outcomes": tuple(outcome_of(one) for one in of.counted),
    }
    return ValueSheet(**(told | other))


def outcome_of(one: value.Outcome) -> ValueOutcome:
    shares = {name: share.figure.best for name, share in one.shares}
    return ValueOutcome(
        one.stakeholders,
        one.key,
        one.price.unit,
        one.quantity.best,
        one.price.value.best * one.price.factor,
        one.start is value.Timing.AFTER,
        one.years,
        drop_off=one.drop_off.figure.best if one.drop_off else Decimal(0),
        **shares,
    )


def calculated(content: bytes, folder: Path) -> dict[str, Any]:
    """Every cell after another program has worked out all formulas."""
    formulas = pytest.importorskip("formulas")
    path = folder / "map.xlsx"
    path.write_bytes(content)
    solved = formulas.ExcelModel().loads(str(path)).finish().calculate()
    return {
        name.partition("]")[2].replace("'", ""): cell.value[0, 0]
        for name, cell in solved.items()
        if ":" not in name
    }


@pytest.fixture(scope="module")
def many() -> value.ValueMap:
    """Three rows of different kinds, two inputs of which one does not count."""
    work = employment().outcomes[0]
    later = replace(
        work, key="later", start=value.Timing.AFTER, years=3, drop_off=value.Share.of(1, reason="-")
    )
    harm = row("noise", quantity=value.Figure.of("-12.5"), leakage=value.Share.of("0.125"))
    hours = money("12.50", "hours", kind=value.InputKind.VOLUNTEER_TIME)
    return a_map(
        work,
        replace(later, price=value.Price("p", value.Figure.of("1234.56"))),
        harm,
        inputs=(money(), hours),
        inputs_basis=value.InputsBasis.WITHOUT_VOLUNTEERS,
    )


def test_another_program_comes_to_the_same_ratio(many: value.ValueMap, tmp_path: Path) -> None:
    found, cells = value.worth(many), calculated(sheet_of(many).to_xlsx(), tmp_path)
    assert found.ratio is not None
    assert cells["RESULT!B9"] == pytest.approx(float(found.ratio), rel=1e-13)
    assert str(value.printed(Decimal(str(cells["RESULT!B9"])))) == str(value.printed(found.ratio))
    told = [cells[f"RESULT!B{line}"] for line in (5, 6, 7, 8, 10)]
    assert told == pytest.approx(
        [
            float(one)
            for one in (
                found.invested,
                found.impact,
                found.present,
                found.net_present,
                found.net_ratio,
            )
        ]
    )
    presents = [cells[f"OUTCOMES!P{line}"] for line in (5, 6, 7)]
    assert presents == pytest.approx([float(one.present) for one in found.rows])
    even = {(one.outcome, one.name): one for one in value.break_evens(many)}
    assert cells["BREAK EVEN!C5"] == pytest.approx(float(even["work", "quantity"].value))
    assert cells["BREAK EVEN!E5"] == pytest.approx(float(even["work", "deadweight"].value))
    assert even["later", "deadweight"].value is None
    assert cells["BREAK EVEN!E6"] == "Not reachable"
    grid = value.grid(found.ratio, ["-0.3"], ["0.3"])
    assert cells["WHAT IF!H5"] == pytest.approx(float(grid[0][0]))


def test_without_inputs_it_says_that_there_is_no_ratio(tmp_path: Path) -> None:
    cells = calculated(sheet_of(a_map(row(), inputs=())).to_xlsx(), tmp_path)
    assert cells["RESULT!B9"] == cells["RESULT!B10"] == "No ratio"
    assert cells["WHAT IF!C6"] == ""


def test_the_published_example_is_one_point_four_four(tmp_path: Path) -> None:
    cells = calculated(sheet_of(employment()).to_xlsx(), tmp_path)
    assert round(cells["RESULT!B9"], 2) == 1.44
    assert round(cells["RESULT!B7"]) == 359_070


def test_no_text_is_a_formula() -> None:
    told = ValueSheet(
        HOSTILE,
        {**ENGLISH, "result": "a[b]:c/d'e", "outcomes": "=1+1", "no_ratio": '"&A1&"'},
        Decimal("0.035"),
        (ValueInput(HOSTILE, "@SUM(1)", Decimal("0.1"), Decimal("12345678.123456789")),),
        (replace(outcome_of(row()), stakeholders="-1", what="+1\x00\x0b", unit="\t=1"),),
        (NotCounted(HOSTILE, "＝1", "=1"),),
        notes=("=1+1", "plain"),
    )
    book = load_workbook(io.BytesIO(told.to_xlsx()))
    assert book.sheetnames[0] == "a b  c d e"
    cells = [cell for sheet in book for line in sheet for cell in line if cell.value is not None]
    for cell in cells:
        ours = cell.data_type == "f"
        begins = isinstance(cell.value, str) and cell.value.startswith("=")
        assert ours == (begins and not cell.quotePrefix)
        if ours:
            assert "HYPERLINK" not in cell.value
    assert book["Inputs"]["D5"].value == 12345678.123456789


def test_equal_maps_give_equal_bytes(many: value.ValueMap) -> None:
    assert sheet_of(many).to_xlsx() == sheet_of(many).to_xlsx()


def test_words_that_are_alike_or_missing_are_no_trouble_or_refused() -> None:
    alike = sheet_of(employment(), words=dict.fromkeys(WORDS, "Wort"))
    book = load_workbook(io.BytesIO(alike.to_xlsx()))
    assert book.sheetnames == ["Wort", *(f"Wort {n}" for n in (2, 3, 4, 5, 6))]
    with pytest.raises(ValueError, match="no word for 'ratio'"):
        sheet_of(employment(), words={**ENGLISH, "ratio": ""}).to_xlsx()


def test_a_map_of_many_rows_and_years_is_written() -> None:
    long = replace(outcome_of(row()), years=40, drop_off=Decimal("0.01"))
    told = sheet_of(employment(), outcomes=(long,) * 60)
    book = load_workbook(io.BytesIO(told.to_xlsx()), read_only=True)
    assert len(list(book["Outcomes"].rows)) == 64
