"""A copy of one moment of a SQLite database, and back: through its online backup, never as a file.

https://www.sqlite.org/backup.html: a copy made in one step is one read transaction, and with a
write-ahead log nobody who writes waits for it.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from footbridge.backup import disk
from footbridge.backup.manifest import Contents
from footbridge.core.errors import Conflict, DomainError

FILE = "database.sqlite3"
BESIDE = ("-wal", "-shm", "-journal")


def copy(source: Path, target: Path) -> None:
    """Copy the state of one moment, as one file that needs no other."""
    if not source.exists():
        raise DomainError(f"there is no database at {source}. Try: footbridge migrate")
    with closing(_opened(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here, pages=-1)
        here.execute("PRAGMA journal_mode=DELETE")
    disk.sync(target)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=20, isolation_level=None)


def check(path: Path) -> None:
    """DomainError where a page, an index or a reference is not as it must be."""
    with closing(_opened(path)) as opened:
        try:
            said = [row[0] for row in opened.execute("PRAGMA integrity_check")]
            astray = opened.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            raise DomainError(f"the database in it is damaged: {error}") from error
    if said != ["ok"] or astray:
        raise DomainError(f"the database in it is damaged: {(said + astray)[0]}")


def look(path: Path) -> Contents:
    """Count what a copy holds."""
    with closing(_opened(path)) as opened:
        names = opened.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        tables = {name: _count(opened, name) for (name,) in sorted(names.fetchall())}
        return Contents(
            server=sqlite3.sqlite_version,
            tables=tables,
            migrations=_migrations(opened) if "django_migrations" in tables else [],
            batches=_batches(opened) if "intake_batch" in tables else set(),
        )


def _count(opened: sqlite3.Connection, table: str) -> int:
    return int(opened.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608


def _migrations(opened: sqlite3.Connection) -> list[str]:
    found = opened.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [row[0] for row in found]


def _batches(opened: sqlite3.Connection) -> set[uuid.UUID]:
    return {uuid.UUID(row[0]) for row in opened.execute("SELECT id FROM intake_batch")}


def tables_in(path: Path) -> dict[str, int] | None:
    """How many rows are in what; None where the file cannot be read as a database."""
    if not path.exists():
        return {}
    try:
        return look(path).tables
    except sqlite3.DatabaseError:
        return None


def refuse_if_in_use(path: Path) -> None:
    """A database that others have open is not replaced under them. Leaving the write-ahead log is
    only granted to whoever is alone (https://www.sqlite.org/wal.html), and folds the log in."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as opened:
            opened.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorname or "").startswith("SQLITE_BUSY"):
            raise Conflict("Footbridge is running on this database. Stop it first.") from error
    except sqlite3.DatabaseError:
        pass  # damaged; that may be why there is something to restore


def set_aside(path: Path, folder: Path) -> None:
    """Move a database away with all that belongs to it: a log that stayed behind would be read
    into the next one."""
    for name in (path.name, *(path.name + ending for ending in BESIDE)):
        if (path.parent / name).exists():
            folder.mkdir(parents=True, exist_ok=True)
            os.replace(path.parent / name, folder / name)


def bring(copied: Path, target: Path) -> None:
    """Put a checked copy in its place, where nothing is."""
    if any((target.parent / (target.name + ending)).exists() for ending in ("", *BESIDE)):
        raise Conflict(f"there is a database at {target} already")
    os.chmod(copied, 0o600)
    disk.put(copied, target)
