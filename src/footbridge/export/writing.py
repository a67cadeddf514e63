"""Writing an archive of all that an installation holds."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from footbridge.export import rows, schema, shelves
from footbridge.export.tables import Table, tables

CHUNK = 2000
# The files of imports that are under way lie beside the database, and go along with it.
KEPT_FILES = "imports"


def write(path: Path, *, kind: str = "csv") -> dict[str, Any]:
    """Write all tables to a folder, or to a file whose name ends in .zip, as "csv" or "json".

    All of it is of one moment, whatever is written meanwhile. Returns how many rows of what. The
    same state gives the same bytes.
    """
    with _at_one_moment(), shelves.making(path) as out:
        counted = [(table, _write_table(out, table, kind)) for table in tables()]
        files = _write_files(out)
        with out.create(schema.NAME) as file:
            said = json.dumps(schema.describe(kind, counted), indent=2, ensure_ascii=False)
            file.write((said + "\n").encode())
    return {
        "path": str(path),
        "rows": sum(count for _table, count in counted),
        "files": files,
        "tables": {table.name: count for table, count in counted},
    }


@contextmanager
def _at_one_moment() -> Iterator[None]:
    """On PostgreSQL a snapshot that others do not disturb; on SQLite the write lock."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_table(out: shelves.Out, table: Table, kind: str) -> int:
    names = [column.name for column in table.columns]
    found = table.rows.order_by(*table.order).values_list(*names)
    with out.create(schema.file_of(table.name, kind)) as raw:
        file = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        write_rows = rows.write_csv if kind == "csv" else rows.write_json
        count = write_rows(file, table, found.iterator(chunk_size=CHUNK))
        file.flush()
        file.detach()
    return count


def _write_files(out: shelves.Out) -> int:
    home = Path(settings.HOME)
    found = sorted(path for path in (home / KEPT_FILES).rglob("*") if path.is_file())
    for path in found:
        with path.open("rb") as source, out.create(f"files/{path.relative_to(home)}") as copy:
            shutil.copyfileobj(source, copy)
    return len(found)
