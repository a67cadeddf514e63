"""Calendar files, and feeds that a calendar program reads again and again."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.meetings import actions, calendar, queries

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


@require_POST
@access(Audience.MEMBERS)
def renew(request: HttpRequest) -> HttpResponse:
    """Take the addresses back that were given out: of one's own feed, or one's chapter's."""
    person = request.person  # type: ignore[attr-defined]
    chapter = person.chapter if request.POST.get("feed") == "chapter" else None
    actions.renew_feed(actor=person, chapter=chapter)
    messages.success(request, _("There is a new address. The old one opens nothing any more."))
    return redirect(f"{reverse('web:meet')}#calendar")


def _file(held: bytes, name: str) -> HttpResponse:
    response = HttpResponse(held, content_type=ICS)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response
