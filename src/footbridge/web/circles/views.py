"""One's circles, and the page of one: who is in it, what is next, what somebody asks."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.circles import actions, queries
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.insight import reach as insight
from footbridge.meetings import queries as meetings
from footbridge.people import queries as people
from footbridge.web.circles.asked import asked_page
from footbridge.web.circles.forms import CallForm, RoleForm, StepForm
from footbridge.web.forms import id_in, status_of, taken


@require_GET
@access(Audience.MEMBERS)
def circles(request: HttpRequest) -> HttpResponse:
    """One's circles, what one is asked to join, and what was."""
    person = request.person  # type: ignore[attr-defined]
    context = {
        "mine": queries.my_circles(person),
        "asked": queries.waiting_for(person),
        "calls": queries.open_calls(person),
        "past": queries.past_circles(person),
    }
    return render(request, "circles/circles.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def circle(request: HttpRequest, circle_id: uuid.UUID) -> HttpResponse:
    """A circle, for those in it; for who is asked, what it is and whether they join."""
    person = request.person  # type: ignore[attr-defined]
    try:
        found = queries.get(person, circle_id)
    except NotHere:
        return asked_page(request, person, queries.get_asked(person, circle_id), by_link=False)
    return _page(Look(request, person, found, request.POST.get("move", "")))


@dataclass
class Look:
    """One look at the page: who looks, at what, and what they tapped."""

    request: HttpRequest
    person: Any
    circle: Any
    move: str

    @property
    def said(self) -> dict[str, Any]:
        return {"actor": self.person, "circle": self.circle}


def _page(look: Look) -> HttpResponse:
    card = queries.card(look.person, look.circle)
    forms = _forms(look, card)
    refusal, done = _tapped(look)
    done = done or _sent(look, forms)
    if done:
        messages.success(look.request, str(done))
        return _back(look)
    context = {
        "card": queries.card(look.person, look.circle),
        "refusal": refusal,
        "sessions": meetings.of_circle(look.person, look.circle),
        **forms,
    }
    status = refusal.status if refusal else max(status_of(form) for form in forms.values())
    return render(look.request, "circles/circle.html", context, status=status)


def _back(look: Look) -> HttpResponse:
    if look.move == "leave":
        return redirect("web:circles")
    return HttpResponseRedirect(f"{look.request.path}{_SECTION.get(look.move, '')}")


_SECTION = dict.fromkeys(("step", "done", "undone", "drop"), "#next") | {"call": "#calls"}


def _forms(look: Look, card: Any) -> dict[str, Any]:
    """The forms of the page; the one that was sent holds what was typed."""

    def sent(move: str) -> Any:
        return look.request.POST if look.move == move else None

    mine = next((one for one in card.members if one.is_me), None)
    return {
        "step_form": StepForm(sent("step"), members=card.members, prefix="step"),
        "call_form": CallForm(sent("call"), prefix="call"),
        "role_form": RoleForm(sent("role"), prefix="role", initial={"role": mine and mine.role}),
    }


def _sent(look: Look, forms: dict[str, Any]) -> Any:
    """Carry out the form that was sent; words for it, or nothing where it was refused."""
    if look.move not in _SENT:
        return None
    name, act, words = _SENT[look.move]
    return words if taken(forms[name], look.request, lambda said: act(look, said)) else None


def _add_step(look: Look, said: dict[str, Any]) -> None:
    who = people.get_person(look.person, said["who"]) if said["who"] else None
    actions.add_step(**look.said, text=said["text"], who=who, due=said["due"])


_SENT: dict[str, tuple[str, Callable[[Look, dict[str, Any]], Any], Any]] = {
    "step": ("step_form", _add_step, lazy("Written down.")),
    "call": (
        "call_form",
        lambda look, said: actions.call(**look.said, **said),
        lazy("The others are asked. Only you read what they answer."),
    ),
    "role": (
        "role_form",
        lambda look, said: actions.give_role(**look.said, person=look.person, **said),
        lazy("Saved."),
    ),
}


def _tapped(look: Look) -> tuple[DomainError | None, Any]:
    """Carry out the one thing that was tapped; a refusal is shown on the page."""
    if look.request.method != "POST" or look.move in _SENT:
        return None, None
    if look.move not in _TAPPED:
        raise NotHere
    act, words = _TAPPED[look.move]
    try:
        act(look)
    except NotHere:
        raise
    except DomainError as error:
        return error, None
    return None, words


def _step(look: Look) -> Any:
    return queries.get_step(look.person, look.circle, id_in(look.request, "step"))


_TAPPED: dict[str, tuple[Callable[[Look], Any], Any]] = {
    "done": (
        lambda look: actions.set_done(actor=look.person, step=_step(look)),
        lazy("Done. Well done."),
    ),
    "undone": (
        lambda look: actions.set_done(actor=look.person, step=_step(look), done=False),
        lazy("It stands among what is to be done."),
    ),
    "drop": (
        lambda look: actions.drop_step(actor=look.person, step=_step(look)),
        lazy("Taken away."),
    ),
    # Whoever taps yes twice is in, and told so again.
    "join": (lambda look: actions.join(**look.said), lazy("You are in this circle.")),
    "leave": (lambda look: actions.leave(**look.said), lazy("You have left the circle.")),
    "end": (
        lambda look: actions.end(**look.said),
        lazy("The circle has ended. You can read it for half a year."),
    ),
}


@require_GET
@access(Audience.MEMBERS)
def reach(request: HttpRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Whom the circle can reach, and through whom."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, circle_id)
    context = {"card": queries.card(person, found), "reach": insight.reach(person, found)}
    return render(request, "circles/reach.html", context)
