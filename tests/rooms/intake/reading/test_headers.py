"""Where the header is, and what stands above and beside it."""

from __future__ import annotations

from footbridge.intake.reading import Sheet, open_pasted, open_sheets


def only_sheet(text: str) -> Sheet:
    (sheet,) = open_sheets(text.encode(), "list.csv")
    return sheet


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows()]


def test_linkedins_notes_above_the_header_are_left_out_and_said() -> None:
    sheet = only_sheet(
        'Notes:\n"When exporting your connection data, you may notice that some are missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ana,Ruiz,https://www.linkedin.com/in/ana,,Docks Ltd,Buyer,12 Mar 2021\n"
    )
    assert sheet.header[:3] == ("First Name", "Last Name", "URL")
    assert cells(sheet)[0][:2] == ("Ana", "Ruiz")
    assert "When exporting your connection data" in sheet.notes[0]


def test_a_title_and_a_blank_line_above_the_header_are_left_out() -> None:
    sheet = only_sheet(
        "Members of the harbour network 2024,,\n,,\nName,City,Email\nAna,Riga,a@b.org\n"
    )
    assert sheet.header == ("Name", "City", "Email")
    assert cells(sheet) == [("Ana", "Riga", "a@b.org")]


def test_a_header_on_two_lines_is_read_as_one() -> None:
    sheet = only_sheet(
        "Organisation,,Contact,,\nName,City,Name,Email,Phone\nDocks,Riga,Ana Ruiz,a@b.org,1\n"
    )
    assert sheet.header == (
        "Organisation Name", "Organisation City", "Contact Name", "Contact Email", "Contact Phone",
    )  # fmt: skip
    assert cells(sheet) == [("Docks", "Riga", "Ana Ruiz", "a@b.org", "1")]
    assert "two lines" in sheet.notes[0]


def test_a_file_whose_first_line_is_data_has_no_header() -> None:
    sheet = only_sheet("Ana Ruiz,ana@example.org,Riga\nBo Ek,bo@example.org,Oslo\n")
    assert not sheet.header_found
    assert sheet.header == ("column 1", "column 2", "column 3")
    assert len(cells(sheet)) == 2


def test_an_unknown_first_line_of_a_file_is_its_header() -> None:
    sheet = only_sheet("wibble,wobble\nred,round\nblue,square\n")
    assert sheet.header == ("wibble", "wobble")


def test_a_nameless_column_gets_a_name() -> None:
    assert only_sheet("Name,,City\nAna,x,Riga\n").header == ("Name", "column 2", "City")


def test_pasted_cells_with_a_header_have_one() -> None:
    sheet = open_pasted("Name\tOrganisation\tNeeds\nAna Ruiz\tDocks\tcold storage\n")
    assert sheet.header == ("Name", "Organisation", "Needs")
    assert cells(sheet) == [("Ana Ruiz", "Docks", "cold storage")]


def test_pasted_cells_without_a_header_lose_no_row() -> None:
    sheet = open_pasted("Ana Ruiz\tDocks Ltd\tRiga\nBo Ek\tCity of Oslo\tOslo\n")
    assert not sheet.header_found
    assert cells(sheet) == [("Ana Ruiz", "Docks Ltd", "Riga"), ("Bo Ek", "City of Oslo", "Oslo")]


def test_pasted_columns_of_spaces_are_columns() -> None:
    sheet = open_pasted(
        "Name        City      Email\nAna Ruiz    Riga      a@b.org\nBo Ek       New York  b@c.org"
    )
    assert sheet.header == ("Name", "City", "Email")
    assert cells(sheet)[1] == ("Bo Ek", "New York", "b@c.org")


def test_pasted_text_with_commas_is_a_table() -> None:
    assert cells(open_pasted("name,city\nAna,Riga")) == [("Ana", "Riga")]


def test_pasted_names_one_per_line_are_rows() -> None:
    assert cells(open_pasted("Ana Ruiz\nBo Ek\nCy Woo")) == [("Ana Ruiz",), ("Bo Ek",), ("Cy Woo",)]


def test_a_pasted_cell_with_a_line_break_stays_one_cell() -> None:
    sheet = open_pasted('Name\tNeeds\nAna\t"a van\na driver"\nBo\tspace\n')
    assert cells(sheet) == [("Ana", "a van\na driver"), ("Bo", "space")]
