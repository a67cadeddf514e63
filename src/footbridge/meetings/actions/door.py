"""At the door: who is there, who came without a seat, who goes; and when it begins and ends.

There are never more in the room than the session has seats. The one too many is told so kindly,
and stands first in line the next time.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.meetings import letters, policy
from footbridge.meetings.actions._steps import (
    end_running_round,
    forget_who_spoke,
    lock,
    lock_person,
    lock_run,
    move_to,
    seat_again,
    seat_in,
    take_step,
    tell,
    tell_of,
)
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import TAKEN, Holding, State
from footbridge.people import actions as people
from footbridge.people import tidy
from footbridge.people.models import Person
from footbridge.people.policy import Viewer


def check_in(*, actor: Viewer, seat: Seat) -> Seat:
    """Tick someone off who is there. Raises Conflict when the room is full."""
    return _unless_full(_check_in(actor, seat))


@transaction.atomic
def _check_in(actor: Viewer, seat: Seat) -> tuple[Seat, bool]:
    session = lock_run(actor, seat.session_id)
    if not policy.is_corrected(session):
        _require_open_door(session)
    return _let_in(session, seat_again(session, seat), actor)


def come(*, actor: Person, session: Session) -> Seat:
    """Say at the door that one is there, member or not yet. Without a seat one takes a chair that
    is left. Raises Conflict when the room is full."""
    return _unless_full(_come(actor, session))


@transaction.atomic
def _come(actor: Person, session: Session) -> tuple[Seat, bool]:
    session = lock(session.id)
    person = lock_person(actor)
    if session.state == State.DRAFT or not policy.is_open_for(person, session):
        raise NotHere
    _require_open_door(session)
    seat = seat_in(session, person)
    return _let_in(session, seat or Seat(session=session, person=person), actor)


def _unless_full(result: tuple[Seat, bool]) -> Seat:
    """Turning somebody away is written down before it is said."""
    seat, is_in = result
    if not is_in:
        words = _("Every chair is taken. We are sorry: next time you stand first in line.")
        raise Conflict(words)
    return seat


def _require_open_door(session: Session) -> None:
    if session.state == State.CANCELLED:
        raise Conflict(_("This session does not take place."))
    if not policy.is_door_open(session):
        raise Conflict(_("The door opens three hours before the session and closes after it."))


def _let_in(session: Session, seat: Seat, actor: Viewer) -> tuple[Seat, bool]:
    if seat.is_there:
        return seat, True
    is_expected = seat.holding in TAKEN
    room = policy.has_room(session) if is_expected else policy.has_spare_chair(session)
    if not room:
        _turn_away(seat, actor)
        return seat, False
    is_back = seat.came_at is not None
    _write_down(seat, is_expected)
    if not is_back:
        tell("came" if is_expected else "walked_in", seat, actor)
    return seat, True


def _turn_away(seat: Seat, actor: Viewer) -> None:
    """Their answer stays as it was: it is the room that had no place for them."""
    if seat._state.adding:
        seat.holding = Holding.WAITING
        seat.waiting_since = seat.answered_at = clock.now()
    if seat.turned_away_at is None:
        seat.turned_away_at = clock.now()
        seat.save()
        tell("turned_away", seat, actor)


def _write_down(seat: Seat, is_expected: bool) -> None:
    now = clock.now()
    if seat.came_at is None:
        seat.first_time = not policy.came_before(seat.person_id, seat.session.chapter_id)
        seat.came_at = now
        seat.walked_in = not is_expected
    seat.left_at = None
    seat.holding = Holding.ACCEPTED
    seat.answered_at = seat.answered_at or now
    seat.confirmed_at = seat.confirmed_at or now
    seat.waiting_since = seat.held_until = seat.turned_away_at = None
    seat.comes_first = False
    seat.save()


@transaction.atomic
def walk_in(*, session: Session, name: str, email: str = "") -> Seat:
    """Take a chair without a seat and without an account, by the code at the door.

    Whoever types an address has not shown that it is theirs. So it is not looked up here: they
    are listed by the name that they give, and a letter goes to the address, whoever reads it.
    Whether it is free for them is seen to later. Raises Conflict when the room is full.
    """
    address = tidy.address_or_none(email)
    tidied = tidy.name(name)
    session = lock(session.id)
    if session.state == State.DRAFT or session.is_closed:
        raise NotHere
    _require_open_door(session)
    if not policy.has_spare_chair(session):
        raise Conflict(_("Every chair is taken. We are sorry, and glad that you came."))
    seat = _seat_at_door(session, _list(session, tidied))
    letters.walked_in(seat, address or "")
    tell("walked_in", seat)
    return seat


def _list(session: Session, name: str) -> Person:
    """Onto the list of the chapter that holds the session, as its hosts would write it."""
    return people.add_person(
        actor=OPERATOR,
        chapter=session.chapter,
        name=name,
        is_demo=session.is_demo,
        languages=[session.language],
    )


def _seat_at_door(session: Session, person: Person) -> Seat:
    now = clock.now()
    return Seat.objects.create(
        session=session,
        person=person,
        holding=Holding.ACCEPTED,
        answered_at=now,
        confirmed_at=now,
        came_at=now,
        walked_in=True,
        listed_at_door=True,
        first_time=True,
    )


@transaction.atomic
def leave(*, actor: Viewer, seat: Seat) -> Seat:
    """Someone goes: by their own word, or by that of who runs the session. Their chair is free."""
    session = lock(seat.session_id)
    row = seat_again(session, seat)
    if getattr(actor, "id", None) != row.person_id and not policy.runs(actor, session):
        raise NotAllowed(_("Only those who run this session can do this."))
    if row.came_at is None:
        raise Conflict(_("They have not come yet."))
    if row.left_at is None:
        row.left_at = clock.now()
        row.save(update_fields=["left_at"])
        tell("left", row, actor)
    return row


@transaction.atomic
def not_there(*, actor: Viewer, seat: Seat) -> Seat:
    """Take a tick back that was set by mistake. Who has sat at a table by now was there."""
    session = lock_run(actor, seat.session_id)
    row = seat_again(session, seat)
    if row.came_at is None:
        return row
    if row.sittings.filter(round__started_at__isnull=False).exists():
        raise Conflict(_("They have sat at a table. If they went, say that they left."))
    row.came_at = row.left_at = None
    if row.walked_in:
        row.holding, row.walked_in = Holding.CANCELLED, False
    row.save()
    tell("not_there", row, actor)
    return row


@transaction.atomic
def begin(*, actor: Viewer, session: Session) -> Session:
    """Begin, or go on where the evening was. Doing it twice changes nothing."""
    session = lock_run(actor, session.id)
    if session.state == State.RUNNING:
        return session
    move_to(State.RUNNING, session)
    session.started_at = session.started_at or clock.now()
    session.ended_at = None
    if session.step is None:
        take_step(session, 0)
    session.save(
        update_fields=["state", "started_at", "ended_at", "step", "step_since", "step_minutes"]
    )
    tell_of("begun", session, actor)
    return session


@transaction.atomic
def end(*, actor: Viewer, session: Session) -> Session:
    """End the evening, and the round that runs. Doing it twice changes nothing."""
    session = lock_run(actor, session.id)
    if session.state == State.OVER:
        return session
    move_to(State.OVER, session)
    session.ended_at = clock.now()
    session.save(update_fields=["state", "ended_at"])
    end_running_round(session)
    forget_who_spoke(session)
    tell_of("ended", session, actor)
    return session
