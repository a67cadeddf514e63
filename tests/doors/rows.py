"""All rows of the rooms, to be compared: what an act added, changed and took away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from footbridge.export.cells import compact, to_plain
from footbridge.export.tables import tables

# The journal counts its entries; the count tells nothing and never goes back.
COUNTED = {("journal.entry", "id"), ("journal.delivery", "entry_id")}

Rows = dict[str, Counter[str]]


def all_rows() -> Rows:
    """Every row of every table of the rooms, as text."""
    return {
        table.name: Counter(_as_text(table, row) for row in table.model._base_manager.values())
        for table in tables()
        if not table.name.startswith(("account.", "mfa."))
    }


def _as_text(table: Any, row: dict[str, Any]) -> str:
    said = {
        column.name: to_plain(column.kind, row[column.name])
        for column in table.columns
        if (table.name, column.name) not in COUNTED
    }
    return compact(said)


def changes(before: Rows, after: Rows) -> dict[str, dict[str, list[str]]]:
    """By table, the rows that came and those that went; a changed row did both."""
    found = {}
    for name, rows in after.items():
        came, went = rows - before[name], before[name] - rows
        if came or went:
            found[name] = {"came": sorted(came.elements()), "went": sorted(went.elements())}
    return found


@contextmanager
def writes() -> Iterator[list[str]]:
    """Collects every statement that writes a row while the block lasts; sessions aside."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_write = sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        if is_write and "django_session" not in sql:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen
