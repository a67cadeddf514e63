"""Files that nobody should hand over: bombs, stumps, wrong names, endless lists."""

from __future__ import annotations

import gzip
import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from openpyxl import Workbook

from tests.badinput.strings import HOSTILE

MEGABYTE = 1_000_000
HEAD = "Name,Email,Organisation,Needs,Offers\n"


class File(NamedTuple):
    """What a file is called, and what is in it."""

    name: str
    content: bytes


# Nothing, or hardly anything.


def _nothing() -> File:
    return File("list.csv", b"")


def _a_mark() -> File:
    return File("list.csv", b"\xef\xbb\xbf")


def _zero_bytes() -> File:
    return File("list.csv", b"\x00" * 100_000)


def _noise() -> File:
    return File("list.csv", bytes((n * 7919) % 256 for n in range(200_000)))


# Bombs.


def _package(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()


def _workbook(sheet: bytes, strings: bytes = b"") -> bytes:
    """A workbook of one sheet, written by hand so that its parts may be anything."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>'.encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{rels}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
            f'Type="{rels}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return _package(parts | ({"xl/sharedStrings.xml": strings} if strings else {}))


def _zip_bomb() -> File:
    return File("list.xlsx", _workbook(b"<worksheet>" + b"\x20" * (300 * MEGABYTE)))


def _lying_bomb() -> File:
    """The table of contents says that a part of 100 MB has 100 bytes."""
    content = _package({"xl/workbook.xml": b"\x20" * (100 * MEGABYTE), "content.xml": b"x"})
    return File("list.xlsx", content.replace(struct.pack("<I", 100 * MEGABYTE), b"\x64\0\0\0"))


def _bomb_in_a_bomb() -> File:
    inner = _package({"0.csv": b"a" * (50 * MEGABYTE)})
    for depth in range(6):
        inner = _package({f"{depth}-{n}.zip": inner for n in range(8)})
    return File("lists.zip", inner)


def _packed_trap() -> File:
    return File("list.csv.gz", gzip.compress(b"a,b\n" * (75 * MEGABYTE)))


_LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha" * 50) for n in range(12)
)


def _entity_bomb() -> File:
    sheet = b"<?xml version='1.0'?><!DOCTYPE x [" + _LAUGHS + b"]><worksheet><sheetData><row r='1'>"
    sheet += b"<c r='A1' t='inlineStr'><is><t>&l11;</t></is></c></row></sheetData></worksheet>"
    return File("list.xlsx", _workbook(sheet))


def _entity_bomb_in_strings() -> File:
    strings = b"<!DOCTYPE x [" + _LAUGHS + b"]><sst><si><t>&l11;</t></si></sst>"
    sheet = b"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row></sheetData>"
    return File("list.xlsx", _workbook(sheet + b"</worksheet>", strings))


def _foreign_entity() -> File:
    sheet = (
        b"<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData><row r='1'>"
    )
    sheet += b"<c r='A1' t='inlineStr'><is><t>Name &f;</t></is></c></row></sheetData></worksheet>"
    return File("list.xlsx", _workbook(sheet))


def _far_corner() -> File:
    sheet = b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'>"
    sheet += b"<c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>"
    return File("list.xlsx", _workbook(sheet))


def _many_parts() -> File:
    return File("list.xlsx", _package({f"{n}.xml": b"x" for n in range(3_000)}))


# Stumps, and what is called otherwise than it is.


def _good_workbook() -> bytes:
    book, held = Workbook(), io.BytesIO()
    book.active.append(["Name", "Email"])  # type: ignore[union-attr]
    book.active.append(["Ada Moreno", "ada@example.org"])  # type: ignore[union-attr]
    book.save(held)
    return held.getvalue()


def _stump() -> File:
    content = _good_workbook()
    return File("list.xlsx", content[: len(content) // 2])


def _stump_of_a_packed_list() -> File:
    return File("list.csv.gz", gzip.compress(HEAD.encode() * 1000)[:-20])


def _old_workbook() -> File:
    return File("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4000)


def _old_workbook_that_turns_in_circles() -> File:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0"
    return File("list.xls", head + b"\0" * 478 + b"\0\0\0\0" * 1024)


def _workbook_called_a_list() -> File:
    return File("list.csv", _good_workbook())


def _list_called_a_workbook() -> File:
    return File("list.xlsx", HEAD.encode() + b"Ada,ada@example.org,,,\n")


def _picture() -> File:
    return File("list.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 5000)


def _web_page() -> File:
    return File("list.csv", b"<!doctype html><script>alert(1)</script>")


def _picture_with_script() -> File:
    return File("list.svg", b"<?xml version='1.0'?><svg onload='alert(1)'/>")


def _program() -> File:
    return File("list.exe", b"MZ" + b"\x90" * 5000)


# Endless lists.


def _million_rows() -> File:
    line = "Ada Moreno,a@example.org,Quay\n"
    return File("list.csv", ("Name,Email,Organisation\n" + line * 1_000_000).encode())


def _one_long_line() -> File:
    return File("list.csv", b"Name,Email\n" + b"a" * (20 * MEGABYTE))


def _open_quotation() -> File:
    return File("list.csv", b'Name,Email\n"' + b"a,b\n" * 500_000)


def _quotations() -> File:
    return File("list.csv", HEAD.encode() + b'"' * 3_000_000)


def _commas() -> File:
    return File("list.csv", b"," * 3_000_000)


def _line_ends() -> File:
    return File("list.csv", b"Name\n" + b"\n\r" * 2_000_000 + b"Ada\n")


def _too_many_columns() -> File:
    return File("list.csv", ",".join(f"c{n}" for n in range(20_000)).encode() + b"\n1\n")


def _titles_without_end() -> File:
    return File("list.csv", ("x" * 90_000 + ",Email\nAda,ada@example.org\n").encode())


# JSON and cards.


def _deep_json() -> File:
    return File("list.json", b'[{"a":' + b'[{"a":' * 100_000 + b"1")


def _wide_json() -> File:
    return File("list.json", json.dumps([{f"k{n}": n for n in range(50_000)}]).encode())


def _growing_json() -> File:
    lines = [json.dumps({f"k{n}": "x"}) for n in range(20_000)]
    return File("list.jsonl", "\n".join(lines).encode())


def _huge_number_in_json() -> File:
    return File("list.json", b'[{"name": ' + b"9" * 50_000 + b', "age": NaN, "x": 1e999}]')


def _half_a_letter_in_json() -> File:
    return File("list.json", rb'[{"name": "Ada \ud800", "email": "ada@example.org"}]')


def _doubled_keys_in_json() -> File:
    return File(
        "list.json", b'[{"name": "Ada", "name": ["x"], "name": {"a": 1}, "": "", "\\u0000": 1}]'
    )


def _card(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""]).encode()


def _card_without_end() -> File:
    return File("all.vcf", b"BEGIN:VCARD\r\n" * 100_000)


def _card_of_many_addresses() -> File:
    many = (f"EMAIL;TYPE=WORK:a{n}@example.org" for n in range(30_000))
    return File("all.vcf", _card("FN:Ada", *many))


def _folded_card() -> File:
    return File("all.vcf", _card("FN:Ada", "NOTE:" + "a\r\n " * 200_000))


def _card_with_picture() -> File:
    return File("all.vcf", _card("FN:Ada", "PHOTO;ENCODING=b:" + "QUJD" * 1_500_000))


def _soft_breaks() -> File:
    text = "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=3D=0D=0A=\r\n" * 75_000
    return File("all.vcf", _card("FN:Ada", text))


def _odd_card() -> File:
    return File(
        "all.vcf", _card(";;;:::", "FN;CHARSET=x-unknown:\x00Ada", "A" * 70_000 + ":x", "N:;;;;;;;")
    )


# Archives and names.


def _way_out() -> File:
    names = ("../../../../tmp/footbridge-way-out.csv", "/tmp/footbridge-way-out.csv", "C:\\x.csv")
    return File("lists.zip", _package({name: HEAD.encode() + b"Ada\n" for name in names}))


def _link_in_an_archive() -> File:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        entry = zipfile.ZipInfo("list.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(entry, "/etc/passwd")
    return File("lists.zip", held.getvalue())


def _same_part_twice() -> File:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for content in (HEAD, "<html>"):
            package.writestr("list.csv", content)
    return File("lists.zip", held.getvalue())


def _locked_archive() -> File:
    content = bytearray(_package({"list.csv": HEAD.encode() * 10}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return File("lists.zip", bytes(content))


MAKERS: tuple[Callable[[], File], ...] = (
    _nothing, _a_mark, _zero_bytes, _noise, _zip_bomb, _lying_bomb, _bomb_in_a_bomb, _packed_trap,
    _entity_bomb, _entity_bomb_in_strings, _foreign_entity, _far_corner, _many_parts, _stump,
    _stump_of_a_packed_list, _old_workbook, _old_workbook_that_turns_in_circles,
    _workbook_called_a_list, _list_called_a_workbook, _picture, _web_page, _picture_with_script,
    _program, _million_rows, _one_long_line, _open_quotation, _quotations, _commas, _line_ends,
    _too_many_columns, _titles_without_end, _deep_json, _wide_json, _growing_json,
    _huge_number_in_json, _half_a_letter_in_json, _doubled_keys_in_json, _card_without_end,
    _card_of_many_addresses, _folded_card, _card_with_picture, _soft_breaks, _odd_card, _way_out,
    _link_in_an_archive, _same_part_twice, _locked_archive,
)  # fmt: skip

NAMES = (
    "../../../../tmp/footbridge-way-out.csv", "..\\..\\x.csv", "/etc/passwd", "", ".", "..", ".csv",
    "list.csv\x00.exe", "list\r\nX-xq7: 1.csv", 'li"st.csv', "\u202evsc.tsil", "a" * 5000 + ".csv",
    "CON.csv", "<xq7>.csv", "=1+1.csv", "%2e%2e%2flist.csv", "list.csv;.exe", "😀" * 300 + ".csv",
    "{{7*191}}.csv", "'; DROP TABLE x; --.csv", "list.tar.gz", "list.csv.gz", "list.xlsx",
)  # fmt: skip


def called(maker: Callable[[], File]) -> str:
    """What a file is, for the report."""
    return maker.__name__.strip("_").replace("_", " ")


def hostile_list(kind: str, *, sign: str = ",") -> File:
    """A list whose every cell is hostile, as a list that is well formed."""
    import csv

    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=sign)
    writer.writerow(["Name", "Email", "Organisation", "Role", "Town", "Needs", "Offers", "Since"])
    for text in HOSTILE[kind]:
        cell = text[:5_000].encode("utf-8", "replace").decode()
        writer.writerow(
            ["Ada " + cell, "ada@example.org", "Quay " + cell, cell, cell, cell, cell, cell]
        )
        writer.writerow([cell, cell, cell, "", "Porto", cell, "", "2020"])
    return File("list.csv", held.getvalue().encode())
