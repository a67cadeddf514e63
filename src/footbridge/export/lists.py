"""A chapter's list as a spreadsheet, for the host whose list it is.

It holds what the host's own page shows, no more, under titles that an import understands.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from footbridge.exchange import queries as exchange
from footbridge.export.cells import defused
from footbridge.people import queries as people
from footbridge.people.cards import ListedCard
from footbridge.people.models import Chapter
from footbridge.people.policy import Viewer
from footbridge.people.states import Sector, Standing

PAGE = 500
MOST_PAGES = 10_000
_BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take the file for an older alphabet
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Row = list[str]


def of_people(viewer: Viewer, chapter: Chapter) -> Iterator[Row]:
    """The titles, then a row for everyone on the list, by name, fetched page by page.

    Raises NotAllowed, before the first row, for who does not host the chapter.
    """
    language = get_language() or "en"
    first = people.members(viewer, chapter, size=PAGE)
    return _rows(viewer, chapter, first, language)


def _rows(viewer: Viewer, chapter: Chapter, page: Any, language: str) -> Iterator[Row]:
    with override(language):
        titles = _titles()
    yield titles
    while True:
        yield from _of_page(viewer, page.items, language)
        if not page.has_next or page.number >= MOST_PAGES:
            return
        page = people.members(viewer, chapter, page=page.number + 1, size=PAGE)


def _titles() -> Row:
    return [
        _("Name"),
        _("Email"),
        _("Organisation"),
        _("Role"),
        _("Sector"),
        _("Town"),
        _("Country"),
        _("Languages"),
        _("Needs"),
        _("Offers"),
        _("Standing"),
        _("Joined"),
    ]


def _of_page(viewer: Viewer, listed: list[ListedCard], language: str) -> list[Row]:
    ids = [one.member.id for one in listed]
    with override(language):
        needs = exchange.needs_of_many(viewer, ids)
        offers = exchange.offers_of_many(viewer, ids)
        return [
            _row(one, needs.get(one.member.id, []), offers.get(one.member.id, [])) for one in listed
        ]


def _row(one: ListedCard, needs: Iterable[Any], offers: Iterable[Any]) -> Row:
    card = one.member
    return [
        card.name,
        one.email,
        card.organisation,
        card.role,
        str(Sector(card.sector).label) if card.sector else "",
        card.place,
        card.country,
        "; ".join(card.languages),
        "; ".join(need.text for need in needs),
        "; ".join(offer.text for offer in offers),
        str(Standing(card.standing).label) if card.standing else "",
        _day(one.joined_at),
    ]


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def as_csv(rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows as CSV, piece by piece; no cell is a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(_BYTE_ORDER_MARK)
    for number, row in enumerate(rows):
        writer.writerow([defused(cell) for cell in row])
        if number % PAGE == 0:
            yield _taken_out(buffer)
    yield _taken_out(buffer)


def _taken_out(buffer: io.StringIO) -> bytes:
    held = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return held


def as_xlsx(rows: Iterable[Row], title: str) -> IO[bytes]:
    """The rows as a workbook whose cells are text and nothing else. It does not tell who made it,
    nor when."""
    book = Workbook(write_only=True)
    book.properties.creator = "Footbridge"
    sheet = book.create_sheet(_UNWRITABLE.sub("", re.sub(r"[\\/*?:\[\]]", " ", title))[:31])
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])
    with tempfile.TemporaryFile() as dated:
        book.save(dated)
        return _undated(dated)


def _text_cell(sheet: Worksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("", text))
    cell.data_type = "s"
    cell.quotePrefix = bool(text) and defused(text) != text
    return cell


def _undated(dated: IO[bytes]) -> IO[bytes]:
    """The same workbook without the moments at which its parts were written."""
    plain = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever sends it
    with zipfile.ZipFile(dated) as book, zipfile.ZipFile(plain, "w") as copy:
        for entry in book.infolist():
            held = book.read(entry)
            if entry.filename == "docProps/core.xml":
                held = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", _EPOCH, held)
            fresh = zipfile.ZipInfo(entry.filename, _LONG_AGO)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(fresh, held)
    plain.seek(0)
    return plain


_EPOCH = date(1980, 1, 1).isoformat().encode() + b"T00:00:00Z"
