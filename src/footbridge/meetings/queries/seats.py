"""Reading seats: who comes, who waits, who is there; and, for hosts alone, how often each came."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.meetings import policy
from footbridge.meetings.cards import SeatCard
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Holding, Part, State
from footbridge.people.cards import card as member_card
from footbridge.people.models import Member
from footbridge.people.policy import Viewer
from footbridge.people.queries import as_id, by_ids

_ORDER = (
    Holding.ACCEPTED, Holding.OFFERED, Holding.WAITING, Holding.INVITED,
    Holding.RELEASED, Holding.CANCELLED, Holding.DECLINED,
)  # fmt: skip


def seats(viewer: Viewer, session: Session) -> list[SeatCard]:
    """The seats that someone may see: those who come first, then the line, then the others."""
    shown = policy.seats_visible_to(viewer, session).select_related("person")
    rows = sorted(shown, key=_in_order)
    found = by_ids(viewer, [seat.person_id for seat in rows])
    line = list(policy.line(session).values_list("id", flat=True))
    said = _histories(session, rows) if policy.sees_history(viewer, session) else {}
    return [_card(viewer, seat, found, line, said.get(seat.person_id, "")) for seat in rows]


def _in_order(seat: Seat) -> tuple[int, str, uuid.UUID]:
    return _ORDER.index(Holding(seat.holding)), seat.person.folded, seat.id


def get_seat(viewer: Viewer, session: Session, seat_id: uuid.UUID | str) -> Seat:
    """One seat, or NotHere."""
    wanted = as_id(str(seat_id))
    shown = policy.seats_visible_to(viewer, session).select_related("person", "session__chapter")
    found = shown.filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def seat_of(viewer: Viewer, session: Session) -> Seat | None:
    """One's own seat in a session, if any."""
    if isinstance(viewer, Operator):
        return None
    return Seat.objects.filter(session=session, person=viewer).select_related("person").first()


def also_at(viewer: Viewer, seat: Seat) -> list[str]:
    """In which other sessions that the viewer runs somebody is ticked off at this moment: they can
    be in one place only. An event and its parts are one place."""
    session = seat.session
    here = Q(session=session.id) | Q(session__event=session.id)
    if session.event_id:
        here |= Q(session=session.event_id)
    there = Seat.objects.filter(
        person=seat.person_id, came_at__isnull=False, left_at=None, session__state=State.RUNNING
    ).exclude(here)
    rows = there.select_related("session__chapter").order_by("session__starts_at", "id")
    return [one.session.title for one in rows if policy.runs(viewer, one.session)]


def _card(
    viewer: Viewer,
    seat: Seat,
    found: dict[uuid.UUID, Member],
    line: list[uuid.UUID],
    history: str,
) -> SeatCard:
    member = found.get(seat.person_id)
    return SeatCard(
        id=seat.id,
        name=seat.person.name,
        person=member_card(viewer, member) if member else None,
        holding=seat.holding,
        holding_words=str(Holding(seat.holding).label),
        part=seat.part,
        part_words=str(Part(seat.part).label),
        confirmed=seat.confirmed_at is not None,
        came_at=seat.came_at,
        left_at=seat.left_at,
        walked_in=seat.walked_in,
        first_time=seat.first_time,
        waiting_place=line.index(seat.id) + 1 if seat.id in line else None,
        held_until=seat.held_until,
        turned_away=seat.turned_away_at is not None,
        comes_first=seat.comes_first,
        is_mine=not isinstance(viewer, Operator) and seat.person_id == viewer.id,
        history=history,
    )


# What hosts remember.


def _histories(session: Session, seats: Iterable[Seat]) -> dict[uuid.UUID, str]:
    people = [seat.person_id for seat in seats]
    said = policy.accepted_seats().filter(session__chapter=session.chapter_id, person__in=people)
    times: dict[uuid.UUID, list[bool]] = defaultdict(list)
    for person, came_at in said.exclude(session=session).values_list("person_id", "came_at"):
        times[person].append(came_at is not None)
    return {person: _in_words(sum(each), len(each)) for person, each in times.items()}


def _in_words(came: int, accepted: int) -> str:
    """Times that can be counted on one's fingers, never a share."""
    return _("came to %(came)d of %(accepted)d in the last year") % {
        "accepted": accepted,
        "came": came,
    }
