"""Bringing small lists in, as a host would, and looking at all that the database holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core import serializers

from footbridge.core.audience import OPERATOR
from footbridge.intake import actions, queries
from footbridge.intake.models import Batch
from footbridge.people.models import Chapter
from footbridge.people.policy import Viewer
from footbridge.veil.guard import Service, lifted

# What happened is recorded each time; what is so must not change.
RECORDS = {"journal.entry", "journal.delivery", "intake.batch", "intake.rowresult"}


def bring_in(chapter: Chapter, *lists: str | bytes, actor: Viewer = OPERATOR) -> Batch:
    """Import lists that are given as text, together."""
    given = [
        actions.Given(text.encode() if isinstance(text, str) else text, f"list {number}.csv")
        for number, text in enumerate(lists, 1)
    ]
    batch = actions.read_files(actor=actor, chapter=chapter, files=given)
    done = actions.start(actor=actor, batch=batch, wait=True)
    assert done.state == "done", done.error
    return done


def try_out(chapter: Chapter, *lists: str, actor: Viewer = OPERATOR) -> Batch:
    """Try lists without importing anyone."""
    given = [actions.Given(text.encode(), f"list {at}.csv") for at, text in enumerate(lists, 1)]
    batch = actions.read_files(actor=actor, chapter=chapter, files=given)
    return actions.check(actor=actor, batch=batch, wait=True)


def verdicts(batch: Batch) -> tuple[int, int, int]:
    """How many rows were accepted, repaired and refused."""
    counts = batch.counts
    return counts["accepted"], counts["repaired"], counts["refused"]


def said_of(batch: Batch) -> dict[int, tuple[str, list[str]]]:
    """What was said of each row that was not plainly accepted, by its number."""
    rows = queries.every_result(OPERATOR, batch)
    return {row.number: (row.verdict, row.notes) for row in rows}


def everything(leave_out: Iterable[str] = RECORDS) -> dict[str, list[Any]]:
    """Every row of every table of ours, but for the records of what happened."""
    left = set(leave_out)
    found = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        ours = model.__module__.startswith("footbridge.")
        if ours and not model._meta.proxy and label not in left:
            rows = model._base_manager.order_by("pk")
            with lifted(Service.OPERATOR):
                found[label] = serializers.serialize("python", rows)
    return found


def hash_of_everything() -> str:
    """One number that changes with any row."""
    return hashlib.sha256(repr(everything()).encode()).hexdigest()
