"""Answering a call: a draft that is kept, sent when it is ready, changed until the deadline, or
taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.calls import eligibility, letters, policy
from footbridge.calls.actions._steps import (
    lock,
    lock_answer,
    move_answer_to,
    note,
    require_in_time,
    require_member,
    require_own,
)
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import STANDING, UNCLOSED, AnswerState
from footbridge.calls.words import paragraphs
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.people.models import Member, Person

LONGEST_TEXT, LONGEST_GAIN = 5000, 1000


@transaction.atomic
def write(
    *,
    actor: Person,
    call: Call,
    member: Member,
    text: str,
    gain: str = "",
    shown: bool = False,
    version: Version | None = None,
) -> Answer:
    """Keep what one answers, as a draft or, once it was sent, as it is to be read now.

    One answer for each member. `version` is that of what was seen, 0 where nothing was written
    yet; a newer one raises Overtaken. Nothing is sent by this.
    """
    require_member(actor)
    if not policy.may_answer_for(actor, member):
        raise NotAllowed(_("You answer for yourself, or for an organisation that you act for."))
    call = lock(call)
    if not policy.visible_to(actor).filter(id=call.id).exists():
        raise NotHere
    require_in_time(call)
    _refuse_own_call(call, member)
    answer = call.answers.filter(member=member.id, state__in=STANDING).first()
    current = NOT_THERE if answer is None else answer.version
    expect(version, current, lambda: _as_written(answer))
    return _keep(answer or Answer(call=call, member=member), actor, call, text, gain, shown)


def _refuse_own_call(call: Call, member: Member) -> None:
    if call.owner_id == member.id:
        raise Conflict(_("This is your own call."))


def _as_written(answer: Answer | None) -> dict[str, object]:
    names = ("text", "gain", "shown")
    return {name: getattr(answer, name) for name in names} if answer else {}


def _keep(answer: Answer, actor: Person, call: Call, text: str, gain: str, shown: bool) -> Answer:
    if answer.state not in (AnswerState.DRAFT, AnswerState.SENT):
        raise Conflict(_("It is being read: this answer can no longer be changed."))
    is_new = answer._state.adding
    answer.text = paragraphs(text, "text", LONGEST_TEXT)
    if answer.state == AnswerState.SENT and not answer.text:
        raise DomainError(_("Write your answer, or withdraw it."), field="text")
    answer.gain = paragraphs(gain, "gain", LONGEST_GAIN)
    answer.shown = bool(shown) and call.entries_shown
    answer.by = actor
    answer.version += 0 if is_new else 1
    answer.save()
    return answer


@transaction.atomic
def send(*, actor: Person, answer: Answer) -> Answer:
    """Send an answer: its owner has it from now on, and a word is due by the day that was promised.

    Sending twice sends once. Whoever is known not to meet a rule is told which.
    """
    answer = lock_answer(answer)
    require_own(actor, answer)
    if answer.state == AnswerState.SENT:
        return answer
    require_member(actor)
    require_in_time(answer.call)
    _check_may_send(answer)
    receive(answer)
    note("answered", answer.id, actor, {"call": str(answer.call_id)})
    return answer


def _check_may_send(answer: Answer) -> None:
    if not answer.text:
        raise DomainError(_("Write your answer first."), field="text")
    if answer.member is None:
        raise NotHere
    eligibility.refuse_who_may_not(answer.call, eligibility.applicant(answer.member))


def receive(answer: Answer) -> None:
    """Take an answer in, whoever it comes from; the call is locked and takes answers. Its author
    has word that it came, and so has the steward, once a day."""
    move_answer_to(AnswerState.SENT, answer)
    answer.sent_at = clock.now()
    answer.due_at = policy.due_at(answer.call, answer.sent_at)
    answer.save()
    letters.received(answer)
    letters.came(answer.call)


@transaction.atomic
def withdraw_answer(*, actor: Person, answer: Answer) -> None:
    """Take an answer back: a draft is gone; whoever decides no longer sees what was sent."""
    held = lock_answer(answer)
    require_own(actor, held)
    take_back(held)
    note("answer_withdrawn", answer.id, actor, {"call": str(held.call_id)})


def take_back(answer: Answer) -> None:
    """The same, whoever it came from; the call is locked."""
    if answer.state == AnswerState.WITHDRAWN:
        return
    if answer.state == AnswerState.DRAFT:
        answer.delete()
        return
    if answer.state not in UNCLOSED:
        raise Conflict(_("It was answered already."))
    move_answer_to(AnswerState.WITHDRAWN, answer)
    answer.save()
    answer.files.all().delete()
