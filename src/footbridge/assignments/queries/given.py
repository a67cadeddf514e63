"""The hours that were given, who showed which skill, and the case."""

from __future__ import annotations

import uuid
from datetime import date

from django.db.models import Q

from footbridge.assignments import policy
from footbridge.assignments.cards import (
    CaseCard,
    HoursCard,
    SeenCard,
)
from footbridge.assignments.models import (
    Assignment,
    Case,
    CaseYes,
    HoursGiven,
    SkillSeen,
)
from footbridge.assignments.states import (
    CaseState,
    Seen,
)
from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.people.models import Person
from footbridge.people.policy import Viewer


def hours_of(viewer: Viewer, one: Assignment) -> list[HoursCard]:
    """What those in the team gave, as far as somebody may know it: by month."""
    mine = None if isinstance(viewer, Operator) else viewer.id
    rows = policy.hours_visible_to(viewer, one).order_by("month", "part__person__folded", "id")
    return [
        HoursCard(
            id=row.id,
            person_id=row.part.person_id,
            name=row.part.person.name,
            month=row.month,
            minutes=row.minutes,
            confirmed_minutes=row.confirmed_minutes,
            is_mine=row.part.person_id == mine,
            version=row.version,
        )
        for row in rows
    ]


def get_hours(viewer: Viewer, one: Assignment, hours_id: uuid.UUID | str) -> HoursGiven:
    """The hours of one of the team in a month, or NotHere."""
    found = policy.hours_visible_to(viewer, one).filter(id=hours_id).first()
    if found is None:
        raise NotHere
    return found


def months_of(one: Assignment) -> list[date]:
    """The months in which somebody may have given hours, the latest first."""
    if one.begun_at is None:
        return []
    last = min(clock.today(), one.over_at.date() if one.over_at else clock.today())
    found, month = [], one.begun_at.date().replace(day=1)
    while month <= last:
        found.append(month)
        month = (month.replace(day=28) + _A_WEEK).replace(day=1)
    return found[::-1]


_A_WEEK = date(2000, 1, 8) - date(2000, 1, 1)


# Afterwards.


def seen_of(viewer: Viewer, one: Assignment) -> list[SeenCard]:
    """Who showed which skill: all that they agreed to, what one said oneself, and what is said of
    oneself."""
    rows = SkillSeen.objects.filter(assignment=one).select_related("person", "skill", "by")
    mine = None if isinstance(viewer, Operator) else viewer.id
    if mine is not None:
        rows = rows.filter(Q(consent=Seen.CONSENTED) | Q(by=mine) | Q(person=mine))
    return [
        SeenCard(
            id=row.id,
            person_id=row.person_id,
            name=row.person.name,
            skill_id=row.skill_id,
            skill=row.skill.label,
            by=row.by.name if row.by else "",
            words=row.words,
            consent=_consent(row, mine),
            consent_words=str(Seen(_consent(row, mine)).label),
            is_me=row.person_id == mine,
        )
        for row in rows
    ]


def _consent(row: SkillSeen, mine: uuid.UUID | None) -> str:
    """That somebody would rather not is told to themself alone; to others it looks like waiting."""
    is_secret = row.consent == Seen.DECLINED and mine is not None and row.person_id != mine
    return Seen.ASKED.value if is_secret else row.consent


def get_seen(viewer: Person, one: Assignment, seen_id: uuid.UUID | str) -> SkillSeen:
    """What is said of oneself, or NotHere."""
    found = SkillSeen.objects.filter(assignment=one, person=viewer, id=seen_id).first()
    if found is None:
        raise NotHere
    return found


def case_of(viewer: Viewer, one: Assignment) -> CaseCard | None:
    """The case, for those in it; nobody else is shown a word of it here."""
    case = Case.objects.select_related("assignment", "written_by").filter(assignment=one).first()
    if case is None:
        return None
    mine = None if isinstance(viewer, Operator) else viewer.id
    yes = CaseYes.objects.filter(case=case, person=mine, to_version=case.version)
    return CaseCard(
        text=case.text,
        language=case.language,
        state=case.state,
        state_words=str(CaseState(case.state).label),
        version=case.version,
        written_by=case.written_by.name if case.written_by else "",
        written_at=case.written_at,
        missing=tuple(policy.missing_yeses(case)),
        i_agreed=mine is not None and yes.exists(),
    )
