"""Private contacts, made unreadable to everyone but their owner.

An address becomes a digest under the installation's key: equal addresses meet, none can be read
back. A name is encrypted under a key of its owner's own. Both keys are derived from SECRET_KEY
(HKDF, RFC 5869), so that a copy of the database alone says nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from footbridge.network.cards import Work


def digest(address: str) -> str:
    """What is kept of an address; the same for every spelling of it."""
    key = _derived(settings.SECRET_KEY, b"footbridge.contacts.digest")
    return hmac.new(key, address.strip().lower().encode(), hashlib.sha256).hexdigest()


def seal(owner: uuid.UUID, name: str) -> bytes:
    """A name that only its owner's key opens."""
    return _box(owner).encrypt(name.encode())


def open_seal(owner: uuid.UUID, sealed: bytes) -> str:
    """The name again; empty if the installation's key was changed since."""
    return _opened(_box(owner), bytes(sealed))


def seal_work(owner: uuid.UUID, work: Work) -> bytes:
    """Where somebody works, likewise; nothing where nothing is known."""
    said = {name: words for name, words in vars(work).items() if words}
    return seal(owner, json.dumps(said, ensure_ascii=False)) if said else b""


def open_many(owner: uuid.UUID, sealed: Iterable[bytes | memoryview]) -> list[str]:
    """Many that were sealed for one owner, in order; empty where one cannot be opened."""
    box = _box(owner)
    return [_opened(box, bytes(one)) if one else "" for one in sealed]


def _opened(box: MultiFernet, sealed: bytes) -> str:
    try:
        return box.decrypt(sealed).decode()
    except InvalidToken:
        return ""


def work_from(opened: str) -> Work:
    """What `seal_work` kept, once it is opened."""
    return Work(**json.loads(opened)) if opened else Work()


def _box(owner: uuid.UUID) -> MultiFernet:
    purpose = b"footbridge.contacts.owner:" + owner.bytes
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(secret, purpose))) for secret in secrets])


@lru_cache(maxsize=1024)
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
