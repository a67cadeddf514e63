"""What imports hold about one person, to hand over and to erase: cells of a list that a host
brought, kept for a month so that refused rows can be mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from footbridge.core.words import fold
from footbridge.intake import sheets
from footbridge.intake.models import Batch, RowResult
from footbridge.intake.states import BatchState
from footbridge.people.models import Person

ENDED = (BatchState.DONE, BatchState.FAILED)
Mentions = Callable[[str], bool]


def export(person: Person) -> dict[str, Any]:
    """The rows of lists that speak of them, as they stood there."""
    mentions = _mentions(person)
    return {"rows": [row.cells for row in _rows(person) if mentions(" ".join(row.cells))]}


def erase(person: Person) -> None:
    """Forget the files, rows and samples of each ended import that speaks of them. One that is
    under way ends by being brought in or discarded, and is forgotten then."""
    mentions = _mentions(person)
    told = {row.batch_id for row in _rows(person) if mentions(" ".join(row.cells))}
    for batch in Batch.objects.filter(chapter=person.chapter_id, state__in=ENDED):
        if batch.id in told or mentions(str(batch.sheets)) or _in_files(batch, mentions):
            RowResult.objects.filter(batch=batch).delete()
            Batch.objects.filter(id=batch.id).update(sheets=[])
            sheets.forget(batch.id)


def _mentions(person: Person) -> Mentions:
    """Whether a text holds their address or their whole name."""
    words = [fold(word) for word in (person.email, person.name) if word]
    return lambda text: any(word in fold(text) for word in words)


def _rows(person: Person) -> Any:
    rows = RowResult.objects.filter(batch__chapter=person.chapter_id)
    return rows.order_by("batch", "sheet", "number").iterator(chunk_size=1000)


def _in_files(batch: Batch, mentions: Mentions) -> bool:
    """Whether a file of theirs does. What cannot be read as text counts as if it did."""
    files = sorted(path for path in sheets.folder(batch.id).rglob("*") if path.is_file())
    return any(_in_text(path.read_bytes(), mentions) for path in files)


def _in_text(held: bytes, mentions: Mentions) -> bool:
    try:
        return mentions(held.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return True
