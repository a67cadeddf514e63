"""Nothing is lost silently: a damaged row is mended and said, or refused and said."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.intake.reading import Row, Sheet, UnreadableFile, open_sheets
from footbridge.intake.reading.limits import CELL_LIMIT, COLUMN_LIMIT


def only_sheet(content: bytes, name: str = "list.csv") -> Sheet:
    (sheet,) = open_sheets(content, name)
    return sheet


def rows(content: bytes) -> list[Row]:
    return list(only_sheet(content).rows())


def test_a_short_row_is_filled_up_and_says_so() -> None:
    (row,) = rows(b"Name,City,Note\nAna\n")
    assert row.cells == ("Ana", "", "")
    assert row.repairs == ("2 cells were missing at the end and are taken as empty.",)


def test_a_long_row_keeps_its_extra_cells_and_says_so() -> None:
    (row,) = rows(b'Name,City,Note\nAna,Riga,tall,"red, or so",loud\n')
    assert row.cells == ("Ana", "Riga", "tall,red, or so,loud")
    assert "kept in the last column: red, or so,loud" in row.repairs[0]


def test_empty_cells_beyond_the_header_are_no_repair() -> None:
    (row,) = rows(b"Name,City\nAna,Riga,,,\n")
    assert (row.cells, row.repairs) == (("Ana", "Riga"), ())


def test_a_repeated_header_is_left_out_and_says_so() -> None:
    header_again, ana = rows(b"Name,City\nNAME,city\nAna,Riga\n")
    assert header_again.left_out == "This line repeats the header."
    assert ana.left_out is None


def test_zero_bytes_are_taken_out_and_said() -> None:
    (row,) = rows(b"Name,City\nA\x00na,Ri\x00ga\n")
    assert row.cells == ("Ana", "Riga")
    assert row.repairs == ("Zero bytes (NUL) were taken out.",)


def test_hidden_direction_marks_are_taken_out_and_right_to_left_letters_stay() -> None:
    (row,) = rows("Name,City\n\u202eanA\u202c,תל אביב\n".encode())
    assert row.cells == ("anA", "תל אביב")
    assert "reading direction" in row.repairs[0]


def test_joiners_that_persian_needs_stay() -> None:
    (row,) = rows("Name\nعلی\u200cرضا\n".encode())
    assert (row.cells, row.repairs) == (("علی\u200cرضا",), ())


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("Â£100", "£100"),
        ("womenâ€™s", "women’s"),
        ("JosÃ© MuÃ±oz", "José Muñoz"),
        ("ASSOCIAÃ‡ÃƒO", "ASSOCIAÇÃO"),
        ("KrakÃ³w", "Kraków"),
        ("Москва".encode().decode("latin-1"), "Москва"),
    ],
)
def test_broken_letters_are_mended_and_said(broken: str, meant: str) -> None:
    (row,) = rows(f"Name,Note\nx,{broken}\n".encode())
    assert row.cells[1] == meant
    assert "Broken letters were mended" in row.repairs[0]


@pytest.mark.parametrize(
    "whole", ["São João", "CAFÉ»", "Ångström", "Łódź", "Âge d’or", "50 Ã 60", "Ñandú", "±5°"]
)
def test_letters_that_are_not_broken_stay(whole: str) -> None:
    (row,) = rows(f"Name,Note\nx,{whole}\n".encode())
    assert (row.cells[1], row.repairs) == (whole, ())


def test_a_field_of_200_kb_refuses_its_row_only() -> None:
    content = b"Name,Note\nAna,short\nBo," + b"x" * 200_000 + b"\nCy,short\n"
    ana, bo, cy = rows(content)
    assert (
        bo.refusal == f"The cell “Note” has 200,000 characters; at most {CELL_LIMIT:,} are taken."
    )
    assert (ana.refusal, cy.refusal, cy.cells) == (None, None, ("Cy", "short"))


def test_a_line_of_many_megabytes_refuses_its_row_only() -> None:
    ana, bo, cy = rows(b"Name,Note\nAna,x\nBo," + b"y" * 3_500_000 + b"\nCy,z\n")
    assert "longer than 1,000,000 characters" in str(bo.refusal)
    assert (ana.cells, cy.cells) == (("Ana", "x"), ("Cy", "z"))
    assert [ana.number, bo.number, cy.number] == [2, 3, 4]


def test_a_quotation_mark_that_never_closes_costs_one_line() -> None:
    lines = "".join(f"Person {n},City {n}\n" for n in range(50))
    first, *others = rows(f'Name,City\n"Ana,Riga\n{lines}'.encode())
    assert first.refusal == "A quotation mark is opened here and never closed."
    assert [row.cells for row in others] == [(f"Person {n}", f"City {n}") for n in range(50)]
    assert [row.number for row in others] == list(range(3, 53))


def test_a_quotation_mark_open_over_a_large_file_costs_one_line() -> None:
    lines = "".join(f"Person {n},{'c' * 100}\n" for n in range(30_000))
    first, *others = rows(f'Name,City\n"Ana,Riga\n{lines}'.encode())
    assert first.refusal is not None
    assert len(others) == 30_000


def test_a_few_old_letters_in_a_modern_file_are_read_and_said() -> None:
    text = "Name,City\n" + "José,Málaga\n" * 20
    sheet = only_sheet(text.encode() + "Zoë,Köln\n".encode("cp1252"))
    assert list(sheet.rows())[-1].cells == ("Zoë", "Köln")
    assert "older alphabet" in sheet.notes[0]


def test_a_promise_of_utf_16_that_is_broken_still_reads() -> None:
    sheet = only_sheet("\ufeffName,City\nAna,Riga\n".encode("utf-16-le") + b"\x00")
    assert next(sheet.rows()).cells == ("Ana", "Riga")
    assert "could not be read as utf-16" in sheet.notes[0]


def test_more_columns_than_the_limit_are_refused_with_the_limit() -> None:
    header = ",".join(f"c{n}" for n in range(COLUMN_LIMIT + 1))
    with pytest.raises(UnreadableFile, match="more than 200 columns"):
        only_sheet(header.encode() + b"\n" + b"x," * COLUMN_LIMIT + b"x\n")


def test_a_packed_trap_is_not_unfolded() -> None:
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        only_sheet(gzip.compress(b"0" * 60_000_000), "bomb.csv.gz")


def test_a_packed_file_cut_short_says_that_it_is_damaged() -> None:
    packed = gzip.compress("".join(f"a{n},b{n * 7919}\n" for n in range(9000)).encode())
    with pytest.raises(UnreadableFile, match="damaged"):
        list(only_sheet(packed[: len(packed) // 2], "list.csv.gz").rows())


@given(st.binary(min_size=1, max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    refusal = ""
    try:
        for sheet in open_sheets(content, "list.csv"):
            assert all(len(row.cells) == len(sheet.header) for row in sheet.rows())
    except UnreadableFile as error:
        refusal = error.message
    assert not refusal or "list.csv" in refusal


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1,
                         max_size=12), min_size=3, max_size=3),
        min_size=1, max_size=20,
    )
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_what_is_written_as_csv_is_read_back(table: list[list[str]]) -> None:
    import csv
    import io
    import unicodedata

    written = io.StringIO()
    csv.writer(written).writerows([["Name", "City", "Note"], *table])
    found = rows(written.getvalue().encode())
    assert len(found) == len(table)
    for row, wanted in zip(found, table, strict=True):
        if not row.repairs:
            assert list(row.cells) == [unicodedata.normalize("NFC", cell) for cell in wanted]
