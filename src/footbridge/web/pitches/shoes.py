"""In my shoes: a card is written by its own side, given to another one, taken back, read."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.people import queries as people
from footbridge.pitches import actions, queries
from footbridge.pitches.actions import Said
from footbridge.pitches.cards import InShoes
from footbridge.pitches.logics import logics
from footbridge.web.forms import id_in, status_of, taken
from footbridge.web.pitches.forms import GiveForm, ShoesForm


@require_GET
@access(Audience.MEMBERS)
def own(request: HttpRequest) -> HttpResponse:
    """The cards that one writes, and those that others gave to one's side."""
    person = request.person  # type: ignore[attr-defined]
    context = {"own": queries.own_cards(person), "given": queries.given_to(person)}
    return render(request, "pitches/own_shoes.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def write(request: HttpRequest, side_id: uuid.UUID) -> HttpResponse:
    """Write the card of oneself or of an organisation for which one acts."""
    person = request.person  # type: ignore[attr-defined]
    member, card = _own_card(person, side_id)
    standing = {name: getattr(card, name) for name in asdict(Said())}
    standing["readers"] = card.readers or Said().readers
    form = ShoesForm(request.POST or None, initial={**standing, "version": card.version})

    def carry_out(said: dict[str, Any]) -> None:
        version = said["version"]
        actions.write_card(actor=person, member=member, said=form.said(), version=version)

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:shoes", member.id)
    context = {"form": form, "card": card, "terms": logics().terms}
    return render(request, "pitches/write_shoes.html", context, status=status_of(form))


def _own_card(person: Any, side_id: uuid.UUID) -> tuple[Any, InShoes]:
    member = people.get(person, side_id)
    card = queries.card_of(person, member)
    if card is None or not card.is_mine:
        raise NotHere
    return member, card


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def give(request: HttpRequest, side_id: uuid.UUID) -> HttpResponse:
    """Give one's card to one other side."""
    person = request.person  # type: ignore[attr-defined]
    member, card = _own_card(person, side_id)
    form = GiveForm(request.POST or None)

    def carry_out(said: dict[str, Any]) -> None:
        to = people.find(person, said["to"])
        if to is None:
            raise DomainError(_("Nobody of that name is here."), field="to")
        actions.give_card(actor=person, card=queries.get_card(person, member), to=to)
        messages.success(request, _("%(name)s may read it now.") % {"name": to.name})

    if taken(form, request, carry_out):
        return redirect("web:give_shoes", member.id)
    context = {"form": form, "card": card}
    return render(request, "pitches/give_shoes.html", context, status=status_of(form))


@require_POST
@access(Audience.MEMBERS)
def take_back(request: HttpRequest, side_id: uuid.UUID) -> HttpResponse:
    """Take one's card back from one other side."""
    person = request.person  # type: ignore[attr-defined]
    member, _card = _own_card(person, side_id)
    to = people.get(person, id_in(request, "to"))
    actions.take_back(actor=person, card=queries.get_card(person, member), to=to)
    messages.success(request, _("Taken back. They no longer read it."))
    return redirect("web:give_shoes", member.id)


@require_GET
@access(Audience.MEMBERS)
def read(request: HttpRequest, side_id: uuid.UUID) -> HttpResponse:
    """How it looks from a member's side, if one may read it, and how to open a first talk."""
    person = request.person  # type: ignore[attr-defined]
    card = queries.card_of(person, people.get(person, side_id))
    if card is None or not (card.is_written or card.is_mine):
        raise NotHere
    context = {"card": card, "logics": logics()}
    return render(request, "pitches/shoes.html", context)
