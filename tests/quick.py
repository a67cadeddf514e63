"""What makes thousands of requests in one process cheaper, and changes no answer."""

from __future__ import annotations

import os
from functools import wraps
from typing import Any
from urllib.parse import urlencode


def at_once() -> int:
    """How many processes of its own a test may have run at the same time."""
    return int(os.environ.get("FOOTBRIDGE_TEST_PROCESSES", "2"))


def as_browsers_send(said: dict[str, Any] | None) -> dict[str, Any]:
    """What `Client.post` is to be given: a form without files is sent as browsers send one. The
    test client would send it in parts, which take the server twenty times as long to read."""
    fields = {name: value for name, value in (said or {}).items() if value is not None}
    if any(hasattr(value, "read") for value in fields.values()):
        return {"data": fields}
    body = urlencode(fields, doseq=True)
    return {"data": body, "content_type": "application/x-www-form-urlencoded"}


def find_static_files_once() -> None:
    """Each browser of a test loads the middleware, which then looks every static file up on the
    disk: ten milliseconds for what was found the first time."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look_up = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, Any] = {}

    @wraps(look_up)
    def add_what_was_found(self: WhiteNoiseMiddleware) -> None:
        if not found:
            look_up(self)
            found.update(self.files)
        self.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = add_what_was_found
