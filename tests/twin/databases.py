"""One database for each world. A world is a copy of a finished one: a file copied on SQLite, a
template on PostgreSQL; and a folder of its own for the files that the product keeps."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from footbridge.insight import network


@dataclass(frozen=True)
class World:
    """A database by name, and a home for files."""

    database: str
    home: Path


class Worlds:
    """Makes worlds, opens them, and takes them all away in the end."""

    def __init__(self, migrated: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="footbridge-twin-"))
        self.made: list[World] = []
        self._migrated = World(migrated, self._home("migrated"))

    def _home(self, name: str) -> Path:
        home = self.folder / f"home-{name}"
        home.mkdir()
        return home

    def empty(self) -> World:
        """A world with tables and nobody in it."""
        return self.copy(self._migrated)

    def copy(self, world: World) -> World:
        """The same world once more."""
        connection.close()
        name = f"twin{len(self.made)}"
        home = self.folder / f"home-{len(self.made)}"
        shutil.copytree(world.home, home)
        made = World(self._copied(world.database, name), home)
        self.made.append(made)
        return made

    def _copied(self, database: str, name: str) -> str:
        if connection.vendor == "sqlite":
            path = str(self.folder / f"{name}.sqlite3")
            for tail in ("", "-wal"):
                if Path(database + tail).exists():
                    shutil.copyfile(database + tail, path + tail)
            return path
        target = f"{self._migrated.database}_{name}"
        with _elsewhere() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{database}"')
        return target

    @contextmanager
    def opened(self, world: World) -> Iterator[None]:
        """Everything within the block happens in this world."""
        before = connection.settings_dict["NAME"], settings.HOME
        _use(world.database, world.home)
        try:
            yield
        finally:
            _use(*before)

    def drop(self, world: World) -> None:
        """A world that is needed no longer."""
        connection.close()
        shutil.rmtree(world.home, ignore_errors=True)
        if connection.vendor == "sqlite":
            for tail in ("", "-wal", "-shm"):
                Path(world.database + tail).unlink(missing_ok=True)
        else:
            with _elsewhere() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{world.database}"')

    def close(self) -> None:
        for world in self.made:
            self.drop(world)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def _elsewhere() -> Iterator[Any]:
    connection.close()
    with connection._nodb_cursor() as cursor:
        yield cursor


def _use(database: str, home: Path) -> None:
    """Nothing that this process remembers of another world comes along."""
    connection.close()
    connection.settings_dict["NAME"] = database
    settings.DATABASES["default"]["NAME"] = database
    settings.HOME = home
    network.forget()
    cache.clear()
