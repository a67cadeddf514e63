"""What time does: questions run out, people are asked how it went, a new quarter begins.

Each function looks for what is due, takes one row at a time, looks again under the lock and marks
what it did. So any number of workers may call it, as often as they like.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core import clock
from footbridge.core.due import for_each
from footbridge.hours import letters
from footbridge.hours.actions._steps import move_to, note
from footbridge.hours.models import Availability, Booking
from footbridge.hours.policy import TOLD_WITHIN
from footbridge.hours.states import UNANSWERED, State
from footbridge.hours.windows import before, quarter_of
from footbridge.journal import actions as journal
from footbridge.people.states import Standing

_ASKED_AFTER = timedelta(hours=1)
# Whoever was away for the first weeks of a quarter is asked all the same; later it is too late.
_ASKED_AGAIN_WITHIN = timedelta(days=45)
_BOOKING = ("giver__chapter", "giver__place", "receiver__chapter", "need", "on_behalf_of")


def end_what_ran_out() -> int:
    """End what nobody answered in time; who asked is told "not this time", as of a refusal."""
    return for_each(_run_out, _end, *_BOOKING)


def _run_out() -> QuerySet[Booking]:
    due = Booking.objects.filter(state__in=UNANSWERED, expires_at__lte=clock.now())
    return due.order_by("expires_at")


def _end(booking: Booking) -> None:
    was_proposed = booking.state == State.PROPOSED
    move_to(State.EXPIRED, booking)
    letters.not_now(booking, to_giver=was_proposed)
    note("expired", booking)


def ask_how_it_went() -> int:
    """An hour after an appointment, ask who gave their time whether it took place."""
    return for_each(_to_ask, _ask, *_BOOKING)


def _to_ask() -> QuerySet[Booking]:
    now = clock.now()
    over = Booking.objects.filter(state=State.AGREED, ends_at__lte=now - _ASKED_AFTER)
    over = over.filter(ends_at__gt=now - TOLD_WITHIN, giver_minutes=None)
    return over.filter(asked_how_it_went_at=None).order_by("ends_at")


def _ask(booking: Booking) -> None:
    booking.asked_how_it_went_at = clock.now()
    booking.save(update_fields=["asked_how_it_went_at"])
    letters.ask_how_it_went(booking)
    note("asked_how_it_went", booking)


def offer_the_same_again() -> int:
    """In a new quarter, ask who gave their time in the last one: the same again? Once each."""
    if clock.today() - quarter_of(clock.today()) > _ASKED_AGAIN_WITHIN:
        return 0
    return for_each(_of_last_quarter, _offer_again, "person__chapter", "person__place")


def _of_last_quarter() -> QuerySet[Availability]:
    this: date = quarter_of(clock.today())
    said = Availability.objects.filter(person=OuterRef("person"), quarter=this)
    awake = Q(person__paused_until=None) | Q(person__paused_until__lt=clock.today())
    last = Availability.objects.filter(awake, ~Exists(said), quarter=before(this))
    last = last.filter(person__standing=Standing.JOINED, is_paused=False, asked_again_at=None)
    return last.order_by("id")


def _offer_again(availability: Availability) -> None:
    availability.asked_again_at = clock.now()
    availability.save(update_fields=["asked_again_at"])
    letters.same_again(availability)
    journal.record("hours.asked_again", availability.id)
