"""At the door: one tap for who has a seat, a name and an address for who walks in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.meetings import actions, policy, queries
from footbridge.web.forms import status_of, taken
from footbridge.web.meet.forms import WalkInForm
from footbridge.web.meet.recognising import recognised


@dataclass(frozen=True)
class Sign:
    """What hangs at a door for everyone to read."""

    title: str
    question: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    state: str
    is_open: bool


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def at_the_door(request: HttpRequest, token: str) -> HttpResponse:
    """What the code at the door opens. Looking at it changes nothing."""
    session = queries.door_by_link(token)
    person = recognised(request, session)
    if person is not None:
        return _one_tap(request, session, person)
    form = WalkInForm(request.POST or None)
    if taken(form, request, lambda said: _walk_in(session, said)):
        messages.success(
            request, _("Welcome, %(name)s. Take a seat.") % {"name": form.cleaned_data["name"]}
        )
        return redirect(request.path)
    context = {"sign": _sign(session), "form": form}
    return render(request, "meet/door.html", context, status=status_of(form))


def _walk_in(session: Any, said: dict[str, Any]) -> None:
    actions.walk_in(session=session, **said)


def _one_tap(request: HttpRequest, session: Any, person: Any) -> HttpResponse:
    """For who is known: whether they are here, and nothing to type."""
    refusal = None
    if request.method == "POST":
        try:
            actions.come(actor=person, session=session)
        except DomainError as error:
            refusal = error
        else:
            return redirect(request.path)
    mine = queries.card(person, session).mine
    context = {"sign": _sign(session), "person": person, "mine": mine, "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "meet/door.html", context, status=status)


def _sign(session: Any) -> Sign:
    return Sign(
        session.title,
        session.question,
        session.starts_at,
        session.ends_at,
        session.timezone,
        session.state,
        policy.is_door_open(session),
    )
