"""Asking a peer to listen first; yes, not now, what they noted, and what time does to it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, versions
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.network.queries import kept_apart_from
from footbridge.people import quietly
from footbridge.people.actions import acquaint
from footbridge.people.actions.rows import lock_people
from footbridge.people.models import Person
from footbridge.pitches import letters, policy
from footbridge.pitches.actions._steps import (
    line,
    note,
    require_joined,
    text,
    write_words,
)
from footbridge.pitches.models import MOST_LINE, Pitch, Rehearsal
from footbridge.pitches.states import Move, State


@transaction.atomic
def ask(
    *, actor: Person, pitch: Pitch, peer: Person, words: str = "", shows_worth: bool = False
) -> Rehearsal:
    """Ask a peer to listen before the meeting. They read the pitch once they say yes.

    Raises NotHere for whom one may not ask, or who belongs to the other side; LimitReached where
    too much waits already, or they were asked often enough this month.
    """
    tidied = line(text(words, "words", MOST_LINE))
    people = lock_people(actor.id, peer.id)
    author, other = people[actor.id], people[peer.id]
    require_joined(author)
    mine = policy.own(author).filter(id=pitch.id).first()
    if mine is None or not policy.peers_open_to(author, mine).filter(id=other.id).exists():
        raise NotHere
    policy.QUESTIONS.require_room(author, other, policy.may_be_asked_again(author, other))
    row = Rehearsal.objects.create(
        pitch=mine,
        author=author,
        peer=other,
        words=tidied,
        shows_worth=shows_worth,
        expires_at=clock.now() + policy.ANSWERED_WITHIN,
    )
    letters.ask(row)
    note("rehearsal_asked", row.id, actor)
    return row


@transaction.atomic
def agree(*, actor: Person, rehearsal: Rehearsal) -> Rehearsal:
    """Say yes: the peer reads the pitch, both get each other's address. Twice changes nothing."""
    row = policy.QUESTIONS.lock(rehearsal.id)
    if row.state == State.AGREED and actor.id == row.peer_id:
        return row
    _require(actor, Move.AGREE, row)
    if row.peer_id in kept_apart_from(row.author):
        return _end(row, State.NOT_NOW, actor)
    quietly.answer(row, State.AGREED, is_told=True)
    acquaint(row.author, row.peer)
    letters.agree(row)
    note("rehearsal_agreed", row.id, actor)
    return row


@transaction.atomic
def not_now(*, actor: Person, rehearsal: Rehearsal) -> Rehearsal:
    """Say "not now". The author is told so on the date for an answer, as after silence."""
    row = policy.QUESTIONS.lock(rehearsal.id)
    if row.state == State.NOT_NOW and actor.id == row.peer_id:
        return row
    _require(actor, Move.NOT_NOW, row)
    return _end(row, State.NOT_NOW, actor)


@transaction.atomic
def withdraw(*, actor: Person, rehearsal: Rehearsal) -> Rehearsal:
    """Take the question back, or end a rehearsal: the peer no longer reads anything of it."""
    row = policy.QUESTIONS.lock(rehearsal.id)
    if row.state == State.WITHDRAWN and actor.id == row.author_id:
        return row
    _require(actor, Move.WITHDRAW, row)
    quietly.answer(row, State.WITHDRAWN, is_told=True)
    note("rehearsal_withdrawn", row.id, actor)
    return row


@dataclass(frozen=True)
class Notes:
    """What a peer notes: three questions, what they heard, what they would change."""

    clear_ask: str = ""
    their_words: str = ""
    answered: str = ""
    heard: str = ""
    missing: str = ""


@transaction.atomic
def note_down(
    *, actor: Person, rehearsal: Rehearsal, notes: Notes, version: versions.Version | None = None
) -> Rehearsal:
    """Note what one heard. The author is told the first time."""
    row = policy.QUESTIONS.lock(rehearsal.id)
    _require(actor, Move.NOTE, row)
    versions.expect(version, row.version, lambda: _as_noted(row))
    if not any((notes.clear_ask, notes.their_words, notes.answered, notes.heard, notes.missing)):
        raise DomainError(_("Answer at least one question."), field="clear_ask")
    write_words(row, notes)
    is_first, row.noted_at = row.noted_at is None, clock.now()
    row.version += 1
    row.save()
    if is_first:
        letters.noted(row)
    note("rehearsal_noted", row.id, actor)
    return row


def _as_noted(row: Rehearsal) -> dict[str, Any]:
    names = ("clear_ask", "their_words", "answered", "heard", "missing")
    return {name: getattr(row, name) for name in names}


def _require(actor: Person, move: Move, row: Rehearsal) -> None:
    role = policy.role_of(actor, row)
    if role is None:
        raise NotHere
    if move in policy.moves(role, row):
        return
    if row.state == State.WITHDRAWN:
        raise Conflict(_("This is no longer asked: it was withdrawn."))
    if policy.shown_state(role, row) == State.NOT_NOW:
        raise Conflict(_("The time for this has passed."))
    raise NotAllowed(_("This cannot be done at this point."))


def _end(row: Rehearsal, state: State, actor: Person | None) -> Rehearsal:
    quietly.answer(row, state, is_told=False)
    note("rehearsal_refused", row.id, actor)
    return row


def end_what_ran_out() -> int:
    """On the date for an answer, tell who asked "not this time": after a no and after silence
    alike. Any number of workers may call it."""
    return sum(map(_tell, policy.QUESTIONS.due()))


@transaction.atomic
def _tell(rehearsal_id: uuid.UUID) -> int:
    row = policy.QUESTIONS.take_due(rehearsal_id)
    if row is None:
        return 0
    letters.not_now(row)
    note("rehearsal_told", row.id)
    return 1
