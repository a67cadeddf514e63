"""The files of an import, kept while it lasts, and their sheets opened through their mappings."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from footbridge.intake import notes
from footbridge.intake.mapping import Field, Guess, Shape, fingerprint, guess
from footbridge.intake.mapping import Mapping as Meaning
from footbridge.intake.mapping.funding import for_funding
from footbridge.intake.mapping.shapes import OF_FUNDING
from footbridge.intake.models import Batch
from footbridge.intake.reading import Sheet, open_pasted, open_sheets, said
from footbridge.intake.reading.limits import FILE_LIMIT
from footbridge.intake.reading.source import too_large

SAMPLED_ROWS = 500
SHOWN_SAMPLES = 3
PASTED = ".pasted"

Source = Path | bytes | str | BinaryIO


@dataclass(frozen=True)
class Opened:
    """A sheet of an import, ready to be read through its mapping."""

    index: int
    sheet: Sheet
    mapping: Meaning

    @property
    def key(self) -> str:
        """What two sheets with the same header share."""
        return fingerprint(self.sheet.header)


def folder(batch_id: uuid.UUID) -> Path:
    """Where the files of an import lie."""
    return Path(settings.HOME) / "imports" / str(batch_id)


def keep(batch_id: uuid.UUID, index: int, source: Source, name: str) -> str:
    """Copy what was given into the import's folder; returns the name it has there."""
    home = folder(batch_id)
    home.mkdir(parents=True, exist_ok=True)
    if isinstance(source, str):
        path = home / f"{index}{PASTED}"
        path.write_bytes(source.encode("utf-8", "surrogatepass"))
        return path.name
    path = home / f"{index}.file"
    with path.open("wb") as target:
        if isinstance(source, bytes):
            target.write(source)
        elif isinstance(source, Path):
            _copy_path(source, target, name)
        else:
            _copy(source, target, name)
    return path.name


def _copy_path(source: Path, target: BinaryIO, name: str) -> None:
    from footbridge.intake.reading.source import source_of

    source_of(source, name)  # says in words why a file cannot be opened
    with source.open("rb") as stream:
        _copy(stream, target, name)


def _copy(stream: BinaryIO, target: BinaryIO, name: str) -> None:
    size = 0
    while piece := stream.read(1 << 20):
        size += len(piece)
        if size > FILE_LIMIT:
            raise too_large(name, FILE_LIMIT)
        target.write(piece)


def forget(batch_id: uuid.UUID) -> None:
    """Throw the files of an import away."""
    shutil.rmtree(folder(batch_id), ignore_errors=True)


def described(batch_id: uuid.UUID, files: Iterable[tuple[str, str]]) -> Iterator[Described]:
    """Open each file (as kept, as it was called) and say what its sheets seem to hold."""
    for kept_as, name in files:
        for place, sheet in enumerate(_sheets_of(batch_id, kept_as, name)):
            rows = sheet.sample(SAMPLED_ROWS)
            cells = [row.cells for row in rows if not row.refusal and not row.left_out]
            mapping = guess(sheet.header, cells, form=sheet.form, called=_called(sheet, name))
            yield Described(kept_as, name, place, sheet, mapping, cells)


def _sheets_of(batch_id: uuid.UUID, kept_as: str, name: str) -> Iterator[Sheet]:
    path = folder(batch_id) / kept_as
    if kept_as.endswith(PASTED):
        yield open_pasted(path.read_bytes().decode("utf-8", "surrogatepass"), name)
    else:
        yield from open_sheets(path, name)


@dataclass(frozen=True)
class KnownFrom:
    """Where a list of funding is from: its name, its address, and when somebody looked."""

    name: str = ""
    url: str = ""
    day: date | None = None

    def as_json(self) -> dict[str, str]:
        return {"name": self.name, "url": self.url, "day": self.day.isoformat() if self.day else ""}


