"""A dump of one moment of a PostgreSQL database, and back, by its own programs.

https://www.postgresql.org/docs/current/app-pgdump.html: pg_dump reads a snapshot that nobody who
writes disturbs. It refuses a server that is newer than itself, so the one that fits is looked for.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from footbridge.backup import disk
from footbridge.backup.manifest import Contents
from footbridge.core.errors import Conflict, DomainError

FILE = "database.dump"
# Where Debian and its relatives put the programs of each version.
FURTHER = "/usr/lib/postgresql/*/bin"


def dump(target: Path) -> Contents:
    """Write the state of one moment to a file; returns what it holds, seen at that moment."""
    with closing(_opened()) as opened:
        opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        opened.read_only = True
        snapshot = _asked(opened, "SELECT pg_export_snapshot()")
        program = fitting("pg_dump", _major(opened))
        words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _run([program, *words, f"--file={target}", f"--dbname={_address()}"])
        disk.sync(target)
        return _look(opened)


def _opened() -> psycopg.Connection[Any]:
    return psycopg.connect(_address(), password=connection.settings_dict["PASSWORD"] or None)


def _address() -> str:
    """Where the database is, without the password, which others could read in a list of
    processes."""
    said = connection.settings_dict
    parts = {"dbname": said["NAME"], "user": said["USER"], "host": said["HOST"]}
    parts |= {"port": said["PORT"], **said["OPTIONS"]}
    known = {name: value for name, value in parts.items() if value and name not in _NOT_OF_LIBPQ}
    return make_conninfo(**known)


_NOT_OF_LIBPQ = {"pool", "isolation_level", "server_side_binding", "assume_role", "password"}


def _asked(opened: psycopg.Connection[Any], statement: LiteralString | sql.Composed) -> Any:
    row = opened.execute(statement).fetchone()
    return row[0] if row else None


def _major(opened: psycopg.Connection[Any]) -> int:
    return opened.info.server_version // 10000


def fitting(name: str, server: int) -> str:
    """The program of the version nearest to the server's, and not older."""
    found = {version: path for path in _programs(name) if (version := _version(path)) >= server}
    if not found:
        raise DomainError(
            f"{name} of PostgreSQL {server} or newer is needed on this machine, for example: "
            f"apt install postgresql-client-{server}"
        )
    return found[min(found)]


def _programs(name: str) -> Iterator[str]:
    folders = sorted(Path("/").glob(FURTHER.lstrip("/")), reverse=True)
    for folder in [*os.environ.get("PATH", "").split(os.pathsep), *map(str, folders)]:
        path = shutil.which(name, path=folder)
        if path is not None:
            yield path


def _version(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True)  # noqa: S603
    number = re.search(r"\(PostgreSQL\)\s+(\d+)", said.stdout)
    return int(number[1]) if number else 0


def _run(words: list[str], **more: Any) -> str:
    secret = connection.settings_dict["PASSWORD"]
    environment = os.environ | ({"PGPASSWORD": secret} if secret else {})
    done = subprocess.run(  # noqa: S603
        words, capture_output=True, text=True, env=environment, **more
    )
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if line.strip()][-3:]
        raise DomainError(f"{Path(words[0]).name} said: {' / '.join(last)}")
    return done.stdout


def _look(opened: psycopg.Connection[Any]) -> Contents:
    tables = {name: _count(opened, name) for name in _tables(opened)}
    return Contents(
        server=str(opened.info.server_version),
        tables=tables,
        migrations=_migrations(opened) if "django_migrations" in tables else [],
        batches=_batches(opened) if "intake_batch" in tables else set(),
    )


def _tables(opened: psycopg.Connection[Any]) -> list[str]:
    found = opened.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    )
    return [row[0] for row in found]


def _count(opened: psycopg.Connection[Any], table: str) -> int:
    statement = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    return int(_asked(opened, statement))


def _migrations(opened: psycopg.Connection[Any]) -> list[str]:
    found = opened.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [row[0] for row in found]


def _batches(opened: psycopg.Connection[Any]) -> set[uuid.UUID]:
    return {row[0] for row in opened.execute("SELECT id FROM intake_batch")}


def look() -> Contents:
    """What the database of this installation holds now."""
    with closing(_opened()) as opened:
        return _look(opened)


def check(path: Path) -> None:
    """DomainError where a dump cannot be read, table of contents and data alike."""
    program = fitting("pg_restore", _server())
    listed = _run([program, "--list", str(path)])
    if "TABLE DATA" not in listed:
        raise DomainError("the dump in it holds no tables")
    _run([program, "--file", os.devnull, str(path)])


def _server() -> int:
    with closing(_opened()) as opened:
        return _major(opened)


def refuse_if_in_use() -> None:
    """A database that others have open is not replaced under them."""
    with closing(_opened()) as opened:
        others = _asked(
            opened,
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
        )
    if others:
        raise Conflict("Footbridge is running on this database. Stop it first.")


def bring(dumped: Path, work: Path) -> None:
    """Make the database what the dump holds, in one transaction: all of it, or nothing."""
    server = _server()
    script = work / "restore.sql"
    words = ["--no-owner", "--no-privileges", "--file", str(script), str(dumped)]
    _run([fitting("pg_restore", server), *words])
    emptied = work / "empty.sql"
    emptied.write_text(_emptying())
    quiet = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    files = [f"--file={emptied}", f"--file={script}"]
    program = fitting("psql", server)
    _run([program, *quiet, *files, f"--dbname={_address()}"], stdin=subprocess.DEVNULL)


def _emptying() -> str:
    """Statements that drop what is there, tables of versions to come included."""
    with closing(_opened()) as opened:
        found = _tables(opened)
        names = [sql.Identifier(name).as_string(opened) for name in found]
    return f"DROP TABLE IF EXISTS {', '.join(names)} CASCADE;\n" if names else ""
