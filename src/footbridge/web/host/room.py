"""In the room: one page for whoever facilitates, on whichever device. The step that goes on, the
next one, who has spoken; each a tap, with or without scripts."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.insight import seating
from footbridge.meetings import actions, queries
from footbridge.meetings.states import SEATED, State
from footbridge.web.forms import id_in
from footbridge.web.host.sessions import run_by


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def room(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """What goes on now. A tap changes one thing, and shows the page as it stands then."""
    found = run_by(request, session_id)
    refusal = _tapped(request, found) if request.method == "POST" else None
    is_fragment = getattr(request, "htmx", False)
    if request.method == "POST" and refusal is None and not is_fragment:
        return HttpResponseRedirect(f"{request.path}{_place(request)}")
    context = _context(request, found) | {"refusal": refusal}
    page = "host/_room.html" if is_fragment else "host/room.html"
    # A refusal that htmx is to show on the page comes as a page.
    status = refusal.status if refusal and not is_fragment else 200
    return render(request, page, context, status=status)


def _context(request: HttpRequest, session: Any) -> dict[str, Any]:
    person = request.person  # type: ignore[attr-defined]
    session = queries.get(person, session.id)
    step = queries.step_now(person, session)
    voices = queries.voices(person, session)
    return {
        "card": queries.card(person, session),
        "step": step,
        "voices": voices,
        "silent_so_far": sum(not one.spoke for one in voices),
        "needs_tables": _needs_tables(person, session, step),
        "talk": queries.talk(person, session),
        "act": request.path,
    }


def _needs_tables(person: Any, session: Any, step: Any) -> bool:
    """Whether the next step is at tables that are not made yet."""
    if step is None or step.next is None or step.next.gathering not in SEATED:
        return False
    made = {one.step for one in queries.rounds(person, session) if one.is_coming}
    return step.index + 1 not in made


def _place(request: HttpRequest) -> str:
    if request.POST.get("move") in ("spoken", "not_spoken"):
        return f"#voice-{request.POST.get('seat', '')}"
    return ""


# What can be tapped.


def _tapped(request: HttpRequest, session: Any) -> DomainError | None:
    wanted = request.POST.get("move", "")
    if wanted not in _TAPS:
        raise NotHere
    try:
        _TAPS[wanted](request, session)
    except NotHere:
        raise
    except DomainError as error:
        return error
    return None


def _begin(request: HttpRequest, session: Any) -> None:
    actions.begin(actor=request.person, session=session)  # type: ignore[attr-defined]


def _go_on(request: HttpRequest, session: Any) -> None:
    """On to the next step; tables that are missing for it are made first, of who is here."""
    person = request.person  # type: ignore[attr-defined]
    after = _step_in(request)
    step = queries.step_now(person, session)
    if step is not None and step.index == after and _needs_tables(person, session, step):
        seating.make_tables(actor=person, session=session)
    now = actions.go_on(actor=person, session=session, after=after)
    if now.step is not None and now.step != (0 if after is None else after + 1):
        messages.info(request, _("Somebody else has gone on already."))


def _step_in(request: HttpRequest) -> int | None:
    said = request.POST.get("after", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else None


def _longer(request: HttpRequest, session: Any) -> None:
    actions.lengthen_step(actor=request.person, session=session)  # type: ignore[attr-defined]


def _about_a_seat(act: Callable[..., Any]) -> Callable[[HttpRequest, Any], Any]:
    def carry_out(request: HttpRequest, session: Any) -> None:
        person = request.person  # type: ignore[attr-defined]
        act(actor=person, seat=queries.get_seat(person, session, id_in(request, "seat")))

    return carry_out


def _about_a_question(act: Callable[..., Any]) -> Callable[[HttpRequest, Any], Any]:
    def carry_out(request: HttpRequest, session: Any) -> None:
        person = request.person  # type: ignore[attr-defined]
        question = queries.get_question(person, session, id_in(request, "question"))
        act(actor=person, question=question)

    return carry_out


def _end(request: HttpRequest, session: Any) -> None:
    actions.end(actor=request.person, session=session)  # type: ignore[attr-defined]


_TAPS: dict[str, Callable[[HttpRequest, Any], Any]] = {
    "begin": _begin,
    "go_on": _go_on,
    "longer": _longer,
    "spoken": _about_a_seat(actions.has_spoken),
    "not_spoken": _about_a_seat(actions.has_not_spoken),
    "take_question": _about_a_question(actions.take_question),
    "answer_question": _about_a_question(actions.answer_question),
    "reopen_question": _about_a_question(actions.reopen_question),
    "drop_question": _about_a_question(actions.drop_question),
    "end": _end,
}


# After a talk.


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def talk(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The questions to a live talk; afterwards the recording, and who talks on with whom. A session
    of another kind has none of this."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    shown = queries.talk(person, found)
    if shown is None:
        return redirect("web:host_session", found.id)
    refusal = _done(request, found) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return HttpResponseRedirect(request.path)
    context = {
        "card": queries.card(person, found),
        "talk": shown,
        "act": request.path,
        "pairs": queries.talking_on(person, found),
        "willing": queries.want_to_talk_on(person, found),
        "is_over": found.state == State.OVER,
        "typed": request.POST.get("recording", found.recording),
        "refusal": refusal,
    }
    return render(request, "host/talk.html", context, status=refusal.status if refusal else 200)


def _done(request: HttpRequest, session: Any) -> DomainError | None:
    wanted = request.POST.get("move", "")
    if wanted not in _AFTER_A_TALK:
        raise NotHere
    try:
        words = _AFTER_A_TALK[wanted](request, session)
    except NotHere:
        raise
    except DomainError as error:
        return error
    if words:
        messages.success(request, words)
    return None


def _keep_recording(request: HttpRequest, session: Any) -> str:
    url = request.POST.get("recording", "")
    actions.keep_recording(actor=request.person, session=session, url=url)  # type: ignore[attr-defined]
    return _("Saved. Those who came, were invited or waited see it.")


def _pair(request: HttpRequest, session: Any) -> str:
    seating.make_pairs(actor=request.person, session=session)  # type: ignore[attr-defined]
    return _("They are put together. Each gets a letter with whom, why and how.")


_AFTER_A_TALK: dict[str, Callable[[HttpRequest, Any], Any]] = {
    "recording": _keep_recording,
    "pair": _pair,
    **{name: _TAPS[name] for name in _TAPS if name.endswith("_question")},
}
