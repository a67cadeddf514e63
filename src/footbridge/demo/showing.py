"""Somebody who is an example for everyone on the web, and somebody who shows much to few."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import Row, rows
from footbridge.people import actions
from footbridge.people.states import Seen


def showing(stage: Stage) -> Iterator[Event]:
    """Who chose to be seen by fewer than all members, or by more."""
    for row in rows("showing"):
        yield Event(float(row["days"]), f"showing:{row['key']}", partial(_show, stage, row))


def _show(stage: Stage, row: Row) -> None:
    person = stage.people[row["key"]]
    actions.edit(person, person, about=row["about"])
    for seen in (Seen.INTRODUCED, Seen.EVERYONE):
        actions.show(actor=person, **dict.fromkeys(row[seen].split(), seen))
    if row["address"]:
        actions.go_public(actor=person, address=row["address"])
    stage.again(row["key"])
