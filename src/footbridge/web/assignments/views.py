"""The assignments that one is in, and one of them with all that can be done about it now."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.assignments import actions, queries
from footbridge.assignments.states import Move
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.people import queries as people
from footbridge.web.assignments.asked import asked_page
from footbridge.web.assignments.forms import CallOffForm
from footbridge.web.forms import status_of, taken


@require_GET
@access(Audience.MEMBERS)
def assignments(request: HttpRequest) -> HttpResponse:
    """What one is asked, what goes on, what was."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.list_for(person)
    context = {
        "asked": queries.asked(person),
        "running": [one for one in found if not one.is_over],
        "over": [one for one in found if one.is_over],
    }
    return render(request, "assignments/assignments.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def assignment(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """One assignment; for who is asked into its team, what they are asked."""
    person = request.person  # type: ignore[attr-defined]
    if not queries.visible_to(person).filter(id=assignment_id).exists():
        return asked_page(request, person, queries.get_asked(person, assignment_id))
    found = queries.get(person, assignment_id)
    form = CallOffForm(request.POST if request.POST.get("move") == "call_off" else None)
    refusal, done = _acted(request, person, found, form)
    if done:
        gone = request.POST.get("move") == "leave"
        return redirect("web:assignments") if gone else redirect("web:assignment", found.id)
    card = queries.card(person, found)
    context = {
        "card": card,
        "moves": {one.value for one in card.moves},
        "form": form,
        "refusal": refusal,
    }
    status = refusal.status if refusal else status_of(form)
    return render(request, "assignments/assignment.html", context, status=status)


def _acted(
    request: HttpRequest, person: Any, found: Any, form: CallOffForm
) -> tuple[DomainError | None, bool]:
    """Carry out the one thing that was tapped."""
    if request.method != "POST":
        return None, False
    move = request.POST.get("move", "")
    if move == Move.CALL_OFF:
        done = taken(
            form, request, lambda said: actions.call_off(actor=person, assignment=found, **said)
        )
        if done:
            messages.success(request, _DONE[move])
        return None, done
    if move in ("accept", "decline"):  # tapped once more, or in another window
        return None, True
    if move not in _ACTS:
        raise NotHere
    try:
        _ACTS[move](request, person, found)
    except NotHere:
        raise
    except DomainError as error:
        return error, False
    if move in _DONE:
        messages.success(request, _DONE[move])
    return None, True


def _withdraw(request: HttpRequest, person: Any, found: Any) -> None:
    other = people.get_person(person, request.POST.get("person", ""))
    actions.withdraw(actor=person, assignment=found, person=other)


def _tick(request: HttpRequest, person: Any, found: Any) -> None:
    done = request.POST.get("move") == "tick"
    actions.tick(actor=person, assignment=found, key=request.POST.get("step", ""), done=done)


_ACTS: dict[str, Any] = {
    "agree": lambda _request, person, found: actions.agree(actor=person, assignment=found),
    "begin": lambda _request, person, found: actions.start(actor=person, assignment=found),
    "deliver": lambda _request, person, found: actions.deliver(actor=person, assignment=found),
    "close": lambda _request, person, found: actions.close(actor=person, assignment=found),
    "leave": lambda _request, person, found: actions.leave(actor=person, assignment=found),
    "withdraw": _withdraw,
    "tick": _tick,
    "untick": _tick,
}

_DONE: dict[str, Any] = {
    "agree": _("Thank you. It is agreed once both sides have said yes."),
    "begin": _("It has begun."),
    "deliver": _("Delivered. Both sides are asked to look back."),
    "close": _("Closed."),
    "call_off": _("Called off. Everybody in it is told."),
    "leave": _("You have left the team."),
    "withdraw": _("They are no longer asked."),
}
