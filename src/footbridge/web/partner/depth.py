"""How deep each side finds it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.partnerships import actions, queries
from footbridge.partnerships.states import Mark, Move
from footbridge.web.forms import status_of, taken
from footbridge.web.partner.forms import DepthForm


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def depth(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """One's own marks, and what all sides said."""
    person = request.person  # type: ignore[attr-defined]
    card = queries.get_card(person, partnership_id)
    found = queries.get(person, partnership_id)
    told = queries.depths_of(person, found)
    form = DepthForm(request.POST or None, initial={**told.own, "version": told.version})

    def carry_out(said: dict[str, Any]) -> None:
        version = said.pop("version")
        actions.rate(actor=person, partnership=found, marks=said, version=version)

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:partnership_depth", found.id)
    words = [str(Mark(one).label) if one else "–" for one in told.depths]
    context = {
        "card": card,
        "told": told,
        "sides": zip(told.sides, words, strict=True),
        "form": form,
        "may_rate": Move.RATE in card.moves,
    }
    return render(request, "partner/depth.html", context, status=status_of(form))
