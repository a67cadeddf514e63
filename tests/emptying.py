"""After a test that commits, every table is as the migrations left it.

Django empties each table whether or not it holds a row, and then fills in anew what migrations
bring along: on PostgreSQL, where a table is several files, that takes seconds for each such test.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import TransactionTestCase

from footbridge.veil.guard import Service, lifted

Rows = list[Sequence[Any]]


def note_migrations_as_taken() -> None:
    """The tables were made from the models; whoever asks is told that no step is missing."""
    steps = MigrationRecorder(connection)
    steps.ensure_schema()
    for app, name in MigrationLoader(None).disk_migrations:
        steps.record_applied(app, name)


def keep_what_is_there() -> None:
    """Have the database be as it is now after each test that commits."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with lifted(Service.OPERATOR):
        kept = {table: _rows_of(table) for table in _with_rows(tables)}

    def restore(_case: TransactionTestCase) -> None:
        with lifted(Service.OPERATOR), transaction.atomic():
            _delete(_with_rows(tables))
            for table, (columns, rows) in kept.items():
                _insert(table, columns, rows)

    TransactionTestCase._fixture_teardown = restore  # type: ignore[attr-defined]


def _with_rows(tables: Iterable[str]) -> list[str]:
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quoted(table)})" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]


def _rows_of(table: str) -> tuple[list[str], Rows]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()


def _delete(tables: Iterable[str]) -> None:
    """Foreign keys are looked at when all of it is done, so the order does not matter."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {_quoted(table)}")


def _insert(table: str, columns: list[str], rows: Rows) -> None:
    names = ", ".join(map(_quoted, columns))
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({places})", rows)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
