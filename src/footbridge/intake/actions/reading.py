"""Taking a list in: its files are kept, its sheets looked at, its columns given a meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.core.words import clean_line
from footbridge.intake import policy, sheets
from footbridge.intake.mapping import Field, Kind, Shape
from footbridge.intake.models import Batch, KnownMapping
from footbridge.intake.reading import open_sheets
from footbridge.intake.sheets import KnownFrom, Source
from footbridge.intake.states import AT_WORK, BatchState
from footbridge.journal.actions import record
from footbridge.people.actions.rows import held
from footbridge.people.models import Chapter, Person
from footbridge.people.policy import Viewer, id_of

MOST_FILES = 20


class Given(NamedTuple):
    """A file as it was handed over: a path, its bytes or an open upload; and what it is called."""

    source: Source
    name: str


def read_file(*, actor: Viewer, chapter: Chapter, source: Source, name: str) -> Batch:
    """Take in one file and guess what its columns mean. Nobody is imported yet."""
    return read_files(actor=actor, chapter=chapter, files=[Given(source, name)])


def read_paste(*, actor: Viewer, chapter: Chapter, text: str, name: str = "") -> Batch:
    """Take in cells that were pasted from a spreadsheet, a mail or a page."""
    called = clean_line(name)[:200] or _("Pasted list")
    return read_files(actor=actor, chapter=chapter, files=[Given(text, called)])


def read_files(
    *, actor: Viewer, chapter: Chapter, files: Sequence[Given], known_from: KnownFrom | None = None
) -> Batch:
    """Take in several files as one import: a list of ties finds its ends in the others. With
    `known_from` they are lists of funding, and nobody comes on a list by them.

    Raises UnreadableFile with a sentence for the person when there is nothing to read.
    """
    if not policy.may_import(actor, chapter):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))
    if not 1 <= len(files) <= MOST_FILES:
        raise DomainError(
            _("Choose between one and %(most)d files.") % {"most": MOST_FILES}, field="file"
        )
    batch = Batch(
        owner=actor if isinstance(actor, Person) else None,
        chapter=chapter,
        name=_called(files),
    )
    try:
        _look_into(batch, files, known_from)
        _save_read(batch, actor)
    except BaseException:
        sheets.forget(batch.id)
        raise
    return batch


def check_readable(path: Path) -> None:
    """Raise UnreadableFile, with a sentence that says why, where a file cannot be read at all."""
    for _sheet in open_sheets(path, path.name):
        return


def _called(files: Sequence[Given]) -> str:
    return ", ".join(clean_line(file.name) for file in files)[:200] or _("A list")


def _look_into(batch: Batch, files: Sequence[Given], known_from: KnownFrom | None) -> None:
    kept = [
        (sheets.keep(batch.id, index, file.source, file.name), clean_line(file.name)[:200])
        for index, file in enumerate(files)
    ]
    found = list(sheets.described(batch.id, kept))
    keys = {sheets.fingerprint(one.sheet.header) for one in found}
    known = dict(
        KnownMapping.objects.filter(chapter=batch.chapter, header__in=keys).values_list(
            "header", "mapping"
        )
    )
    batch.sheets = [
        one.as_json(known.get(sheets.fingerprint(one.sheet.header)), known_from) for one in found
    ]
    batch.total = sum(kept["rows"] or 0 for kept in batch.sheets)


@transaction.atomic
def _save_read(batch: Batch, actor: Viewer) -> None:
    batch.save(force_insert=True)
    record("intake.list_read", batch.id, actor=id_of(actor))


@transaction.atomic
def set_mapping(
    *,
    actor: Viewer,
    batch: Batch,
    sheet: int = 0,
    columns: Mapping[int, Field | str] | None = None,
    shape: Shape | str = "",
    kind: Kind | str = "",
) -> Batch:
    """Correct what columns of a sheet mean, or what one row of it is. The chapter remembers it
    for the next list with the same header, and the list is to be tried again."""
    row = _changeable(actor, batch)
    kept = _sheet(row, sheet)
    for index, field in (columns or {}).items():
        if not 0 <= index < len(kept["columns"]):
            raise DomainError(_("There is no such column."), field="columns")
        kept["fields"][index] = str(_one_of(Field, field))
    kept["shape"] = str(_one_of(Shape, shape or kept["shape"]))
    kept["kind"] = str(_one_of(Kind, kind or kept["kind"]))
    row.state, row.counts, row.done = BatchState.READ, {}, 0
    row.save(update_fields=["sheets", "state", "counts", "done"])
    KnownMapping.objects.update_or_create(
        chapter=row.chapter,
        header=sheets.header_key(kept),
        defaults={"mapping": sheets.remembered(kept), "since": clock.now()},
    )
    record("intake.columns_set", row.id, actor=id_of(actor))
    return row


def _changeable(actor: Viewer, batch: Batch) -> Batch:
    row = held(Batch, batch.id)
    if not policy.may_import(actor, row.chapter):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))
    if row.state in AT_WORK or row.state == BatchState.DONE:
        raise Conflict(_("This list is being imported already."))
    return row


def _sheet(batch: Batch, index: int) -> dict[str, Any]:
    if not 0 <= index < len(batch.sheets):
        raise DomainError(_("There is no such sheet."), field="sheet")
    found: dict[str, Any] = batch.sheets[index]
    return found


def _one_of(kind: type[Field] | type[Shape] | type[Kind], value: str) -> Field | Shape | Kind:
    try:
        return kind(value)
    except ValueError as error:
        raise DomainError(_("Choose one of the meanings offered."), field="columns") from error


@transaction.atomic
def discard(*, actor: Viewer, batch: Batch) -> None:
    """Throw a list away that was not imported, with its files."""
    row = _changeable(actor, batch)
    record("intake.list_discarded", row.id, actor=id_of(actor))
    row.delete()
    transaction.on_commit(lambda: sheets.forget(batch.id))
