"""An event and its parts: within its hours, opened, moved and called off with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from footbridge.core.errors import Conflict, DomainError
from footbridge.meetings.actions import _said
from footbridge.meetings.actions._steps import lock, lock_parts
from footbridge.meetings.models import Session
from footbridge.meetings.states import Format, State
from footbridge.people.models import Chapter


def lock_event(event: Session | None, chapter: Chapter) -> Session | None:
    """The event for which a part is planned; one that is over or called off takes no more."""
    if event is None:
        return None
    _said.of_chapter(event, chapter, "event")
    found = lock(event.id)
    if found.format != Format.EVENT or found.event_id is not None:
        raise DomainError(_("Only an event has parts."), field="event")
    if found.circle_id is not None:
        # Its parts would be shown to whoever is not in that circle.
        raise DomainError(_("A closed event has no parts."), field="event")
    if found.state not in (State.DRAFT, State.OPEN, State.RUNNING):
        raise Conflict(_("This event is over or cancelled; it takes no more parts."))
    return found


def require_within(session: Session) -> None:
    """A part lies within the hours of its event and is no event itself."""
    event = session.event
    if event is None:
        return
    if session.format == Format.EVENT:
        raise DomainError(_("A part of an event is no event itself."), field="format")
    if session.starts_at < event.starts_at or session.ends_at > event.ends_at:
        raise DomainError(_("A part lies within the hours of its event."), field="starts_at")


def of(event: Session, *states: State) -> list[Session]:
    """The parts of an event that stand like this, locked; none of a session that is no event."""
    if event.format != Format.EVENT:
        return []
    return [part for part in lock_parts(event) if part.state in states]


def require_event_open(session: Session) -> None:
    """A part is shown from when its event is."""
    if session.event is not None and session.event.state == State.DRAFT:
        raise Conflict(_("Open the event first: its parts are opened with it."))


def move_along(event: Session, was: datetime) -> None:
    """When an event is moved its parts keep their place in it; when it gets shorter than they are,
    it is refused. Those who come are told of the event."""
    by = event.starts_at - was
    for part in of(event, State.DRAFT, State.OPEN, State.RUNNING):
        if by and part.state != State.RUNNING:
            part.starts_at += by
            part.calendar_sequence += 1
            part.version += 1
            part.save(update_fields=["starts_at", "calendar_sequence", "version"])
        if part.starts_at < event.starts_at or part.ends_at > event.ends_at:
            words = _("“%(title)s” lies outside of these hours. Change that part first.")
            raise Conflict(words % {"title": part.title}, field="minutes")


def plan_again(last: Session, again: Session, taken_along: Iterable[str]) -> None:
    """The same parts, at the same distance from the beginning."""
    if last.format != Format.EVENT:
        return
    names = (*taken_along, "track")
    for part in last.parts.exclude(state=State.CANCELLED).order_by("id"):
        Session.objects.create(
            chapter=again.chapter,
            event=again,
            made_by=again.made_by,
            starts_at=again.starts_at + (part.starts_at - last.starts_at),
            accept_limit=part.cap,
            **{name: getattr(part, name) for name in names},
        )
