"""What expertise holds about one person: to hand over, and to erase."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from footbridge.expertise.models import Claim, Confirmation, Episode, Listing, LivedLine
from footbridge.expertise.policy import confirmations_visible_to, role_of, state_for
from footbridge.mail.actions import forget_about
from footbridge.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """What the person told, claimed and listed, and the questions as they may know them."""
    claims = Claim.objects.filter(person=person.id).select_related("skill", "episode")
    listing = Listing.objects.filter(person=person.id).first()
    known = confirmations_visible_to(person)
    return {
        "episodes": [_episode(one) for one in Episode.objects.filter(person=person.id)],
        "claims": [_claim(one) for one in claims],
        "listing": {"seen_by": listing.seen_by, "since": _iso(listing.since)} if listing else {},
        "confirmations": [_confirmation(person, one) for one in known],
        "lines": list(LivedLine.objects.filter(by=person.id).values_list("text", flat=True)),
    }


def _episode(one: Episode) -> dict[str, Any]:
    names = ("title", "story", "since", "until", "line", "is_shown")
    return {
        "id": str(one.id),
        "created_at": _iso(one.created_at),
        **{name: getattr(one, name) for name in names},
    }


def _claim(one: Claim) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "skill": one.skill.key,
        "level": one.level,
        "carries": one.carries,
        "episode": one.episode.title,
        "created_at": _iso(one.created_at),
    }


def _confirmation(person: Person, one: Confirmation) -> dict[str, Any]:
    """That something was not somebody's to say, and when they said so, stays theirs."""
    state = state_for(role_of(person, one), one)
    is_told = state == one.state
    return {
        "id": str(one.id),
        "person": one.claim.person.name,
        "by": one.by.name,
        "skill": one.claim.skill.key,
        "state": state,
        "is_named": one.is_named,
        "words": one.words,
        "asked_at": _iso(one.asked_at),
        "answered_at": _iso(one.answered_at) if is_told else None,
    }


def _iso(day: datetime | None) -> str | None:
    return day.isoformat() if day else None


def erase(person: Person) -> None:
    """What they told goes with them, and so does each word for it and each word of theirs for
    others, with the letters. Lines that they added as a host stay, without their name."""
    about = Confirmation.objects.filter(Q(claim__person=person) | Q(by=person))
    forget_about(about.values_list("id", flat=True))
    about.delete()
    Claim.objects.filter(person=person).delete()
    Episode.objects.filter(person=person).delete()
    Listing.objects.filter(person=person).delete()
    LivedLine.objects.filter(by=person).update(by=None)
