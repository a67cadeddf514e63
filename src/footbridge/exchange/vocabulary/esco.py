"""Reads ESCO, the European Commission's classification of skills and occupations.

ESCO is published free of charge, reuse authorised with acknowledgement; whoever imports it shows:
"This service uses the ESCO classification of the European Commission."
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from footbridge.core.errors import DomainError
from footbridge.core.words import base_language, clean_line, fold, stop_words
from footbridge.exchange.vocabulary.entries import Phrase

ACKNOWLEDGEMENT = "This service uses the ESCO classification of the European Commission."

# The official column first, then the names under which others republish it.
KEY_COLUMNS = ("concepturi", "uri", "id")
LABEL_COLUMNS = ("preferredlabel", "label", "label_if_known")
ALTERNATIVE_COLUMNS = ("altlabels", "alt_labels", "hiddenlabels")
MERGED_COLUMN = "labels_and_description_merged"
DESCRIPTION_COLUMN = "description"
LONGEST_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class EscoEntry:
    """A skill, skill group or occupation of ESCO in one language."""

    key: str
    label: str
    alternatives: tuple[str, ...]
    description: str
    language: str = "en"

    def phrases(self) -> Iterator[Phrase]:
        """Yield its label and its other names."""
        for text in (self.label, *self.alternatives):
            yield Phrase(text, self.language)


def read_esco(paths: Iterable[Path | str], language: str = "") -> Iterator[EscoEntry]:
    """Yield the entries of ESCO files, plain or gzipped, one row at a time.

    The language is the one given, else the one in the file's name ("skills_fr.csv"), else
    English. Rows without an address or any name are passed over, as are repeated addresses.
    A file without ESCO's columns is refused with a DomainError.
    """
    seen: set[str] = set()
    for path in map(Path, paths):
        spoken = base_language(language) or _language_of(path)
        for entry in _entries(path, spoken):
            if entry.key not in seen:
                seen.add(entry.key)
                yield entry


def _language_of(path: Path) -> str:
    named = re.search(r"_([a-z]{2})(?=\.)", path.name)
    return named.group(1) if named else "en"


def _entries(path: Path, language: str) -> Iterator[EscoEntry]:
    csv.field_size_limit(LONGEST_CELL)
    with _open(path) as lines:
        rows = csv.DictReader(line.replace("\0", "") for line in lines)
        _check_headings(rows.fieldnames or (), path)
        for row in rows:
            if entry := _entry(_plain(row), language):
                yield entry


def _check_headings(headings: Iterable[str], path: Path) -> None:
    known = {heading.strip().lower() for heading in headings}
    named = known & {*LABEL_COLUMNS, MERGED_COLUMN}
    if not named or not known & set(KEY_COLUMNS):
        raise DomainError(
            f"{path.name} does not look like an ESCO file: its first line should name the columns "
            "conceptUri and preferredLabel."
        )


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", errors="replace", newline="")
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


def _plain(row: dict[str | None, str | list[str] | None]) -> dict[str, str]:
    """Return a row with lower-case headings, without cells that are missing or left over."""
    return {
        heading.strip().lower(): cell
        for heading, cell in row.items()
        if heading is not None and isinstance(cell, str)
    }


def _entry(row: dict[str, str], language: str) -> EscoEntry | None:
    key = clean_line(_first(row, KEY_COLUMNS))
    label = clean_line(_first(row, LABEL_COLUMNS)) or _opening(row.get(MERGED_COLUMN, ""))
    if not key or not label:
        return None
    description = " ".join((row.get(DESCRIPTION_COLUMN) or row.get(MERGED_COLUMN, "")).split())
    return EscoEntry(key, label, _alternatives(row, label), description, language)


def _first(row: dict[str, str], columns: Iterable[str]) -> str:
    return next((row[column] for column in columns if row.get(column, "").strip()), "")


LONGEST_OPENING = 6


def _opening(merged: str) -> str:
    """Return a name for a text in which label, other names and description run together.

    Names are in small letters there and the description opens with a capital; where the label
    ends is not written down. So the label is what comes before the first word is said again,
    six words at most, and does not end in a small word such as "of".

    >>> _opening("manage musical staff manage staff of music Assign and manage staff tasks")
    'manage musical staff'
    """
    taken: list[str] = []
    for word in merged.split():
        if word in taken or len(taken) == LONGEST_OPENING or (taken and word[0].isupper()):
            break
        taken.append(word)
    while taken and fold(taken[-1]) in stop_words("en"):
        taken.pop()
    return clean_line(" ".join(taken))


def _alternatives(row: dict[str, str], label: str) -> tuple[str, ...]:
    """Return the other names, each once; ESCO breaks lines between them, others write " | "."""
    names = {fold(label): ""}
    for column in ALTERNATIVE_COLUMNS:
        for name in re.split(r"[\n\r|]+", row.get(column, "")):
            if cleaned := clean_line(name):
                names.setdefault(fold(cleaned), cleaned)
    return tuple(name for name in names.values() if name)
