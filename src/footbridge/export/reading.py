"""Bringing an archive into an empty installation, to the same state."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import Conflict, DomainError
from footbridge.export import rows, schema, shelves
from footbridge.export.tables import Table, tables
from footbridge.export.writing import KEPT_FILES

BATCH = 1000

# What a fresh installation holds already, from its migrations: the archive's own takes its place.
_BROUGHT_BY_MIGRATIONS: dict[str, dict[str, Any]] = {
    "exchange.skill": {"source": "shipped"},
    "exchange.cause": {"source": "shipped"},
    "exchange.edition": {},
    "journal.entry": {},
    "journal.delivery": {},
}


def is_archive(path: Path) -> bool:
    """Whether this folder or file is an archive that `restore` can be asked to bring in."""
    return schema.found_in(path) is not None


def restore(path: Path) -> dict[str, Any]:
    """Bring an archive into an empty installation: all of it, or nothing.

    Raises Conflict where there are rows already, and DomainError, naming table, line and column,
    where something in the archive cannot be read. Returns how many rows of what came in.
    """
    try:
        with shelves.opening(path) as shelf:
            return _restore(shelf, schema.read(shelf))
    except (KeyError, OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise DomainError(_("This archive cannot be read: %(why)s") % {"why": error}) from error


def _restore(shelf: shelves.In, said: dict[str, Any] | None) -> dict[str, Any]:
    if said is None:
        raise DomainError(_("This is not an archive of Footbridge."))
    schema.check(said)
    files = [name for name in shelf.names() if name.startswith("files/")]
    targets = {name: _target_of(name) for name in files}
    try:
        with transaction.atomic():
            counts = _fill(shelf, said)
            connection.check_constraints()
            for name, target in targets.items():
                _copy(shelf, name, target)
    except (IntegrityError, DataError) as error:
        words = _("The rows of this archive do not fit together: %(why)s. Nothing was brought in.")
        raise DomainError(words % {"why": str(error).strip().partition("\n")[0]}) from error
    return {"rows": sum(counts.values()), "files": len(files), "tables": counts}


def _fill(shelf: shelves.In, said: dict[str, Any]) -> dict[str, int]:
    known = {table.name: table for table in tables()}
    _refuse_if_not_empty(known.values())
    for table in known.values():
        _empty(table)
    described = [(_known(known, one), one) for one in said["tables"]]
    counts = {table.name: _fill_table(shelf, table, one, said) for table, one in described}
    _count_on(known.values())
    return counts


def _refuse_if_not_empty(known: Any) -> None:
    for table in known:
        there = table.model._base_manager.all()
        if table.name in _BROUGHT_BY_MIGRATIONS:
            expected = _BROUGHT_BY_MIGRATIONS[table.name]
            there = there.exclude(**expected) if expected else there.none()
        if there.exists():
            raise Conflict(
                _(
                    "There is something here already (%(table)s). An archive goes into an empty "
                    "installation: name a new folder with FOOTBRIDGE_HOME, or a new database."
                )
                % {"table": table.name}
            )


def _empty(table: Table) -> None:
    """Straight in the table, since the journal refuses to be deleted from by anyone else."""
    everything: models.QuerySet[Any] = models.QuerySet(table.model)
    everything._raw_delete(using=connection.alias)


def _known(known: dict[str, Table], one: Any) -> Table:
    name = one.get("name") if isinstance(one, dict) else None
    if name not in known:
        raise DomainError(_("This version has no table «%(name)s».") % {"name": name})
    return known[str(name)]


def _fill_table(shelf: shelves.In, table: Table, one: dict[str, Any], said: dict[str, Any]) -> int:
    read = rows.read_csv if said["kind"] == "csv" else rows.read_json
    name = schema.file_of(table.name, said["kind"])
    with shelf.open(name) as raw, shelves.as_text(raw) as file:
        count = _insert(table, read(file, table))
    if one.get("rows", count) != count:
        words = _("%(table)s should have %(said)s rows and has %(found)d. Nothing was brought in.")
        raise DomainError(words % {"table": table.name, "said": one["rows"], "found": count})
    return count


def _insert(table: Table, found: Iterator[dict[str, Any]]) -> int:
    count = 0
    while batch := [table.model(**values) for values in islice(found, BATCH)]:
        models.QuerySet(table.model).bulk_create(batch, batch_size=BATCH)
        count += len(batch)
    return count


def _count_on(known: Any) -> None:
    """Counted ids came along, so the next one must be counted from the last of them."""
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in known])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _target_of(name: str) -> Path:
    """Where a file belongs. A name that would lead out of its folder stops everything."""
    parts = PurePosixPath(name).parts[1:]
    is_inside = len(parts) > 2 and parts[0] == KEPT_FILES and ".." not in parts
    if not is_inside or any("\\" in part or ":" in part for part in parts):
        words = _("The file «%(name)s» does not belong into an archive.")
        raise DomainError(words % {"name": name})
    return Path(settings.HOME).joinpath(*parts)


def _copy(shelf: shelves.In, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with shelf.open(name) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
