"""Who is shown to whom. Lists, single objects and counts all come from here."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.core.prepared import prepared
from footbridge.core.reading import asked_once, is_reading
from footbridge.people.models import (
    AccessToken,
    Acquaintance,
    Affiliation,
    Chapter,
    Host,
    Invitation,
    Member,
    Person,
    PublicPage,
)
from footbridge.people.states import Kind, Seen, Standing

Viewer = Person | Operator


@dataclass(frozen=True)
class Visitor:
    """Anybody on the web, of whom nothing is known."""


VISITOR = Visitor()
Anyone = Viewer | Visitor


def id_of(actor: Viewer) -> uuid.UUID | None:
    """How the journal names an actor; the operator at the console has no row."""
    return None if isinstance(actor, Operator) else actor.id


def visible_to(viewer: Anyone) -> QuerySet[Member]:
    """Organisations and people who joined are shown to members; those who are only on a host's
    list, to themselves and to the hosts of their chapter. Who waits for a host sees themselves;
    a visitor, organisations and the people who chose to be public."""
    return Member.objects.select_related("place", "chapter").filter(shown_to(viewer))


def shown_to(viewer: Anyone, prefix: str = "") -> Q:
    """The same rule as a condition; `prefix` is the way to the member, as in "owner__"."""
    if isinstance(viewer, Operator):
        return Q()
    if isinstance(viewer, Visitor):
        return _shown_to_all(prefix)
    oneself = Q(**{f"{prefix}id": viewer.id})
    if viewer.standing == Standing.APPLIED:
        return oneself
    organisations = Q(**{f"{prefix}kind": Kind.ORGANISATION})
    joined = Q(**{f"{prefix}standing": Standing.JOINED})
    hosted = Q(**{f"{prefix}chapter__in": homes_of(viewer)})
    return oneself | organisations | joined | hosted


def _shown_to_all(prefix: str) -> Q:
    public = PublicPage.objects.filter(person__standing=Standing.JOINED).values("person_id")
    return Q(**{f"{prefix}kind": Kind.ORGANISATION}) | Q(**{f"{prefix}id__in": public})


def may_see(viewer: Viewer, member: Member) -> bool:
    """The same rule for one member who is at hand."""
    if isinstance(viewer, Operator) or member.id == viewer.id:
        return True
    if viewer.standing == Standing.APPLIED:
        return False
    listed = not member.is_person or member.has_joined
    return listed or _hosts_home_of(viewer, member)


# Field by field: what a person shows of what they say of themself.


def sees(viewer: Anyone, member: Member, field: str) -> bool:
    """Whether someone who sees a member is shown this field of theirs (one of `states.FIELDS`).

    Each is for all members, for everyone on the web too, or for those alone who are close to its
    person. A name has no such choice: every member sees it.
    """
    chosen = getattr(member, f"{field}_seen_by")
    if isinstance(viewer, Visitor):
        return bool(chosen == Seen.EVERYONE)
    return chosen != Seen.INTRODUCED or _is_close_to(viewer, member)


def field_shown_to(viewer: Anyone, field: str, prefix: str = "") -> Q:
    """The same rule as a condition; `prefix` is the way to the member, as in "person__"."""
    if isinstance(viewer, Operator):
        return Q()
    if isinstance(viewer, Visitor):
        return Q(**{f"{prefix}{field}_seen_by": Seen.EVERYONE})
    return open_to_members(field, prefix) | _close_to(viewer, prefix)


def open_to_members(field: str, prefix: str = "") -> Q:
    """Where every member is shown a field, whoever they are: for what is the same for all."""
    return Q(**{f"{prefix}{field}_seen_by__in": (Seen.MEMBERS, Seen.EVERYONE)})


def is_open_to_members(chosen: str) -> bool:
    """The same for the choice at hand."""
    return chosen != Seen.INTRODUCED


def _is_close_to(viewer: Viewer, member: Member) -> bool:
    """Oneself, whom one was introduced to, the hosts of one's chapter, and the operator."""
    if isinstance(viewer, Operator) or viewer.id == member.id:
        return True
    return member.chapter_id in hosted_ids(viewer) or member.id in introduced_ids(viewer)


def _close_to(viewer: Person, prefix: str) -> Q:
    oneself = Q(**{f"{prefix}id": viewer.id})
    hosted = Q(**{f"{prefix}chapter__in": homes_of(viewer)})
    return oneself | hosted | Q(**{f"{prefix}id__in": _introduced_to(viewer)})


@asked_once
def introduced_ids(viewer: Person) -> frozenset[uuid.UUID]:
    """Whom someone was introduced to."""
    known = _introduced_to(viewer)
    return known if isinstance(known, frozenset) else frozenset(known)


def _introduced_to(viewer: Person) -> QuerySet[Acquaintance, Any] | frozenset[uuid.UUID]:
    """The same as part of another question; a stand-in brings it along."""
    if viewer.knows is not None:
        return viewer.knows
    return Acquaintance.objects.filter(other=viewer).values_list("person_id", flat=True)


def stand_in(*, introduced_to: Person | None = None) -> Person:
    """Some member, who is nobody: to look at what one shows through their eyes. Whatever asks for
    their ties, wishes or chapters finds none."""
    number = 1 if introduced_to else 0
    somebody = Person(id=uuid.UUID(int=number), kind=Kind.PERSON, standing=Standing.JOINED)
    somebody.knows = frozenset({introduced_to.id} if introduced_to else ())
    return somebody


