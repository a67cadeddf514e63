"""The clock and every random draw follow from who acts and from their how-manieth act it is.

So nothing that one person does shifts an id, a token or a date of another's, unless the product
itself lets it: no comparison has to mask anything.
"""

from __future__ import annotations

import logging
import secrets
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from unittest import mock

from django.template.base import Template
from django.test import override_settings
from django.test.utils import _TestState

from footbridge.core import clock, ids

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
# So far apart that no limit on requests per minute is met by asking one thing after another.
BETWEEN_ACTS = timedelta(seconds=61)

One = TypeVar("One")

_inside = False


@contextmanager
def act(seed: str, actor: str, number: int, *, moment: datetime | None = None) -> Iterator[None]:
    """One act of one actor: its own moment, and a stream of its own for whatever is drawn."""
    at = moment or START + number * BETWEEN_ACTS
    with clock.held_at(at), ids.repeatable(f"{seed}:{actor}:{number}"):
        yield


@contextmanager
def stillness() -> Iterator[None]:
    """Have the libraries, too, ask our clock and draw from our streams."""
    global _inside
    if _inside:
        yield
        return
    replaced: dict[str, Any] = {
        "time.time": lambda: clock.now().timestamp(),
        "time.perf_counter": lambda: clock.now().timestamp(),
        "django.utils.timezone.now": clock.now,
        "secrets.token_bytes": lambda size=32: _drawn(size),
        "secrets.choice": _choice,
        "secrets.token_hex": lambda size=32: _drawn(size).hex(),
        "uuid.uuid4": ids.new_id,
        "os.urandom": _drawn,
    }
    with ExitStack() as stack:
        # With a mail server, so that nothing that would be sent stays unwritten.
        stack.enter_context(override_settings(EMAIL_HOST="mail.test"))
        # Lines of the log are heard and compared, not printed.
        stack.enter_context(mock.patch.object(logging.getLogger(), "handlers", []))
        # What tests usually keep of each template that is rendered costs more than the page.
        plain = getattr(getattr(_TestState, "saved_data", None), "template_render", None)
        if plain is not None:
            stack.enter_context(mock.patch.object(Template, "_render", plain))
        for name, replacement in replaced.items():
            stack.enter_context(mock.patch(name, replacement))
        _inside = True
        try:
            yield
        finally:
            _inside = False


def _drawn(size: int) -> bytes:
    return ids._source.get()(size)


def _choice(options: Sequence[One]) -> One:
    return options[int.from_bytes(_drawn(4), "big") % len(options)]


# Held on to before anything is replaced: how long a run takes is told by the real clock.
real_time = time.perf_counter
real_uuid = uuid.uuid4
real_token = secrets.token_hex
