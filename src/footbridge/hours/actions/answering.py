"""What those who are asked say: yes, another time, not now. And what both may do until the hour
has come: cancel."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import Conflict, NotHere
from footbridge.hours import letters, policy
from footbridge.hours.actions._steps import (
    lock,
    lock_time,
    move_to,
    note,
    refuse_two_at_once,
    require,
    said,
)
from footbridge.hours.models import Booking, Slot
from footbridge.hours.states import Move, State
from footbridge.people.models import Person


@transaction.atomic
def agree(*, actor: Person, booking: Booking) -> Booking:
    """Say yes: both get each other's address, and a file for their calendar. Saying it twice
    changes nothing."""
    booking = lock(booking)
    if booking.state == State.AGREED and policy.role_of(actor, booking) is not None:
        return booking
    require(actor, Move.AGREE, booking)
    if _keep_apart(booking):
        return _end_in_silence(booking)
    refuse_two_at_once(actor, booking)
    move_to(State.AGREED, booking)
    letters.agree(booking)
    note("agreed", booking, actor)
    return booking


def _keep_apart(booking: Booking) -> bool:
    """Whether one of the two has asked since never to be brought together with the other."""
    receiver = booking.receiver
    return receiver is None or policy.avoid_one_another(booking.giver, receiver)


def _end_in_silence(booking: Booking) -> Booking:
    """It ends as "not now" does, for both."""
    move_to(State.NOT_NOW, booking)
    letters.not_now(booking)
    note("refused", booking)
    return booking


@transaction.atomic
def propose(*, actor: Person, booking: Booking, slot: Slot) -> Booking:
    """Say another time of one's own: it is kept instead, until the other has answered."""
    lock_time(slot.availability_id)
    booking = lock(booking)
    require(actor, Move.ANOTHER, booking)
    chosen = _own_free(actor, booking, slot)
    booking.slot = chosen
    booking.starts_at, booking.ends_at = chosen.starts_at, chosen.ends_at
    booking.timezone = chosen.availability.timezone
    booking.expires_at = policy.answer_by(chosen.starts_at)
    move_to(State.PROPOSED, booking)
    letters.propose(booking)
    note("proposed", booking, actor)
    return booking


def _own_free(actor: Person, booking: Booking, slot: Slot) -> Slot:
    """The slot, if it is still free and the hours of its quarter are enough for it."""
    rows = Slot.objects.select_related("availability").filter(availability__person=actor)
    chosen = policy.free(rows).filter(id=slot.id).first()
    if chosen is None:
        raise Conflict(_("This time is no longer free. Choose another one."))
    left = policy.minutes_left([chosen.availability])[chosen.availability_id]
    gives_back = booking.minutes if _is_in(booking, chosen) else 0
    if chosen.minutes > left + gives_back:
        raise Conflict(_("All hours of this quarter are given away."))
    return chosen


def _is_in(booking: Booking, slot: Slot) -> bool:
    """Whether an appointment lies in the same quarter of the same person."""
    old = booking.slot
    return old is not None and old.availability_id == slot.availability_id


@transaction.atomic
def not_now(*, actor: Person, booking: Booking) -> Booking:
    """Say "not now". The other is told so in the same words as if nobody had answered."""
    booking = lock(booking)
    if booking.state == State.NOT_NOW and policy.role_of(actor, booking) is not None:
        return booking
    require(actor, Move.NOT_NOW, booking)
    was_asked = booking.state == State.ASKED
    move_to(State.NOT_NOW, booking)
    letters.not_now(booking, to_giver=not was_asked)
    note("refused", booking, actor)
    return booking


@transaction.atomic
def cancel(*, actor: Person, booking: Booking, because: str = "") -> Booking:
    """Call it off before its hour; the other is told, and both calendars are."""
    booking = lock(booking)
    role = policy.role_of(actor, booking)
    if role is None:
        raise NotHere
    if booking.state == State.CANCELLED:
        return booking
    require(actor, Move.CANCEL, booking)
    words = said(because, "because")
    booking.cancelled_by = role
    move_to(State.CANCELLED, booking)
    letters.cancel(booking, because=words)
    note("cancelled", booking, actor)
    return booking
