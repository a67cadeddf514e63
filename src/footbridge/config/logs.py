"""What is written to the log: one form for everything, and nobody in it.

    2026-03-02T12:00:00Z WARNING django.request: 404 GET /members/<uuid:member_id>/

A line never holds a query, a referrer, who it was, or an address of any kind. A request is named
by its route, since the path may hold a signed link. Of an error the log keeps the kind and the
lines of code that led to it, and not its message: that often quotes what someone typed.

This is read by the server before Django is there, so it needs nothing of it.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import time
import traceback
from collections.abc import Iterator
from typing import Any

# Each with what stands in its place.
PERSONAL: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^\s<>\"'(),;:=\[\]]+@[^\s<>\"'(),;:\[\]]+"), "(mail address)"),
    (re.compile(r"(?<=[\w/])\?[^\s\"'>]+=[^\s\"'>]*"), ""),
    (re.compile(r"[A-Za-z0-9_=-]{40,}(?::[A-Za-z0-9_=-]+)*"), "(secret)"),
)
_LIKE_A_NETWORK = re.compile(r"(?<![\w.:])[0-9a-fA-F]*[:.][0-9a-fA-F:.]*[0-9a-fA-F:](?![\w])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Quiet(logging.Formatter):
    """Writes a record without anybody in it."""

    converter = time.gmtime  # type: ignore[assignment]
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def format(self, record: logging.LogRecord) -> str:
        said = f"{self.formatTime(record)} {record.levelname} {record.name}: {_said(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([said, *_led_to(error)])


def _said(record: logging.LogRecord) -> str:
    """The message on one line; of what is said about a request, only its method and route."""
    request: Any = getattr(record, "request", None)
    if hasattr(request, "resolver_match"):
        match = request.resolver_match
        route = "/" + match.route if match else "(no route)"
        return f"{getattr(record, 'status_code', '')} {request.method} {route}".strip()
    return without_anybody(record.getMessage())


def without_anybody(text: str) -> str:
    """A text on one line, without addresses, queries and secrets."""
    for pattern, instead in PERSONAL:
        text = pattern.sub(instead, text)
    return _CONTROL.sub(" ", _LIKE_A_NETWORK.sub(_network, text))


def _network(found: re.Match[str]) -> str:
    """What is a network address stands as one; a time of day or a number stays."""
    try:
        ipaddress.ip_address(found[0])
    except ValueError:
        address, _, port = found[0].rpartition(":")
        return f"{_network_of(address)}:{port}" if address.count(".") == 3 else found[0]
    return "(network address)"


def _network_of(text: str) -> str:
    return _LIKE_A_NETWORK.sub(_network, text)


def _led_to(error: BaseException | None) -> Iterator[str]:
    """The lines of code that led to an error, and its kind; the error behind it first."""
    if error is None:
        return
    yield from _led_to(
        error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    )
    frames = traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__))
    for frame in frames:
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield f"  {type(error).__module__}.{type(error).__qualname__}"


def settings(level: str) -> dict[str, Any]:
    """Everything to one place in one form; nothing is mailed to anyone."""
    passed_on: dict[str, Any] = {"handlers": [], "propagate": True, "level": "NOTSET"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"quiet": {"()": Quiet}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": passed_on,
            "django.server": passed_on,
            # Statements carry their values.
            "django.db.backends": passed_on | {"level": "WARNING"},
        },
    }


def for_server() -> dict[str, Any]:
    """The same for the server that runs the application. Its own log of requests stays off: it
    would name paths and network addresses."""
    console = {"class": "logging.StreamHandler", "formatter": "quiet"}
    return {
        "formatters": {"quiet": {"()": "footbridge.config.logs.Quiet"}},
        "handlers": {"console": console},
        "loggers": {
            "_granian": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
