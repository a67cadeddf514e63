"""What one person asked and wrote down in sessions, and with whom they talk on: for their own
export, and for erasing."""

from __future__ import annotations

import uuid
from typing import Any

from footbridge.meetings.models import Echo, Jotting, Question, Seat
from footbridge.people.models import Person

Rows = list[dict[str, Any]]


def asked_and_written(person: Person) -> dict[str, Rows]:
    """Questions, those of others that one wants to hear answered, and what one wrote in silence."""
    return {
        "questions": _questions(person),
        "echoes": _echoes(person),
        "jottings": _jottings(person),
    }


def _questions(person: Person) -> Rows:
    rows = Question.objects.filter(seat__person=person.id).select_related("seat__session")
    moments = ("asked_at", "taken_at", "answered_at")
    return [
        {
            "session": row.seat.session.title,
            "text": row.text,
            **{name: _iso(getattr(row, name)) for name in moments},
        }
        for row in rows
    ]


def _echoes(person: Person) -> Rows:
    rows = Echo.objects.filter(seat__person=person.id).order_by("made_at", "id")
    return [
        {
            "session": row.seat.session.title,
            "question": row.question.text,
            "made_at": _iso(row.made_at),
        }
        for row in rows.select_related("seat__session", "question")
    ]


def _jottings(person: Person) -> Rows:
    rows = Jotting.objects.filter(seat__person=person.id).select_related("seat__session")
    return [
        {
            "session": row.seat.session.title,
            "kind": row.kind,
            "text": row.text,
            "written_at": _iso(row.written_at),
        }
        for row in rows.order_by("written_at", "id")
    ]


def talking(person: Person) -> list[uuid.UUID]:
    """The groups of two or three in which they talk on after a talk."""
    mine = Seat.objects.filter(person=person.id, pairing__isnull=False)
    return [one for one in mine.values_list("pairing_id", flat=True) if one]


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
