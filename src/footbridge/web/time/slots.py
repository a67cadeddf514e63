"""A time that somebody has: ask for it, for a need of one's own."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.exchange import queries as exchange
from footbridge.hours import actions, queries
from footbridge.people import queries as people
from footbridge.web.forms import status_of, taken
from footbridge.web.time.forms import AskForm


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def ask(request: HttpRequest, slot_id: uuid.UUID) -> HttpResponse:
    """One time of somebody, and what one asks it for. Where somebody was quicker, the next."""
    person = request.person  # type: ignore[attr-defined]
    slot = queries.get_slot(person, slot_id, taken_too=True)
    card = queries.slot_card(slot)
    needs = _needs(person)
    form = AskForm(request.POST or None, needs=needs, card=card, initial=_wanted(request))
    made: list[Any] = []
    late: list[actions.SlotTaken] = []

    def carry_out(said: dict[str, Any]) -> None:
        try:
            made.append(_ask(person, slot, said))
        except actions.SlotTaken as error:
            late.append(error)

    is_taken = taken(form, request, carry_out)
    if late:
        return _too_late(request, card, late[0].next)
    if is_taken:
        name = {"name": card.giver}
        messages.success(request, _("%(name)s is asked. The time is kept for you.") % name)
        return redirect("web:booking", made[0].id)
    if request.method == "GET" and not queries.is_free(person, slot):
        return _too_late(request, card, queries.next_of(person, slot), status=200)
    context = {"form": form, "card": card, "needs": needs}
    return render(request, "time/slot.html", context, status=status_of(form))


def _too_late(request: HttpRequest, card: Any, other: Any, status: int = 409) -> HttpResponse:
    context = {"card": card, "next": queries.slot_card(other) if other else None}
    return render(request, "time/taken.html", context, status=status)


def _needs(person: Any) -> list[Any]:
    owners = [person, *people.acted_for_by(person)]
    return [card for owner in owners for card in exchange.needs_of(person, owner)]


def _wanted(request: HttpRequest) -> dict[str, Any]:
    return {"need": request.GET.get("need", "")}


def _ask(person: Any, slot: Any, said: dict[str, Any]) -> Any:
    need = exchange.get_need(person, said["need"])
    rest = {name: said[name] for name in ("manner", "could_not_pay") if name in said}
    return actions.ask(actor=person, slot=slot, need=need, what_for=said["what_for"], **rest)
