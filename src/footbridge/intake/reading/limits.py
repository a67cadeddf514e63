"""How much one file may hold, in one place, so that the messages can say it."""

from __future__ import annotations

MEGABYTE = 1_000_000

FILE_LIMIT = 200 * MEGABYTE
"""The largest file that is opened, as it lies on the disk."""

UNPACKED_LIMIT = 1_000 * MEGABYTE
"""The most that a packed file (.gz, .zip, .xlsx, .ods) may unfold to."""

UNPACKED_RATIO = 500
"""A packed part that unfolds more than this many times, and is not small, is a trap."""

SMALL_ENOUGH = 16 * MEGABYTE
"""Below this, how tightly something is packed does not matter."""

ZIP_PARTS_LIMIT = 2_000
"""The most parts a workbook or a ZIP archive may have."""

ROW_LIMIT = 1_000_000
"""The most rows of one sheet, header and blank lines not counted."""

COLUMN_LIMIT = 200
"""The most columns of one sheet."""

CELL_LIMIT = 100_000
"""The most characters of one cell; a longer one refuses its row."""

RECORD_LIMIT = 1_000_000
"""A row of text longer than this has lost its closing quotation mark."""

JSON_LIMIT = 50 * MEGABYTE
"""The largest JSON document; one object per line (JSONL) may be as large as any file."""

WORKBOOK_MEMORY = 4_000 * MEGABYTE
"""Address space for the helper process that opens workbooks."""

WORKBOOK_SECONDS = 300
"""Processor time for the same helper process."""


def in_megabytes(size: int) -> str:
    """A size as people read it.

    >>> in_megabytes(200_000_000)
    '200 MB'
    >>> in_megabytes(1_540_000)
    '1.54 MB'
    """
    return f"{size / MEGABYTE:.3g} MB" if size < 10 * MEGABYTE else f"{size // MEGABYTE} MB"
