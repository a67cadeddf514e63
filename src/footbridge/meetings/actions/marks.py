"""Whom one wants to meet again. It is private: only what both wish is shown, and to both alone."""

from __future__ import annotations

from django.db import transaction

from footbridge.core.errors import NotHere
from footbridge.meetings import afterwards, letters
from footbridge.meetings.actions._steps import lock, tell
from footbridge.meetings.actions.harvest import lock_there
from footbridge.meetings.models import Mark, Seat
from footbridge.people.models import Person


@transaction.atomic
def mark(*, actor: Person, seat: Seat) -> bool:
    """Wish to meet somebody again with whom one sat. Returns whether both wish it by now; both are
    told then. Doing it twice changes nothing."""
    session, mine = lock_there(actor, seat.session)
    rows = afterwards.sat_with(mine).select_related("person__chapter")
    other = rows.filter(id=seat.id).first()
    if other is None:
        raise NotHere
    other.session = session
    _made, is_new = Mark.objects.get_or_create(seat=mine, other=other)
    is_both = Mark.objects.filter(seat=other, other=mine).exists()
    if is_new:
        # The journal keeps that one wished, never whom.
        tell("marked", mine, actor)
    if is_new and is_both:
        letters.both_again(mine, other)
        letters.both_again(other, mine)
    return is_both


@transaction.atomic
def unmark(*, actor: Person, seat: Seat) -> None:
    """Take the wish back. Nobody is told."""
    lock(seat.session_id)
    mine = afterwards.seat_there(actor, seat.session_id)
    if mine is None:
        raise NotHere
    gone, _each = Mark.objects.filter(seat=mine, other=seat.id).delete()
    if gone:
        tell("unmarked", mine, actor)
