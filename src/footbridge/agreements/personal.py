"""What agreements hold about one person: to hand over, and to erase. An agreement is its parties';
what somebody did in it for their party stays, without their name."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db.models import Q

from footbridge.agreements.models import (
    Agreement,
    Approval,
    Capacity,
    Clause,
    Contribution,
    Rate,
    Version,
    Wording,
)
from footbridge.mail.actions import forget_about
from footbridge.people.models import Person

Rows = list[dict[str, Any]]


def export(person: Person) -> dict[str, Any]:
    """What they began, wrote, entered, made and approved."""
    return {
        "begun": _begun(person),
        "clauses": _clauses(person),
        "wordings": _wordings(person),
        "contributions": _contributions(person),
        "capacities": _capacities(person),
        "rates": _rates(person),
        "versions": _versions(person),
        "approvals": _approvals(person),
    }


def _begun(person: Person) -> Rows:
    rows = Agreement.objects.filter(begun_by=person.id).select_related("partnership")
    names = ("form", "standing", "language")
    return [
        {
            "partnership": row.partnership.title,
            "created_at": _iso(row.created_at),
            **{name: getattr(row, name) for name in names},
        }
        for row in rows
    ]


def _clauses(person: Person) -> Rows:
    rows = Clause.objects.filter(changed_by=person.id)
    return [
        {
            "partnership": row.agreement.partnership.title,
            "clause": row.key,
            "text": row.text,
            "level": row.level,
            "changed_at": _iso(row.changed_at),
        }
        for row in rows.select_related("agreement__partnership")
    ]


def _wordings(person: Person) -> Rows:
    rows = Wording.objects.filter(by=person.id)
    return [
        {
            "partnership": row.clause.agreement.partnership.title,
            "clause": row.clause.key,
            "number": row.number,
            "text": row.text,
            "level": row.level,
            "at": _iso(row.at),
        }
        for row in rows.select_related("clause__agreement__partnership")
    ]


def _contributions(person: Person) -> Rows:
    rows = Contribution.objects.filter(entered_by=person.id)
    names = ("resource", "words", "currency", "risk", "risk_weight", "reward", "reward_weight")
    return [
        {
            "partnership": row.agreement.partnership.title,
            "amount": _number(row.amount),
            "hours_a_month": _number(row.hours_a_month),
            "due_on": _iso(row.due_on),
            "entered_at": _iso(row.entered_at),
            **{name: getattr(row, name) for name in names},
        }
        for row in rows.select_related("agreement__partnership")
    ]


def _capacities(person: Person) -> Rows:
    rows = Capacity.objects.filter(entered_by=person.id)
    return [
        {
            "partnership": row.agreement.partnership.title,
            "hours_a_month": _number(row.hours_a_month),
            "entered_at": _iso(row.entered_at),
        }
        for row in rows.select_related("agreement__partnership")
    ]


def _rates(person: Person) -> Rows:
    rows = Rate.objects.filter(entered_by=person.id)
    return [
        {
            "partnership": row.agreement.partnership.title,
            "currency": row.currency,
            "counts": _number(row.counts),
            "day": _iso(row.day),
            "source": row.source,
            "entered_at": _iso(row.entered_at),
        }
        for row in rows.select_related("agreement__partnership")
    ]


def _versions(person: Person) -> Rows:
    rows = Version.objects.filter(frozen_by=person.id)
    return [
        {
            "partnership": row.agreement.partnership.title,
            "number": row.number,
            "sha_256": row.digest,
            "frozen_at": _iso(row.frozen_at),
        }
        for row in rows.select_related("agreement__partnership")
    ]


def _approvals(person: Person) -> Rows:
    rows = Approval.objects.filter(by=person.id)
    return [
        {
            "partnership": row.of.agreement.partnership.title,
            "number": row.of.number,
            "role": row.role,
            "way": row.way,
            "at": _iso(row.at),
        }
        for row in rows.select_related("of__agreement__partnership")
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def hold(person: Person) -> None:
    """Take the agreements in which they did something, or stand for a party: nobody writes or
    approves there while they go."""
    theirs = Q(partnership__parties__representatives__person=person.id) | Q(begun_by=person.id)
    done = Q(clauses__changed_by=person.id) | Q(versions__approvals__by=person.id)
    ids = Agreement.objects.filter(theirs | done).values("id")
    rows = Agreement.objects.filter(id__in=ids).select_for_update(of=("self",)).order_by("id")
    list(rows.values_list("id", flat=True))


def _told(person: Person) -> list[uuid.UUID]:
    """Everything of which letters to others speak by this person's name."""
    clauses = Clause.objects.filter(changed_by=person.id)
    return [*clauses.values_list("id", flat=True), *_as_a_party(person)]


def _as_a_party(person: Person) -> list[uuid.UUID]:
    """The agreements in which they are a party themselves, for no organisation."""
    rows = Agreement.objects.filter(partnership__parties__member=person.id)
    return list(rows.values_list("id", flat=True))


def erase(person: Person) -> None:
    """Their name goes from everything that they did; letters that speak of them go. What they
    approved stays approved, by the role that they had. An agreement to which they were a party
    themselves speaks of them from beginning to end: it goes with them."""
    forget_about(_told(person))
    Agreement.objects.filter(id__in=_as_a_party(person)).delete()
    Agreement.objects.filter(begun_by=person.id).update(begun_by=None)
    Clause.objects.filter(changed_by=person.id).update(changed_by=None)
    Wording.objects.filter(by=person.id).update(by=None)
    for model in (Contribution, Capacity, Rate):
        model.objects.filter(entered_by=person.id).update(entered_by=None)
    Version.objects.filter(frozen_by=person.id).update(frozen_by=None)
    Approval.objects.filter(by=person.id).update(by=None)
