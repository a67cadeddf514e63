"""What somebody does in a session besides coming: asks, writes in silence, chooses parts of an
event, talks on; signed in or by link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as lazy

from footbridge.core.errors import DomainError, NotHere
from footbridge.meetings import actions, queries, running
from footbridge.meetings.states import Holding, Kind
from footbridge.web.forms import id_in

Act = Callable[[HttpRequest, Any, Any], Any]


def take_part(request: HttpRequest, person: Any, session: Any) -> DomainError | None:
    """Carry out what was sent; a refusal is shown on the page, with what was typed."""
    act, words, _section = TAKING_PART[request.POST["move"]]
    try:
        done = act(request, person, session)
    except NotHere:
        raise
    except DomainError as error:
        return error
    messages.success(request, str(done or words))
    return None


def section_of(request: HttpRequest) -> str:
    """Where on the page it stands what was done."""
    found = TAKING_PART.get(request.POST.get("move", ""))
    return f"#{found[2]}" if found else ""


def taking_part(request: HttpRequest, person: Any, session: Any) -> dict[str, Any]:
    """What the page of a session shows of all this."""
    card_is_event = session.format == "event"
    return {
        "step": queries.step_now(person, session),
        "talk": queries.talk(person, session),
        "is_writing": running.is_writing(session) and _is_there(person, session),
        "jottings": queries.my_jottings(person, session),
        "kinds": _kinds(request, person, session),
        "programme": queries.programme(person, session) if card_is_event else None,
        "typed": request.POST,
    }


def _is_there(person: Any, session: Any) -> bool:
    seat = queries.seat_of(person, session)
    return seat is not None and seat.came_at is not None


def _kinds(request: HttpRequest, person: Any, session: Any) -> list[tuple[str, Any, str]]:
    """A need and an offer, each with what one wrote of it so far."""
    written = {one.kind: one.text for one in queries.my_jottings(person, session)}
    return [
        (one.value, one.label, request.POST.get(one.value, written.get(one.value, "")))
        for one in Kind
    ]


# Questions.


def _ask(request: HttpRequest, person: Any, session: Any) -> None:
    actions.bring_question(actor=person, session=session, text=request.POST.get("text", ""))


def _about_a_question(act: Callable[..., Any]) -> Act:
    def carry_out(request: HttpRequest, person: Any, session: Any) -> None:
        question = queries.get_question(person, session, id_in(request, "question"))
        act(actor=person, question=question)

    return carry_out


# In silence.


def _write(request: HttpRequest, person: Any, session: Any) -> None:
    for kind in Kind:
        text = request.POST.get(kind.value, "")
        actions.write_down(actor=person, session=session, kind=kind, text=text)


def _about_a_jotting(act: Callable[..., Any]) -> Act:
    def carry_out(request: HttpRequest, person: Any, session: Any) -> None:
        jotting = queries.get_jotting(person, session, id_in(request, "jotting"))
        act(actor=person, jotting=jotting)

    return carry_out


# Parts of an event.


def _take_part_seat(request: HttpRequest, person: Any, session: Any) -> Any:
    part = queries.get_part(person, session, id_in(request, "part"))
    seat = actions.accept(actor=person, session=part)
    if seat.holding == Holding.ACCEPTED:
        return None
    return lazy("You are on the waiting list. We write to you when a seat is freed.")


def _leave_part_seat(request: HttpRequest, person: Any, session: Any) -> None:
    part = queries.get_part(person, session, id_in(request, "part"))
    actions.give_back(actor=person, session=part)


# By move: what is done, what is said of it, where on the page it stands.
TAKING_PART: dict[str, tuple[Act, Any, str]] = {
    "ask": (_ask, lazy("Your question is with the speaker."), "questions"),
    "echo": (
        _about_a_question(actions.echo),
        lazy("Noted: you want to hear this, too."),
        "questions",
    ),
    "unecho": (_about_a_question(actions.take_echo_back), lazy("Taken back."), "questions"),
    "drop_question": (_about_a_question(actions.drop_question), lazy("It is gone."), "questions"),
    "take_question": (
        _about_a_question(actions.take_question),
        lazy("It stands on the wall."),
        "questions",
    ),
    "answer_question": (
        _about_a_question(actions.answer_question),
        lazy("Ticked as answered."),
        "questions",
    ),
    "reopen_question": (
        _about_a_question(actions.reopen_question),
        lazy("It waits again."),
        "questions",
    ),
    "talk_on": (
        lambda _request, person, session: actions.want_to_talk_on(actor=person, session=session),
        lazy("Noted. We write to you with whom, and why."),
        "talk-on",
    ),
    "not_talk_on": (
        lambda _request, person, session: actions.want_to_talk_on(
            actor=person, session=session, wants=False
        ),
        lazy("Taken back. Nobody is told."),
        "talk-on",
    ),
    "write": (_write, lazy("Kept for you. Nobody sees it until you show it."), "silence"),
    "show_jotting": (
        _about_a_jotting(actions.show_jotting),
        lazy("Members see it now, with your name."),
        "silence",
    ),
    "drop_jotting": (
        _about_a_jotting(actions.drop_jotting),
        lazy("It is gone. Nobody has seen it."),
        "silence",
    ),
    "part_accept": (_take_part_seat, lazy("You have a seat there."), "programme"),
    "part_give_back": (
        _leave_part_seat,
        lazy("Given back. The seat goes to the next."),
        "programme",
    ),
}
