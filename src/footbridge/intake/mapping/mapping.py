"""The meaning of every column of a sheet, and a row read through it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from footbridge.intake.mapping.fields import DATES, GATHERED, NUMBERS, Field, Kind, Shape
from footbridge.intake.mapping.values.cells import unescape_formula
from footbridge.intake.mapping.values.dates import DateOrder, When, date_order, read_date
from footbridge.intake.mapping.values.numbers import (
    Money,
    decimal_mark,
    read_boolean,
    read_money,
    read_number,
)
from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.mapping.values.sizes import Size, read_size, size_of_income
from footbridge.intake.mapping.values.strengths import Scale, read_strength, strength_scale
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading.said import Said, said


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column means, how sure that is (0 to 1), and why."""

    field: Field
    confidence: float
    why: Said


@dataclass(frozen=True)
class Mapping:
    """Columns to fields, with the shape of the sheet and how its dates and numbers are written."""

    header: tuple[str, ...]
    columns: tuple[Guess, ...]
    shape: Shape
    kind: Kind
    why: Said
    date_orders: Dict[int, DateOrder] = field(default_factory=dict)
    decimal_marks: Dict[int, str] = field(default_factory=dict)
    scale: Scale | None = None

    @cached_property
    def places(self) -> dict[Field, tuple[int, ...]]:
        """The columns of each field, surest first."""
        found: dict[Field, list[int]] = {}
        for index, guess in enumerate(self.columns):
            if guess.field is not Field.LEAVE_OUT:
                found.setdefault(guess.field, []).append(index)
        return {
            meaning: tuple(sorted(places, key=lambda at: -self.columns[at].confidence))
            for meaning, places in found.items()
        }

    def __contains__(self, meaning: Field) -> bool:
        return meaning in self.places

    def field_of(self, title: str) -> Field:
        """What the column of this title means."""
        return self.columns[self.header.index(title)].field

    def row(self, cells: Sequence[str]) -> MappedRow:
        """A row through this mapping."""
        return MappedRow(self, cells)

    def corrected(self, changes: Dict[int, Field]) -> Mapping:
        """The same sheet with columns set by hand."""
        by_hand = said("You said so.")
        columns = [
            Guess(Field(changes[index]), 1.0, by_hand) if index in changes else guess
            for index, guess in enumerate(self.columns)
        ]
        return replace(self, columns=tuple(columns))

    def with_shape(self, shape: Shape, kind: Kind) -> Mapping:
        """The same columns, with another answer to what one row is."""
        return replace(self, shape=shape, kind=kind, why=said("You said so."))

    def with_sample(self, rows: Iterable[Sequence[str]]) -> Mapping:
        """Look down the columns once more for the order of dates and the decimal mark."""
        sample = list(rows)
        return replace(
            self,
            date_orders={at: date_order(_column(sample, at)) for at in self._columns_among(DATES)},
            decimal_marks={
                at: decimal_mark(_column(sample, at))
                for at in self._columns_among(NUMBERS | {Field.STRENGTH})
            },
            scale=self._scale(sample),
        )

    def _columns_among(self, meanings: Iterable[Field]) -> list[int]:
        return [at for meaning in meanings for at in self.places.get(meaning, ())]

    def _scale(self, sample: list[Sequence[str]]) -> Scale | None:
        places = self.places.get(Field.STRENGTH)
        if not places:
            return None
        cells = _column(sample, places[0])
        return strength_scale(cells, decimal_mark(cells))

    def remember(self) -> dict[str, Any]:
        """What to store so that the next sheet with this header is read alike."""
        return {
            "fields": [guess.field.value for guess in self.columns],
            "shape": self.shape.value,
            "kind": self.kind.value,
        }

    def recalled(self, remembered: Dict[str, Any]) -> Mapping:
        """This mapping as it was corrected the last time; a stale memory changes nothing."""
        try:
            fields = [Field(value) for value in remembered["fields"]]
            shape, kind = Shape(remembered["shape"]), Kind(remembered["kind"])
        except (KeyError, ValueError, TypeError):
            return self
        if len(fields) != len(self.columns):
            return self
        before = said("As you set it the last time.")
        columns = [
            guess if guess.field is meaning else Guess(meaning, 1.0, before)
            for guess, meaning in zip(self.columns, fields)
        ]
        return replace(self, columns=tuple(columns), shape=shape, kind=kind)


