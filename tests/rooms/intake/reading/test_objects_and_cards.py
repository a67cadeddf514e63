"""JSON and address-book cards as rows."""

from __future__ import annotations

import json
import time

import pytest

from footbridge.intake.reading import Sheet, UnreadableFile, open_pasted, open_sheets
from footbridge.intake.reading.objects import flatten

CARDS = """BEGIN:VCARD\r
VERSION:3.0\r
N:Ruiz;Ana;;;\r
FN:Ana Ruiz\r
ORG:Docks Ltd;Buying\r
TITLE:Buyer\r
EMAIL;TYPE=WORK:ana@example.org\r
EMAIL:a.ruiz@example.net\r
TEL;TYPE=CELL:+371 20000000\r
ADR:;;Quay 1;Riga;;LV-1050;Latvia\r
PHOTO;ENCODING=b:AAAA\r
 BBBB\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Jos=C3=A9\r
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9 Mu=C3=B1oz\r
END:VCARD\r
BEGIN:VCARD\r
FN:Broken\r
THIS IS NO LINE\r
END:VCARD\r
"""


def only_sheet(content: bytes, name: str = "list.json") -> Sheet:
    (sheet,) = open_sheets(content, name)
    return sheet


def test_a_list_of_objects_has_a_column_for_every_key() -> None:
    sheet = only_sheet(
        json.dumps([{"name": "A", "at": {"city": "Riga"}}, {"name": "B", "x": None}]).encode()
    )
    assert sheet.header == ("name", "at.city", "x")
    assert [row.cells for row in sheet.rows()] == [("A", "Riga", ""), ("B", "", "")]
    assert sheet.expected_rows == 2


def test_an_object_that_holds_the_list_is_opened() -> None:
    sheet = only_sheet(b'{"count": 1, "data": [{"name": "A"}]}')
    assert [row.cells for row in sheet.rows()] == [("A",)]


def test_lines_of_objects_stream_and_a_bad_line_is_refused() -> None:
    sheet = only_sheet(b'{"name": "A"}\n{"name": "B", "n": 3}\nnot json\n{"name": "C"}\n')
    assert sheet.form == "jsonl"
    rows = list(sheet.rows())
    assert [row.cells for row in rows if not row.refusal] == [("A", ""), ("B", "3"), ("C", "")]
    assert (rows[2].number, rows[2].refusal) == (3, "This line is not a JSON object.")


def test_lists_of_objects_keep_their_places_aligned() -> None:
    flat = flatten({"organizations": [{"name": "A", "role": "owner"}, {"name": "B"}]})
    assert flat == {"organizations.name": "A;B", "organizations.role": "owner;"}


def test_a_text_with_a_semicolon_is_not_cut_by_the_joining() -> None:
    assert flatten({"why": ["one; two", "three"]}) == {"why": "one; two\nthree"}


@pytest.mark.parametrize("content", [b'[{"a": 1', b"[" * 100_000 + b"{", b"[1, 2, 3]", b"{}"])
def test_json_without_a_list_of_objects_says_so(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        list(only_sheet(content).rows())


def test_cards_become_rows_and_a_bad_card_is_refused() -> None:
    ana, jose, broken = only_sheet(CARDS.encode(), "contacts.vcf").rows()
    assert dict(zip(only_sheet(CARDS.encode()).header, ana.cells)) == {
        "Name": "Ana Ruiz", "Given name": "Ana", "Family name": "Ruiz",
        "Email": "ana@example.org;a.ruiz@example.net", "Phone": "+371 20000000",
        "Organisation": "Docks Ltd", "Role": "Buyer", "Website": "", "City": "Riga", "Region": "",
        "Postcode": "LV-1050", "Country": "Latvia", "Languages": "", "Note": "",
    }  # fmt: skip
    assert jose.cells[:3] == ("José Muñoz", "José", "Muñoz")
    assert broken.number == 19
    assert "could not be understood" in str(broken.refusal)
    assert broken.cells[0] == "Broken"


def test_pasted_cards_are_cards() -> None:
    assert open_pasted(CARDS).form == "vcard"


def test_half_a_letter_in_json_is_no_letter() -> None:
    content = rb'[{"name \udfff": "Ada \ud800", "at": {"city \ud800": ["Riga \udc00"]}}]'
    (sheet,) = open_sheets(content, "list.json")
    (row,) = sheet.rows()
    for text in (*sheet.header, *row.cells):
        text.encode()
    assert row.cells == ("Ada ?", "Riga ?")


def test_cards_that_never_end_are_refused_at_once() -> None:
    began = time.process_time()
    (sheet,) = open_sheets(b"BEGIN:VCARD\r\nFN:Ada\r\n" * 20_000, "all.vcf")
    refused = [row for row in sheet.rows() if row.refusal]
    assert len(refused) == 20_000
    assert time.process_time() - began < 5


def test_a_card_without_measure_is_refused_at_once() -> None:
    began = time.process_time()
    note = "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=3D=0D=0A=\r\n" * 70_000
    card = f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ada\r\n{note}\r\nEND:VCARD\r\n"
    (row,) = next(iter(open_sheets(card.encode(), "all.vcf"))).rows()
    assert row.refusal == "This card is too long to be read."
    assert time.process_time() - began < 5
