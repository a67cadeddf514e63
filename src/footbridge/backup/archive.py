"""The one file of a backup: a ZIP with its manifest first, each file with its digest."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO

from footbridge.backup import manifest
from footbridge.backup.manifest import Manifest, Sum
from footbridge.core.errors import DomainError

PIECE = 1 << 20
# Already pressed by pg_dump.
PRESSED = (".dump",)


def pack(target: Path, said: Manifest, sources: Mapping[str, Path]) -> Manifest:
    """Write the files into one, readable by its owner alone; returns the manifest with sums."""
    said = replace(said, files={name: sum_of(path) for name, path in sources.items()})
    descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w+b") as raw, zipfile.ZipFile(raw, "w", allowZip64=True) as out:
        out.writestr(manifest.NAME, said.as_json())
        for name, path in sources.items():
            how = zipfile.ZIP_STORED if name.endswith(PRESSED) else zipfile.ZIP_DEFLATED
            out.write(path, name, compress_type=how, compresslevel=1)
    return said


def sum_of(path: Path) -> Sum:
    with path.open("rb") as file:
        return _sum(file)


def _sum(file: IO[bytes], copy: IO[bytes] | None = None) -> Sum:
    digest, length = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        digest.update(piece)
        length += len(piece)
        if copy is not None:
            copy.write(piece)
    return Sum(length, digest.hexdigest())


def verify(path: Path) -> Manifest:
    """Read a backup through to its last byte. DomainError where anything is not as it was."""
    with _opened(path) as (file, said):
        for name, expected in said.files.items():
            with file.open(name) as member:
                _compare(path, name, _sum(member), expected)
        return said


def unpack(path: Path, into: Path) -> Manifest:
    """Take a backup apart into an empty folder, comparing each file with its sum on the way."""
    with _opened(path) as (file, said):
        for name, expected in said.files.items():
            target = into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with file.open(name) as member, target.open("wb") as copy:
                _compare(path, name, _sum(member, copy), expected)
        return said


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    try:
        with zipfile.ZipFile(path) as file:
            said = manifest.read(file.read(manifest.NAME))
            _check_names(path, file, said)
            yield file, said
    except (OSError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise DomainError(f"{path} cannot be read as a backup: {error}") from error


def _check_names(path: Path, file: zipfile.ZipFile, said: Manifest) -> None:
    """Exactly what the manifest names, and nothing that would lead out of its folder."""
    if sorted(file.namelist()) != sorted([manifest.NAME, *said.files]):
        raise DomainError(f"{path} does not hold the files that its manifest names")
    for name in said.files:
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
            raise DomainError(f"{path} holds a file that does not belong there: {name}")


def _compare(path: Path, name: str, found: Sum, expected: Sum) -> None:
    if found != expected:
        raise DomainError(f"{path} is damaged: {name} is not what was written")
