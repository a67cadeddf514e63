"""Every message about somebody's time: to whom, in which language, with which links.

They are for their readers alone: an outbox that told who was asked when would tell who refused.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from footbridge.core import times
from footbridge.hours.cards import quarter_words, window_words, windows_of
from footbridge.hours.models import Availability, Booking
from footbridge.hours.queries import again_path, booking_path, calendar_path
from footbridge.hours.windows import after
from footbridge.mail import actions as mail
from footbridge.people.models import Person
from footbridge.people.queries import language_of

_ANSWER = gettext_lazy("Read and answer")
_OPEN = gettext_lazy("Your appointment")
_IN_CALENDAR = gettext_lazy("Put it into your calendar")
_TAKE_OUT = gettext_lazy("Take it out of your calendar")
_TELL = gettext_lazy("Tell in one tap")
_CONFIRM = gettext_lazy("Confirm in one tap")
_AGAIN: Any = gettext_lazy("The same again, or other times")


def ask(booking: Booking) -> None:
    """Ask whose time it is."""
    _send("time_asked", booking, booking.giver, _ANSWER)


def propose(booking: Booking) -> None:
    """Tell who asked that another time is proposed, and ask whether it suits."""
    _send("time_proposed", booking, booking.receiver, _ANSWER)


def agree(booking: Booking) -> None:
    """Tell both when and where, with each other's address and a file for the calendar."""
    for person in (booking.giver, booking.receiver):
        _send("time_agreed", booking, person, _OPEN, calendar=_IN_CALENDAR)


def not_now(booking: Booking, *, to_giver: bool = False) -> None:
    """Tell who waits "not this time", in the same words whatever lies behind it."""
    _send("time_not_now", booking, booking.giver if to_giver else booking.receiver, _OPEN)


def cancel(booking: Booking, *, because: str) -> None:
    """Tell both that it is called off; the calendars of both are told by the same link."""
    for person in (booking.giver, booking.receiver):
        _send("time_cancelled", booking, person, _OPEN, calendar=_TAKE_OUT, because=because)


def ask_how_it_went(booking: Booking) -> None:
    """Ask who gave their time whether it took place, and how long."""
    _send("time_tell", booking, booking.giver, _TELL)


def ask_to_confirm(booking: Booking) -> None:
    """Ask who was given the time whether that is so."""
    told = booking.giver_minutes
    occasion = f"{told}:{booking.told_at:%Y%m%dT%H%M%S}"
    _send("time_confirm", booking, booking.receiver, _CONFIRM, occasion=occasion, told=told)


def same_again(availability: Availability) -> None:
    """Ask, at the beginning of a quarter, for the same times as in the last one."""
    person = availability.person
    language = language_of(person, person.chapter)
    with translation.override(language):
        context = {
            "quarter": quarter_words(after(availability.quarter)),
            "windows": [window_words(one) for one in windows_of(availability) if not one.day],
        }
    mail.send(
        "time_again",
        to_address=person.email or "",
        to_name=person.name,
        to_person=person.id,
        language=language,
        context=context,
        links=[(_AGAIN, again_path(availability))],
        private=True,
        once=f"time_again:{availability.id}",
    )


def _send(
    kind: str,
    booking: Booking,
    reader: Person | None,
    words: Any,
    *,
    calendar: Any = None,
    occasion: str = "",
    **more: Any,
) -> None:
    if reader is None:
        return
    language = language_of(reader, reader.chapter)
    with translation.override(language):
        context = _context(booking, reader)
    links: list[tuple[Any, str]] = [(words, booking_path(booking, reader))]
    if calendar is not None:
        links.append((calendar, calendar_path(booking, reader)))
    mail.send(
        kind,
        to_address=reader.email or "",
        to_name=reader.name,
        to_person=reader.id,
        language=language,
        context=context | more,
        links=links,
        private=True,
        once=f"{kind}:{booking.id}:{reader.id}:{occasion or booking.calendar_sequence}",
    )


def _context(booking: Booking, reader: Person) -> dict[str, Any]:
    other = booking.receiver if reader.id == booking.giver_id else booking.giver
    return {
        "other": other.name if other else "",
        "other_email": (other.email or "") if other else "",
        "on_behalf_of": booking.on_behalf_of.name if booking.on_behalf_of else "",
        "what_for": booking.what_for,
        "facts": _facts(booking),
        "minutes": booking.minutes,
        "where": booking.where,
        "online_link": booking.online_link,
        "is_online": booking.is_online,
        "could_not_pay": booking.could_not_pay,
        "answer_by": _moment(booking.expires_at, booking.timezone),
        "is_giver": reader.id == booking.giver_id,
    }


def _facts(booking: Booking) -> list[dict[str, str]]:
    need = booking.need.text if booking.need else ""
    how = _("Online") if booking.is_online else _("In person")
    begins, clocks = _moment(booking.starts_at, booking.timezone), times.clocks(booking.timezone)
    facts = [
        (_("When"), f"{begins} ({clocks})"),
        (_("How"), how),
        (_("The need"), need),
        (_("What for"), booking.what_for),
    ]
    return [{"label": label, "words": words} for label, words in facts if words]


def _moment(value: Any, timezone: str) -> str:
    there = times.there(value, timezone).replace(tzinfo=None)
    said = {"day": date_format(there, "DATE_FORMAT"), "at": date_format(there, "TIME_FORMAT")}
    return _("%(day)s, %(at)s") % {**said, "day": f"{date_format(there, 'l')}, {said['day']}"}
