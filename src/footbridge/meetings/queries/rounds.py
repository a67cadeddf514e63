"""Reading rounds: all of them for who runs the session, what has begun for who sits in it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.meetings import policy, seated
from footbridge.meetings.models import Seat, Session, Sitting
from footbridge.meetings.states import State
from footbridge.people.policy import Viewer

Ids = set[uuid.UUID]
# Where a session stands alone; a series has its own.
APART_DAYS = 90


def rounds(viewer: Viewer, session: Session) -> list[seated.RoundCard]:
    """The session's rounds, in order, as far as someone may see them."""
    found = policy.rounds_visible_to(viewer, session).prefetch_related("sittings__seat__person")
    return seated.cards_of(session, found)


def my_table(viewer: Viewer, session: Session) -> tuple[seated.RoundCard, seated.TableCard] | None:
    """The round that runs and the table at which someone sits in it, if they do."""
    if isinstance(viewer, Operator) or session.state != State.RUNNING:
        return None
    mine = Sitting.objects.filter(
        seat__person=viewer, round__session=session, round__started_at__isnull=False
    )
    sitting = mine.filter(round__ended_at=None).first()
    running = next((one for one in rounds(viewer, session) if one.is_running), None)
    if sitting is None or running is None:
        return None
    return running, next(one for one in running.tables if one.number == sitting.table)


def apart_days(session: Session) -> int:
    """For how many days two people who sat together are kept from sitting together again."""
    return session.series.apart_days if session.series else APART_DAYS


def met_since(people: Collection[uuid.UUID], days: int, *, but: Session) -> dict[uuid.UUID, Ids]:
    """For each of these people, with whom of them they sat at a table, or talked on after a talk,
    within so many days, in another session than this one. For the seating alone: no door shows
    it."""
    begun = clock.now() - timedelta(days=days)
    rows = (
        Sitting.objects.filter(seat__person__in=people, round__started_at__gte=begun)
        .exclude(round__session=but)
        .order_by()
        .values_list("round_id", "table", "seat__person_id")
    )
    at: dict[tuple[uuid.UUID, int], Ids] = defaultdict(set)
    for round_id, table, person in rows:
        at[round_id, table].add(person)
    talked = Seat.objects.filter(person__in=people, pairing__made_at__gte=begun)
    talked = talked.exclude(session=but).order_by()
    for pairing, person in talked.values_list("pairing_id", "person_id"):
        at[pairing, 0].add(person)
    found: dict[uuid.UUID, Ids] = {person: set() for person in people}
    for table_mates in at.values():
        for person in table_mates:
            found[person] |= table_mates - {person}
    return found
