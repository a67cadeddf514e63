"""Reading the tables in `content`: cells between bars, the first line names them."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib import resources
from typing import Any
from zlib import crc32

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of one table."""
    lines = _text(f"{name}.csv").splitlines()
    return tuple(csv.DictReader(lines, delimiter="|", quoting=csv.QUOTE_NONE))


def story(name: str) -> list[dict[str, Any]]:
    """One of the longer texts, which tables would not hold."""
    told: list[dict[str, Any]] = json.loads(_text(f"{name}.json"))
    return told


def _text(file: str) -> str:
    return resources.files("footbridge.demo").joinpath("content", file).read_text("utf-8")


def spread(key: str, size: int) -> int:
    """A number below `size` that looks drawn by chance and is the same for a key each time.

    >>> spread("gwen", 30) == spread("gwen", 30) < 30
    True
    """
    return crc32(key.encode()) % size
