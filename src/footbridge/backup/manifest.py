"""What a backup says of itself: when, of which database, which steps, which files with which sums.

    {"form": "footbridge backup", "version": 1, "made_at": "2026-03-02T12:00:00+00:00",
     "footbridge": "0.1.0", "database": "sqlite", "server": "3.40.1", "file": "database.sqlite3",
     "migrations": ["people.0001_initial", ...], "tables": {"people_member": 12, ...},
     "files": {"database.sqlite3": {"bytes": 4096, "sha256": "..."}, ...},
     "keys": {"secret.key": "...", "veil.key": "..."}}

`keys` holds prints from which no key can be had: they tell whether a key is the right one.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

from footbridge.core.errors import DomainError

FORM, VERSION, NAME = "footbridge backup", 1, "manifest.json"


@dataclass(frozen=True)
class Sum:
    """The length of a file and its digest."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Contents:
    """What the database held at the moment of a backup."""

    server: str
    tables: dict[str, int]
    migrations: list[str]
    batches: set[uuid.UUID]


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    footbridge: str
    database: str
    server: str
    file: str
    migrations: list[str]
    tables: dict[str, int]
    files: dict[str, Sum] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(self.tables.values())

    def as_json(self) -> str:
        return json.dumps({"form": FORM, "version": VERSION, **asdict(self)}, indent=2) + "\n"


def read(text: bytes) -> Manifest:
    """The manifest again. DomainError where it is none, or one of a version to come."""
    try:
        said: dict[str, Any] = json.loads(text)
        form, version = said.pop("form"), said.pop("version")
        if (form, version) != (FORM, VERSION):
            raise DomainError(f"this is «{form}», version {version}; {FORM} {VERSION} is known")
        sums = {name: Sum(**one) for name, one in said.pop("files").items()}
        return Manifest(**said, files=sums)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DomainError(f"the manifest of this backup cannot be read: {error}") from error
