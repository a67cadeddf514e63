"""The steps that every operation on an introduction shares: lock, authorise, say, move."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.core.words import clean_line
from footbridge.introductions import letters, policy
from footbridge.introductions.cards import NOTE_FIELDS
from footbridge.introductions.models import Consent, Introduction
from footbridge.introductions.states import MOVES, Answer, Move, Role, Shown, State
from footbridge.journal import actions as journal
from footbridge.people.models import Person

_ENDS = (State.CLOSED, State.NOT_NOW, State.EXPIRED, State.WITHDRAWN)


def lock(introduction_id: uuid.UUID) -> Introduction:
    """Take the introduction for the length of the transaction; NotHere if it is gone."""
    rows = Introduction.objects.select_for_update(of=("self",))
    related = rows.select_related("seeker__chapter", "connector__chapter", "target__chapter")
    found = related.filter(id=introduction_id).first()
    if found is None:
        raise NotHere
    return found


def lock_people(*people: Person) -> None:
    """Take these people's rows, always in the same order, so that budgets are counted one ask at
    a time."""
    ids = sorted(person.id for person in people)
    list(Person.objects.select_for_update().filter(id__in=ids).order_by("id"))


def require(actor: Person, move: Move, introduction: Introduction) -> Role:
    """The actor's role, if they may do this now; else the reason in words they may read."""
    role = policy.role_of(actor, introduction)
    if role is None:
        raise NotHere
    if move not in policy.moves(role, introduction):
        raise _why_not(role, introduction)
    return role


def _why_not(role: Role, introduction: Introduction) -> DomainError:
    if role != Role.SEEKER and policy.answer_of(introduction, role) is not None:
        return Conflict(_("You have answered already."))
    shown = policy.shown_to(role, introduction)
    if shown == Shown.WITHDRAWN:
        return Conflict(_("This is no longer asked: it was withdrawn."))
    if shown == Shown.NOT_NOW:
        return Conflict(_("The time for this has passed."))
    if shown == Shown.WAITING and role == Role.SEEKER:
        return Conflict(_("You have asked already. It is waiting for an answer."))
    return NotAllowed(_("This cannot be done at this point."))


def unavailable() -> Conflict:
    """The one answer to everything that must stay a secret: a pause, a wish, an earlier no."""
    return Conflict(_("This introduction is not possible just now. Try another way, or later."))


def clean_note(note: dict[str, str]) -> dict[str, str]:
    """The parts of a note, tidied; refused when one is too long."""
    unknown = set(note) - set(NOTE_FIELDS)
    if unknown:
        raise TypeError(f"No such part of a note: {', '.join(sorted(unknown))}")
    return {name: clean(name, text) for name, text in note.items()}


def clean(name: str, text: str) -> str:
    """One text field of an introduction, tidied; refused when it is too long."""
    field = part(name)
    tidied = clean_lines(text) if isinstance(field, models.TextField) else clean_line(text)
    if field.max_length is not None and len(tidied) > field.max_length:
        message = _("“%(part)s” has at most %(most)d characters.")
        facts = {"part": field.verbose_name, "most": field.max_length}
        raise DomainError(message % facts, field=name)
    return tidied


def part(name: str) -> models.Field[str, str]:
    """One of the text fields, for its label and its length."""
    found = Introduction._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def clean_lines(text: str) -> str:
    """Several lines, each without hidden characters."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def consent(introduction: Introduction, person: Person, role: Role, answer: Answer) -> None:
    """Write down what one of the three said."""
    Consent.objects.create(
        introduction=introduction,
        person=person,
        role=role,
        answer=answer,
    )


def move_to(state: State, introduction: Introduction) -> None:
    """Move to the next state; the caller has checked who may."""
    now = State(introduction.state)
    if state not in MOVES.get(now, ()):
        raise Conflict(_("This cannot be done at this point."))
    introduction.state = state
    introduction.reminded_at = None
    if state in _ENDS:
        introduction.ended_at = clock.now()
    introduction.save()


def ask_target_if_possible(introduction: Introduction) -> bool:
    """Ask the one sought, unless someone pauses or wishes not to be brought together, or the one
    sought was asked about the seeker not long ago: then nobody is asked and nobody is told why. It
    rests until the date for answers, and ends as silence does."""
    lately = policy.was_asked_lately(introduction.target, about=introduction.seeker)
    if lately or not policy.is_possible(introduction):
        return False
    introduction.target_asked_at = clock.now()
    introduction.save(update_fields=["target_asked_at"])
    letters.ask_target(introduction)
    journal.record("introductions.target_asked", introduction.id)
    return True
