"""How long it is remembered who was asked to a session and did not come, and who walked in."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.meetings.models import Jotting, Seat
from footbridge.meetings.policy import LINK_LASTS_AFTERWARDS, REMEMBERED_FOR
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.people.states import Standing


def forget_who_did_not_come() -> int:
    """Delete the seats of those who did not sit in a session, a year after it; returns how many.
    That somebody was there stays, so that whom they met there stays."""
    begun = clock.now() - REMEMBERED_FOR
    old = Seat.objects.filter(session__starts_at__lt=begun, came_at=None)
    gone, _each = old.delete()
    return gone


def forget_who_walked_in_once() -> int:
    """Erase those who were listed at a door, and whom nobody has heard of for a year since: no
    other seat, no invitation, nothing that a host wrote of them. Returns how many."""
    due = list(_unheard_of())
    for person in due:
        people.erase(actor=OPERATOR, person=person)
    return len(due)


def forget_what_was_not_shown() -> int:
    """Delete what was written in silent minutes and shown to nobody, when the links of its
    session end; returns how many."""
    begun = clock.now() - LINK_LASTS_AFTERWARDS
    gone, _each = Jotting.objects.filter(seat__session__starts_at__lt=begun).delete()
    return gone


def _unheard_of() -> QuerySet[Person]:
    begun = clock.now() - REMEMBERED_FOR
    seats = Seat.objects.filter(person=OuterRef("pk"))
    at_door = seats.filter(listed_at_door=True, session__starts_at__lt=begun)
    since = seats.filter(session__starts_at__gte=begun)
    left_alone = Person.objects.filter(standing=Standing.KNOWN, account=None)
    # Their address is written down a moment later; whatever comes after that is a host's word.
    left_alone = left_alone.filter(changed_at__lte=F("created_at") + timedelta(days=1))
    return left_alone.filter(Exists(at_door)).exclude(Exists(since))
