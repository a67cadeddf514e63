"""Sessions for those who run them: the list, planning, the cockpit, and what moves one on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core import clock, times
from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere, Overtaken
from footbridge.insight import turnout
from footbridge.meetings import actions, policy, queries
from footbridge.meetings.formats import Shape, shape_of
from footbridge.meetings.states import TAKEN, Format, Holding, Part, State
from footbridge.people import queries as people
from footbridge.web.forms import page_in, status_of, taken
from footbridge.web.host.good_for import GOOD_FOR
from footbridge.web.host.session_forms import (
    CancelForm,
    DayForm,
    SessionForm,
    beside_the_day,
    in_fields,
)
from footbridge.web.host.views import hosted

# Most evenings begin then; one field less to fill in.
USUAL_HOUR = "18:30"


def chapter_in(request: HttpRequest) -> Any:
    """The chapter that an address names, or the first that one hosts."""
    wanted = request.POST.get("chapter") or request.GET.get("chapter")
    if not wanted:
        return people.hosting(request.person)[0]  # type: ignore[attr-defined]
    found = people.as_id(wanted)
    if found is None:
        raise NotHere
    return hosted(request, found)


def run_by(request: HttpRequest, session_id: uuid.UUID) -> Any:
    """A session that the one who looks runs, or NotHere."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, session_id)
    if not policy.runs(person, found):
        raise NotHere
    return found


def hosted_session(request: HttpRequest, session_id: uuid.UUID) -> Any:
    """A session of a chapter that the one who looks hosts, or NotHere."""
    found = run_by(request, session_id)
    if not policy.hosts(request.person, found):  # type: ignore[attr-defined]
        raise NotHere
    return found


