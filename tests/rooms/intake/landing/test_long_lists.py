"""A million rows are read as a stream; beyond that, a sentence says what to do."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from footbridge.intake.mapping import guess_sheet
from footbridge.intake.reading import UnreadableFile, limits, open_sheets, sheet


def test_rows_are_read_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("Name,Email\n")
        file.writelines(f"Person {n},p{n}@x.org\n" for n in range(100_000))
    tracemalloc.start()
    opened = next(open_sheets(path, "long.csv"))
    mapping = guess_sheet(opened)
    rows = sum(1 for row in opened.rows() if mapping.row(row.cells).cells)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 100_000
    # Far less than the list itself would take, were it held in memory.
    assert peak < 6_000_000


def test_more_rows_than_the_limit_are_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "ROW_LIMIT", 1000)
    path = tmp_path / "long.csv"
    path.write_text("Name\n" + "Ana\n" * 1001)
    with pytest.raises(UnreadableFile) as stop:
        list(next(open_sheets(path, "long.csv")).rows())
    assert "has more than 1,000 rows. Please split it" in stop.value.message
    assert limits.ROW_LIMIT == 1_000_000
