"""Everything posted at once: each form and operation is sent what it takes, and besides it every
name that any model has, with values that somebody might wish to stand there.

What was not asked for may change nothing: the same request with and without it must leave the same
value in every column of every row. What a form asks for, and what it then writes, stands in
`writes.csv`, so that a name or a column more is seen by whoever reads the change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict

from footbridge.core import ids
from footbridge.insight import network
from tests.matrix import bodies
from tests.matrix.acts import Act
from tests.matrix.names import NOT_OURS, every_name, hostile
from tests.matrix.sending import WRITES, _send, statements
from tests.matrix.stage import Stage
from tests.matrix.surface import documentation, operations
from tests.matrix.tables import HERE, text_of
from tests.matrix.values import Rows, changes, every_row, rows_of, tables

WRITES_FILE = HERE / "writes.csv"
# So many different values are tried for each name.
ROUNDS = 2


# One request, and what came of it.


@dataclass(frozen=True)
class Done:
    """What was answered and asked for, and every value that is another one now."""

    status: int
    asked: frozenset[str]
    changes: Mapping[tuple[str, str, str], str]
    added: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @property
    def columns(self) -> dict[str, set[str]]:
        """By table: the columns that were written to, "+" for a new row and "-" for one gone."""
        found: dict[str, set[str]] = {}
        for table, row, column in self.changes:
            is_new = (table, row) in self.added
            found.setdefault(table, set()).add("+" if is_new else column)
        return found


def do(client: Client, act: Act, extra: Mapping[str, str], before: Rows, turn: int = 0) -> Done:
    """Send it, with `extra` in the body and, in turns, in the address; look at every row, and undo
    it all."""
    path = act.path
    if extra:
        # All at once would be longer than an address may be.
        path += f"?{urlencode(dict(list(extra.items())[turn % ROUNDS :: ROUNDS]))}"
    cookies = {name: one.OutputString() for name, one in client.cookies.items()}
    cache.clear()
    with (
        transaction.atomic(),
        ids.repeatable(f"overposting {act.key}"),
        asking() as asked,
        statements() as seen,
    ):
        response = _send(client, act.method, path, _body(act, extra), act.is_call)
        after = {table: rows_of(tables()[table]) for table in _written(seen)}
        transaction.set_rollback(True)
    network.forget()
    client.cookies.clear()
    for text in cookies.values():
        client.cookies.load(text)
    taken = _documented(act) if act.is_call else asked - set(NOT_OURS)
    new = {(table, row) for table, kept in after.items() for row in kept.keys() - before[table]}
    return Done(response.status_code, frozenset(taken), changes(before, after), frozenset(new))


_WRITES = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?')


def _written(seen: list[str]) -> set[str]:
    """The tables that a statement wrote to; a statement that is not understood is an error."""
    found = set()
    for sql in seen:
        if sql.startswith(WRITES):
            match = _WRITES.match(sql)
            assert match, sql
            found.add(match[1])
    return found & set(tables())


def _body(act: Act, extra: Mapping[str, str]) -> Any:
    if act.is_call:
        said = json.loads(act.said) if act.said else {}
        known = json.dumps({**{one: _as_json(text) for one, text in extra.items()}, **said})
        return known if act.said or extra else None
    # As from any page: an empty body would be none at all.
    said = {"csrfmiddlewaretoken": "x"} | dict(extra) | (act.said or {})
    return {
        name: SimpleUploadedFile("list.csv", value.encode(), "text/csv")
        if value == bodies.TABLE
        else value
        for name, value in said.items()
    }


def _as_json(text: str) -> Any:
    """As a program would write it: numbers and truths are no texts."""
    return {"on": True, "true": True, "31999": 31999}.get(text, text)


@contextmanager
def asking() -> Iterator[set[str]]:
    """Every name that a form or a page asks the request for; while the request is being read, all
    are, and these do not count."""
    asked: set[str] = set()
    originals = {name: getattr(MultiValueDict, name) for name in ("__getitem__", "getlist")}

    def noting(name: str) -> Any:
        def ask(self: Any, key: Any, *more: Any, **named: Any) -> Any:
            if not getattr(self, "_mutable", True):
                asked.add(str(key))
            return originals[name](self, key, *more, **named)

        return ask

    def within(self: Any, key: Any) -> bool:
        if not self._mutable:
            asked.add(str(key))
        return dict.__contains__(self, key)

    with (
        mock.patch.object(MultiValueDict, "__getitem__", noting("__getitem__")),
        mock.patch.object(MultiValueDict, "getlist", noting("getlist")),
        mock.patch.object(QueryDict, "__contains__", within, create=True),
    ):
        yield asked


def _documented(act: Act) -> set[str]:
    """The names that the documentation says an operation takes."""
    for method, route, operation in operations():
        if (method, route) == (act.method, act.route):
            named = {one["name"] for one in operation.get("parameters", [])}
            content = operation.get("requestBody", {}).get("content", {})
            return named | _properties(content.get("application/json", {}).get("schema", {}))
    raise AssertionError(f"{act} is not documented")


def _properties(schema: Mapping[str, Any]) -> set[str]:
    """Of a schema and of all that it is made of."""
    found = set(schema.get("properties", {}))
    for name in re.findall(r"#/components/schemas/(\w+)", json.dumps(schema)):
        found |= _properties(documentation()["components"]["schemas"][name])
    return found


# Judged.


@dataclass
class Judged:
    """What came of all acts: by form or operation what it takes and writes, and what is wrong."""

    lines: set[tuple[str, str, str]] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)
    writing: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def note(self, act: Act, done: Done) -> None:
        self.acts.add(act.key)
        self.lines |= {(act.key, "takes", NUMBER.sub("…", name)) for name in done.asked}
        for table, columns in done.columns.items():
            self.writing.add(act.key)
            self.lines |= {(act.key, table, column) for column in columns}


# Of a form with as many fields as there are columns in a list.
NUMBER = re.compile(r"\d+")


def as_csv(judged: Judged) -> str:
    """A line for each form or operation and table that it writes to, and one for what it takes."""
    together: dict[tuple[str, str], list[str]] = {}
    for act, what, name in sorted(judged.lines):
        together.setdefault((act, what), []).append(name)
    lines = [["act", "what", "names"]]
    return text_of([*lines, *([*key, " ".join(names)] for key, names in together.items())])


def judge(stage: Stage, wanted: list[Act], rounds: int = ROUNDS) -> Judged:
    """Each act as it is meant, then with everything that nobody asked for."""
    browsers = {(act.role, act.is_call): _client(stage, act) for act in wanted}
    before, judged = every_row(), Judged()
    for act in wanted:
        _judge(stage, browsers[act.role, act.is_call], act, before, judged, rounds)
    assert every_row() == before
    return judged


def _client(stage: Stage, act: Act) -> Client:
    return stage.programs(act.role)[0] if act.is_call else stage.browser(act.role)


def _judge(
    stage: Stage, client: Client, act: Act, before: Rows, judged: Judged, rounds: int
) -> None:
    meant = do(client, act, {}, before)
    judged.note(act, meant)
    for turn in range(rounds):
        sent = {
            name: hostile(stage, name, turn) for name in every_name() if name not in meant.asked
        }
        done = do(client, act, sent, before, turn)
        if done.status >= 500:
            judged.wrong.append(f"{act}: {done.status}")
        if done.asked - meant.asked:
            judged.wrong.append(f"{act}: takes {sorted(done.asked - meant.asked)} besides")
        # Refused as a whole is safe as well.
        if done.changes and done.changes != meant.changes:
            judged.wrong.append(f"{act}: {_first(meant.changes, done.changes)}")


def _first(one: Mapping[Any, str], other: Mapping[Any, str]) -> str:
    differs = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
    table, _row, column = differs[0]
    return f"{table}.{column} becomes {other.get(differs[0])} instead of {one.get(differs[0])}"
