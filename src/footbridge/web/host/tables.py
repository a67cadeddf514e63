"""Tables of a session, for those who run it: made, begun, lengthened, ended."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.insight import seating
from footbridge.meetings import actions, queries
from footbridge.web.host.sessions import run_by


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def tables(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Who sits with whom, round after round; made, or made anew for whoever is there now."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            seating.make_tables(actor=person, session=found)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("The tables are made."))
            return redirect("web:session_tables", found.id)
    return _page(request, found, refusal)


def _page(request: HttpRequest, found: Any, refusal: DomainError | None = None) -> HttpResponse:
    person = request.person  # type: ignore[attr-defined]
    rounds = queries.rounds(person, found)
    context = {
        "card": queries.card(person, found),
        "rounds": rounds,
        "running": next((one for one in rounds if one.is_running), None),
        "next": next((one for one in rounds if one.is_coming), None),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "host/tables.html", context, status=status)


@require_POST
@access(Audience.MEMBERS)
def begin_round(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Begin the next round; the one that runs ends with it."""
    return _done(request, session_id, actions.start_round)


@require_POST
@access(Audience.MEMBERS)
def end_round(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """End the round that runs."""
    return _done(request, session_id, actions.end_round)


@require_POST
@access(Audience.MEMBERS)
def lengthen_round(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Give the round that runs five minutes more."""
    return _done(request, session_id, actions.lengthen_round)


def _done(request: HttpRequest, session_id: uuid.UUID, act: Any) -> HttpResponse:
    found = run_by(request, session_id)
    try:
        act(actor=request.person, session=found)  # type: ignore[attr-defined]
    except DomainError as error:
        return _page(request, found, error)
    return redirect("web:session_tables", found.id)
