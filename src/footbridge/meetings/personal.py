"""What sessions hold about one person: to hand over, and to erase."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from footbridge.mail.actions import forget_about
from footbridge.meetings.asked import asked_and_written, talking
from footbridge.meetings.leaving import left_behind, marked
from footbridge.meetings.letters import forget_between, forget_talk
from footbridge.meetings.models import FeedRenewal, RunSheet, Seat, Series, Session, Sitting
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
        "feeds": [
            {"feed": "own" if one.feed == person.id else str(one.feed), "since": _iso(one.since)}
            for one in FeedRenewal.objects.filter(person=person.id).order_by("since", "id")
        ],
        **asked_and_written(person),
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
        "spoke": seat.spoke,
        "wants_pairing": seat.wants_pairing,
        "talks_with": _talks_with(seat),
        **{name: _iso(getattr(seat, name)) for name in (*said, *was)},
    }


def _talks_with(seat: Seat) -> list[str]:
    """The names of those with whom someone talks on; they agreed to it."""
    if seat.pairing_id is None:
        return []
    others = Seat.objects.filter(pairing=seat.pairing_id).exclude(id=seat.id)
    return sorted(others.values_list("person__name", flat=True))


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


def hold(person: Person) -> None:
    """Take the sessions in which they have a seat, events before their parts: nobody is put to a
    table, or called up from the line, while a seat goes."""
    seats = Seat.objects.filter(person=person.id)
    rows = Session.objects.select_for_update().filter(id__in=seats.values("session"))
    list(rows.order_by(F("event").asc(nulls_first=True), "id").values_list("id", flat=True))


def erase(person: Person) -> None:
    """Their seats go with their row, and so do the letters to others that name them."""
    told = Seat.objects.filter(Q(person=person) | Q(invited_by=person))
    forget_about(list(told.values_list("id", flat=True)))
    for seat, other in marked(person):
        forget_between(seat, other)
    for pairing in talking(person):
        forget_talk(pairing)
    Seat.objects.filter(person=person).delete()
