"""Forming a circle, changing what it says of itself, and asking one more."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.circles import actions, queries
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.people import queries as people
from footbridge.web.circles.choosing import candidates, chosen, looked_for
from footbridge.web.circles.forms import CircleForm, NewCircleForm
from footbridge.web.forms import status_of, taken


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def new(request: HttpRequest) -> HttpResponse:
    """Form a circle of people one knows, or looks for; one is in it."""
    person = request.person  # type: ignore[attr-defined]
    return form_page(request, person.chapter, NewCircleForm, "circles/new.html", {})


def form_page(
    request: HttpRequest, chapter: Any, kind: Any, template: str, own: dict[str, Any]
) -> HttpResponse:
    """The page on which a circle is formed. To look for somebody keeps what was typed."""
    person = request.person  # type: ignore[attr-defined]
    is_sent = request.method == "POST" and "look" not in request.POST
    first = request.POST if "look" in request.POST else request.GET
    known = {name: first[name] for name in kind.base_fields if name in first}
    form = kind(request.POST) if is_sent else kind(initial=known)
    made: list[Any] = []

    def carry_out(_all: dict[str, Any]) -> None:
        said, wanted = form.said(), chosen(request)
        made.append(actions.form(actor=person, chapter=chapter, people=wanted, **said))

    if is_sent and taken(form, request, carry_out):
        words = _("Formed. Each of them is asked, and it begins once enough have said yes.")
        messages.success(request, words)
        return _to(made[0], person)
    context = {
        "form": form,
        "chapter": chapter,
        "looked_for": looked_for(request),
        "candidates": candidates(request, but=set()),
        **own,
    }
    return render(request, template, context, status=status_of(form))


def _to(circle: Any, person: Any) -> HttpResponse:
    """Its page for who is in it; for a host who is not, the list."""
    if any(one.id == circle.id for one in queries.my_circles(person)):
        return redirect("web:circle", circle.id)
    return redirect("web:host_circles")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def edit(request: HttpRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Change what a circle says of itself; any member may."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, circle_id)
    card = queries.card(person, found)
    form = CircleForm(request.POST or None, initial=_standing(card))

    def carry_out(said: dict[str, Any]) -> None:
        actions.edit(actor=person, circle=found, seen=said["version"], **form.said())

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:circle", found.id)
    context = {"card": card, "form": form}
    return render(request, "circles/edit.html", context, status=status_of(form))


_EDITED = ("name", "about", "rhythm", "wanted_size", "looks_for", "version")


def _standing(card: Any) -> dict[str, Any]:
    return {name: getattr(card, name) for name in _EDITED} | {"cause": str(card.cause_id or "")}


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def ask(request: HttpRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Ask one more into a circle."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, circle_id)
    refusal: DomainError | None = None
    if request.method == "POST" and "look" not in request.POST:
        refusal = _asked(request, person, found)
        if refusal is None:
            return redirect("web:circle", found.id)
    card = queries.card(person, found)
    context = {
        "card": card,
        "refusal": refusal,
        "role": request.POST.get("role", ""),
        "looked_for": looked_for(request),
        "candidates": candidates(request, but={one.person.id for one in card.members}),
    }
    status = refusal.status if refusal else 200
    return render(request, "circles/ask.html", context, status=status)


def _asked(request: HttpRequest, person: Any, circle: Any) -> DomainError | None:
    wanted = chosen(request)
    if not wanted:
        return DomainError(_("Choose somebody first."))
    other = people.as_person(wanted[0])
    try:
        role = request.POST.get("role", "")
        actions.ask(actor=person, circle=circle, person=other, role=role)
    except DomainError as error:
        return error
    words = _("%(name)s is asked. The others hear of it once they say yes.")
    messages.success(request, words % {"name": other.name})
    return None
