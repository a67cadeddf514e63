"""Who is shown which partnership, who speaks for which party, and what each may do.

A partnership is shown to those who stand for a party that said yes. Who is asked for a yes sees
what they are asked, and nothing else; the hosts of the chapter see a card.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from footbridge.circles.policy import is_in
from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.network.queries import kept_apart_from
from footbridge.partnerships.models import Partnership, Party, Representative
from footbridge.partnerships.states import (
    BEFORE_ACTIVE,
    DEEPER,
    LEADS_TO,
    MOVES,
    RUNNING,
    SPEAKING,
    Kind,
    Move,
    PartyRole,
    PartyState,
    Role,
    State,
)
from footbridge.people.models import Affiliation, Person
from footbridge.people.policy import Viewer, acted_for_ids, current, homes_of, may_see
from footbridge.people.states import Standing

LINK_PURPOSE = "party"
ANSWERED_WITHIN = timedelta(days=30)
# Nobody is asked again into the same partnership sooner than that.
RESTS_FOR = timedelta(days=90)
MOST_PARTIES = 60
MOST_PEOPLE_A_SIDE = 30
MOST_ASKED_A_WEEK = 20
# Two stewards a side, so that nobody's going away ends it.
STEWARDS_WANTED = 2
CONTACTS_WANTED = 2
MOST_MESSAGES_A_DAY = 60


# Who sees what.


def visible_to(viewer: Viewer) -> QuerySet[Partnership]:
    """A partnership is shown to those who stand today for one of the parties that are in it."""
    rows = Partnership.objects.select_related("chapter", "introduction")
    if isinstance(viewer, Operator):
        return rows
    return rows.filter(Exists(_standing_for(viewer).filter(party__partnership=OuterRef("pk"))))


def _standing_for(viewer: Person) -> QuerySet[Representative]:
    return Representative.objects.filter(
        person=viewer, until__isnull=True, party__state=PartyState.IN
    )


def cards_for_hosts(host: Viewer) -> QuerySet[Partnership]:
    """What hosts may know of the partnerships of their chapters: that there is one between parties
    that said yes to it, at least two of them."""
    said_yes = Count("parties", filter=Q(parties__state=PartyState.IN))
    rows = Partnership.objects.select_related("chapter").annotate(are_in=said_yes)
    rows = rows.filter(are_in__gte=2)
    return rows if isinstance(host, Operator) else rows.filter(chapter__in=homes_of(host))


def asked_of(viewer: Viewer) -> QuerySet[Party]:
    """The parties for whose yes somebody is asked, and can still answer."""
    rows = Party.objects.select_related("partnership", "member", "circle", "asked_by")
    if isinstance(viewer, Operator):
        return rows.none()
    return rows.filter(waiting(), asked=viewer)


def waiting() -> Q:
    """Parties that were asked and have not answered."""
    going = ~Q(partnership__state__in=(State.CLOSING, State.CLOSED))
    return going & Q(state=PartyState.PROPOSED, expires_at__gt=clock.now(), asked__isnull=False)


def still_proposed() -> Q:
    """Parties that have not said yes, and have not said no."""
    return Q(state=PartyState.PROPOSED)


def parties_visible_to(viewer: Viewer, partnership: Partnership) -> QuerySet[Party]:
    """Those who are in it see who else is. Who is proposed is known to the side that proposed
    them; that somebody said no, to whoever asked alone."""
    rows = partnership.parties.select_related("member", "circle", "asked", "asked_by")
    if isinstance(viewer, Operator):
        return rows
    there = Q(state=PartyState.IN) | Q(state=PartyState.LEFT)
    ours = Q(asked_by__in=_beside(viewer, partnership)) | Q(asked_by__isnull=True)
    mine = Q(state=PartyState.DECLINED, asked_by=viewer)
    return rows.filter(there | (Q(state=PartyState.PROPOSED) & ours) | mine)


def _beside(viewer: Person, partnership: Partnership) -> QuerySet[Representative, uuid.UUID | None]:
    """Everybody who stands for the same party as somebody."""
    ours = _standing_for(viewer).filter(party__partnership=partnership).values("party_id")
    return Representative.objects.filter(party__in=ours).values_list("person_id", flat=True)


# Who speaks for whom.


def stands_for(actor: Viewer, party: Party) -> bool:
    """Whether somebody represents a party today, in whatever role."""
    return bool(roles_of(actor, party))


def speaks_for(actor: Viewer, party: Party) -> bool:
    """Whether somebody can answer, agree and move things on for a party."""
    return any(role in SPEAKING for role in roles_of(actor, party))


def roles_of(actor: Viewer, party: Party) -> list[str]:
    """What somebody is for a party today."""
    if isinstance(actor, Operator) or party.state != PartyState.IN:
        return []
    rows = party.representatives.filter(person=actor, until__isnull=True)
    return list(rows.values_list("role", flat=True))


def party_of(actor: Viewer, partnership: Partnership) -> Party | None:
    """The party that somebody stands for; where they stand for several, the first of them."""
    if isinstance(actor, Operator):
        return None
    stands = Representative.objects.filter(party=OuterRef("pk"), person=actor, until__isnull=True)
    rows = partnership.parties.filter(Exists(stands), state=PartyState.IN)
    return rows.select_related("member", "circle").first()


def core_parties(partnership: Partnership) -> QuerySet[Party]:
    """The parties that sign and contribute, and have said yes."""
    rows = partnership.parties.filter(role=PartyRole.CORE, state=PartyState.IN)
    return rows.select_related("member", "circle")


def representatives_of(partnership: Partnership) -> QuerySet[Representative]:
    """Everybody who stands for a party that is in it, today."""
    rows = Representative.objects.filter(
        party__partnership=partnership, party__state=PartyState.IN, until__isnull=True
    )
    return rows.filter(person__isnull=False).select_related("person", "party")


def is_green(party: Party) -> bool:
    """Whether a party would still be there if one of its people left: two stewards a side."""
    stewards = party.representatives.filter(until__isnull=True, person__isnull=False)
    people = stewards.filter(role__in=(Role.STEWARD, Role.DEPUTY))
    return people.values("person_id").distinct().count() >= STEWARDS_WANTED


def may_stand_for(person: Person, party: Party) -> bool:
    """Whether somebody can be named for a party: they act for the organisation, are in the circle,
    are the person themselves; for an informal group, any member."""
    if person.standing != Standing.JOINED:
        return False
    if party.circle_id is not None:
        return is_in(person, party.circle_id)
    if party.member_id is None:
        return True
    return party.member_id == person.id or _acts_for(person, party.member_id)


def _acts_for(person: Person, organisation_id: uuid.UUID) -> bool:
    rows = Affiliation.objects.filter(current(), person=person, organisation=organisation_id)
    return rows.exists()


def may_be_named(actor: Viewer, person: Person, party: Party) -> bool:
    """One names oneself, and others whom one may see and who do not pause."""
    if not may_stand_for(person, party):
        return False
    return actor == person or (may_see(actor, person) and not person.is_paused)


# Who may begin, and be asked.


def may_begin_for(actor: Viewer, party: Party) -> bool:
    """People begin partnerships for themselves, for organisations that they act for, for circles
    that they are in, and for informal groups."""
    if not isinstance(actor, Person) or not actor.has_joined:
        return False
    if party.member_id is not None:
        return party.member_id in (actor.id, *acted_for_ids(actor))
    return party.circle_id is None or is_in(actor, party.circle_id)


def may_be_asked(actor: Viewer, person: Person) -> bool:
    """Members whom the asker may see, who do not pause; those of another chapter unless they wish
    to stay in theirs; and nobody who is kept apart from the asker."""
    if isinstance(actor, Operator) or person.id == actor.id:
        return False
    at_home = person.beyond_chapter or person.chapter_id == actor.chapter_id
    awake = person.standing == Standing.JOINED and not person.is_paused
    return awake and at_home and may_see(actor, person) and not _are_kept_apart(actor, person)


def _are_kept_apart(actor: Person, person: Person) -> bool:
    return person.id in kept_apart_from(actor)


# What somebody may do.


def moves(actor: Viewer, partnership: Partnership) -> list[Move]:
    """What somebody may do next, the likeliest first."""
    party = party_of(actor, partnership)
    if party is None:
        return []
    return list(_moves(speaks_for(actor, party), party, partnership))


def _moves(speaks: bool, party: Party, partnership: Partnership) -> Iterable[Move]:
    state = State(partnership.state)
    if state == State.CLOSED:
        return
    yield Move.WRITE
    if not speaks:
        return
    yield from (Move.NAME, Move.EDIT)
    if state != State.CLOSING:
        yield from (Move.ADD_PARTY, Move.RATE)
    if state in (*BEFORE_ACTIVE, *RUNNING) and DEEPER[Kind(partnership.kind)]:
        yield Move.DEEPEN
    if party.role == PartyRole.CORE:
        yield from _changes_of(state)
    yield Move.LEAVE


def _changes_of(state: State) -> Iterable[Move]:
    for move, target in LEADS_TO.items():
        if target in MOVES[state] and _fits(move, state):
            yield move


def _fits(move: Move, state: State) -> bool:
    """Two moves lead to "active": the first time, and after a review."""
    if move == Move.ACTIVATE:
        return state == State.FORMING
    if move == Move.RESUME:
        return state == State.REVIEWING
    return True


def may(actor: Viewer, move: Move, partnership: Partnership) -> bool:
    """Whether somebody may do this now."""
    return move in moves(actor, partnership)
