"""The file of a snapshot: a header that says what is where, then aligned arrays.

Layout: 8 bytes of magic, the header's length (8 bytes, little-endian), the SHA-256 of the header
(32 bytes), the header (JSON, UTF-8), padding; then each array at a multiple of 64 bytes. The
header holds ``{schema, meta, hash, arrays: {name: {offset, dtype, shape, checksum}}}``; offsets
count from the start of the data. Opening reads the header only and maps the rest, so that it costs
the same for ten people and for a million; ``verify`` reads the arrays too.
"""

import hashlib
import json
import mmap
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"FBSNAP\r\n"
SCHEMA = 1
ALIGN = 64
PREFIX = len(MAGIC) + 8 + 32

Arrays = dict[str, npt.NDArray[Any]]


class SnapshotError(Exception):
    """The file is not a snapshot that can be read here; the message says why."""


def digest(arrays: Mapping[str, npt.NDArray[Any]], meta: Mapping[str, str]) -> str:
    """Name a content: equal columns and revision give the same 32 hexadecimal digits."""
    return _digest_of(_directory(arrays), meta)


def write(path: Path, arrays: Mapping[str, npt.NDArray[Any]], meta: Mapping[str, str]) -> Path:
    """Write beside ``path``, then rename: a reader sees the old file or the new, never half."""
    directory = _directory(arrays)
    header = json.dumps(
        {
            "schema": SCHEMA,
            "meta": dict(meta),
            "hash": _digest_of(directory, meta),
            "arrays": directory,
        },
        sort_keys=True,
    ).encode()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(MAGIC + len(header).to_bytes(8, "little") + hashlib.sha256(header).digest())
            out.write(header)
            start = _data_start(len(header))
            for name, entry in directory.items():
                _pad_to(out, start + entry["offset"])
                out.write(np.ascontiguousarray(arrays[name]).data)
            _pad_to(out, start + _data_size(directory))
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def read(path: Path, *, verify: bool = False) -> tuple[Arrays, dict[str, str], str]:
    """Map the file; return its arrays (read-only views), its meta and its hash.

    Raises :class:`SnapshotError` when the file is missing, foreign, of another schema, truncated or
    damaged. Damage inside the arrays is seen only with ``verify``, which reads them all.
    """
    try:
        with path.open("rb") as source:
            size = os.fstat(source.fileno()).st_size
            header = _read_header(path, source.read(PREFIX), source, size)
            mapped = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise SnapshotError(f"The snapshot {path} cannot be opened: {error.strerror}.") from error
    arrays = _views(mapped, header["arrays"], header["start"])
    if verify:
        _verify(path, arrays, header)
    return arrays, header["meta"], header["hash"]


def _read_header(path: Path, prefix: bytes, source: Any, size: int) -> dict[str, Any]:
    if prefix[: len(MAGIC)] != MAGIC:
        raise SnapshotError(f"{path} is not a Footbridge snapshot.")
    if len(prefix) < PREFIX:
        raise SnapshotError(f"The snapshot {path} is truncated: its header is cut off.")
    length = int.from_bytes(prefix[len(MAGIC) : len(MAGIC) + 8], "little")
    if length > size - PREFIX:
        raise SnapshotError(f"The snapshot {path} is truncated: its header is cut off.")
    raw = source.read(length)
    if hashlib.sha256(raw).digest() != prefix[len(MAGIC) + 8 :]:
        raise SnapshotError(f"The snapshot {path} is damaged: its header does not match.")
    header: dict[str, Any] = json.loads(raw)
    if header["schema"] != SCHEMA:
        raise SnapshotError(
            f"The snapshot {path} has schema {header['schema']}, this version reads {SCHEMA}: "
            "build it anew."
        )
    header["start"] = _data_start(length)
    expected = header["start"] + _data_size(header["arrays"])
    if size != expected:
        raise SnapshotError(
            f"The snapshot {path} is truncated: {size} bytes where {expected} belong."
        )
    return header


def _views(mapped: mmap.mmap, directory: Mapping[str, Any], start: int) -> Arrays:
    return {
        name: np.frombuffer(
            mapped,
            dtype=np.dtype(entry["dtype"]),
            count=_count(entry),
            offset=start + entry["offset"],
        ).reshape(entry["shape"])
        for name, entry in directory.items()
    }


def _verify(path: Path, arrays: Arrays, header: Mapping[str, Any]) -> None:
    for name, entry in header["arrays"].items():
        if _checksum(arrays[name]) != entry["checksum"]:
            raise SnapshotError(f"The snapshot {path} is damaged: column {name!r} does not match.")


def _directory(arrays: Mapping[str, npt.NDArray[Any]]) -> dict[str, dict[str, Any]]:
    directory: dict[str, dict[str, Any]] = {}
    offset = 0
    for name in sorted(arrays):
        array = arrays[name]
        directory[name] = {
            "offset": offset,
            "dtype": array.dtype.newbyteorder("<").str,
            "shape": list(array.shape),
            "checksum": _checksum(array),
        }
        offset = _aligned(offset + array.nbytes)
    return directory


def _checksum(array: npt.NDArray[Any]) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).data).hexdigest()


def _digest_of(directory: Mapping[str, Mapping[str, Any]], meta: Mapping[str, str]) -> str:
    content = json.dumps([SCHEMA, dict(meta), directory], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _count(entry: Mapping[str, Any]) -> int:
    return int(np.prod(entry["shape"], dtype=np.int64))


def _data_size(directory: Mapping[str, Mapping[str, Any]]) -> int:
    ends = (e["offset"] + _count(e) * np.dtype(e["dtype"]).itemsize for e in directory.values())
    return _aligned(max(ends, default=0))


def _data_start(header_length: int) -> int:
    return _aligned(PREFIX + header_length)


def _aligned(offset: int) -> int:
    return -(-offset // ALIGN) * ALIGN


def _pad_to(out: Any, position: int) -> None:
    out.write(b"\0" * (position - out.tell()))
