"""Private contacts, made unreadable to everyone but their owner.

An address becomes a digest under the installation's key: equal addresses meet, none can be read
back. A name is encrypted under a key of its owner's own. Both keys are derived from SECRET_KEY
(HKDF, RFC 5869), so that a copy of the database alone says nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def digest(address: str) -> str:
    """What is kept of an address; the same for every spelling of it."""
    key = _derived(settings.SECRET_KEY, b"footbridge.contacts.digest")
    return hmac.new(key, address.strip().lower().encode(), hashlib.sha256).hexdigest()


def seal(owner: uuid.UUID, name: str) -> bytes:
    """A name that only its owner's key opens."""
    return _box(owner).encrypt(name.encode())


def open_seal(owner: uuid.UUID, sealed: bytes) -> str:
    """The name again; empty if the installation's key was changed since."""
    try:
        return _box(owner).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        return ""


def _box(owner: uuid.UUID) -> MultiFernet:
    purpose = b"footbridge.contacts.owner:" + owner.bytes
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(secret, purpose))) for secret in secrets])


@lru_cache(maxsize=1024)
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
