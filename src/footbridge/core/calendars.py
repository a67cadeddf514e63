"""Calendar files: something to put into a calendar or to take out of it (RFC 5545 and 5546).

No address of anybody stands in them. Guests are named by a random id, the organiser by the
address from which the installation writes.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from footbridge.core import clock, times

_MADE_BY = "-//Footbridge//Sessions//EN"


def event(
    thing: uuid.UUID,
    *,
    sequence: int,
    starts_at: datetime,
    ends_at: datetime,
    timezone: str,
    summary: str,
    organiser: str,
    is_off: bool,
) -> Event:
    """What takes place, by the clocks of its own time zone. Whoever has it in their calendar
    keeps the event with the highest sequence."""
    made = Event()
    made.add("uid", f"{thing}@{settings.PUBLIC_HOST}")
    made.add("dtstamp", clock.now())
    made.add("sequence", sequence)
    made.add("dtstart", times.there(starts_at, timezone))
    made.add("dtend", times.there(ends_at, timezone))
    made.add("summary", summary)
    made.add("status", "CANCELLED" if is_off else "CONFIRMED")
    made.add("organizer", _organiser(organiser), encode=False)
    return made


def _organiser(name: str) -> vCalAddress:
    """A chapter, at the address of the installation: no host's own address."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or f"footbridge@{settings.PUBLIC_HOST}"
    organiser = vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = vText(name)
    return organiser


def with_guest(made: Event, guest: uuid.UUID, name: str, answer: str) -> Event:
    """The same event with one guest: who, and what they answered, in the words of the format."""
    address = vCalAddress(f"urn:uuid:{guest}")
    address.params["CN"] = vText(name)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText(answer)
    made.add("attendee", address, encode=False)
    return made


def file(method: str, events: Sequence[Event], name: str = "") -> bytes:
    """A calendar file: REQUEST to put something in, CANCEL to take it out, PUBLISH for a feed."""
    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    for each in events:
        calendar.add_component(each)
    _say_what_the_zones_are(calendar, events)
    return bytes(calendar.to_ical())


def _say_what_the_zones_are(calendar: Calendar, events: Sequence[Event]) -> None:
    """When the clocks change in each time zone that is named, for the years around."""
    moments = [each.decoded("dtstart") for each in events]
    if moments:
        year = timedelta(days=366)
        calendar.add_missing_timezones(min(moments).date() - year, max(moments).date() + year)
