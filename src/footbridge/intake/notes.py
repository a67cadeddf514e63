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
        row = _kept(note)
        if row not in rows:
            rows.append(row)
    return rows


def _kept(note: Said) -> Kept:
    return [note.template, {key: _value(value) for key, value in note.values.items()}]


def _value(value: object) -> Any:
    """A sentence within a sentence keeps its own template."""
    return _kept(value) if isinstance(value, Said) else str(value)


def read(rows: Iterable[Kept]) -> list[str]:
    """The sentences in the reader's language."""
    return [_sentence(template, values) for template, values in rows]


def _sentence(template: str, told: dict[str, Any]) -> str:
    values = {
        key: _sentence(*value) if isinstance(value, list) else value for key, value in told.items()
    }
    try:
        return gettext(template).format(**values)
    except (KeyError, IndexError, ValueError):
        # A translation with a slip in it must not hide what happened.
        return template.format(**values)
