"""Answering: whether one joins a circle, and what one says to a call; signed in or by link, the
same pages."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from footbridge.circles import actions, queries
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.people import queries as people
from footbridge.web.circles.forms import AnswerForm
from footbridge.web.forms import status_of, taken


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def asked_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Whether one joins, by the link of the letter. Opening it changes nothing."""
    person, membership = queries.asked_by_link(token)
    with override(people.language_of(person, person.chapter)):
        return asked_page(request, person, membership, by_link=True)


def asked_page(
    request: HttpRequest, person: Any, membership: Any, *, by_link: bool
) -> HttpResponse:
    """What somebody is asked to join, and yes or no."""
    refusal, said = _answered(request, person, membership)
    if said:
        messages.success(request, said)
        return redirect(request.path if by_link or membership.is_in else "web:circles")
    context = {
        "asked": queries.asked_card(person, membership),
        "refusal": refusal,
        "by_link": by_link,
    }
    status = refusal.status if refusal else 200
    return render(request, "circles/asked.html", context, status=status)


def _answered(request: HttpRequest, person: Any, membership: Any) -> tuple[DomainError | None, str]:
    if request.method != "POST":
        return None, ""
    move = request.POST.get("move", "")
    if move not in ("join", "decline", "leave"):
        raise NotHere
    act = {"join": actions.join, "decline": actions.decline, "leave": actions.leave}[move]
    try:
        membership.belonging = act(actor=person, circle=membership.circle).belonging
    except NotHere:
        raise
    except DomainError as error:
        return error, ""
    words = {
        "join": _("You are in. Your letters say when the circle begins."),
        "decline": _("Thank you for saying so. Nobody is told."),
        "leave": _("You have left the circle."),
    }
    return None, words[move]


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def call(request: HttpRequest, call_id: uuid.UUID) -> HttpResponse:
    """What a member asks, and one's answer; for who asked, the answers of the others."""
    person = request.person  # type: ignore[attr-defined]
    return _call_page(request, person, queries.get_call(person, call_id), by_link=False)


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def call_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of the letter. Opening it changes nothing."""
    person, found = queries.call_by_link(token)
    with override(people.language_of(person, person.chapter)):
        return _call_page(request, person, found, by_link=True)


def _call_page(request: HttpRequest, person: Any, found: Any, *, by_link: bool) -> HttpResponse:
    card = queries.call_card(person, found)
    if request.method == "POST" and request.POST.get("move") == "close":
        actions.close_call(actor=person, call=found)
        messages.success(request, _("Closed. Nobody is asked any more."))
        return redirect(request.path)
    # What was answered before stands on the page of who signs in; a link may be in other hands.
    given = {} if by_link else {"reply": card.reply, "words": card.words}
    form = AnswerForm(request.POST or None, initial=given)
    if taken(form, request, lambda said: _answer(person, found, said)):
        words = _("Thank you. Only %(name)s reads it.") % {"name": card.asker}
        messages.success(request, words)
        return redirect(request.path)
    context = {"card": card, "form": form, "by_link": by_link}
    return render(request, "circles/call.html", context, status=status_of(form))


def _answer(person: Any, found: Any, said: dict[str, Any]) -> None:
    actions.answer(actor=person, call=found, reply=said["reply"], words_=said["words"])
