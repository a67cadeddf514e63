"""The page that describes an archive, in the archive: `schema.json`."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.export import shelves
from footbridge.export.tables import Table

NAME = "schema.json"
FORMAT = "footbridge-archive"
VERSION = 1
_LONGEST = 4 * 1024 * 1024


def describe(kind: str, counted: list[tuple[Table, int]]) -> dict[str, Any]:
    """What `schema.json` says: the version, and each table with its file, rows and columns."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "kind": kind,
        "tables": [_described(table, rows, kind) for table, rows in counted],
    }


def _described(table: Table, rows: int, kind: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "file": file_of(table.name, kind),
        "rows": rows,
        "columns": [
            {
                "name": column.name,
                "type": str(column.kind),
                "may_be_empty": column.may_be_missing,
                **({"refers_to": column.refers_to} if column.refers_to else {}),
            }
            for column in table.columns
        ],
    }


def file_of(table: str, kind: str) -> str:
    """The file in which a table lies."""
    return f"tables/{table}.{'csv' if kind == 'csv' else 'jsonl'}"


def found_in(path: Path) -> dict[str, Any] | None:
    """The description of the archive at this path; None if there is none."""
    try:
        with shelves.opening(path) as shelf:
            return read(shelf)
    except (OSError, KeyError, zipfile.BadZipFile):
        return None


def read(shelf: shelves.In) -> dict[str, Any] | None:
    """The description in an open archive; None if it is of something else."""
    with shelf.open(NAME) as file:
        try:
            said = json.loads(file.read(_LONGEST))
        except ValueError:
            return None
    is_ours = isinstance(said, dict) and said.get("format") == FORMAT
    return said if is_ours else None


def check(said: dict[str, Any]) -> None:
    """Refuse what this version cannot bring in whole."""
    version = said.get("version")
    if not isinstance(version, int) or not 1 <= version <= VERSION:
        words = _("This archive is of version %(version)s; this Footbridge reads up to %(known)d.")
        raise DomainError(words % {"version": version, "known": VERSION})
    if said.get("kind") not in ("csv", "json") or not isinstance(said.get("tables"), list):
        raise DomainError(_("The description in this archive is not complete."))
