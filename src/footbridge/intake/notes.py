"""What was said about a row, kept so that each reader reads it in their own language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from footbridge.intake.reading import Said

Kept = list[Any]


def kept(notes: Iterable[Said]) -> list[Kept]:
    """The sentences as JSON: each its template and its values, once."""
    rows: list[Kept] = []
    for note in notes:
        row: Kept = [note.template, {key: str(value) for key, value in note.values.items()}]
        if row not in rows:
            rows.append(row)
    return rows


def read(rows: Iterable[Kept]) -> list[str]:
    """The sentences in the reader's language."""
    return [_sentence(template, values) for template, values in rows]


def _sentence(template: str, values: dict[str, str]) -> str:
    try:
        return gettext(template).format(**values)
    except (KeyError, IndexError, ValueError):
        # A translation with a slip in it must not hide what happened.
        return template.format(**values)
