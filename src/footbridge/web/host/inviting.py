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
from footbridge.core.errors import NotHere
from footbridge.meetings import actions, queries
from footbridge.people import queries as people
from footbridge.people.cards import Page
from footbridge.web.forms import page_in
from footbridge.web.host.session_forms import GuestsForm
from footbridge.web.host.sessions import hosted_session

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
    if found.is_closed:  # everybody in the circle was asked when it was opened
        raise NotHere
    if request.method == "POST":
        return _invite(request, found)
    form = GuestsForm(request.GET)
    form.is_valid()
    listed = _listed(request, found, form.cleaned_data)
    seats = {seat.person.id: seat for seat in queries.seats(person, found) if seat.person}
    context = {
        "card": queries.card(person, found),
        "form": form,
        "before": len(queries.who_came_before(person, found.chapter) - seats.keys()),
        "found": listed,
        "guests": [Guest(one.member, one.email, seats.get(one.member.id)) for one in listed.items],
    }
    return render(request, "host/invite_to_session.html", context)


def _invite(request: HttpRequest, session: Any) -> HttpResponse:
    person = request.person  # type: ignore[attr-defined]
    chosen = _chosen(request, session)
    if not chosen:
        messages.warning(request, _("Tick whom you would like to invite first."))
        return redirect("web:invite_to_session", session.id)
    asked = actions.invite(actor=person, session=session, people=chosen)
    tell_of_invited(request, len(asked), names_left_out(chosen, asked))
    return redirect("web:host_session", session.id)


def _chosen(request: HttpRequest, session: Any) -> list[Any]:
    """Those who were ticked, those on the page, or with one tick all who came before."""
    person = request.person  # type: ignore[attr-defined]
    if "came_before" in request.POST:
        found = people.by_ids(person, queries.who_came_before(person, session.chapter))
        return [people.as_person(one) for one in found.values()]
    wanted = request.POST.getlist("listed" if "everyone" in request.POST else "person")
    return [people.get_person(person, one) for one in wanted]


def names_left_out(chosen: list[Any], asked: list[Any]) -> str:
    invited = {seat.person_id for seat in asked}
    return ", ".join(one.name for one in chosen if one.id not in invited)


def tell_of_invited(request: HttpRequest, n: int, left_out: str) -> None:
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
    before = queries.who_came_before(person, session.chapter)
    everyone = people.members(person, session.chapter, text=text, size=MOST_LISTED)
    kept = [one for one in everyone.items if (one.member.id in before) == (which == "before")]
    return Page(kept, len(kept), size=MOST_LISTED)
