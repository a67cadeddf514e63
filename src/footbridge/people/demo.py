"""The demo's people: marked as such in their rows, and the only ones whom one click can enter."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import NotHere
from footbridge.people.cards import MemberCard, card
from footbridge.people.models import Chapter, Identifier, Person

SCHEME = "persona"
PERSONAS = {
    "host": _("Host of a local network"),
    "social-entrepreneur": _("Social entrepreneur"),
    "intrapreneur": _("Corporate intrapreneur"),
    "small-business": _("Owner of a small business"),
    "public-officer": _("Nonprofit or public officer"),
    "professional": _("Independent professional"),
}


@dataclass(frozen=True)
class Persona:
    """One of the six whom a visitor of the demo can be."""

    part: str
    card: MemberCard


def has_demo() -> bool:
    """Whether this installation holds the demo network."""
    return Chapter.objects.filter(is_demo=True).exists()


def personas() -> list[Persona]:
    """Whom a visitor can be; none where there is no demo."""
    marks = Identifier.objects.filter(scheme=SCHEME, member__is_demo=True)
    found = {mark.value: mark.member for mark in marks.select_related("member__place")}
    return [
        Persona(str(part), card(OPERATOR, found[key]))
        for key, part in PERSONAS.items()
        if key in found
    ]


def get_persona(person_id: uuid.UUID) -> Person:
    """One of them, or NotHere: nobody real can be entered without proof."""
    marked = Identifier.objects.filter(scheme=SCHEME, member__is_demo=True, member_id=person_id)
    person = Person.objects.filter(id__in=marked.values("member_id")).first()
    if person is None:
        raise NotHere
    return person