def fingerprint(header: Sequence[str]) -> str:
    """A short key for a header, the same whatever its capitals, accents and spaces."""
    folded = "\x1f".join(fold(title) or title for title in header)
    return hashlib.sha256(folded.encode()).hexdigest()[:32]


def _column(sample: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at] for row in sample if at < len(row) and row[at]]


@dataclass(frozen=True)
class MappedRow:
    """One row, asked by field; every reading answers with a value, a repair or a refusal."""

    mapping: Mapping
    cells: Sequence[str]

    def text(self, meaning: Field) -> str:
        """The first filled cell of the field; text that looks like a formula stays text."""
        for at in self.mapping.places.get(meaning, ()):
            if at < len(self.cells) and self.cells[at]:
                return unescape_formula(self.cells[at])
        return ""

    def texts(self, meaning: Field) -> tuple[str, ...]:
        """Every filled cell of the field, in the order of the columns.

        For offers, the titles of yes/no columns that say yes come along.
        """
        places = sorted(self.mapping.places.get(meaning, ()))
        filled = [unescape_formula(self.cells[at]) for at in places if self.cells[at]]
        if meaning is Field.OFFER:
            filled += self._ticked_offers()
        return tuple(dict.fromkeys(filled if meaning in GATHERED else filled[:1]))

    def _ticked_offers(self) -> list[str]:
        return [
            self.mapping.header[at]
            for at in sorted(self.mapping.places.get(Field.OFFER_IF_YES, ()))
            if read_boolean(self.cells[at]).value
        ]

    def date(self, meaning: Field) -> Outcome[When]:
        """A date, in the order that its column is written in."""
        at = self._filled(meaning)
        if at is None:
            return Outcome()
        order = self.mapping.date_orders.get(at, DateOrder.DAY_FIRST)
        return read_date(self.cells[at], order)

    def number(self, meaning: Field) -> Outcome[float]:
        """A number, with the decimal mark of its column."""
        at = self._filled(meaning)
        return Outcome() if at is None else read_number(self.cells[at], self._mark(at))

    def money(self, meaning: Field = Field.AMOUNT) -> Outcome[Money]:
        """An amount; the currency is that of its own cell, else of the currency column."""
        at = self._filled(meaning)
        if at is None:
            return Outcome()
        outcome = read_money(self.cells[at], self._mark(at))
        if outcome.value is None or outcome.value.currency:
            return outcome
        currency = self.text(Field.CURRENCY).strip().upper()[:3]
        return Outcome(Money(outcome.value.amount, currency), outcome.repaired)

    def strength(self) -> Outcome[str]:
        """One of the four levels, on the scale that the whole column uses."""
        at = self._filled(Field.STRENGTH)
        if at is None:
            return Outcome()
        return read_strength(self.cells[at], self.mapping.scale, self._mark(at))

    def size(self) -> Outcome[Size]:
        """A band of size, from the size column or else from the income."""
        if (at := self._filled(Field.SIZE)) is not None:
            return read_size(self.cells[at])
        if (at := self._filled(Field.INCOME)) is not None:
            return size_of_income(self.cells[at], self._mark(at))
        return Outcome()

    def _filled(self, meaning: Field) -> int | None:
        for at in self.mapping.places.get(meaning, ()):
            if at < len(self.cells) and self.cells[at]:
                return at
        return None

    def mark_of(self, meaning: Field) -> str:
        """The decimal mark of the column that holds a field in this row."""
        at = self._filled(meaning)
        return "." if at is None else self._mark(at)

    def _mark(self, at: int) -> str:
        return self.mapping.decimal_marks.get(at, ".")
