"""Reading people and organisations, always for a viewer."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.people.models import AccessToken, Account, Affiliation, Chapter, Member, Person
from footbridge.people.policy import Viewer, hosted_by, visible_to
from footbridge.people.states import Kind, Standing


def get(viewer: Viewer, member_id: uuid.UUID | str) -> Member:
    """One member, or NotHere: missing and hidden answer alike."""
    found = visible_to(viewer).filter(id=member_id).first()
    if found is None:
        raise NotHere
    return found


def get_person(viewer: Viewer, person_id: uuid.UUID | str) -> Person:
    """One person, or NotHere."""
    return as_person(get(viewer, person_id))


def as_person(member: Member) -> Person:
    """The same row with a person's face; NotHere if it is an organisation."""
    if not member.is_person:
        raise NotHere
    member.__class__ = Person
    return member  # type: ignore[return-value]


def with_affiliations(members: QuerySet[Member]) -> QuerySet[Member]:
    """Have the present affiliations at hand without a query per row: `member.now_at`."""
    current = Affiliation.objects.filter(until__isnull=True).select_related("organisation")
    return members.prefetch_related(Prefetch("affiliations", current, to_attr="now_at"))


def find(viewer: Viewer, name_or_email: str) -> Member | None:
    """The member whom a name, an address or an id stands for, if the viewer may see them."""
    wanted = name_or_email.strip()
    shown = visible_to(viewer)
    exact = shown.filter(email__iexact=wanted).first() or shown.filter(name__iexact=wanted).first()
    return exact or shown.filter(id=_as_id(wanted)).first()


def _as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def for_account(account: Account) -> Person | None:
    """The person behind a log-in identity."""
    return Person.objects.filter(account=account).select_related("chapter", "place").first()


def for_token(secret: str) -> Person | None:
    """The person for whom a program acts, if its token is known and in time."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    found = AccessToken.objects.filter(digest=digest, expires_at__gt=clock.now())
    token = found.select_related("person").first()
    return token.person if token else None


def chapters(viewer: Viewer) -> QuerySet[Chapter]:
    """Chapters are shown to everyone who is in."""
    return Chapter.objects.select_related("place")


def is_host(viewer: Viewer) -> bool:
    """Whether someone looks after any chapter."""
    return isinstance(viewer, Operator) or hosted_by(viewer).exists()


def listed_people(viewer: Viewer) -> QuerySet[Member]:
    """People whom a viewer may see who joined."""
    return visible_to(viewer).filter(kind=Kind.PERSON, standing=Standing.JOINED)


def by_ids(viewer: Viewer, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Member]:
    """Those of these members whom the viewer may see, by id."""
    return {member.id: member for member in with_affiliations(visible_to(viewer)).filter(id__in=list(ids))}
