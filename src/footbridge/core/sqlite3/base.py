"""SQLite as Django speaks to it, and read as before where its disk is full or takes no writes.

Whoever opens a database with a write-ahead log has two files made beside it, and whoever is last
to close it removes them (https://www.sqlite.org/wal.html). On a full disk they could not be made
again, and on one that is mounted for reading only neither: nobody could even read.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.db.backends.sqlite3 import base

_kept: list[sqlite3.Connection] = []


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a second way to open a database that cannot be written to. A connection
    serves one request after another, as long as the file that it opened is the one in its place.
    """

    _opened: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._opened = _which(str(self.settings_dict["NAME"]))
        try:
            return super().get_new_connection(conn_params)
        except sqlite3.OperationalError:
            path = Path(str(conn_params["database"]))
            if not _is_at_rest(path):
                raise
            self._opened = None
            return super().get_new_connection({**conn_params, "database": _as_it_lies(path)})

    def is_usable(self) -> bool:
        """Asked before the first question of a request. What was opened for reading only is opened
        anew, since it may be written to by now."""
        return self._opened is not None and self._opened == _which(str(self.settings_dict["NAME"]))


def _which(path: str) -> tuple[int, int] | None:
    """Which file lies at a path: it may have been restored, or put aside."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_at_rest(path: Path) -> bool:
    """Whether nobody can change the file, and nothing in a log would have to be read with it."""
    log = path.with_name(path.name + "-wal")
    try:
        is_read_only = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
        return is_read_only and not (log.exists() and log.stat().st_size)
    except OSError:
        return False


def _as_it_lies(path: Path) -> str:
    """https://www.sqlite.org/uri.html#uriimmutable"""
    return f"file:{quote(str(path))}?immutable=1"


def stay_open() -> None:
    """Keep one connection open for as long as this process lives, so that the files beside the
    database stay there; it reads nothing and keeps nobody waiting. A server calls this."""
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not path.exists():
        return
    with contextlib.suppress(sqlite3.Error):
        opened = sqlite3.connect(path, check_same_thread=False)
        opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _kept.append(opened)
