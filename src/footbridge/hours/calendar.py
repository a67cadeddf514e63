"""The calendar file of an appointment, for one of the two: to put it in, or to take it out."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event

from footbridge.core import calendars
from footbridge.hours.models import Booking
from footbridge.hours.states import State
from footbridge.people.models import Person

_ORGANISER = "Footbridge"


def of_booking(booking: Booking, person: Person) -> bytes:
    """What the link to a calendar file gives now: the invitation; or, where the two do not meet,
    what takes it out again."""
    is_off = booking.state != State.AGREED
    event = calendars.with_guest(
        _event(booking, person, is_off),
        person.id,
        person.name,
        "DECLINED" if is_off else "ACCEPTED",
    )
    return calendars.file("CANCEL" if is_off else "REQUEST", [event])


def _event(booking: Booking, person: Person, is_off: bool) -> Event:
    other = booking.receiver if person.id == booking.giver_id else booking.giver
    name = other.name if other else _("Someone who has left")
    event = calendars.event(
        booking.id,
        sequence=booking.calendar_sequence,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        timezone=booking.timezone,
        summary=_("With %(name)s") % {"name": name},
        organiser=booking.chapter.name if booking.chapter else _ORGANISER,
        is_off=is_off,
    )
    if place := booking.where or booking.online_link:
        event.add("location", place)
    event.add("description", booking.what_for)
    event.add("url", f"{settings.PUBLIC_URL}/time/booked/{booking.id}/")
    return event
