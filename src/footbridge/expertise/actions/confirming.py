"""Asking those who were there, and what they say: yes, not mine to say, and their word back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.due import for_each
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed, NotHere
from footbridge.core.words import clean_line
from footbridge.expertise import letters, policy
from footbridge.expertise.actions._steps import note
from footbridge.expertise.models import LONGEST_WORDS, Claim, Confirmation
from footbridge.expertise.states import Move, Role, State
from footbridge.people.actions.rows import lock_people
from footbridge.people.models import Person

_COMPLETE = (
    "claim__skill", "claim__episode", "claim__person__chapter", "by__chapter",
)  # fmt: skip


@transaction.atomic
def ask(*, actor: Person, claim: Claim, person: Person, was_there: bool = False) -> Confirmation:
    """Ask somebody who was there to say the same. Once each: asking again changes nothing.

    `was_there` is said by rooms that know it themselves, as of those who did a piece of work
    together; otherwise only those may be asked with whom there is a bond (see `policy`).
    """
    both = lock_people(actor.id, person.id)
    row = Claim.objects.filter(id=claim.id, person=actor.id).first()
    if row is None:
        raise NotHere
    known = _all().filter(claim=row, by=person.id).first()
    if known is not None:
        return known
    _check(actor, both[person.id], was_there)
    made = Confirmation.objects.create(
        claim=row, by=both[person.id], expires_at=clock.now() + policy.ANSWERED_WITHIN
    )
    asked = _all().get(id=made.id)
    letters.ask(asked)
    note("asked", asked.id, actor.id)
    return asked


def _all() -> QuerySet[Confirmation]:
    return Confirmation.objects.select_related(*_COMPLETE)


def _check(actor: Person, person: Person, was_there: bool) -> None:
    if actor.id == person.id:
        raise DomainError(_("Somebody else says so, not you."), field="person")
    if not was_there and not policy.may_be_asked(actor).filter(id=person.id).exists():
        raise NotHere
    waiting = Confirmation.objects.filter(claim__person=actor.id, expires_at__gt=clock.now())
    # A refusal counts like waiting, so that the limit tells nothing of it.
    if waiting.filter(state__in=(State.ASKED, State.NOT_MINE)).count() >= policy.MOST_WAITING:
        message = _("You wait for %(most)d answers already. Wait for one, or withdraw one.")
        raise LimitReached(message % {"most": policy.MOST_WAITING})


@transaction.atomic
def confirm(
    *, actor: Person, confirmation: Confirmation, words: str = "", is_named: bool = False
) -> Confirmation:
    """Say that one was there and that it is so; and whether one may be named. Saying it once more
    changes only the words and the name."""
    row = _held(confirmation)
    tidied = clean_line(words)
    if len(tidied) > LONGEST_WORDS:
        message = _("Please keep it to %(most)d characters.") % {"most": LONGEST_WORDS}
        raise DomainError(message, field="words")
    again = row.state == State.CONFIRMED and policy.role_of(actor, row) == Role.WITNESS
    if not again:
        _require(actor, Move.CONFIRM, row)
    row.words, row.is_named = tidied, is_named
    _move(row, State.CONFIRMED)
    if not again:
        letters.confirmed(row)
    note("confirmed", row.claim.person_id, actor.id)
    return row


@transaction.atomic
def not_mine(*, actor: Person, confirmation: Confirmation) -> Confirmation:
    """Say that it is not one's own to say. Nobody is told: it looks like no answer."""
    row = _held(confirmation)
    if row.state == State.NOT_MINE and policy.role_of(actor, row) == Role.WITNESS:
        return row
    _require(actor, Move.NOT_MINE, row)
    _move(row, State.NOT_MINE)
    note("not_mine", row.id, actor.id)
    return row


@transaction.atomic
def withdraw(*, actor: Person, confirmation: Confirmation) -> Confirmation:
    """Take one's word back, or the question."""
    row = _held(confirmation)
    if row.state == State.WITHDRAWN and policy.role_of(actor, row) is not None:
        return row
    _require(actor, Move.WITHDRAW, row)
    row.words, row.is_named = "", False
    _move(row, State.WITHDRAWN)
    note("withdrawn", row.claim.person_id, actor.id)
    return row


def _held(confirmation: Confirmation) -> Confirmation:
    """The two people first, then the question: as who leaves takes them."""
    lock_people(confirmation.claim.person_id, confirmation.by_id)
    rows = _all().select_for_update(of=("self",))
    found = rows.filter(id=confirmation.id).first()
    if found is None:
        raise NotHere
    return found


def _require(actor: Person, move: Move, row: Confirmation) -> None:
    role = policy.role_of(actor, row)
    if role is None:
        raise NotHere
    if move in policy.moves(role, row):
        return
    if role == Role.WITNESS and row.state == State.WITHDRAWN:
        raise Conflict(_("This is no longer asked: it was withdrawn."))
    if role == Role.WITNESS and row.state in (State.NOT_MINE, State.EXPIRED):
        raise Conflict(_("The time for this has passed."))
    if role == Role.WITNESS and row.expires_at <= clock.now():
        raise Conflict(_("The time for this has passed."))
    raise NotAllowed(_("This cannot be done at this point."))


def _move(row: Confirmation, state: State) -> None:
    row.state, row.answered_at = state, clock.now()
    row.save(update_fields=["state", "answered_at", "words", "is_named"])


def end_what_ran_out() -> int:
    """End what nobody answered in time; returns how many."""
    return for_each(_run_out, _end)


def _run_out() -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(state=State.ASKED, expires_at__lte=clock.now())


def _end(row: Confirmation) -> None:
    row.state = State.EXPIRED
    row.save(update_fields=["state"])
    note("expired", row.id)
