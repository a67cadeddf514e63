"""Preparing what one wants to say to another side, and saying afterwards how it went."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core import clock, versions
from footbridge.core.errors import DomainError, LimitReached, NotHere
from footbridge.mail.actions import forget_about
from footbridge.people.actions.rows import lock_members
from footbridge.people.models import Member, Person
from footbridge.people.policy import may_see
from footbridge.pitches import policy
from footbridge.pitches.actions._steps import (
    line,
    note,
    one_of,
    require_joined,
    text,
    write_words,
)
from footbridge.pitches.models import MOST_LINE, MOST_WORDS, Pitch
from footbridge.pitches.states import Went


@dataclass(frozen=True)
class Kit:
    """What is said, in words. Nothing of it is asked for."""

    ask: str = ""
    decider: str = ""
    theirs: str = ""
    ours: str = ""
    community: str = ""
    story: str = ""
    emotion: str = ""
    proof: str = ""
    takes: str = ""
    gives: str = ""
    objections: str = ""


@transaction.atomic
def begin(
    *,
    actor: Person,
    kit: Kit,
    target: Member | None = None,
    target_name: str = "",
    on_behalf_of: Member | None = None,
    contact: Member | None = None,
) -> Pitch:
    """Begin a pitch to a member, or to a name from outside. Nobody is told.

    Raises NotHere for a member whom the author does not see, or does not act for.
    """
    wanted = [one.id for one in (actor, target, on_behalf_of, contact) if one]
    held = lock_members(*wanted)
    require_joined(actor)
    for one in (target, contact):
        if one is not None and not may_see(actor, held[one.id]):
            raise NotHere
    if on_behalf_of is not None and not policy.speaks_for(actor, held[on_behalf_of.id]):
        raise NotHere
    if target is None:
        target_name = line(text(target_name, "target_name", MOST_LINE, needed=True))
    _check_room(actor)
    row = Pitch(
        author=actor,
        target=target,
        target_name="" if target else target_name,
        on_behalf_of=on_behalf_of,
        contact_id=contact.id if contact and contact.is_person else None,
        language=(get_language() or "en")[:10],
    )
    write_words(row, kit)
    row.save()
    note("begun", row.id, actor)
    return row


def _check_room(actor: Person) -> None:
    if Pitch.objects.filter(author=actor).count() >= policy.MOST_PITCHES:
        message = _("At most %(most)d can be kept. Take one back first.")
        raise LimitReached(message % {"most": policy.MOST_PITCHES})


@transaction.atomic
def change(
    *, actor: Person, pitch: Pitch, kit: Kit, version: versions.Version | None = None
) -> Pitch:
    """Say it better. Peers who listen read what stands there last."""
    row = _own(actor, pitch.id)
    versions.expect(version, row.version, lambda: _as_it_stands(row))
    write_words(row, kit)
    row.version += 1
    row.save()
    note("changed", row.id, actor)
    return row


def _own(actor: Person, pitch_id: uuid.UUID) -> Pitch:
    """One's own pitch, locked after oneself; NotHere for that of anybody else."""
    lock_members(actor.id)
    rows = Pitch.objects.select_for_update().filter(author=actor)
    row = rows.filter(id=pitch_id).first()
    if row is None:
        raise NotHere
    return row


def _as_it_stands(row: Pitch) -> dict[str, Any]:
    return {name: getattr(row, name) for name in asdict(Kit())}


@dataclass(frozen=True)
class Met:
    """How a meeting went."""

    went: str
    met_on: date | None = None
    words: str = ""


@transaction.atomic
def tell(
    *, actor: Person, pitch: Pitch, met: Met, version: versions.Version | None = None
) -> Pitch:
    """Say how the meeting went: for oneself, and for those who listened first."""
    row = _own(actor, pitch.id)
    versions.expect(version, row.version, lambda: _as_told(row))
    row.went = one_of(Went.choices, met.went, "went", needed=True)
    row.met_on = _day(met.met_on)
    row.went_words = text(met.words, "words", MOST_WORDS)
    row.version += 1
    row.save(update_fields=["went", "met_on", "went_words", "version"])
    note("met", row.id, actor)
    return row


def _as_told(row: Pitch) -> dict[str, Any]:
    return {"went": row.went, "met_on": row.met_on, "words": row.went_words}


def _day(day: date | None) -> date | None:
    # Tomorrow by the clocks of the server may be today where somebody is.
    latest = clock.today() + timedelta(days=1)
    if day is not None and (day.year < 1990 or day > latest):
        raise DomainError(_("Choose a day that has been."), field="met_on")
    return day


@transaction.atomic
def forget(*, actor: Person, pitch: Pitch) -> None:
    """Take it away, with all that was written. Who was asked to listen no longer is, and the
    letters about it go."""
    row = _own(actor, pitch.id)
    forget_about(list(row.rehearsals.values_list("id", flat=True)))
    note("forgotten", row.id, actor)
    row.delete()
