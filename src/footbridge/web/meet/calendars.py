"""Calendar files, and feeds that a calendar program reads again and again."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.meetings import calendar, queries

ICS = "text/calendar; charset=utf-8"


@require_safe
@access(Audience.MEMBERS)
def of_session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """One's own seat in a session, as a file for one's calendar."""
    person = request.person  # type: ignore[attr-defined]
    seat = queries.seat_of(person, queries.get(person, session_id))
    if seat is None:
        raise NotHere
    return _file(calendar.of_seat(seat), "session")


@require_safe
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What a secret link opens: the file of a seat, or the feed of a person or a chapter."""
    return _file(calendar.opened(token), "sessions")


def _file(held: bytes, name: str) -> HttpResponse:
    response = HttpResponse(held, content_type=ICS)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response
