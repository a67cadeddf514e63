"""The demo's people: marked as such in their rows, and the only ones whom one click can enter."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, ManyToOneRel, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from footbridge.core.audience import OPERATOR, Operator
from footbridge.core.errors import NotHere
from footbridge.core.prepared import prepared
from footbridge.journal.actions import record
from footbridge.people import personal_data
from footbridge.people.cards import MemberCard, card
from footbridge.people.models import Account, Chapter, Identifier, Member, Person, Place

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
    return bool(_demo_chapters())


@prepared
def _demo_chapters() -> QuerySet[Chapter, uuid.UUID]:
    return Chapter.objects.filter(is_demo=True).order_by().values_list("id", flat=True)[:1]


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


def has_anyone() -> bool:
    """Whether any member is here, real or not."""
    return Member.objects.exists()


def has_real_people() -> bool:
    """Whether anyone is here who is not of the demo: it must never be mixed with them."""
    return Member.objects.filter(is_demo=False).exists()


def mark(person: Person, part: str) -> None:
    """Have visitors of the demo be this person."""
    assert person.is_demo
    assert part in PERSONAS
    Identifier.objects.create(member=person, scheme=SCHEME, value=part)


@transaction.atomic
def wipe(*, actor: Operator) -> int:
    """Remove the demo's members and chapters with all that hangs on them, lists that were brought
    in there and towns that only they are in; returns how many members went. The journal stays, and
    so does everyone real."""
    people = Person.objects.filter(is_demo=True)
    accounts = list(people.exclude(account=None).values_list("account_id", flat=True))
    for person in people.iterator():
        personal_data.erase_all(person)
    gone = Member.objects.filter(is_demo=True).count()
    Member.objects.filter(is_demo=True).delete()
    Account.objects.filter(id__in=accounts).delete()
    for chapter in Chapter.objects.filter(is_demo=True):
        record("people.demo_wiped", chapter.id)
        chapter.delete()
    _forget_places_that_nobody_uses()
    return gone


def _forget_places_that_nobody_uses() -> None:
    """Whoever names such a town again finds it in the gazetteer."""
    places = Place.objects.all()
    for relation in Place._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            rows = relation.related_model._base_manager.filter(
                **{relation.field.name: OuterRef("pk")}
            )
            places = places.filter(~Exists(rows))
    places.delete()
