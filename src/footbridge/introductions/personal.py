"""What introductions hold about one person: to hand over, and to erase."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from footbridge.introductions.cards import IntroductionCard
from footbridge.introductions.models import Consent, Introduction
from footbridge.introductions.queries import list_for
from footbridge.mail.actions import forget_about
from footbridge.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Every introduction that the person may know of, as they may know it, and what they said
    themselves."""
    said = Consent.objects.filter(person=person.id).order_by("given_at", "id")
    return {
        "introductions": [_as_values(seen) for seen in list_for(person)],
        "answers": [
            {
                "introduction": str(one.introduction_id),
                "role": one.role,
                "answer": one.answer,
                "given_at": one.given_at.isoformat(),
            }
            for one in said
        ],
    }


def _as_values(seen: IntroductionCard) -> dict[str, Any]:
    return {
        "id": str(seen.id),
        "role": seen.role,
        "state": seen.shown,
        "seeker": seen.seeker.name,
        "connector": seen.connector.name,
        "target": seen.target.name,
        "note": vars(seen.note),
        "connector_word": seen.connector_word,
        "on_behalf_of": seen.on_behalf_of,
        "need": seen.need,
        "asked_on": _iso(seen.asked_on),
        "introduced_on": _iso(seen.introduced_on),
        "ended_on": _iso(seen.ended_on),
        "my_answer": seen.my_answer,
        "my_outcome": seen.my_outcome,
        "my_words": seen.my_words,
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def hold(person: Person) -> None:
    """Take the introductions that they are part of: nobody asks or answers in one while it goes."""
    rows = Introduction.objects.select_for_update().filter(_part_of(person))
    list(rows.order_by("id").values_list("id", flat=True))


def erase(person: Person) -> None:
    """Introductions are between three: without one of them nothing of it remains, nor of the
    letters to the other two."""
    gone = Introduction.objects.filter(_part_of(person))
    forget_about(list(gone.values_list("id", flat=True)))
    gone.delete()


def _part_of(person: Person) -> Q:
    return Q(seeker=person.id) | Q(connector=person.id) | Q(target=person.id)