def hosted_by(viewer: Viewer) -> QuerySet[Chapter]:
    """The chapters that someone looks after."""
    if isinstance(viewer, Operator):
        return Chapter.objects.all()
    return Chapter.objects.filter(
        Exists(Host.objects.filter(chapter=OuterRef("pk"), person=viewer))
    )


def homes_of(viewer: Person) -> QuerySet[Host, Any] | frozenset[uuid.UUID]:
    """The same chapters by id, as part of another question; at hand where a page asks often."""
    if is_reading():
        return hosted_ids(viewer)
    return Host.objects.filter(person=viewer).values("chapter_id")


@asked_once
def hosted_ids(viewer: Viewer) -> frozenset[uuid.UUID]:
    """The same chapters by id, at hand."""
    if isinstance(viewer, Operator):
        return frozenset(Chapter.objects.order_by().values_list("id", flat=True))
    return frozenset(_hosted_by_person(viewer.id))


@prepared
def _hosted_by_person(person_id: uuid.UUID) -> QuerySet[Host, uuid.UUID]:
    return Host.objects.filter(person=person_id).values_list("chapter_id", flat=True)


def invitations_visible_to(viewer: Viewer) -> QuerySet[Invitation]:
    """Invitations are shown to the hosts of their chapter."""
    return Invitation.objects.filter(chapter__in=hosted_by(viewer)).select_related(
        "chapter", "person", "made_by"
    )


def affiliations_visible_to(viewer: Anyone) -> QuerySet[Affiliation]:
    """Who is what in which organisation is shown together with the person, to whom they show it."""
    shown = shown_to(viewer, "person__") & field_shown_to(viewer, "work", "person__")
    return Affiliation.objects.filter(shown).select_related("person", "organisation")


def tokens_visible_to(viewer: Viewer) -> QuerySet[AccessToken]:
    """Tokens are shown to the person for whom they act, and to nobody else."""
    if isinstance(viewer, Operator):
        return AccessToken.objects.none()
    return AccessToken.objects.filter(person=viewer)


def current(prefix: str = "", *, on: date | None = None) -> Q:
    """The affiliations that hold today, or on another day; `prefix` is the way to them, as in
    "affiliations__"."""
    day = on or clock.today()
    begun = Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lte": day})
    going = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": day})
    return begun & going


def acted_for_by(viewer: Viewer) -> QuerySet[Member]:
    """The organisations that someone acts for today."""
    if isinstance(viewer, Operator):
        return Member.objects.none()
    return Member.objects.filter(id__in=acted_for_ids(viewer))


@asked_once
def acted_for_ids(viewer: Person) -> tuple[uuid.UUID, ...]:
    """The same by id; few. Where any of its people are confirmed, an unconfirmed claim counts for
    nothing."""
    said = _claims_to_act(viewer.id, clock.today())
    return tuple(dict.fromkeys(one for one, confirmed, vouched in said if confirmed or not vouched))


@prepared
def _claims_to_act(person_id: uuid.UUID, today: date) -> QuerySet[Affiliation, Any]:
    claims = Affiliation.objects.filter(
        current(on=today), person=person_id, organisation__kind=Kind.ORGANISATION
    )
    rows = claims.annotate(vouched_for=Exists(_confirmed_people(today)))
    said = rows.order_by("organisation_id", "id")
    return said.values_list("organisation_id", "confirmed_at", "vouched_for")


def _confirmed_people(today: date) -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(
        current(on=today),
        organisation=OuterRef("organisation"),
        confirmed_at__isnull=False,
        person__standing=Standing.JOINED,
    )


def may_host(actor: Viewer, chapter: Chapter) -> bool:
    """Hosts and deputies look after a chapter."""
    return hosted_by(actor).filter(id=chapter.id).exists()


def may_create_chapter(actor: Viewer) -> bool:
    """The operator founds chapters, and so does who looks after one already."""
    return isinstance(actor, Operator) or hosted_by(actor).exists()


def may_edit(actor: Viewer, member: Member) -> bool:
    """People edit themselves; a host edits who has not joined yet; an organisation is edited by
    those who act for it now, and by hosts while nobody does."""
    if isinstance(actor, Operator) or member.id == actor.id:
        return True
    if member.is_person:
        return not member.has_joined and _hosts_home_of(actor, member)
    if actor.has_joined and acted_for_by(actor).filter(id=member.id).exists():
        return True
    return _hosts_home_of(actor, member) and not _joined_people_of(member).exists()


def may_affiliate(actor: Viewer, person: Person) -> bool:
    """What someone is in an organisation is theirs to say; for who has not joined, the host's."""
    return may_edit(actor, person)


def may_confirm(actor: Viewer, affiliation: Affiliation) -> bool:
    """A claim is confirmed by another member who acts for the same organisation today, or by a
    host of the person's chapter; never by the person."""
    if isinstance(actor, Operator):
        return True
    if affiliation.person_id == actor.id:
        return False
    colleague = actor.has_joined and acted_for_by(actor).filter(id=affiliation.organisation_id)
    return (colleague and colleague.exists()) or _hosts_home_of(actor, affiliation.person)


def may_erase(actor: Viewer, person: Person) -> bool:
    """People erase themselves; a host erases who has not joined yet."""
    return may_edit(actor, person)


def _hosts_home_of(actor: Viewer, member: Member) -> bool:
    return member.chapter is not None and may_host(actor, member.chapter)


def _joined_people_of(organisation: Member) -> QuerySet[Person]:
    return Person.objects.filter(
        current("affiliations__"),
        affiliations__organisation_id=organisation.id,
        standing=Standing.JOINED,
    )
