"""Reading imports, what became of their rows, likely duplicates and merges, for a viewer."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from footbridge.core.errors import NotHere
from footbridge.intake import notes, policy, sheets
from footbridge.intake.mapping import Field, Kind, Shape
from footbridge.intake.mapping.shapes import ALLOWED, OF_FUNDING
from footbridge.intake.mapping.values.cells import escape_formula
from footbridge.intake.models import Batch, Duplicate, Merge, RowResult
from footbridge.intake.states import AT_WORK, BatchState, DuplicateState, Verdict
from footbridge.people import cards
from footbridge.people.cards import MemberCard
from footbridge.people.models import Chapter
from footbridge.people.policy import Viewer
from footbridge.people.queries import as_id, by_ids

PAGE = 50

REASONS = {
    "name": lazy("The same name"),
    "look": lazy("Names that look the same"),
    "alike": lazy("Names that are nearly the same"),
    "website": lazy("The same website"),
    "organisation": lazy("The same organisation"),
    "place": lazy("The same place"),
}


def get_batch(viewer: Viewer, batch_id: uuid.UUID | str) -> Batch:
    """One import; NotHere alike for one that is missing and one that is not the viewer's."""
    return _one(policy.visible_to(viewer), batch_id)


Row = TypeVar("Row", Batch, Duplicate, Merge)


def _one(rows: QuerySet[Row], row_id: uuid.UUID | str) -> Row:
    known = as_id(str(row_id))
    found = rows.filter(id=known).first() if known else None
    if found is None:
        raise NotHere
    return found


def batches(viewer: Viewer, chapter: Chapter | None = None, limit: int = 50) -> list[Batch]:
    """The imports of a chapter, or of all that the viewer looks after, the newest first."""
    found = policy.visible_to(viewer)
    return list((found.filter(chapter=chapter) if chapter else found)[:limit])


@dataclass(frozen=True)
class Progress:
    """How far an import has come."""

    state: str
    label: str
    done: int
    total: int
    at_work: bool
    error: str

    @property
    def percent(self) -> int:
        """Never 100 before it is finished."""
        if self.state == BatchState.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0


def progress(viewer: Viewer, batch_id: uuid.UUID | str) -> Progress:
    """How far it is now; made to be asked often."""
    batch = get_batch(viewer, batch_id)
    return Progress(
        state=batch.state,
        label=str(BatchState(batch.state).label),
        done=batch.done,
        total=max(batch.total, batch.done),
        at_work=batch.state in AT_WORK,
        error=batch.error,
    )


@dataclass(frozen=True)
class ColumnCard:
    """A column, what it is taken for, and why."""

    index: int
    title: str
    field: str
    confidence: float
    why: str
    samples: list[str]


@dataclass(frozen=True)
class SheetCard:
    """A sheet as the host sees and corrects it."""

    index: int
    title: str
    shape: str
    kind: str
    why: str
    rows: int | None
    columns: list[ColumnCard]
    notes: list[str]
    left_out: list[str]


def sheets_of(batch: Batch) -> list[SheetCard]:
    """The sheets of an import, with what each column is taken for."""
    return [_sheet_card(index, kept) for index, kept in enumerate(batch.sheets)]


def _sheet_card(index: int, kept: dict[str, Any]) -> SheetCard:
    columns = [
        ColumnCard(
            at,
            column["title"],
            field,
            column["confidence"],
            notes.read([column["why"]])[0],
            column["samples"],
        )
        for at, (column, field) in enumerate(zip(kept["columns"], kept["fields"]))
    ]
    return SheetCard(
        index,
        kept["title"],
        kept["shape"],
        kept["kind"],
        notes.read([kept["why"]])[0],
        kept["rows"],
        columns,
        notes.read([*kept["notes"], *sheets.what_is_left_out(kept)]),
        sheets.left_out(kept),
    )


def is_about_funding(batch: Batch) -> bool:
    """Whether a list is one of funding, by which nobody comes on a list."""
    return bool(batch.sheets) and all(kept["shape"] in OF_FUNDING for kept in batch.sheets)


def fields_for(shape: str) -> list[str]:
    """What a column of such a sheet can be taken for, to choose from."""
    allowed = ALLOWED[Shape(shape)] | {Field.LEAVE_OUT}
    return [str(field) for field in Field if field in allowed]


def shapes() -> list[str]:
    """What one row of a sheet of members can be; lists of funding are brought by a door of their
    own."""
    others = (Shape.VOCABULARY, *OF_FUNDING)
    return [str(shape) for shape in Shape if shape not in others]


def shapes_beside(shape: str) -> list[str]:
    """What a sheet that was taken for one shape can be taken for instead."""
    return sorted(OF_FUNDING) if shape in OF_FUNDING else shapes()


def kinds() -> list[str]:
    """Whom the rows of a sheet of members can describe."""
    return [str(kind) for kind in Kind]


@dataclass(frozen=True)
class RowCard:
    """What became of one row that was not plainly accepted."""

    sheet: str
    number: int
    verdict: str
    label: str
    notes: list[str]
    cells: list[str]


