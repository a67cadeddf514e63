"""Who is shown which ties, wishes and contacts. Lists, single objects and counts come from here."""

from __future__ import annotations

import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.network.models import Competitor, Contact, Findable, Preference, Tie
from footbridge.network.states import TieKind, TieState, Wish
from footbridge.people import policy as people
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer
from footbridge.people.states import Kind, Standing

# What organisations do together is public matter among members.
OPEN_KINDS = (TieKind.FUNDS, TieKind.PARTNERS)


def visible_to(viewer: Viewer) -> QuerySet[Tie]:
    """A tie is shown to those in it, and to hosts where it is of their chapter; that organisations
    fund one another or work together, to every member.

    What is merely proposed, or was denied, is shown to the one who was asked alone: that a host
    gets no answer tells nothing. Nobody learns through a tie of someone they may not see.
    """
    ties = Tie.objects.all()
    if isinstance(viewer, Operator):
        return ties
    mine = _parties_of(viewer)
    hosted = people.homes_of(viewer)
    concerns_me = Q(other__in=mine) | Q(teller__chapter__in=hosted) | Q(other__chapter__in=hosted)
    return ties.filter(
        Q(teller__in=mine) | (Q(state=TieState.STATED) & (concerns_me | _between_organisations())),
        people.shown_to(viewer, "teller__"),
        people.shown_to(viewer, "other__"),
    )


def _parties_of(viewer: Person) -> list[uuid.UUID]:
    """Oneself and those one acts for; few, so they are asked for first and the ties by index."""
    return [viewer.id, *people.acted_for_ids(viewer)]


def _between_organisations() -> Q:
    return Q(
        kind__in=OPEN_KINDS,
        teller__kind=Kind.ORGANISATION,
        other__kind=Kind.ORGANISATION,
    )


def may_see(viewer: Viewer, tie: Tie) -> bool:
    """The same rule for one tie that is at hand."""
    if isinstance(viewer, Operator):
        return True
    if not (people.may_see(viewer, tie.teller) and people.may_see(viewer, tie.other)):
        return False
    if may_speak_for(viewer, tie.teller):
        return True
    return tie.state == TieState.STATED and (
        _is_open(tie)
        or may_speak_for(viewer, tie.other)
        or any(_hosts(viewer, member) for member in (tie.teller, tie.other))
    )


def _is_open(tie: Tie) -> bool:
    among_organisations = not tie.teller.is_person and not tie.other.is_person
    return tie.kind in OPEN_KINDS and among_organisations


def _hosts(viewer: Viewer, member: Member) -> bool:
    return member.chapter is not None and people.may_host(viewer, member.chapter)


def may_speak_for(actor: Viewer, member: Member) -> bool:
    """People speak for themselves and for the organisations they act for today."""
    if isinstance(actor, Operator):
        return False
    if actor.id == member.id:
        return True
    return not member.is_person and people.acted_for_by(actor).filter(id=member.id).exists()


def may_propose(actor: Viewer, one: Member, other: Member) -> bool:
    """A host proposes ties of the chapter's own people, to people they may see."""
    if isinstance(actor, Operator):
        return True
    seen = people.may_see(actor, one) and people.may_see(actor, other)
    return seen and (_hosts(actor, one) or _hosts(actor, other))


def preferences_visible_to(viewer: Viewer) -> QuerySet[Preference]:
    """A wish is shown to the one whose it is, while it holds; not even the operator lists it."""
    if isinstance(viewer, Operator):
        return Preference.objects.none()
    return in_force(Preference.objects.filter(owner=viewer))


def in_force(preferences: QuerySet[Preference]) -> QuerySet[Preference]:
    """The wishes that hold today: «not now» passes by itself."""
    return preferences.filter(Q(until__isnull=True) | Q(until__gte=clock.today()))


def competitors_visible_to(viewer: Viewer) -> QuerySet[Competitor]:
    """Whom someone competes with is theirs to see alone; not even the operator lists it."""
    if isinstance(viewer, Operator):
        return Competitor.objects.none()
    return Competitor.objects.filter(owner=viewer)


def contacts_visible_to(viewer: Viewer) -> QuerySet[Contact]:
    """Contacts belong to the person who brought them; not even the operator lists them."""
    if isinstance(viewer, Operator):
        return Contact.objects.none()
    return Contact.objects.filter(owner=viewer)


def findable_to_owner_of_contact() -> QuerySet[Findable]:
    """For each contact, its person, if they wish to be found by their address today and do not
    wish to be kept away from the contact's owner."""
    avoided = Preference.objects.filter(
        owner=OuterRef("person"), about=OuterRef(OuterRef("owner")), wish=Wish.AVOID
    )
    return Findable.objects.filter(
        ~Exists(in_force(avoided)),
        digest=OuterRef("digest"),
        person__findable_by_email=True,
        person__standing=Standing.JOINED,
    )
