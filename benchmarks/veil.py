"""What the veil costs whoever is listed: the same pages with it and without, in the same process.

    python -m benchmarks.veil [--full]

Without means: no statement is searched for the names of veiled tables, and no page looks whether
a veiled card waits. A hundred people are under the radar.
CPU time of one thread, turn about, over every page that `pages.py` names.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from benchmarks.pages import ROOT, Row, Visitor, _environment, _own_home, in_turn, pages

HIDDEN = 100
MOST = 1.10


def run(quick: bool) -> list[Row]:
    """One row: all pages together, with and without."""
    n = 10_000 if quick else 100_000
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.veil", "--measure", str(n)],
        env=_environment(_own_home(n)),
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    rows: list[Row] = json.loads(done.stdout.splitlines()[-1])
    return rows


def measure(n: int) -> list[Row]:
    from benchmarks.populate import open_database, populate

    open_database()
    from footbridge.insight import network
    from footbridge.people.models import Member

    if not Member.objects.exists():
        populate(n)
    visitor = Visitor()
    _hide_some(visitor)
    network.current()
    spent = [_both_ways(ask) for _, ask, _, _ in pages(visitor)]
    behind, bare = (sum(each) for each in zip(*spent, strict=True))
    return [
        {
            "work": f"the veil: {len(spent)} pages one after another, {HIDDEN} people under it",
            "size": f"{Member.objects.count():,}",
            "ours_ms": behind,
            "peers": {"the same without the veil": bare},
            "goal": f"≤ {MOST:.2f} × without",
            "met": behind <= MOST * bare,
        }
    ]


def _hide_some(visitor: Visitor) -> None:
    """Put people behind the veil; nobody twice, however often this is run."""
    from footbridge.people import actions as people
    from footbridge.people.models import Person
    from footbridge.veil import actions as veil
    from footbridge.veil.guard import Service, lifted
    from footbridge.veil.models import Hidden

    with lifted(Service.OPERATOR):
        missing = HIDDEN - Hidden.objects.count()
    others = Person.objects.filter(standing="joined", hosting=None, account=None)
    for person in others.exclude(id__in=[visitor.other.id]).order_by("-id")[: max(0, missing)]:
        people.prove_address(people.account_for(person))
        veil.hide(actor=person)


def _both_ways(ask: Callable[[], Any]) -> list[float]:
    def bare() -> None:
        with _without_the_veil():
            ask()

    return in_turn(ask, bare)


@contextmanager
def _without_the_veil() -> Iterator[None]:
    from django.db import connection

    from footbridge.veil import guard

    kept = list(connection.execute_wrappers)
    connection.execute_wrappers[:] = [one for one in kept if one is not guard._refuse]
    try:
        with mock.patch("footbridge.veil.queries.waiting_for", return_value=[]):
            yield
    finally:
        connection.execute_wrappers[:] = kept


def main() -> int:
    if "--measure" in sys.argv:
        print(json.dumps(measure(int(sys.argv[-1]))))
        return 0
    from benchmarks.__main__ import as_table

    print(as_table(run(quick="--full" not in sys.argv)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
