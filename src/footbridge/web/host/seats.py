"""The evening itself: who is here, who does what, who walks in, and the sheet at the door."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core import clock
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.meetings import actions, policy, queries
from footbridge.meetings.states import Part
from footbridge.web.forms import status_of, taken
from footbridge.web.host.session_forms import WalkInForm
from footbridge.web.host.sessions import comes, counts_of, in_line, run_by
from footbridge.web.pictures.qr import qr_code


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def at_the_door(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The list for the door: one tap for each who comes, two fields for who walks in."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    form = WalkInForm(request.POST if request.method == "POST" else None)
    if taken(form, request, lambda said: _walk_in(found, said)):
        name = form.cleaned_data["name"]
        messages.success(request, _("%(name)s is checked in.") % {"name": name})
        return redirect("web:session_seats", found.id)
    card, seats = queries.card(person, found), queries.seats(person, found)
    context = {
        "card": card,
        "form": form,
        "counts": counts_of(seats),
        "coming": sorted((seat for seat in seats if comes(seat)), key=_by_name),
        "waiting": in_line(seats),
        "others": [seat for seat in seats if not comes(seat) and not seat.waiting_place],
        "checks_in": policy.is_door_open(found) or policy.is_corrected(found),
        "is_open": policy.is_door_open(found),
        "is_late": found.starts_at <= clock.now(),
        "parts": Part.choices,
    }
    return render(request, "host/seats.html", context, status=status_of(form))


def _walk_in(session: Any, said: dict[str, Any]) -> None:
    actions.walk_in(session=session, **said)


def _by_name(seat: Any) -> str:
    return str(seat.name).casefold()


@require_POST
@access(Audience.MEMBERS)
def act(request: HttpRequest, session_id: uuid.UUID, seat_id: uuid.UUID) -> HttpResponse:
    """One tap about one seat, and back to where it stands in the list."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    seat = queries.get_seat(person, found, seat_id)
    wanted = request.POST.get("move", "")
    if wanted not in _ACTS:
        raise NotHere
    refusal = None
    try:
        _ACTS[wanted](person, seat, request)
    except NotHere:
        raise
    except DomainError as error:
        refusal = error
    if getattr(request, "htmx", False):
        return _row(request, found, seat, refusal)
    if refusal:
        messages.error(request, refusal.message)
    return _back_to(request, found, seat)


def _row(
    request: HttpRequest, session: Any, seat: Any, refusal: DomainError | None
) -> HttpResponse:
    """The row of this seat as it stands now, for a page that is not loaded again; with it how many
    are here, and what there is to say."""
    person = request.person  # type: ignore[attr-defined]
    seats = queries.seats(person, session)
    said = [str(one) for one in messages.get_messages(request)]
    context = {
        "card": queries.card(person, session),
        "seat": next(one for one in seats if one.id == seat.id),
        "counts": counts_of(seats),
        "checks_in": policy.is_door_open(session) or policy.is_corrected(session),
        "parts": Part.choices,
        "back": request.POST.get("back", ""),
        "said": [refusal.message, *said] if refusal else said,
    }
    return render(request, "host/_seat_ticked.html", context)


def _back_to(request: HttpRequest, session: Any, seat: Any) -> HttpResponse:
    page = "web:session_seats" if request.POST.get("back") == "door" else "web:host_session"
    return HttpResponseRedirect(f"{reverse(page, args=[session.id])}#seat-{seat.id}")


def _set_part(person: Any, seat: Any, request: HttpRequest) -> None:
    wanted = request.POST.get("part", "")
    if wanted not in Part.values:
        raise NotHere
    actions.set_part(actor=person, seat=seat, part=Part(wanted))


def _came(person: Any, seat: Any, request: HttpRequest) -> None:
    """Who stands at the door is let in, also where they are ticked off elsewhere; that is said."""
    actions.check_in(actor=person, seat=seat)
    elsewhere = ", ".join(queries.also_at(person, seat))
    if elsewhere:
        words = _("%(name)s is ticked off in another session that runs now: %(sessions)s.")
        messages.warning(request, words % {"name": seat.person.name, "sessions": elsewhere})


_ACTS = {
    "came": _came,
    "left": lambda person, seat, _request: actions.leave(actor=person, seat=seat),
    "not_there": lambda person, seat, _request: actions.not_there(actor=person, seat=seat),
    "part": _set_part,
}


@require_GET
@access(Audience.MEMBERS)
def door(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The sheet for the door, to be printed or left open on a screen."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    if found.is_closed:  # nobody walks in
        raise NotHere
    address = settings.PUBLIC_URL + queries.door_path_for(person, found)
    context = {
        "card": queries.card(person, found),
        "address": address,
        "code": qr_code(address, _("A square code: point the camera of a telephone at it.")),
    }
    return render(request, "host/door.html", context)
