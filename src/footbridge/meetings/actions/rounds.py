"""Rounds: who sits where, written down before a round begins and left alone afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict
from footbridge.journal import actions as journal
from footbridge.meetings.actions._steps import end_running_round, lock_run, take_step
from footbridge.meetings.models import Round, Session, Sitting
from footbridge.meetings.states import State
from footbridge.people.policy import Viewer, id_of

LONGEST_MINUTES = 240
MORE_MINUTES = 5


@dataclass(frozen=True)
class Plan:
    """One round to come: which step of the run-sheet, the seats at each table, what each table
    has to say for itself, and who found no place."""

    step: int
    minutes: int
    tables: tuple[tuple[uuid.UUID, ...], ...]
    why: tuple[dict[str, Any], ...] = ()
    left_over: tuple[dict[str, Any], ...] = ()
    seed: int = 0


@transaction.atomic
def plan_rounds(*, actor: Viewer, session: Session, plans: Sequence[Plan]) -> list[Round]:
    """Replace the rounds that have not begun. Those that run or ran stay as they are; a plan for
    a step that began while it was made is dropped."""
    session = lock_run(actor, session.id)
    if session.state not in (State.OPEN, State.RUNNING):
        raise Conflict(_("Tables are made for a session that is coming or going on."))
    session.rounds.filter(started_at=None).delete()
    begun = list(session.rounds.values_list("step", flat=True))
    coming = [plan for plan in plans if plan.step > max(begun, default=-1)]
    seats = set(session.seats.values_list("id", flat=True))
    rounds = [
        _write(session, number, plan, seats)
        for number, plan in enumerate(coming, start=len(begun) + 1)
    ]
    journal.record("meetings.seated", session.id, actor=id_of(actor), facts={"rounds": len(rounds)})
    return rounds


def _write(session: Session, number: int, plan: Plan, seats: set[uuid.UUID]) -> Round:
    made = Round.objects.create(
        session=session,
        number=number,
        step=plan.step,
        minutes=plan.minutes,
        why=list(plan.why),
        left_over=list(plan.left_over),
        seed=plan.seed,
    )
    Sitting.objects.bulk_create(_sittings(made, plan.tables, seats))
    return made


def _sittings(
    made: Round, tables: Iterable[Iterable[uuid.UUID]], seats: set[uuid.UUID]
) -> list[Sitting]:
    return [
        Sitting(round=made, seat_id=seat, table=number)
        for number, table in enumerate(tables, start=1)
        for seat in table
        if seat in seats
    ]


@transaction.atomic
def start_round(*, actor: Viewer, session: Session) -> Round:
    """Begin the next round; the one that runs ends with it. The time runs from now, whoever
    looks on from whichever device."""
    session = lock_run(actor, session.id)
    if session.state != State.RUNNING:
        raise Conflict(_("Begin the session first."))
    coming = session.rounds.filter(started_at=None).order_by("number").first()
    if coming is None:
        raise Conflict(_("There is no further round. Make tables first."))
    end_running_round(session)
    begin_round(session, coming)
    session.save(update_fields=["step", "step_since", "step_minutes"])
    journal.record("meetings.round_begun", session.id, actor=id_of(actor))
    return coming


def begin_round(session: Session, coming: Round) -> None:
    """Its time runs from now, and its step is the one that goes on. The caller saves the
    session."""
    coming.started_at = clock.now()
    coming.save(update_fields=["started_at"])
    if coming.step < len(session.steps):
        take_step(session, coming.step, coming.minutes)


@transaction.atomic
def end_round(*, actor: Viewer, session: Session) -> None:
    """End the round that runs. Ending what has ended changes nothing."""
    end_running_round(lock_run(actor, session.id))


@transaction.atomic
def lengthen_round(*, actor: Viewer, session: Session, minutes: int = MORE_MINUTES) -> Round:
    """Give the round that runs more minutes, or fewer."""
    session = lock_run(actor, session.id)
    running = session.rounds.filter(started_at__isnull=False, ended_at=None).first()
    if running is None:
        raise Conflict(_("No round is running."))
    running.minutes = max(1, min(LONGEST_MINUTES, running.minutes + minutes))
    running.save(update_fields=["minutes"])
    return running
