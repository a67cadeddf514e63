"""What one person left behind after sessions, for their own export. Never what others wish of
them: a wish of one side alone is that side's."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from footbridge.meetings.models import (
    Feedback,
    FollowUp,
    Improvement,
    Insight,
    Interest,
    Mark,
)
from footbridge.people.models import Person

Rows = list[dict[str, Any]]


def left_behind(person: Person) -> dict[str, Rows]:
    """Insights, lists, promises, answers, wishes; the changes that one made or led to."""
    return {
        "insights": _insights(person),
        "lists": _lists(person),
        "follow_ups": _follow_ups(person),
        "feedback": _feedback(person),
        "marks": _marks(person),
        "credits": _credits(person),
        "changes": _changes(person),
    }


def _insights(person: Person) -> Rows:
    rows = Insight.objects.filter(speaker=person.id).select_related("session", "written_by")
    return [
        {
            "id": str(row.id),
            "session": row.session.title,
            "text": row.text,
            "written_by": row.written_by.name if row.written_by else "",
            "written_at": _iso(row.written_at),
            "release": row.release,
            "decided_at": _iso(row.decided_at),
        }
        for row in rows
    ]


def _lists(person: Person) -> Rows:
    rows = Interest.objects.filter(person=person.id).select_related("session")
    return [
        {"session": row.session.title, "list": row.list, "since": _iso(row.since)} for row in rows
    ]


def _follow_ups(person: Person) -> Rows:
    rows = FollowUp.objects.filter(person=person.id).select_related("session")
    days = ("due", "made_at", "done_at")
    return [
        {
            "id": str(row.id),
            "session": row.session.title,
            "text": row.text,
            "came_of_it": row.came_of_it,
            **{name: _iso(getattr(row, name)) for name in days},
        }
        for row in rows
    ]


def _feedback(person: Person) -> Rows:
    rows = Feedback.objects.filter(person=person.id).select_related("session")
    return [
        {
            "id": str(row.id),
            "session": row.session.title,
            "felt": row.felt,
            "text": row.text,
            "given_at": _iso(row.given_at),
        }
        for row in rows
    ]


def _marks(person: Person) -> Rows:
    rows = Mark.objects.filter(seat__person=person.id).order_by("made_at", "id")
    return [
        {
            "session": row.seat.session.title,
            "whom": row.other.person.name,
            "made_at": _iso(row.made_at),
        }
        for row in rows.select_related("seat__session", "other__person")
    ]


def marked(person: Person) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Their seats, each with that of somebody whom they want to meet again."""
    rows = Mark.objects.filter(seat__person=person.id)
    return list(rows.values_list("seat_id", "other_id"))


def _credits(person: Person) -> Rows:
    rows = Improvement.objects.filter(because_of=person.id)
    return [{"change": row.change, "may_be_named": row.may_be_named} for row in rows]


def _changes(person: Person) -> Rows:
    rows = Improvement.objects.filter(made_by=person.id).select_related("series")
    return [{"series": row.series.title, "change": row.change} for row in rows]


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None
