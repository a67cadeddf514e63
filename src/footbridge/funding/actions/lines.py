"""One line at a time: added, changed, looked at again, over, open again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.core.versions import Version, expect
from footbridge.exchange.models import Cause
from footbridge.funding import policy
from footbridge.funding.actions._columns import of_line
from footbridge.funding.models import Line
from footbridge.funding.said import LineSaid
from footbridge.journal.actions import record
from footbridge.people.actions.rows import held
from footbridge.people.models import Chapter, Organisation, Person
from footbridge.people.policy import Viewer, id_of


@transaction.atomic
def add_line(*, actor: Viewer, chapter: Chapter, said: LineSaid) -> Line:
    """Add a funding line that exists elsewhere, with where that is known from. Whoever adds it
    has looked."""
    if not policy.may_look_after(actor, chapter):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))
    columns = of_line(said, _funder(said))
    Chapter.objects.select_for_update().get(id=chapter.id)
    if Line.objects.filter(key=said.key).exists():
        raise Conflict(_("This line is here already."))
    line = Line(chapter=chapter, key=said.key, checked_by=_person(actor), **columns)
    line.save(force_insert=True)
    line.causes.set(_causes(said))
    record("funding.line_added", line.id, actor=id_of(actor))
    return line


@transaction.atomic
def change_line(
    *, actor: Viewer, line: Line, said: LineSaid, version: Version | None = None
) -> Line:
    """Correct a line. `version` is that of what was seen: a newer one raises Overtaken."""
    row = _held(actor, line)
    columns = of_line(said, _funder(said))
    expect(version, row.version, lambda: _as_it_stands(row))
    if Line.objects.filter(key=said.key).exclude(id=row.id).exists():
        raise Conflict(_("This line is here already."))
    for name, value in columns.items():
        setattr(row, name, value)
    row.key, row.checked_by, row.version = said.key, _person(actor), row.version + 1
    row.save()
    row.causes.set(_causes(said))
    record("funding.line_changed", row.id, actor=id_of(actor))
    return row


def _as_it_stands(row: Line) -> Mapping[str, Any]:
    return {"title": row.title, "conditions": row.conditions, "url": row.url}


@transaction.atomic
def check_line(*, actor: Viewer, line: Line) -> Line:
    """Say that one has looked today, and that it is so."""
    row = _held(actor, line)
    row.checked_on, row.checked_by = clock.today(), _person(actor)
    row.version += 1
    row.save(update_fields=["checked_on", "checked_by", "version"])
    record("funding.line_checked", row.id, actor=id_of(actor))
    return row


@transaction.atomic
def close_line(*, actor: Viewer, line: Line) -> Line:
    """Say that a line is over. Said twice it stays as it is."""
    row = _held(actor, line)
    if row.closed_at is None:
        row.closed_at = clock.now()
        row.version += 1
        row.save(update_fields=["closed_at", "version"])
        record("funding.line_closed", row.id, actor=id_of(actor))
    return row


@transaction.atomic
def open_line(*, actor: Viewer, line: Line) -> Line:
    """Say that a line is open after all."""
    row = _held(actor, line)
    if row.closed_at is not None:
        row.closed_at = None
        row.version += 1
        row.save(update_fields=["closed_at", "version"])
        record("funding.line_opened", row.id, actor=id_of(actor))
    return row


def _held(actor: Viewer, line: Line) -> Line:
    row = held(Line, line.id)
    if not policy.may_change(actor, row):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))
    return row


def _funder(said: LineSaid) -> Organisation | None:
    if said.funder_id is None:
        return None
    found = Organisation.objects.filter(id=said.funder_id).first()
    if found is None:
        raise NotHere
    return found


def _causes(said: LineSaid) -> list[Cause]:
    return list(Cause.objects.filter(id__in=said.causes))


def _person(actor: Viewer) -> Person | None:
    return actor if isinstance(actor, Person) else None
