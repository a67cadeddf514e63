"""What came back, written down: which fields of the API reach whom, and whose texts who reads.

These tables follow from no declaration: they are what the server does today. A field or a text
that reaches somebody more is a line more in them, for whoever reads the change.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from tests.matrix.cells import Played, play
from tests.matrix.expect import Row, call_rows, page_rows
from tests.matrix.rules import CALL_ROLES, PAGE_ROLES
from tests.matrix.sentinels import WORD
from tests.matrix.stage import TOKENS, Stage
from tests.matrix.tables import HERE, text_of

FIELDS, READ, READ_WHERE = (HERE / f"{name}.csv" for name in ("fields", "read", "read_where"))
Line = tuple[str, ...]
# By table: the lines, each with the roles of whom it is true.
Seen = dict[str, dict[Line, set[str]]]
HEADS: dict[str, tuple[str, ...]] = {
    "fields": ("operation", "field"),
    "read": ("by", "text", "whose"),
    "read_where": ("address", "text"),
}
PATHS = {"fields": FIELDS, "read": READ, "read_where": READ_WHERE}
ROLES = tuple(dict.fromkeys((*PAGE_ROLES, *CALL_ROLES)))


def of(stage: Stage, played: Iterable[Played]) -> dict[str, set[Line]]:
    """Every line that these cells bear out, by table."""
    found: dict[str, set[Line]] = {name: set() for name in HEADS}
    for one in played:
        is_call = one.row.route.startswith("/api/")
        if is_call and one.answer.status < 300:
            act = f"{one.row.method} {one.row.route}"
            found["fields"] |= {(act, path) for path in _fields(one.answer.body)}
        for word in _words(one.answer.body) & stage.sentinels.keys():
            sentinel = stage.sentinels[word]
            found["read"].add((_by(one.row), sentinel.column, sentinel.whose))
            found["read_where"].add((one.row.route, sentinel.column))
    return found


def _by(row: Row) -> str:
    """By a page, by a link in anybody's hand, or by a program."""
    if row.route.startswith("/api/"):
        return "api"
    return "link" if row.thing in TOKENS else "page"


def _fields(body: bytes) -> set[str]:
    return set(_paths(json.loads(body), "")) if body else set()


def _paths(said: Any, at: str) -> Iterator[str]:
    """«items[].name»: whatever an answer is made of, without what it says. What is called by an
    id is one of many."""
    if isinstance(said, list):
        for one in said:
            yield from _paths(one, f"{at}[]")
    elif isinstance(said, dict):
        for name, one in said.items():
            key = "…" if _ID.fullmatch(name) else name
            yield from _paths(one, f"{at}.{key}" if at else key)
    else:
        yield at


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def _words(body: bytes) -> set[str]:
    text = body.decode("utf-8", "replace").replace("\r\n ", "")
    return {word.lower() for word in WORD.findall(text)}


# Written down, and read again.


def add(seen: Seen, role: str, lines: Mapping[str, set[Line]]) -> None:
    for name, found in lines.items():
        for line in found:
            seen.setdefault(name, {}).setdefault(line, set()).add(role)


def as_csv(name: str, seen: Seen) -> str:
    lines: list[Iterable[str]] = [[*HEADS[name], *ROLES]]
    for line, roles in sorted(seen[name].items()):
        lines.append([*line, *("x" if role in roles else "" for role in ROLES)])
    return text_of(lines)


def written(name: str, role: str, *, by_call: bool) -> set[Line]:
    """What the table says of a role, by pages or by the API."""
    with PATHS[name].open() as file:
        rows = csv.DictReader(file)
        lines = [tuple(row[head] for head in HEADS[name]) for row in rows if row[role]]
    return {line for line in lines if is_by_call(line) == by_call}


def is_by_call(line: Line) -> bool:
    return line[0] == "api" or "/api/" in line[0]


def differences(role: str, lines: Mapping[str, set[Line]], *, by_call: bool) -> list[str]:
    """What came back and stands in no table, and what stands there and did not come back."""
    found = []
    for name, now in lines.items():
        known = written(name, role, by_call=by_call)
        found += [f"{name}: {role} now reads {line}" for line in sorted(now - known)]
        found += [f"{name}: {role} no longer reads {line}" for line in sorted(known - now)]
    return found


def by_everyone(stage: Stage, say: Callable[[str], None]) -> Seen:
    """Every cell of everyone, for the tables to be written anew."""
    seen: Seen = {}
    for role in PAGE_ROLES:
        say(role)
        with undone():
            add(seen, role, of(stage, play(stage, page_rows(), role, stage.browser(role))))
    for role in CALL_ROLES:
        say(f"{role}, by a program")
        with undone():
            for client in stage.programs(role):
                add(seen, role, of(stage, play(stage, call_rows(), role, client)))
    return seen


@contextmanager
def undone() -> Iterator[None]:
    """That somebody was here is not seen by who comes after them, as between two tests."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
