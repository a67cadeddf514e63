"""The files that belong to the database: those of imports. What is made from the database (its
snapshots) and from the code (static files) is made again and stays out."""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path

from django.conf import settings

IMPORTS = "imports"
MADE_AGAIN = ("snapshots",)


def gather(into: Path) -> None:
    """Hold on to what is there now, as further names of the same files where the disk allows it.

    Called before and after the database is read: a file that is there at the moment of the
    database is there before it, after it, or both.
    """
    home = Path(settings.HOME) / IMPORTS
    for path in sorted(home.rglob("*")):
        target = into / path.relative_to(home)
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _hold(path, target)


def _hold(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except FileNotFoundError:
        pass  # its import ended this moment
    except OSError:
        shutil.copyfile(path, target)


def belonging(gathered: Path, batches: set[uuid.UUID]) -> dict[str, Path]:
    """What was gathered for the imports that the database knows, by its name in the archive."""
    found = sorted(path for path in gathered.rglob("*") if path.is_file())
    return {
        f"files/{IMPORTS}/{path.relative_to(gathered).as_posix()}": path
        for path in found
        if _batch_of(path.relative_to(gathered)) in batches
    }


def _batch_of(path: Path) -> uuid.UUID | None:
    try:
        return uuid.UUID(path.parts[0])
    except ValueError:
        return None


def there() -> list[Path]:
    """The files of imports that lie here."""
    return [path for path in (Path(settings.HOME) / IMPORTS).rglob("*") if path.is_file()]


def set_aside(folder: Path) -> None:
    """Move the files of imports away, and drop what is made again."""
    home = Path(settings.HOME)
    if (home / IMPORTS).exists():
        folder.mkdir(parents=True, exist_ok=True)
        os.replace(home / IMPORTS, folder / IMPORTS)
    for name in MADE_AGAIN:
        shutil.rmtree(home / name, ignore_errors=True)


def bring(unpacked: Path) -> int:
    """Put the files of a backup in their place; returns how many."""
    source = unpacked / "files" / IMPORTS
    if not source.exists():
        return 0
    target = Path(settings.HOME) / IMPORTS
    shutil.copytree(source, target, dirs_exist_ok=True)
    return len(there())
