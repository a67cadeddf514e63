"""Reading what hosts plan with: run-sheets and series."""

from __future__ import annotations

import uuid

from django.db.models import Count, Q, QuerySet

from footbridge.core.errors import NotHere
from footbridge.meetings import policy
from footbridge.meetings.cards import RunSheetCard, SeriesCard
from footbridge.meetings.formats import Step, minutes_of
from footbridge.meetings.models import RunSheet, Series
from footbridge.meetings.states import Format, State
from footbridge.people.models import Chapter
from footbridge.people.policy import Viewer
from footbridge.people.queries import as_id


def run_sheets(viewer: Viewer, chapter: Chapter) -> list[RunSheetCard]:
    """A chapter's own run-sheets, by name, for its hosts."""
    rows = policy.run_sheets_visible_to(viewer).filter(chapter=chapter)
    return [run_sheet_card(row) for row in rows]


def get_run_sheet(viewer: Viewer, sheet_id: uuid.UUID | str) -> RunSheet:
    """One run-sheet, or NotHere."""
    wanted = as_id(str(sheet_id))
    found = policy.run_sheets_visible_to(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def run_sheet_card(sheet: RunSheet) -> RunSheetCard:
    """The card of one run-sheet."""
    steps = tuple(Step.from_json(step) for step in sheet.steps)
    return RunSheetCard(
        id=sheet.id,
        chapter_id=sheet.chapter_id,
        name=sheet.name,
        format=sheet.format,
        format_words=str(Format(sheet.format).label),
        steps=steps,
        minutes=minutes_of(steps),
        cap=sheet.cap,
        quorum=sheet.quorum,
        version=sheet.version,
    )


def series_of(viewer: Viewer, chapter: Chapter) -> list[SeriesCard]:
    """A chapter's series, those that go on first, for its hosts."""
    rows = _counted(policy.series_visible_to(viewer)).filter(chapter=chapter)
    found = [_series_card(row) for row in rows]
    return sorted(found, key=lambda one: one.is_over)


def get_series(viewer: Viewer, series_id: uuid.UUID | str) -> Series:
    """One series, or NotHere."""
    wanted = as_id(str(series_id))
    found = policy.series_visible_to(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def series_card(viewer: Viewer, series: Series) -> SeriesCard:
    """The card of one series."""
    return _series_card(_counted(policy.series_visible_to(viewer)).get(id=series.id))


def _counted(rows: QuerySet[Series]) -> QuerySet[Series]:
    coming = Q(sessions__state__in=(State.DRAFT, State.OPEN, State.RUNNING))
    return rows.annotate(
        coming=Count("sessions", filter=coming, distinct=True),
        past=Count("sessions", filter=Q(sessions__state=State.OVER), distinct=True),
    )


def _series_card(series: Series) -> SeriesCard:
    return SeriesCard(
        id=series.id,
        chapter_id=series.chapter_id,
        title=series.title,
        about=series.about,
        for_body_id=series.for_body_id,
        for_body=series.for_body.name if series.for_body else "",
        apart_days=series.apart_days,
        coming=series.coming,  # type: ignore[attr-defined]
        past=series.past,  # type: ignore[attr-defined]
        is_over=series.ended_at is not None,
        version=series.version,
    )
