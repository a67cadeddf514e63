"""Answers from people who are no members: written on an open page, confirmed by a link.

Whoever types an address has not shown that it is theirs. So nothing is looked up, the owner is
told nothing, and what is written waits a week for the one who reads that address: their link
confirms it, and from then on they change, withdraw and follow it without an account.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from footbridge.calls import confirming, limits, policy
from footbridge.calls.actions._steps import (
    lock,
    lock_answer,
    note,
    require_in_time,
)
from footbridge.calls.actions.answering import LONGEST_GAIN, LONGEST_TEXT, receive, take_back
from footbridge.calls.actions.files import CHANGEABLE
from footbridge.calls.eligibility import NOBODY, Applicant, refuse_who_may_not
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import RECEIVED
from footbridge.calls.words import paragraphs
from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.core.versions import Version, expect
from footbridge.people import actions as people
from footbridge.people import tidy
from footbridge.people.models import Chapter, Invitation, Person
from footbridge.people.policy import VISITOR
from footbridge.people.states import Door


@dataclass(frozen=True)
class Written:
    """What somebody typed on an open page, and from which network (`limits.network_of`). What they
    say of themselves is held against the rules of the call, and kept nowhere."""

    name: str
    email: str
    text: str
    gain: str = ""
    shown: bool = False
    language: str = ""
    network: str = ""
    known: Applicant = NOBODY


@transaction.atomic
def write(*, call: Call, said: Written) -> Answer:
    """Keep an answer for the one who reads the address, and write to them. Nobody else is told.

    Raises NotAllowed where a call is for members alone, or who writes says that they do not meet
    one of its rules; LimitReached where a bound is reached.
    """
    call = lock(call)
    if not policy.visible_to(VISITOR).filter(id=call.id).exists():
        raise NotHere
    if not policy.takes_from_outside(call):
        raise NotAllowed(_("Members of the network answer this call. Sign in to answer."))
    require_in_time(call)
    name, email = tidy.name(said.name), tidy.address(said.email)
    words = _words(said.text, said.gain)
    refuse_who_may_not(call, said.known)
    limits.refuse_flood(call, email, said.network)
    answer = Answer.objects.create(
        call=call,
        name=name,
        email=email,
        language=said.language[:10],
        network=said.network,
        shown=said.shown and call.entries_shown,
        **words,
    )
    confirming.ask(answer)
    note("written_outside", answer.id, facts={"call": str(call.id)})
    return answer


def _words(text: str, gain: str) -> dict[str, str]:
    tidied = paragraphs(text.replace("\x00", ""), "text", LONGEST_TEXT)
    if not tidied:
        raise DomainError(_("Please write your answer."), field="text")
    return {"text": tidied, "gain": paragraphs(gain.replace("\x00", ""), "gain", LONGEST_GAIN)}


@transaction.atomic
def confirm(*, answer: Answer) -> Answer:
    """Send it, now that its author opened the link that came to their address. Saying so again is
    no mistake. One answer from each address stands at a time."""
    row = _held(answer)
    if row.confirmed_at is not None:
        return row
    require_in_time(row.call)
    row.confirmed_at, row.network = clock.now(), ""
    try:
        with transaction.atomic():
            receive(row)
    except IntegrityError as error:
        raise Conflict(
            _("You have an answer to this call already. Change that one, or withdraw it first.")
        ) from error
    note("answered", row.id, facts={"call": str(row.call_id)})
    return row


@transaction.atomic
def change(
    *,
    answer: Answer,
    text: str,
    gain: str = "",
    shown: bool = False,
    version: Version | None = None,
) -> Answer:
    """Say it otherwise, until the deadline. A newer version than the one seen raises Overtaken."""
    row = _held(answer)
    expect(version, row.version, lambda: {"text": row.text, "gain": row.gain, "shown": row.shown})
    if row.state not in CHANGEABLE:
        raise Conflict(_("This answer can no longer be changed."))
    require_in_time(row.call)
    words = _words(text, gain)
    row.text, row.gain = words["text"], words["gain"]
    row.shown = shown and row.call.entries_shown
    row.version += 1
    row.save()
    note("answer_changed", row.id)
    return row


@transaction.atomic
def withdraw(*, answer: Answer) -> Answer:
    """Take it back before it is closed. What was never sent is gone; whoever decides no longer sees
    what was, and its files go."""
    row = _held(answer)
    take_back(row)
    note("answer_withdrawn", answer.id, facts={"call": str(row.call_id)})
    return row


@transaction.atomic
def take_over(*, actor: Person, answer: Answer) -> Answer:
    """Have one's answer from outside as a member: whoever holds its link wrote it."""
    row = _held(answer)
    if not actor.has_joined:
        raise NotAllowed(_("Only members can do this."))
    if row.confirmed_at is None or row.state not in RECEIVED:
        raise Conflict(_("Only an answer that was sent can be taken over."))
    row.member, row.by = actor, actor
    row.name = row.email = ""
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("You have an answer to this call already.")) from error
    note("answer_taken_over", row.id, actor)
    return row


@transaction.atomic
def ask_to_come_in(*, answer: Answer) -> Invitation:
    """A link into the chapter of the call, for one who answered: a host looks at each request.

    The same link again while it is good, so that nobody collects them.
    """
    row = _held(answer)
    chapter = row.call.chapter
    if row.confirmed_at is None or chapter is None:
        raise NotAllowed(_("Send your answer first."))
    why = _why(row, chapter)
    known = Invitation.objects.filter(chapter=chapter, door=Door.VETTED, note=why)
    for invitation in known:
        if invitation.is_open:
            return invitation
    return people.invite(actor=OPERATOR, chapter=chapter, door=Door.VETTED, note=why)


def _why(answer: Answer, chapter: Chapter) -> str:
    """What the hosts read beside the link, and by which it is found again."""
    with override(chapter.language):
        words = _("Answered «%(title)s»") % {"title": answer.call.title[:100]}
    return f"{words} ({answer.id.hex[:8]})"


def _held(answer: Answer) -> Answer:
    """An answer from outside, locked after its call; NotHere if it is gone or has an account."""
    row = lock_answer(answer)
    if row.by_id is not None or row.member_id is not None:
        raise NotHere
    return row
