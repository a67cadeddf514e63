"""Asking somebody who lived the same for a talk; yes, not now, and what time does to it."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.people import quietly
from footbridge.people.actions import acquaint
from footbridge.people.actions.rows import lock_people
from footbridge.people.models import Person
from footbridge.transitions import letters, policy
from footbridge.transitions.actions._steps import note, text
from footbridge.transitions.models import MOST_ASKED_WORDS, GuideAsk, Transition
from footbridge.transitions.states import Move, State


@transaction.atomic
def ask(*, actor: Person, lived: Transition, transition: Transition, words: str) -> GuideAsk:
    """Ask for a talk whoever is glad to be asked about what they lived.

    Raises NotHere where they are no longer glad to be, or keep apart; LimitReached where too much
    waits already, or they were asked often enough this month.
    """
    tidied = text(words, "words", MOST_ASKED_WORDS, needed=True)
    people = lock_people(actor.id, lived.person_id)
    asker, guide = people[actor.id], people[lived.person_id]
    if asker.id == guide.id:
        raise NotHere
    theirs, mine = _still_glad(asker, lived), _own(asker, transition)
    policy.QUESTIONS.require_room(asker, guide, policy.may_be_asked_again(asker, guide))
    row = GuideAsk.objects.create(
        asker=asker,
        guide=guide,
        transition=mine,
        lived=theirs,
        words=tidied,
        expires_at=clock.now() + policy.ANSWERED_WITHIN,
    )
    letters.ask(row)
    note("asked", row.id, actor)
    return row


def _still_glad(asker: Person, lived: Transition) -> Transition:
    open_ = policy.guides_open_to(asker).filter(glad_to_be_asked=True)
    found = open_.filter(id=lived.id).first()
    if found is None:
        raise NotHere
    return found


def _own(asker: Person, transition: Transition) -> Transition:
    found = policy.own(asker).filter(id=transition.id).first()
    if found is None:
        raise NotHere
    return found


@transaction.atomic
def agree(*, actor: Person, ask: GuideAsk) -> GuideAsk:
    """Say yes: both get each other's address. Saying it twice changes nothing."""
    row = policy.QUESTIONS.lock(ask.id)
    if row.state == State.AGREED and actor.id == row.guide_id:
        return row
    _require(actor, Move.AGREE, row)
    if policy.avoid_one_another(row.asker, row.guide):
        return _end(row, State.NOT_NOW, actor)
    quietly.answer(row, State.AGREED, is_told=True)
    acquaint(row.asker, row.guide)
    letters.agree(row)
    note("agreed", row.id, actor)
    return row


@transaction.atomic
def not_now(*, actor: Person, ask: GuideAsk) -> GuideAsk:
    """Say "not now". The other is told so on the date for an answer, as if nobody had answered."""
    row = policy.QUESTIONS.lock(ask.id)
    if row.state == State.NOT_NOW and actor.id == row.guide_id:
        return row
    _require(actor, Move.NOT_NOW, row)
    return _end(row, State.NOT_NOW, actor)


@transaction.atomic
def withdraw(*, actor: Person, ask: GuideAsk) -> GuideAsk:
    """Take the question back. Nobody is told; the link that the other holds says so."""
    row = policy.QUESTIONS.lock(ask.id)
    if row.state == State.WITHDRAWN and actor.id == row.asker_id:
        return row
    _require(actor, Move.WITHDRAW, row)
    quietly.answer(row, State.WITHDRAWN, is_told=True)
    note("withdrawn", row.id, actor)
    return row


def _require(actor: Person, move: Move, row: GuideAsk) -> None:
    role = policy.role_of(actor, row)
    if role is None:
        raise NotHere
    if move in policy.moves(role, row):
        return
    if row.state == State.WITHDRAWN:
        raise Conflict(_("This is no longer asked: it was withdrawn."))
    if row.state == State.AGREED:
        raise Conflict(_("You two have agreed on this already."))
    if policy.shown_state(role, row) == State.NOT_NOW:
        raise Conflict(_("The time for this has passed."))
    raise NotAllowed(_("This cannot be done at this point."))


def _end(row: GuideAsk, state: State, actor: Person | None) -> GuideAsk:
    quietly.answer(row, state, is_told=False)
    note("refused", row.id, actor)
    return row


def end_what_ran_out() -> int:
    """On the date for an answer, tell who asked "not this time": after a no and after silence
    alike. Any number of workers may call it."""
    return sum(map(_tell, policy.QUESTIONS.due()))


@transaction.atomic
def _tell(ask_id: uuid.UUID) -> int:
    row = policy.QUESTIONS.take_due(ask_id)
    if row is None:
        return 0
    letters.not_now(row)
    note("told", row.id)
    return 1
