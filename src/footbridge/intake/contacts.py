"""Private contacts from an address book: read, handed to their owner's sealed list, and forgotten.

The file is never kept. Nobody in it is written to, and only its owner ever sees what was read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.intake.mapping import Field, MappedRow, guess_sheet
from footbridge.intake.mapping.values.emails import read_emails
from footbridge.intake.reading import Sheet, open_pasted, open_sheets
from footbridge.intake.reading.limits import MEGABYTE, in_megabytes
from footbridge.network.actions import import_contacts
from footbridge.network.cards import Work
from footbridge.people.models import Person

LARGEST = 20 * MEGABYTE


@dataclass(frozen=True)
class Taken:
    """What became of an address book: contacts kept, and rows without a usable address."""

    kept: int
    without_address: int


def take_in(*, actor: Person, source: Path | bytes | str | BinaryIO, name: str) -> Taken:
    """Take one's own contacts from LinkedIn's or Google's list, from vCards or from any sheet.

    `source` is a path, bytes, an open upload, or text that was pasted. Raises UnreadableFile or
    DomainError with a sentence for the person when there is nothing to take.
    """
    with tempfile.TemporaryDirectory() as home:
        sheets = list(_sheets(source, name, Path(home)))
        rows = [row for sheet in sheets for row in _rows(sheet)]
    addressed = [row for row in rows if row[1]]
    if not rows or not addressed:
        raise DomainError(_("There is no e-mail address in this list."), field="file")
    imported = import_contacts(actor=actor, rows=addressed, source=_source(sheets))
    missing = len(rows) - len(addressed) + imported.unreadable
    return Taken(kept=imported.kept, without_address=missing)


def _sheets(source: Path | bytes | str | BinaryIO, name: str, home: Path) -> Iterator[Sheet]:
    if isinstance(source, str):
        yield open_pasted(source, name)
    elif isinstance(source, Path | bytes):
        yield from open_sheets(source, name)
    else:
        path = home / "contacts"
        path.write_bytes(_bounded(source))
        yield from open_sheets(path, name)


def _bounded(stream: BinaryIO) -> bytes:
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        message = _("An address book has at most %(most)s.") % {"most": in_megabytes(LARGEST)}
        raise DomainError(message, field="file")
    return content


def _rows(sheet: Sheet) -> Iterator[tuple[str, str, Work]]:
    """Each person's name with each of their addresses, and where they work; an empty address
    where there is none."""
    mapping = guess_sheet(sheet)
    for row in sheet.rows():
        if row.left_out is not None:
            continue
        yield from _of_row(mapping.row(row.cells), is_refused=row.refusal is not None)


def _of_row(row: MappedRow, *, is_refused: bool) -> Iterator[tuple[str, str, Work]]:
    called, work = _name(row), _work(row)
    found = [
        outcome.value
        for text in ([] if is_refused else row.texts(Field.EMAIL))
        for outcome in read_emails(text)
        if outcome.value is not None
    ]
    for address in found:
        yield called or address.name or address.address, address.address, work
    if not found:
        yield called, "", work


def _work(row: MappedRow) -> Work:
    place = row.text(Field.PLACE) or row.text(Field.REGION) or row.text(Field.COUNTRY)
    position = row.text(Field.ROLE) or row.text(Field.HEADLINE)
    return Work(row.text(Field.ORGANISATION_NAME), position, place)


def _name(row: MappedRow) -> str:
    whole = row.text(Field.PERSON_NAME) or row.text(Field.MEMBER_NAME)
    halves = f"{row.text(Field.GIVEN_NAME)} {row.text(Field.FAMILY_NAME)}".strip()
    return whole or halves or row.text(Field.ORGANISATION_NAME)


def _source(sheets: list[Sheet]) -> str:
    """Where the contacts come from, as far as the list itself tells."""
    titles = {title.casefold() for sheet in sheets for title in sheet.header}
    if any(sheet.form == "vcard" for sheet in sheets):
        return "vcard"
    if "connected on" in titles:
        return "linkedin"
    return "google" if any(title.startswith("e-mail 1") for title in titles) else "list"
