"""The helper process that opens one workbook: run as a program, it imports nothing of ours.

    python -I workbook_worker.py WORKBOOK FOLDER MEMORY SECONDS COLUMNS ROWS

It writes `FOLDER/sheets.json` and one file per sheet with a JSON list per row. Exit codes:
0 done, 3 not a workbook that opens, 4 too many columns; anything else ran out of room or time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any


def main(workbook: str, folder: str, memory: str, seconds: str, columns: str, rows: str) -> int:
    """Open, write every visible sheet down, and answer with an exit code."""
    _stay_small(int(memory), int(seconds))
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(workbook)
        sheets = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        return _write_all(book, sheets, Path(folder), int(columns), int(rows))
    except (CalamineError, OSError, ValueError):
        return 3


def _stay_small(memory: int, seconds: int) -> None:
    """A ceiling where the system knows ceilings (Linux); elsewhere the time limit remains."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write_all(book: Any, names: list[str], folder: Path, columns: int, rows: int) -> int:
    written: list[dict[str, Any]] = []
    for index, name in enumerate(names):
        sheet = book.get_sheet_by_name(name)
        if sheet.height == 0:
            continue
        if sheet.width > columns and not _only_empty_beyond(sheet, columns):
            return 4
        file = f"{index}.jsonl"
        _write(sheet, folder / file, columns, rows)
        written.append({"name": name, "file": file, "height": sheet.height})
    (folder / "sheets.json").write_text(json.dumps(written), encoding="utf-8")
    return 0


def _only_empty_beyond(sheet: Any, columns: int) -> bool:
    return not any(value != "" for row in sheet.iter_rows() for value in row[columns:])


def _write(sheet: Any, path: Path, columns: int, rows: int) -> None:
    """One row beyond the limit is written, so that the reader notices."""
    with path.open("w", encoding="utf-8") as lines:
        kept = 0
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [_text(value) for value in row[:columns]]
            if any(cells):
                kept += 1
                lines.write(json.dumps([number, cells], ensure_ascii=False) + "\n")
            if kept > rows + 30:
                break


def _text(value: Any) -> str:
    """A typed cell as the text a person would have typed."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:7]))
