"""Each cell played: the address with the thing in it, asked as the role, read as one word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.doors.web.world import bare
from tests.matrix import bodies
from tests.matrix.expect import Row, is_nothing, things_of
from tests.matrix.sending import Answer, ask, every_row
from tests.matrix.stage import ABSENT, THINGS, TOKENS, Stage
from tests.matrix.surface import GAP, SAFE

# What may be wrong with what was sent, once one is let in.
COMPLAINTS = (400, 409, 422, 429)
KINDS = {(gap, thing.name): thing.kind for gap in THINGS for thing in things_of((("uuid", gap),))}


@dataclass(frozen=True)
class Played:
    """A cell, and what came of it."""

    row: Row
    role: str
    expected: str
    answer: Answer

    @property
    def found(self) -> str:
        if self.expected == "no" and self.answer.status in (403, 409):
            return "no"
        if self.expected == "radar" and self.answer.leads_to == "/under-the-radar/":
            return "radar"
        return word_of(self.answer, self.row.method)

    def __str__(self) -> str:
        where = f"{self.row.method} {self.row.route} [{self.row.thing}] as {self.role}"
        return f"{where}: {self.found} ({self.answer.status}) instead of {self.expected}"


def word_of(answer: Answer, method: str) -> str:
    """An answer in the words of the table."""
    if answer.status in (301, 302, 303) and answer.leads_to.startswith("/sign-in/?"):
        return "sign-in"
    if answer.status < 400 or (method not in SAFE and answer.status in COMPLAINTS):
        return "in"
    return str(answer.status)


def play(stage: Stage, rows: Iterator[Row], role: str, client: Client) -> Iterator[Played]:
    """Every cell of a role, one after another, each on an untouched stage."""
    before = every_row()
    for row in rows:
        expected = dict(row.answers).get(role)
        if expected is None:
            continue
        is_call = row.route.startswith("/api/")
        body = body_of(stage, row.method, row.route, row.thing) if row.method not in SAFE else None
        path = address(stage, row.route, row.thing)
        untouched = "" if may_change(row.method, expected) else before
        answer = ask(client, row.method, path, body, as_json=is_call, before=untouched)
        yield Played(row, role, expected, answer)
    assert every_row() == before


def may_change(method: str, expected: str) -> bool:
    return method not in SAFE and expected == "in"


def body_of(stage: Stage, method: str, route: str, thing: str) -> Any:
    if not route.startswith("/api/"):
        return bodies.form(stage, route, thing)
    body = bodies.call(stage, method, route, thing)
    return None if body is None else json.dumps(body)


def address(stage: Stage, route: str, thing: str) -> str:
    """A route with a thing in its gap."""
    if thing in TOKENS:
        start = route[: route.index("<")]
        path = start + bare(stage.tokens[start, thing]) + route[route.index(">") + 1 :]
    else:
        path = GAP.sub(lambda gap: _named(stage, gap[2], thing, route), route)
        for name in [part[1:-1] for part in route.split("/") if part.startswith("{")]:
            path = path.replace(f"{{{name}}}", _named(stage, name, thing, route))
    return path + _query(stage, route, thing)


def _named(stage: Stage, gap: str, thing: str, route: str) -> str:
    if gap == "kind":
        named = next(name for name in ("posting_id",) if f"<uuid:{name}>" in route)
        return KINDS[named, thing]
    return str(ABSENT if is_nothing(thing) else stage.ids[gap, thing])


def _query(stage: Stage, route: str, thing: str) -> str:
    """What two pages need to know besides, as the links to them carry it."""
    one, other = stage.two_of(thing)
    return {
        "/members/<uuid:member_id>/ask/": f"?through={stage.cast.connector.id}",
        "/host/<uuid:chapter_id>/introduce/": f"?one={one.id}&other={other.id}",
    }.get(route, "")
