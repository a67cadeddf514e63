"""Where ids and secrets come from.

Ids are random, never counted, so that no output tells how many came before. A block may
put a repeatable stream in their place; two runs from one seed then yield the same bytes.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Source = Callable[[int], bytes]

_source: ContextVar[Source] = ContextVar("random_source", default=secrets.token_bytes)

# People read these aloud and type them: no letter that looks like another.
READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> uuid.UUID:
    """A fresh random id."""
    return uuid.UUID(bytes=_source.get()(16), version=4)


def new_code(length: int = 8) -> str:
    """A short secret that a person can read and type."""
    return "".join(READABLE[byte % len(READABLE)] for byte in _source.get()(length))


def new_secret() -> str:
    """A long secret for tokens, as hexadecimal digits."""
    return _source.get()(32).hex()


@contextmanager
def repeatable(seed: str) -> Iterator[None]:
    """Draw ids and secrets from a stream that the seed determines, for the length of a block."""
    token = _source.set(_stream(seed))
    try:
        yield
    finally:
        _source.reset(token)


def _stream(seed: str) -> Source:
    drawn = 0

    def draw(size: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return hashlib.shake_256(f"{seed}:{drawn}".encode()).digest(size)

    return draw
