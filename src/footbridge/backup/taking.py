"""Taking a backup while people write: copy, check, pack, read again, and only then give it its
name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import connection

from footbridge import __version__
from footbridge.backup import archive, disk, files, keys, postgresql, sqlite
from footbridge.backup.manifest import Contents, Manifest
from footbridge.core import clock
from footbridge.core.errors import DomainError

_NAMED = re.compile(r"footbridge-\d{8}T\d{6}Z(-\d+)?\.zip")


@dataclass(frozen=True)
class Taken:
    """A backup that was written, and what was cleared away for it."""

    path: Path
    manifest: Manifest
    keys: Path | None
    removed: list[Path]


def write(target: Path, *, keep: int = 0, with_keys: bool = False) -> Taken:
    """Take a backup into a folder, under a name of its own, or as a file whose name ends in .zip.

    `keep` leaves that many of the folder's, the latest, and removes the others once the new one is
    whole. `with_keys` writes the keys to a file beside it. DomainError, and nothing but what was
    there before, where anything is not as it must be.
    """
    is_file = target.suffix == ".zip"
    if keep and is_file:
        raise DomainError("to keep so many, name a folder")
    if is_file and target.exists():
        raise DomainError(f"there is a file already: {target}")
    folder = target.parent if is_file else target
    with disk.workplace(folder) as work:
        path = target if is_file else _free_name(folder)
        said = _pack(work, work / "backup.zip")
        disk.put(work / "backup.zip", path)
        beside = keys.write_beside(path) if with_keys else None
        removed = _leave(folder, keep) if keep else []
    return Taken(path, said, beside, removed)


def _free_name(folder: Path) -> Path:
    stem = f"footbridge-{clock.now():%Y%m%dT%H%M%SZ}"
    names = [f"{stem}.zip", *(f"{stem}-{number}.zip" for number in range(2, 1000))]
    return next(folder / name for name in names if not (folder / name).exists())


def _pack(work: Path, target: Path) -> Manifest:
    """Copy what there is of one moment, check the copy, pack it, and read all of it again."""
    gathered = work / "gathered"
    files.gather(gathered)
    is_sqlite = connection.vendor == "sqlite"
    name = sqlite.FILE if is_sqlite else postgresql.FILE
    contents = _copied(work / name) if is_sqlite else _dumped(work / name)
    files.gather(gathered)
    sources = {name: work / name, **files.belonging(gathered, contents.batches)}
    said = Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        footbridge=__version__,
        database=connection.vendor,
        server=contents.server,
        file=name,
        migrations=contents.migrations,
        tables=contents.tables,
        keys=keys.prints(),
    )
    written = archive.pack(target, said, sources)
    if archive.verify(target) != replace(said, files=written.files):
        raise DomainError("what was written is not what can be read: is the disk in order?")
    return written


def _copied(target: Path) -> Contents:
    sqlite.copy(Path(str(connection.settings_dict["NAME"])), target)
    sqlite.check(target)
    return sqlite.look(target)


def _dumped(target: Path) -> Contents:
    contents = postgresql.dump(target)
    postgresql.check(target)
    return contents


def _leave(folder: Path, keep: int) -> list[Path]:
    """Remove all but the latest backups of a folder, each with its keys; nothing else there."""
    found = sorted(
        (path for path in folder.iterdir() if _NAMED.fullmatch(path.name)), key=_place, reverse=True
    )
    for path in found[keep:]:
        path.unlink()
        keys.beside(path).unlink(missing_ok=True)
    return found[keep:]


def _place(path: Path) -> tuple[str, int]:
    """When it was taken, and as the how manieth of that second."""
    moment, _dash, number = path.stem.removeprefix("footbridge-").partition("-")
    return moment, int(number or 1)
