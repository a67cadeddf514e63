"""One request, all that came back, and what it cost the server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.contrib.auth import hashers
from django.core import mail
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client

from tests.quick import as_browsers_send

Masks = Callable[[bytes], bytes]


@dataclass
class Cost:
    """What can be timed from outside, counted instead of timed."""

    sql: list[str] = field(default_factory=list)
    rows: int = 0
    hashes: int = 0
    mails: int = 0

    def as_text(self) -> str:
        lines = [f"{self.rows} rows", f"{self.hashes} hashes", f"{self.mails} mails", *self.sql]
        return "\n".join(lines)


@dataclass(frozen=True)
class Answer:
    """All that somebody who asked could see, and what it cost."""

    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cost: str
    logged: tuple[str, ...]

    @property
    def leads_to(self) -> str:
        return dict(self.headers).get("Location", "")

    @property
    def is_page(self) -> bool:
        return self.status < 500 and "html" in dict(self.headers).get("Content-Type", "")

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def ask(
    client: Client,
    method: str,
    path: str,
    said: Any = None,
    *,
    json: bool = False,
    headers: dict[str, str] | None = None,
    told: str = "",
) -> Answer:
    """Ask, and keep everything. `told` names what was sent, for who reads of a difference."""
    with counting() as cost, logging_heard() as lines:
        response = _send(client, method, path, said, json, headers or {})
        streamed = getattr(response, "streaming", False)
        body = b"".join(response.streaming_content) if streamed else response.content
    cookies = [("Set-Cookie", one.OutputString()) for one in response.cookies.values()]
    shown = (*sorted(response.headers.items()), *sorted(cookies))
    asked = " ".join([method, path, told]).strip()
    return Answer(asked, response.status_code, shown, body, cost.as_text(), tuple(lines))


def _send(
    client: Client, method: str, path: str, said: Any, json: bool, headers: dict[str, str]
) -> Any:
    if json:
        body = said or ""
        return client.generic(method, path, body, content_type="application/json", headers=headers)
    if method == "POST":
        return client.post(path, headers=headers, **as_browsers_send(said))
    return client.generic(method, path, headers=headers)


@contextmanager
def counting() -> Iterator[Cost]:
    """Count statements, rows read, hashes of passwords and messages handed over."""
    cost = Cost()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in sql:
            cost.sql.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(watch))
        stack.enter_context(_rows_counted(cost))
        stack.enter_context(_hashes_counted(cost))
        before = len(getattr(mail, "outbox", ()))
        yield cost
        cost.mails = len(getattr(mail, "outbox", ())) - before


@contextmanager
def _rows_counted(cost: Cost) -> Iterator[None]:
    def one(self: CursorWrapper) -> Any:
        row = self.cursor.fetchone()
        cost.rows += row is not None
        return row

    def many(self: CursorWrapper, *size: int) -> Any:
        rows = self.cursor.fetchmany(*size)
        cost.rows += len(rows)
        return rows

    def all_(self: CursorWrapper) -> Any:
        rows = self.cursor.fetchall()
        cost.rows += len(rows)
        return rows

    with ExitStack() as stack:
        for name, counted in {"fetchone": one, "fetchmany": many, "fetchall": all_}.items():
            stack.enter_context(mock.patch.object(CursorWrapper, name, counted, create=True))
        yield


@contextmanager
def _hashes_counted(cost: Cost) -> Iterator[None]:
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def counted(self: Any, password: str, salt: str, *more: Any) -> str:
        cost.hashes += 1
        return encode(self, password, salt, *more)

    with mock.patch.object(hasher, "encode", counted):
        yield


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        why = repr(record.exc_info[1]) if record.exc_info else ""
        self.lines.append(f"{record.levelname} {record.name} {record.getMessage()} {why}".strip())


@contextmanager
def logging_heard() -> Iterator[list[str]]:
    """Every line of the log within the block."""
    heard = _Heard()
    root = logging.getLogger()
    loggers = [root, logging.getLogger("django"), logging.getLogger("django.server")]
    hearing = [one for one in loggers if one is root or not one.propagate]
    for logger in hearing:
        logger.addHandler(heard)
    try:
        yield heard.lines
    finally:
        for logger in hearing:
            logger.removeHandler(heard)
