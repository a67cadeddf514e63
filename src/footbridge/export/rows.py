"""The rows of one table in a file: CSV with a header, or one JSON object per line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.export import cells
from footbridge.export.tables import Column, Table

LONGEST_LINE = 64 * 1024 * 1024

Row = list[Any]


def write_csv(file: TextIO, table: Table, rows: Iterable[Row]) -> int:
    """Write a header and each row; returns how many rows."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    count = 0
    for row in rows:
        writer.writerow(
            cells.to_cell(column.kind, value, may_be_missing=column.may_be_missing)
            for column, value in zip(table.columns, row, strict=True)
        )
        count += 1
    return count


def write_json(file: TextIO, table: Table, rows: Iterable[Row]) -> int:
    """Write each row as an object on a line of its own; returns how many."""
    count = 0
    for row in rows:
        values = zip(table.columns, row, strict=True)
        said = {column.name: cells.to_plain(column.kind, value) for column, value in values}
        file.write(cells.compact(said) + "\n")
        count += 1
    return count


def read_csv(file: TextIO, table: Table) -> Iterator[dict[str, Any]]:
    """Each row as values for the table, by column."""
    with _long_cells():
        reader = csv.reader(file, strict=True)
        header = [name.strip() for name in next(reader, [])]
        columns = _columns(table, header)
        for number, row in enumerate(_whole_rows(reader, table), start=2):
            if len(row) != len(header):
                raise _broken(table, number, "", _("it does not have as many cells as the header"))
            yield {
                column.name: _read(table, column, number, cell, _from_cell)
                for column, cell in zip(columns, row, strict=True)
            }


def _whole_rows(reader: Iterator[list[str]], table: Table) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise _broken(table, getattr(reader, "line_num", 0), "", str(error)) from error


@contextmanager
def _long_cells() -> Iterator[None]:
    """The text of a message may be longer than the csv module expects of a cell."""
    usual = csv.field_size_limit(LONGEST_LINE)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def read_json(file: TextIO, table: Table) -> Iterator[dict[str, Any]]:
    """Each row as values for the table, by column."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if line.strip():
            yield _read_object(table, number, line)


def _read_object(table: Table, number: int, line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError as error:
        raise _broken(table, number, "", str(error)) from error
    if not isinstance(said, dict):
        raise _broken(table, number, "", _("it is not an object"))
    columns = _columns(table, list(said))
    return {
        column.name: _read(table, column, number, said[column.name], _from_plain)
        for column in columns
    }


def _columns(table: Table, names: list[str]) -> list[Column]:
    """The columns that a header names. One that is unknown would be lost, and one that is missing
    and has no value to fall back on cannot be filled: both stop the reading."""
    known = {column.name: column for column in table.columns}
    for name in names:
        if name not in known:
            words = _("%(table)s has no column «%(name)s» in this version.")
            raise DomainError(words % {"table": table.name, "name": name})
    for column in table.columns:
        if column.name not in names and not column.has_default:
            words = _("%(table)s lacks the column «%(name)s».")
            raise DomainError(words % {"table": table.name, "name": column.name})
    return [known[name] for name in names]


def _from_cell(column: Column, cell: Any) -> Any:
    return cells.from_cell(column.kind, cell, may_be_missing=column.may_be_missing)


def _from_plain(column: Column, plain: Any) -> Any:
    if plain is None and not column.may_be_missing and column.kind != cells.Kind.NESTED:
        raise ValueError(_("it is empty"))
    return cells.from_plain(column.kind, plain)


def _read(
    table: Table, column: Column, number: int, given: Any, read: Callable[[Column, Any], Any]
) -> Any:
    try:
        value = read(column, given)
    except (ValueError, TypeError, OverflowError) as error:
        raise _broken(table, number, column.name, str(error)) from error
    if column.longest and isinstance(value, str) and len(value) > column.longest:
        raise _broken(table, number, column.name, _("it is too long"))
    return value


def _broken(table: Table, number: int, column: str, why: str) -> DomainError:
    words = _("%(table)s, line %(number)d, %(column)s: %(why)s. Nothing was brought in.")
    facts = {"table": table.name, "number": number, "column": column or "-", "why": why}
    return DomainError(words % facts)
