"""A large network on disk: built once, opened by every process of the machine.

    <home>/snapshots/<database>/
        lock            held by whoever builds; the system lets go of it when a builder dies
        current         the name of the folder that holds the newest version
        <version>/      rows (columns, lists, names, words) and members.snapshot (for the engine)

A folder is written under a passing name and renamed when it is whole, then `current` is replaced:
readers find the last version or the next, never half of one. Files that a reader has open outlive
their removal.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.files import locks

from footbridge.engine.snapshot import Snapshot, SnapshotError, store
from footbridge.insight.rows import Rows
from footbridge.insight.version import MEMBERS, Network, View
from footbridge.insight.words import WordIndex

Array = np.ndarray[Any, Any]

_ROWS, _MEMBERS = "rows", "members.snapshot"


def folder() -> Path:
    """Where the versions of this database are."""
    name = str(settings.DATABASES["default"]["NAME"])
    return Path(settings.HOME) / "snapshots" / uuid.uuid5(uuid.NAMESPACE_URL, name).hex


def newest() -> str:
    """The name of the newest version; empty where there is none."""
    try:
        return (folder() / "current").read_text()
    except OSError:
        return ""


def open_newest() -> Network | None:
    """The newest version on disk; None where there is none that can be read."""
    for _attempt in range(3):
        version = newest()
        if not version:
            return None
        try:
            return _open(folder() / version)
        except (SnapshotError, ValueError, KeyError):
            # A newer one may have taken its place between the two looks.
            continue
    return None


@contextmanager
def only_builder(*, wait: bool = False) -> Iterator[bool]:
    """Whether this process is the one to build now, for as long as the block runs."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("wb") as file:
        mode = locks.LOCK_EX if wait else locks.LOCK_EX | locks.LOCK_NB
        mine = locks.lock(file, mode)
        try:
            yield mine
        finally:
            if mine:
                locks.unlock(file)


def keep(network: Network, *, seconds: float = 0.0) -> None:
    """Write a version and make it the newest; `seconds` is what it took to build. For the only
    builder."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True)
    passing = Path(tempfile.mkdtemp(dir=home, prefix="new-"))
    meta = {"revision": network.revision, "seconds": str(seconds), "built": str(time.time())}
    store.write(passing / _ROWS, _arrays(network), meta)
    network.seen_by(MEMBERS).snapshot.save(passing / _MEMBERS)
    version = uuid.uuid4().hex
    passing.rename(home / version)
    _point_to(home, version)
    _remove_others(home, version)


def forget() -> int:
    """Remove every version; returns how many. Builders of this moment have none to remove."""
    if not newest():
        return 0
    with only_builder() as mine:
        if not mine:
            return 0
        versions = [path for path in folder().iterdir() if path.is_dir()]
        (folder() / "current").unlink(missing_ok=True)
        for path in versions:
            shutil.rmtree(path, ignore_errors=True)
    return len(versions)


def age_and_cost() -> tuple[float, float]:
    """How many seconds ago the newest version was built, and how many it took."""
    try:
        meta = store.read(folder() / newest() / _ROWS)[1]
    except (SnapshotError, OSError):
        return float("inf"), 0.0
    return time.time() - float(meta["built"]), float(meta["seconds"])


def _point_to(home: Path, version: str) -> None:
    passing = home / "current.new"
    passing.write_text(version)
    os.replace(passing, home / "current")


def _remove_others(home: Path, version: str) -> None:
    """Older versions, and what a builder left behind who was killed."""
    for path in home.iterdir():
        if path.is_dir() and path.name != version:
            shutil.rmtree(path, ignore_errors=True)


def _arrays(network: Network) -> dict[str, Array]:
    rows, words = network.rows, network.words
    found = {"ids": rows.ids}
    found |= {f"column:{name}": column for name, column in rows.columns.items()}
    found |= {f"list:{name}": column for name, column in rows.lists.items()}
    found |= {f"words:{field.name}": getattr(words, field.name) for field in fields(words)}
    found["names"] = np.frombuffer(json.dumps(rows.names).encode(), np.uint8)
    return found


def _open(path: Path) -> Network:
    arrays, meta, _hash = store.read(path / _ROWS)
    rows = Rows(
        ids=arrays["ids"],
        columns=_under("column:", arrays),
        lists=_under("list:", arrays),
        names=json.loads(arrays["names"].tobytes()),
    )
    network = Network(meta["revision"], rows, WordIndex(**_under("words:", arrays)))
    shown, snapshot = network.shown_to(MEMBERS), Snapshot.open(path / _MEMBERS)
    network.views[MEMBERS] = View(rows, network.words, shown, snapshot)
    return network


def _under(heading: str, arrays: dict[str, Array]) -> dict[str, Array]:
    return {
        name.removeprefix(heading): array
        for name, array in arrays.items()
        if name.startswith(heading)
    }
