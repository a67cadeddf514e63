"""The ways from one member to another, as far as somebody may know of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from footbridge.core.audience import Operator
from footbridge.engine import chains as engine
from footbridge.engine.ties import Ties
from footbridge.insight import apart, asked, asker, version, warmth
from footbridge.insight.asker import Asker
from footbridge.insight.cards import Chain, Stone
from footbridge.insight.version import Network, View
from footbridge.network import queries as network_room
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer, acted_for_by, affiliations_visible_to, current
from footbridge.people.states import Standing

# Chains that differ only in people who are not named look alike and are told once.
ASKED_FOR_EACH = 3


def warmest(
    viewer: Viewer, view: View, held: Network, source: Member, target: Member, top: int
) -> list[Chain]:
    """The best few from the member, else from the organisations they act for."""
    found = _from(viewer, view, held, source, target, top)
    if found or not source.is_person:
        return found
    for organisation in acted_for_by(people.as_person(source)).order_by("folded", "id"):
        found += _from(viewer, view, held, organisation, target, top)
    return sorted(found, key=lambda chain: -chain.strength)[:top]


def _from(
    viewer: Viewer, view: View, held: Network, source: Member, target: Member, top: int
) -> list[Chain]:
    never = _kept_apart(viewer, source, target)
    asking = asker.of(view, held, viewer, source)
    contacts = _contacts(viewer, view, source)
    asking = asker.also_knowing(asking, contacts)
    ends = _ends(viewer, view, target, never)
    if target.id in never or not ends:
        return []
    ties = _walkable(view, asking)
    if ends == {-1}:
        ties, ends = _with_newcomer(ties, view, target)
    found = engine.warmest(
        ties,
        asking.number,
        sorted(ends - {asking.number, *asking.never}) or asking.number,
        k=top * ASKED_FOR_EACH,
        avoid=sorted(asking.never | view.rows.numbers_of(never)),
    )
    return _shown(viewer, view, source, target, found, frozenset(contacts))[:top]


def from_beside(viewer: Person, view: View, asking: Asker, target: Member, top: int) -> list[Chain]:
    """The warmest from somebody who is in no network, and is the viewer."""
    ends = _ends(viewer, view, target, set())
    ties = _walkable(view, asking)
    if ends == {-1}:
        ties, ends = _with_newcomer(ties, view, target)
    if not ends:
        return []
    found = engine.warmest(ties, asking.number, sorted(ends), k=top * ASKED_FOR_EACH)
    return _shown(viewer, view, viewer, target, found, frozenset())[:top]


def _kept_apart(viewer: Viewer, source: Member, target: Member) -> set[uuid.UUID]:
    """Whom neither of the two wishes to be brought together with, or who does not wish it with
    them: neither ends nor connectors."""
    asking = source if source.is_person or isinstance(viewer, Operator) else viewer
    people_here = {one.id for one in (asking, target) if one.is_person}
    found = apart.wished_by_either(sorted(people_here))
    return set().union(*found.values()) - ({source.id} if asking is source else set())


def _contacts(viewer: Viewer, view: View, source: Member) -> dict[int, float]:
    """Members among one's own private contacts who wish to be found: steps for oneself alone."""
    if isinstance(viewer, Operator) or viewer.id != source.id:
        return {}
    known = view.rows.numbers_of(network_room.known_member_ids(viewer))
    return {number: warmth.OF_A_CONTACT for number in sorted(known) if view.shown[number]}


def _ends(viewer: Viewer, view: View, target: Member, never: set[uuid.UUID]) -> set[int]:
    """Where a chain may end: with a person who does not pause, or with an organisation or any of
    its people who joined and do not, as far as the viewer may know that they are its people. -1
    stands for a person who joined since the network was built."""
    if target.is_paused:
        return set()
    number = view.rows.number_of(target.id)
    if target.is_person:
        return {number if number is not None and view.shown[number] else -1}
    staff = affiliations_visible_to(viewer).filter(current(), organisation=target.id)
    joined = staff.filter(person__standing=Standing.JOINED).order_by()
    wanted = set(joined.values_list("person_id", flat=True)) - never
    paused = view.rows.columns["paused"]
    ends = {n for n in view.rows.numbers_of(wanted) if view.shown[n] and not paused[n]}
    return ends | ({-1} if number is None else {number})


def _walkable(view: View, asking: Asker) -> Ties:
    """The ties, with the asking side in the rows of those whom they know."""
    ties = asking.snapshot.ties
    return ties if asking.number < view.rows.size else version.known_back(ties, asking.number)


def _with_newcomer(ties: Ties, view: View, target: Member) -> tuple[Ties, set[int]]:
    """The ties with the one sought beside them, from their own rows."""
    more = version.with_one_more(ties, asker.known_to(view, target.id).items())
    newcomer = ties.members
    return version.known_back(more, newcomer), {newcomer}


def _shown(
    viewer: Viewer,
    view: View,
    source: Member,
    target: Member,
    found: Sequence[engine.Chain],
    contacts: frozenset[int],
) -> list[Chain]:
    """Chains as the viewer may know them, everyone on them read again."""
    ids = [_ids(view, source, target, chain) for chain in found]
    # Somebody under the radar is in no row, and stands at the beginning all the same.
    shown = {source.id: source} | people.by_ids(viewer, {source.id}.union(*ids))
    told: dict[tuple[uuid.UUID | None, ...], Chain] = {}
    for chain, on_it in zip(found, ids, strict=True):
        members = [shown[one] for one in on_it if one in shown]
        if len(members) == len(on_it) and not any(one.is_paused for one in members[1:]):
            named = _named(viewer, members, chain.members[1] in contacts)
            key = tuple(stone.card.id if stone.card else None for stone in named)
            told.setdefault(key, _chain(named, chain))
    return list(told.values())


def _ids(view: View, source: Member, target: Member, chain: engine.Chain) -> list[uuid.UUID]:
    """Who is on a chain; numbers beside the network are the two ends."""
    between = [view.rows.id_of(number) for number in chain.members[1:-1]]
    last = chain.members[-1]
    return [source.id, *between, view.rows.id_of(last) if last < view.rows.size else target.id]


def _named(viewer: Viewer, members: list[Member], is_contact: bool) -> tuple[Stone, ...]:
    last = len(members) - 1
    known = (0, 1, last)
    note = _("From your contacts: say that you know each other, then ask.") if is_contact else ""
    return tuple(
        Stone(people_cards.card(viewer, member), note if i == 1 else "")
        if i in known or not member.is_person or isinstance(viewer, Operator)
        else Stone(None)
        for i, member in enumerate(members)
    )


def _chain(stones: tuple[Stone, ...], chain: engine.Chain) -> Chain:
    return Chain(
        stones=stones,
        steps=tuple(round(float(step), 3) for step in chain.steps),
        words=tuple(asked.step_in_words(step) for step in chain.steps),
        strength=round(float(chain.strength), 4),
    )
