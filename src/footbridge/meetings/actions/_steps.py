"""The steps that the operations share: lock the session first, then whom it is about, and write."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.journal import actions as journal
from footbridge.meetings import letters, policy
from footbridge.meetings.formats import LONGEST
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.queries.by_link import seat_path
from footbridge.meetings.states import MOVES, TAKEN, Format, Holding, State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, id_of


class SeatElsewhere(Conflict):
    """Someone has a seat in another session at the same time. `session` is that one, and `path`
    the link by which its seat is given back."""

    code = "seat_elsewhere"

    def __init__(self, message: str, *, seat: Seat) -> None:
        super().__init__(message)
        self.session = seat.session_id
        self.path = seat_path(seat)


def lock(session_id: uuid.UUID) -> Session:
    """Take the session for the length of the transaction, before any of its seats: so that two
    who race for the last one come one after the other. NotHere if it is gone."""
    rows = Session.objects.select_for_update(of=("self",))
    rows = rows.select_related("chapter", "series", "event")
    found = rows.filter(id=session_id).first()
    if found is None:
        raise NotHere
    return found


def lock_with_event(session_id: uuid.UUID) -> Session:
    """The same; of a part of an event the event first, and of an event its parts after it. So a
    seat in the event is not given back while a seat in a part of it is taken."""
    event = Session.objects.filter(id=session_id).values_list("event_id", flat=True).first()
    if event is not None:
        lock(event)
    session = lock(session_id)
    if session.format == Format.EVENT:
        lock_parts(session)
    return session


def lock_parts(event: Session) -> list[Session]:
    """The parts of an event, one after the other in the order in which everybody takes them."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("chapter", "series")
    return list(rows.filter(event=event).order_by("id"))


def lock_run(actor: Viewer, session_id: uuid.UUID) -> Session:
    """The same, for those who run the session."""
    session = lock(session_id)
    if not policy.runs(actor, session):
        raise NotAllowed(_("Only those who run this session can do this."))
    return session


def lock_hosted(actor: Viewer, session_id: uuid.UUID) -> Session:
    """The same, for the hosts of its chapter."""
    session = lock(session_id)
    if not policy.hosts(actor, session):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))
    return session


def lock_person(person: Person) -> Person:
    """Take the person as well, after the session: they may answer about two sessions at once.
    Nobody under the radar has a row, so they take no seat either."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("chapter")
    found = rows.filter(id=person.id).first()
    if found is None:
        raise NotHere
    return found


def seat_in(session: Session, person: Person) -> Seat | None:
    """Someone's seat in a session, with both at hand."""
    found = Seat.objects.filter(session=session, person=person).first()
    if found is not None:
        found.session, found.person = session, person
    return found


def seat_again(session: Session, seat: Seat) -> Seat:
    """A seat as it stands now that its session is locked; NotHere if it is gone."""
    rows = Seat.objects.select_related("person__chapter")
    found = rows.filter(id=seat.id, session=session).first()
    if found is None:
        raise NotHere
    found.session = session
    return found


def refuse_two_at_once(session: Session, person: Person) -> None:
    """Nobody sits in two places: raises SeatElsewhere, which names the other session. An event and
    its parts are one place."""
    around = Q(session__starts_at__lt=session.ends_at)
    around &= Q(session__starts_at__gt=session.starts_at - timedelta(minutes=LONGEST))
    rows = Seat.objects.filter(around, person=person, holding__in=TAKEN, left_at=None)
    rows = rows.filter(session__state__in=(State.OPEN, State.RUNNING)).exclude(session=session)
    rows = rows.exclude(session__event=session).exclude(session=session.event_id)
    for other in rows.select_related("session").order_by("session__starts_at", "id"):
        if other.session.ends_at > session.starts_at:
            words = _("You have a seat in “%(title)s” at that time. Give that one back first.")
            raise SeatElsewhere(words % {"title": other.session.title}, seat=other)


def require_seat_in_event(session: Session, person: Person) -> None:
    """Who chooses a part of an event comes to the event."""
    if session.event_id is None:
        return
    mine = Seat.objects.filter(session=session.event_id, person=person)
    if not mine.filter(holding=Holding.ACCEPTED).exists():
        event = Session.objects.get(id=session.event_id)
        raise Conflict(_("Take a seat in “%(title)s” first.") % {"title": event.title})


