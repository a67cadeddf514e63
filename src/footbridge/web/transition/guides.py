"""Who lived the same, and asking one of them for a talk."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.insight.guides import guides_for
from footbridge.people import cards
from footbridge.transitions import actions, queries
from footbridge.transitions.cards import transition_card
from footbridge.web.forms import status_of, taken
from footbridge.web.transition.forms import AskForm


@require_GET
@access(Audience.MEMBERS)
def guides(request: HttpRequest) -> HttpResponse:
    """People who lived what one is in, with their reasons; by what one said of oneself."""
    person = request.person  # type: ignore[attr-defined]
    wanted = _wanted(request, person)
    context = {
        "mine": queries.mine(person),
        "card": transition_card(person, wanted) if wanted else None,
        "guides": guides_for(person, wanted) if wanted else None,
    }
    return render(request, "transition/guides.html", context)


def _wanted(request: HttpRequest, person: Any) -> Any:
    """The passage that the address names; else the one that one is in."""
    if named := request.GET.get("for", ""):
        try:
            return queries.get_own(person, uuid.UUID(named))
        except ValueError as error:
            raise NotHere from error
    return queries.present(person)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def ask(request: HttpRequest, lived_id: uuid.UUID) -> HttpResponse:
    """Ask somebody who is glad to be asked for a talk."""
    person = request.person  # type: ignore[attr-defined]
    lived = queries.get_lived(person, lived_id)
    mine = _wanted(request, person)
    if mine is None:
        return redirect("web:new_transition")
    form = AskForm(request.POST or None)
    made: list[Any] = []

    def carry_out(said: dict[str, Any]) -> None:
        made.append(actions.ask(actor=person, lived=lived, transition=mine, words=said["words"]))

    if taken(form, request, carry_out):
        name = {"name": lived.person.name}
        messages.success(request, _("%(name)s is asked. We write to you when they say yes.") % name)
        return redirect("web:guide_ask", made[0].id)
    context = {
        "form": form,
        "guide": cards.card(person, lived.person),
        "lived": transition_card(person, lived),
        "card": transition_card(person, mine),
    }
    return render(request, "transition/ask.html", context, status=status_of(form))
