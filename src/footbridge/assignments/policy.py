"""Who is shown which assignment, which side somebody is on, and what each may do."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from footbridge.assignments.models import (
    Assignment,
    Case,
    CaseYes,
    HoursGiven,
    Part,
    Review,
)
from footbridge.assignments.states import (
    AFTERWARDS,
    BEFORE_DELIVERY,
    DONE,
    RUNNING,
    STANDING,
    WRITTEN_IN,
    Move,
    PartState,
    Phase,
    Role,
    Side,
    State,
)
from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.network.queries import kept_apart_from
from footbridge.people.models import Affiliation, Member, Person
from footbridge.people.policy import Viewer, acted_for_ids, current, may_see
from footbridge.people.states import Standing

LINK_PURPOSE = "part"
# Who is asked into a team answers within that time; nobody is asked again sooner than that.
ANSWERED_WITHIN = timedelta(days=14)
RESTS_FOR = timedelta(days=90)
MOST_PARTS = 12
MOST_WAITING = 12
# One side reads what the other wrote once both did, or after so long.
BLIND_FOR = timedelta(days=14)
HOURS_TOLD_WITHIN = timedelta(days=90)
MOST_MINUTES_A_MONTH = 300 * 60
# An assignment that was looked back on closes by itself.
CLOSES_AFTER = timedelta(days=30)
# And one on which nobody looks back.
WAITS_FOR_REVIEW = timedelta(days=60)


# Who sees what.


def visible_to(viewer: Viewer) -> QuerySet[Assignment]:
    """An assignment is shown to the client's side and to those in its team, and to nobody else;
    who is asked sees what they are asked, by `asked_of`."""
    rows = Assignment.objects.select_related("client", "contact", "chapter", "call", "need")
    if isinstance(viewer, Operator):
        return rows
    inside = Part.objects.filter(assignment=OuterRef("pk"), person=viewer, state=PartState.ACCEPTED)
    return rows.filter(Q(client__in=speaks_for(viewer)) | Exists(inside))


def speaks_for(viewer: Person) -> list[uuid.UUID]:
    """Oneself and the organisations that one acts for today."""
    return [viewer.id, *acted_for_ids(viewer)]


def asked_of(viewer: Viewer) -> QuerySet[Part]:
    """What somebody is asked to be part of, and can still answer."""
    rows = Part.objects.select_related("assignment__client", "assignment__contact", "asked_by")
    if isinstance(viewer, Operator):
        return rows.none()
    return rows.filter(person=viewer).filter(_waiting()).exclude(assignment__state__in=DONE)


def _waiting() -> Q:
    return Q(state=PartState.ASKED, expires_at__gt=clock.now()) & ~Q(
        assignment__state=State.CALLED_OFF
    )


def parts_visible_to(viewer: Viewer, assignment: Assignment) -> QuerySet[Part]:
    """Who is in the team is known to all of it and to the client. Who is asked is known to the
    lead, the client and whoever asked; that somebody said no, and why, to whoever asked alone."""
    rows = Part.objects.filter(assignment=assignment).select_related("person", "asked_by")
    if isinstance(viewer, Operator):
        return rows
    there = Q(state=PartState.ACCEPTED)
    mine = Q(asked_by=viewer) | Q(person=viewer)
    if side_of(viewer, assignment) == Side.CLIENT or is_lead(viewer, assignment):
        there |= Q(state=PartState.ASKED)
    return rows.filter(there | mine)


def reviews_visible_to(viewer: Viewer, assignment: Assignment) -> QuerySet[Review]:
    """One's own side's at once; the other's once both wrote, or two weeks after the first."""
    rows = Review.objects.filter(assignment=assignment)
    if isinstance(viewer, Operator):
        return rows
    side = side_of(viewer, assignment)
    both = [phase for phase in Phase if is_open(assignment, phase)]
    return rows.filter(Q(side=side) | Q(phase__in=both)) if side else rows.none()


def is_open(assignment: Assignment, phase: Phase) -> bool:
    """Whether what both sides wrote in a phase can be read by both."""
    written = list(Review.objects.filter(assignment=assignment, phase=phase))
    return len(written) == len(Side) or any(
        one.written_at + BLIND_FOR <= clock.now() for one in written
    )


# Which side somebody is on.


def part_of(viewer: Viewer, assignment: Assignment) -> Part | None:
    """One's own part in a team, whatever became of it."""
    if isinstance(viewer, Operator):
        return None
    return Part.objects.filter(assignment=assignment, person=viewer).first()


def side_of(viewer: Viewer, assignment: Assignment) -> Side | None:
    """The side that somebody is on: the team's where they are in it, else the client's."""
    if isinstance(viewer, Operator):
        return None
    part = part_of(viewer, assignment)
    if part is not None and part.state == PartState.ACCEPTED:
        return Side.TEAM
    return Side.CLIENT if assignment.client_id in speaks_for(viewer) else None


def is_lead(viewer: Viewer, assignment: Assignment) -> bool:
    """Whether somebody leads the team."""
    part = part_of(viewer, assignment)
    return part is not None and part.role == Role.LEAD and part.state == PartState.ACCEPTED


def lead_of(assignment: Assignment) -> Part | None:
    """Who leads the team, or is asked to."""
    rows = Part.objects.filter(assignment=assignment, role=Role.LEAD, state__in=STANDING)
    return rows.select_related("person__chapter").first()


