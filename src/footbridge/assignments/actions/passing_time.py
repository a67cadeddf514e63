"""What happens by itself: questions run out, reviews are asked for and opened, work is closed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from footbridge.assignments import letters, policy
from footbridge.assignments.actions._steps import lock, note
from footbridge.assignments.actions.beginning import shut
from footbridge.assignments.actions.working import opened
from footbridge.assignments.models import Assignment, Part, Review
from footbridge.assignments.states import RUNNING, PartState, Phase, State
from footbridge.core import clock
from footbridge.core.errors import NotHere

REMINDED_AFTER = timedelta(days=5)


def end_what_ran_out() -> int:
    """Questions that nobody answered in time; returns how many."""
    late = Part.objects.filter(state=PartState.ASKED, expires_at__lte=clock.now())
    return _each(late.values_list("assignment_id", flat=True), _expire)


def _expire(assignment: Assignment) -> int:
    rows = Part.objects.filter(assignment=assignment, state=PartState.ASKED)
    late = list(rows.filter(expires_at__lte=clock.now()).select_related("person", "asked_by"))
    for part in late:
        part.state, part.answered_at = PartState.EXPIRED, clock.now()
        part.save()
        part.assignment = assignment
        letters.expired(part)
        note("expired", part.id, assignment, None)
    return len(late)


def ask_midway() -> int:
    """Ask both sides for a review half-way between its days, once; returns how many were asked."""
    due = Assignment.objects.filter(
        state=State.UNDER_WAY, asked_midway_at=None, begins__lte=clock.today(), ends__isnull=False
    )
    return _each([one.id for one in due if _is_halfway(one)], _ask_midway)


def _is_halfway(one: Assignment) -> bool:
    if one.begins is None or one.ends is None:
        return False
    return one.begins + (one.ends - one.begins) / 2 <= clock.today()


def _ask_midway(assignment: Assignment) -> int:
    if assignment.state != State.UNDER_WAY or assignment.asked_midway_at is not None:
        return 0
    assignment.asked_midway_at = clock.now()
    assignment.save()
    letters.ask_for_review(assignment)
    return 1


def remind_of_reviews() -> int:
    """Ask the side that has not written once more, five days after the other did; returns how
    many."""
    before = clock.now() - REMINDED_AFTER
    first = Review.objects.filter(written_at__lte=before)
    midway = Q(phase=Phase.MIDWAY, assignment__state__in=RUNNING)
    final = Q(phase=Phase.FINAL, assignment__state=State.DELIVERED)
    reminded = Q(phase=Phase.MIDWAY, assignment__asked_midway_at__gt=F("written_at")) | Q(
        phase=Phase.FINAL, assignment__asked_final_at__gt=F("written_at")
    )
    rows = first.filter(midway | final).exclude(reminded)
    return _each(rows.values_list("assignment_id", flat=True), _remind)


def _remind(assignment: Assignment) -> int:
    phase = policy.phase_of(assignment)
    if phase is None or policy.is_open(assignment, phase):
        return 0
    name = "asked_midway_at" if phase == Phase.MIDWAY else "asked_final_at"
    written = Review.objects.filter(assignment=assignment, phase=phase).first()
    asked = getattr(assignment, name)
    if written is None or (asked is not None and asked > written.written_at):
        return 0
    setattr(assignment, name, clock.now())
    assignment.save()
    letters.ask_for_review(assignment)
    return 1


def open_reviews() -> int:
    """What one side wrote two weeks ago is read by both, whether or not the other wrote; returns
    how many."""
    before = clock.now() - policy.BLIND_FOR
    midway = Q(phase=Phase.MIDWAY, assignment__state=State.UNDER_WAY)
    final = Q(phase=Phase.FINAL, assignment__state=State.DELIVERED)
    rows = Review.objects.filter(midway | final, written_at__lte=before)
    return _each(rows.values_list("assignment_id", flat=True), _open)


def _open(assignment: Assignment) -> int:
    phase = policy.phase_of(assignment)
    if phase is None or not policy.is_open(assignment, phase):
        return 0
    before = assignment.state
    opened(assignment, phase)
    return int(assignment.state != before)


def close_what_is_done() -> int:
    """A month after both looked back, and two months after delivery where nobody did; returns how
    many."""
    now = clock.now()
    reviewed = Q(state=State.REVIEWED, reviewed_at__lte=now - policy.CLOSES_AFTER)
    waiting = Q(state=State.DELIVERED, delivered_at__lte=now - policy.WAITS_FOR_REVIEW)
    rows = Assignment.objects.filter(reviewed | waiting)
    return _each(rows.values_list("id", flat=True), _close)


def _close(assignment: Assignment) -> int:
    if assignment.state not in (State.REVIEWED, State.DELIVERED):
        return 0
    shut(assignment)
    note("closed", assignment.id, assignment, None)
    return 1


def _each(ids: Iterable[uuid.UUID], act: Callable[[Assignment], int]) -> int:
    """Each in a transaction of its own, under its lock: one that fails does not hold the others,
    and two workers do nothing twice."""
    return sum(_locked(one, act) for one in dict.fromkeys(ids))


@transaction.atomic
def _locked(assignment_id: uuid.UUID, act: Callable[[Assignment], int]) -> int:
    try:
        assignment = lock(assignment_id)
    except NotHere:
        return 0
    return act(assignment)
