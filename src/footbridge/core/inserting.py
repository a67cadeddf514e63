"""Rows by the thousand into one table, in few statements and without a model's cost for each.

Django's `bulk_create` prepares every value through layers that a long list does not need. Here
each column is made ready once, and each value takes at most one step from Python to the database.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction

AT_ONCE = 500
# What a driver takes as it is, by the kind of column; all else goes the way of the field itself.
_PLAIN: tuple[tuple[type[models.Field[Any, Any]], type], ...] = (
    (models.CharField, str),
    (models.TextField, str),
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.FloatField, float),
)

Prepare = Callable[[Any], Any]
_Row = Sequence[Any]


def insert(table: type[models.Model], columns: Sequence[str], rows: Iterable[_Row]) -> None:
    """Insert rows that give these columns (`owner_id` for a key, as a model's attributes are
    called); every other column takes the default of its field.

    As with `bulk_create`, `save` and its signals do not run, and a row that breaks a rule of the
    table raises IntegrityError. What fields do of themselves when saved is not done either: say
    or default the times.
    """
    given = {field.attname: field for field in table._meta.concrete_fields}
    rest = [
        field
        for name, field in given.items()
        if name not in columns and not isinstance(field, models.AutoField)
    ]
    fields = [*(given[name] for name in columns), *rest]
    prepared = [_prepare(field) for field in fields]
    defaults = [field.get_default for field in rest]
    full = ((*row, *(default() for default in defaults)) for row in rows)
    with transaction.atomic(savepoint=False):
        for batch in _batches(full, len(fields)):
            _execute(table, fields, batch, prepared)


def insert_objects(objects: Sequence[models.Model]) -> None:
    """Insert objects of one model, each with an id of its own making, as they stand."""
    if objects:
        table = type(objects[0])
        columns = [field.attname for field in table._meta.concrete_fields]
        insert(table, columns, map(attrgetter(*columns), objects))


def _batches(rows: Iterable[_Row], width: int) -> Iterator[list[_Row]]:
    """As many rows at once as the database takes values in one statement."""
    most = connection.features.max_query_params
    size = min(AT_ONCE, max(1, most // width)) if most else AT_ONCE
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch


def _execute(
    table: type[models.Model],
    fields: Sequence[models.Field[Any, Any]],
    batch: Sequence[_Row],
    prepared: Sequence[Prepare],
) -> None:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(field.column)) for field in fields)
    places = "(" + ", ".join(["%s"] * len(fields)) + ")"
    said = ", ".join([places] * len(batch))
    values = [prepare(value) for row in batch for prepare, value in zip(prepared, row)]
    # Only names of the model itself stand in the statement; every value is bound.
    statement = f"INSERT INTO {quoted(table._meta.db_table)} ({names}) VALUES {said}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _prepare(field: models.Field[Any, Any]) -> Prepare:
    """The way of one column's values to the database."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.UUIDField):
        return _prepare_id(field)
    return _prepare_plain(field, _is_plain_in(field))


def _is_plain_in(field: models.Field[Any, Any]) -> type | None:
    return next((plain for kind, plain in _PLAIN if isinstance(field, kind)), None)


def _prepare_id(field: models.Field[Any, Any]) -> Prepare:
    is_native = connection.features.has_native_uuid_field

    def prepare(value: Any) -> Any:
        if type(value) is uuid.UUID:
            return value if is_native else value.hex
        return field.get_db_prep_save(value, connection)

    return prepare


def _prepare_plain(field: models.Field[Any, Any], plain: type | None) -> Prepare:
    """Rows that follow each other often share one value (a moment, some facts): it is made ready
    once."""
    last: Any = None
    ready: Any = None

    def prepare(value: Any) -> Any:
        nonlocal last, ready
        if value is None or type(value) is plain:
            return value
        if value is not last:
            last, ready = value, field.get_db_prep_save(value, connection)
        return ready

    return prepare
