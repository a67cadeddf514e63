"""Whose a partnership is: its sides, what is said of each, and who stands for them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.partnerships import actions, queries, rules
from footbridge.partnerships.actions import NewParty
from footbridge.people import queries as people_queries
from footbridge.people.states import Size
from footbridge.web.assignments.beginning import person_named
from footbridge.web.forms import id_in, status_of, taken
from footbridge.web.partner.forms import AddPartyForm, AskForm, NameForm, PartyForm, SizeForm

TOLD = ("gain", "role", "sector", "counts_as", "size", "size_scheme", "group", "version")


def other_side(viewer: Any, said: dict[str, Any]) -> NewParty:
    """A side as it was typed: a member where we know one by this name, else a group."""
    asked = person_named(viewer, said["asked"], field="asked") if said["asked"] else None
    role = said.get("role", "core")
    if not said["other"] and asked is not None:
        return NewParty(member=people_queries.get(viewer, asked.id), asked=asked, role=role)
    member = people_queries.find(viewer, said["other"])
    if member is None:
        return NewParty(name=said["other"], asked=asked, role=role)
    if member.is_person and asked is None:
        asked = people_queries.as_person(member)
    return NewParty(member=member, asked=asked, role=role)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def parties(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """The sides of a partnership, and one more."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    form = AddPartyForm(request.POST or None)

    def carry_out(said: dict[str, Any]) -> None:
        actions.add_party(actor=person, partnership=found, new=other_side(person, said))

    if taken(form, request, carry_out):
        messages.success(request, _("Added. It is in once it says yes itself."))
        return redirect("web:partnership_parties", found.id)
    card = queries.get_card(person, partnership_id)
    context = {"card": card, "form": form, "moves": {one.value for one in card.moves}}
    return render(request, "partner/parties.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def party(request: HttpRequest, partnership_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """One side: what is said of it, its size by the rule, whom to ask for its yes."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    side = queries.get_party(person, found, party_id)
    card = queries.get_card(person, partnership_id)
    shown = next(one for one in card.parties if one.id == side.id)
    move = request.POST.get("move", "")
    form = PartyForm(request.POST if move == "edit" else None, initial=_said_of(shown))
    ask = AskForm(request.POST if move == "ask" else None)
    size = SizeForm(request.GET if "people" in request.GET else None)
    if move == "withdraw":
        actions.withdraw(actor=person, party=side)
        return redirect("web:partnership_parties", found.id)
    if taken(form, request, lambda said: actions.edit_party(actor=person, party=side, **said)):
        messages.success(request, _("Saved."))
        return redirect("web:partnership_parties", found.id)
    if taken(ask, request, lambda said: _ask(person, side, said)):
        messages.success(request, _("They are asked."))
        return redirect("web:partnership_parties", found.id)
    if request.method == "POST" and move not in ("edit", "ask"):
        raise NotHere
    context = {
        "card": card,
        "side": shown,
        "form": form,
        "ask": ask,
        "size": size,
        "found_size": _found_size(size),
    }
    status = max(status_of(form), status_of(ask))
    return render(request, "partner/party.html", context, status=status)


def _said_of(shown: Any) -> dict[str, Any]:
    profits = {True: "yes", False: "no", None: ""}[shown.shares_profits]
    return {**{name: getattr(shown, name) for name in TOLD}, "shares_profits": profits}


def _ask(person: Any, side: Any, said: dict[str, Any]) -> None:
    other = person_named(person, said["asked"], field="asked")
    actions.ask(actor=person, party=side, person=other)


def _found_size(form: SizeForm) -> str:
    """The size that the figures give, in words; nothing is kept of them."""
    if not form.is_bound or not form.is_valid():
        return ""
    said = form.cleaned_data
    size = rules.size_of(said["people"], said["turnover"], said["balance"])
    return str(Size(size).label)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def people(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """Who stands for each side, and who did."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    move = request.POST.get("move", "")
    if move == "end":
        row = queries.get_representative(person, found, id_in(request, "row"))
        actions.end(actor=person, representative=row)
        stays = queries.visible_to(person).filter(id=found.id).exists()
        return redirect("web:partnership_people", found.id) if stays else redirect("web:partner")
    form = NameForm(request.POST if request.method == "POST" else None)
    card = queries.get_card(person, partnership_id)

    def carry_out(said: dict[str, Any]) -> None:
        if card.mine is None:
            raise NotHere
        side = queries.get_party(person, found, card.mine.id)
        other = person_named(person, said["person"], field="person")
        actions.name(actor=person, party=side, person=other, role=said["role"])

    if taken(form, request, carry_out):
        messages.success(request, _("They are told, and can step down at any time."))
        return redirect("web:partnership_people", found.id)
    context = {"card": card, "form": form, "moves": {one.value for one in card.moves}}
    return render(request, "partner/people.html", context, status=status_of(form))
