"""Whom to turn to first in an organisation: by mandate and role, by who can open the door, and by
whether they have met people through introductions before."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from footbridge.insight import network as networks
from footbridge.insight.version import View
from footbridge.introductions.models import Introduction
from footbridge.people import queries as people
from footbridge.people.cards import EntryContact, MemberCard
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer, hosted_ids

# Of so many by role, the few best are shown.
WEIGHED = 12
# A step of role is worth one; to be known, or a common acquaintance, moves somebody up by so much.
KNOWN, THROUGH, OFTEN = 1.5, 0.8, 0.4
# Fewer yeses than that would tell of single people.
OFTEN_FROM = 3


@dataclass(frozen=True)
class Entry:
    """Whom to turn to, and all that speaks for them."""

    member: MemberCard
    role: str
    why: str
    reasons: tuple[str, ...]


def entry_contacts(viewer: Viewer, organisation: Member, *, top: int = 3) -> list[Entry]:
    """Whom to turn to in an organisation first, and why them."""
    by_role = people.best_entry_contacts(viewer, organisation, top=WEIGHED)
    ids = [one.member.id for one in by_role]
    warm = _warm_ways(viewer, ids)
    often = _often_met(ids)
    weighed = [
        (_score(place, one, warm, often), _entry(one, warm, often))
        for place, one in enumerate(by_role)
    ]
    weighed.sort(key=lambda one: -one[0])
    return [entry for _score_of_it, entry in weighed[:top]]


def _score(
    place: int, one: EntryContact, warm: dict[uuid.UUID, str], often: set[uuid.UUID]
) -> float:
    """The steps of role are counted from the head, who comes last; within a step, as by role."""
    known = warm.get(one.member.id)
    opened = 0.0 if known is None else (THROUGH if known else KNOWN)
    return 3 - one.rank + opened + (OFTEN if one.member.id in often else 0.0) - place / 1000


def _entry(one: EntryContact, warm: dict[uuid.UUID, str], often: set[uuid.UUID]) -> Entry:
    reasons = [one.why]
    if (through := warm.get(one.member.id)) is not None:
        named = _("%(name)s knows you both") % {"name": through}
        reasons.append(named if through else _("you know each other"))
    if one.member.id in often:
        reasons.append(_("has met people through introductions before"))
    return Entry(one.member, one.role, one.why, tuple(reasons))


def _warm_ways(viewer: Viewer, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """For each of these whom the viewer knows, nothing; for each whom somebody else knows who
    knows the viewer and may be asked, the name of that one."""
    if not isinstance(viewer, Person):
        return {}
    view = networks.current().seen_by(hosted_ids(viewer))
    me = view.rows.number_of(viewer.id)
    if me is None:
        return {}
    numbers = {one: n for one in ids if (n := view.rows.number_of(one)) is not None}
    through = {one: _between(view, me, number) for one, number in numbers.items()}
    named = people.by_ids(
        viewer, {view.rows.id_of(n) for n in through.values() if n not in (None, me)}
    )
    found = {}
    for one, number in through.items():
        if number == me:
            found[one] = ""
        elif number is not None and (member := named.get(view.rows.id_of(number))):
            found[one] = member.name
    return found


def _between(view: View, me: int, other: int) -> int | None:
    """Who knows both best and may be asked; oneself where one knows the other."""
    ties = view.snapshot.ties
    mine = dict(zip(*(part.tolist() for part in ties.of(me)), strict=True))
    if other in mine:
        return me
    theirs = dict(zip(*(part.tolist() for part in ties.of(other)), strict=True))
    both = [n for n in mine.keys() & theirs.keys() if ties.willing[n] and _is_person(view, n)]
    return max(both, key=lambda n: (mine[n] * theirs[n], -n), default=None)


def _is_person(view: View, number: int) -> bool:
    return bool(view.rows.columns["kind"][number] == 0)


def _often_met(ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    met = Introduction.objects.filter(target__in=list(ids), introduced_at__isnull=False).order_by()
    rows = met.values_list("target_id").annotate(times=Count("id"))
    return {one for one, times in rows if times >= OFTEN_FROM}
