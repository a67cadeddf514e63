"""The steps that the operations share: lock whose time it is first, then who asks, then the
appointment; authorise, move."""

from __future__ import annotations

import uuid

from django.db.models import Q
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.core.words import clean_line
from footbridge.hours import policy
from footbridge.hours.models import MOST_WORDS, Availability, Booking
from footbridge.hours.states import LIVE, MOVES, UNANSWERED, Move, Role, State
from footbridge.journal import actions as journal
from footbridge.people.models import Person


def lock_time(availability_id: uuid.UUID) -> Availability:
    """Take somebody's time in a quarter for the length of the transaction, before any of its
    appointments: so that two who race for one slot, or for the last hour, come one after the
    other. NotHere if it is gone."""
    rows = Availability.objects.select_for_update(of=("self",)).select_related("person", "place")
    found = rows.filter(id=availability_id).first()
    if found is None:
        raise NotHere
    return found


def lock_person(person: Person) -> Person:
    """Take who asks as well: they may ask for two slots at once."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("chapter", "place")
    found = rows.filter(id=person.id).first()
    if found is None:
        raise NotHere
    return found


def lock(booking: Booking) -> Booking:
    """Take an appointment, after the time that it lies in; NotHere if it is gone."""
    if booking.slot is not None:
        lock_time(booking.slot.availability_id)
    rows = Booking.objects.select_for_update(of=("self",))
    related = rows.select_related(
        "giver__chapter", "giver__place", "receiver__chapter", "need", "on_behalf_of", "slot"
    )
    found = related.filter(id=booking.id).first()
    if found is None:
        raise NotHere
    return found


def require(actor: Person, move: Move, booking: Booking) -> Role:
    """The actor's role, if they may do this now; else the reason in words they may read."""
    role = policy.role_of(actor, booking)
    if role is None:
        raise NotHere
    if move not in policy.moves(role, booking):
        raise _why_not(role, booking)
    return role


def _why_not(role: Role, booking: Booking) -> DomainError:
    state = State(booking.state)
    if state == State.WITHDRAWN:
        return Conflict(_("This is no longer asked: it was withdrawn."))
    if state == State.CANCELLED:
        return Conflict(_("This appointment was cancelled."))
    if state in (State.NOT_NOW, State.EXPIRED) or (state in UNANSWERED and policy.is_over(booking)):
        return Conflict(_("The time for this has passed."))
    if state == State.AGREED:
        return Conflict(_("You two have agreed on this already."))
    return NotAllowed(_("This cannot be done at this point."))


def move_to(state: State, booking: Booking) -> None:
    """Move to the next state; the caller has checked who may."""
    if state not in MOVES.get(State(booking.state), ()):
        raise Conflict(_("This cannot be done at this point."))
    booking.state = state
    booking.answered_at = clock.now()
    booking.calendar_sequence += 1
    booking.save()


def refuse_two_at_once(person: Person, booking: Booking) -> None:
    """Nobody is in two places: not the one who asks, nor the one who gives."""
    mine = Booking.objects.filter(Q(giver=person) | Q(receiver=person), state__in=LIVE)
    around = mine.filter(starts_at__lt=booking.ends_at, ends_at__gt=booking.starts_at)
    if around.exclude(id=booking.id).exists():
        raise Conflict(_("You have another appointment at that time."))


def said(words: str, field: str, *, needed: bool = False) -> str:
    """One sentence, tidied; refused when it is too long, or missing where it is needed."""
    tidied = clean_line(words)
    if needed and not tidied:
        raise DomainError(_("Please say it in a sentence."), field=field)
    if len(tidied) > MOST_WORDS:
        message = _("Please keep it to %(most)d characters.") % {"most": MOST_WORDS}
        raise DomainError(message, field=field)
    return tidied


def note(what: str, booking: Booking, actor: Person | None = None) -> None:
    """Note in the journal what happened to an appointment."""
    journal.record(f"hours.{what}", booking.id, actor=actor.id if actor else None)
