"""Whose expertise is shown to whom, who may be asked whether it is so, and what each may do.

Who may be asked: people with whom the network already holds a bond that both know of: one of the
two said that they know the other, both worked at the same place, or they were introduced. Having
sat in one evening or in one circle is not enough: it tells nothing of who was there when the work
was done, and whoever met somebody there says "I know them" in a tap.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.expertise.models import Claim, Confirmation, Listing, LivedLine
from footbridge.expertise.states import Move, Role, State
from footbridge.network import policy as network
from footbridge.network.queries import kept_apart_from
from footbridge.network.states import TieState
from footbridge.people.models import Affiliation, Chapter, Member, Person
from footbridge.people.policy import (
    Viewer,
    affiliations_visible_to,
    homes_of,
    introduced_ids,
    may_host,
    may_see,
    shown_to,
)
from footbridge.people.states import Kind, Seen, Standing

LINK_PURPOSE = "expertise"
# Who is asked can answer for so long; until then "not mine to say" looks like waiting.
ANSWERED_WITHIN = timedelta(days=14)
LINK_LASTS_AFTERWARDS = timedelta(days=365)
# What nobody answered, or was not theirs to say, is forgotten after so long, and can be asked anew.
REMEMBERED_FOR = timedelta(days=180)
# So many questions of one person wait at a time.
MOST_WAITING = 5
# So much is ticked at the first time: the few that matter most.
FIRST_PICKS = 5
MOST_CLAIMS = 60


# Who sees what.


def visible_to(viewer: Viewer) -> QuerySet[Claim]:
    """One's own, and those of people one may see who listed their expertise for one."""
    claims = Claim.objects.select_related("skill", "episode")
    return claims.filter(own(viewer) | (listed() & listed_for(viewer)))


def own(viewer: Viewer) -> Q:
    """What is one's own; the operator at the console is nobody."""
    return Q(pk=None) if isinstance(viewer, Operator) else Q(person=viewer.id)


def listed(prefix: str = "person__") -> Q:
    """Who said that their expertise is to be listed, and is in the network by their own act."""
    said = Q(**{f"{prefix}expertise_listing__isnull": False})
    return said & Q(**{f"{prefix}standing": Standing.JOINED})


def listed_for(viewer: Viewer, prefix: str = "person__") -> Q:
    """To whom they show it: to all members, or to those alone who are close to them."""
    if isinstance(viewer, Operator):
        return Q()
    to_all = Q(**{f"{prefix}expertise_listing__seen_by": Seen.MEMBERS})
    met = Q(**{f"{prefix}id__in": introduced_ids(viewer)})
    hosted = Q(**{f"{prefix}chapter__in": homes_of(viewer)})
    return (to_all | met | hosted) & shown_to(viewer, prefix)


def open_to_all_members() -> QuerySet[Claim]:
    """What is the same for every member: for what is worked out once for all of them."""
    to_all = Q(person__expertise_listing__seen_by=Seen.MEMBERS)
    return Claim.objects.filter(listed() & to_all)


def may_list(actor: Person) -> bool:
    """Only who joined by their own act is listed."""
    return actor.has_joined


# Who may be asked, and what each of the two may do.


def may_be_asked(actor: Person) -> QuerySet[Person]:
    """Those whom somebody may ask whether they were there. Who pauses, or is to be kept away, is
    simply not among them."""
    rows = Person.objects.filter(shown_to(actor), kind=Kind.PERSON).exclude(id=actor.id)
    awake = Q(paused_until=None) | Q(paused_until__lt=clock.today())
    rows = rows.filter(awake).exclude(standing=Standing.APPLIED)
    bound = _tied_to(actor) | _colleagues_of(actor) | introduced_ids(actor)
    return rows.filter(id__in=bound - kept_apart_from(actor))


