"""Who learns what somebody passes through, who may be asked for a talk about it, and how often."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.network.queries import kept_apart_from
from footbridge.people import quietly
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, homes_of, shown_to
from footbridge.people.states import Standing
from footbridge.transitions.models import GuideAsk, Transition
from footbridge.transitions.states import Move, Role, Shown, State

LINK_PURPOSE = "guide"
ANSWERED_WITHIN = timedelta(days=14)
LINK_LASTS_AFTERWARDS = timedelta(days=30)
QUESTIONS = quietly.Questions(GuideAsk, "asker", "guide", rests_for=timedelta(days=90))
MOST_TRANSITIONS = 12


# Who learns of it.


def visible_to(viewer: Viewer) -> QuerySet[Transition]:
    """What somebody passes through is theirs. Others learn of it as they chose: members, the hosts
    of their chapter, or those whom they asked and who can still answer, or said yes."""
    rows = Transition.objects.select_related("person__place", "person__chapter")
    if isinstance(viewer, Operator):
        return rows
    return rows.filter(Q(person=viewer) | _told_to(viewer)).filter(
        Q(person=viewer) | _may_be_known(viewer)
    )


def _told_to(viewer: Person) -> Q:
    asked = GuideAsk.objects.filter(guide=viewer).filter(still_known()).values("transition_id")
    hosts = Q(shown=Shown.HOSTS, person__chapter__in=homes_of(viewer))
    if not viewer.has_joined:
        return Q(id__in=asked) | hosts
    return Q(shown=Shown.MEMBERS) | hosts | Q(id__in=asked)


def _may_be_known(viewer: Person) -> Q:
    """Of those whom the viewer may see at all."""
    return shown_to(viewer, "person__") & Q(person__standing=Standing.JOINED)


def still_known() -> Q:
    """A guide knows of the other while the question waits, and after a yes."""
    return Q(state=State.AGREED) | Q(state=State.ASKED, expires_at__gt=clock.now())


def own(viewer: Person) -> QuerySet[Transition]:
    """One's own."""
    return Transition.objects.filter(person=viewer)


def guides_open_to(viewer: Person) -> QuerySet[Transition]:
    """What others lived or live through and are glad to be asked about, or let all members know:
    of people whom the viewer may see, who do not pause, do not stay in a chapter that is not
    theirs, and wish no distance."""
    rows = Transition.objects.select_related("person__place", "person__chapter")
    if not viewer.has_joined:
        return rows.none()
    told = Q(glad_to_be_asked=True) | Q(shown=Shown.MEMBERS, is_over=True)
    at_home = Q(person__beyond_chapter=True) | Q(person__chapter=viewer.chapter_id)
    awake = Q(person__paused_until=None) | Q(person__paused_until__lt=clock.today())
    rows = rows.filter(told & at_home & awake & _may_be_known(viewer)).exclude(person=viewer)
    return rows.exclude(person__in=kept_apart_from(viewer))


# Asking.


def asks_visible_to(viewer: Viewer) -> QuerySet[GuideAsk]:
    """A question is known to the two whose it is."""
    rows = GuideAsk.objects.select_related(
        "asker__chapter", "guide__chapter", "transition", "lived"
    )
    if isinstance(viewer, Operator):
        return rows
    return rows.filter(Q(asker=viewer) | Q(guide=viewer))


def role_of(actor: Viewer, ask: GuideAsk) -> Role | None:
    """Which of the two somebody is."""
    if isinstance(actor, Operator):
        return None
    if actor.id == ask.asker_id:
        return Role.ASKER
    return Role.GUIDE if actor.id == ask.guide_id else None


def shown_state(role: Role | None, ask: GuideAsk) -> State:
    """Where a question stands, as one of the two is told."""
    return State(QUESTIONS.shown_state(ask, to_asker=role == Role.ASKER))


def moves(role: Role | None, ask: GuideAsk) -> tuple[Move, ...]:
    """What one of the two may do now. It follows from what they are shown."""
    if shown_state(role, ask) != State.ASKED or role is None:
        return ()
    return (Move.WITHDRAW,) if role == Role.ASKER else (Move.AGREE, Move.NOT_NOW)


def may_be_asked_again(actor: Person, guide: Person) -> datetime | None:
    """When somebody may ask the same person again; None if now."""
    return QUESTIONS.may_be_asked_again(actor, guide)


def asked_lately(actor: Person) -> set[uuid.UUID]:
    """Whom somebody asked not long ago, whatever was said."""
    return set(QUESTIONS.resting(actor).values_list("guide_id", flat=True))


def avoid_one_another(one: Person, other: Person) -> bool:
    """Whether either asked never to be brought together with the other."""
    return other.id in kept_apart_from(one)
