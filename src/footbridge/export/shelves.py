"""Where an archive lies: a folder, or a ZIP file. Its files are the same in both."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Protocol

from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError

# Files tell nothing of when they were made: the same state gives the same bytes.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Out(Protocol):
    """Takes files, one after the other."""

    def create(self, name: str) -> AbstractContextManager[IO[bytes]]: ...


class In(Protocol):
    """Gives files."""

    def names(self) -> list[str]: ...

    def open(self, name: str) -> IO[bytes]: ...


class _FolderOut:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str) -> IO[bytes]:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path.open("xb")


class _ZipOut:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    def create(self, name: str) -> IO[bytes]:
        entry = zipfile.ZipInfo(name, _LONG_AGO)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        return self.archive.open(entry, "w", force_zip64=True)


@contextmanager
def making(path: Path) -> Iterator[Out]:
    """A new archive at this path, readable for its owner alone. It appears when it is whole: a
    run that is stopped leaves nothing that looks like an archive."""
    if path.exists() and not _is_empty_folder(path):
        words = _("%(path)s is there already. Choose another name.")
        raise DomainError(words % {"path": path})
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _opened(unfinished, as_zip=path.suffix.lower() == ".zip") as out:
            yield out
        unfinished.replace(path)
    finally:
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        unfinished.unlink(missing_ok=True)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and path.suffix.lower() != ".zip" and not any(path.iterdir())


@contextmanager
def _opened(path: Path, *, as_zip: bool) -> Iterator[Out]:
    if not as_zip:
        path.mkdir(mode=0o700)
        yield _FolderOut(path)
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file, zipfile.ZipFile(file, "w") as archive:
        yield _ZipOut(archive)


class _FolderIn:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def open(self, name: str) -> IO[bytes]:
        return (self.folder / name).open("rb")


class _ZipIn:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    def names(self) -> list[str]:
        return sorted(name for name in self.archive.namelist() if not name.endswith("/"))

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(name)


def opening(path: Path) -> AbstractContextManager[In]:
    """An archive that is there. ZipFile complains (BadZipFile) about what is none."""
    if path.is_dir():
        return nullcontext(_FolderIn(path))
    return _unzipped(path)


@contextmanager
def _unzipped(path: Path) -> Iterator[In]:
    with zipfile.ZipFile(path) as archive:
        yield _ZipIn(archive)


def as_text(file: IO[bytes]) -> io.TextIOWrapper:
    """UTF-8 text, line ends as they are; a mark at the beginning, as some editors leave, is
    overlooked."""
    return io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
