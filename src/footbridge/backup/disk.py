"""Files that are whole or not there: synced, then renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import locks

from footbridge.core.errors import Conflict

PASSING = ".footbridge-"


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put(fresh: Path, target: Path) -> None:
    """Give a finished file its name: whoever looks finds the old one or the new one, whole."""
    sync(fresh)
    os.replace(fresh, target)
    sync(target.parent)


def write_secret(path: Path, text: str) -> None:
    """A file that only its owner may read, whole or not there."""
    fresh = path.with_name(f"{PASSING}{os.getpid()}-{path.name}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    put(fresh, path)


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A passing folder within another, for one process at a time. What one that was killed left
    there is cleared away by the next."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{PASSING}lock").open("wb") as lock:
        if not locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB):
            raise Conflict(f"another backup or restore is at work in {folder}")
        place = folder / f"{PASSING}work"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
            locks.unlock(lock)
