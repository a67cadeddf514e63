"""Whose time fits a need: the people who answer it best, local first, with a slot of each."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from footbridge.core.errors import NotHere
from footbridge.exchange import queries as exchange
from footbridge.exchange.models import Need
from footbridge.exchange.policy import may_open
from footbridge.hours import queries as hours
from footbridge.hours.cards import SlotCard
from footbridge.hours.models import Availability
from footbridge.insight import queries
from footbridge.insight.cards import Reason, Suggestion
from footbridge.people.cards import MemberCard
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

# So many of those who have time are ranked; three are shown.
RANKED = 12


@dataclass(frozen=True)
class FittingSlot:
    """A time that somebody has, who they are, and why they fit."""

    slot: SlotCard
    giver: MemberCard
    reasons: tuple[Reason, ...]
    is_local: bool


def slots_for(viewer: Viewer, need: Need, *, top: int = 3) -> list[FittingSlot]:
    """Up to so many slots for a need: of those who can answer it, the ones nearby first, then
    online; one of each person, and more of the same person where there are too few."""
    if not may_open(viewer, need.owner):
        raise NotHere
    open_ = hours.givers_open_to(viewer, need)
    if not open_:
        return []
    answers = queries.answering(viewer, need, among=set(open_), top=RANKED)
    near = hours.where_it_is_needed(need, viewer)
    local = {one for one in open_ if hours.is_local(open_[one], near)}
    ranked = [found for found in answers if _can_meet(open_[found.card.id], found, local)]
    ranked.sort(key=lambda found: found.card.id not in local)
    slots = hours.next_slots(open_[found.card.id] for found in ranked)
    return list(_in_turn(ranked, slots, local, top))


def _can_meet(availability: Availability, found: Suggestion, local: set[uuid.UUID]) -> bool:
    """Who is too far away to meet in person can only be met online."""
    return found.card.id in local or availability.manner != "in_person"


def _in_turn(
    ranked: Sequence[Suggestion],
    slots: Mapping[uuid.UUID, Sequence[SlotCard]],
    local: set[uuid.UUID],
    top: int,
) -> Iterable[FittingSlot]:
    """The first slot of each, then the second of each."""
    rounds = max((len(of) for of in slots.values()), default=0)
    found = (
        FittingSlot(slots[one.card.id][turn], one.card, one.reasons, one.card.id in local)
        for turn in range(rounds)
        for one in ranked
        if turn < len(slots.get(one.card.id, ()))
    )
    return (slot for slot, _ in zip(found, range(top), strict=False))


@dataclass(frozen=True)
class TimeForNeed:
    """A need for which others have time."""

    id: uuid.UUID
    text: str
    slots: tuple[FittingSlot, ...]


def time_for(viewer: Person) -> TimeForNeed | None:
    """Who has time for what somebody needs most: the urgent first, then the latest."""
    if not hours.is_any_open_to(viewer):
        return None
    needs = exchange.open_needs(viewer).filter(owner=viewer.id).select_related("owner__place")
    need = needs.order_by("-urgent", "-opened_at", "id").first()
    slots = slots_for(viewer, need) if need else []
    return TimeForNeed(need.id, need.text, tuple(slots)) if need and slots else None