def team_of(assignment: Assignment) -> QuerySet[Part]:
    """Those who are in the team, the lead first."""
    rows = Part.objects.filter(assignment=assignment, state=PartState.ACCEPTED)
    leads = models.Case(models.When(role=Role.LEAD, then=0), default=1)
    return rows.select_related("person__chapter").order_by(leads, "asked_at", "person__folded")


# What each may do.


def moves(viewer: Viewer, assignment: Assignment) -> tuple[Move, ...]:
    """What somebody may do now."""
    side = side_of(viewer, assignment)
    if side is None:
        return ()
    return tuple(_moves(side, part_of(viewer, assignment), assignment))


def _moves(side: Side, part: Part | None, assignment: Assignment) -> Iterable[Move]:
    state = State(assignment.state)
    leads = side == Side.TEAM and part is not None and part.role == Role.LEAD
    steers = side == Side.CLIENT or leads
    if state in (State.FORMING, State.AGREED) and steers:
        yield Move.EDIT
        if not _has_agreed(side, assignment):
            yield Move.AGREE
    if state in BEFORE_DELIVERY and steers:
        yield Move.ASK
    if state == State.AGREED and steers:
        yield Move.BEGIN
    if state in RUNNING:
        yield Move.TICK
    if phase_of(assignment) is not None:
        yield Move.REVIEW
    if may_tell(part, assignment):
        yield Move.TELL
    if side == Side.CLIENT and assignment.begun_at:
        yield Move.CONFIRM
    if state in RUNNING and leads:
        yield Move.DELIVER
    if state in AFTERWARDS:
        yield from (Move.SEE, Move.CASE)
    if state == State.REVIEWED and steers:
        yield Move.CLOSE
    if state in BEFORE_DELIVERY and steers:
        yield Move.CALL_OFF
    if part is not None and side == Side.TEAM and state in BEFORE_DELIVERY:
        yield Move.LEAVE


def _has_agreed(side: Side, assignment: Assignment) -> bool:
    said = assignment.client_agreed_at if side == Side.CLIENT else assignment.lead_agreed_at
    return said is not None


def phase_of(assignment: Assignment) -> Phase | None:
    """Which review is written now."""
    state = State(assignment.state)
    return next((phase for phase, states in WRITTEN_IN.items() if state in states), None)


def may_tell(part: Part | None, assignment: Assignment) -> bool:
    """Whether somebody may write down the hours that they give."""
    if part is None or part.state not in (PartState.ACCEPTED, PartState.LEFT):
        return False
    if assignment.begun_at is None:
        return False
    ended = assignment.over_at or part.left_at
    return ended is None or clock.now() < ended + HOURS_TOLD_WITHIN


def may(actor: Viewer, move: Move, assignment: Assignment) -> bool:
    """Whether somebody may do this now."""
    return move in moves(actor, assignment)


def may_begin_for(actor: Viewer, client: Member) -> bool:
    """People give assignments for themselves and for organisations that they act for."""
    return isinstance(actor, Person) and actor.has_joined and client.id in speaks_for(actor)


# Who can be asked.


def may_be_asked(actor: Viewer, person: Person) -> bool:
    """Members whom the asker may see, who do not pause; those of another chapter unless they wish
    to stay in theirs."""
    home = actor.chapter_id if isinstance(actor, Person) else person.chapter_id
    at_home = person.beyond_chapter or person.chapter_id == home
    awake = person.standing == Standing.JOINED and not person.is_paused
    return awake and at_home and person.asks_per_month > 0 and may_see(actor, person)


def are_kept_apart(person: Person, others: Iterable[Person]) -> bool:
    """Whether somebody asked never to be brought together with one of the others, or they with
    them. Whose wish it is remains a secret."""
    return bool(kept_apart_from(person) & {other.id for other in others})


def acts_for_client(person: Person, assignment: Assignment) -> bool:
    """Whether somebody is on the client's side."""
    if person.id == assignment.client_id:
        return True
    staff = Affiliation.objects.filter(current(), organisation=assignment.client_id)
    return staff.filter(person=person).exists()


def when_asked(people: Collection[uuid.UUID], since: datetime) -> QuerySet[Any, Any]:
    """When some people were asked into a team by somebody else."""
    rows = Part.objects.filter(person__in=people, asked_at__gt=since, asked_by__isnull=False)
    return rows.exclude(asked_by=F("person")).values_list("person_id", "asked_at")


def answered_until() -> datetime:
    """Until when somebody who is asked now can answer."""
    return clock.now() + ANSWERED_WITHIN


def hours_visible_to(viewer: Viewer, assignment: Assignment) -> QuerySet[HoursGiven]:
    """Everybody's own; all to the client, who confirms them, and to the lead."""
    rows = HoursGiven.objects.filter(part__assignment=assignment).select_related("part__person")
    if isinstance(viewer, Operator) or is_lead(viewer, assignment):
        return rows
    if side_of(viewer, assignment) == Side.CLIENT:
        return rows
    return rows.filter(part__person=viewer)


def missing_yeses(case: Case) -> list[str]:
    """Who has not said yes to these words: those of the team by name, and the client."""
    yeses = set(
        CaseYes.objects.filter(case=case, to_version=case.version).values_list(
            "person_id", flat=True
        )
    )
    assignment = case.assignment
    team = list(team_of(assignment))
    open_ = [part.person.name for part in team if part.person_id not in yeses]
    of_team = {part.person_id for part in team}
    clients = Person.objects.filter(id__in=yeses - of_team)
    if not any(side_of(one, assignment) == Side.CLIENT for one in clients):
        open_.append(assignment.client.name if assignment.client else "")
    return open_
