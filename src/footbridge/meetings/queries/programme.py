"""Reading the programme of an event, and who waits to hear of the next session of a series."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from footbridge.core.errors import NotHere
from footbridge.meetings import policy
from footbridge.meetings.cards import SessionCard
from footbridge.meetings.models import Interest, Session
from footbridge.meetings.queries.sessions import cards
from footbridge.meetings.states import State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer
from footbridge.people.queries import as_id


@dataclass(frozen=True)
class Slot:
    """What begins at one moment: for each track of the programme, in its order, the parts."""

    starts_at: datetime
    cells: tuple[tuple[SessionCard, ...], ...]


@dataclass(frozen=True)
class Programme:
    """The parts of an event by time and track. A track is a name; there may be one without."""

    tracks: tuple[str, ...]
    slots: tuple[Slot, ...]

    @property
    def parts(self) -> list[SessionCard]:
        return [card for slot in self.slots for cell in slot.cells for card in cell]


def programme(viewer: Viewer, event: Session) -> Programme:
    """The parts of an event that someone may see; those that were called off are left out."""
    rows = policy.visible_to(viewer).filter(event=event).exclude(state=State.CANCELLED)
    found = cards(viewer, rows.order_by("starts_at", "track", "title", "id"))
    tracks = tuple(sorted({card.track for card in found}, key=str.casefold))
    moments = sorted({card.starts_at for card in found})
    return Programme(tracks, tuple(_slot(moment, tracks, found) for moment in moments))


def _slot(moment: datetime, tracks: Sequence[str], found: Sequence[SessionCard]) -> Slot:
    now = [card for card in found if card.starts_at == moment]
    return Slot(moment, tuple(tuple(c for c in now if c.track == track) for track in tracks))


def get_part(viewer: Viewer, event: Session, part_id: uuid.UUID | str) -> Session:
    """One part of an event, or NotHere."""
    wanted = as_id(str(part_id))
    rows = policy.visible_to(viewer).filter(event=event)
    found = rows.filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def interested_in(session: Session) -> QuerySet[Person]:
    """Who wanted to hear of, or to help with, what other sessions of the series began, and has no
    seat in this one. For who invites."""
    if session.series_id is None:
        return Person.objects.none()
    names = Interest.objects.filter(session__series=session.series_id).exclude(session=session)
    people = Person.objects.filter(id__in=names.values("person"))
    return people.exclude(seats__session=session).order_by("folded", "id")


def how_many_interested(viewer: Viewer, session: Session) -> int:
    """How many of them may be asked now, for the hosts of the session."""
    if not policy.hosts(viewer, session):
        return 0
    people = interested_in(session).select_related("chapter")
    return sum(policy.may_be_invited(one, session.chapter) for one in people)
