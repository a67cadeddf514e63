"""docs/who-reads-what.md: the tables of what comes back, as a person reads them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.matrix.overposting import WRITES_FILE
from tests.matrix.rules import MEMBERS
from tests.matrix.seen import FIELDS, READ, ROLES
from tests.matrix.tables import HERE

PAGE = HERE.parents[1] / "docs" / "who-reads-what.md"

INTRODUCTION = """\
# Who reads what, and what a form writes

*Written by `python -m tests.matrix`; do not edit. What stands here follows from no declaration: it
is what the server does, seen by `pytest tests/matrix` with a word of its own in each text of a
small network. Who the roles are says [permissions.md](permissions.md). Where on which page a text
stands is in `tests/matrix/read_where.csv`.*

## Texts, and by whom they are read

*By link*: by everybody who holds one of the signed links. What is not here is read by nobody.

{texts}

## Fields of the API

Each operation with the fields of its answers, and the roles that get them.

{fields}

## What each form and operation takes, and what it writes

Whatever else is sent along changes nothing. `+` is a new row, `-` one that is gone.

{writes}
"""


def as_page() -> str:
    """The page from the tables as they stand."""
    return INTRODUCTION.format(
        texts="\n".join(_texts()), fields="\n".join(_fields()), writes="\n".join(_writes())
    )


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def _texts() -> Iterator[str]:
    yield from ("| text | whose | by | read by |", "|---|---|---|---|")
    for row in sorted(_lines(READ), key=lambda row: (row["text"], row["whose"], row["by"])):
        yield f"| `{row['text']}` | {row['whose']} | {row['by']} | {_who(row)} |"


def _fields() -> Iterator[str]:
    yield from ("| operation | fields | got by |", "|---|---|---|")
    together: dict[tuple[str, str], list[str]] = {}
    for row in _lines(FIELDS):
        together.setdefault((row["operation"], _who(row)), []).append(row["field"])
    for (operation, who), fields in together.items():
        yield f"| `{operation}` | {_named(fields)} | {who} |"


def _writes() -> Iterator[str]:
    yield from ("| form or operation | takes or writes | names |", "|---|---|---|")
    for row in _lines(WRITES_FILE):
        yield f"| `{row['act']}` | {row['what']} | {_named(row['names'].split())} |"


def _named(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def _who(row: dict[str, str]) -> str:
    """The roles, summed up where they are many."""
    roles = [role for role in ROLES if row[role]]
    if row.get("by") == "link" and len(roles) > len(MEMBERS):
        return "everybody who holds it"
    if set(roles) == set(MEMBERS):
        return "every member"
    if set(roles) > set(MEMBERS):
        others = [role for role in roles if role not in MEMBERS]
        return f"every member, {', '.join(others)}"
    return ", ".join(roles)
