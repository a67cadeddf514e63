"""Steps to a newer version on a populated database, killed in their midst and taken again."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable

from tests.faults.home import Home
from tests.faults.outcome import Outcome

# Rows that say which steps were taken, and what the steps themselves bring.
NOT_COMPARED = {"django_migrations", "sqlite_sequence"}


def interrupt_the_steps(
    home: Home, kills: int, *, again: Callable[[int], Home], seed: int = 1
) -> Outcome:
    """`again` gives the home as it was before the steps, populated. Its rows are those of before
    and the steps are all taken, however often they were interrupted on the way."""
    rows = fingerprints(home)
    columns = {name: _columns(home, name) for name in rows}
    statements = int(_taken(again(0)))
    drawn = random.Random(seed)
    found = torn = 0
    words = [f"{statements} statements"]
    for number in range(kills):
        there = again(number + 1)
        # What the first attempt has finished the second one need not do.
        first = drawn.randint(1, statements)
        for at in (first, drawn.randint(1, max(1, statements - first))):
            killed = there.script("stepping", str(at))
            assert killed.returncode != 0, "it outlived its end"
        there.run("migrate")
        changed = [name for name in rows if _digest(there, name, columns[name]) != rows[name]]
        found += len(rows) - len(changed)
        words += [f"changed: {', '.join(changed)}"] if changed else []
        ailing = there.torn()
        torn += bool(ailing) + ("database" in there.try_to("check").stdout)
        words += ailing
    told = len(rows) * kills
    return Outcome(
        f"steps killed, {home.kind}", f"{2 * kills} kills", told, found, told - found, torn, 0,
        ", ".join(words),
    )  # fmt: skip


def _taken(home: Home) -> str:
    done = home.script("stepping", "0")
    assert done.returncode == 0, done.stderr
    return done.stdout


def fingerprints(home: Home) -> dict[str, str]:
    """A digest of the rows of each table that has any."""
    names = [name for name in _tables(home) if name not in NOT_COMPARED]
    found = {name: _digest(home, name, _columns(home, name)) for name in names}
    return {name: digest for name, digest in found.items() if digest}


def _tables(home: Home) -> list[str]:
    where = (
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if home.url
        else "SELECT name FROM sqlite_master WHERE type = 'table'"
    )
    return sorted(row[0] for row in home.ask(where))


def _digest(home: Home, table: str, columns: Iterable[str]) -> str:
    """Whatever the order of rows and columns, which steps may change."""
    named = ", ".join(f'"{name}"' for name in sorted(columns))
    rows = sorted(repr(row) for row in home.ask(f'SELECT {named} FROM "{table}"'))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest() if rows else ""


def _columns(home: Home, table: str) -> list[str]:
    if home.url:
        asked = (
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
            f"AND table_name = '{table}'"
        )
        return [row[0] for row in home.ask(asked)]
    return [row[1] for row in home.ask(f'PRAGMA table_info("{table}")')]


def earlier(home: Home) -> None:
    """Take a home back to its first steps: what later ones added goes, its rows stay."""
    done = home.script("back")
    assert done.returncode == 0, done.stderr
