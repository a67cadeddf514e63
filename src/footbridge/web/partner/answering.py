"""Answering whether one's side is in; signed in or by link, the same page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.partnerships import actions, queries
from footbridge.people import queries as people


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What one's side is asked, by the link of the letter. Opening it changes nothing."""
    person, party = queries.party_by_link(token)
    with override(people.language_of(person, person.chapter)):
        return _page(request, person, party, by_link=True)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def asked(request: HttpRequest, party_id: uuid.UUID) -> HttpResponse:
    """The same for who is signed in; and stepping in where nobody is left."""
    person = request.person  # type: ignore[attr-defined]
    return _page(request, person, queries.get_asked(person, party_id))


def _page(request: HttpRequest, person: Any, party: Any, *, by_link: bool = False) -> HttpResponse:
    refusal, said = _answered(request, person, party)
    if said:
        messages.success(request, said)
        if by_link:
            return redirect(request.path)
        gone = request.POST.get("move") == "decline"
        return (
            redirect("web:partner") if gone else redirect("web:partnership", party.partnership_id)
        )
    context = {
        "asked": queries.asked_card(party),
        "is_alone": party.asked_id != person.id,
        "partnership_id": party.partnership_id,
        "refusal": refusal,
        "by_link": by_link,
    }
    status = refusal.status if refusal else 200
    return render(request, "partner/asked.html", context, status=status)


def _answered(request: HttpRequest, person: Any, party: Any) -> tuple[DomainError | None, str]:
    if request.method != "POST":
        return None, ""
    act = _ACTS.get(request.POST.get("move", ""))
    if act is None:
        raise NotHere
    try:
        return None, act(person, party)
    except NotHere:
        raise
    except DomainError as error:
        return error, ""


def _accept(person: Any, party: Any) -> str:
    actions.accept(actor=person, party=party)
    return _("Your side is in. You are its first steward.")


def _decline(person: Any, party: Any) -> str:
    actions.decline(actor=person, party=party)
    return _("Thank you for saying so. Only whoever asked is told.")


def _step_in(person: Any, party: Any) -> str:
    actions.step_in(actor=person, party=party)
    return _("You stand for your side now. Name a second person soon.")


_ACTS = {"accept": _accept, "decline": _decline, "step_in": _step_in}
