"""A peer listens first: asked, answered, noted; signed in or by link, the same page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.people import queries as people
from footbridge.pitches import actions, queries
from footbridge.pitches.states import Move
from footbridge.web.forms import status_of, taken
from footbridge.web.pitches.forms import AskForm, NotesForm


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def ask(request: HttpRequest, pitch_id: uuid.UUID) -> HttpResponse:
    """Choose a peer who listens before the meeting, and ask them."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get_own(person, pitch_id)
    text = request.GET.get("q", "")[:100]
    peers = queries.could_be_asked(person, found, text=text)
    form = AskForm(request.POST or None, peers=peers)

    def carry_out(said: dict[str, Any]) -> None:
        peer = queries.get_peer(person, found, said.pop("peer"))
        actions.ask(actor=person, pitch=found, peer=peer, **said)

    if taken(form, request, carry_out):
        messages.success(request, _("Asked. We write to you when they say yes."))
        return redirect("web:pitch", found.id)
    context = {
        "form": form,
        "card": queries.pitch_card_of(person, found),
        "peers": peers,
        "q": text,
    }
    return render(request, "pitches/rehearse.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def rehearsal(request: HttpRequest, rehearsal_id: uuid.UUID) -> HttpResponse:
    """One rehearsal, with what one may do about it now."""
    person = request.person  # type: ignore[attr-defined]
    return _show(request, person, queries.get_rehearsal(person, rehearsal_id), by_link=False)


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a signed link, without an account. Opening it changes nothing."""
    person, found = queries.rehearsal_by_link(token)
    with override(people.language_of(person, person.chapter)):
        return _show(request, person, found, by_link=True)


def _show(request: HttpRequest, person: Any, found: Any, *, by_link: bool) -> HttpResponse:
    move = request.POST.get("move", "") if request.method == "POST" else ""
    if request.method == "POST" and move not in (*_ACTS, Move.NOTE):
        raise NotHere
    if move in _ACTS:
        _ACTS[move](actor=person, rehearsal=found)
        messages.success(request, _DONE[move])
        return redirect(request.path)
    card = queries.rehearsal_card_of(person, found)
    form = _notes(request, card)

    def carry_out(said: dict[str, Any]) -> None:
        version = said["version"]
        actions.note_down(actor=person, rehearsal=found, notes=form.notes(), version=version)

    if move and taken(form, request, carry_out):
        messages.success(request, _("Thank you. They read what you wrote."))
        return redirect(request.path)
    context = {"one": card, "form": form, "by_link": by_link}
    return render(request, "pitches/rehearsal.html", context, status=status_of(form))


def _notes(request: HttpRequest, card: Any) -> NotesForm:
    names = ("heard", "clear_ask", "their_words", "answered", "missing")
    standing = {name: getattr(card.notes, name) for name in names} if card.notes else {}
    return NotesForm(request.POST or None, initial={**standing, "version": card.version})


_ACTS: dict[str, Any] = {
    Move.AGREE: actions.agree,
    Move.NOT_NOW: actions.not_now,
    Move.WITHDRAW: actions.withdraw,
}

_DONE: dict[str, Any] = {
    Move.AGREE: gettext_lazy("Thank you. You both know now how to reach each other."),
    Move.NOT_NOW: gettext_lazy("Thank you for saying so. It is not told as a no."),
    Move.WITHDRAW: gettext_lazy("Withdrawn."),
}
