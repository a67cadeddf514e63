"""What hosts do before a session: plan it, change it, open it for guests, call it off."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from footbridge.circles import queries as circles
from footbridge.circles.models import Circle
from footbridge.core import clock, times, typed
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.core.versions import Version, expect
from footbridge.core.words import base_language
from footbridge.meetings import letters, policy
from footbridge.meetings.actions import _parts, _said
from footbridge.meetings.actions._steps import call_up_next, lock_hosted, lock_run, move_to, tell_of
from footbridge.meetings.actions.answering import invite
from footbridge.meetings.formats import Step, minutes_of, shape_of, steps_from, steps_to
from footbridge.meetings.models import RunSheet, Seat, Series, Session
from footbridge.meetings.states import TAKEN, Format, Holding, Part, State
from footbridge.people.models import Chapter, Person, Place
from footbridge.people.policy import Viewer

_EDITED_IN = (State.DRAFT, State.OPEN, State.RUNNING)
# What calendars and those who come must hear of.
_MOVES_IT = {"starts_at", "minutes", "timezone"}
_TOLD = _MOVES_IT | {"where", "place", "online_link"}


@transaction.atomic
def plan(
    *,
    actor: Viewer,
    chapter: Chapter,
    format: Format | str,
    title: str,
    starts_at: datetime,
    timezone: str = "",
    language: str = "",
    minutes: int | None = None,
    cap: int | None = None,
    quorum: int | None = None,
    overbooks: bool = False,
    question: str = "",
    about: str = "",
    where: str = "",
    place: Place | None = None,
    online_link: str = "",
    series: Series | None = None,
    run_sheet: RunSheet | None = None,
    reading: Sequence[Any] = (),
    event: Session | None = None,
    track: str = "",
    circle: Circle | None = None,
    is_demo: bool = False,
) -> Session:
    """Plan a session: a draft that its hosts alone see.

    What is not said comes from the run-sheet, or from the format as we ship it, and from the
    chapter: time zone, language, place. With `event` it is a part of that event, within its hours.
    With `circle` it is closed: for those in that circle, any of whom may plan and then runs it.
    """
    if not policy.may_plan(actor, chapter, circle):
        raise NotAllowed(_("Only the hosts of this chapter plan its sessions."))
    if circle is not None and event is not None:
        raise DomainError(_("A closed session is no part of an event."), field="circle")
    event = _parts.lock_event(event, chapter)
    timezone = event.timezone if event else timezone
    kind = _format(format, run_sheet)
    tongue = _said.language(language or chapter.language)
    seats, least, steps = _begin_with(
        kind, _said.of_chapter(run_sheet, chapter, "run_sheet"), tongue
    )
    cap = _said.cap(seats if cap is None else cap, kind)
    session = Session(
        chapter=chapter,
        series=_going_on(series, chapter, circle.id if circle else None),
        event=event,
        circle=circle,
        track=typed.words(Session, "track", track) if event else "",
        format=kind,
        title=typed.words(Session, "title", title),
        question=typed.words(Session, "question", question),
        about=typed.words(Session, "about", about),
        steps=steps_to(steps),
        starts_at=_said.time_to_come(starts_at),
        minutes=_said.minutes(minutes_of(steps) if minutes is None else minutes),
        timezone=_said.timezone(timezone or chapter.timezone),
        language=tongue,
        where=typed.words(Session, "where", where),
        place=place,
        online_link=typed.words(Session, "online_link", online_link),
        cap=cap,
        quorum=_said.quorum(min(least, cap) if quorum is None else quorum, cap),
        overbooks=bool(overbooks),
        accept_limit=cap,
        reading=_said.reading(reading),
        made_by=actor if isinstance(actor, Person) else None,
        is_demo=is_demo or chapter.is_demo,
    )
    _parts.require_within(session)
    session.save()
    if circle is not None:
        _seat_who_plans(session)
    tell_of("planned", session, actor, format=kind.value)
    return session


def _seat_who_plans(session: Session) -> None:
    if session.made_by is not None:
        Seat.objects.create(
            session=session,
            person=session.made_by,
            holding=Holding.ACCEPTED,
            part=Part.HOST,
            answered_at=clock.now(),
        )


def _format(said: Format | str, run_sheet: RunSheet | None) -> Format:
    try:
        return Format(run_sheet.format if run_sheet else said)
    except ValueError as error:
        raise DomainError(_("Choose a format."), field="format") from error


def _begin_with(
    format: Format, run_sheet: RunSheet | None, language: str
) -> tuple[int, int, tuple[Step, ...]]:
    if run_sheet is not None:
        return run_sheet.cap, run_sheet.quorum, steps_from(run_sheet.steps)
    with translation.override(_known(language)):
        shape = shape_of(format)
    return shape.cap, shape.quorum, shape.steps


def _known(language: str) -> str:
    """The language in which the steps are written down: the session's, where we speak it."""
    base = base_language(language)
    spoken = base in dict(settings.LANGUAGES)
    return base if spoken else translation.get_language() or settings.LANGUAGE_CODE


