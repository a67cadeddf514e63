"""Questions that are asked with every page, put into SQL once.

Django builds a statement anew each time, and for a simple question that takes several times as
long as the database takes to answer. A prepared question is built the first time, with a
stand-in for each thing that it depends on; from then on only those things are put in their
places. Everything else (rows to objects, related objects, watchers of statements) stays Django's.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import update_wrapper
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from footbridge.core import clock

Row = TypeVar("Row")

# Values that nothing else in a statement has, by the place of what they stand for.
_STAND_INS: dict[type, Callable[[int], Any]] = {
    uuid.UUID: lambda place: uuid.UUID(int=0xF00B << 64 | place, version=4),
    datetime: lambda place: datetime(1801 + place, 2, 3, 4, 5, 6, tzinfo=UTC),
    date: lambda place: date(1701 + place, 2, 3),
    str: lambda place: f"stand-in {place} of a prepared question",
}


@dataclass(frozen=True)
class _Statement:
    """A question in SQL, and which of its parameters are put in anew each time."""

    rows: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: tuple[int | None, ...]
    # How columns become values, by their place.
    converters: dict[int, Any]

    def filled(self, given: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            param if place is None else given[place]
            for param, place in zip(self.params, self.places, strict=True)
        )


class Prepared(Generic[Row]):
    """A question that depends on ids, moments, days and words alone.

    Whatever it depends on is handed in: a clock that it read itself would stand still for ever,
    so such a question is refused (AssertionError) when it is first asked.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]]) -> None:
        self._ask = ask
        self._statements: dict[Any, _Statement] = {}
        update_wrapper(self, ask)

    def __call__(self, *given: uuid.UUID | datetime | date | str) -> list[Row]:
        kinds = tuple(type(one) for one in given)
        known = connections["default"].vendor, kinds
        if known not in self._statements:
            self._statements[known] = self._built(kinds)
        return _answer(self._statements[known], given)

    def _built(self, kinds: tuple[type, ...]) -> _Statement:
        stand_ins = tuple(_STAND_INS[kind](place) for place, kind in enumerate(kinds))
        rows = self._ask(*stand_ins)
        compiler, sql, params = _compiled(rows)
        with clock.held_at(clock.now() + timedelta(days=400)):
            later = _compiled(self._ask(*stand_ins))
        assert (sql, params) == later[1:], f"{self._ask} reads the clock itself"
        adapted = [_adapted(one, rows.db) for one in stand_ins]
        places = tuple(adapted.index(one) if one in adapted else None for one in params)
        assert set(places) >= set(range(len(kinds))), f"{self._ask} drops what it is given"
        columns = [found[0] for found in compiler.select or ()]
        return _Statement(rows, compiler, sql, params, places, compiler.get_converters(columns))


def prepared(ask: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    """Have a question that is asked with every page put into SQL once; it answers with a list."""
    return Prepared(ask)


def _compiled(rows: QuerySet[Any]) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
    compiler = rows.query.get_compiler(rows.db)
    sql, params = compiler.as_sql()
    return compiler, sql, tuple(params)


def _answer(statement: _Statement, given: tuple[Any, ...]) -> list[Any]:
    alias = statement.rows.db
    params = statement.filled(tuple(_adapted(one, alias) for one in given))
    # A compiler of its own: it belongs to the connection of this thread, and to these values.
    compiler = copy.copy(statement.compiler)
    compiler.connection = connections[alias]
    compiler.as_sql = lambda *_, **__: (statement.sql, params)  # type: ignore[method-assign]
    compiler.get_converters = lambda _: statement.converters  # type: ignore[method-assign, assignment]
    rows = statement.rows._chain()  # type: ignore[attr-defined]
    rows.query.get_compiler = lambda *_, **__: compiler
    return list(rows)


def _adapted(value: Any, alias: str) -> Any:
    """As the database is given such a value by the fields of a model."""
    connection = connections[alias]
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
