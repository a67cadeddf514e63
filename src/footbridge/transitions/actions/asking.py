"""Asking somebody who lived the same for a talk; yes, not now, and what time does to it."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, LimitReached, NotAllowed, NotHere
from footbridge.people.actions import acquaint
from footbridge.people.models import Person
from footbridge.transitions import letters, policy
from footbridge.transitions.actions._steps import lock_people, note, text
from footbridge.transitions.models import MOST_ASKED_WORDS, GuideAsk, Transition
from footbridge.transitions.states import REFUSED, Move, State


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
    _check_asker(asker)
    _check_budget(asker, guide)
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


def _check_asker(asker: Person) -> None:
    if asker.is_paused:
        raise NotAllowed(_("You are pausing. End your pause to ask somebody."))
    if policy.waits_for(asker) >= policy.MOST_ASKED:
        message = _("You wait for %(most)d answers already. Wait for one, or withdraw one.")
        raise LimitReached(message % {"most": policy.MOST_ASKED})


def _check_budget(asker: Person, guide: Person) -> None:
    if policy.may_be_asked_again(asker, guide) is not None:
        raise LimitReached(_("You asked them not long ago. Ask somebody else this time."))
    if not policy.asks_left([guide])[guide.id]:
        raise LimitReached(_("They were asked often enough this month. Ask somebody else."))


@transaction.atomic
def agree(*, actor: Person, ask: GuideAsk) -> GuideAsk:
    """Say yes: both get each other's address. Saying it twice changes nothing."""
    row = _lock(ask.id)
    if row.state == State.AGREED and actor.id == row.guide_id:
        return row
    _require(actor, Move.AGREE, row)
    if policy.avoid_one_another(row.asker, row.guide):
        return _end(row, State.NOT_NOW, actor)
    _move(row, State.AGREED, is_told=True)
    acquaint(row.asker, row.guide)
    letters.agree(row)
    note("agreed", row.id, actor)
    return row


@transaction.atomic
def not_now(*, actor: Person, ask: GuideAsk) -> GuideAsk:
    """Say "not now". The other is told so on the date for an answer, as if nobody had answered."""
    row = _lock(ask.id)
    if row.state == State.NOT_NOW and actor.id == row.guide_id:
        return row
    _require(actor, Move.NOT_NOW, row)
    return _end(row, State.NOT_NOW, actor)


@transaction.atomic
def withdraw(*, actor: Person, ask: GuideAsk) -> GuideAsk:
    """Take the question back. Nobody is told; the link that the other holds says so."""
    row = _lock(ask.id)
    if row.state == State.WITHDRAWN and actor.id == row.asker_id:
        return row
    _require(actor, Move.WITHDRAW, row)
    _move(row, State.WITHDRAWN, is_told=True)
    note("withdrawn", row.id, actor)
    return row


def _lock(ask_id: uuid.UUID) -> GuideAsk:
    """Take a question, after the two whose it is."""
    both = GuideAsk.objects.filter(id=ask_id).values_list("asker_id", "guide_id").first()
    if both is None:
        raise NotHere
    people = lock_people(*both)
    row = GuideAsk.objects.select_for_update().filter(id=ask_id).first()
    if row is None:
        raise NotHere
    row.asker, row.guide = people[row.asker_id], people[row.guide_id]
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
    _move(row, state, is_told=False)
    note("refused", row.id, actor)
    return row


def _move(row: GuideAsk, state: State, *, is_told: bool) -> None:
    row.state, row.answered_at = state, clock.now()
    if is_told:
        row.told_at = clock.now()
    row.save(update_fields=["state", "answered_at", "told_at"])


def end_what_ran_out() -> int:
    """On the date for an answer, tell who asked "not this time": after a no and after silence
    alike. Any number of workers may call it."""
    due = GuideAsk.objects.filter(told_at=None, expires_at__lte=clock.now())
    return sum(_tell(one) for one in list(due.order_by("expires_at").values_list("id", flat=True)))


@transaction.atomic
def _tell(ask_id: uuid.UUID) -> int:
    try:
        row = _lock(ask_id)
    except NotHere:
        return 0
    if row.told_at is not None or not policy.is_past(row):
        return 0
    row.state = row.state if row.state in REFUSED else State.EXPIRED
    row.told_at = clock.now()
    row.save(update_fields=["state", "told_at"])
    letters.not_now(row)
    note("told", row.id)
    return 1