def _tied_to(actor: Person) -> set[uuid.UUID]:
    said = network.visible_to(actor).filter(state=TieState.STATED)
    mine = said.filter(Q(teller=actor.id) | Q(other=actor.id))
    both = mine.values_list("teller_id", "other_id")
    return {one for pair in both for one in pair} - {actor.id}


def _colleagues_of(actor: Person) -> set[uuid.UUID]:
    """Who worked at the same place at the same time, as far as the actor may know it."""
    mine: dict[uuid.UUID, list[tuple[date | None, date | None]]] = defaultdict(list)
    own_work = Affiliation.objects.filter(person=actor.id).order_by()
    for place, since, until in own_work.values_list("organisation_id", "since", "until"):
        mine[place].append((since, until))
    theirs = affiliations_visible_to(actor).filter(organisation__in=list(mine)).order_by()
    rows = theirs.values_list("person_id", "organisation_id", "since", "until")
    return {
        person
        for person, place, since, until in rows
        if any(_overlap((since, until), one) for one in mine[place])
    }


def _overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two times have a day in common; what is not said is taken for open."""
    return _before(one[0], other[1]) and _before(other[0], one[1])


def _before(begin: date | None, end: date | None) -> bool:
    return begin is None or end is None or begin <= end


def role_of(actor: Viewer, confirmation: Confirmation) -> Role | None:
    """Which of the two someone is."""
    if isinstance(actor, Operator):
        return None
    if actor.id == confirmation.claim.person_id:
        return Role.ASKER
    return Role.WITNESS if actor.id == confirmation.by_id else None


def confirmations_visible_to(viewer: Viewer) -> QuerySet[Confirmation]:
    """A question is known to the two whose it is."""
    rows = Confirmation.objects.select_related("claim__skill", "claim__episode", "claim__person")
    rows = rows.select_related("by")
    if isinstance(viewer, Operator):
        return rows
    return rows.filter(Q(claim__person=viewer.id) | Q(by=viewer.id))


def moves(role: Role | None, confirmation: Confirmation) -> tuple[Move, ...]:
    """What one of the two may do now."""
    state = State(confirmation.state)
    is_open = confirmation.expires_at > clock.now()
    if role == Role.WITNESS and state == State.ASKED:
        return (Move.CONFIRM, Move.NOT_MINE) if is_open else ()
    if role == Role.WITNESS and state == State.CONFIRMED:
        return (Move.WITHDRAW,)
    waits = state in (State.ASKED, State.NOT_MINE) and is_open
    return (Move.WITHDRAW,) if role == Role.ASKER and waits else ()


def state_for(role: Role | None, confirmation: Confirmation) -> State:
    """Where it stands, as one of the two is told: a refusal looks like waiting until the last day
    for an answer, and like silence after it; so does a yes that was taken back."""
    state = State(confirmation.state)
    if role == Role.WITNESS or state in (State.CONFIRMED, State.EXPIRED):
        return state
    return State.ASKED if confirmation.expires_at > clock.now() else State.EXPIRED


def may_name(viewer: Viewer, confirmation: Confirmation) -> bool:
    """Whether somebody is told who confirmed: if they agreed to it, and may be seen."""
    return confirmation.is_named and may_see(viewer, confirmation.by)


# The list to tick.


def may_curate(actor: Viewer, chapter: Chapter) -> bool:
    """Hosts and deputies look after their chapter's list."""
    return may_host(actor, chapter)


def lines_visible_to(viewer: Viewer) -> QuerySet[LivedLine]:
    """The lines that a chapter added, for who looks after it. To tick them is another question:
    then they stand on the chapter's list with the shipped ones."""
    rows = LivedLine.objects.select_related("chapter").prefetch_related("skills__skill")
    if isinstance(viewer, Operator):
        return rows
    return rows.filter(chapter__in=homes_of(viewer))


def is_listed(member: Member) -> bool:
    """Whether somebody said that their expertise is to be listed."""
    return Listing.objects.filter(person=member.id).exists()
