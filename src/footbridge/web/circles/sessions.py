"""Planning a closed session for a circle."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.circles import queries
from footbridge.circles.states import MOST
from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.meetings import actions, policy
from footbridge.web.circles.forms import CircleSessionForm
from footbridge.web.forms import status_of, taken
from footbridge.web.host.session_forms import beside_the_day
from footbridge.web.host.sessions import USUAL_HOUR


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def plan(request: HttpRequest, circle_id: uuid.UUID) -> HttpResponse:
    """A day, a place, a shape; whoever plans it runs it, and the others are asked once it opens."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, circle_id)
    if not policy.may_plan(person, found.chapter, found):
        raise NotHere
    form = CircleSessionForm(request.POST or None, initial=_usual(found))
    made: list[Any] = []

    def carry_out(_all: dict[str, Any]) -> None:
        with beside_the_day():
            made.append(
                actions.plan(actor=person, chapter=found.chapter, circle=found, **form.said())
            )

    if taken(form, request, carry_out):
        messages.success(request, _("Planned, as a draft. Nobody was written to."))
        return redirect("web:host_session", made[0].id)
    context = {"circle": found, "form": form}
    return render(request, "circles/plan.html", context, status=status_of(form))


def _usual(circle: Any) -> dict[str, Any]:
    chapter = circle.chapter
    return {
        "title": circle.name,
        "at": USUAL_HOUR,
        "cap": MOST,
        "quorum": 3,
        "language": chapter.language,
        "timezone": chapter.timezone,
    }
