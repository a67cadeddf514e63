"""The bytes behind a sheet: on the disk or in memory, packed or not, never more than allowed."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from footbridge.intake.reading import limits
from footbridge.intake.reading.said import Said, said, unreadable

GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class Source:
    """Something that can be opened for reading as often as needed."""

    name: str
    size: int
    opener: Callable[[], BinaryIO]
    path: Path | None = None

    def open(self) -> BinaryIO:
        return self.opener()

    def head(self, count: int = 4096) -> bytes:
        """The first bytes, by which a file's kind is known."""
        with self.open() as stream:
            return stream.read(count)

    def read(self, limit: int) -> bytes:
        """Everything, where a format needs everything at once; refused above the limit."""
        with self.open() as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise too_large(self.name, limit)
        return content


def source_of(given: Path | bytes, name: str) -> Source:
    """Wrap what was uploaded or named on the command line, after looking at its size."""
    plain = _from_bytes(given, name) if isinstance(given, bytes) else _from_path(given, name)
    if plain.size == 0:
        raise unreadable("“{name}” is empty.", name=name)
    if plain.size > limits.FILE_LIMIT:
        raise too_large(name, limits.FILE_LIMIT)
    return _unpacked(plain) if plain.head(2) == GZIP_MAGIC else plain


def too_large(name: str, limit: int) -> Exception:
    """The error for a file above a limit."""
    return unreadable(
        "“{name}” is larger than {limit}. Please split it and import the parts.",
        name=name,
        limit=limits.in_megabytes(limit),
    )


def _from_bytes(content: bytes, name: str) -> Source:
    return Source(name, len(content), lambda: io.BytesIO(content))


def _from_path(path: Path, name: str) -> Source:
    try:
        size = path.stat().st_size
        path.open("rb").close()
    except OSError as error:
        raise unreadable(
            "“{name}” cannot be opened: {reason}.", name=name, reason=_why_not(error)
        ) from error
    return Source(name, size, lambda: path.open("rb"), path)


def _why_not(error: OSError) -> Said | str:
    if isinstance(error, FileNotFoundError):
        return said("there is no such file")
    if isinstance(error, PermissionError):
        return said("it may not be read")
    if isinstance(error, IsADirectoryError):
        return said("it is a folder")
    return error.strerror or str(error)


def _unpacked(packed: Source) -> Source:
    name = packed.name.removesuffix(".gz").removesuffix(".GZ")

    def opener() -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(_Unpacking(packed), 1 << 17))

    return Source(name, _size_written_at_the_end(packed), opener)


def _size_written_at_the_end(packed: Source) -> int:
    """What the packer noted as the full size; only good for a progress bar."""
    with packed.open() as stream:
        stream.seek(-4, io.SEEK_END)
        return int.from_bytes(stream.read(4), "little")


class _Unpacking(io.RawIOBase):
    """Unfolds a .gz while counting, and stops at the limits."""

    def __init__(self, packed: Source) -> None:
        self._name = packed.name
        self._packed_size = packed.size
        self._file = packed.open()
        self._stream = gzip.GzipFile(fileobj=self._file)
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._stream.read(len(buffer))
        except (EOFError, OSError, zlib.error) as error:
            raise unreadable(
                "“{name}” is damaged: it cannot be unpacked to its end.", name=self._name
            ) from error
        buffer[: len(chunk)] = chunk
        self._count += len(chunk)
        self._refuse_a_trap()
        return len(chunk)

    def _refuse_a_trap(self) -> None:
        swollen = self._count > limits.UNPACKED_RATIO * self._packed_size
        if self._count > limits.UNPACKED_LIMIT or (swollen and self._count > limits.SMALL_ENOUGH):
            raise unreadable(
                "“{name}” unpacks to far more than a list of people would. It was not opened.",
                name=self._name,
            )

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._file.close()
        super().close()
