"""How long it is remembered when somebody had time, and what was asked for in vain."""

from __future__ import annotations

from datetime import timedelta

from footbridge.core import clock
from footbridge.hours.models import Booking, Slot
from footbridge.hours.states import State

REMEMBERED_FOR = timedelta(days=365)
SLOTS_REMEMBERED_FOR = timedelta(days=30)
_IN_VAIN = (State.NOT_NOW, State.EXPIRED, State.WITHDRAWN, State.CANCELLED)


def forget_what_did_not_come_about() -> int:
    """Delete appointments that were not made, or were called off, or to which the other did not
    come, a year after; returns how many."""
    old = Booking.objects.filter(ends_at__lt=clock.now() - REMEMBERED_FOR)
    gone, _each = old.filter(state__in=_IN_VAIN).delete()
    missed, _each = old.filter(giver_minutes=0).delete()
    return gone + missed


def forget_past_slots() -> int:
    """Delete the slots of a month ago; the appointments in them keep their own time."""
    gone, _each = Slot.objects.filter(ends_at__lt=clock.now() - SLOTS_REMEMBERED_FOR).delete()
    return gone
