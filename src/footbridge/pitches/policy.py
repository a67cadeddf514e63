"""Who reads a card, a pitch and a rehearsal; who may be asked to listen, and how often."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.network.queries import kept_apart_from
from footbridge.people import quietly
from footbridge.people.models import Affiliation, Member, Person
from footbridge.people.policy import Viewer, acted_for_ids, current, shown_to
from footbridge.people.states import Standing
from footbridge.pitches.models import Giving, Pitch, Reading, Rehearsal, ShoesCard, Worth
from footbridge.pitches.states import Move, Readers, Role, State

LINK_PURPOSE = "rehearsal"
ANSWERED_WITHIN = timedelta(days=7)
LINK_LASTS_AFTERWARDS = timedelta(days=60)
QUESTIONS = quietly.Questions(Rehearsal, "author", "peer", rests_for=timedelta(days=30))
# What one person may keep in all.
MOST_PITCHES = 100
MOST_READINGS = 200
MOST_GIVEN = 200


# In my shoes.


def speaks_for(actor: Viewer, member: Member) -> bool:
    """A card is written by those who act for its member; nobody writes it for them."""
    if isinstance(actor, Operator) or not actor.has_joined:
        return False
    return member.id in _own_side(actor)


def _own_side(viewer: Person) -> tuple[uuid.UUID, ...]:
    return (viewer.id, *acted_for_ids(viewer))


def visible_to(viewer: Viewer) -> QuerySet[ShoesCard]:
    """A card is read by its own side, and by whom that side chose, as far as they may see the
    member at all."""
    rows = ShoesCard.objects.select_related("member__place", "member__chapter")
    if isinstance(viewer, Operator):
        return rows
    if not viewer.has_joined:
        return rows.none()
    mine = _own_side(viewer)
    given = Exists(Giving.objects.filter(card=OuterRef("pk"), to__in=mine))
    read = Q(readers=Readers.MEMBERS) | (Q(readers=Readers.GIVEN) & given)
    return rows.filter(Q(member__in=mine) | (read & shown_to(viewer, "member__")))


def givings_visible_to(viewer: Viewer) -> QuerySet[Giving]:
    """To whom a card was given is known to the side that gave it, and to each of theirs alone."""
    rows = Giving.objects.select_related("card__member", "to")
    if isinstance(viewer, Operator):
        return rows
    mine = _own_side(viewer)
    received = Q(to__in=mine, card__readers=Readers.GIVEN) & shown_to(viewer, "card__member__")
    return rows.filter(Q(card__member__in=mine) | received)


# Pitches.


def pitches_visible_to(viewer: Viewer) -> QuerySet[Pitch]:
    """A pitch is read by its author, and by the peers who said that they listen."""
    rows = Pitch.objects.select_related(
        "author__chapter", "target__place", "target__chapter", "on_behalf_of", "contact"
    )
    if isinstance(viewer, Operator):
        return rows.none()
    listens = Rehearsal.objects.filter(pitch=OuterRef("pk"), peer=viewer, state=State.AGREED)
    return rows.filter(Q(author=viewer) | Exists(listens))


def own(viewer: Viewer) -> QuerySet[Pitch]:
    """One's own."""
    rows = pitches_visible_to(viewer)
    return rows if isinstance(viewer, Operator) else rows.filter(author=viewer)


def worth_of(viewer: Viewer) -> QuerySet[Worth]:
    """What somebody's work is worth to them is theirs: no operator and no host reads it."""
    if isinstance(viewer, Operator):
        return Worth.objects.none()
    return Worth.objects.filter(person=viewer)


def worth_shown_in(viewer: Viewer, rehearsal: Rehearsal) -> QuerySet[Worth]:
    """The author's sheet, for a peer who listens and to whom the author shows it."""
    if isinstance(viewer, Operator) or not rehearsal.shows_worth:
        return Worth.objects.none()
    listens = rehearsal.state == State.AGREED and viewer.id in (
        rehearsal.peer_id,
        rehearsal.author_id,
    )
    rows = Worth.objects.filter(person=rehearsal.author_id)
    return rows if listens else rows.none()


# Rehearsals.


def rehearsals_visible_to(viewer: Viewer) -> QuerySet[Rehearsal]:
    """A rehearsal is known to its two."""
    rows = Rehearsal.objects.select_related(
        "author__chapter", "peer__chapter", "pitch__target", "pitch__on_behalf_of", "pitch__contact"
    )
    if isinstance(viewer, Operator):
        return rows.none()
    return rows.filter(Q(author=viewer) | Q(peer=viewer))


def peers_open_to(viewer: Person, pitch: Pitch) -> QuerySet[Person]:
    """Who may be asked to listen: members whom the author may see, who do not pause, do not stay
    in a chapter that is not theirs, wish no distance, and stand on neither side of the talk's
    other end."""
    rows = Person.objects.filter(standing=Standing.JOINED)
    if not viewer.has_joined:
        return rows.none()
    at_home = Q(beyond_chapter=True) | Q(chapter=viewer.chapter_id)
    awake = Q(paused_until=None) | Q(paused_until__lt=clock.today())
    rows = rows.filter(shown_to(viewer) & at_home & awake).exclude(id=viewer.id)
    apart = {*kept_apart_from(viewer), *([pitch.target_id] if pitch.target_id else [])}
    return rows.exclude(id__in=apart).exclude(Exists(_other_side(pitch)))


def _other_side(pitch: Pitch) -> QuerySet[Affiliation]:
    """What ties a person to the one whom the pitch is for; that one too."""
    at = Affiliation.objects.filter(current(), person=pitch.target_id).values("organisation")
    with_them = Q(organisation=pitch.target_id) | Q(organisation__in=at)
    rows = Affiliation.objects.filter(current(), with_them)
    return rows.filter(person=OuterRef("pk"))


def role_of(actor: Viewer, row: Rehearsal) -> Role | None:
    """Which of the two somebody is."""
    if isinstance(actor, Operator):
        return None
    if actor.id == row.author_id:
        return Role.AUTHOR
    return Role.PEER if actor.id == row.peer_id else None


def shown_state(role: Role | None, row: Rehearsal) -> State:
    """Where a rehearsal stands, as one of the two is told."""
    return State(QUESTIONS.shown_state(row, to_asker=role == Role.AUTHOR))


def moves(role: Role | None, row: Rehearsal) -> tuple[Move, ...]:
    """What one of the two may do now. It follows from what they are shown."""
    state = shown_state(role, row)
    if role == Role.AUTHOR:
        return (Move.WITHDRAW,) if state in (State.ASKED, State.AGREED) else ()
    if role == Role.PEER and state == State.ASKED:
        return (Move.AGREE, Move.NOT_NOW)
    return (Move.NOTE,) if role == Role.PEER and state == State.AGREED else ()


def may_be_asked_again(actor: Person, peer: Person) -> datetime | None:
    """When somebody may ask the same person again; None if now. Somebody who wrote notes is asked
    again as one likes."""
    return QUESTIONS.may_be_asked_again(actor, peer, noted_at=None)


# The shelf.


def readings_visible_to(viewer: Viewer) -> QuerySet[Reading]:
    """One's own, and what members whom one may see put there for others."""
    rows = Reading.objects.select_related("person__chapter", "person__place")
    if isinstance(viewer, Operator):
        return rows
    if not viewer.has_joined:
        return rows.filter(person=viewer)
    shared = Q(is_shared=True, person__standing=Standing.JOINED) & shown_to(viewer, "person__")
    return rows.filter(Q(person=viewer) | shared)