@require_GET
@access(Audience.HOSTS)
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions of a chapter: drafts and what is coming, or what was."""
    person = request.person  # type: ignore[attr-defined]
    here = chapter_in(request)
    when = "past" if request.GET.get("when") == "past" else "coming"
    found = queries.sessions(person, chapter=here, when=when, page=page_in(request))
    is_first = when == "coming" and found.number == 1
    context = {
        "chapter": here,
        "chapters": people.hosting(person),
        "when": when,
        "found": found,
        "drafts": queries.sessions(person, chapter=here, when="drafts").items if is_first else [],
    }
    return render(request, "host/sessions.html", context)


# Planning.


@dataclass(frozen=True)
class Ready:
    """A shape to choose from, and what it is good for."""

    key: str
    name: str
    good_for: str
    shape: Shape


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def plan(request: HttpRequest) -> HttpResponse:
    """Choose a shape; then a name, a day and a place are enough."""
    person = request.person  # type: ignore[attr-defined]
    here = chapter_in(request)
    event = _event_in(request)
    here = event.chapter if event else here
    wanted, sheet = request.GET.get("format", ""), request.GET.get("sheet", "")
    if sheet:
        row = queries.get_run_sheet(person, sheet)
        card = queries.run_sheet_card(row)
        return _plan(request, here, card, card.name, {"run_sheet": row, "event": event})
    if wanted in Format.values:
        return _plan(request, here, shape_of(wanted), str(Format(wanted).label), {"event": event})
    shapes = [
        Ready(one.value, str(one.label), str(GOOD_FOR[one]), shape_of(one))
        for one in Format
        if event is None or one != Format.EVENT
    ]
    sheets = queries.run_sheets(person, here)
    context = {"chapter": here, "sheets": sheets, "shapes": shapes, "event": event}
    return render(request, "host/choose_format.html", context)


def _event_in(request: HttpRequest) -> Any:
    """The event for which a part is planned, where the address names one."""
    wanted = request.GET.get("event")
    if not wanted:
        return None
    person = request.person  # type: ignore[attr-defined]
    event = queries.get(person, wanted)
    if not policy.hosts(person, event) or event.format != Format.EVENT:
        raise NotHere
    return event


def _plan(
    request: HttpRequest, here: Any, shape: Any, name: str, run_sheet: dict[str, Any]
) -> HttpResponse:
    person = request.person  # type: ignore[attr-defined]
    event = run_sheet["event"]
    going_on = [one for one in queries.series_of(person, here) if not one.is_over]
    first = _usual(here, shape, name) | (_usual_part(event, shape) if event else {})
    form = SessionForm(
        request.POST or None, initial=first, series=going_on, is_part=event is not None
    )
    made: list[Any] = []

    def carry_out(said: dict[str, Any]) -> None:
        words = form.said() | run_sheet | _series_in(person, said)
        with beside_the_day():
            made.append(actions.plan(actor=person, chapter=here, format=shape.format, **words))

    if taken(form, request, carry_out):
        messages.success(request, _("Planned, as a draft. Nobody was written to."))
        return redirect("web:host_session", event.id if event else made[0].id)
    context = {"chapter": here, "form": form, "shape_name": name, "steps": shape.steps}
    context["event"] = event
    return render(request, "host/plan_session.html", context, status=status_of(form))


def _series_in(person: Any, said: dict[str, Any]) -> dict[str, Any]:
    """The series that was chosen, or none; nothing where there is none to choose from."""
    if "series" not in said:
        return {}
    wanted = said["series"]
    return {"series": queries.get_series(person, wanted) if wanted else None}


def _usual(here: Any, shape: Any, name: str) -> dict[str, Any]:
    return {
        "title": name,
        "at": USUAL_HOUR,
        "minutes": shape.minutes,
        "cap": shape.cap,
        "quorum": shape.quorum,
        "language": here.language,
        "timezone": here.timezone,
    }


def _usual_part(event: Any, shape: Any) -> dict[str, Any]:
    """A part begins where its event does until the host says otherwise."""
    there = times.there(event.starts_at, event.timezone)
    return {
        "day": there.date(),
        "at": there.time().replace(tzinfo=None),
        "minutes": min(shape.minutes, event.minutes),
        "where": event.where,
        "language": event.language,
        "timezone": event.timezone,
    }


# The cockpit.


@require_GET
@access(Audience.MEMBERS)
def session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """How a session stands, who comes, and the next thing to do about it."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    card, seats = queries.card(person, found), queries.seats(person, found)
    context = {
        "card": card,
        "hosts": policy.hosts(person, found),
        **_hour_of(found),
        "is_on": found.state in (State.OPEN, State.RUNNING),
        "is_changeable": found.state in (State.DRAFT, State.OPEN, State.RUNNING),
        "is_seated": found.state in (State.OPEN, State.RUNNING, State.OVER),
        "parts": Part.choices,
        "counts": counts_of(seats),
        "forecast": turnout.forecast(person, found),
        "coming": [seat for seat in seats if comes(seat)],
        "waiting": in_line(seats),
        "invited": [seat for seat in seats if seat.holding == Holding.INVITED],
        "not_coming": [seat for seat in seats if _stays_away(seat)],
        "programme": queries.programme(person, found) if card.is_event else None,
        "interested": _may_ask_interested(person, found),
    }
    return render(request, "host/session.html", context)


def _may_ask_interested(person: Any, session: Any) -> int:
    """How many wanted to hear of the next session of its series and can be asked to this one."""
    if session.state != State.OPEN or session.starts_at <= clock.now():
        return 0
    return queries.how_many_interested(person, session)


def _hour_of(session: Any) -> dict[str, bool]:
    """What the hour allows: checking people in, beginning, going on after a slip of the finger."""
    is_open, left = policy.is_door_open(session), session.starts_at - clock.now()
    over_lately = session.ends_at + policy.DOOR_CLOSES_AFTER > clock.now()
    return {
        "checks_in": is_open or policy.is_corrected(session),
        "is_soon": is_open and left < policy.HOUR,
        "is_late": left <= timedelta(0),
        "may_go_on": session.state == State.OVER and over_lately,
    }


def comes(seat: Any) -> bool:
    """Whether somebody has a seat, is held one, or was there."""
    return seat.holding in TAKEN or seat.came_at is not None


def in_line(seats: list[Any]) -> list[Any]:
    """Who waits, the first in line first."""
    waiting = [seat for seat in seats if seat.holding == Holding.WAITING and not seat.came_at]
    return sorted(waiting, key=lambda seat: seat.waiting_place or 0)


def _stays_away(seat: Any) -> bool:
    stay = (Holding.DECLINED, Holding.CANCELLED, Holding.RELEASED)
    return seat.holding in stay and seat.came_at is None


