"""While the work goes on: steps that are ticked, hours that are given, reviews by both sides."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.assignments import letters, playbooks, policy
from footbridge.assignments.actions._steps import lock, move_to, note, now_done, own_part, require
from footbridge.assignments.models import Assignment, HoursGiven, Review, StepDone
from footbridge.assignments.states import Mark, Move, Phase, State
from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.people.models import Person

MARKS = ("outcome", "promises", "heard", "again")


@transaction.atomic
def tick(*, actor: Person, assignment: Assignment, key: str, done: bool = True) -> None:
    """Tick a step of the playbook, or take the tick away. Doing it twice changes nothing."""
    assignment = lock(assignment.id)
    require(actor, Move.TICK, assignment)
    if key not in playbooks.keys_of(assignment.kind):
        raise NotHere
    if not done:
        StepDone.objects.filter(assignment=assignment, key=key).delete()
        return
    _step, is_new = StepDone.objects.get_or_create(
        assignment=assignment, key=key, defaults={"by": actor}
    )
    if is_new:
        note("ticked", assignment.id, assignment, actor, step=key)


# Hours.


@transaction.atomic
def tell_hours(
    *,
    actor: Person,
    assignment: Assignment,
    month: date,
    minutes: int,
    version: Version | None = None,
) -> HoursGiven:
    """Say how much time one gave in a month; it can be said anew until it is confirmed. The
    client confirms it, or says another figure."""
    assignment = lock(assignment.id)
    part = own_part(actor, assignment)
    if not policy.may_tell(part, assignment):
        raise NotAllowed(_("This cannot be done at this point."))
    first = _month(month, assignment)
    found = HoursGiven.objects.filter(part=part, month=first).first()
    now = found.version if found else NOT_THERE
    expect(version, now, lambda: {"minutes": found.minutes if found else 0})
    if found is not None and found.confirmed_minutes is not None:
        raise Conflict(_("These hours are confirmed already."))
    row = found or HoursGiven(part=part, month=first)
    row.minutes, row.told_at = _minutes(minutes), clock.now()
    row.version += 1 if found else 0
    row.save()
    letters.ask_to_confirm(assignment, row)
    note("hours_told", row.id, assignment, actor)
    return row


def _month(said: date, assignment: Assignment) -> date:
    """The first day of the month, if the assignment was under way in it."""
    first = said.replace(day=1)
    begun = assignment.begun_at
    if begun is None or not begun.date().replace(day=1) <= first <= clock.today():
        raise DomainError(_("Choose a month since the assignment began."), field="month")
    return first


def _minutes(said: int) -> int:
    if not 0 <= said <= policy.MOST_MINUTES_A_MONTH:
        most = policy.MOST_MINUTES_A_MONTH // 60
        message = _("Say a number of hours from 0 to %(most)d.") % {"most": most}
        raise DomainError(message, field="hours")
    return said


@transaction.atomic
def confirm_hours(
    *, actor: Person, assignment: Assignment, given: HoursGiven, minutes: int
) -> HoursGiven:
    """Confirm what one of the team gave, or say another figure: this one counts."""
    assignment = lock(assignment.id)
    require(actor, Move.CONFIRM, assignment)
    row = HoursGiven.objects.filter(id=given.id, part__assignment=assignment).first()
    if row is None:
        raise NotHere
    if row.confirmed_minutes == minutes:
        return row
    row.confirmed_minutes, row.confirmed_at = _minutes(minutes), clock.now()
    row.confirmed_by = actor
    row.version += 1
    row.save()
    note("hours_confirmed", row.id, assignment, actor)
    return row


# Reviews.


@transaction.atomic
def review(
    *,
    actor: Person,
    assignment: Assignment,
    marks: dict[str, int],
    keep: str = "",
    change: str = "",
    may_be_quoted: bool = False,
    version: Version | None = None,
) -> Review:
    """Write what one's side says half-way, or at the end. One for each side: others of the same
    side may change it until the other side reads it."""
    assignment = lock(assignment.id)
    side = require(actor, Move.REVIEW, assignment)
    phase = policy.phase_of(assignment)
    assert phase is not None  # or REVIEW would be no move
    if policy.is_open(assignment, phase):
        raise Conflict(_("Both sides have read the reviews: they stand as they are."))
    found = Review.objects.filter(assignment=assignment, phase=phase, side=side).first()
    now = found.version if found else NOT_THERE
    expect(version, now, lambda: _said(found))
    row = found or Review(assignment=assignment, phase=phase, side=side)
    _write(row, marks, keep, change, may_be_quoted)
    row.by = actor
    row.version += 1 if found else 0
    row.save()
    note("review_written", row.id, assignment, actor, phase=phase.value, side=side.value)
    if policy.is_open(assignment, phase):
        opened(assignment, phase)
    return row


def _said(review: Review | None) -> dict[str, Any]:
    names = (*MARKS, "keep", "change", "may_be_quoted")
    return {name: getattr(review, name) for name in names} if review else {}


def _write(row: Review, marks: dict[str, int], keep: str, change: str, quoted: bool) -> None:
    for name in MARKS:
        setattr(row, name, _mark(marks.get(name), name))
    row.keep = typed.words(Review, "keep", keep)
    row.change = typed.words(Review, "change", change)
    row.may_be_quoted = bool(quoted)


def _mark(said: Any, name: str) -> int:
    try:
        return Mark(int(said)).value
    except (TypeError, ValueError) as error:
        raise DomainError(_("Choose one of the five."), field=name) from error


def opened(assignment: Assignment, phase: Phase) -> None:
    """Both sides read what the other wrote; the assignment, which is locked, goes on."""
    if phase == Phase.MIDWAY and assignment.state == State.UNDER_WAY:
        move_to(State.MIDWAY, assignment)
    elif phase == Phase.FINAL and assignment.state == State.DELIVERED:
        move_to(State.REVIEWED, assignment)
        now_done(assignment, "reviewed_at")
    else:
        return
    assignment.save()
    letters.reviews_open(assignment, phase)
    note("reviewed", assignment.id, assignment, None, phase=phase.value)
