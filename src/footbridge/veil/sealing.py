"""What is kept of people under the radar opens with one key, which lies in a file of its own: not
in the database, and not in a backup of the database (ADR 7)."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from footbridge.core.sealing import Seal, SealBroken

__all__ = ["SealBroken", "digest", "seal", "unseal"]


def _secret() -> str:
    return _kept(Path(settings.VEIL_KEY_FILE))


@lru_cache(maxsize=4)
def _kept(path: Path) -> str:
    """The key, made once; two processes that start together agree on one."""
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # fails where another process was first
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


_seal = Seal(_secret, "veil")
digest, seal, unseal = _seal.digest, _seal.close, _seal.open
