"""What one process did to the files of its database, read from strace: each write with its bytes,
each sync, each name made or removed, and each acknowledgement between them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.home import ROOT, Home

CALLS = (
    "openat,open,creat,pwrite64,pwritev,write,writev,ftruncate,fallocate,fsync,fdatasync,"
    "unlink,unlinkat,rename,renameat,renameat2,dup,dup2"
)
# Nothing is read from the shared memory after a crash: it is made again from the log.
SHARED_MEMORY = "-shm"


@dataclass(frozen=True)
class Made:
    """A name that was not there."""

    name: str


@dataclass(frozen=True)
class Removed:
    name: str


@dataclass(frozen=True)
class Written:
    name: str
    at: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """A file that was given another length."""

    name: str
    length: int


@dataclass(frozen=True)
class Synced:
    """A file, or with an empty name the folder, is on the disk."""

    name: str


@dataclass(frozen=True)
class Told:
    """Someone was told that this is done."""

    text: str


Step = Made | Removed | Written | Cut | Synced | Told

_LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")
_FD = re.compile(r"^(?:AT_FDCWD|\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLED = {
    *("openat", "open", "creat", "pwrite64", "write", "ftruncate", "fsync", "fdatasync"),
    *("unlink", "unlinkat"),
}


def record(home: Home, writes: int, log: Path) -> list[Step]:
    """Have someone write so much to a home, and read what became of it."""
    words = ["strace", "-o", str(log), "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}"]
    done = subprocess.run(
        [*words, sys.executable, "-m", "tests.faults.writer", "0", str(writes)],
        env=home.environment(),
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    steps = list(_steps(log, home.database))
    assert sum(isinstance(step, Told) for step in steps) == writes
    return steps


def _steps(log: Path, database: Path) -> Iterator[Step]:
    with log.open() as lines:
        for line in lines:
            found = _LINE.match(line)
            if found is not None and int(found[3]) >= 0:
                yield from _step(found[1], found[2], int(found[3]), database)


def _step(call: str, words: str, result: int, database: Path) -> Iterator[Step]:
    on = _FD.match(words)
    path = Path(_plain(on[1])) if on else Path()
    if call in ("openat", "open", "creat", "unlink", "unlinkat"):
        path = database.parent / Path(_first_text(words).decode())
    if call == "write" and words.startswith("1<"):
        yield from _told(_first_text(words))
    elif call in ("fsync", "fdatasync") and path == database.parent:
        yield Synced("")
    elif path.parent == database.parent and _is_of(path, database):
        assert call in _HANDLED, f"a call that no replay knows: {call}({words[:200]}"
        yield from _on_file(call, words, path.name, result)


def _plain(path: str) -> str:
    """A path as strace shows it beside a descriptor: in hexadecimal or as it is."""
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


def _first_text(words: str) -> bytes:
    found = _TEXT.search(words)
    return bytes.fromhex(found[1].replace("\\x", "")) if found else b""


def _is_of(path: Path, database: Path) -> bool:
    return path.name.startswith(database.name) and not path.name.endswith(SHARED_MEMORY)


def _told(said: bytes) -> Iterator[Step]:
    for line in said.decode().splitlines():
        if line.startswith("ack "):
            yield Told(line.removeprefix("ack "))


def _on_file(call: str, words: str, name: str, result: int) -> Iterator[Step]:
    if call in ("openat", "open", "creat"):
        if "O_CREAT" in words or call == "creat":
            yield Made(name)
    elif call in ("unlink", "unlinkat"):
        yield Removed(name)
    elif call in ("fsync", "fdatasync"):
        yield Synced(name)
    elif call == "ftruncate":
        yield Cut(name, int(words.rpartition(",")[2]))
    elif call == "pwrite64":
        yield Written(name, int(words.rpartition(",")[2]), _first_text(words)[:result])
    else:
        raise AssertionError(f"a write without a place: {call} on {name}")
