"""Whether one was there and says the same; signed in or by link, the same page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.expertise import actions, queries
from footbridge.expertise.states import Move, Role
from footbridge.people import queries as people
from footbridge.web.forms import status_of, taken
from footbridge.web.skills.forms import ConfirmationForm


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def question(request: HttpRequest, confirmation_id: uuid.UUID) -> HttpResponse:
    """One question, and what one may say to it."""
    person = request.person  # type: ignore[attr-defined]
    return _show(request, person, queries.get(person, confirmation_id), by_link=False)


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a signed link, without an account. Opening it changes nothing."""
    person, found = queries.question_by_link(token)
    with override(people.language_of(person, person.chapter)):
        return _show(request, person, found, by_link=True)


def _show(request: HttpRequest, person: Any, found: Any, *, by_link: bool) -> HttpResponse:
    card = queries.question_card(person, found)
    move = request.POST.get("move", "")
    said = {"words": card.words, "is_named": card.is_named}
    form = ConfirmationForm(request.POST if move == Move.CONFIRM else None, initial=said)
    if move == Move.CONFIRM and card.role == Role.ASKER:
        actions.confirm(actor=person, confirmation=found)  # refuses: one's own word is not enough
    if request.method == "POST" and _acted(request, person, found, form):
        return redirect(request.path)
    context = {"card": card, "form": form, "moves": set(card.moves), "by_link": by_link}
    return render(request, "skills/question.html", context, status=status_of(form))


def _acted(request: HttpRequest, person: Any, found: Any, form: ConfirmationForm) -> bool:
    """Carry out the one thing that was tapped; a refusal stands beside what was typed."""
    move = request.POST.get("move", "")
    said = {"actor": person, "confirmation": found}
    if move == Move.CONFIRM:
        if not taken(form, request, lambda typed: actions.confirm(**said, **typed)):
            return False
    elif move in _ACTS:
        _ACTS[move](**said)
    else:
        raise NotHere
    messages.success(request, _DONE[move])
    return True


_ACTS: dict[str, Any] = {Move.NOT_MINE: actions.not_mine, Move.WITHDRAW: actions.withdraw}
_DONE: dict[str, Any] = {
    Move.CONFIRM: _("Thank you. You can take it back at any time."),
    Move.NOT_MINE: _("Thank you. Nobody is told."),
    Move.WITHDRAW: _("Taken back."),
}
