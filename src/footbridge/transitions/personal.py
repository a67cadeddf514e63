"""What transitions hold about one person: to hand over, and to erase."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from footbridge.mail.actions import forget_about
from footbridge.people.models import Person
from footbridge.transitions.models import GuideAsk, Transition
from footbridge.transitions.policy import asks_visible_to, role_of, shown_state, still_known
from footbridge.transitions.states import Role, State


def export(person: Person) -> dict[str, Any]:
    """What the person said and wrote, and their questions as they may know them."""
    rows = Transition.objects.filter(person=person.id).prefetch_related("notes")
    asks = asks_visible_to(person).order_by("asked_at", "id")
    seen = asks.exclude(Q(guide=person.id) & Q(state=State.WITHDRAWN))
    return {
        "transitions": [_transition(row) for row in rows],
        "asks": [_ask(person, row) for row in seen],
    }


def _transition(row: Transition) -> dict[str, Any]:
    plain = ("passage", "point", "is_over", "motives", "words", "shown", "glad_to_be_asked")
    return {
        "id": str(row.id),
        "since": _iso(row.since),
        **{name: getattr(row, name) for name in plain},
        "notes": [
            {"step": note.step, "words": note.words, "is_done": note.is_done}
            for note in row.notes.all()
        ],
    }


def _ask(person: Person, row: GuideAsk) -> dict[str, Any]:
    role = role_of(person, row)
    state = shown_state(role, row)
    tells = role == Role.GUIDE or state == State.AGREED
    theirs = row.transition if role == Role.ASKER or _is_known(row) else None
    return {
        "id": str(row.id),
        "role": role.value if role else "",
        "asker": row.asker.name,
        "guide": row.guide.name,
        "transition": theirs.passage if theirs else "",
        "lived": row.lived.passage if row.lived and role == Role.GUIDE else "",
        "words": row.words,
        "state": state.value,
        "asked_at": _iso(row.asked_at),
        "answered_at": _iso(row.answered_at) if tells else None,
    }


def _is_known(row: GuideAsk) -> bool:
    """Whether the guide still knows what the other is in."""
    return GuideAsk.objects.filter(still_known(), id=row.id).exists()


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def erase(person: Person) -> None:
    """All of it goes, and with it the letters about it that others were sent."""
    asks = GuideAsk.objects.filter(Q(asker=person.id) | Q(guide=person.id))
    forget_about(list(asks.values_list("id", flat=True)))
    asks.delete()
    Transition.objects.filter(person=person.id).delete()
