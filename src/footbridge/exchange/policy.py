"""Whose needs and offers are shown to whom, and who may speak for whom."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.exchange.models import Care, Need, Offer
from footbridge.people import policy as people
from footbridge.people.models import Affiliation, Member, Person
from footbridge.people.policy import Viewer, hosted_by
from footbridge.people.states import Kind, Standing

Kept = TypeVar("Kept", Need, Offer)


def needs_visible_to(viewer: Viewer) -> QuerySet[Need]:
    """The open needs of members whom the viewer may see, and the past ones of their own side."""
    return visible_to(viewer, Need)


def offers_visible_to(viewer: Viewer) -> QuerySet[Offer]:
    """The open offers of members whom the viewer may see, and the past ones of their own side."""
    return visible_to(viewer, Offer)


def visible_to(viewer: Viewer, kind: type[Kept]) -> QuerySet[Kept]:
    """What is open is shown to whoever may see its owner; what is over, only to the owner, to
    those who act for it and to its chapter's hosts."""
    postings = kind._default_manager.select_related("place")
    if isinstance(viewer, Operator):
        return postings
    return postings.filter(people.shown_to(viewer, "owner__") & (open_now() | _own_side(viewer)))


def open_now(prefix: str = "") -> Q:
    """Neither closed nor past the day until which it was said to be open."""
    unending = Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": clock.today()})
    return Q(**{f"{prefix}closed_at": None}) & unending


def _own_side(viewer: Person) -> Q:
    return (
        Q(owner=viewer.id)
        | Q(owner__in=people.acted_for_ids(viewer))
        | Q(owner__chapter__in=people.homes_of(viewer))
    )


def cares_visible_to(viewer: Viewer) -> QuerySet[Care]:
    """The causes of members whom the viewer may see."""
    cares = Care.objects.select_related("cause")
    if isinstance(viewer, Operator):
        return cares
    return cares.filter(people.shown_to(viewer, "member__"))


def may_open(actor: Viewer, owner: Member) -> bool:
    """People speak for themselves, for organisations they act for, and as hosts for those on
    their list who cannot speak for themselves yet."""
    return people.may_edit(actor, owner)


def may_edit(actor: Viewer, posting: Need | Offer) -> bool:
    """Whoever may open something in someone's name may also change and close it."""
    return may_open(actor, posting.owner)


def may_keep_words(actor: Viewer) -> bool:
    """Hosts and deputies add words to the vocabulary."""
    return isinstance(actor, Operator) or hosted_by(actor).exists()


def owners_open_to(actor: Viewer) -> QuerySet[Member]:
    """Everyone in whose name `may_open` lets someone speak: the same rule, for many at once."""
    members = Member.objects.all()
    if isinstance(actor, Operator):
        return members
    hosted = Q(chapter__in=hosted_by(actor))
    on_the_list = Q(kind=Kind.PERSON) & ~Q(standing=Standing.JOINED)
    unspoken = Q(kind=Kind.ORGANISATION) & ~Exists(_joined_people())
    acted_for = people.acted_for_by(actor) if actor.has_joined else Member.objects.none()
    own = Q(id=actor.id) | Q(id__in=acted_for.values("id"))
    return members.filter(own | (hosted & (on_the_list | unspoken)))


def _joined_people() -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(
        people.current(), organisation=OuterRef("pk"), person__standing=Standing.JOINED
    )
