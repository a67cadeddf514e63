"""Series and run-sheets: what hosts plan with, again and again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.circles.models import Circle
from footbridge.core import clock, typed
from footbridge.core.errors import DomainError, NotAllowed, NotHere
from footbridge.core.versions import Version, expect
from footbridge.journal import actions as journal
from footbridge.meetings import policy
from footbridge.meetings.actions import _said
from footbridge.meetings.formats import shape_of, steps_from, steps_to
from footbridge.meetings.models import RunSheet, Series, Session
from footbridge.meetings.states import Format
from footbridge.people.models import Chapter, Organisation, Person
from footbridge.people.policy import Viewer, id_of

LONGEST_APART = 3 * 365


@transaction.atomic
def start_series(
    *,
    actor: Viewer,
    chapter: Chapter,
    title: str,
    about: str = "",
    for_body: Organisation | None = None,
    apart_days: int = 90,
    circle: Circle | None = None,
    is_demo: bool = False,
) -> Series:
    """Begin sessions that belong together. `for_body` is the partner body of a programme; two who
    met are not put together again for `apart_days`. A series for a circle is closed, and any of
    those in it may begin and change it."""
    _require_host(actor, chapter, circle)
    said = {"title": title, "about": about, "for_body": for_body, "apart_days": apart_days}
    series = Series(
        chapter=chapter, circle=circle, is_demo=is_demo or chapter.is_demo, **_series(said)
    )
    series.made_by = actor if isinstance(actor, Person) else None
    series.save()
    journal.record("meetings.series_started", series.id, actor=id_of(actor))
    return series


def _require_host(actor: Viewer, chapter: Chapter, circle: Circle | None = None) -> None:
    if not policy.may_plan(actor, chapter, circle):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))


def _series(said: dict[str, Any]) -> dict[str, Any]:
    return _said.tidied(
        said,
        {
            "title": lambda text: typed.words(Series, "title", text),
            "about": lambda text: typed.words(Series, "about", text),
            "for_body": lambda body: body,
            "apart_days": lambda days: _said.number(days, "apart_days", 0, LONGEST_APART),
        },
    )


@transaction.atomic
def edit_series(
    *, actor: Viewer, series: Series, seen: Version | None = None, **changes: Any
) -> Series:
    """Change a series' title, about, partner body, or the days that two who met are kept apart.
    `seen` is the version that was seen: a newer one raises Overtaken."""
    row = held_series(actor, series)
    expect(seen, row.version, lambda: {name: _plain(getattr(row, name)) for name in changes})
    new = _series(changes)
    if any(getattr(row, name) != value for name, value in new.items()):
        for name, value in new.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        journal.record("meetings.series_edited", row.id, actor=id_of(actor))
    return row


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, Organisation) else value


def held_series(actor: Viewer, series: Series) -> Series:
    """Take a series, for the hosts of its chapter, for the length of the transaction."""
    rows = Series.objects.select_for_update(of=("self",))
    row = rows.select_related("chapter", "for_body", "circle").filter(id=series.id).first()
    if row is None:
        raise NotHere
    _require_host(actor, row.chapter, row.circle)
    return row


@transaction.atomic
def end_series(*, actor: Viewer, series: Series) -> Series:
    """End a series: nothing new is planned in it, and what was planned takes place."""
    row = held_series(actor, series)
    if row.ended_at is None:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        journal.record("meetings.series_ended", row.id, actor=id_of(actor))
    return row


@transaction.atomic
def clone_run_sheet(
    *, actor: Viewer, chapter: Chapter, source: RunSheet | Session | Format | str, name: str = ""
) -> RunSheet:
    """Make a chapter's own run-sheet from a format as we ship it, from another one, or from a
    session as it was run."""
    _require_host(actor, chapter)
    sheet = _copy(actor, source)
    sheet.chapter, sheet.is_demo = chapter, chapter.is_demo
    sheet.name = typed.words(RunSheet, "name", name or sheet.name)
    sheet.made_by = actor if isinstance(actor, Person) else None
    sheet.save()
    journal.record("meetings.run_sheet_cloned", sheet.id, actor=id_of(actor))
    return sheet


def _copy(actor: Viewer, source: RunSheet | Session | Format | str) -> RunSheet:
    if isinstance(source, RunSheet | Session):
        _require_host(actor, source.chapter)
        label = source.name if isinstance(source, RunSheet) else source.title
        kept = {"cap": source.cap, "quorum": source.quorum, "steps": source.steps}
        return RunSheet(format=source.format, name=label, **kept)
    try:
        shape = shape_of(source)
    except ValueError as error:
        raise DomainError(_("Choose a format."), field="format") from error
    kept = {"cap": shape.cap, "quorum": shape.quorum, "steps": steps_to(shape.steps)}
    return RunSheet(format=shape.format, name=str(shape.format.label), **kept)


@transaction.atomic
def edit_run_sheet(
    *, actor: Viewer, run_sheet: RunSheet, seen: Version | None = None, **changes: Any
) -> RunSheet:
    """Change a run-sheet's name, steps, seats or fewest people. Sessions that were planned from it
    keep theirs. `seen` is the version that was seen: a newer one raises Overtaken."""
    row = _held_sheet(actor, run_sheet)
    expect(seen, row.version, lambda: {name: getattr(row, name) for name in changes})
    new = _said.tidied(changes, _sheet_fields(row))
    if any(getattr(row, name) != value for name, value in new.items()):
        for name, value in new.items():
            setattr(row, name, value)
        row.quorum = _said.quorum(row.quorum, row.cap)
        row.version += 1
        row.save()
        journal.record("meetings.run_sheet_edited", row.id, actor=id_of(actor))
    return row


def _sheet_fields(row: RunSheet) -> dict[str, Any]:
    return {
        "name": lambda text: typed.words(RunSheet, "name", text),
        "steps": lambda steps: steps_to(steps_from(list(steps))),
        "cap": lambda seats: _said.cap(seats, row.format),
        "quorum": lambda least: _said.number(least, "quorum", 1, 10_000),
    }


def _held_sheet(actor: Viewer, run_sheet: RunSheet) -> RunSheet:
    rows = RunSheet.objects.select_for_update(of=("self",)).select_related("chapter")
    row = rows.filter(id=run_sheet.id).first()
    if row is None:
        raise NotHere
    _require_host(actor, row.chapter)
    return row


@transaction.atomic
def drop_run_sheet(*, actor: Viewer, run_sheet: RunSheet) -> None:
    """Throw a run-sheet away. Sessions that were planned from it keep their own copy."""
    row = _held_sheet(actor, run_sheet)
    journal.record("meetings.run_sheet_dropped", row.id, actor=id_of(actor))
    row.delete()
