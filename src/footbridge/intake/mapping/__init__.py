"""Mapping: from columns to meanings, and from cells to values.

mapping = guess_sheet(sheet)
for row in sheet.rows():
    fields = mapping.row(row.cells)
    fields.text(Field.PLACE), fields.date(Field.SINCE), fields.strength()
"""

from __future__ import annotations

from footbridge.intake.mapping.fields import Field, Kind, Shape
from footbridge.intake.mapping.guess import guess, guess_sheet
from footbridge.intake.mapping.mapping import Guess, MappedRow, Mapping, fingerprint

__all__ = [
    "Field", "Guess", "Kind", "MappedRow", "Mapping", "Shape", "fingerprint", "guess",
    "guess_sheet",
]  # fmt: skip
