"""What follows: how long it took, as the one says and the other confirms; what one learned."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError
from footbridge.core.versions import Version, expect
from footbridge.hours import letters
from footbridge.hours.actions._steps import lock, note, require, said
from footbridge.hours.models import Booking
from footbridge.hours.policy import LONGEST
from footbridge.hours.states import Move
from footbridge.people.models import Person


@transaction.atomic
def tell(
    *,
    actor: Person,
    booking: Booking,
    minutes: int,
    learned: str = "",
    version: Version | None = None,
) -> Booking:
    """Say how long it took; 0 minutes if it did not take place, which nobody else is told. It
    can be said anew until the other has confirmed it. `version` is that of what was seen of it: a
    newer one raises Overtaken."""
    booking = lock(booking)
    require(actor, Move.TELL, booking)
    _expect(version, booking)
    was = booking.giver_minutes
    booking.giver_minutes, booking.told_at = _checked(minutes), clock.now()
    booking.learned = said(learned, "learned") or booking.learned
    booking.save()
    if booking.giver_minutes and booking.giver_minutes != was:
        letters.ask_to_confirm(booking)
    note("told", booking, actor)
    return booking


def _expect(version: Version | None, booking: Booking) -> None:
    theirs = {"minutes": booking.giver_minutes, "learned": booking.learned}
    expect(version, booking.told_version, lambda: theirs)


def _checked(minutes: int) -> int:
    if not 0 <= minutes <= LONGEST:
        message = _("Say a number of minutes from 0 to %(most)d.") % {"most": LONGEST}
        raise DomainError(message, field="minutes")
    return minutes


@transaction.atomic
def confirm(*, actor: Person, booking: Booking, minutes: int) -> Booking:
    """Confirm how long it took, or say another figure. Both are kept; this one counts."""
    booking = lock(booking)
    is_mine = booking.receiver_id == actor.id
    if is_mine and minutes == booking.receiver_minutes:
        return booking
    require(actor, Move.CONFIRM, booking)
    booking.receiver_minutes, booking.confirmed_at = _checked(minutes), clock.now()
    booking.save()
    note("confirmed", booking, actor)
    return booking


@transaction.atomic
def learn(
    *, actor: Person, booking: Booking, learned: str, version: Version | None = None
) -> Booking:
    """Write down, in one line and for oneself, what one learned."""
    booking = lock(booking)
    require(actor, Move.LEARN, booking)
    _expect(version, booking)
    booking.learned = said(learned, "learned")
    booking.save(update_fields=["learned"])
    return booking
