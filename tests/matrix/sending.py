"""One request as someone, what it answered and did; afterwards nothing of it remains."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import AutoField
from django.template import Template
from django.test import Client
from django.test.utils import _TestState

from footbridge.core import ids
from footbridge.insight import network
from footbridge.veil import guard
from tests.quick import as_browsers_send

WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Answer:
    """All that someone who asked could see, and what happened behind."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sql: tuple[str, ...]
    changed: bool

    @property
    def leads_to(self) -> str:
        return dict(self.headers).get("Location", "")

    def looks_like(self, other: Answer, *, is_known: bool = False) -> bool:
        """The same to the last byte; by the same statements too, unless the thing is known."""
        same = (self.status, self.headers, self.body) == (other.status, other.headers, other.body)
        return same and (is_known or self.sql == other.sql)


def ask(client: Client, method: str, path: str, body: Any, *, as_json: bool, before: str) -> Answer:
    """Ask, and undo it all. Where nothing was to change (`before` says how all rows were), every
    table is looked at if there was any statement that writes."""
    cookies = {name: one.OutputString() for name, one in client.cookies.items()}
    cache.clear()
    with transaction.atomic(), statements() as seen, ids.repeatable("one cell of the matrix"):
        response: Any = _send(client, method, path, body, as_json)
        streamed = getattr(response, "streaming", False)
        content = b"".join(response.streaming_content) if streamed else response.content
        wrote = any(sql.startswith(WRITES) for sql in seen)
        changed = bool(wrote and before) and every_row() != before
        transaction.set_rollback(True)
    if wrote:
        network.forget()
    client.cookies = SimpleCookie()
    for text in cookies.values():
        client.cookies.load(text)
    cookies_set = [("Set-Cookie", one.OutputString()) for one in response.cookies.values()]
    headers = (*sorted(response.headers.items()), *sorted(cookies_set))
    return Answer(response.status_code, headers, content, _shape(seen), changed)


def _send(client: Client, method: str, path: str, body: Any, as_json: bool) -> Any:
    if as_json:
        return client.generic(method, path, body or "", content_type="application/json")
    if method == "POST":
        return client.post(path, **as_browsers_send(body))
    return client.generic(method, path)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement in the block, as text without its values."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql.lstrip())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def _shape(seen: list[str]) -> tuple[str, ...]:
    """Statements without the names of savepoints, which are numbered."""
    return tuple(sql for sql in seen if "SAVEPOINT" not in sql)


def every_row() -> str:
    """One word for all rows of all tables, sessions aside: they belong to the browser."""
    held = hashlib.sha256()
    with guard.lifted(guard.Service.OPERATOR):
        for model in apps.get_models(include_auto_created=True):
            if model._meta.proxy or model._meta.label == "sessions.Session":
                continue
            rows = model._base_manager.order_by("pk").values_list(*_told_columns(model))
            held.update(f"{model._meta.label}{[*map(_plain, rows)]}".encode())
    return held.hexdigest()


def _told_columns(model: Any) -> list[str]:
    """All columns but those that count: PostgreSQL does not take a number back."""
    return [
        field.attname
        for field in model._meta.concrete_fields
        if not isinstance(field if field.remote_field is None else field.target_field, AutoField)
    ]


def _plain(row: tuple[Any, ...]) -> list[Any]:
    """PostgreSQL gives bytes as a view of memory, whose text names an address."""
    return [bytes(value) if isinstance(value, memoryview) else value for value in row]


@contextmanager
def steady(seconds: float) -> Iterator[None]:
    """The token against forgery is drawn anew for each page, and headers name the second; here both
    are always the same, so that nothing has to be masked in a comparison."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.middleware.csrf.get_random_string", lambda n, **_: "x" * n)
        patch.setattr("time.time", lambda: seconds)
        # Tests keep a copy of what each template was given; nobody reads it here.
        patch.setattr(Template, "_render", _TestState.saved_data.template_render)
        yield
