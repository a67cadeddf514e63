"""What imports hold about one person, to hand over and to erase: cells of a list that a host of
any chapter brought, kept for a month so that refused rows can be mended, and what was written down
so that a merge can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.words import fold
from footbridge.intake import sheets
from footbridge.intake.models import Batch, Merge, RowResult
from footbridge.intake.states import BatchState
from footbridge.people.models import Person

ENDED = (BatchState.DONE, BatchState.FAILED)
Mentions = Callable[[str], bool]


def export(person: Person) -> dict[str, Any]:
    """The rows of lists that speak of them, as they stood there; and the records of theirs that
    were made one with this one; and the lists that they brought themselves."""
    mentions = _mentions(person)
    brought = Batch.objects.filter(owner=person.id).select_related("chapter").order_by("created_at")
    merged = Merge.objects.filter(kept=person.id).order_by("merged_at", "id")
    return {
        "brought": [
            {
                "name": batch.name,
                "chapter": batch.chapter.name,
                "created_at": batch.created_at.isoformat(),
            }
            for batch in brought
        ],
        "rows": [row.cells for row in _rows() if mentions(" ".join(row.cells))],
        "merged": [
            {"gone": one.gone, "filled": one.filled, "merged_at": one.merged_at.isoformat()}
            for one in merged
        ],
    }


def erase(person: Person) -> None:
    """Forget the files, rows and samples of each import that speaks of them, in whatever chapter.

    One that is under way stops: brought in later, it would bring them back. Its host is told that
    the list is kept no longer, in the words that are used whenever that is so.
    """
    mentions = _mentions(person)
    told = {row.batch_id for row in _rows() if mentions(_row_text(row))}
    for batch in Batch.objects.all():
        if batch.owner_id == person.id:
            _forget_files(batch)  # the row goes with the person
        elif batch.id in told or mentions(_batch_text(batch)) or _in_files(batch, mentions):
            _forget(batch, mentions)
    _forget_in_merges(person, mentions)


def _mentions(person: Person) -> Mentions:
    """Whether a text holds their address or their whole name."""
    words = [fold(word) for word in (person.email, person.name) if word]
    return lambda text: any(word in fold(text) for word in words)


def _rows() -> Iterator[RowResult]:
    return RowResult.objects.order_by("batch", "sheet", "number").iterator(chunk_size=1000)


def _row_text(row: RowResult) -> str:
    return " ".join([*row.cells, _as_text(row.notes)])


def _batch_text(batch: Batch) -> str:
    return " ".join([batch.name, batch.error, _as_text(batch.sheets)])


def _as_text(held: Any) -> str:
    return json.dumps(held, ensure_ascii=False)


def _in_files(batch: Batch, mentions: Mentions) -> bool:
    """Whether a file of theirs does. What cannot be read as text counts as if it did."""
    files = sorted(path for path in sheets.folder(batch.id).rglob("*") if path.is_file())
    return any(_in_text(path.read_bytes(), mentions) for path in files)


def _in_text(held: bytes, mentions: Mentions) -> bool:
    try:
        return mentions(held.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return True


def _forget(batch: Batch, mentions: Mentions) -> None:
    """The rest of it stays: who brought a list when, and how many rows came in."""
    RowResult.objects.filter(batch=batch).delete()
    changes: dict[str, Any] = {"sheets": [], "error": ""}
    if mentions(batch.name):
        changes["name"] = _("A list")
    if batch.state not in ENDED:
        changes |= {
            "state": BatchState.FAILED,
            "error": _("This list is kept no longer. To go on, bring it once more."),
            # A worker that is at it finds its claim gone and leaves its last block undone.
            "claim": None,
            "finished_at": clock.now(),
        }
    Batch.objects.filter(id=batch.id).update(**changes)
    _forget_files(batch)


def _forget_files(batch: Batch) -> None:
    transaction.on_commit(lambda: sheets.forget(batch.id))


def _forget_in_merges(person: Person, mentions: Mentions) -> None:
    """A record that was theirs cannot come back, nor of two others what speaks of them."""
    own = str(person.id)
    for merge in Merge.objects.all():
        if merge.gone.get("id") == own:
            merge.delete()
            continue
        kept = {
            "moved": [row for row in merge.moved if not _tells(row, own, mentions)],
            "dropped": [row for row in merge.dropped if not _tells(row, own, mentions)],
            "filled": {
                name: pair for name, pair in merge.filled.items() if not _tells(pair, own, mentions)
            },
        }
        if any(getattr(merge, part) != value for part, value in kept.items()):
            Merge.objects.filter(id=merge.id).update(**kept)


def _tells(held: Any, own: str, mentions: Mentions) -> bool:
    text = _as_text(held)
    return own in text or mentions(text)
