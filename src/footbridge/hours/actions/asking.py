"""Asking for somebody's time, for a need; and taking the question back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed, NotHere
from footbridge.exchange.models import Need
from footbridge.exchange.policy import may_open
from footbridge.hours import letters, policy
from footbridge.hours.actions._steps import (
    lock,
    lock_person,
    lock_time,
    move_to,
    note,
    refuse_two_at_once,
    require,
    said,
)
from footbridge.hours.models import Availability, Booking, Slot
from footbridge.hours.states import UNANSWERED, Manner, Move, State
from footbridge.people.models import Person


class SlotTaken(Conflict):
    """Somebody else was first, or the hours of the quarter are given away. `next` is the id of
    the next slot of the same person that is still free, if there is one."""

    code = "slot_taken"

    def __init__(self, message: str, *, next_slot: Slot | None) -> None:
        super().__init__(message)
        self.next = next_slot


@transaction.atomic
def ask(
    *,
    actor: Person,
    slot: Slot,
    need: Need,
    what_for: str,
    manner: str = "",
    could_not_pay: bool = False,
) -> Booking:
    """Ask for a slot, for a need of one's own side. It is kept until the answer.

    Raises SlotTaken when somebody was quicker; LimitReached while too much waits for an answer.
    """
    tidied = said(what_for, "what_for", needed=True)
    availability = lock_time(slot.availability_id)
    receiver = lock_person(actor)
    need = _still_open(receiver, need)
    _check_open(receiver, availability, need, could_not_pay)
    chosen = _still_free(slot, availability)
    _check_budget(receiver)
    booking = _booking(availability, chosen, receiver, need)
    booking.what_for, booking.could_not_pay = tidied, could_not_pay
    _meet(booking, availability, manner)
    refuse_two_at_once(receiver, booking)
    booking.save()
    booking.causes.set(need.causes.all())
    letters.ask(booking)
    note("asked", booking, actor)
    return booking


def _still_open(actor: Person, asked_for: Need) -> Need:
    """The need as it stands now, if somebody may ask for it."""
    need = Need.objects.select_related("owner", "place").filter(id=asked_for.id).first()
    if not actor.has_joined:
        raise NotAllowed(_("Only members can ask for somebody's time."))
    if need is None or not may_open(actor, need.owner):
        raise NotHere
    if not need.is_open:
        raise Conflict(_("This need is closed. Open it again first."))
    if actor.is_paused:
        raise NotAllowed(_("You are pausing. End your pause to ask for somebody's time."))
    return need


def _check_open(actor: Person, availability: Availability, need: Need, could_not_pay: bool) -> None:
    """What must stay a secret is not here; what was said in the open is said once more."""
    if not policy.open_to(actor).filter(id=availability.id).exists():
        raise NotHere
    if not policy.suits(availability, need.owner):
        raise NotAllowed(_("This time is meant for others."))
    if availability.only_unpaid and not could_not_pay:
        raise DomainError(
            _("This time is for those who could not pay for it. Say so, if that is you."),
            field="could_not_pay",
        )


def _still_free(slot: Slot, availability: Availability) -> Slot:
    """The slot as it stands now that its owner's time is locked."""
    free = list(policy.free(availability.slots.all()))
    left = policy.minutes_left([availability])[availability.id]
    chosen = next((one for one in free if one.id == slot.id), None)
    if chosen is None:
        others = [one for one in free if one.minutes <= left]
        raise SlotTaken(_("Somebody was quicker: this time is taken."), next_slot=_first(others))
    if chosen.minutes > left:
        raise SlotTaken(_("All hours of this quarter are given away."), next_slot=None)
    return chosen


def _first(slots: list[Slot]) -> Slot | None:
    return min(slots, key=lambda one: (one.starts_at, one.id), default=None)


def _check_budget(actor: Person) -> None:
    open_ = Booking.objects.filter(receiver=actor, state__in=UNANSWERED)
    if open_.filter(expires_at__gt=clock.now()).count() >= policy.MOST_ASKED:
        message = _("You wait for %(most)d answers already. Wait for one, or withdraw one.")
        raise LimitReached(message % {"most": policy.MOST_ASKED})


def _booking(availability: Availability, slot: Slot, receiver: Person, need: Need) -> Booking:
    return Booking(
        slot=slot,
        giver=availability.person,
        receiver=receiver,
        on_behalf_of=None if need.owner_id == receiver.id else need.owner,
        need=need,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        timezone=availability.timezone,
        expires_at=policy.answer_by(slot.starts_at),
        chapter_id=receiver.chapter_id,
    )


def _meet(booking: Booking, availability: Availability, manner: str) -> None:
    """How the two meet: as the one offers, and where both ways are offered, as the other likes."""
    offered = availability.manner
    if manner and offered not in (Manner.EITHER, manner):
        raise DomainError(_("This way to meet is not offered."), field="manner")
    chosen = (manner or Manner.ONLINE) if offered == Manner.EITHER else offered
    if chosen not in (Manner.ONLINE, Manner.IN_PERSON):
        raise DomainError(_("Say whether you meet online or in person."), field="manner")
    booking.is_online = chosen == Manner.ONLINE
    booking.online_link = availability.online_link if booking.is_online else ""
    booking.where = "" if booking.is_online else _where(availability)


def _where(availability: Availability) -> str:
    place = availability.place.name if availability.place else ""
    return ", ".join(part for part in (availability.where, place) if part)[:300]


@transaction.atomic
def withdraw(*, actor: Person, booking: Booking) -> Booking:
    """Take the question back before it is answered. Nobody is told; the link that the other holds
    says that it is no longer asked."""
    booking = lock(booking)
    if booking.state == State.WITHDRAWN and actor.id == booking.receiver_id:
        return booking
    require(actor, Move.WITHDRAW, booking)
    move_to(State.WITHDRAWN, booking)
    note("withdrawn", booking, actor)
    return booking
