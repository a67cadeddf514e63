"""Knowing at the door who answered by link: their browser brings the link back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from footbridge.core.errors import LinkNotValid
from footbridge.meetings import queries

# Half a year: longer than anybody is invited ahead; the link itself ends sooner.
LASTS = 60 * 60 * 24 * 183


def remembered(response: HttpResponseBase, session: Any, token: str) -> Any:
    """Have the browser bring the link of a seat to the door of its session, and nowhere else."""
    response.set_cookie(
        _name(session),
        token,
        max_age=LASTS,
        path="/door/",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def recognised(request: HttpRequest, session: Any) -> Any:
    """Who is at the door: who is signed in, or whose link this browser holds; else nobody."""
    person = request.person  # type: ignore[attr-defined]
    if person is not None:
        return person
    try:
        holder, seat = queries.seat_by_link(request.COOKIES.get(_name(session), ""))
    except LinkNotValid:
        return None
    return holder if seat.session_id == session.id else None


def _name(session: Any) -> str:
    return f"seat_{session.id.hex}"
