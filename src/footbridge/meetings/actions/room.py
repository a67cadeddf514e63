"""In the room: one step after the other, who has spoken, and what is written in silence."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import typed
from footbridge.core.errors import Conflict, NotHere
from footbridge.journal import actions as journal
from footbridge.meetings import afterwards, running
from footbridge.meetings.actions._steps import (
    end_running_round,
    lock,
    lock_run,
    seat_again,
    take_step,
    tell,
)
from footbridge.meetings.actions.harvest import bring_need, bring_offer
from footbridge.meetings.actions.rounds import LONGEST_MINUTES, MORE_MINUTES, begin_round
from footbridge.meetings.formats import Step
from footbridge.meetings.models import Jotting, Round, Seat, Session
from footbridge.meetings.states import SEATED, Kind, State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, id_of

MOST_SPOKE = 99


# One step after the other.


@transaction.atomic
def go_on(*, actor: Viewer, session: Session, after: int | None) -> Session:
    """Go on to the step after `after`, the one that was seen. If somebody else has gone on
    meanwhile, from another device, nothing changes: a second tap leaves no step out.

    A step at tables takes the tables that were made for it; without them it raises Conflict.
    """
    session = lock_run(actor, session.id)
    if session.state != State.RUNNING:
        raise Conflict(_("Begin the session first."))
    if session.step != after:
        return session
    index = 0 if after is None else after + 1
    if index >= len(session.steps):
        raise Conflict(_("This was the last step. End the session when you are ready."))
    _begin_step(session, index)
    session.save(update_fields=["step", "step_since", "step_minutes"])
    journal.record("meetings.went_on", session.id, actor=id_of(actor), facts={"step": index})
    return session


def _begin_step(session: Session, index: int) -> None:
    coming = _round_for(session, index)
    end_running_round(session)
    if coming is None:
        take_step(session, index)
    else:
        begin_round(session, coming)


def _round_for(session: Session, index: int) -> Round | None:
    """The tables of a step; None for one in which nobody is seated."""
    if Step.from_json(session.steps[index]).gathering not in SEATED:
        return None
    found = session.rounds.filter(step=index, started_at=None).first()
    if found is None:
        raise Conflict(_("There are no tables for this step yet. Make them first."))
    return found


@transaction.atomic
def lengthen_step(*, actor: Viewer, session: Session, minutes: int = MORE_MINUTES) -> Session:
    """Give the step that goes on more minutes, or fewer."""
    session = lock_run(actor, session.id)
    if session.state != State.RUNNING or session.step is None:
        raise Conflict(_("No step is going on."))
    session.step_minutes = max(1, min(LONGEST_MINUTES, session.step_minutes + minutes))
    session.save(update_fields=["step_minutes"])
    session.rounds.filter(started_at__isnull=False, ended_at=None).update(
        minutes=session.step_minutes
    )
    return session


# Who has spoken. It stands in no journal: it is forgotten when the session ends.


@transaction.atomic
def has_spoken(*, actor: Viewer, seat: Seat) -> Seat:
    """Note that somebody has spoken, once more."""
    return _count(actor, seat, 1)


@transaction.atomic
def has_not_spoken(*, actor: Viewer, seat: Seat) -> Seat:
    """Take one such tap back."""
    return _count(actor, seat, -1)


def _count(actor: Viewer, seat: Seat, by: int) -> Seat:
    session = lock_run(actor, seat.session_id)
    row = seat_again(session, seat)
    if session.state != State.RUNNING or not row.is_there:
        raise Conflict(_("This is noted of those who are here, while the session goes on."))
    row.spoke = max(0, min(MOST_SPOKE, row.spoke + by))
    row.save(update_fields=["spoke"])
    return row


# What is written in silence.


@transaction.atomic
def write_down(*, actor: Person, session: Session, kind: Kind, text: str) -> Jotting | None:
    """Write one need, or one offer, while it is quiet. It is for oneself until one shows it. Saying
    it anew takes the place of what stood there; saying nothing takes it away."""
    session = lock(session.id)
    seat = afterwards.seat_there(actor, session.id)
    if seat is None:
        raise NotHere
    if not running.is_writing(session):
        raise Conflict(_("This is written in the silent minutes of a session."))
    words = typed.words(Jotting, "text", text) if str(text or "").strip() else ""
    if not words:
        Jotting.objects.filter(seat=seat, kind=kind).delete()
        return None
    found, is_new = Jotting.objects.update_or_create(seat=seat, kind=kind, defaults={"text": words})
    if is_new:
        # The journal keeps that somebody wrote, never what.
        tell("wrote", seat, actor)
    return found


@transaction.atomic
def show_jotting(*, actor: Person, jotting: Jotting) -> None:
    """Put what one wrote into the exchange, where members see it, under one's name."""
    row = _own_jotting(actor, jotting)
    bring = bring_need if row.kind == Kind.NEED else bring_offer
    bring(actor=actor, session=row.seat.session, text=row.text)
    row.delete()


@transaction.atomic
def drop_jotting(*, actor: Person, jotting: Jotting) -> None:
    """Throw it away. Nobody has seen it."""
    _own_jotting(actor, jotting).delete()


def _own_jotting(actor: Person, jotting: Jotting) -> Jotting:
    """One's own, with its session locked; NotHere for anybody else, who runs it included."""
    rows = Jotting.objects.select_related("seat__session")
    row = rows.filter(id=jotting.id, seat__person=actor.id).first()
    if row is None:
        raise NotHere
    lock(row.seat.session_id)
    if not Jotting.objects.filter(id=row.id).exists():
        raise NotHere
    return row
