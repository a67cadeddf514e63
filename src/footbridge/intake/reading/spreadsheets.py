"""Workbooks (XLSX, XLSM, ODS, XLS): opened in a process of their own and streamed back as text.

A workbook of a few kilobytes can ask for hundreds of gigabytes (a ZIP bomb, or one cell in the
last corner of an endless grid). The package is measured before it is opened, and opening happens
in a helper process with a ceiling on memory and time, so that the worst is a clear message.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import weakref
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from footbridge.intake.reading import limits
from footbridge.intake.reading.said import UnreadableFile, unreadable
from footbridge.intake.reading.sheet import Record
from footbridge.intake.reading.source import Source

WORKER = Path(__file__).with_name("workbook_worker.py")


@dataclass(frozen=True)
class Grid:
    """One sheet of a workbook, unfolded into a file of one JSON list per row."""

    name: str
    height: int
    path: Path
    folder: _Folder

    def records(self) -> Iterator[Record]:
        """The rows with the numbers the person sees in their spreadsheet program."""
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                number, cells = json.loads(line)
                yield Record(number, cells)


class _Folder:
    """A folder that goes when the last sheet that reads from it goes."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="footbridge-sheets-")
        self.path = Path(self._folder.name)
        weakref.finalize(self, self._folder.cleanup)


def grids_of(source: Source) -> list[Grid]:
    """The visible sheets of a workbook that hold anything."""
    folder = _Folder()
    workbook = source.path or _put_down(source, folder)
    answer = _ask_the_worker(workbook, folder.path, source.name)
    return [Grid(name, height, folder.path / file, folder) for name, height, file in answer]


def measure_zip(source: Source) -> list[zipfile.ZipInfo]:
    """Refuse a package whose table of contents announces a trap; return the contents."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise damaged(source.name) from error
    if len(parts) > limits.ZIP_PARTS_LIMIT or _is_a_trap(parts):
        raise unreadable(
            "“{name}” unpacks to far more than a list of people would. It was not opened.",
            name=source.name,
        )
    return parts


def _is_a_trap(parts: list[zipfile.ZipInfo]) -> bool:
    total = sum(part.file_size for part in parts)
    return total > limits.UNPACKED_LIMIT or any(
        part.file_size > limits.SMALL_ENOUGH
        and part.file_size > limits.UNPACKED_RATIO * max(1, part.compress_size)
        for part in parts
    )


def damaged(name: str) -> UnreadableFile:
    """The error for a workbook that does not open."""
    return unreadable(
        "“{name}” is damaged or protected by a password and cannot be opened. "
        "Please save it again as XLSX or CSV.",
        name=name,
    )


def _put_down(source: Source, folder: _Folder) -> Path:
    path = folder.path / "workbook"
    path.write_bytes(source.read(limits.FILE_LIMIT))
    return path


def _ask_the_worker(workbook: Path, folder: Path, name: str) -> list[tuple[str, int, str]]:
    ceilings = [
        str(number)
        for number in (
            limits.WORKBOOK_MEMORY,
            limits.WORKBOOK_SECONDS,
            limits.COLUMN_LIMIT,
            limits.ROW_LIMIT,
        )
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, with our own interpreter
            [sys.executable, "-I", str(WORKER), str(workbook.resolve()), str(folder), *ceilings],
            capture_output=True,
            timeout=2 * limits.WORKBOOK_SECONDS,
            check=False,
            env={**os.environ, "MALLOC_ARENA_MAX": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name) from error
    if done.returncode == 0:
        listed = json.loads((folder / "sheets.json").read_text(encoding="utf-8"))
        return [(sheet["name"], sheet["height"], sheet["file"]) for sheet in listed]
    if done.returncode == 3:
        raise damaged(name)
    if done.returncode == 4:
        raise _too_wide(name)
    raise _too_much(name)


def _too_wide(name: str) -> UnreadableFile:
    return unreadable(
        "“{name}” has more than {limit} columns. Please keep only the columns to import.",
        name=name,
        limit=limits.COLUMN_LIMIT,
    )


def _too_much(name: str) -> UnreadableFile:
    return unreadable(
        "“{name}” needs more memory or time than a list of people would. It was not opened. "
        "Saving it as CSV often helps.",
        name=name,
    )
