"""Saying a word to each answer: on the shortlist, chosen, or closed with a reason; one by one or
many at once; and ending a call when nobody waits any more."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.calls import letters
from footbridge.calls.actions._steps import (
    lock,
    lock_answer,
    move_answer_to,
    move_to,
    note,
    require_live,
    require_steward,
)
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import UNCLOSED, AnswerState, Reason, State
from footbridge.calls.words import paragraphs
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError
from footbridge.journal import actions as journal
from footbridge.people.models import Person

LONGEST_REASON = 1000


@transaction.atomic
def shortlist(*, actor: Person, answer: Answer) -> Answer:
    """Put an answer on the shortlist. Its author is told; the last word is still due."""
    answer = _held(actor, answer)
    move_answer_to(AnswerState.SHORTLISTED, answer)
    answer.save()
    letters.shortlisted(answer)
    note("shortlisted", answer.id, actor, {"call": str(answer.call_id)})
    return answer


@transaction.atomic
def take_off_shortlist(*, actor: Person, answer: Answer) -> Answer:
    """Take an answer off the shortlist; its author hears with the last word."""
    answer = _held(actor, answer)
    if answer.state != AnswerState.SHORTLISTED:
        raise Conflict(_("This answer is not on the shortlist."))
    move_answer_to(AnswerState.SENT, answer)
    answer.save()
    note("off_shortlist", answer.id, actor, {"call": str(answer.call_id)})
    return answer


@transaction.atomic
def choose(*, actor: Person, answer: Answer, words: str = "") -> Answer:
    """Choose an answer. Several may be chosen; each author is told at once."""
    answer = _held(actor, answer)
    answer.reason_words = _tidied(words)
    _finish(actor, answer, AnswerState.CHOSEN)
    note("chosen", answer.id, actor, {"call": str(answer.call_id)})
    return answer


@transaction.atomic
def close(*, actor: Person, answer: Answer, reason: str, words: str = "") -> Answer:
    """Close an answer with a reason from the list and, if one likes, words of one's own."""
    answer = _held(actor, answer)
    answer.reason, answer.reason_words = _reason(reason), _tidied(words)
    _finish(actor, answer, AnswerState.CLOSED)
    note("answer_closed", answer.id, actor, {"call": str(answer.call_id), "reason": reason})
    return answer


def _held(actor: Person, answer: Answer) -> Answer:
    answer = lock_answer(answer)
    require_steward(actor, answer.call)
    require_live(answer.call)
    return answer


def _tidied(words: str) -> str:
    return paragraphs(words, "words", LONGEST_REASON)


def _reason(code: str) -> Reason:
    if code not in Reason.values or code == Reason.CALL_WITHDRAWN:
        raise DomainError(_("Choose a reason from the list."), field="reason")
    return Reason(code)


def _finish(actor: Person, answer: Answer, state: AnswerState) -> None:
    move_answer_to(state, answer)
    answer.closed_at = answer.told_at = clock.now()
    answer.closed_by = actor
    answer.save()
    letters.last_word(answer)


@transaction.atomic
def close_many(
    *,
    actor: Person,
    call: Call,
    answers: Iterable[uuid.UUID] | None,
    reason: str,
    words: str = "",
) -> int:
    """Close many answers with one reason: those named, or, with None, all that were sent and are
    not on the shortlist. What somebody else closed meanwhile stays as it is. Returns how many; the
    letters go out within a minute."""
    call = lock(call)
    require_steward(actor, call)
    require_live(call)
    chosen, tidied = _reason(reason), _tidied(words)
    rows = call.answers.filter(state__in=UNCLOSED)
    rows = rows.filter(state=AnswerState.SENT) if answers is None else rows.filter(id__in=answers)
    return _close_all(rows, chosen, tidied, actor)


def _close_all(rows: QuerySet[Answer], reason: Reason, words: str, actor: Person | None) -> int:
    ids = list(rows.select_for_update(of=("self",)).order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), 500):
        Answer.objects.filter(id__in=ids[start : start + 500]).update(
            state=AnswerState.CLOSED,
            reason=reason,
            reason_words=words,
            closed_at=clock.now(),
            closed_by=actor,
            version=F("version") + 1,
        )
    who = actor.id if actor else None
    journal.record_many("calls.answer_closed", ids, actor=who, facts={"reason": str(reason)})
    return len(ids)


# The call as a whole.


@transaction.atomic
def shut(*, actor: Person, call: Call) -> Call:
    """Take no more answers from now on. A deadline that was said is kept: until then a call can
    only be withdrawn."""
    call = lock(call)
    require_steward(actor, call)
    if call.state == State.DECIDING:
        return call
    if call.deadline is not None and call.deadline > clock.now():
        raise Conflict(_("Answers may come until the deadline that you gave."))
    shut_now(call)
    note("shut", call.id, actor)
    return call


def shut_now(call: Call) -> None:
    """The same, whoever does it; the call is locked."""
    move_to(State.DECIDING, call)
    call.deciding_at = clock.now()
    call.version += 1
    call.save()


@transaction.atomic
def end(*, actor: Person, call: Call) -> Call:
    """End a call. It cannot end while anybody waits for a word; those who answered are led to
    others whom their answer fits."""
    call = lock(call)
    require_steward(actor, call)
    if call.state == State.CLOSED:
        return call
    waiting = call.answers.filter(state__in=UNCLOSED).count()
    if waiting:
        words = ngettext(
            "%(many)d answer waits for a word. Close it first.",
            "%(many)d answers wait for a word. Close them first.",
            waiting,
        )
        raise Conflict(words % {"many": waiting})
    end_now(call)
    note("ended", call.id, actor)
    return call


def end_now(call: Call) -> None:
    """The same, whoever does it; the call is locked, and nobody waits."""
    move_to(State.CLOSED, call)
    call.over_at = clock.now()
    call.version += 1
    call.save()


@transaction.atomic
def withdraw(*, actor: Person, call: Call, words: str = "") -> Call:
    """Take a call back. Everybody who waits is told so, with the words that are given."""
    call = lock(call)
    require_steward(actor, call)
    if call.state == State.WITHDRAWN:
        return call
    tidied = _tidied(words)
    move_to(State.WITHDRAWN, call)
    _close_all(call.answers.filter(state__in=UNCLOSED), Reason.CALL_WITHDRAWN, tidied, actor)
    call.over_at = clock.now()
    call.version += 1
    call.save()
    note("withdrawn", call.id, actor)
    return call
