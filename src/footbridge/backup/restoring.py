"""Making this installation what a backup holds. Everything is read and checked before anything is
touched; what was there is set aside, not deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from footbridge.backup import archive, disk, files, keys, postgresql, sqlite
from footbridge.backup.manifest import Manifest
from footbridge.core import clock, migrating
from footbridge.core.errors import Conflict, DomainError

# What a database holds that nobody has used yet: migrations bring it.
_BROUGHT_BY_MIGRATIONS = {
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "exchange_cause",
    "exchange_edition",
    "exchange_skill",
    "journal_delivery",
    "journal_entry",
}


@dataclass(frozen=True)
class Restored:
    """What came back, what was set aside for it, and which keys are not here."""

    manifest: Manifest
    files: int
    set_aside: Path | None
    brought_keys: list[str]
    missing: list[keys.Missing]


def nothing_in_the_way() -> bool:
    """Whether this installation is empty: nobody has used it yet."""
    found = _tables_here()
    if found is None or files.there():
        return False
    return not any(count for name, count in found.items() if name not in _BROUGHT_BY_MIGRATIONS)


def _tables_here() -> Mapping[str, int] | None:
    """How many rows are in what; None where that cannot be read."""
    if connection.vendor == "sqlite":
        return sqlite.tables_in(_place())
    return postgresql.look().tables


def _place() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def restore(source: Path, *, replace: bool = False, with_keys: bool = False) -> Restored:
    """Bring a backup back, into an empty installation or with `replace` in place of what is there.

    DomainError, and nothing changed, where the backup is damaged, of another kind of database, or
    of a version to come; Conflict where something is here already or others have it open.
    """
    connections.close_all()
    with disk.workplace(Path(settings.HOME)) as work:
        said = archive.unpack(source, work)
        _refuse_what_does_not_fit(said, work)
        if not replace and not nothing_in_the_way():
            raise Conflict("there is something here already. To put it aside, say --replace")
        _refuse_if_in_use()
        found = keys.fitting(source, said.keys) if with_keys else {}
        aside = _set_aside()
        _bring(said, work)
        count = files.bring(work)
        brought = keys.bring(found)
    _go_forward()
    return Restored(said, count, aside, brought, keys.missing(said.keys))


def _refuse_what_does_not_fit(said: Manifest, work: Path) -> None:
    if said.database != connection.vendor:
        raise DomainError(
            f"this is a backup of {said.database}, and here is {connection.vendor}. "
            "To move from one to the other: footbridge export, then footbridge import"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = [step for step in said.migrations if _is_ours(step) and step not in known]
    if unknown:
        raise DomainError(f"this backup is of a newer version, which has {unknown[0]}")
    if connection.vendor == "sqlite":
        sqlite.check(work / said.file)
        _compare(said, sqlite.look(work / said.file).tables)
    else:
        postgresql.check(work / said.file)


def _is_ours(step: str) -> bool:
    """Libraries join their steps into one as they grow, so only ours are held to be known."""
    from django.apps import apps

    label = step.partition(".")[0]
    found = {app.label for app in apps.get_app_configs() if app.name.startswith("footbridge.")}
    return label in found


def _refuse_if_in_use() -> None:
    if connection.vendor == "sqlite":
        sqlite.refuse_if_in_use(_place())
    else:
        postgresql.refuse_if_in_use()


def _set_aside() -> Path | None:
    """Put away what is here, in a folder of its own. A database of PostgreSQL is dumped there."""
    folder = Path(settings.HOME) / f"replaced-{clock.now():%Y%m%dT%H%M%SZ}"
    if connection.vendor == "sqlite":
        if not nothing_in_the_way():
            sqlite.set_aside(_place(), folder)
        else:
            _remove_empty(_place())
    elif not nothing_in_the_way():
        folder.mkdir(mode=0o700)
        postgresql.dump(folder / postgresql.FILE)
    files.set_aside(folder)
    if folder.exists():
        folder.chmod(0o700)
        disk.sync(Path(settings.HOME))
        return folder
    return None


def _remove_empty(path: Path) -> None:
    for ending in ("", *sqlite.BESIDE):
        (path.parent / (path.name + ending)).unlink(missing_ok=True)


def _bring(said: Manifest, work: Path) -> None:
    if connection.vendor == "sqlite":
        sqlite.bring(work / said.file, _place())
        return
    postgresql.bring(work / said.file, work)
    _compare(said, postgresql.look().tables)


def _compare(said: Manifest, found: Mapping[str, int]) -> None:
    wrong = [name for name, count in said.tables.items() if found.get(name) != count]
    if wrong:
        name = wrong[0]
        raise DomainError(
            f"{name} should have {said.tables[name]} rows and has {found.get(name, 0)}"
        )


def _go_forward() -> None:
    """Take the steps that came since the backup was made."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    migrating.migrate()
    connections.close_all()