def known_from(kept: Mapping[str, Any]) -> KnownFrom:
    """Where a sheet of a list of funding is from; unless it was said, the file names it."""
    told = kept.get("known_from") or {}
    day = date.fromisoformat(told["day"]) if told.get("day") else None
    return KnownFrom(told.get("name") or kept["name"], told.get("url", ""), day)


@dataclass(frozen=True)
class Described:
    """A sheet as it was found, with the meaning guessed for it and its first rows."""

    file: str
    name: str
    place: int
    sheet: Sheet
    mapping: Meaning
    cells: list[tuple[str, ...]]

    def as_json(
        self, remembered: Mapping[str, Any] | None = None, known_from: KnownFrom | None = None
    ) -> dict[str, Any]:
        """What the import keeps of it; a mapping that a host made before takes precedence. With
        `known_from` it is a list of funding, and read as one."""
        mapping = for_funding(self.mapping) if known_from else self.mapping
        if remembered and (Shape(remembered["shape"]) in OF_FUNDING) == bool(known_from):
            mapping = mapping.recalled(remembered)
        return {
            "file": self.file,
            "name": self.name,
            "place": self.place,
            "title": self.sheet.name,
            "form": self.sheet.form,
            "rows": self.sheet.expected_rows,
            "notes": notes.kept(self.sheet.notes),
            "why": notes.kept([mapping.why])[0],
            **({"known_from": known_from.as_json()} if known_from else {}),
            **mapping.remember(),
            "columns": [
                _column(title, column, [row[at] for row in self.cells if row[at]])
                for at, (title, column) in enumerate(zip(mapping.header, mapping.columns))
            ],
        }


def _column(title: str, column: Guess, cells: list[str]) -> dict[str, Any]:
    return {
        "title": title,
        "confidence": column.confidence,
        "why": notes.kept([column.why])[0],
        "samples": [cell[:120] for cell in dict.fromkeys(cells[:50])][:SHOWN_SAMPLES],
    }


def opened(batch: Batch) -> list[Opened]:
    """Every sheet of an import with the mapping that its host sees."""
    found: dict[str, list[Sheet]] = {}
    sheets = []
    for index, kept in enumerate(batch.sheets):
        if kept["file"] not in found:
            found[kept["file"]] = list(_sheets_of(batch.id, kept["file"], kept["name"]))
        sheet = found[kept["file"]][kept["place"]]
        sheets.append(Opened(index, sheet, _meaning(sheet, kept)))
    return sheets


def _meaning(sheet: Sheet, kept: Mapping[str, Any]) -> Meaning:
    rows = sheet.sample(SAMPLED_ROWS)
    cells = [row.cells for row in rows if not row.refusal and not row.left_out]
    called = _called(sheet, kept["name"])
    found = guess(sheet.header, cells, form=sheet.form, called=called)
    return found.recalled(kept).with_sample(cells)


def _called(sheet: Sheet, file: str) -> str:
    return f"{sheet.name} {Path(file).stem}"


def left_out(kept: Mapping[str, Any]) -> list[str]:
    """The titles of the columns that are not taken over."""
    pairs = zip(kept["columns"], kept["fields"])
    not_taken = {str(Field.LEAVE_OUT)} if kept["shape"] in OF_FUNDING else _NOT_TAKEN
    return [column["title"] for column, field in pairs if field in not_taken]


_NOT_TAKEN = {
    str(field) for field in (Field.LEAVE_OUT, Field.NOTE, Field.PHONE, Field.AMOUNT, Field.CURRENCY)
}


def what_is_left_out(kept: Mapping[str, Any]) -> list[notes.Kept]:
    """Said once for each sheet, rather than in each row."""
    titles = left_out(kept)
    if not titles:
        return []
    note = said("These columns are not taken over: {titles}.", titles=", ".join(titles)[:500])
    return notes.kept([note])


def remembered(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the next sheet with this header starts from."""
    return {key: kept[key] for key in ("fields", "shape", "kind")}


def header_key(kept: Mapping[str, Any]) -> str:
    """What this sheet's header is remembered by."""
    return fingerprint([column["title"] for column in kept["columns"]])
