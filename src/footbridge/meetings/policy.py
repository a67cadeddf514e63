"""Who is shown which session and which seats, who runs one, and the limits that hold for all."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.circles import policy as circles
from footbridge.circles.models import Circle
from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.meetings.models import Round, RunSheet, Seat, Series, Session
from footbridge.meetings.states import RUNS_IT, TAKEN, Holding, Move, State
from footbridge.people.models import Chapter, Person
from footbridge.people.policy import Viewer, homes_of, hosted_ids, may_host
from footbridge.people.states import Standing

HOUR = timedelta(hours=1)
# Links about a seat outlive the session: what came of it is asked by them as well.
SEAT_PURPOSE, DOOR_PURPOSE, CALENDAR_PURPOSE = "seat", "door", "calendar"
LINK_LASTS_AFTERWARDS = timedelta(days=60)

# Who accepts this shortly before it begins has thereby said that they come.
CONFIRMED_WITHIN = 48 * HOUR
ASKED_BEFORE = (48 * HOUR, 24 * HOUR)
RELEASED_BEFORE = 12 * HOUR
# Nobody loses a seat who had less time than this to answer.
TIME_TO_ANSWER = 6 * HOUR
HELD_FOR = 12 * HOUR
# Nobody is called up from the waiting list when they could hardly come any more.
NO_PROMOTION_WITHIN = 2 * HOUR

DOOR_OPENS_BEFORE = 3 * HOUR
DOOR_CLOSES_AFTER = 12 * HOUR
# From here on the chairs of those who are not there are free for whoever is.
CHAIRS_KEPT_FOR = timedelta(minutes=10)
# So long a host can tick who was there, from a list on paper.
CORRECTED_WITHIN = timedelta(days=14)
# Who found the room full stands first in line for so long.
FIRST_IN_LINE_FOR = timedelta(days=90)
REMEMBERED_FOR = timedelta(days=365)

_ASKED_AND_IN = (Holding.INVITED, Holding.ACCEPTED, Holding.OFFERED, Holding.WAITING)
CONCERNED = _ASKED_AND_IN
_DOOR_STATES = (State.OPEN, State.RUNNING)


# Who sees what.


def visible_to(viewer: Viewer) -> QuerySet[Session]:
    """Members see every session that is no draft; those who have not joined, only the ones in
    which they hold a seat, and the parts of such an event. Drafts are for those who run them.
    A closed session is there for those in its circle, and for nobody else."""
    sessions = Session.objects.select_related("chapter", "series", "place", "event", "circle")
    if isinstance(viewer, Operator):
        return sessions
    sessions = sessions.filter(Q(circle=None) | Q(circle__in=_circles_of(viewer)))
    hosted = Q(chapter__in=homes_of(viewer))
    run = Q(Exists(_seats_of(viewer).filter(part__in=RUNS_IT, holding=Holding.ACCEPTED)))
    in_event = Seat.objects.filter(session=OuterRef("event"), person=viewer)
    mine = Q(Exists(_seats_of(viewer))) | Q(Exists(in_event))
    public = ~Q(state=State.DRAFT)
    shown = hosted | run | (public if viewer.has_joined else public & mine)
    return sessions.filter(shown)


def _circles_of(viewer: Person) -> QuerySet[Circle, Any]:
    return circles.visible_to(viewer).order_by().values("id")


def _seats_of(person: Person) -> QuerySet[Seat]:
    return Seat.objects.filter(session=OuterRef("pk"), person=person)


def seats_visible_to(viewer: Viewer, session: Session) -> QuerySet[Seat]:
    """Who runs it sees all seats; who has one sees their own and those of the others who come;
    everyone else, their own."""
    seats = Seat.objects.filter(session=session)
    if runs(viewer, session):
        return seats
    assert not isinstance(viewer, Operator)
    if not holds_active_seat(viewer, session):
        return seats.filter(person=viewer)
    return seats.filter(Q(person=viewer) | active())


def active() -> Q:
    """Seats of those who come, or came."""
    return Q(holding__in=TAKEN) | Q(came_at__isnull=False)


def is_active(seat: Seat) -> bool:
    """The same for a seat at hand."""
    return seat.holding in TAKEN or seat.came_at is not None


def holds_active_seat(viewer: Viewer, session: Session) -> bool:
    """Whether someone comes to a session, or came."""
    if isinstance(viewer, Operator):
        return False
    return Seat.objects.filter(active(), session=session, person=viewer).exists()


def rounds_visible_to(viewer: Viewer, session: Session) -> QuerySet[Round]:
    """Who runs it sees all rounds; who has a seat sees those that have begun."""
    rounds = Round.objects.filter(session=session)
    if runs(viewer, session):
        return rounds
    if holds_active_seat(viewer, session):
        return rounds.filter(started_at__isnull=False)
    return rounds.none()


def run_sheets_visible_to(viewer: Viewer) -> QuerySet[RunSheet]:
    """A chapter's run-sheets are its hosts'."""
    sheets = RunSheet.objects.select_related("chapter")
    return sheets if isinstance(viewer, Operator) else sheets.filter(chapter__in=homes_of(viewer))


def series_visible_to(viewer: Viewer) -> QuerySet[Series]:
    """A chapter's series are its hosts' to plan with; closed ones, those in their circle's."""
    found = Series.objects.select_related("chapter", "for_body")
    if isinstance(viewer, Operator):
        return found
    hosted = Q(chapter__in=homes_of(viewer), circle=None)
    return found.filter(hosted | Q(circle__in=_circles_of(viewer)))


