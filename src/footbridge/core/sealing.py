"""Values made unreadable to whoever holds the database alone, and found again by a keyed digest.

The secret lies outside the database. Sealing is AES-256-GCM under a key derived from it (HKDF,
RFC 5869), bound to the row, and padded, so that neither words nor their length speak.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


class SealBroken(Exception):
    """The secret is not the one that this was sealed with, or the row was altered."""


@dataclass(frozen=True)
class Seal:
    """Seals under one secret for one purpose. What is sealed comes in sizes of `step` bytes."""

    secret: Callable[[], str]
    purpose: str
    step: int = 4096

    def digest(self, kind: str, text: str) -> str:
        """The name under which something is found again; equal texts of a kind meet, none is
        read."""
        key = self._key(f"digest:{kind}")
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def close(self, row: uuid.UUID, said: dict[str, Any]) -> bytes:
        """Values that JSON knows, for one row's eyes."""
        plain = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        padded = plain + b" " * (-len(plain) % self.step)
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self._key("seal")).encrypt(nonce, padded, row.bytes)

    def open(self, row: uuid.UUID, sealed: bytes | memoryview[int]) -> dict[str, Any]:
        """The values again; SealBroken under another secret or beside another row."""
        raw = bytes(sealed)
        try:
            plain = AESGCM(self._key("seal")).decrypt(raw[:NONCE], raw[NONCE:], row.bytes)
        except InvalidTag as error:
            raise SealBroken("This was sealed with another key, or was altered since.") from error
        said: dict[str, Any] = json.loads(plain)
        return said

    def _key(self, use: str) -> bytes:
        return _derived(self.secret(), f"footbridge.{self.purpose}.{use}")


@lru_cache(maxsize=256)
def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
