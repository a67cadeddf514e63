"""What hangs on the wall during a session: the step, its time, its tables, the question that is
answered. It renews itself. Who has spoken does not stand there."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.meetings import policy, queries


@require_GET
@access(Audience.MEMBERS)
def wall(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """For a projector, and for the telephone of whoever sits in it; asked by the page itself, the
    changing part alone."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, session_id)
    if not (policy.runs(person, found) or policy.holds_active_seat(person, found)):
        raise NotHere
    step = queries.step_now(person, found)
    context = {
        "card": queries.card(person, found),
        "step": step,
        "round": step.round if step else None,
        "asked": queries.on_the_wall(person, found),
    }
    is_fragment = getattr(request, "htmx", False)
    return render(request, "meet/_wall.html" if is_fragment else "meet/wall.html", context)