# Who may do what.


def may_plan(actor: Viewer, chapter: Chapter, circle: Circle | None = None) -> bool:
    """Hosts and deputies plan the sessions of their chapter; those in a circle, its closed ones."""
    if circle is None:
        return may_host(actor, chapter)
    goes_on = circle.chapter_id == chapter.id and not circle.is_over
    return goes_on and circles.is_in(actor, circle.id)


def runs(actor: Viewer, session: Session) -> bool:
    """Hosts and deputies of the chapter, and whoever has the part of host or facilitator."""
    return hosts(actor, session) or _has_part(actor, session)


def hosts(actor: Viewer, session: Session) -> bool:
    """Hosts and deputies of the chapter: they plan, call off, and remember who came. A closed
    session has those of them who are in its circle, and whoever planned it."""
    if isinstance(actor, Operator):
        return True
    if not is_open_for(actor, session):
        return False
    planned = session.circle_id is not None and session.made_by_id == actor.id
    return planned or session.chapter_id in hosted_ids(actor)


def is_open_for(person: Viewer, session: Session) -> bool:
    """Whether a session is closed to somebody: it is for those in its circle alone."""
    return session.circle_id is None or circles.is_in(person, session.circle_id)


def _has_part(actor: Viewer, session: Session) -> bool:
    if isinstance(actor, Operator):
        return True
    mine = Seat.objects.filter(session=session, person=actor, part__in=RUNS_IT)
    return is_open_for(actor, session) and mine.filter(holding=Holding.ACCEPTED).exists()


def sees_history(viewer: Viewer, session: Session) -> bool:
    """Who came and who did not is for the hosts of the chapter alone."""
    if isinstance(viewer, Operator):
        return True
    return session.chapter_id in hosted_ids(viewer) and is_open_for(viewer, session)


def may_sit(person: Person, session: Session) -> bool:
    """Members may come to what they can see; others, where a seat was made for them."""
    if not is_open_for(person, session):
        return False
    of_theirs = Q(session=session) | Q(session=session.event_id)
    return person.has_joined or Seat.objects.filter(of_theirs, person=person).exists()


def may_be_invited(person: Person, chapter: Chapter) -> bool:
    """A pause is absolute; who wishes to stay in their own chapter is asked there alone; who has
    not joined is asked by the hosts of their chapter."""
    at_home = person.chapter_id == chapter.id
    if person.is_paused:
        return False
    return (person.has_joined and (at_home or person.beyond_chapter)) or (
        at_home and person.standing in (Standing.KNOWN, Standing.INVITED)
    )


# How many, and until when.


def taken(session: Session) -> int:
    """How many said yes, those included for whom a freed seat is held."""
    return Seat.objects.filter(session=session, holding__in=TAKEN).count()


def there(session: Session) -> int:
    """How many are in the room."""
    return Seat.objects.filter(session=session, came_at__isnull=False, left_at=None).count()


def line(session: Session) -> QuerySet[Seat]:
    """The waiting list, in order: who found the room full last time, then who waits longest."""
    waiting = Seat.objects.filter(session=session, holding=Holding.WAITING)
    return waiting.order_by("-comes_first", "waiting_since", "id")


def seats_free(session: Session) -> int:
    """How many more may say yes."""
    return max(0, session.accept_limit - taken(session))


