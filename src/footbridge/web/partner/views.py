"""One's partnerships; one of them with its next step; what hosts may know."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.partnerships import actions, queries
from footbridge.partnerships.starters import all_starters
from footbridge.partnerships.states import LEADS_TO, Move
from footbridge.web.forms import id_in, status_of, taken
from footbridge.web.partner.forms import CloseForm, DeepenForm
from footbridge.web.pictures.rows import Side, facing_rows


@require_GET
@access(Audience.MEMBERS)
def partnerships(request: HttpRequest) -> HttpResponse:
    """What one is asked, what goes on, what was, and where nobody is left."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.list_for(person)
    context = {
        "asked": queries.asked(person),
        "alone": queries.alone(person),
        "running": [one for one in found if not one.is_over],
        "over": [one for one in found if one.is_over],
        "starters": all_starters()[:3],
    }
    return render(request, "partner/partnerships.html", context)


@require_GET
@access(Audience.HOSTS)
def for_hosts(request: HttpRequest) -> HttpResponse:
    """The partnerships of one's chapters, as hosts may know them."""
    person = request.person  # type: ignore[attr-defined]
    return render(request, "partner/for_hosts.html", {"lines": queries.for_hosts(person)})


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def partnership(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """One partnership: its next step, whose it is, and what else can be done."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    move = request.POST.get("move", "")
    close = CloseForm(request.POST if move == "close" else None)
    refusal, done = _acted(request, person, found, close)
    if done:
        gone = move == "leave"
        return redirect("web:partner") if gone else redirect("web:partnership", found.id)
    card = queries.get_card(person, partnership_id)
    context = {
        "card": card,
        "moves": {one.value for one in card.moves},
        "picture": _picture(card),
        "close": close,
        "deepen": DeepenForm(None, deeper=card.deeper),
        "refusal": refusal,
        "happened": queries.timeline(person, found)[:8],
    }
    status = refusal.status if refusal else status_of(close)
    return render(request, "partner/partnership.html", context, status=status)


def _picture(card: Any) -> str:
    """The two facing rows of people: one's own side, and the others."""
    own = [one for one in card.standing if one.is_mine] or list(card.standing[:1])
    others = [one for one in card.standing if one not in own]
    if not others:
        return ""
    return facing_rows(_side(own), _side(others), say=lambda words: str(_(words)))


def _side(parties: list[Any]) -> Side:
    people = {one.person_id: one.name for party in parties for one in party.people}
    return Side(", ".join(one.name for one in parties), tuple(people.values()))


def _acted(
    request: HttpRequest, person: Any, found: Any, close: CloseForm
) -> tuple[DomainError | None, bool]:
    """Carry out the one thing that was tapped."""
    if request.method != "POST":
        return None, False
    move = request.POST.get("move", "")
    if move == Move.CLOSE:
        done = taken(
            close,
            request,
            lambda said: actions.move(actor=person, partnership=found, to=move, **said),
        )
        return None, done
    try:
        _act(request, person, found, move)
    except NotHere:
        raise
    except DomainError as error:
        return error, False
    if move in _DONE:
        messages.success(request, _DONE[move])
    return None, True


def _act(request: HttpRequest, person: Any, found: Any, move: str) -> None:
    if move in {one.value for one in LEADS_TO}:
        actions.move(actor=person, partnership=found, to=move)
    elif move == "leave":
        actions.leave(actor=person, partnership=found)
    elif move in ("settle", "unsettle"):
        item = request.POST.get("item", "")
        actions.settle(actor=person, partnership=found, item=item, done=move == "settle")
    elif move == "deepen":
        to, why = request.POST.get("to", ""), request.POST.get("why", "")
        actions.propose(actor=person, partnership=found, to=to, why=why)
    elif move in ("deeper_yes", "deeper_no"):
        wanted, yes = id_in(request, "deepening"), move == "deeper_yes"
        actions.answer_deepening(actor=person, partnership=found, deepening=wanted, yes=yes)
    else:
        raise NotHere


_DONE: dict[str, Any] = {
    "form": _("You form it now. The list says what is next."),
    "activate": _("It is active."),
    "review": _("The review has begun."),
    "resume": _("It goes on."),
    "embed": _("It is part of how you work."),
    "finish": _("Closed. Everybody in it can still read it."),
    "leave": _("Your side has left. The others are told."),
    "deepen": _("Proposed. Each side says yes or not now."),
    "deeper_yes": _("Your side said yes."),
    "deeper_no": _("It stays as it is."),
}
