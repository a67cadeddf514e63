"""How somebody under the radar meets another: by a standing yes, or by a veiled card."""

from __future__ import annotations

import uuid
from typing import Any

from babel import Locale
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.exchange import queries as exchange
from footbridge.insight import lookout
from footbridge.people import cards
from footbridge.people import queries as people
from footbridge.veil import actions, queries
from footbridge.veil.cards import VeiledCard
from footbridge.web.forms import status_of, taken
from footbridge.web.radar.forms import CardForm


@require_GET
@access(Audience.HIDDEN)
def glad(request: HttpRequest) -> HttpResponse:
    """Who would be glad to meet somebody like this."""
    me = request.hidden  # type: ignore[attr-defined]
    return render(request, "radar/glad.html", {"glad": queries.glad(me), "me": me.profile})


@require_http_methods(["GET", "POST"])
@access(Audience.HIDDEN)
def say_yes(request: HttpRequest, yes_id: uuid.UUID) -> HttpResponse:
    """Say yes as well; a page first says what happens then."""
    me = request.hidden  # type: ignore[attr-defined]
    card = next((one for one in queries.glad(me) if one.id == yes_id), None)
    if card is None:
        raise NotHere
    if request.method == "POST":
        actions.say_yes(actor=me, yes_id=yes_id)
        messages.success(request, _("You both said yes. Your names are with each other now."))
        return redirect("web:radar")
    return render(request, "radar/say_yes.html", {"card": card, "me": me.profile})


@require_POST
@access(Audience.HIDDEN)
def be_glad(request: HttpRequest) -> HttpResponse:
    """Say, or take back, that others under the radar may meet one."""
    me = request.hidden  # type: ignore[attr-defined]
    actions.be_glad_of_peers(actor=me, glad=request.POST.get("glad") == "yes")
    messages.success(request, _("Saved."))
    return redirect("web:radar_glad")


@require_http_methods(["GET", "POST"])
@access(Audience.HIDDEN)
def card(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Write a veiled card, see it as the other will, and only then send it."""
    me = request.hidden  # type: ignore[attr-defined]
    viewer = queries.as_onlooker(me)
    person = people.get_person(viewer, member_id)
    form = CardForm(
        request.POST or None, causes=me.profile.causes, initial={"words": me.profile.headline}
    )
    if "send" in request.POST and taken(form, request, lambda said: _send(me, person, said)):
        messages.success(request, _("Sent. You hear of it here when they say yes."))
        return redirect("web:radar")
    context: dict[str, Any] = {"form": form, "to": cards.card(viewer, person)}
    if form.is_bound and form.is_valid():
        veiled = _card(me, form.cleaned_data)
        context["preview"] = shown(veiled)
        context["fitting"] = lookout.how_many_fit(veiled)
        context["few"] = lookout.FEW
    return render(request, "radar/card.html", context, status=status_of(form))


def _send(me: Any, person: Any, said: dict[str, Any]) -> None:
    actions.send_card(actor=me, person=person, card=_card(me, said))


def _card(me: Any, said: dict[str, Any]) -> VeiledCard:
    profile = me.profile
    country = profile.place.country if profile.place else ""
    return VeiledCard(
        words=said["words"],
        ask=said["ask"],
        cause=said["cause"],
        sector=profile.sector if said["show_sector"] else "",
        country=country if said["show_country"] else "",
        vouches=len(profile.vouches),
        has_work_mailbox=bool(profile.proven_domain),
    )


def shown(card: VeiledCard) -> dict[str, Any]:
    """A card in the reader's words."""
    causes = exchange.causes_by_ids([card.cause]) if card.cause else []
    return {
        "words": card.words,
        "ask": card.ask,
        "sector": card.sector,
        "cause": causes[0].label if causes else "",
        "country": _country(card.country),
        "vouches": card.vouches,
        "has_work_mailbox": card.has_work_mailbox,
    }


def _country(code: str) -> str:
    names = Locale.parse(get_language() or "en", sep="-").territories
    return str(names.get(code, code))


@require_POST
@access(Audience.HIDDEN)
def withdraw(request: HttpRequest, approach_id: uuid.UUID) -> HttpResponse:
    """Take a card back."""
    actions.withdraw(actor=request.hidden, approach_id=approach_id)  # type: ignore[attr-defined]
    messages.success(request, _("Taken back. They no longer see it."))
    return redirect("web:radar")
