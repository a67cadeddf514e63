"""The steps that the operations share: lock the call first, then its answer; authorise, note.

Whatever is done to an answer is done under its call's lock: the deadline, a second send and a
second hand that closes come one after the other.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.utils.translation import gettext as _

from footbridge.calls import policy
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import ANSWER_MOVES, LIVE, MOVES, AnswerState, State
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.journal import actions as journal
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, id_of


def lock(call: Call) -> Call:
    """Take a call for the length of the transaction; NotHere if it is gone."""
    rows = Call.objects.select_for_update(of=("self",))
    found = rows.select_related("owner__chapter", "place", "steward", "chapter")
    row = found.filter(id=call.id).first()
    if row is None:
        raise NotHere
    return row


def lock_answer(answer: Answer) -> Answer:
    """Take an answer, after its call."""
    call = lock(answer.call)
    rows = Answer.objects.select_for_update(of=("self",))
    row = rows.select_related("member__chapter", "by__chapter").filter(id=answer.id).first()
    if row is None:
        raise NotHere
    row.call = call
    return row


def require_steward(actor: Viewer, call: Call) -> None:
    """Only who looks after a call goes on; to all others it is as if this were not there."""
    if not policy.may_steward(actor, call):
        raise NotHere


def require_own(actor: Person, answer: Answer) -> None:
    """Only who answered goes on."""
    if not policy.is_own(actor, answer):
        raise NotHere


def move_to(state: State, call: Call) -> None:
    """Move a call to its next state; the caller has checked who may."""
    if state not in MOVES.get(State(call.state), ()):
        raise Conflict(why_call_stands(call))
    call.state = state


def why_call_stands(call: Call) -> str:
    """Why a call cannot be moved, in words."""
    return {
        State.DRAFT: _("This call is not open yet."),
        State.OPEN: _("This call is open already."),
        State.DECIDING: _("This call takes no more answers."),
        State.CLOSED: _("This call is over."),
        State.WITHDRAWN: _("This call was withdrawn."),
    }[State(call.state)]


def require_live(call: Call) -> None:
    """Words to answers are said while a call is open or being decided."""
    if call.state not in LIVE:
        raise Conflict(why_call_stands(call))


def move_answer_to(state: AnswerState, answer: Answer) -> None:
    """Move an answer to its next state; the caller has checked who may."""
    if state not in ANSWER_MOVES.get(AnswerState(answer.state), ()):
        raise Conflict(_why_answer_stands(answer))
    answer.state = state
    answer.version += 1


def _why_answer_stands(answer: Answer) -> str:
    return {
        AnswerState.DRAFT: _("This answer was not sent."),
        AnswerState.SENT: _("This answer was sent already."),
        AnswerState.SHORTLISTED: _("This answer is on the shortlist already."),
        AnswerState.CHOSEN: _("This answer was chosen already."),
        AnswerState.CLOSED: _("This answer was closed already."),
        AnswerState.WITHDRAWN: _("This answer was withdrawn."),
    }[AnswerState(answer.state)]


def require_in_time(call: Call) -> None:
    """Answers are written and sent while the door is open, to the second."""
    if call.is_open:
        return
    if call.state == State.OPEN:
        raise Conflict(_("The deadline has passed. Nothing was sent; your words are kept."))
    raise Conflict(why_call_stands(call))


def require_member(actor: Person) -> None:
    """Whoever waits to be let in reads, and does not answer yet."""
    if not actor.has_joined:
        raise NotAllowed(_("Only members can do this."))


def note(
    what: str,
    subject: uuid.UUID,
    actor: Viewer | None = None,
    facts: Mapping[str, str] | None = None,
) -> None:
    """Note in the journal what happened to a call or an answer."""
    who = id_of(actor) if actor is not None else None
    journal.record(f"calls.{what}", subject, actor=who, facts=dict(facts or {}))
