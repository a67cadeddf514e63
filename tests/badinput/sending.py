"""One request, and all that an answer must never be."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.signals import got_request_exception
from django.test import Client

from tests.badinput.strings import COMPUTED, MARK, UNESCAPED
from tests.badinput.tally import Tally

# Processor seconds that one answer may take; an hour-long computation is a fault, too.
LONGEST = 8.0


@dataclass
class Request:
    """What is sent: a path, fields or a body as it is, and headers."""

    method: str
    path: str
    kind: str
    fields: dict[str, Any] | None = None
    query: str = ""
    body: bytes | None = None
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)


class Sender:
    """Sends, looks at each answer, and keeps the books."""

    def __init__(self, tally: Tally, *, longest: float = LONGEST) -> None:
        self.tally = tally
        self.longest = longest

    def send(self, client: Client, request: Request) -> Any:
        """The answer, or None where the request could not even be written down."""
        for name, value in request.cookies.items():
            client.cookies[name] = value
        began = time.process_time()
        with _errors_seen() as errors:
            try:
                answer = _sent(client, request)
            except Exception:  # an error page that fails itself is the worst answer
                self.tally.note(request.kind, 599)
                self.tally.fault("no answer at all", request, traceback.format_exc()[-3000:])
                return None
        self.tally.note(request.kind, answer.status_code)
        self._look_at(answer, request, errors)
        if (took := time.process_time() - began) > self.longest:
            self.tally.fault(f"took {took:.1f} s", request)
        return answer

    def _look_at(self, answer: Any, request: Request, errors: list[str]) -> None:
        if answer.status_code >= 500:
            self.tally.fault(f"answered {answer.status_code}", request, "".join(errors)[-3000:])
        for fault in faults_of(answer):
            self.tally.fault(fault, request)


def _sent(client: Client, request: Request) -> Any:
    extra: dict[str, Any] = dict(request.headers)
    if request.query:
        extra["QUERY_STRING"] = request.query
    if request.body is not None:
        return client.generic(
            request.method, request.path, request.body, request.content_type, **extra
        )
    if request.method == "GET":
        return client.get(request.path, request.fields or None, **extra)
    return client.post(request.path, request.fields or {}, **extra)


@contextmanager
def _errors_seen() -> Iterator[list[str]]:
    """What the pages could not handle while the block lasts."""
    seen: list[str] = []

    def note(**_said: Any) -> None:
        seen.append("".join(traceback.format_exception(*sys.exc_info())))

    got_request_exception.connect(note)
    try:
        yield seen
    finally:
        got_request_exception.disconnect(note)


def faults_of(answer: Any) -> list[str]:
    """What an answer shows that it must not, whatever was sent."""
    found = [f"header {name}" for name in answer.headers if MARK in name.lower()]
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "text/html" in answer.headers.get("Content-Type", ""):
        page = content.decode(answer.charset, "replace")
        found += [f"unescaped {sign!r}" for sign in UNESCAPED if sign in page.lower()]
        found += ["computed"] if COMPUTED in page else []
        found += ["a traceback"] if "Traceback (most recent" in page else []
    leads_to = answer.headers.get("Location", "")
    if leads_away(leads_to):
        found.append(f"leads away to {leads_to[:100]!r}")
    return found


def leads_away(location: str) -> bool:
    """Whether a browser would leave the site by it. A backslash counts as a slash there."""
    if not location:
        return False
    seen = location.strip().replace("\\", "/")
    parts = urlsplit(seen)
    return bool(parts.scheme or parts.netloc) and parts.netloc != "testserver"
