"""A question to a guide: read, answered, taken back; signed in or by link, the same page."""

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
from footbridge.people import queries as people
from footbridge.transitions import actions, queries
from footbridge.transitions.states import Move


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def asked(request: HttpRequest, ask_id: uuid.UUID) -> HttpResponse:
    """One question, with what one may do about it now."""
    person = request.person  # type: ignore[attr-defined]
    return _show(request, person, queries.get_ask(person, ask_id), by_link=False)


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a signed link, without an account. Opening it changes nothing."""
    person, found = queries.ask_by_link(token)
    with override(people.language_of(person, person.chapter)):
        return _show(request, person, found, by_link=True)


def _show(request: HttpRequest, person: Any, found: Any, *, by_link: bool) -> HttpResponse:
    if request.method == "POST":
        move = request.POST.get("move", "")
        if move not in _ACTS:
            raise NotHere
        _ACTS[move](actor=person, ask=found)
        messages.success(request, _DONE[move])
        return redirect(request.path)
    context = {"ask": queries.ask_card_of(person, found), "by_link": by_link}
    return render(request, "transition/asked.html", context)


_ACTS: dict[str, Any] = {
    Move.AGREE: actions.agree,
    Move.NOT_NOW: actions.not_now,
    Move.WITHDRAW: actions.withdraw,
}

_DONE: dict[str, Any] = {
    Move.AGREE: _("Thank you. You both know now how to reach each other."),
    Move.NOT_NOW: _("Thank you for saying so. It is not told as a no."),
    Move.WITHDRAW: _("Withdrawn."),
}
