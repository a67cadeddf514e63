"""Every message about a seat: to whom, in which language, with which links.

Hosts may pass them on by hand: they tell nothing that hosts do not see in the session. The one
that does, of two who want to meet again, is sealed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from footbridge.core import clock, times
from footbridge.mail import actions as mail
from footbridge.mail.sealed import forget_reader, reader_named, send_sealed
from footbridge.meetings import policy
from footbridge.meetings.models import Improvement, Insight, Pairing, Seat, Session
from footbridge.meetings.queries.by_link import calendar_path, seat_path
from footbridge.meetings.seated import why_of
from footbridge.meetings.states import Holding
from footbridge.people.queries import language_of

_ANSWER = gettext_lazy("Look at it and answer")
_YOUR_SEAT = gettext_lazy("Your seat")
_IN_CALENDAR = gettext_lazy("Put it into your calendar")
_TAKE_OUT = gettext_lazy("Take it out of your calendar")
_ONE_QUESTION = gettext_lazy("Answer in one tap")
_DECIDE = gettext_lazy("Look at it and decide")
# The page of what is left behind hangs on that of the seat.
AFTERWARDS = "afterwards/"


def invite(seat: Seat) -> None:
    """Ask someone whether they come."""
    host = seat.invited_by.name if seat.invited_by else ""
    _send("seat_invited", seat, _ANSWER, host=host)


def accept(seat: Seat) -> None:
    """Tell someone that they have a seat."""
    confirmed = seat.confirmed_at is not None
    _send("seat_accepted", seat, _YOUR_SEAT, occasion=_stamp(seat), is_confirmed=confirmed)


def wait(seat: Seat, place: int) -> None:
    """Tell someone that they stand in line, and at which place."""
    _send("seat_waiting", seat, _YOUR_SEAT, occasion=_stamp(seat), place=place)


def offer(seat: Seat) -> None:
    """Tell the next in line that a seat is held for them, and until when."""
    assert seat.held_until is not None
    until = seat.held_until
    _send("seat_offered", seat, _ANSWER, occasion=_second(until), until=until)


def ask_to_confirm(seat: Seat, *, is_last: bool) -> None:
    """Ask someone who said yes whether they still come."""
    assert seat.asked_at is not None
    occasion = _second(seat.asked_at)
    _send("seat_confirm", seat, _ANSWER, occasion=occasion, is_last=is_last)


def release(seat: Seat, *, was_held: bool) -> None:
    """Tell someone that their seat, or the one that was held for them, was given on."""
    occasion = _second(clock.now())
    _send("seat_released", seat, _YOUR_SEAT, occasion=occasion, was_held=was_held)


def remind(seat: Seat) -> None:
    """Remind someone who comes of when and where."""
    _send("session_reminder", seat, _YOUR_SEAT, occasion=_second(seat.session.starts_at))


def walked_in(seat: Seat, address: str) -> None:
    """Write to the address that somebody gave at the door, whoever reads it."""
    _send("seat_walked_in", seat, _YOUR_SEAT, address=address)


def change(session: Session, seats: Iterable[Seat], *, moved: bool) -> None:
    """Tell those who come, and those in line, that the time or the place is another."""
    for seat in seats:
        occasion = str(session.calendar_sequence)
        _send("session_changed", seat, _YOUR_SEAT, occasion=occasion, is_moved=moved)


def cancel(session: Session, seats: Iterable[Seat]) -> None:
    """Tell everyone who was asked, comes or waits that it does not take place."""
    for seat in seats:
        _send("session_cancelled", seat, _YOUR_SEAT, because=session.cancelled_because)


# What comes after it.


def thank(seat: Seat) -> None:
    """Thank someone for having come, and ask them the one question."""
    _send("session_afterwards", seat, _ONE_QUESTION, page=AFTERWARDS)


def ask_to_tell(seat: Seat, insight: Insight) -> None:
    """Ask who said something whether it may be told on."""
    _send("insight_asked", seat, _DECIDE, page=AFTERWARDS, occasion=str(insight.id))


def both_again(seat: Seat, other: Seat) -> None:
    """Tell someone that another wants to meet them again, as they do. It is sealed: hosts, who
    may be the postmen, do not see it; without a mail server the page of the session says so."""
    person, session = seat.person, seat.session
    send_sealed(
        "meet_again",
        to_address=person.email or "",
        reader=_between(seat.id, other.id),
        language=language_of(person, session.chapter),
        context={"to_name": person.name, "title": session.title, "name": other.person.name},
    )


def talk_on(seat: Seat, others: Sequence[Seat], pairing: Pairing) -> None:
    """Tell someone with whom they talk on after a talk, why, and how to go about it. It is sealed:
    the address of the other is in it."""
    person, session = seat.person, seat.session
    language = language_of(person, session.chapter)
    with translation.override(language):
        why = why_of(pairing.why, [seat, *others])
    people = [{"name": one.person.name, "address": one.person.email or ""} for one in others]
    send_sealed(
        "talk_on",
        to_address=person.email or "",
        reader=_talking(pairing.id),
        language=language,
        context={"to_name": person.name, "title": session.title, "people": people, "why": why},
    )


def forget_talk(pairing: uuid.UUID) -> None:
    """Remove what is on its way to those who talk on with each other."""
    forget_reader(_talking(pairing))


def _talking(pairing: uuid.UUID) -> str:
    return reader_named(f"talk_on:{pairing}")


def forget_between(seat: uuid.UUID, other: uuid.UUID) -> None:
    """Remove what is on its way to either of two who want to meet again."""
    forget_reader(_between(seat, other))
    forget_reader(_between(other, seat))


def _between(seat: uuid.UUID, other: uuid.UUID) -> str:
    return reader_named(f"meet_again:{seat}:{other}")


def ask_to_be_named(seat: Seat, improvement: Improvement) -> None:
    """Ask whose word led to a change whether they want to be named for it."""
    occasion, change = str(improvement.id), improvement.change
    _send("change_credit", seat, _DECIDE, page=AFTERWARDS, occasion=occasion, change=change)


def _stamp(seat: Seat) -> str:
    assert seat.answered_at is not None
    return _second(seat.answered_at)


def _second(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


def _send(
    kind: str,
    seat: Seat,
    words: Any,
    *,
    occasion: str = "",
    address: str | None = None,
    page: str = "",
    **more: Any,
) -> None:
    """Write to the owner of a seat. The words of the links are put into their language by the
    time that the message is written."""
    person, session = seat.person, seat.session
    language = language_of(person, session.chapter)
    with translation.override(language):
        context = _context(seat)
        if isinstance(more.get("until"), datetime):
            more["until"] = when(more["until"], session.timezone)
        links = [(str(words), seat_path(seat) + page), *_calendar_link(kind, seat)]
    mail.send(
        kind,
        to_address=(person.email or "") if address is None else address,
        to_name=person.name,
        to_person=person.id,
        language=language,
        context=context | more,
        links=links,
        # Of a closed session hosts hear nothing, so they pass nothing on.
        private=session.is_closed,
        once=_once(kind, seat, occasion),
    )


def walk_in_letter(seat: Seat) -> str:
    """The occasion under which the letter to the address that was given at the door is kept."""
    return _once("seat_walked_in", seat, "")


def _once(kind: str, seat: Seat, occasion: str) -> str:
    return f"{kind}:{seat.id}:{occasion}"


_WITH_CALENDAR = frozenset({"seat_invited", "seat_accepted", "session_changed"})


def _calendar_link(kind: str, seat: Seat) -> list[tuple[str, str]]:
    if kind in _WITH_CALENDAR:
        return [(str(_IN_CALENDAR), calendar_path(seat))]
    is_noted = kind == "session_cancelled" and seat.holding == Holding.ACCEPTED
    return [(str(_TAKE_OUT), calendar_path(seat))] if is_noted else []


def _context(seat: Seat) -> dict[str, Any]:
    session = seat.session
    return {
        "title": session.title,
        "chapter": session.chapter.name,
        "facts": _facts(session, is_in=policy.is_active(seat)),
    }


def _facts(session: Session, *, is_in: bool) -> list[dict[str, str]]:
    """When, where and what about, each with its label. The link to join is for those who come."""
    said = [
        (_("When"), when(session.starts_at, session.timezone)),
        (_("How long"), _("%(minutes)d minutes") % {"minutes": session.minutes}),
        (_("Where"), session.where),
        (_("Online"), session.online_link if is_in else ""),
        (_("The question"), session.question),
    ]
    return [{"label": label, "words": words} for label, words in said if words]


def when(moment: datetime, timezone: str) -> str:
    """A moment as the clocks at the session show it, with their time zone."""
    at = times.there(moment, timezone)
    words = _("%(day)s, %(time)s (%(zone)s)")
    day, hour = date_format(at, "DATE_FORMAT"), date_format(at, "TIME_FORMAT")
    return words % {"day": day, "time": hour, "zone": times.clocks(timezone)}
