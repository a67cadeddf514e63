"""Whom a circle can reach: whom its members say they know, where these work, and whom those
organisations openly work with.

Every member of a circle is shown the same, and nothing that not every member of the network could
know of those who are reached.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from footbridge.circles import queries as circles
from footbridge.circles.models import Circle
from footbridge.engine.circles import reach as reach_of
from footbridge.engine.ties import Ties
from footbridge.insight import apart
from footbridge.network.models import Tie
from footbridge.network.policy import OPEN_KINDS
from footbridge.network.states import Strength, TieState
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.people.cards import card as member_card
from footbridge.people.models import Member
from footbridge.people.policy import Viewer
from footbridge.people.states import Kind, Sector, Standing

_WARMTH = {
    Strength.MET: 0.25,
    Strength.KNOW: 0.5,
    Strength.WORKED_TOGETHER: 0.75,
    Strength.TRUST: 1.0,
}
_OWN_PLACE = 1.0

Ids = set[uuid.UUID]
# Who knows whom, and how well.
Edge = tuple[uuid.UUID, uuid.UUID, float]


@dataclass(frozen=True)
class Reached:
    """Someone outside, and through whom of the circle; `between` is who stands in between, where
    it takes two steps."""

    member: MemberCard
    through: tuple[str, ...]
    between: str = ""

    @property
    def steps(self) -> int:
        return 2 if self.between else 1


@dataclass(frozen=True)
class ReachGroup:
    """Those of one sector, warmest first."""

    sector: str
    label: str
    reached: tuple[Reached, ...]


@dataclass(frozen=True)
class CircleReach:
    """Whom a circle can reach, the largest sector first; and how many through one member alone,
    whom it would lose with them."""

    groups: tuple[ReachGroup, ...]
    count: int
    only_through: tuple[tuple[str, int], ...]


def reach(viewer: Viewer, circle: Circle) -> CircleReach:
    """Whom a circle can reach in one or two steps. NotHere for who is not in it.

    Who pauses, and who is to be kept apart from anybody in it, is left out before anything is
    counted, for all of the circle alike.
    """
    circle = circles.get(viewer, circle.id)
    within = circles.members_of(viewer, circle)
    inside = {one.id for one in within}
    names = {one.id: one.name for one in within if not one.is_paused}
    out = inside.union(*apart.wished_by_either([*inside]).values())
    first = _knows(names, out)
    middle = _open_to_all({other for _one, other, _warm in first})
    second = _leads_to(middle, out)
    shown = middle | _open_to_all({other for _one, other in second})
    cards = _cards(viewer, shown)
    near, only = _nearest([edge for edge in first if edge[1] in middle], names, cards)
    far = _beyond(second, near, cards)
    found = [*near.values(), *far]
    return CircleReach(tuple(_by_sector(found)), len(found), only)


def _knows(names: Mapping[uuid.UUID, str], out: Ids) -> list[Edge]:
    """Whom the members say they know, and where they work themselves."""
    told = Tie.objects.filter(teller__in=list(names), state=TieState.STATED).order_by("id")
    said = [
        (one, other, _WARMTH[Strength(word)])
        for one, other, word in told.values_list("teller_id", "other_id", "strength")
    ]
    work = apart.organisations_of(set(names), openly=True)
    said += [(one, place, _OWN_PLACE) for one in names for place in sorted(work[one])]
    return [edge for edge in said if edge[1] not in out]


def _open_to_all(ids: Ids) -> Ids:
    """Those of these members whom every member of the network may see, and who do not pause."""
    joined = Q(kind=Kind.ORGANISATION) | Q(standing=Standing.JOINED)
    rows = Member.objects.filter(joined, id__in=ids)
    return {one.id for one in rows.only("id", "kind", "paused_until") if not one.is_paused}


def _leads_to(middle: Ids, out: Ids) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Where those people work, and whom those organisations openly fund or work with."""
    work = apart.organisations_of(middle, openly=True)
    found = [(one, place) for one in sorted(work) for place in sorted(work[one])]
    told = Tie.objects.filter(
        Q(teller__in=middle) | Q(other__in=middle),
        state=TieState.STATED,
        kind__in=OPEN_KINDS,
        teller__kind=Kind.ORGANISATION,
        other__kind=Kind.ORGANISATION,
    )
    for teller, other in told.order_by("id").values_list("teller_id", "other_id"):
        found += [(teller, other), (other, teller)]
    return [(one, other) for one, other in found if one in middle and other not in out | middle]


def _cards(viewer: Viewer, ids: Ids) -> dict[uuid.UUID, MemberCard]:
    found = people.by_ids(viewer, ids)
    return {one: member_card(viewer, member) for one, member in found.items()}


Only = tuple[tuple[str, int], ...]


def _nearest(
    edges: Sequence[Edge], names: Mapping[uuid.UUID, str], cards: Mapping[uuid.UUID, MemberCard]
) -> tuple[dict[uuid.UUID, Reached], Only]:
    """Those one step away, warmest first, and how many are known to one of the circle alone."""
    known = sorted({end for one, other, _warm in edges for end in (one, other)})
    place = {one: n for n, one in enumerate(known)}
    ties = Ties.build(
        len(known),
        [place[one] for one, _other, _warm in edges],
        [place[other] for _one, other, _warm in edges],
        [warm for _one, _other, warm in edges],
    )
    found = reach_of([place[one] for one in names if one in place], ties)
    near = {
        known[one.person]: Reached(
            cards[known[one.person]], tuple(names[known[n]] for n, _warm in one.through)
        )
        for one in found.people
        if known[one.person] in cards
    }
    return near, tuple((names[known[n]], many) for n, many in found.only_through)


def _beyond(
    edges: Iterable[tuple[uuid.UUID, uuid.UUID]],
    near: Mapping[uuid.UUID, Reached],
    cards: Mapping[uuid.UUID, MemberCard],
) -> list[Reached]:
    """Those two steps away, through the warmest in between."""
    rank = {one: n for n, one in enumerate(near)}
    best: dict[uuid.UUID, uuid.UUID] = {}
    for one, other in edges:
        if one in rank and (other not in best or rank[one] < rank[best[other]]):
            best[other] = one
    in_order = sorted(best, key=lambda other: (rank[best[other]], other))
    return [
        Reached(cards[other], near[best[other]].through, near[best[other]].member.name)
        for other in in_order
        if other in cards
    ]


def _by_sector(found: Iterable[Reached]) -> list[ReachGroup]:
    of: dict[str, list[Reached]] = defaultdict(list)
    for one in found:
        of[one.member.sector].append(one)
    in_order = sorted(of, key=lambda sector: (not sector, -len(of[sector]), sector))
    return [ReachGroup(sector, _label(sector), tuple(of[sector])) for sector in in_order]


def _label(sector: str) -> str:
    return str(Sector(sector).label) if sector else _("Other")
