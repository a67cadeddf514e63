"""Text in columns: which sign separates them, and the records even of a damaged file."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TextIO

from footbridge.intake.reading.limits import RECORD_LIMIT
from footbridge.intake.reading.said import Said, said
from footbridge.intake.reading.sheet import Record

DELIMITERS = (",", ";", "\t", "|")
SNIFFED_LINES = 60
SNIFFED_CHARACTERS = 200_000
COLUMNS_OF_SPACES = "  "
SPACES = re.compile(r"\s{2,}")

_TOLD_BY_EXCEL = re.compile(r"^\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)

OpenText = Callable[[], AbstractContextManager[TextIO]]

# The longest field the parser takes; longer lines never reach it (see _Lines).
csv.field_size_limit(4 * RECORD_LIMIT)


def delimiter_of(text: TextIO) -> str:
    """The sign that cuts most lines into the same number of columns, quotes respected."""
    beginning = text.read(SNIFFED_CHARACTERS)
    told = _TOLD_BY_EXCEL.match(beginning.split("\n", 1)[0])
    if told:
        return told[1]
    best = max(DELIMITERS, key=lambda sign: _evenness(beginning, sign))
    return best if _evenness(beginning, best) > 0 else ","


def is_told_by_excel(record: Record) -> bool:
    """The line `sep=;` that Excel writes for itself, cut or whole."""
    return record.number == 1 and bool(re.match(r"^\ufeff?sep=", "".join(record.cells[:1])))


def _evenness(text: str, sign: str) -> float:
    """How steadily the sign cuts: the share of lines of the commonest width, wide preferred."""
    widths = [len(row) for row in _sample_rows(text, sign) if row]
    if not widths:
        return 0.0
    width, lines = max(Counter(widths).items(), key=lambda pair: (pair[1] * (pair[0] > 1), pair[0]))
    if width < 2:
        return 0.0
    begins_alike = 1.0 if width in widths[:1] else 0.5
    return begins_alike * (lines / len(widths)) ** 2 * (1 + math.log2(width) / 20)


def _sample_rows(text: str, sign: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            rows.append(row)
            if len(rows) >= SNIFFED_LINES:
                break
    except csv.Error:
        pass
    return rows


def records_of(open_text: OpenText, delimiter: str) -> Iterator[Record]:
    """Every record with the number of the line it starts on.

    A quotation mark that is opened and never closed would swallow the rest of the file: such a
    line is refused alone and reading goes on with the next.
    """
    if delimiter == COLUMNS_OF_SPACES:
        yield from _records_in_aligned_columns(open_text)
        return
    with open_text() as text:
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=delimiter)
        while True:
            number = lines.begin_record()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (_NeverCloses, csv.Error):
                yield _refused(number, lines.take_back_all_but_the_first(), _NEVER_CLOSED)
                reader = csv.reader(lines, delimiter=delimiter)
                continue
            if lines.ran_out:
                yield _refused(number, lines.take_back_all_but_the_first(), _NEVER_CLOSED)
                reader = csv.reader(lines, delimiter=delimiter)
            elif lines.was_cut:
                yield _refused(number, cells[0] if cells else "", _TOO_LONG)
            else:
                yield Record(number, cells)


def _records_in_aligned_columns(open_text: OpenText) -> Iterator[Record]:
    with open_text() as text:
        for number, line in enumerate(text, 1):
            yield Record(number, SPACES.split(line.strip()))


def _refused(number: int, text: str, why: Said) -> Record:
    return Record(number, [text.rstrip("\r\n")[:2_000]], refusal=why)


_NEVER_CLOSED = said("A quotation mark is opened here and never closed.")
_TOO_LONG = said(
    "This line is longer than {limit} characters and was not read.", limit=f"{RECORD_LIMIT:,}"
)


class _NeverCloses(Exception):
    """A record has grown beyond what any record is."""


class _Lines:
    """Lines for the parser, remembered for as long as one record lasts."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._waiting: list[str] = []
        self._taken: list[str] = []
        self._length = 0
        self._number = 0
        self.ran_out = False
        self.was_cut = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._next_from_file()
        if not line:
            if self._taken:
                self.ran_out = True
            raise StopIteration
        self._taken.append(line)
        self._length += len(line)
        if len(self._taken) > 1 and self._length > RECORD_LIMIT:
            raise _NeverCloses
        return line

    def begin_record(self) -> int:
        """Forget the record before; say on which line the next one starts."""
        self._number += len(self._taken)
        self._taken.clear()
        self._length = 0
        self.ran_out = self.was_cut = False
        return self._number + 1

    def take_back_all_but_the_first(self) -> str:
        """Give the swallowed lines back to be read on their own; return the one to blame."""
        first, rest = self._taken[0], self._taken[1:]
        self._waiting.extend(reversed(rest))
        self._taken = [first]
        return first

    def _next_from_file(self) -> str:
        line = self._text.readline(RECORD_LIMIT)
        if len(line) >= RECORD_LIMIT and not line.endswith(("\n", "\r")):
            self.was_cut = True
            self._skip_to_the_end_of_the_line()
            return line[:2_000].replace('"', "'") + "\n"
        return line

    def _skip_to_the_end_of_the_line(self) -> None:
        while (rest := self._text.readline(RECORD_LIMIT)) and not rest.endswith(("\n", "\r")):
            pass
