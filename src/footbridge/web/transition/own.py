"""One's own passages: said, changed, worked through, taken back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.insight.guides import guides_for
from footbridge.transitions import actions, queries
from footbridge.transitions.cards import transition_card
from footbridge.web.forms import status_of, taken
from footbridge.web.transition.forms import ListForm, TransitionForm, standing


@require_GET
@access(Audience.MEMBERS)
def overview(request: HttpRequest) -> HttpResponse:
    """What one passes or passed through, and the questions about it."""
    person = request.person  # type: ignore[attr-defined]
    asks = queries.asks_of(person)
    context = {
        "mine": queries.mine(person),
        "waiting": [one for one in asks if "agree" in one.moves],
        "asks": [one for one in asks if "agree" not in one.moves],
    }
    return render(request, "transition/transitions.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def new(request: HttpRequest) -> HttpResponse:
    """Say what one passes through. Nobody is told."""
    person = request.person  # type: ignore[attr-defined]
    form = TransitionForm(request.POST or None)
    made: list[Any] = []
    if taken(form, request, lambda _said: made.append(actions.say(actor=person, said=form.said()))):
        messages.success(request, _("Written down. Nobody was told."))
        return redirect("web:transition", made[0].id)
    return render(request, "transition/say.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def edit(request: HttpRequest, transition_id: uuid.UUID) -> HttpResponse:
    """Say it anew: a step further, through it, or for others to know."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get_own(person, transition_id)
    card = transition_card(person, found)
    form = TransitionForm(request.POST or None, initial=standing(card))

    def carry_out(said: dict[str, Any]) -> None:
        version = said["version"]
        actions.edit(actor=person, transition=found, said=form.said(), version=version)

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:transition", found.id)
    context = {"form": form, "card": card}
    return render(request, "transition/say.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def work(request: HttpRequest, transition_id: uuid.UUID) -> HttpResponse:
    """One passage: who lived the same, and the list to work through, saved as one goes."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get_own(person, transition_id)
    form = ListForm(request.POST or None, card=queries.list_of(person, found))

    def carry_out(said: dict[str, Any]) -> None:
        version = said["version"]
        actions.write_list(actor=person, transition=found, steps=form.said(), version=version)

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:transition", found.id)
    context = {
        "card": transition_card(person, found),
        "form": form,
        "list": form.card,
        "guides": guides_for(person, found, top=2),
    }
    return render(request, "transition/transition.html", context, status=status_of(form))


@require_POST
@access(Audience.MEMBERS)
def forget(request: HttpRequest, transition_id: uuid.UUID) -> HttpResponse:
    """Take it back, with all that was written."""
    person = request.person  # type: ignore[attr-defined]
    actions.forget(actor=person, transition=queries.get_own(person, transition_id))
    messages.success(request, _("Gone, with all that you wrote there."))
    return redirect("web:transitions")
