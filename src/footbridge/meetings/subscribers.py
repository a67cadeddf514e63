"""Reactions to what the journal tells."""

from __future__ import annotations

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict
from footbridge.journal.actions import subscribe
from footbridge.journal.models import Entry
from footbridge.mail.models import Message
from footbridge.meetings import actions
from footbridge.meetings.letters import walk_in_letter
from footbridge.meetings.models import Seat
from footbridge.meetings.states import TAKEN, Holding, State
from footbridge.people import actions as people


@subscribe("meetings.walked_in")
def keep_the_address(entry: Entry) -> None:
    """Who was listed at the door keeps the address that they gave, unless somebody has it. Nobody
    at the door waits for this, so nobody there learns which it was."""
    rows = Seat.objects.select_related("person").filter(id=entry.subject, listed_at_door=True)
    seat = rows.filter(person__email=None).first()
    letter = Message.objects.filter(once=walk_in_letter(seat)).first() if seat else None
    if seat is None or letter is None or not letter.to_address:
        return
    try:
        people.edit(OPERATOR, seat.person, email=letter.to_address)
    except Conflict:
        return


@subscribe("circles.left")
def give_seats_back(entry: Entry) -> None:
    """Whoever leaves a circle comes to none of its sessions that lie ahead."""
    rows = Seat.objects.select_related("session", "person").filter(
        session__circle=entry.facts["circle"],
        person=entry.actor,
        holding__in=(Holding.INVITED, *TAKEN, Holding.WAITING),
        session__state=State.OPEN,
    )
    for seat in rows.order_by("session_id"):
        actions.take_back(actor=OPERATOR, seat=seat)
