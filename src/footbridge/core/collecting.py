"""The collector of circular garbage, kept from going over a long list again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
# So many more objects than were let go of: some tens of megabytes at most.
SELDOM = 100_000


@contextmanager
def collected_seldom() -> Iterator[None]:
    """For work on many short-lived objects that do not refer to each other in circles.

    The usual collector looks through them after every few hundred, and finds nothing. It stays
    on; if two such works end at different times, it is usual again from the first end on.
    """
    gc.set_threshold(SELDOM, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
