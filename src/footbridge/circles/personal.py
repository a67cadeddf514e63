"""What circles hold about one person: to hand over, and to erase. Never what others wrote."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from footbridge.circles.models import Answer, Call, Circle, Membership, NextStep
from footbridge.mail.actions import forget_about
from footbridge.people.models import Person

Rows = list[dict[str, Any]]


def export(person: Person) -> dict[str, Any]:
    """Every circle that the person is in or was asked into, what they formed, mean to do, asked
    and answered there."""
    return {
        "circles": _circles(person),
        "formed": list(Circle.objects.filter(formed_by=person.id).values_list("name", flat=True)),
        "steps": _steps(person),
        "calls": _calls(person),
        "answers": _answers(person),
    }


def _circles(person: Person) -> Rows:
    rows = Membership.objects.filter(person=person.id).select_related("circle__chapter", "asked_by")
    return [
        {
            "id": str(row.id),
            "circle": row.circle.name,
            "chapter": row.circle.chapter.name,
            "belonging": row.belonging,
            "role": row.role,
            "asked_by": row.asked_by.name if row.asked_by else "",
            **{name: _iso(getattr(row, name)) for name in ("asked_at", "joined_at", "gone_at")},
        }
        for row in rows.order_by("asked_at", "id")
    ]


def _steps(person: Person) -> Rows:
    rows = NextStep.objects.filter(Q(who=person.id) | Q(made_by=person.id))
    return [
        {
            "id": str(row.id),
            "circle": row.circle.name,
            "text": row.text,
            "mine_to_do": row.who_id == person.id,
            "mine_to_say": row.made_by_id == person.id,
            **{name: _iso(getattr(row, name)) for name in ("due", "made_at", "done_at")},
        }
        for row in rows.select_related("circle").order_by("made_at", "id")
    ]


def _calls(person: Person) -> Rows:
    rows = Call.objects.filter(asker=person.id).select_related("circle")
    return [
        {
            "id": str(row.id),
            "circle": row.circle.name,
            "text": row.text,
            **{name: _iso(getattr(row, name)) for name in ("until", "made_at", "closed_at")},
        }
        for row in rows.order_by("made_at", "id")
    ]


def _answers(person: Person) -> Rows:
    rows = Answer.objects.filter(person=person.id).select_related("call__circle")
    return [
        {
            "id": str(row.id),
            "circle": row.call.circle.name,
            "reply": row.reply,
            "words": row.words,
            "given_at": _iso(row.given_at),
        }
        for row in rows.order_by("given_at", "id")
    ]


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def hold(person: Person) -> None:
    """Take the circles that they are in or were asked into: nobody answers a call while it goes."""
    theirs = Membership.objects.filter(person=person.id).values("circle")
    rows = Circle.objects.select_for_update().filter(id__in=theirs)
    list(rows.order_by("id").values_list("id", flat=True))


def erase(person: Person) -> None:
    """Their rows go with their own; so do the letters to others that name them: whom they asked,
    their calls, what they answered. What they wrote down for the others to do is in their words,
    and goes as well."""
    NextStep.objects.filter(made_by=person.id).delete()
    asked = Membership.objects.filter(Q(person=person.id) | Q(asked_by=person.id))
    told = [
        *asked.values_list("id", flat=True),
        *Call.objects.filter(asker=person.id).values_list("id", flat=True),
        *Answer.objects.filter(person=person.id).values_list("id", flat=True),
    ]
    forget_about(told)
