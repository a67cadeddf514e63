"""Whom to invite to a session: the people of its chapter, those who came before, newcomers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.meetings import actions, queries
from footbridge.people import queries as people
from footbridge.people.cards import Page
from footbridge.web.forms import page_in
from footbridge.web.host.session_forms import GuestsForm
from footbridge.web.host.sessions import hosted_session

# How far back "before" reaches.
LAST_SESSIONS = 12
MOST_LISTED = 500


@dataclass(frozen=True)
class Guest:
    """Someone of the list, and how they stand to the session already."""

    member: Any
    email: str
    seat: Any = None

    @property
    def may_be_asked(self) -> bool:
        return self.seat is None and not self.member.is_paused


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def invite(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Choose whom to ask; each gets a link of their own."""
    person = request.person  # type: ignore[attr-defined]
    found = hosted_session(request, session_id)
    if request.method == "POST":
        return _invite(request, found)
    form = GuestsForm(request.GET)
    form.is_valid()
    listed = _listed(request, found, form.cleaned_data)
    seats = {seat.person.id: seat for seat in queries.seats(person, found) if seat.person}
    context = {
        "card": queries.card(person, found),
        "form": form,
        "found": listed,
        "guests": [Guest(one.member, one.email, seats.get(one.member.id)) for one in listed.items],
    }
    return render(request, "host/invite_to_session.html", context)


def _invite(request: HttpRequest, session: Any) -> HttpResponse:
    person = request.person  # type: ignore[attr-defined]
    wanted = request.POST.getlist("listed" if "everyone" in request.POST else "person")
    if not wanted:
        messages.warning(request, _("Tick whom you would like to invite first."))
        return redirect("web:invite_to_session", session.id)
    chosen = [people.get_person(person, one) for one in wanted]
    asked = actions.invite(actor=person, session=session, people=chosen)
    _tell(request, len(asked), _names_left_out(chosen, asked))
    return redirect("web:host_session", session.id)


def _names_left_out(chosen: list[Any], asked: list[Any]) -> str:
    invited = {seat.person_id for seat in asked}
    return ", ".join(one.name for one in chosen if one.id not in invited)


def _tell(request: HttpRequest, n: int, left_out: str) -> None:
    if n:
        words = ngettext(
            "%(n)d person is invited. The link stands in the outbox, too, to be copied.",
            "%(n)d people are invited. Their links stand in the outbox, too, to be copied.",
            n,
        )
        messages.success(request, words % {"n": n})
    if left_out:
        messages.info(request, _("Not available now: %(names)s.") % {"names": left_out})


def _listed(request: HttpRequest, session: Any, said: dict[str, Any]) -> Page[Any]:
    """The people of the chapter, as far as they were asked for."""
    person = request.person  # type: ignore[attr-defined]
    text, which = said.get("q", ""), said.get("which", "")
    if not which:
        return people.members(person, session.chapter, text=text, page=page_in(request))
    before = _came_before(person, session.chapter)
    everyone = people.members(person, session.chapter, text=text, size=MOST_LISTED)
    kept = [one for one in everyone.items if (one.member.id in before) == (which == "before")]
    return Page(kept, len(kept), size=MOST_LISTED)


def _came_before(person: Any, chapter: Any) -> set[uuid.UUID]:
    """Who was at one of the last sessions of a chapter."""
    past = queries.sessions(person, chapter=chapter, when="past", size=LAST_SESSIONS)
    sessions = [queries.get(person, card.id) for card in past.items]
    seats = [seat for session in sessions for seat in queries.seats(person, session)]
    return {seat.person.id for seat in seats if seat.person and seat.came_at}