def leave_parts(event: Session, person: Person) -> None:
    """Who does not come to an event does not come to its parts; their seats go to the next."""
    for part in lock_parts(event) if event.format == Format.EVENT else ():
        held = Seat.objects.filter(session=part, person=person, came_at=None)
        for seat in held.filter(holding__in=(*TAKEN, Holding.WAITING)):
            let_go(seat, Holding.CANCELLED)
            tell("given_back", seat)
            call_up_next(part)


def move_to(state: State, session: Session) -> None:
    """Move a session to the next state; the caller has checked who may."""
    if state not in MOVES.get(State(session.state), ()):
        raise Conflict(_("This cannot be done at this point."))
    session.state = state


def end_running_round(session: Session) -> None:
    """The round that runs, if there is one, is over."""
    running = session.rounds.filter(started_at__isnull=False, ended_at=None)
    running.update(ended_at=clock.now())


def take_step(session: Session, index: int, minutes: int | None = None) -> None:
    """From now on this step of the run-sheet goes on; the caller saves it."""
    session.step, session.step_since = index, clock.now()
    session.step_minutes = session.steps[index]["minutes"] if minutes is None else minutes


def forget_who_spoke(session: Session) -> None:
    """How often each spoke is for the evening, so that the quiet ones get their turn; it is kept
    no longer."""
    session.seats.filter(spoke__gt=0).update(spoke=0)


def require_answerable(session: Session) -> None:
    """Seats are taken and given back until the session begins."""
    if session.state == State.CANCELLED:
        raise Conflict(_("This session does not take place."))
    if session.state == State.DRAFT:
        raise Conflict(_("This is a draft. Open it first."))
    if not policy.is_answerable(session):
        raise Conflict(_("This session has begun. Come to the door."))


# Seats change hands.


def take(seat: Seat) -> None:
    """Write down a yes. Shortly before the session it needs no second one."""
    now = clock.now()
    seat.holding = Holding.ACCEPTED
    seat.answered_at = now
    seat.waiting_since = seat.held_until = seat.asked_at = seat.reminded_at = None
    seat.comes_first = False
    seat.confirmed_at = now if policy.counts_as_confirmed(seat.session) else None
    seat.first_time = not policy.came_before(seat.person_id, seat.session.chapter_id)
    seat.save()


def let_go(seat: Seat, holding: Holding) -> None:
    """Write down that someone does not come, or stands in line no longer."""
    seat.holding = holding
    seat.answered_at = clock.now()
    seat.waiting_since = seat.held_until = seat.confirmed_at = None
    seat.comes_first = False
    seat.save()


def call_up_next(session: Session) -> int:
    """Hold each free seat for the next in line; returns for how many. Who pauses keeps their
    place and is passed over meanwhile."""
    if not policy.is_promoting(session):
        return 0
    free = policy.seats_free(session)
    if free == 0:
        return 0
    line = policy.line(session).select_related("person__chapter")
    called = [seat for seat in line if not seat.person.is_paused][:free]
    for seat in called:
        seat.session = session
        _hold_for(seat)
    return len(called)


def _hold_for(seat: Seat) -> None:
    seat.holding = Holding.OFFERED
    seat.held_until = policy.holds_until(seat.session)
    seat.save(update_fields=["holding", "held_until"])
    letters.offer(seat)
    tell("offered", seat)


def tell(what: str, seat: Seat, actor: Viewer | None = None, **facts: Any) -> None:
    """Note in the journal what happened to a seat."""
    journal.record(
        f"meetings.{what}",
        seat.id,
        actor=id_of(actor) if actor is not None else None,
        facts={"session": str(seat.session_id), **facts},
    )


def tell_of(what: str, session: Session, actor: Viewer | None, **facts: Any) -> None:
    """Note in the journal what happened to a session."""
    who = id_of(actor) if actor is not None else None
    journal.record(f"meetings.{what}", session.id, actor=who, facts=facts)
