"""The published page of a run: when, on what, how much of it, and each drill's line."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.postgres import programs
from tests.faults.sizes import Sizes

_PAGE = Path(__file__).with_name("page.md")


def write(path: Path, size: str, wanted: Sizes, lines: Sequence[str], seconds: float) -> None:
    """Write the page anew."""
    found = programs()
    page = _PAGE.read_text().format(
        size=size,
        when=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        postgresql=found.parent.name if found else "none",
        sizes=", ".join(f"{name} {count}" for name, count in asdict(wanted).items()),
        minutes=seconds / 60,
        lines="\n".join(line.rstrip() for line in lines),
    )
    path.write_text(page)
