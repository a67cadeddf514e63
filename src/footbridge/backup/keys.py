"""The two keys, which a backup does not hold: without them a copy of the database stays silent.

`secret.key` signs links and sessions and opens private contacts and waiting mail; `veil.key` opens
what people under the radar said. Only prints of them go along, to tell the right one from another.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from footbridge.backup import disk
from footbridge.core.errors import DomainError

SECRET, VEIL = "secret.key", "veil.key"

_WITHOUT = {
    SECRET: "links and sessions from before no longer hold: people sign in anew, and invitations "
    "are made anew; private contacts and letters that waited sealed cannot be opened",
    VEIL: "what people under the radar said cannot be opened: each of them begins anew",
}


@dataclass(frozen=True)
class Missing:
    """A key that the backup was made with and that is not here, and what that means."""

    key: str
    words: str


def prints() -> dict[str, str]:
    """A print of each key that there is."""
    return {name: _print_of(name, key) for name, key in _here().items()}


def _here() -> dict[str, str]:
    veil = Path(settings.VEIL_KEY_FILE)
    found = {SECRET: settings.SECRET_KEY}
    return found | ({VEIL: veil.read_text().strip()} if veil.exists() else {})


@lru_cache(maxsize=8)
def _print_of(name: str, key: str) -> str:
    """Slow on purpose (scrypt, RFC 7914), since a key may have been chosen by hand."""
    salt = f"footbridge.backup.{name}".encode()
    return hashlib.scrypt(key.encode(), salt=salt, n=2**14, r=8, p=1, dklen=16).hex()


def beside(archive: Path) -> Path:
    """The file of the keys that were asked for."""
    return archive.with_name(f"{archive.name}.keys")


def write_beside(archive: Path) -> Path:
    """Write the keys to a file of their own, readable by its owner alone."""
    path = beside(archive)
    disk.write_secret(path, json.dumps(_here(), indent=2) + "\n")
    return path


def fitting(archive: Path, said: dict[str, str]) -> dict[str, str]:
    """The keys in the file beside a backup. DomainError where one is not the key of this backup."""
    found = _read(beside(archive))
    for name, key in found.items():
        if said.get(name) not in (None, _print_of(name, key)):
            raise DomainError(f"{beside(archive)} holds another {name} than that of this backup")
    return found


def bring(found: dict[str, str]) -> list[str]:
    """Put keys in their places; returns which were not there. What stood there before is kept
    beside it."""
    places = {SECRET: Path(settings.HOME) / SECRET, VEIL: Path(settings.VEIL_KEY_FILE)}
    return [name for name, key in found.items() if name in places and _place(places[name], key)]


def _read(path: Path) -> dict[str, str]:
    try:
        said = json.loads(path.read_text())
        return {str(name): str(key) for name, key in said.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise DomainError(f"the keys cannot be read from {path}: {error}") from error


def _place(path: Path, key: str) -> bool:
    there = path.read_text().strip() if path.exists() else ""
    if there == key:
        return False
    if there:
        os.replace(path, path.with_name(f"{path.name}.before"))
    disk.write_secret(path, key)
    return True


def missing(said: dict[str, str]) -> list[Missing]:
    """The keys of a backup that are not the ones in use here."""
    here = dict(prints())
    secret = Path(settings.HOME) / SECRET
    if secret.exists() and not os.environ.get("FOOTBRIDGE_SECRET_KEY"):
        here[SECRET] = _print_of(SECRET, secret.read_text().strip())
    return [
        Missing(name, words)
        for name, words in _WITHOUT.items()
        if name in said and here.get(name) != said[name]
    ]