def is_answerable(session: Session) -> bool:
    """Whether seats can still be taken and given back."""
    return session.state == State.OPEN and session.starts_at > clock.now()


def is_promoting(session: Session) -> bool:
    """Whether freed seats still go to the waiting list."""
    return session.state == State.OPEN and _left(session) >= NO_PROMOTION_WITHIN


def holds_until(session: Session) -> datetime:
    """Until when a freed seat is held for the next in line: half a day, or a quarter of the time
    that is left if that is less."""
    return clock.now() + min(HELD_FOR, _left(session) / 4)


def counts_as_confirmed(session: Session) -> bool:
    """Whether a yes of now needs no second one."""
    return _left(session) <= CONFIRMED_WITHIN


def is_door_open(session: Session) -> bool:
    """Whether people can come in, or say that they are there."""
    if session.state not in _DOOR_STATES:
        return False
    now = clock.now()
    return session.starts_at - DOOR_OPENS_BEFORE <= now <= session.ends_at + DOOR_CLOSES_AFTER


def is_corrected(session: Session) -> bool:
    """Whether a host may still put right who was there."""
    return session.state == State.OVER and clock.now() <= session.ends_at + CORRECTED_WITHIN


def has_room(session: Session) -> bool:
    """Whether one more may be in the room: the cap is never passed."""
    return there(session) < session.cap


def has_spare_chair(session: Session) -> bool:
    """Whether there is a chair for someone without a seat: until ten minutes after the start the
    chairs of those who said yes are kept for them."""
    if clock.now() >= session.starts_at + CHAIRS_KEPT_FOR:
        return has_room(session)
    return has_room(session) and taken(session) < min(session.cap, session.accept_limit)


def _left(session: Session) -> timedelta:
    return session.starts_at - clock.now()


def moves(seat: Seat | None, session: Session, *, is_full: bool) -> tuple[Move, ...]:
    """What the owner of a seat can do about it now; None stands for a member who has none yet."""
    possible = list(_answers(seat, session, is_full)) if is_answerable(session) else []
    if seat is not None and is_door_open(session):
        possible.append(Move.LEAVE if seat.is_there else Move.COME)
    return tuple(possible)


def _answers(seat: Seat | None, session: Session, is_full: bool) -> Iterable[Move]:
    holding = seat.holding if seat else None
    if holding == Holding.ACCEPTED:
        assert seat is not None
        is_part = session.event_id is not None  # one is asked about the event as a whole
        if seat.confirmed_at is None and counts_as_confirmed(session) and not is_part:
            yield Move.CONFIRM
        yield Move.GIVE_BACK
    elif holding == Holding.WAITING:
        if not is_full:
            yield Move.ACCEPT
        yield Move.LEAVE_LINE
    else:
        yield Move.WAIT if is_full and holding != Holding.OFFERED else Move.ACCEPT
        if holding in (Holding.INVITED, Holding.OFFERED):
            yield Move.DECLINE


# What is remembered.


def came_before(person: uuid.UUID, chapter: uuid.UUID) -> bool:
    """Whether someone was at a session of this chapter before."""
    sat = Seat.objects.filter(person_id=person, session__chapter_id=chapter)
    return sat.filter(came_at__isnull=False).exists()


def was_turned_away(person: uuid.UUID, chapter: uuid.UUID) -> bool:
    """Whether someone found the room of this chapter full not long ago, and has not sat since."""
    since = clock.now() - FIRST_IN_LINE_FOR
    mine = Seat.objects.filter(person_id=person, session__chapter_id=chapter)
    last = mine.filter(turned_away_at__gt=since).order_by("-turned_away_at").first()
    if last is None or last.turned_away_at is None:
        return False
    return not mine.filter(came_at__gt=last.turned_away_at).exists()


def accepted_seats() -> QuerySet[Seat]:
    """Yeses that can be held against whether people came: of the last year, in sessions that are
    over and at whose door somebody was ticked off. Who gave a seat back in time is not in it."""
    return seats_looked_at().filter(walked_in=False)


def seats_looked_at() -> QuerySet[Seat]:
    """The same, with those who walked in."""
    checked = Seat.objects.filter(session=OuterRef("session"), came_at__isnull=False)
    seats = Seat.objects.filter(holding=Holding.ACCEPTED, session__state=State.OVER)
    # What happens in closed sessions is nobody's figure.
    seats = seats.filter(session__circle=None)
    since = clock.now() - REMEMBERED_FOR
    return seats.filter(session__starts_at__gt=since).filter(Exists(checked))
