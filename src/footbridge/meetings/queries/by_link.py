"""The links that let people act without an account: what they open, and how they are made."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid
from footbridge.meetings import feeds, policy
from footbridge.meetings.models import Seat, Session
from footbridge.people.models import Chapter, Person
from footbridge.people.policy import Viewer


def seat_path(seat: Seat) -> str:
    """Where everything about a seat is answered."""
    token = links.sign(
        policy.SEAT_PURPOSE, seat.id, seat.person_id, lasts=_lasts(seat.session.ends_at)
    )
    return f"/seat/{token}/"


def door_path(session: Session) -> str:
    """What the code at the door leads to: good until half a day after the session."""
    lasts = _until(session.ends_at + policy.DOOR_CLOSES_AFTER)
    return f"/door/{links.sign(policy.DOOR_PURPOSE, session.id, lasts=lasts)}/"


def calendar_path(seat: Seat) -> str:
    """The calendar file of one seat."""
    return _calendar_path(seat.id, seat.person_id, _lasts(seat.session.ends_at))


def feed_path(person: Person) -> str:
    """The calendar of all that someone comes to, for a calendar program to read again and
    again."""
    return feeds.path_of(person, person.id)


def chapter_feed_path(viewer: Person, chapter: Chapter) -> str:
    """The calendar of a chapter's sessions, as one viewer may know them."""
    return feeds.path_of(viewer, chapter.id)


def _calendar_path(thing: uuid.UUID, person: uuid.UUID, lasts: timedelta) -> str:
    token = links.sign(policy.CALENDAR_PURPOSE, thing, person, lasts=lasts)
    return f"/calendar/{token}.ics"


def _lasts(ends_at: datetime) -> timedelta:
    return _until(ends_at + policy.LINK_LASTS_AFTERWARDS)


def _until(moment: datetime) -> timedelta:
    return max(timedelta(minutes=1), moment - clock.now())


def seat_by_link(token: str) -> tuple[Person, Seat]:
    """Whom a seat's link was made for, and the seat. Changes nothing.

    Raises LinkNotValid when the link is altered, expired, or opens nothing any more.
    """
    link = links.read(token, policy.SEAT_PURPOSE)
    rows = Seat.objects.select_related(
        "person__chapter",
        "person__place",
        "session__chapter",
        "session__series",
        "session__place",
        "session__event",
    )
    seat = rows.filter(id=link.thing, person_id=link.person).first() if link.person else None
    if seat is None or not policy.is_open_for(seat.person, seat.session):
        raise opens_nothing()
    return seat.person, seat


def door_by_link(token: str) -> Session:
    """The session at whose door a code hangs. Changes nothing."""
    link = links.read(token, policy.DOOR_PURPOSE)
    rows = Session.objects.select_related("chapter", "series", "place", "event")
    session = rows.filter(id=link.thing).first()
    if session is None or session.is_closed:
        raise opens_nothing()
    return session


def opens_nothing() -> LinkNotValid:
    """What is said of a good link whose thing is gone."""
    return LinkNotValid(_("This link opens nothing any more."))


def door_path_for(viewer: Viewer, session: Session) -> str:
    """The same for a door to print; "" for who does not run the session."""
    if session.is_closed or not policy.runs(viewer, session):
        return ""
    return door_path(session)
