"""The sessions one may come to, and one's seat in them: signed in or by link, the same page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.meetings import actions, queries
from footbridge.meetings.states import Holding, Move
from footbridge.people import queries as people
from footbridge.web.forms import page_in
from footbridge.web.meet.recognising import remembered
from footbridge.web.meet.taking_part import (
    TAKING_PART,
    section_of,
    take_part,
    taking_part,
)
from footbridge.web.meet.waiting import offered


@require_GET
@access(Audience.MEMBERS)
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions that are coming, one's own first; or those that were."""
    person = request.person  # type: ignore[attr-defined]
    past = request.GET.get("when") == "past"
    found = queries.sessions(person, when="past" if past else "coming", page=page_in(request))
    mine = [] if past else queries.my_sessions(person)
    own = {card.id for card in mine}
    context = {
        "past": past,
        "found": found,
        "mine": mine if found.number == 1 else [],
        "others": [card for card in found.items if card.id not in own and _is_news(card)],
    }
    return render(request, "meet/sessions.html", context | ({} if past else _feeds(person)))


def _feeds(person: Any) -> dict[str, str]:
    """The addresses for a calendar program: of one's own sessions, and of one's chapter's."""
    here = person.chapter
    chapter = settings.PUBLIC_URL + queries.chapter_feed_path(person, here) if here else ""
    return {"feed": settings.PUBLIC_URL + queries.feed_path(person), "chapter_feed": chapter}


def _is_news(card: Any) -> bool:
    """What was called off is of interest to those who meant to come."""
    return not card.is_cancelled or card.mine is not None


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """One session, and the one thing to do about one's seat in it."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, session_id)
    refusal = _acted(request, person, found)
    if request.method == "POST" and refusal is None:
        return redirect(request.path + section_of(request))
    calendar = reverse("web:session_calendar", args=[found.id])
    return _page(request, person, found, refusal, {"calendar": calendar, "linked": True})


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def seat_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a signed link, without an account. Opening it changes nothing."""
    person, seat = queries.seat_by_link(token)
    with override(people.language_of(person, person.chapter)):
        refusal = _acted(request, person, seat.session)
        if request.method == "POST" and refusal is None:
            return remembered(redirect(request.path + section_of(request)), seat.session, token)
        own = {"calendar": queries.calendar_path(seat), "by_link": True}
        return _page(request, person, seat.session, refusal, own)


def _acted(request: HttpRequest, person: Any, found: Any) -> DomainError | None:
    """Carry out the one thing that was tapped; a refusal is shown on the page."""
    if request.method != "POST":
        return None
    move = request.POST.get("move", "")
    if move in TAKING_PART:
        return take_part(request, person, found)
    if move not in _ACTS:
        raise NotHere
    try:
        seat = _ACTS[move](actor=person, session=found)
    except NotHere:
        raise
    except DomainError as error:
        return error
    messages.success(request, _said(move, seat))
    return None


def _leave(*, actor: Any, session: Any) -> Any:
    seat = queries.seat_of(actor, session)
    if seat is None:
        raise NotHere
    return actions.leave(actor=actor, seat=seat)


_ACTS: dict[str, Callable[..., Any]] = {
    Move.ACCEPT: actions.accept,
    Move.WAIT: actions.accept,
    Move.DECLINE: actions.decline,
    Move.GIVE_BACK: actions.give_back,
    Move.LEAVE_LINE: actions.give_back,
    Move.CONFIRM: actions.confirm,
    Move.COME: actions.come,
    Move.LEAVE: _leave,
}


def _said(move: str, seat: Any) -> str:
    """What came of it: a yes may have met a full room."""
    if move in (Move.ACCEPT, Move.WAIT):
        if seat.holding == Holding.ACCEPTED:
            return _("You have a seat.")
        return _("You are on the waiting list. We write to you when a seat is freed.")
    words = {
        Move.DECLINE: _("Thank you for saying so."),
        Move.GIVE_BACK: _("Thank you for saying so in time. The seat goes to the next."),
        Move.LEAVE_LINE: _("You are off the waiting list."),
        Move.CONFIRM: _("Thank you. See you there."),
        Move.COME: _("Welcome. You are checked in."),
        Move.LEAVE: _("Good that you were here."),
    }
    return words[Move(move)]


def _page(
    request: HttpRequest, person: Any, found: Any, refusal: DomainError | None, own: dict[str, Any]
) -> HttpResponse:
    card = queries.card(person, found)
    context = {
        "card": card,
        "table": queries.my_table(person, found),
        "moves": offered(card),
        "others": [seat for seat in queries.seats(person, found) if _comes(seat)],
        "act": request.path,
        "refusal": refusal,
        "harvest": queries.harvest(person, found),
        **taking_part(request, person, found),
    }
    status = refusal.status if refusal else 200
    return render(request, "meet/session.html", context | own, status=status)


def _comes(seat: Any) -> bool:
    return not seat.is_mine and (seat.holding == Holding.ACCEPTED or seat.came_at is not None)
