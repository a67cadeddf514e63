"""An appointment: answer, cancel, say how long it took; signed in or by link, the same page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.hours import actions, calendar, queries
from footbridge.hours.states import Move
from footbridge.people import queries as people
from footbridge.web.forms import status_of, taken
from footbridge.web.templatetags.times import moment
from footbridge.web.time.forms import CancelForm, ConfirmForm, LearnForm, ProposeForm, TellForm

ICS = "text/calendar; charset=utf-8"


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def booking(request: HttpRequest, booking_id: uuid.UUID) -> HttpResponse:
    """One appointment, with what one may do about it now."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, booking_id)
    calendar_page = reverse("web:booking_ics", args=[found.id])
    return _show(request, person, found, {"calendar": calendar_page})


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a signed link, without an account. Opening it changes nothing."""
    person, found = queries.booking_by_link(token)
    with override(people.language_of(person, person.chapter)):
        own = {"calendar": queries.calendar_path(found, person), "by_link": True}
        return _show(request, person, found, own)


def _show(request: HttpRequest, person: Any, found: Any, own: dict[str, Any]) -> HttpResponse:
    card = queries.card(person, found)
    forms = _forms(request, person, found, card)
    if request.method == "POST" and _acted(request, person, found, forms):
        return redirect(request.path)
    status = max((status_of(form) for form in forms.values()), default=200)
    context = {"card": card, "forms": forms, "moves": set(card.moves), **own}
    return render(request, "time/booking.html", context, status=status)


def _forms(request: HttpRequest, person: Any, found: Any, card: Any) -> dict[str, Any]:
    """The forms for what may be done now; the one that was sent is filled with what was typed."""
    minutes = {
        "minutes": card.giver_minutes or card.minutes,
        "learned": card.learned,
        "version": card.told_version,
    }
    kinds: dict[Move, Any] = {
        Move.ANOTHER: lambda sent: ProposeForm(sent, slots=_other_times(person, found)),
        Move.TELL: lambda sent: TellForm(sent, initial=minutes),
        Move.CONFIRM: lambda sent: ConfirmForm(sent, initial=minutes),
        Move.LEARN: lambda sent: LearnForm(sent, initial=minutes),
        Move.CANCEL: CancelForm,
    }
    move = request.POST.get("move", "")
    return {
        name.value: make(request.POST if name == move else None)
        for name, make in kinds.items()
        if name in card.moves or name == move != Move.ANOTHER
    }


def _other_times(person: Any, found: Any) -> list[tuple[str, str]]:
    slots = queries.other_slots(person, found)
    return [(str(one.id), moment(one.starts_at, one.timezone)) for one in slots]


def _acted(request: HttpRequest, person: Any, found: Any, forms: dict[str, Any]) -> bool:
    """Carry out the one thing that was tapped; a refusal stands beside what was typed."""
    move = request.POST.get("move", "")
    if move not in _ACTS:
        raise NotHere
    form = forms.get(move)
    if form is None:
        _ACTS[move](person, found, {})
    elif not taken(form, request, lambda said: _ACTS[move](person, found, said)):
        return False
    messages.success(request, _DONE[move])
    return True


def _propose(person: Any, found: Any, said: dict[str, Any]) -> None:
    if "slot" not in said:
        raise NotHere
    slot = queries.own_slot(person, said["slot"])
    actions.propose(actor=person, booking=found, slot=slot)


_ACTS: dict[str, Any] = {
    Move.AGREE: lambda person, found, _said: actions.agree(actor=person, booking=found),
    Move.ANOTHER: _propose,
    Move.NOT_NOW: lambda person, found, _said: actions.not_now(actor=person, booking=found),
    Move.WITHDRAW: lambda person, found, _said: actions.withdraw(actor=person, booking=found),
    Move.CANCEL: lambda person, found, said: actions.cancel(actor=person, booking=found, **said),
    Move.TELL: lambda person, found, said: actions.tell(actor=person, booking=found, **said),
    Move.CONFIRM: lambda person, found, said: actions.confirm(actor=person, booking=found, **said),
    Move.LEARN: lambda person, found, said: actions.learn(actor=person, booking=found, **said),
}

_DONE: dict[str, Any] = {
    Move.AGREE: _("Thank you."),
    Move.ANOTHER: _("Proposed. We write to you when there is an answer."),
    Move.NOT_NOW: _("Thank you for saying so."),
    Move.WITHDRAW: _("Withdrawn."),
    Move.CANCEL: _("Called off. The other is told."),
    Move.TELL: _("Thank you for telling."),
    Move.CONFIRM: _("Confirmed. Thank you."),
    Move.LEARN: _("Kept."),
}


@require_safe
@access(Audience.MEMBERS)
def calendar_file(request: HttpRequest, booking_id: uuid.UUID) -> HttpResponse:
    """One's appointment, as a file for one's calendar."""
    person = request.person  # type: ignore[attr-defined]
    return _file(calendar.of_booking(queries.get(person, booking_id), person))


@require_safe
@access(Audience.LINK)
def calendar_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a signed link."""
    person, found = queries.booking_by_link(token)
    with override(people.language_of(person, person.chapter)):
        return _file(calendar.of_booking(found, person))


def _file(held: bytes) -> HttpResponse:
    response = HttpResponse(held, content_type=ICS)
    response["Content-Disposition"] = 'inline; filename="appointment.ics"'
    return response
