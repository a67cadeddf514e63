"""What follows, written down: a row for each address, thing and method, a column for each role."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from tests.matrix.expect import Row, call_rows, page_rows
from tests.matrix.rules import CALL_ROLES, PAGE_ROLES

HERE = Path(__file__).resolve().parent
PAGES = HERE / "pages.csv"
OPERATIONS = HERE / "operations.csv"


def of_pages() -> str:
    return _as_csv(PAGE_ROLES, page_rows())


def of_operations() -> str:
    return _as_csv(CALL_ROLES, call_rows())


def _as_csv(roles: tuple[str, ...], rows: Iterable[Row]) -> str:
    lines = [["address", "thing", "method", *roles]]
    for row in rows:
        answers = dict(row.answers)
        lines.append([row.route, row.thing, row.method, *(answers[role] for role in roles)])
    return text_of(lines)


def text_of(lines: Iterable[Iterable[str]]) -> str:
    """Lines as CSV that looks the same on every machine."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def cells() -> int:
    """How many cells there are, pages and operations together."""
    return sum(len(row.answers) for rows in (page_rows(), call_rows()) for row in rows)
