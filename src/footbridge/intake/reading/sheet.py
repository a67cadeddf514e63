"""A sheet is a name, a header and rows that stream; a row says what was mended in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from footbridge.intake.reading.limits import ROW_LIMIT
from footbridge.intake.reading.said import Said, unreadable


@dataclass(frozen=True, slots=True)
class Record:
    """A row as the file gives it, before anything is mended."""

    number: int
    cells: list[str]
    repairs: tuple[Said, ...] = ()
    refusal: Said | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet, as wide as its header.

    `number` is where a person finds it in their own file: the line of a text file, the row of a
    spreadsheet, the how-manieth object of a JSON list. `repairs` say what was mended, `refusal`
    says why the row cannot be used, `left_out` why it holds nothing to use (a header repeated).
    """

    number: int
    cells: tuple[str, ...]
    repairs: tuple[Said, ...] = ()
    refusal: Said | None = None
    left_out: Said | None = None


Records = Callable[[], Iterator[Record]]
Tidy = Callable[[Record], Row]


@dataclass(frozen=True)
class Sheet:
    """A table in a file: `rows()` may be called again and reads the file again each time."""

    name: str
    header: tuple[str, ...]
    form: str
    records: Records = field(repr=False)
    tidy: Tidy = field(repr=False)
    notes: tuple[Said, ...] = ()
    header_found: bool = True
    skip_to: int = 0
    expected_rows: int | None = None

    def rows(self) -> Iterator[Row]:
        """Every row that holds something, in the order of the file, one at a time."""
        seen = 0
        for record in self.records():
            if record.number <= self.skip_to or _is_blank(record):
                continue
            seen += 1
            if seen > ROW_LIMIT:
                raise too_many_rows(self.name)
            yield self.tidy(record)

    def sample(self, count: int = 200) -> list[Row]:
        """The first rows, for guessing what the columns mean and for the preview."""
        return list(islice(self.rows(), count))


def too_many_rows(name: str) -> Exception:
    """The error for a sheet beyond the limit."""
    return unreadable(
        "“{name}” has more than {limit} rows. Please split it and import the parts.",
        name=name,
        limit=f"{ROW_LIMIT:,}",
    )


def _is_blank(record: Record) -> bool:
    return record.refusal is None and not any(cell and not cell.isspace() for cell in record.cells)