def _going_on(series: Series | None, chapter: Chapter, circle: uuid.UUID | None) -> Series | None:
    """A series of the same chapter, as it stands now, that has not ended; for a closed session
    one of the same circle."""
    if series is None:
        return None
    _said.of_chapter(series, chapter, "series")
    if series.circle_id != circle:
        raise DomainError(_("Open and closed sessions are not of one series."), field="series")
    if not Series.objects.filter(id=series.id, ended_at=None).exists():
        raise Conflict(_("This series has ended."), field="series")
    return series


@transaction.atomic
def plan_next(*, actor: Viewer, session: Session, starts_at: datetime | None = None) -> Session:
    """Plan the same again: series, steps, seats, place; of an event its parts as well. What to
    read and the question are new.

    Without a time it is a week later at the same hour of the day, whatever the clocks do
    meanwhile; and as many weeks later as it takes to lie ahead.
    """
    last = lock_hosted(actor, session.id)
    if last.circle is not None and not policy.may_plan(actor, last.chapter, last.circle):
        raise Conflict(_("This circle has ended."))
    series = last.series if last.series and last.series.ended_at is None else None
    again = Session(
        chapter=last.chapter,
        series=series,
        circle=last.circle,
        made_by=actor if isinstance(actor, Person) else None,
        starts_at=_said.time_to_come(starts_at or same_hour_next_week(last)),
        accept_limit=last.cap,
        **{name: getattr(last, name) for name in _AGAIN},
    )
    again.save()
    _parts.plan_again(last, again, _AGAIN)
    if last.is_closed:
        _seat_who_plans(again)
    tell_of("planned", again, actor, format=again.format, after=str(last.id))
    return again


_AGAIN = (
    "format", "title", "about", "steps", "minutes", "timezone", "language", "where", "place",
    "online_link", "cap", "quorum", "overbooks", "is_demo",
)  # fmt: skip


def same_hour_next_week(session: Session) -> datetime:
    """The first of the weeks to come at the same hour by the clocks of the session."""
    moment = times.days_later(session.starts_at, session.timezone, 7)
    weeks = 1
    while moment <= clock.now():
        weeks += 1
        moment = times.days_later(session.starts_at, session.timezone, 7 * weeks)
    return moment


@transaction.atomic
def edit(
    *, actor: Viewer, session: Session, seen: Version | None = None, **changes: Any
) -> Session:
    """Change what is said of a session: title, question, about, starts_at, minutes, timezone,
    language, where, place, online_link, cap, quorum, overbooks, series, reading, track. The parts
    of an event move along with it.

    Another time or place is told to those who come or wait, and to their calendars; who said yes
    to another time is asked again. `seen` is the version that was seen: a newer one raises
    Overtaken. Fewer seats than are taken are refused.
    """
    session = lock_run(actor, session.id)
    expect(seen, session.version, lambda: {name: _plain(session, name) for name in changes})
    _require_editable(session)
    new = _said.tidied(changes, _how(session))
    changed = {name for name, value in new.items() if getattr(session, name) != value}
    if not changed:
        return session
    was = session.starts_at
    for name in changed:
        setattr(session, name, new[name])
    _check_seats(session, changed)
    _parts.require_within(session)
    _parts.move_along(session, was)
    session.version += 1
    _tell_of_changes(session, changed)
    session.save()
    tell_of("edited", session, actor, fields=sorted(changed))
    call_up_next(session)
    return session


def _plain(session: Session, name: str) -> Any:
    value = getattr(session, name)
    return str(value) if name in ("place", "series") and value else value


def _require_editable(session: Session) -> None:
    if session.state not in _EDITED_IN:
        raise Conflict(_("This session is over; what is said of it stays."))


def _how(session: Session) -> dict[str, Callable[[Any], Any]]:
    def text(name: str) -> Callable[[Any], str]:
        return lambda said: typed.words(Session, name, said)

    return {
        **{name: text(name) for name in ("title", "question", "about", "where", "online_link")},
        "starts_at": lambda said: said if said == session.starts_at else _moved(session, said),
        "minutes": _said.minutes,
        "timezone": _said.timezone,
        "language": _said.language,
        "place": lambda place: place,
        "cap": lambda said: _said.cap(said, session.format),
        "quorum": lambda said: _said.number(said, "quorum", 1, 10_000),
        "overbooks": bool,
        "series": lambda said: _going_on(said, session.chapter, session.circle_id),
        "reading": _said.reading,
        "track": lambda said: typed.words(Session, "track", said) if session.event_id else "",
    }


def _moved(session: Session, said: Any) -> datetime:
    if session.state == State.RUNNING:
        raise Conflict(_("This session has begun; its time stays."), field="starts_at")
    return _said.time_to_come(said)


def _check_seats(session: Session, changed: set[str]) -> None:
    """Nobody loses a seat because a host counts anew."""
    if not changed & {"cap", "quorum", "overbooks"}:
        return
    session.quorum = _said.quorum(session.quorum, session.cap)
    taken, inside = policy.taken(session), policy.there(session)
    least = inside if session.overbooks else max(taken, inside)
    if session.cap < least:
        raise Conflict(
            _("%(count)d people have a seat already. Choose at least as many seats.")
            % {"count": least},
            field="cap",
        )
    # What more may say yes is worked out anew from the history, by those who know it.
    session.accept_limit = max(session.cap, taken if session.overbooks else 0)
    session.rate_used = None


