"""What assignments hold about one person: to hand over, and to erase. Never what others wrote of
them and did not show."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.assignments.actions.beginning import end
from footbridge.assignments.models import (
    Assignment,
    Case,
    CaseYes,
    HoursGiven,
    Part,
    Review,
    SkillSeen,
    StepDone,
)
from footbridge.assignments.states import BEFORE_DELIVERY, Because
from footbridge.mail.actions import forget_about
from footbridge.people.models import Person

Rows = list[dict[str, Any]]


def export(person: Person) -> dict[str, Any]:
    """What they gave and led, were asked, said and gave time to; which skills others saw."""
    return {
        "given": _given(person),
        "parts": _parts(person),
        "steps": _steps(person),
        "reviews": _reviews(person),
        "hours": _hours(person),
        "skills_seen": _seen(person),
        "cases": _cases(person),
    }


def _given(person: Person) -> Rows:
    rows = Assignment.objects.filter(Q(client=person.id) | Q(contact=person.id))
    related = rows.select_related("client", "call", "need", "chapter")
    days = ("begins", "ends", "created_at", "client_agreed_at", "lead_agreed_at", "begun_at")
    more = ("delivered_at", "reviewed_at", "over_at")
    words = ("kind", "state", "title", "scope", "outcome", "because", "because_words")
    return [
        {
            "id": str(one.id),
            "client": one.client.name if one.client else "",
            "call": one.call.title if one.call else "",
            "need": one.need.text if one.need else "",
            "chapter": one.chapter.name if one.chapter else "",
            "called_off_by": one.called_off_by,
            "skills": [skill.key for skill in one.skills.all()],
            "causes": [cause.key for cause in one.causes.all()],
            **{name: getattr(one, name) for name in words},
            **{name: _iso(getattr(one, name)) for name in (*days, *more)},
        }
        for one in related.prefetch_related("skills", "causes").order_by("created_at", "id")
    ]


def _parts(person: Person) -> Rows:
    rows = Part.objects.filter(person=person.id).select_related("assignment", "asked_by")
    days = ("asked_at", "expires_at", "answered_at", "left_at")
    return [
        {
            "id": str(row.id),
            "assignment": row.assignment.title,
            "role": row.role,
            "state": row.state,
            "what": row.what,
            "asked_by": row.asked_by.name if row.asked_by else "",
            "reason": row.reason,
            "reason_words": row.reason_words,
            **{name: _iso(getattr(row, name)) for name in days},
        }
        for row in rows.order_by("asked_at", "id")
    ]


def _steps(person: Person) -> Rows:
    rows = StepDone.objects.filter(by=person.id).select_related("assignment")
    return [
        {"assignment": row.assignment.title, "step": row.key, "done_at": _iso(row.done_at)}
        for row in rows
    ]


def _reviews(person: Person) -> Rows:
    rows = Review.objects.filter(by=person.id).select_related("assignment")
    names = ("phase", "side", "outcome", "promises", "heard", "again", "keep", "change")
    return [
        {
            "assignment": row.assignment.title,
            "may_be_quoted": row.may_be_quoted,
            "written_at": _iso(row.written_at),
            **{name: getattr(row, name) for name in names},
        }
        for row in rows
    ]


def _hours(person: Person) -> Rows:
    rows = HoursGiven.objects.filter(part__person=person.id)
    return [
        {
            "assignment": row.part.assignment.title,
            "month": _iso(row.month),
            "minutes": row.minutes,
            "told_at": _iso(row.told_at),
            "confirmed_minutes": row.confirmed_minutes,
            "confirmed_by": row.confirmed_by.name if row.confirmed_by else "",
            "confirmed_at": _iso(row.confirmed_at),
        }
        for row in rows.select_related("part__assignment", "confirmed_by")
    ]


def _seen(person: Person) -> Rows:
    rows = SkillSeen.objects.filter(Q(person=person.id) | Q(by=person.id))
    return [
        {
            "assignment": row.assignment.title,
            "person": row.person.name,
            "skill": row.skill.key,
            "by": row.by.name if row.by else "",
            "words": row.words,
            "said_at": _iso(row.said_at),
            "consent": row.consent if row.person_id == person.id else "",
            "answered_at": _iso(row.answered_at) if row.person_id == person.id else None,
        }
        for row in rows.select_related("assignment", "person", "skill", "by")
    ]


def _cases(person: Person) -> Rows:
    """Those that they wrote or said yes to; others' words only where everybody agreed to them."""
    yes = CaseYes.objects.filter(case=OuterRef("pk"), person=person.id)
    rows = Case.objects.filter(Q(written_by=person.id) | Exists(yes)).select_related("assignment")
    said = dict(CaseYes.objects.filter(person=person.id).values_list("case_id", "said_at"))
    return [
        {
            "assignment": row.assignment.title,
            "text": row.text,
            "language": row.language,
            "state": row.state,
            "written_at": _iso(row.written_at),
            "agreed_at": _iso(row.agreed_at),
            "my_yes": _iso(said.get(row.id)),
        }
        for row in rows
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def hold(person: Person) -> None:
    """Take the assignments that they are in: nobody answers or writes there while they go."""
    rows = _theirs(person).select_for_update(of=("self",)).order_by("id")
    list(rows.values_list("id", flat=True))


def _theirs(person: Person) -> QuerySet[Assignment]:
    part = Part.objects.filter(assignment=OuterRef("pk"), person=person.id)
    return Assignment.objects.filter(Q(client=person.id) | Q(contact=person.id) | Exists(part))


def erase(person: Person) -> None:
    """Their parts, their hours and what is said of them go. What they wrote goes, and with it
    every case that may name them; the marks that they gave stay without words and without a name.
    An assignment that they gave for themself, and that is not delivered, is called off."""
    theirs = list(_theirs(person).values_list("id", flat=True))
    forget_about(_told(person, theirs))
    Case.objects.filter(assignment__in=theirs).delete()
    Review.objects.filter(by=person.id).update(by=None, keep="", change="", may_be_quoted=False)
    SkillSeen.objects.filter(by=person.id).update(by=None, words="")
    for one in Assignment.objects.filter(client=person.id):
        _without_client(one)
    Part.objects.filter(asked_by=person.id).update(what="")
    Part.objects.filter(person=person.id).delete()


def _told(person: Person, theirs: list[Any]) -> list[Any]:
    """Everything of which letters to others speak."""
    parts = Part.objects.filter(Q(person=person.id) | Q(asked_by=person.id))
    return [*theirs, *parts.values_list("id", flat=True)]


def _without_client(one: Assignment) -> None:
    """What somebody gave for themself stays without their words: the hours of others hang on it.
    The words go first, since the others are told that it is called off."""
    one.title, one.scope, one.outcome, one.because_words = "–", "", "–", ""
    one.client = one.contact = one.call = one.answer = one.need = None
    one.save()
    if one.state in BEFORE_DELIVERY:
        end(one, Because.SOMEBODY_LEFT)
