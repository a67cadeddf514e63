"""docs/permissions.md: the tables, as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.matrix import rules
from tests.matrix.expect import Row, call_rows, is_nothing, page_rows
from tests.matrix.surface import SAFE, Page, pages

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"

INTRODUCTION = """\
# Who may do what

*Written by `python -m tests.matrix`; do not edit. {cells} cells follow from what each view declares
and from whose things are, and each is asked of the server by `pytest tests/matrix`.*

Each page declares its audience, and does not start without. Within it, a thing is answered only to
those to whom it is shown: to everyone else it is as if it were not there, to the last byte, with
the same statements to the database, and nothing is changed. A page that is not for someone sends
them to sign in, or is not there. A call to the API needs a personal token and can do what its
person can; being signed in to the pages counts for nothing there.

Which texts each of them reads there, which fields the API gives to whom, and what each form takes
and writes, stands in [who-reads-what.md](who-reads-what.md).

## The roles

{roles}

## Pages

{pages}

## Operations of the API

{calls}
"""


def as_page() -> str:
    """The whole page."""
    from tests.matrix.tables import cells

    told = "\n".join(f"- **{role}**: {who}." for role, who in _everyone().items())
    return INTRODUCTION.format(
        cells=f"{cells():,}", roles=told, pages=_of_pages(), calls=_of_calls()
    )


def _everyone() -> dict[str, str]:
    return {**rules.OUTSIDE, **rules.WAITING, **rules.UNDER_THE_RADAR, **rules.MEMBERS}


def _of_pages() -> str:
    lines = ["| page | for | thing | read by | written by |", "|---|---|---|---|---|"]
    by_route: dict[str, Page] = {page.route: page for page in pages()}
    for (route, thing), rows in _together(page_rows()).items():
        page = by_route[route]
        read = _who(rows, [m for m in page.methods if m in SAFE])
        written = _who(rows, [m for m in page.methods if m not in SAFE])
        cells = [f"`{route}`", page.audience.value, thing, read, written]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _of_calls() -> str:
    lines = ["| operation | thing | by |", "|---|---|---|"]
    for (route, thing), rows in _together(call_rows()).items():
        for method, row in rows.items():
            if any(word != "405" for _role, word in row.answers):
                lines.append(f"| `{method} {route}` | {thing} | {_who(rows, [method])} |")
    return "\n".join(lines)


def _together(rows: Iterable[Row]) -> dict[tuple[str, str], dict[str, Row]]:
    """Rows by address and thing, then by method; what is not there is said once, above."""
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        if not is_nothing(row.thing):
            found.setdefault((row.route, row.thing), {})[row.method] = row
    return found


def _who(rows: dict[str, Row], methods: list[str]) -> str:
    """The roles that are let in by any of these methods, or how the rest is summed up."""
    if not methods:
        return "—"
    answers = [rows[method].answers for method in methods]
    let_in = [role for role, _ in answers[0] if any(dict(one)[role] == "in" for one in answers)]
    everyone = [role for role, _ in answers[0]]
    members = list(rules.MEMBERS)
    if let_in == everyone:
        return "everyone"
    if let_in == members:
        return "every member"
    return ", ".join(let_in) or "nobody"
