"""What each puts in, risks and gets, side by side."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.agreements import actions, queries
from footbridge.agreements.states import Move
from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.web.agreements.forms import CapacityForm, ContributionForm, RateForm
from footbridge.web.forms import status_of, taken


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def contributions(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """Every party beside the others; what one's own has, and at what rate money is counted."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    move, sent = request.POST.get("move", ""), request.POST or None
    capacity = CapacityForm(sent if move == "capacity" else None)
    rate = RateForm(sent if move == "rate" else None)
    if sent is not None and move not in ("capacity", "rate"):
        raise NotHere
    if taken(capacity, request, lambda said: _say_capacity(person, found, said)) or taken(
        rate, request, lambda said: actions.say_rate(actor=person, agreement=found, **said)
    ):
        messages.success(request, _("Kept."))
        return redirect(request.path)
    shown = queries.shares(person, found)
    context = {"shares": shown, "rate": rate, "capacities": _capacities(shown, capacity)}
    status = max(status_of(capacity), status_of(rate))
    return render(request, "agreements/contributions.html", context, status=status)


def _say_capacity(person: Any, found: Any, said: dict[str, Any]) -> None:
    actions.say_capacity(
        actor=person, agreement=found, party=said["party"], hours=said["hours_a_month"]
    )


def _capacities(shown: Any, sent: CapacityForm) -> list[tuple[Any, CapacityForm]]:
    """A form for each party that one stands for; the one that was sent with what was typed."""
    return [
        (party, sent if sent.data.get("party") == str(party.id) else _capacity_form(party))
        for party in shown.parties
        if party.is_mine and shown.may_write
    ]


def _capacity_form(party: Any) -> CapacityForm:
    initial = {"party": party.id, "hours_a_month": party.capacity}
    return CapacityForm(initial=initial, auto_id=f"id_{party.id.hex}_%s")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def new(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """Something more that a party puts in."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    if Move.WRITE not in queries.moves(person, found):
        return redirect("web:agreement_contributions", partnership_id)
    shown = queries.shares(person, found)
    first = request.GET.get("party") or str(next((p.id for p in shown.parties if p.is_mine), ""))
    form = ContributionForm(
        request.POST or None,
        parties=shown.parties,
        initial={"party": first, "currency": shown.currency},
    )

    def add(said: dict[str, Any]) -> None:
        said = {name: value for name, value in said.items() if name != "version"}
        actions.add_contribution(actor=person, agreement=found, **said)

    if taken(form, request, add):
        messages.success(request, _("Entered."))
        return redirect("web:agreement_contributions", partnership_id)
    context = {"form": form, "shares": shown}
    return render(request, "agreements/contribution.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def one(
    request: HttpRequest, partnership_id: uuid.UUID, contribution_id: uuid.UUID
) -> HttpResponse:
    """Change something that a party puts in, or take it out."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    row = queries.get_contribution(person, found, contribution_id)
    said_now = actions.said_in(row)
    if request.POST.get("move") == "remove":
        actions.remove_contribution(actor=person, agreement=found, contribution=row)
        messages.success(request, _("Taken out. Versions that were made keep it."))
        return redirect("web:agreement_contributions", partnership_id)
    form = ContributionForm(request.POST or None, initial={**said_now, "version": row.version})

    def edit(said: dict[str, Any]) -> None:
        actions.edit_contribution(actor=person, agreement=found, contribution=row, **said)

    if taken(form, request, edit):
        messages.success(request, _("Kept."))
        return redirect("web:agreement_contributions", partnership_id)
    context = {"form": form, "shares": queries.shares(person, found), "row": row}
    return render(request, "agreements/contribution.html", context, status=status_of(form))
