"""The assignments that somebody is in, what they are asked, what waits for their word."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from footbridge.assignments import policy
from footbridge.assignments.cards import (
    AskedCard,
    AssignmentLine,
)
from footbridge.assignments.models import (
    Assignment,
    HoursGiven,
    Part,
    Review,
    SkillSeen,
)
from footbridge.assignments.policy import visible_to
from footbridge.assignments.queries.one import client_of
from footbridge.assignments.states import (
    OVER,
    Kind,
    PartState,
    Phase,
    Role,
    Seen,
    Side,
    State,
)
from footbridge.core.audience import Operator
from footbridge.core.prepared import prepared
from footbridge.core.reading import asked_once
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

MOST_LISTED = 200


def list_for(viewer: Viewer) -> list[AssignmentLine]:
    """The assignments that somebody is in, the latest first, with what waits for them."""
    rows = list(visible_to(viewer)[:MOST_LISTED])
    roles = _roles(viewer, rows)
    waits = _waits(viewer, rows, roles)
    return [_line(one, roles.get(one.id, ""), waits[one.id]) for one in rows]


def _roles(viewer: Viewer, rows: Iterable[Assignment]) -> dict[uuid.UUID, str]:
    """The role of somebody in each, where they are in the team."""
    if isinstance(viewer, Operator):
        return {}
    mine = Part.objects.filter(person=viewer, state=PartState.ACCEPTED, assignment__in=list(rows))
    return dict(mine.order_by().values_list("assignment_id", "role"))


def _line(one: Assignment, role: str, waits: Iterable[str]) -> AssignmentLine:
    return AssignmentLine(
        id=one.id,
        title=one.title,
        kind=one.kind,
        kind_words=str(Kind(one.kind).label),
        state=one.state,
        state_words=str(State(one.state).label),
        client=client_of(one),
        role=str(Role(role).label) if role else str(Side.CLIENT.label),
        begins=one.begins,
        ends=one.ends,
        is_over=one.is_over,
        waits=tuple(waits),
    )


def _waits(
    viewer: Viewer, rows: list[Assignment], roles: dict[uuid.UUID, str]
) -> dict[uuid.UUID, list[str]]:
    """What waits for somebody's word in each: terms, a review, hours, a skill. In a number of
    queries that does not grow with them."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    if isinstance(viewer, Operator) or not rows:
        return found
    hours, seen = _unconfirmed(rows), _unanswered(viewer, rows)
    reviewed = _reviewed(rows)
    for one in rows:
        side = Side.TEAM if one.id in roles else Side.CLIENT
        if _terms_wait(one, side, roles.get(one.id, "")):
            found[one.id].append(_("Say yes to the terms"))
        phase = _asked_phase(one)
        steers = side == Side.CLIENT or roles.get(one.id) == Role.LEAD
        if phase and steers and (one.id, phase, side) not in reviewed:
            found[one.id].append(_("Write your review"))
        if side == Side.CLIENT and one.id in hours:
            found[one.id].append(_("Confirm hours"))
        if one.id in seen:
            found[one.id].append(_("Somebody says what you can do"))
    return found


def _terms_wait(one: Assignment, side: Side, role: str) -> bool:
    if one.state != State.FORMING:
        return False
    if side == Side.CLIENT:
        return one.client_agreed_at is None
    return role == Role.LEAD and one.lead_agreed_at is None


def _asked_phase(one: Assignment) -> Phase | None:
    """The review that both sides are asked for now."""
    if one.state == State.DELIVERED:
        return Phase.FINAL
    return Phase.MIDWAY if one.state == State.UNDER_WAY and one.asked_midway_at else None


def _unconfirmed(rows: list[Assignment]) -> set[uuid.UUID]:
    open_ = HoursGiven.objects.filter(
        part__assignment__in=rows, confirmed_minutes=None, minutes__gt=0
    )
    return set(open_.order_by().values_list("part__assignment_id", flat=True))


def _unanswered(viewer: Person, rows: list[Assignment]) -> set[uuid.UUID]:
    open_ = SkillSeen.objects.filter(assignment__in=rows, person=viewer, consent=Seen.ASKED)
    return set(open_.order_by().values_list("assignment_id", flat=True))


def _reviewed(rows: list[Assignment]) -> set[tuple[uuid.UUID, str, str]]:
    written = Review.objects.filter(assignment__in=rows).order_by()
    return set(written.values_list("assignment_id", "phase", "side"))


def asked(viewer: Viewer) -> list[AskedCard]:
    """What somebody is asked to be part of, the soonest to answer first."""
    rows = list(policy.asked_of(viewer).order_by("expires_at", "id"))
    return asked_cards(rows)


def asked_cards(rows: list[Part]) -> list[AskedCard]:
    teams: dict[uuid.UUID, list[str]] = defaultdict(list)
    there = Part.objects.filter(
        assignment__in=[part.assignment_id for part in rows], state=PartState.ACCEPTED
    )
    columns = ("assignment_id", "person__name")
    for assignment, name in there.order_by("asked_at", "id").values_list(*columns):
        teams[assignment].append(name)
    return [_asked_card(part, teams[part.assignment_id]) for part in rows]


def _asked_card(part: Part, team: list[str]) -> AskedCard:
    one = part.assignment
    return AskedCard(
        id=part.id,
        assignment_id=one.id,
        title=one.title,
        kind_words=str(Kind(one.kind).label),
        client=client_of(one),
        scope=one.scope,
        outcome=one.outcome,
        begins=one.begins,
        ends=one.ends,
        role=part.role,
        role_words=str(Role(part.role).label),
        what=part.what,
        asked_by=part.asked_by.name if part.asked_by else "",
        until=part.expires_at,
        state=part.state,
        team=tuple(team),
    )


@asked_once
def waiting_for(person: Person) -> tuple[AskedCard | AssignmentLine, ...]:
    """What waits for somebody's word on Today: a team that asks for them, terms, a review, hours.
    One query for most people, most of the time."""
    if not _any_may_wait(person.id, *policy.speaks_for(person)):
        return ()
    waiting = [one for one in list_for(person) if one.waits]
    return (*asked(person), *waiting)


@prepared
def _any_may_wait(person_id: uuid.UUID, *clients: uuid.UUID) -> QuerySet[Part, Any]:
    asked_or_in = Part.objects.filter(
        person=person_id, state__in=(PartState.ASKED, PartState.ACCEPTED)
    )
    mine = asked_or_in.exclude(assignment__state__in=OVER).order_by()
    given = Assignment.objects.filter(client__in=clients).exclude(state__in=OVER).order_by()
    return mine.values("id").union(given.values("id"))[:1]
