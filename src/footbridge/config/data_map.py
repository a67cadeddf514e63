"""The data map for people to read: what is kept, why, until when, for whose eyes.

python -m footbridge.config.data_map    write docs/data-map.md anew
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from footbridge.core.data import Kept, Limit, Table

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "data-map.md"

_HEAD = """\
# What is kept, and until when

Written by `make data-map` from the `data_map.py` of each room; a column that no room declares fails
`make check`. *In the export* says where somebody finds it in the file that they can take along.

| class | what it is |
|---|---|
| identity | who someone is |
| contact | where someone can be reached |
| content | what someone said, or what was said of them |
| relation | with whom or what someone has to do |
| consent | what someone agreed to, or wishes |
| secret | keys, digests, sealed words |
| shared | words and places that stand for nobody |
| technical | what the machine needs to keep order |
"""

_LIMITS = """
## What goes by itself

The worker sees to it, about once an hour or once a day.

| what | after | by |
|---|---|---|
"""

_ERASURE = """
## What an erasure leaves

Nothing by name. No table and no file in `FOOTBRIDGE_HOME` holds the name or address of somebody
erased; `tests/policy/test_erasure_everywhere.py` scans them all. What stays:

- **The journal**: that something happened, when, and the random ids of who and what. It holds no
  name and no words, and the row that the id stood for is gone.
- **Figures and roles**: how many rows an import brought; that an organisation's need was opened.
- **Organisations** that the person acted for, with their needs and offers, without the person's
  hand.
- **What others said in their own words**, in their needs or notes to one another.

Three limits. A large network (more than 1,500 members) has a copy in `FOOTBRIDGE_HOME/snapshots`
that the worker rebuilds after each change, within five times what building it takes: until then it
names whom it named. SQLite overwrites what is deleted and empties its log within the hour;
PostgreSQL clears deleted rows by its own vacuum. Backups that were made before keep what they held:
let them run out.

## Agreements

Coming in by a link, and choosing to be found by one's address, are noted with the day and the
version of the words (`people/agreements.py` keeps each version). Taking it back is noted beside it.
Who comes in by a code alone, because a host had listed their address, is shown no such words, so
no agreement is noted. There are no newsletters.
"""


def document(tables: dict[str, Table], limits: list[Limit]) -> str:
    """The whole page."""
    parts = [_HEAD, _limits(limits), _ERASURE]
    for room in dict.fromkeys(map(_room, tables)):
        parts += [f"\n## {room}\n"]
        parts += [_table(label, table) for label, table in tables.items() if _room(label) == room]
    return "".join(parts)


def _room(label: str) -> str:
    return label.partition(".")[0]


def _limits(limits: list[Limit]) -> str:
    rows = (f"| {one.what} | {one.after} | `{_short(one.job)}` |\n" for one in limits)
    return _LIMITS + "".join(rows)


def _short(job: str) -> str:
    return job.removeprefix("footbridge.")


def _table(label: str, table: Table) -> str:
    head = (
        f"\n### {label}\n\n{table.purpose[:1].upper()}{table.purpose[1:]}. "
        f"Until: {table.until}. Seen by: {table.seen_by}.\n\n"
    )
    return (
        head
        + "| column | class | in the export | otherwise |\n|---|---|---|---|\n"
        + "".join(_column(name, kept) for name, kept in table.columns.items())
    )


def _column(name: str, kept: Kept) -> str:
    found = f"`{kept.export}`" if kept.export else f"no: {kept.withheld}" if kept.withheld else "—"
    return f"| {name} | {kept.kind} | {found} | {'; '.join(_otherwise(kept))} |\n"


def _otherwise(kept: Kept) -> Iterator[str]:
    if kept.until:
        yield f"until: {kept.until}"
    if kept.seen_by:
        yield f"seen by: {kept.seen_by}"


def main() -> int:
    from footbridge.people.personal_data import limits, tables

    DOCUMENT.write_text(document(tables(), limits()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footbridge.config.settings")
    django.setup()
    raise SystemExit(main())
