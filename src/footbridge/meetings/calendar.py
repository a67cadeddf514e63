"""Calendar files: one seat to put into a calendar or to take out of it, and feeds that a calendar
program reads again and again (RFC 5545 and 5546).

No address of anybody stands in them. Guests are named by a random id, the organiser by the
address from which the installation writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from footbridge.core import clock, links
from footbridge.meetings import policy, times
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.queries.by_link import opens_nothing
from footbridge.meetings.states import Holding, State
from footbridge.people.models import Chapter, Person
from footbridge.people.queries import language_of

_MADE_BY = "-//Footbridge//Sessions//EN"
# A feed goes back so far; calendar programs keep what they have.
_FEED_GOES_BACK = timedelta(days=90)
_ANSWERS = {
    Holding.INVITED: "NEEDS-ACTION",
    Holding.ACCEPTED: "ACCEPTED",
    Holding.OFFERED: "NEEDS-ACTION",
    Holding.WAITING: "TENTATIVE",
}


def of_seat(seat: Seat) -> bytes:
    """What a seat's link to a calendar file gives now: the invitation, or, where they do not come
    or it does not take place, what takes it out again."""
    is_off = seat.session.state == State.CANCELLED or seat.holding not in _ANSWERS
    return cancellation(seat) if is_off else invitation(seat)


def invitation(seat: Seat) -> bytes:
    """One seat, for a calendar: newer files with the same name take the place of older ones."""
    return _file("REQUEST", [_seat_event(seat)])


def cancellation(seat: Seat) -> bytes:
    """What takes a seat out of a calendar again."""
    event = _seat_event(seat)
    event["STATUS"] = vText("CANCELLED")
    return _file("CANCEL", [event])


def feed(viewer: Person) -> bytes:
    """All that someone comes to, or waits for, as a calendar of its own."""
    rows = Seat.objects.filter(person=viewer, holding__in=(Holding.ACCEPTED, Holding.OFFERED))
    rows = rows.exclude(session__state=State.DRAFT).filter(session__starts_at__gt=_since())
    seats = rows.select_related("session__chapter", "session__place", "person").order_by(
        "session__starts_at", "session_id"
    )
    name = _("My sessions")
    return _file("PUBLISH", [_event(seat.session, is_in=True) for seat in seats], name)


def chapter_feed(viewer: Person, chapter: Chapter) -> bytes:
    """A chapter's sessions, as one viewer may know them."""
    mine = Prefetch("seats", Seat.objects.filter(person=viewer), to_attr="of_viewer")
    rows = policy.visible_to(viewer).filter(chapter=chapter, starts_at__gt=_since())
    sessions = rows.exclude(state=State.DRAFT).prefetch_related(mine)
    events = [_event(session, is_in=_is_in(session)) for session in sessions]
    return _file("PUBLISH", events, chapter.name)


def _since() -> datetime:
    return clock.now() - _FEED_GOES_BACK


def _is_in(session: Session) -> bool:
    return any(policy.is_active(seat) for seat in session.of_viewer)  # type: ignore[attr-defined]


def opened(token: str) -> bytes:
    """What a calendar link gives: one seat, one's own feed or a chapter's. Changes nothing.

    Raises LinkNotValid when the link is altered, expired, or opens nothing any more.
    """
    link = links.read(token, policy.CALENDAR_PURPOSE)
    people = Person.objects.select_related("chapter")
    person = people.filter(id=link.person).first() if link.person else None
    if person is None:
        raise opens_nothing()
    with translation.override(language_of(person, person.chapter)):
        return _of(person, link)


def _of(person: Person, link: links.Link) -> bytes:
    if link.thing == person.id:
        return feed(person)
    seats = Seat.objects.select_related("session__chapter", "session__place", "person")
    seat = seats.filter(id=link.thing, person=person).first()
    if seat is not None:
        return of_seat(seat)
    chapter = Chapter.objects.filter(id=link.thing).first()
    if chapter is None:
        raise opens_nothing()
    return chapter_feed(person, chapter)


def _seat_event(seat: Seat) -> Event:
    event = _event(seat.session, is_in=policy.is_active(seat))
    guest = vCalAddress(f"urn:uuid:{seat.id}")
    guest.params["CN"] = vText(seat.person.name)
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    guest.params["PARTSTAT"] = vText(_ANSWERS.get(Holding(seat.holding), "DECLINED"))
    event.add("attendee", guest, encode=False)
    return event


def _event(session: Session, *, is_in: bool) -> Event:
    event = Event()
    event.add("uid", f"{session.id}@{settings.PUBLIC_HOST}")
    event.add("dtstamp", clock.now())
    event.add("sequence", session.calendar_sequence)
    event.add("dtstart", times.there(session.starts_at, session.timezone))
    event.add("dtend", times.there(session.ends_at, session.timezone))
    event.add("summary", session.title)
    event.add("status", "CANCELLED" if session.state == State.CANCELLED else "CONFIRMED")
    event.add("organizer", _organiser(session), encode=False)
    for name, words in _optional(session, is_in):
        event.add(name, words)
    return event


def _organiser(session: Session) -> vCalAddress:
    """The chapter, at the address of the installation: no host's own address."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or f"footbridge@{settings.PUBLIC_HOST}"
    organiser = vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = vText(session.chapter.name)
    return organiser


def _optional(session: Session, is_in: bool) -> Iterable[tuple[str, str]]:
    place = session.where or (session.place.name if session.place else "")
    link = session.online_link if is_in else ""
    said = [session.question, session.about, link]
    if place or link:
        yield "location", place or link
    if words := "\n\n".join(text for text in said if text):
        yield "description", words
    yield "url", f"{settings.PUBLIC_URL}/meet/{session.id}/"


def _file(method: str, events: list[Event], name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(event)
    _say_what_the_zones_are(calendar, events)
    return bytes(calendar.to_ical())


def _say_what_the_zones_are(calendar: Calendar, events: list[Event]) -> None:
    """When the clocks change in each time zone that is named, for the years around."""
    moments = [event.decoded("dtstart") for event in events]
    if moments:
        year = timedelta(days=366)
        calendar.add_missing_timezones(min(moments).date() - year, max(moments).date() + year)
