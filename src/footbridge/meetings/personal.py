"""What sessions hold about one person: to hand over, and to erase."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from footbridge.mail.actions import forget_about
from footbridge.meetings.leaving import left_behind, marked
from footbridge.meetings.letters import forget_between
from footbridge.meetings.models import RunSheet, Seat, Series, Session, Sitting
from footbridge.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Every seat that the person had and what they said about it, where they sat, and what they
    planned for others."""
    seats = Seat.objects.filter(person=person.id).select_related("session__chapter", "invited_by")
    made = Session.objects.filter(made_by=person.id).order_by("starts_at", "id")
    return {
        "seats": [_seat(seat) for seat in seats.order_by("session__starts_at", "id")],
        "tables": [_table(one) for one in _sittings(person)],
        "planned": [{"session": one.title, "starts_at": _iso(one.starts_at)} for one in made],
        "series": list(Series.objects.filter(made_by=person.id).values_list("title", flat=True)),
        "run_sheets": list(
            RunSheet.objects.filter(made_by=person.id).values_list("name", flat=True)
        ),
        **left_behind(person),
    }


def _seat(seat: Seat) -> dict[str, Any]:
    said = ("made_at", "answered_at", "waiting_since", "held_until", "confirmed_at")
    was = ("turned_away_at", "came_at", "left_at")
    return {
        "id": str(seat.id),
        "session": seat.session.title,
        "chapter": seat.session.chapter.name,
        "starts_at": _iso(seat.session.starts_at),
        "holding": seat.holding,
        "part": seat.part,
        "invited_by": seat.invited_by.name if seat.invited_by else "",
        "walked_in": seat.walked_in,
        "first_time": seat.first_time,
        **{name: _iso(getattr(seat, name)) for name in (*said, *was)},
    }


def _sittings(person: Person) -> list[Sitting]:
    """Where someone sat in rounds that began; a plan for later is no fact about anyone yet."""
    rows = Sitting.objects.filter(seat__person=person.id, round__started_at__isnull=False)
    return list(rows.select_related("round__session").order_by("round__started_at", "id"))


def _table(sitting: Sitting) -> dict[str, Any]:
    return {
        "session": sitting.round.session.title,
        "round": sitting.round.number,
        "table": sitting.table,
        "at": _iso(sitting.round.started_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def erase(person: Person) -> None:
    """Their seats go with their row, and so do the letters to others that name them."""
    told = Seat.objects.filter(Q(person=person) | Q(invited_by=person))
    forget_about(list(told.values_list("id", flat=True)))
    for seat, other in marked(person):
        forget_between(seat, other)
    Seat.objects.filter(person=person).delete()
