"""Open whatever was uploaded: the kind is found by looking inside, the name only helps."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from footbridge.intake.reading import limits
from footbridge.intake.reading.delimited import (
    COLUMNS_OF_SPACES,
    SPACES,
    OpenText,
    delimiter_of,
    is_told_by_excel,
    records_of,
)
from footbridge.intake.reading.encoding import Encoding, encoding_of
from footbridge.intake.reading.headers import LOOKED_AT, find_heading
from footbridge.intake.reading.objects import JsonLines, JsonList, is_json_lines
from footbridge.intake.reading.said import unreadable
from footbridge.intake.reading.sheet import Record, Records, Sheet
from footbridge.intake.reading.source import Source, source_of
from footbridge.intake.reading.spreadsheets import Grid, damaged, grids_of, measure_zip
from footbridge.intake.reading.tidy import tidier
from footbridge.intake.reading.vcards import TITLES, vcard_records

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_LISTS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
)
IN_A_ZIP = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".vcf", ".xlsx", ".xlsm", ".ods", ".xls")


def open_sheets(source: Path | bytes, name: str) -> Iterator[Sheet]:
    """The sheets of one file, ready to stream.

    Raises `UnreadableFile` with a sentence for the person when there is nothing to read.
    """
    yield from _sheets_of(source_of(source, name), inside_zip=False)


def open_pasted(text: str, name: str = "pasted cells") -> Sheet:
    """What was pasted from a spreadsheet, a mail or a web page; the header may be missing."""
    if not text.strip("\ufeff \t\r\n"):
        raise unreadable("Nothing was pasted.")
    source = source_of(text.encode("utf-8", "surrogatepass"), name)
    encoding = Encoding("utf-8", "replace")
    first = text.lstrip("\ufeff \t\r\n")
    if re.match(r"[\[{]\s*[\"{]", first):
        return next(_json_sheets(source, encoding))
    if first.upper().startswith("BEGIN:VCARD"):
        return next(_vcard_sheets(source, encoding))
    sign = _delimiter_of_pasted(text)
    records = partial(records_of, partial(encoding.open, source), sign)
    return _table(name, "pasted", records, sign, expect_header=False, size=source.size)


def _delimiter_of_pasted(text: str) -> str:
    """Tabs come from spreadsheets, runs of spaces from mails and terminals."""
    lines = [line for line in text.splitlines() if line.strip()]
    if all("\t" in line for line in lines):
        return "\t"
    sign = delimiter_of(io.StringIO(text, newline=""))
    if any(sign in line for line in lines):
        return sign
    widths = {len(SPACES.split(line.strip())) for line in lines}
    return COLUMNS_OF_SPACES if widths != {1} and len(widths) <= 2 else sign


def _sheets_of(source: Source, *, inside_zip: bool) -> Iterator[Sheet]:
    head = source.head()
    _refuse_what_is_no_list(source, head)
    if head.startswith(OLE_MAGIC):
        yield from _workbook_sheets(source)
    elif head.startswith(ZIP_MAGIC):
        yield from _package_sheets(source, inside_zip=inside_zip)
    else:
        yield from _text_sheets(source)


def _refuse_what_is_no_list(source: Source, head: bytes) -> None:
    for magic, kind in NOT_LISTS:
        if head.startswith(magic):
            raise unreadable(
                "“{name}” is a {kind} file, not a list. Please save the list as CSV or XLSX.",
                name=source.name,
                kind=kind,
            )


def _package_sheets(source: Source, *, inside_zip: bool) -> Iterator[Sheet]:
    """A workbook is a ZIP archive inside; so is what some services export."""
    parts = measure_zip(source)
    names = {part.filename for part in parts}
    if "xl/workbook.xml" in names or "content.xml" in names or "xl/workbook.bin" in names:
        yield from _workbook_sheets(source)
        return
    lists = [part for part in parts if part.filename.lower().endswith(IN_A_ZIP)]
    lists = [part for part in lists if not part.filename.startswith("__MACOSX/")]
    if inside_zip or not lists:
        raise unreadable("“{name}” is an archive without a list inside.", name=source.name)
    for part in lists:
        content = _unzipped(source, part)
        if content:
            yield from _sheets_of(source_of(content, part.filename), inside_zip=True)


def _unzipped(source: Source, part: zipfile.ZipInfo) -> bytes:
    if part.file_size > limits.FILE_LIMIT:
        raise unreadable(
            "“{name}” is larger than {limit}. Please split it and import the parts.",
            name=part.filename,
            limit=limits.in_megabytes(limits.FILE_LIMIT),
        )
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as package:
            return package.read(part)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise damaged(source.name) from error


def _workbook_sheets(source: Source) -> Iterator[Sheet]:
    grids = grids_of(source)
    if not grids:
        raise unreadable("“{name}” is empty.", name=source.name)
    for grid in grids:
        yield _grid_sheet(grid, source.name if len(grids) == 1 else f"{source.name}: {grid.name}")


def _grid_sheet(grid: Grid, name: str) -> Sheet:
    return _table(name, "workbook", grid.records, "; ", height=grid.height)


def _text_sheets(source: Source) -> Iterator[Sheet]:
    encoding = encoding_of(source)
    with encoding.open(source) as text:
        first = text.read(4096).lstrip("\ufeff \t\r\n\x00")
    if not first:
        raise unreadable("“{name}” is empty.", name=source.name)
    if first[:11].upper() == "BEGIN:VCARD":
        yield from _vcard_sheets(source, encoding)
    elif re.match(r"\{\s*[\"}]|\[\s*[\[{\"\]\d]", first):
        yield from _json_sheets(source, encoding)
    elif re.match(r"(?i)<(!doctype|html|\?xml)", first):
        raise unreadable(
            "“{name}” is a web page or XML, not a list. Please save the list as CSV or XLSX.",
            name=source.name,
        )
    else:
        yield _delimited_sheet(source, encoding)


def _vcard_sheets(source: Source, encoding: Encoding) -> Iterator[Sheet]:
    records = partial(vcard_records, source, encoding)
    yield Sheet(source.name, TITLES, "vcard", records, tidier(TITLES, "; "), encoding.notes)


def _json_sheets(source: Source, encoding: Encoding) -> Iterator[Sheet]:
    found: JsonLines | JsonList
    if is_json_lines(source, encoding):
        found, form, count = JsonLines(source, encoding), "jsonl", None
    else:
        found, form = JsonList(source, encoding), "json"
        count = len(found)
    if not found.titles:
        raise unreadable("“{name}” holds no list of objects.", name=source.name)
    _refuse_too_many_columns(source.name, len(found.titles))
    yield Sheet(
        source.name,
        found.titles,
        form,
        found.records,
        tidier(found.titles, "; "),
        encoding.notes,
        expected_rows=count,
    )


def _delimited_sheet(source: Source, encoding: Encoding) -> Sheet:
    with encoding.open(source) as text:
        sign = delimiter_of(text)
    records = partial(_without_excels_line, partial(encoding.open, source), sign)
    sheet = _table(source.name, "delimited", records, sign, size=source.size)
    return replace(sheet, notes=(*encoding.notes, *sheet.notes))


def _without_excels_line(open_text: OpenText, sign: str) -> Iterator[Record]:
    for record in records_of(open_text, sign):
        if not is_told_by_excel(record):
            yield record


def _table(
    name: str,
    form: str,
    records: Records,
    joint: str,
    *,
    expect_header: bool = True,
    height: int | None = None,
    size: int = 0,
) -> Sheet:
    """A sheet from plain records: find the header, then promise rows as wide as it."""
    first = [record for record in islice(records(), LOOKED_AT) if record.refusal is None]
    if not any(any(map(str.strip, record.cells)) for record in first):
        raise unreadable("“{name}” is empty.", name=name)
    heading = find_heading(first, expect=expect_header)
    _refuse_too_many_columns(name, len(heading.titles))
    return Sheet(
        name,
        heading.titles,
        form,
        records,
        tidier(heading.titles, joint),
        heading.notes,
        heading.found,
        heading.last_line,
        height or _estimate(first, size),
    )


def _estimate(first: list[Record], size: int) -> int:
    """About how many rows, for a progress bar, from the length of the first ones."""
    usual = sum(sum(map(len, record.cells)) + len(record.cells) for record in first)
    return max(1, round(size * len(first) / max(1, usual)))


def _refuse_too_many_columns(name: str, count: int) -> None:
    if count > limits.COLUMN_LIMIT:
        raise unreadable(
            "“{name}” has more than {limit} columns. Please keep only the columns to import.",
            name=name,
            limit=limits.COLUMN_LIMIT,
        )
