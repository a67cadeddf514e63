"""What the exchange holds about one person, for their export and their erasure."""

from __future__ import annotations

from typing import Any

from footbridge.exchange.models import Care, Need, Offer
from footbridge.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Everything that a person needs, offers and works for, in their own words."""
    cares = Care.objects.filter(member=person.id).select_related("cause").order_by("cause__key")
    return {
        "needs": [_posting(need) | {"urgent": need.urgent} for need in _all(Need, person)],
        "offers": [
            _posting(offer) | {"hours_per_month": offer.hours_per_month}
            for offer in _all(Offer, person)
        ],
        "causes": [care.cause.key for care in cares],
        "opened_for_others": [
            {
                "owner": posting.owner.name,
                "text": posting.text,
                "opened_at": posting.opened_at.isoformat(),
            }
            for kind in (Need, Offer)
            for posting in _opened_for_others(kind, person)
        ],
    }


def _opened_for_others(kind: Any, person: Person) -> Any:
    postings = kind.objects.filter(opened_by=person.id).exclude(owner=person.id)
    return postings.select_related("owner").order_by("opened_at", "id")


def _all(kind: Any, person: Person) -> Any:
    postings = kind.objects.filter(owner=person.id).order_by("opened_at", "id")
    return postings.select_related("place").prefetch_related("lines__skill", "causes")


def _posting(posting: Need | Offer) -> dict[str, Any]:
    return {
        "text": posting.text,
        "skills": [
            {"key": line.skill.key, "label": line.skill.label, "guessed": line.guessed}
            for line in posting.lines.all()
        ],
        "causes": [cause.key for cause in posting.causes.all()],
        "resource": posting.resource,
        "place": str(posting.place) if posting.place else "",
        "opened_at": posting.opened_at.isoformat(),
        "until": posting.until.isoformat() if posting.until else None,
        "closed_at": posting.closed_at.isoformat() if posting.closed_at else None,
        "ending": posting.ending,
    }


def erase(person: Person) -> None:
    """Remove a person's own needs, offers and causes, and their hand in those of organisations."""
    for kind in (Need, Offer):
        kind._default_manager.filter(owner=person.id).delete()
        kind._default_manager.filter(opened_by=person.id).update(opened_by=None)
    Care.objects.filter(member=person.id).delete()
