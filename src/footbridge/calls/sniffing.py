"""What a file really is: by what is inside, and not by its name alone."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.core.words import clean_line

LONGEST_NAME = 120
_MOST_PARTS = 5000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, KeyError)


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken: how it is served, and how it is known from inside."""

    media_type: str
    is_so: Callable[[bytes], bool]


def _begins_with(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return _CONTROL.search(text) is None


def _is_office(folder: str) -> Callable[[bytes], bool]:
    def is_so(content: bytes) -> bool:
        names = _parts(content)
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)

    return is_so


def _is_open_document(media_type: str) -> Callable[[bytes], bool]:
    def is_so(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as book, book.open("mimetype") as said:
                return said.read(200).decode("ascii", "replace").strip() == media_type
        except _BROKEN:
            return False

    return is_so


def _parts(content: bytes) -> list[str]:
    """The names in a packed file; none for what is not one. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.namelist()[:_MOST_PARTS]
    except _BROKEN:
        return []


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", _begins_with(b"%PDF-")),
    "png": Kind("image/png", _begins_with(b"\x89PNG\r\n\x1a\n")),
    "jpg": Kind("image/jpeg", _begins_with(b"\xff\xd8\xff")),
    "jpeg": Kind("image/jpeg", _begins_with(b"\xff\xd8\xff")),
    "txt": Kind("text/plain", _is_text),
    "md": Kind("text/plain", _is_text),
    "csv": Kind("text/csv", _is_text),
    "docx": Kind(f"{_OFFICE}.wordprocessingml.document", _is_office("word/")),
    "xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", _is_office("xl/")),
    "pptx": Kind(f"{_OFFICE}.presentationml.presentation", _is_office("ppt/")),
    "odt": Kind(f"{_OPEN}.text", _is_open_document(f"{_OPEN}.text")),
    "ods": Kind(f"{_OPEN}.spreadsheet", _is_open_document(f"{_OPEN}.spreadsheet")),
    "odp": Kind(f"{_OPEN}.presentation", _is_open_document(f"{_OPEN}.presentation")),
}
TAKEN = "PDF, PNG, JPEG, TXT, MD, CSV, DOCX, XLSX, PPTX, ODT, ODS, ODP"
# What a browser's file chooser offers first.
ACCEPT = ",".join(f".{ending}" for ending in KINDS)


def media_type_of(name: str, content: bytes) -> str:
    """How a file is served, if it is of a kind that is taken and is what its name says; else
    DomainError with the reason."""
    if not content:
        raise _refused(_("This file is empty."))
    kind = KINDS.get(_ending_of(name))
    if kind is None:
        raise _refused(
            _("Files of this kind are not taken. Taken are %(kinds)s.") % {"kinds": TAKEN}
        )
    if not kind.is_so(content):
        raise _refused(_("What is inside this file is not what its name says."))
    if any(_runs(part) for part in _parts(content)):
        raise _refused(_("This file has macros in it. Save it without them."))
    return kind.media_type


def _runs(part: str) -> bool:
    """Whether a part of a packed file is a program."""
    return part.lower().endswith("vbaproject.bin") or part.startswith(("Basic/", "Scripts/"))


def _ending_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def name_of(typed: str) -> str:
    """A file's name as it is kept: no folders, nothing hidden, not too long, its ending kept."""
    bare = clean_line(typed.replace("\x00", "")).replace("\\", "/").rsplit("/", 1)[-1].strip(" .")
    path = PurePosixPath(bare or "file")
    ending = path.suffix[:10]
    return path.name[: len(path.name) - len(path.suffix)][: LONGEST_NAME - len(ending)] + ending


def _refused(words: str) -> DomainError:
    return DomainError(words, field="file")
