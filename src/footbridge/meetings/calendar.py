"""Calendar files: one seat to put into a calendar or to take out of it, and feeds that a calendar
program reads again and again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event, vText

from footbridge.core import calendars, clock, links
from footbridge.meetings import feeds, policy
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.queries.by_link import opens_nothing
from footbridge.meetings.states import Holding, State
from footbridge.people.models import Chapter, Person
from footbridge.people.queries import language_of

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
    return calendars.file("REQUEST", [_seat_event(seat)])


def cancellation(seat: Seat) -> bytes:
    """What takes a seat out of a calendar again."""
    event = _seat_event(seat)
    event["STATUS"] = vText("CANCELLED")
    return calendars.file("CANCEL", [event])


def feed(viewer: Person) -> bytes:
    """All that someone comes to, or waits for, as a calendar of its own."""
    rows = Seat.objects.filter(person=viewer, holding__in=(Holding.ACCEPTED, Holding.OFFERED))
    rows = rows.exclude(session__state=State.DRAFT).filter(session__starts_at__gt=_since())
    rows = rows.filter(session__in=policy.visible_to(viewer).values("id"))
    seats = rows.select_related("session__chapter", "session__place", "person").order_by(
        "session__starts_at", "session_id"
    )
    name = _("My sessions")
    return calendars.file("PUBLISH", [_event(seat.session, is_in=True) for seat in seats], name)


def chapter_feed(viewer: Person, chapter: Chapter) -> bytes:
    """A chapter's sessions, as one viewer may know them."""
    mine = Prefetch("seats", Seat.objects.filter(person=viewer), to_attr="of_viewer")
    rows = policy.visible_to(viewer).filter(chapter=chapter, circle=None, starts_at__gt=_since())
    sessions = rows.exclude(state=State.DRAFT).prefetch_related(mine)
    events = [_event(session, is_in=_is_in(session)) for session in sessions]
    return calendars.file("PUBLISH", events, chapter.name)


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
    if feeds.is_taken_back(link, person):
        raise opens_nothing()
    if link.thing == person.id:
        return feed(person)
    seats = Seat.objects.select_related("session__chapter", "session__place", "person")
    seat = seats.filter(id=link.thing, person=person).first()
    if seat is not None and policy.is_open_for(person, seat.session):
        return of_seat(seat)
    chapter = Chapter.objects.filter(id=link.thing).first()
    if chapter is None:
        raise opens_nothing()
    return chapter_feed(person, chapter)


def _seat_event(seat: Seat) -> Event:
    event = _event(seat.session, is_in=policy.is_active(seat))
    answer = _ANSWERS.get(Holding(seat.holding), "DECLINED")
    return calendars.with_guest(event, seat.id, seat.person.name, answer)


def _event(session: Session, *, is_in: bool) -> Event:
    event = calendars.event(
        session.id,
        sequence=session.calendar_sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        timezone=session.timezone,
        summary=session.title,
        organiser=session.chapter.name,
        is_off=session.state == State.CANCELLED,
    )
    for name, words in _optional(session, is_in):
        event.add(name, words)
    return event


def _optional(session: Session, is_in: bool) -> Iterable[tuple[str, str]]:
    place = session.where or (session.place.name if session.place else "")
    link = session.online_link if is_in else ""
    said = [session.question, session.about, link]
    if place or link:
        yield "location", place or link
    if words := "\n\n".join(text for text in said if text):
        yield "description", words
    yield "url", f"{settings.PUBLIC_URL}/meet/{session.id}/"