def _tell_of_changes(session: Session, changed: set[str]) -> None:
    if session.state not in (State.OPEN, State.RUNNING) or not changed & _TOLD:
        return
    session.calendar_sequence += 1
    is_moved = "starts_at" in changed
    seats = _concerned(session, (*TAKEN, Holding.WAITING))
    if is_moved:
        _ask_anew(session, seats)
    letters.change(session, seats, moved=is_moved)


def _concerned(session: Session, holdings: Iterable[Holding]) -> list[Seat]:
    rows = Seat.objects.filter(session=session, holding__in=tuple(holdings))
    seats = list(rows.select_related("person__chapter").order_by("made_at", "id"))
    for seat in seats:
        seat.session = session
    return seats


def _ask_anew(session: Session, seats: list[Seat]) -> None:
    """A yes to another time is not yet a yes to this one."""
    for seat in seats:
        seat.confirmed_at = seat.asked_at = seat.reminded_at = None
        if seat.held_until is not None:
            seat.held_until = policy.holds_until(session)
        seat.save(update_fields=["confirmed_at", "asked_at", "reminded_at", "held_until"])


@transaction.atomic
def edit_steps(
    *, actor: Viewer, session: Session, steps: Iterable[Any], seen: Version | None = None
) -> Session:
    """Change how the evening runs. What has begun stays as it was; rounds that were made for
    steps to come are forgotten. If the session was as long as its steps, it still is."""
    session = lock_run(actor, session.id)
    expect(seen, session.version, lambda: {"steps": session.steps})
    _require_editable(session)
    new = steps_from(list(steps))
    _keep_what_began(session, new)
    was = minutes_of(steps_from(session.steps))
    if session.minutes == was and minutes_of(new) != was:
        session.minutes = _said.minutes(minutes_of(new))
        _tell_of_changes(session, {"minutes"})
    session.steps = steps_to(new)
    session.version += 1
    session.save()
    session.rounds.filter(started_at=None).delete()
    tell_of("edited", session, actor, fields=["steps"])
    return session


def _keep_what_began(session: Session, new: tuple[Step, ...]) -> None:
    begun = session.rounds.filter(started_at__isnull=False).order_by("-step").first()
    last = max(begun.step if begun else -1, -1 if session.step is None else session.step)
    if steps_to(new)[: last + 1] != session.steps[: last + 1]:
        raise Conflict(_("The steps up to the one that goes on stay as they are."))


@transaction.atomic
def set_accept_limit(*, actor: Viewer, session: Session, limit: int, rate: float | None) -> Session:
    """Say how many may say yes, as worked out from how many came before at a rate of `rate`. It is
    never below the seats, nor below those who have said yes."""
    session = lock_run(actor, session.id)
    _require_editable(session)
    if not session.overbooks:
        raise Conflict(_("This session does not allow for people who do not come."))
    found = max(_said.number(limit, "limit", 1, 10_000), session.cap, policy.taken(session))
    if (session.accept_limit, session.rate_used) != (found, rate):
        session.accept_limit, session.rate_used = found, rate
        session.save(update_fields=["accept_limit", "rate_used"])
        tell_of("limit_set", session, actor, limit=found)
        call_up_next(session)
    return session


@transaction.atomic
def open_up(*, actor: Viewer, session: Session) -> Session:
    """Show a draft to members, who may come to it from now on; of an event, with its parts.
    To a closed one everybody in the circle is asked at once. Doing it twice changes nothing."""
    session = lock_hosted(actor, session.id)
    if session.state == State.OPEN:
        return session
    if session.starts_at <= clock.now():
        raise Conflict(_("Its time has passed. Choose a time to come."), field="starts_at")
    _parts.require_event_open(session)
    for one in (session, *_parts.of(session, State.DRAFT)):
        move_to(State.OPEN, one)
        one.save(update_fields=["state"])
        tell_of("opened", one, actor)
    if session.circle is not None:
        invite(actor=actor, session=session, people=circles.members_of(actor, session.circle))
    return session


@transaction.atomic
def cancel(*, actor: Viewer, session: Session, because: str = "") -> Session:
    """Call a session off. Everyone who was asked, comes or waits is told, and why: of an event
    once, whatever parts of it they had chosen."""
    session = lock_hosted(actor, session.id)
    if session.state == State.CANCELLED:
        return session
    words = typed.words(Session, "cancelled_because", because)
    for one in (session, *_parts.of(session, State.DRAFT, State.OPEN)):
        move_to(State.CANCELLED, one)
        one.cancelled_because = words
        one.calendar_sequence += 1
        one.version += 1
        one.save()
        tell_of("cancelled", one, actor)
    letters.cancel(session, _concerned(session, policy.CONCERNED))
    return session
