"""What listed people have to do with those under the radar: a word in advance, an answer to a
card, a confirmation that somebody is who they say."""

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
from footbridge.veil import actions, queries
from footbridge.web.forms import status_of, taken
from footbridge.web.radar.forms import StandingYesForm
from footbridge.web.radar.meeting import shown


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def standing_yes(request: HttpRequest) -> HttpResponse:
    """Say in advance to whom one is glad to be introduced, and whether one takes cards."""
    person = request.person  # type: ignore[attr-defined]
    if settled := _settled(request, person):
        messages.success(request, settled)
        return redirect("web:standing_yes")
    yes = queries.standing_yes_of(person)
    form = StandingYesForm(request.POST or None, initial=vars(yes) if yes else None)
    if taken(form, request, lambda said: _say(person, said)):
        messages.success(request, _("Noted. You hear of it when somebody says yes as well."))
        return redirect("web:standing_yes")
    context = {"form": form, "yes": yes, "takes_cards": yes is None or yes.takes_cards}
    return render(request, "radar/standing_yes.html", context, status=status_of(form))


def _settled(request: HttpRequest, person: Any) -> str:
    """What one button alone says."""
    if "back" in request.POST:
        actions.take_yes_back(actor=person)
        return _("Taken back.")
    if "cards" in request.POST:
        actions.take_cards(actor=person, takes=request.POST["cards"] == "yes")
        return _("Saved.")
    return ""


def _say(person: Any, said: dict[str, Any]) -> None:
    actions.say_standing_yes(
        actor=person,
        words=said["words"],
        sectors=said["sectors"],
        causes=exchange.causes_by_ids(said["causes"]),
    )


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def received(request: HttpRequest, approach_id: uuid.UUID) -> HttpResponse:
    """A card from under the radar, or who sent it, once both said yes."""
    person = request.person  # type: ignore[attr-defined]
    approach = queries.approach_for(person, approach_id)
    if request.method == "POST":
        is_yes = request.POST.get("answer") == "yes"
        actions.answer(actor=person, approach_id=approach_id, is_yes=is_yes)
        if is_yes:
            return redirect("web:received", approach_id)
        messages.success(request, _("Noted. Nobody is told."))
        return redirect("web:today")
    context = {"approach": approach, "shown": shown(approach.card)}
    return render(request, "radar/received.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def vouch(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that somebody under the radar is who they say. They gave the link themself."""
    person = request.person  # type: ignore[attr-defined]
    name = queries.name_to_vouch_for(token)
    if request.method == "POST":
        actions.vouch(actor=person, token=token)
        messages.success(request, _("Thank you. Nobody but them learns of it."))
        return redirect("web:today")
    return render(request, "radar/vouch.html", {"name": name})
