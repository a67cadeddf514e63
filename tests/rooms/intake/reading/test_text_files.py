"""Text in columns, in every alphabet and with every sign between."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from footbridge.intake.reading import Sheet, UnreadableFile, open_sheets

PEOPLE = 'Name{0}City{0}Note\r\n"Muñoz{0} Ana"{0}Córdoba{0}"says ""hola"""\r\nBo Ek{0}Malmö{0}\r\n'


def only_sheet(content: bytes, name: str = "list.csv") -> Sheet:
    (sheet,) = open_sheets(content, name)
    return sheet


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows()]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_any_delimiter_in_any_encoding_gives_the_same_rows(sign: str, encoding: str) -> None:
    sheet = only_sheet(PEOPLE.format(sign).encode(encoding))
    assert sheet.header == ("Name", "City", "Note")
    assert cells(sheet) == [
        (f"Muñoz{sign} Ana".strip() if sign != "\t" else "Muñoz\t Ana", "Córdoba", 'says "hola"'),
        ("Bo Ek", "Malmö", ""),
    ]


def test_a_decimal_comma_does_not_make_the_comma_a_delimiter() -> None:
    sheet = only_sheet(b"naam;bedrag\nA;1,5\nB;2,75\nC;3,1\n")
    assert sheet.header == ("naam", "bedrag")
    assert cells(sheet)[0] == ("A", "1,5")


def test_lists_inside_cells_do_not_make_the_semicolon_a_delimiter() -> None:
    sheet = only_sheet(b"id,languages\n1,en;fr\n2,en;de\n3,es;fr\n")
    assert cells(sheet) == [("1", "en;fr"), ("2", "en;de"), ("3", "es;fr")]


def test_the_line_that_excel_writes_for_itself_is_no_row() -> None:
    sheet = only_sheet(b"sep=;\r\nName;City\r\nAna, the first;Riga\r\n")
    assert sheet.header == ("Name", "City")
    assert cells(sheet) == [("Ana, the first", "Riga")]


def test_a_sheet_can_be_read_again_from_the_start() -> None:
    sheet = only_sheet(b"Name,City\nAna,Riga\n")
    assert cells(sheet) == cells(sheet) == [("Ana", "Riga")]


def test_a_packed_file_reads_like_the_file_itself(tmp_path: Path) -> None:
    packed = tmp_path / "list.csv.gz"
    packed.write_bytes(gzip.compress(b"Name,City\nAna,Riga\n"))
    (sheet,) = open_sheets(packed, "list.csv.gz")
    assert (sheet.name, cells(sheet)) == ("list.csv", [("Ana", "Riga")])


def test_cyrillic_in_its_old_alphabet_is_recognised() -> None:
    text = "Имя,Город\nАнна Ахматова,Одесса\nИван Франко,Львов\nЛеся Украинка,Луцк\n" * 5
    sheet = only_sheet(text.encode("cp1251"))
    assert ("Анна Ахматова", "Одесса") in cells(sheet)


def test_the_row_number_is_the_line_in_the_file() -> None:
    sheet = only_sheet(b'Name,Note\nAna,"two\nlines"\n\nBo,x\n')
    assert [row.number for row in sheet.rows()] == [2, 5]


def test_a_single_column_is_a_list_of_names() -> None:
    sheet = only_sheet(b"Name\nAna Ruiz\nBo Ek\n")
    assert (sheet.header, cells(sheet)) == (("Name",), [("Ana Ruiz",), ("Bo Ek",)])


def test_old_mac_line_ends_are_line_ends() -> None:
    assert cells(only_sheet(b"Name,City\rAna,Riga\rBo,Oslo\r")) == [("Ana", "Riga"), ("Bo", "Oslo")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG file"),
        (b"<!DOCTYPE html><p>x", "is a web page"),
        (bytes(range(1, 32)) * 40, "holds no text"),
    ],
)
def test_what_cannot_be_read_says_why_and_names_the_file(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        list(open_sheets(content, "members.csv"))
    assert says in caught.value.message
    assert "members.csv" in caught.value.message


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        list(open_sheets(tmp_path / "gone.csv", "gone.csv"))
