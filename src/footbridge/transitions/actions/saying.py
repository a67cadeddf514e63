"""Saying what one passes through and what moves one, and working through its lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, versions
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed, NotHere
from footbridge.mail.actions import forget_about
from footbridge.people.actions.rows import lock_people
from footbridge.people.models import Person
from footbridge.transitions import policy
from footbridge.transitions.actions._steps import note, text
from footbridge.transitions.cards import list_version
from footbridge.transitions.models import MOST_STEP_WORDS, MOST_WORDS, StepNote, Transition
from footbridge.transitions.states import (
    MOST_MOTIVES,
    Motive,
    Passage,
    Point,
    Shown,
    steps_of,
)


@dataclass(frozen=True)
class Said:
    """What somebody says of a passage. Nothing of it is asked for but what it is."""

    passage: str
    point: str = Point.AMIDST
    since: date | None = None
    is_over: bool = False
    motives: Sequence[str] = ()
    words: str = ""
    shown: str = Shown.ASKED
    glad_to_be_asked: bool = False


@transaction.atomic
def say(*, actor: Person, said: Said) -> Transition:
    """Say what one passes through, or has passed through. Nobody is told.

    Raises Conflict where one is in just that already.
    """
    person = lock_people(actor.id)[actor.id]
    if not person.has_joined:
        raise NotAllowed(_("Only members can do this."))
    if Transition.objects.filter(person=person).count() >= policy.MOST_TRANSITIONS:
        message = _("At most %(most)d can be kept. Take one back first.")
        raise LimitReached(message % {"most": policy.MOST_TRANSITIONS})
    row = Transition(person=person)
    _write(row, said)
    _save(row)
    note("said", row.id, actor)
    return row


@transaction.atomic
def edit(
    *,
    actor: Person,
    transition: Transition,
    said: Said,
    version: versions.Version | None = None,
) -> Transition:
    """Say it anew: one is a step further, has come through, or wishes others to know."""
    row = _own(actor, transition)
    versions.expect(version, row.version, lambda: _as_it_stands(row))
    _write(row, said)
    row.version += 1
    _save(row)
    note("changed", row.id, actor)
    return row


def _own(actor: Person, transition: Transition) -> Transition:
    """One's own passage, locked after oneself; NotHere for that of anybody else."""
    lock_people(actor.id)
    row = policy.own(actor).select_for_update().filter(id=transition.id).first()
    if row is None:
        raise NotHere
    return row


def _as_it_stands(row: Transition) -> dict[str, Any]:
    names = ("passage", "point", "since", "is_over", "motives", "words", "shown")
    return {name: getattr(row, name) for name in (*names, "glad_to_be_asked")}


def _write(row: Transition, said: Said) -> None:
    row.passage = _one_of(Passage, said.passage, "passage")
    row.point = _one_of(Point, said.point, "point")
    row.shown = _one_of(Shown, said.shown, "shown")
    row.since = _since(said.since)
    row.motives = _motives(said.motives)
    row.words = text(said.words, "words", MOST_WORDS)
    row.is_over, row.glad_to_be_asked = said.is_over, said.glad_to_be_asked


def _one_of(choices: type[models.TextChoices], value: str, field: str) -> str:
    if value not in choices.values:
        raise DomainError(_("Choose one of these."), field=field)
    return str(value)


def _since(day: date | None) -> date | None:
    if day is not None and not 1900 <= day.year <= clock.today().year + 5:
        raise DomainError(_("Choose a year of your life."), field="since")
    return day


def _motives(chosen: Sequence[str]) -> list[str]:
    """Each once, in the order in which they were said."""
    known = list(dict.fromkeys(_one_of(Motive, one, "motives") for one in chosen if one))
    if len(known) > MOST_MOTIVES:
        message = _("Choose at most %(most)d.") % {"most": MOST_MOTIVES}
        raise DomainError(message, field="motives")
    return known


def _save(row: Transition) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        message = _("You said so already. Change what you said.")
        raise Conflict(message, field="passage") from error


@transaction.atomic
def forget(*, actor: Person, transition: Transition) -> None:
    """Take it back, with all that one wrote on the way. Those who were asked for it are no longer
    asked, and the letters about it go."""
    row = _own(actor, transition)
    asks = row.asks.all()
    forget_about(list(asks.values_list("id", flat=True)))
    asks.delete()
    note("forgotten", row.id, actor)
    row.delete()


@dataclass(frozen=True)
class Wrote:
    """What somebody wrote at a step, and whether it is done."""

    words: str = ""
    is_done: bool = False


@transaction.atomic
def write_list(
    *,
    actor: Person,
    transition: Transition,
    steps: Mapping[str, Wrote],
    version: versions.Version | None = None,
) -> None:
    """Write down what some steps of a list ask for. The others stay as they are; what another
    window wrote since is not lost."""
    row = _own(actor, transition)
    if not steps.keys() <= {one.key for one in steps_of(row.passage)}:
        raise NotHere
    kept = {note.step: note for note in StepNote.objects.filter(transition=row)}
    versions.expect(version, list_version(kept.values()), lambda: _as_written(kept))
    changed = [_write_step(row, kept, key, said) for key, said in steps.items()]
    if any(changed):
        note("list_written", row.id, actor)


def _as_written(kept: Mapping[str, StepNote]) -> dict[str, Any]:
    return {key: one.words for key, one in kept.items()}


def _write_step(row: Transition, kept: dict[str, StepNote], key: str, said: Wrote) -> bool:
    """Whether anything changed by it. What is empty and not done needs no row."""
    found = kept.get(key) or StepNote(transition=row, step=key)
    tidied = text(said.words, key, MOST_STEP_WORDS)
    if (tidied, said.is_done) == (found.words, found.is_done):
        return False
    found.words, found.is_done, found.changed_at = tidied, said.is_done, clock.now()
    found.save()
    return True
