"""Workbooks of spreadsheet programs, and packages that are traps."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from footbridge.intake.reading import UnreadableFile, open_sheets


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, table in sheets.items():
        sheet = book.create_sheet(title)
        for row in table:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def archive(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


HALF_PAST_NINE = dt.datetime(2021, 3, 12, 9, 30)  # noqa: DTZ001 - cells know no zones


def test_typed_cells_become_the_text_a_person_would_type() -> None:
    content = workbook(
        {"People": [
            ["Name", "Joined", "Staff", "Share", "Active"],
            ["Ana", dt.date(2021, 3, 12), 12, 0.25, True],
            ["Zoë", HALF_PAST_NINE, None, None, False],
        ]}
    )  # fmt: skip
    (sheet,) = open_sheets(content, "people.xlsx")
    assert [row.cells for row in sheet.rows()] == [
        ("Ana", "2021-03-12", "12", "0.25", "true"),
        ("Zoë", "2021-03-12 09:30:00", "", "", "false"),
    ]


def test_every_sheet_that_holds_something_is_read_and_numbered_as_seen() -> None:
    content = workbook(
        {"People": [[None], ["Name", "City"], [None, None], ["Ana", "Riga"]],
         "Empty": [],
         "Needs": [["Need", "City"], ["a van", "Oslo"]]}
    )  # fmt: skip
    people, needs = open_sheets(content, "all.xlsx")
    assert (people.name, needs.name) == ("all.xlsx: People", "all.xlsx: Needs")
    assert [(row.number, row.cells) for row in people.rows()] == [(4, ("Ana", "Riga"))]
    assert [row.cells for row in needs.rows()] == [("a van", "Oslo")]


def test_a_formula_comes_in_as_its_text_or_value_never_computed() -> None:
    (sheet,) = open_sheets(workbook({"S": [["Name", "Note"], ["Ana", "'=1+1"]]}), "f.xlsx")
    assert next(sheet.rows()).cells == ("Ana", "'=1+1")


def test_an_open_document_sheet_is_read() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>"
    body = "".join(
        row.format("".join(map(cell.format, line))) for line in [("Name", "City"), ("Ana", "Riga")]
    )
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": b'<?xml version="1.0"?><m:manifest xmlns:m='
        b'"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    }
    (sheet,) = open_sheets(archive(parts), "s.ods")
    assert [row.cells for row in sheet.rows()] == [("Ana", "Riga")]


def test_a_workbook_from_a_path_is_read_in_place(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(workbook({"S": [["Name"], ["Ana"]]}))
    (sheet,) = open_sheets(path, "people.xlsx")
    assert [row.cells for row in sheet.rows()] == [("Ana",)]


def test_a_zip_bomb_named_xlsx_is_not_opened() -> None:
    bomb = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 300_000_000})
    assert len(bomb) < 400_000
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        list(open_sheets(bomb, "bomb.xlsx"))


def test_a_package_of_thousands_of_parts_is_not_opened() -> None:
    parts = {f"xl/{n}.xml": b"" for n in range(3_000)} | {"xl/workbook.xml": b"<x/>"}
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        list(open_sheets(archive(parts, zipfile.ZIP_STORED), "many.xlsx"))


def test_one_cell_in_the_last_corner_of_the_grid_is_refused_in_words() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Name", "x"
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(UnreadableFile, match=r"needs more memory|more than 200 columns"):
        list(open_sheets(content.getvalue(), "far.xlsx"))


def test_too_many_columns_are_refused_with_the_limit() -> None:
    with pytest.raises(UnreadableFile, match="more than 200 columns"):
        list(open_sheets(workbook({"S": [[f"c{n}" for n in range(250)]]}), "wide.xlsx"))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 not really", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no"]
)
def test_a_damaged_workbook_says_so(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="damaged or protected"):
        list(open_sheets(content, "people.xlsx"))


def test_an_empty_workbook_says_so() -> None:
    with pytest.raises(UnreadableFile, match="is empty"):
        list(open_sheets(workbook({"S": []}), "people.xlsx"))


def test_an_archive_of_lists_gives_every_list() -> None:
    content = archive(
        {"a/Connections.csv": b"Name,City\nAna,Riga\n", "b.csv": b"Name\nBo\n", "x.png": b"1"}
    )
    assert [sheet.name for sheet in open_sheets(content, "export.zip")] == [
        "a/Connections.csv",
        "b.csv",
    ]


def test_an_archive_without_a_list_says_so() -> None:
    with pytest.raises(UnreadableFile, match="archive without a list"):
        list(open_sheets(archive({"letter.docx": b"1"}), "export.zip"))