def counts_of(seats: list[Any]) -> dict[str, int]:
    """How many stand where."""
    return {
        "here": sum(seat.is_there for seat in seats),
        "came": sum(seat.came_at is not None for seat in seats),
        "coming": sum(seat.holding in TAKEN for seat in seats),
        "waiting": len(in_line(seats)),
        "invited": sum(seat.holding == Holding.INVITED for seat in seats),
        "not_coming": sum(_stays_away(seat) for seat in seats),
    }


# What moves it on.


@require_POST
@access(Audience.MEMBERS)
def move(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Open it, begin it, end it."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    wanted = request.POST.get("move", "")
    if wanted not in _MOVES:
        raise NotHere
    act, words = _MOVES[wanted]
    act(actor=person, session=found)
    messages.success(request, str(words))
    if wanted == "begin":
        return redirect("web:session_room", found.id)
    return redirect("web:host_session", found.id)


_MOVES = {
    "open": (actions.open_up, lazy("It is open. Members see it, and you can invite people.")),
    "invite_interested": (
        actions.invite_interested,
        lazy("They are invited. Their links stand in the outbox, too, to be copied."),
    ),
    "begin": (actions.begin, lazy("It has begun.")),
    "end": (actions.end, lazy("It is over. Thank you for hosting.")),
}


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def edit(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Change what is said of a session, the day and the place with it."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    card = queries.card(person, found)
    going_on = [one for one in queries.series_of(person, found.chapter) if not one.is_over]
    form = SessionForm(
        request.POST or None,
        initial=_standing(card),
        series=going_on,
        is_part=card.event_id is not None,
    )

    def carry_out(said: dict[str, Any]) -> None:
        changes = form.said() | _series_in(person, said)
        try:
            with beside_the_day():
                actions.edit(actor=person, session=found, seen=said["version"], **changes)
        except Overtaken as error:
            theirs = in_fields(error.theirs, card.timezone) | _series_now(person, found)
            raise Overtaken(error.message, theirs=theirs, version=error.version) from error

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:host_session", found.id)
    context = {"card": card, "form": form}
    return render(request, "host/edit_session.html", context, status=status_of(form))


_EDITED = (
    "title", "starts_at", "track", "where", "online_link", "question", "cap", "quorum", "overbooks",
    "about", "reading", "language", "timezone", "version",
)  # fmt: skip


def _series_now(person: Any, session: Any) -> dict[str, str]:
    """The series as the form names it: by its id, where the room says its title."""
    now = queries.get_card(person, session.id)
    return {"series": str(now.series_id or "")}


def _standing(card: Any) -> dict[str, Any]:
    said = {name: getattr(card, name) for name in _EDITED}
    said["series"] = card.series_id or ""
    said["minutes"] = (card.ends_at - card.starts_at).seconds // 60
    return in_fields(said, card.timezone)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def cancel(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Cancel it, after a look at who will be told."""
    person = request.person  # type: ignore[attr-defined]
    found = hosted_session(request, session_id)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if taken(form, request, lambda said: actions.cancel(actor=person, session=found, **said)):
        messages.success(request, _("Cancelled. Everyone who was invited or comes is told."))
        return redirect("web:host_session", found.id)
    told = [seat for seat in queries.seats(person, found) if seat.holding in policy.CONCERNED]
    context = {"card": queries.card(person, found), "form": form, "told": told}
    return render(request, "host/cancel_session.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def again(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The same session on another day: its steps, seats and place."""
    person = request.person  # type: ignore[attr-defined]
    found = hosted_session(request, session_id)
    card = queries.card(person, found)
    there = times.there(actions.same_hour_next_week(found), card.timezone)
    first = {"day": there.date(), "at": there.time()}
    form = DayForm(request.POST or None, initial=first, timezone=card.timezone)
    made: list[Any] = []

    def carry_out(said: dict[str, Any]) -> None:
        with beside_the_day():
            starts_at = said["starts_at"]
            made.append(actions.plan_next(actor=person, session=found, starts_at=starts_at))

    if taken(form, request, carry_out):
        messages.success(request, _("Planned, as a draft. Nobody was written to."))
        return redirect("web:host_session", made[0].id)
    context = {"card": card, "form": form}
    return render(request, "host/session_again.html", context, status=status_of(form))