@dataclass(frozen=True)
class ResultPage:
    """Some of the rows that were not plainly accepted."""

    rows: list[RowCard]
    count: int
    page: int
    pages: int


def results(
    viewer: Viewer, batch: Batch, *, verdict: str = "", page: int = 1, size: int = PAGE
) -> ResultPage:
    """The rows that were repaired or refused, in the order of the file."""
    rows = RowResult.objects.filter(batch=get_batch(viewer, batch.id))
    if verdict in Verdict.values:
        rows = rows.filter(verdict=verdict)
    count = rows.count()
    pages = max(1, -(-count // size))
    page = min(max(1, page), pages)
    shown = rows[(page - 1) * size : page * size]
    return ResultPage([_row_card(batch, row) for row in shown], count, page, pages)


def every_result(viewer: Viewer, batch: Batch) -> Iterator[RowCard]:
    """All of them, as a stream."""
    rows = RowResult.objects.filter(batch=get_batch(viewer, batch.id))
    return (_row_card(batch, row) for row in rows.iterator(1000))


def _row_card(batch: Batch, row: RowResult) -> RowCard:
    title = batch.sheets[row.sheet]["title"] if row.sheet < len(batch.sheets) else ""
    label = str(Verdict(row.verdict).label)
    return RowCard(title, row.number, row.verdict, label, notes.read(row.notes), row.cells)


def refused_csv(viewer: Viewer, batch: Batch, sheet: int | None = None) -> Iterator[str]:
    """The refused rows under their own header, with the reasons in a last column: to be mended
    and imported again. What looks like a formula is escaped.

    Sheets stand one below the other, each under its header, unless one is chosen.
    """
    rows = RowResult.objects.filter(
        batch=get_batch(viewer, batch.id), verdict=Verdict.REFUSED
    ).order_by("sheet", "number")
    if sheet is not None:
        rows = rows.filter(sheet=sheet)
    last = None
    for row in rows.iterator(1000):
        if row.sheet != last:
            if last is not None:
                yield "\r\n"
            columns = batch.sheets[row.sheet]["columns"]
            yield _csv_line([*(column["title"] for column in columns), _("Why not")])
            last = row.sheet
        yield _csv_line([*row.cells, " ".join(notes.read(row.notes))])


def _csv_line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([escape_formula(cell) for cell in cells])
    return buffer.getvalue()


@dataclass(frozen=True)
class DuplicateCard:
    """Two members who may be one, and what makes it likely."""

    id: uuid.UUID
    one: MemberCard
    other: MemberCard
    likeness: float
    why: list[str]


def duplicates(
    viewer: Viewer, chapter: Chapter | None = None, limit: int = 50
) -> list[DuplicateCard]:
    """Pairs that wait for a host to decide, the likeliest first."""
    rows = list(_open_duplicates(viewer, chapter)[:limit])
    members = by_ids(viewer, {one for row in rows for one in (row.one_id, row.other_id)})
    shown = {card.id: card for card in cards.cards(viewer, members.values())}
    return [
        DuplicateCard(
            row.id,
            shown[row.one_id],
            shown[row.other_id],
            row.likeness,
            [str(REASONS[code]) for code in row.why if code in REASONS],
        )
        for row in rows
    ]


def _open_duplicates(viewer: Viewer, chapter: Chapter | None) -> Any:
    rows = policy.duplicates_visible_to(viewer).filter(state=DuplicateState.OPEN)
    return rows.filter(one__chapter=chapter) if chapter else rows


def count_duplicates(viewer: Viewer, chapter: Chapter | None = None) -> int:
    """How many pairs wait for a decision."""
    count: int = _open_duplicates(viewer, chapter).count()
    return count


def get_duplicate(viewer: Viewer, duplicate_id: uuid.UUID | str) -> Duplicate:
    """One pair; NotHere alike for one that is missing and one that is not the viewer's."""
    return _one(policy.duplicates_visible_to(viewer), duplicate_id)


@dataclass(frozen=True)
class MergeCard:
    """Two members who were made one, and whether that can still be undone."""

    id: uuid.UUID
    kept_id: uuid.UUID
    kept: str
    gone: str
    by: str
    merged_at: Any
    undone_at: Any


def merges(viewer: Viewer, chapter: Chapter | None = None, limit: int = 50) -> list[MergeCard]:
    """What was merged, the newest first."""
    rows = policy.merges_visible_to(viewer)
    rows = rows.filter(chapter=chapter) if chapter else rows
    return [
        MergeCard(
            row.id,
            row.kept_id,
            row.kept.name,
            row.gone.get("name", ""),
            row.by.name if row.by else "",
            row.merged_at,
            row.undone_at,
        )
        for row in rows[:limit]
    ]


def get_merge(viewer: Viewer, merge_id: uuid.UUID | str) -> Merge:
    """One merge; NotHere alike for one that is missing and one that is not the viewer's."""
    return _one(policy.merges_visible_to(viewer), merge_id)
