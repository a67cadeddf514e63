"""Everything that writes, filled in well by somebody who may: operations, routes, forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client

from footbridge.core import ids
from tests.matrix import bodies
from tests.matrix.cells import address, body_of
from tests.matrix.expect import Row, call_rows, page_rows
from tests.matrix.rules import MEMBERS
from tests.matrix.stage import Stage
from tests.matrix.surface import SAFE
from tests.twin.surface import Form, forms_in, usual

# In whose hands the pages are searched for forms.
WHOSE_FORMS = ("anonymous", "applicant", "hidden", "owner", "connector", "sought", "host")


@dataclass(frozen=True)
class Act:
    """One form or operation, filled in well by somebody who may."""

    role: str
    method: str
    route: str
    path: str
    said: Any

    @property
    def is_call(self) -> bool:
        return self.route.startswith("/api/")

    @property
    def key(self) -> str:
        return f"{self.method} {self.route}"

    def __str__(self) -> str:
        return f"{self.key} as {self.role}"


def acts(stage: Stage) -> list[Act]:
    """Every operation and route that writes, by the first who may; and every form on a page."""
    return [*declared(stage), *_on_pages(stage)]


def declared(stage: Stage) -> list[Act]:
    """Every operation and route, with what is known to be good for it."""
    return [*_by_row(stage, page_rows()), *_by_row(stage, call_rows())]


def _by_row(stage: Stage, rows: Iterator[Row]) -> Iterator[Act]:
    seen = set()
    for row in rows:
        who = _first_who_may(row) if row.method not in SAFE else ""
        if who and (row.route, row.method) not in seen:
            seen.add((row.route, row.method))
            said = body_of(stage, row.method, row.route, row.thing)
            yield Act(who, row.method, row.route, address(stage, row.route, row.thing), said)


def _first_who_may(row: Row) -> str:
    """A member before anybody else: nobody else has much that could be written to."""
    may = [role for role, answer in row.answers if answer == "in"]
    return next((role for role in may if role in MEMBERS), may[0] if may else "")


def _on_pages(stage: Stage) -> Iterator[Act]:
    """Each form that a page shows to somebody, once for each of its buttons."""
    seen: set[tuple[str, ...]] = set()
    for role in WHOSE_FORMS:
        client = stage.browser(role)
        for path in _pages_of(stage, role):
            for form in _forms_at(client, path):
                for button, said in _by_button(form):
                    key = (form.route, *sorted(said), button)
                    if form.method == "POST" and key not in seen:
                        seen.add(key)
                        yield Act(role, "POST", form.route, urlsplit(form.action).path, said)


def _pages_of(stage: Stage, role: str) -> Iterator[str]:
    for row in page_rows():
        if row.method == "GET" and dict(row.answers)[role] == "in":
            yield address(stage, row.route, row.thing)


def _forms_at(client: Client, path: str) -> list[Form]:
    with transaction.atomic(), ids.repeatable("a page with forms"):
        answer = client.get(path)
        transaction.set_rollback(True)
    is_page = not answer.streaming and "html" in answer.headers.get("Content-Type", "")
    return list(forms_in(answer.content.decode(), path)) if is_page else []


def _by_button(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    said: dict[str, Any] = usual(form)
    for control in form.controls:
        if control.kind == "file":
            said[control.name] = bodies.TABLE
    buttons = [one for one in form.controls if one.kind == "submit"]
    several = [(one.name, option) for one in buttons for option in one.options if option]
    for name, option in several or [("", "")]:
        yield option, said | ({name: option} if name else {})
