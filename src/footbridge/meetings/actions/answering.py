"""What guests say: yes, no, back, still. Each is one tap, and tapping twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, NotHere
from footbridge.meetings import letters, policy
from footbridge.meetings.actions._steps import (
    call_up_next,
    leave_parts,
    let_go,
    lock_person,
    lock_run,
    lock_with_event,
    refuse_two_at_once,
    require_answerable,
    require_seat_in_event,
    seat_again,
    seat_in,
    take,
    tell,
)
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.queries.programme import interested_in
from footbridge.meetings.states import TAKEN, Holding, Part, State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

_GONE = (Holding.DECLINED, Holding.CANCELLED)


@transaction.atomic
def invite(*, actor: Viewer, session: Session, people: Iterable[Person]) -> list[Seat]:
    """Ask people whether they come: each once, by a link that needs no account.

    Returns the seats of those who were asked now or stand in the list already. Who is missing in
    it is not available now; why is theirs.
    """
    session = lock_run(actor, session.id)
    if session.state != State.OPEN or session.starts_at <= clock.now():
        raise Conflict(_("People are invited to a session that is open and lies ahead."))
    if session.event_id is not None:
        raise Conflict(_("People are invited to the event, and choose its parts themselves."))
    ids = {person.id for person in people}
    rows = Person.objects.select_for_update(of=("self",)).select_related("chapter")
    found = list(rows.filter(id__in=ids).order_by("id"))
    asked = {seat.person_id: seat for seat in Seat.objects.filter(session=session, person__in=ids)}
    seats = [asked.get(person.id) or _ask(actor, session, person) for person in found]
    return [seat for seat in seats if seat is not None]


@transaction.atomic
def invite_interested(*, actor: Viewer, session: Session) -> list[Seat]:
    """Ask those who wanted to be kept informed, or to help, after other sessions of the series.
    Nobody is asked twice. Returns the seats of those who were asked now."""
    session = lock_run(actor, session.id)
    before = set(Seat.objects.filter(session=session).values_list("id", flat=True))
    people = list(interested_in(session))
    return [
        one for one in invite(actor=actor, session=session, people=people) if one.id not in before
    ]


def _ask(actor: Viewer, session: Session, person: Person) -> Seat | None:
    if not policy.may_be_invited(person, session.chapter):
        return None
    if not policy.is_open_for(person, session):
        return None
    by = actor if isinstance(actor, Person) else None
    seat = Seat.objects.create(session=session, person=person, invited_by=by)
    letters.invite(seat)
    tell("invited", seat, actor)
    return seat


@transaction.atomic
def accept(*, actor: Person, session: Session) -> Seat:
    """Say yes. While there is room a seat is theirs; else they stand in line, and are told at
    which place.

    Raises SeatElsewhere where they sit in another session at that time.
    """
    session, person, seat = _both(actor, session)
    require_answerable(session)
    if seat is not None and seat.holding == Holding.ACCEPTED:
        return seat
    require_seat_in_event(session, person)
    refuse_two_at_once(session, person)
    if call_up_next(session):  # those in line come before whoever asks now
        seat = seat_in(session, person)
    is_held = seat is not None and seat.holding == Holding.OFFERED
    if not is_held and policy.seats_free(session) == 0:
        return _stand_in_line(seat or Seat(session=session, person=person))
    return _take(seat or Seat(session=session, person=person))


def _both(actor: Person, session: Session) -> tuple[Session, Person, Seat | None]:
    """The session, then the person, both locked, and the seat between them."""
    session = lock_with_event(session.id)
    person = lock_person(actor)
    is_secret = session.state == State.DRAFT and not policy.runs(person, session)
    if is_secret or not policy.may_sit(person, session):
        raise NotHere
    return session, person, seat_in(session, person)


def _take(seat: Seat) -> Seat:
    take(seat)
    # Who chooses the parts of an event sees on the page what they have chosen.
    if seat.session.event_id is None:
        letters.accept(seat)
    tell("accepted", seat, seat.person)
    return seat


def _stand_in_line(seat: Seat) -> Seat:
    if seat.holding == Holding.WAITING:
        return seat
    seat.holding = Holding.WAITING
    seat.waiting_since = seat.answered_at = clock.now()
    seat.comes_first = policy.was_turned_away(seat.person_id, seat.session.chapter_id)
    seat.save()
    if seat.session.event_id is None:
        letters.wait(seat, _place(seat))
    tell("waiting", seat, seat.person)
    return seat


def _place(seat: Seat) -> int:
    return list(policy.line(seat.session).values_list("id", flat=True)).index(seat.id) + 1


@transaction.atomic
def decline(*, actor: Person, session: Session) -> Seat:
    """Say no, to an invitation, to a seat that is held, or to standing in line any longer."""
    return _leave(actor, session)


@transaction.atomic
def give_back(*, actor: Person, session: Session) -> Seat:
    """Give a seat back: it goes to the next in line. Whoever does is no no-show."""
    return _leave(actor, session)


def _leave(actor: Person, session: Session) -> Seat:
    session, _person, seat = _both(actor, session)
    if seat is None:
        raise NotHere
    if seat.holding in _GONE:
        return seat
    require_answerable(session)
    if seat.came_at is not None:
        raise Conflict(_("You are there already. Say at the door when you go."))
    was = Holding(seat.holding)
    let_go(seat, Holding.CANCELLED if was == Holding.ACCEPTED else Holding.DECLINED)
    tell("given_back" if was == Holding.ACCEPTED else "declined", seat, actor)
    leave_parts(session, actor)
    if was in TAKEN:
        call_up_next(session)
    return seat


@transaction.atomic
def take_back(*, actor: Viewer, seat: Seat) -> Seat:
    """Let a seat go that can be its person's no more; it goes to the next in line."""
    session = lock_run(actor, seat.session_id)
    row = seat_again(session, seat)
    if row.came_at is None and row.holding not in _GONE:
        was = Holding(row.holding)
        let_go(row, Holding.CANCELLED)
        tell("taken_back", row, actor)
        if was in TAKEN:
            call_up_next(session)
    return row


@transaction.atomic
def confirm(*, actor: Person, session: Session) -> Seat:
    """Say that one still comes. Whose seat was given on meanwhile gets one while there is room,
    and stands in line otherwise."""
    session, person, seat = _both(actor, session)
    if seat is None or seat.holding != Holding.ACCEPTED:
        return accept(actor=person, session=session)
    require_answerable(session)
    if seat.confirmed_at is None:
        seat.confirmed_at = clock.now()
        seat.save(update_fields=["confirmed_at"])
        tell("confirmed", seat, actor)
    return seat


@transaction.atomic
def set_part(*, actor: Viewer, seat: Seat, part: Part | str) -> Seat:
    """Say what someone does in a session besides taking part. Who hosts or facilitates runs it
    from then on, with all seats before them."""
    session = lock_run(actor, seat.session_id)
    row = seat_again(session, seat)
    if row.part != part:
        row.part = Part(part)
        row.save(update_fields=["part"])
        tell("part_given", row, actor, part=str(row.part))
    return row
