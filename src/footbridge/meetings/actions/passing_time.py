"""What time does: seats are held and let go, people are asked whether they come, sessions end.

Each function looks for what is due, takes one session at a time, looks again under the lock and
marks what it did. So any number of workers may call it, as often as they like.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core import clock
from footbridge.core.due import for_each
from footbridge.meetings import afterwards, letters, policy
from footbridge.meetings.actions._steps import (
    call_up_next,
    end_running_round,
    forget_who_spoke,
    leave_parts,
    let_go,
    tell,
    tell_of,
)
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import RUNS_IT, Holding, State

_OVER_AFTER = timedelta(days=1)


def let_offers_go() -> int:
    """Let go of seats that were held and not taken in time, and hold them for the next."""
    return for_each(_with_stale_offers, _let_go_of, "chapter")


def _with_stale_offers() -> QuerySet[Session]:
    stale = _seats(Holding.OFFERED).filter(held_until__lte=clock.now())
    return Session.objects.filter(Exists(stale), state=State.OPEN)


def _let_go_of(session: Session) -> int:
    stale = _of(session, Holding.OFFERED).filter(held_until__lte=clock.now())
    for seat in _with_person(session, stale):
        let_go(seat, Holding.RELEASED)
        letters.release(seat, was_held=True)
        tell("released", seat)
    call_up_next(session)
    return 1


def offer_freed_seats() -> int:
    """Hold seats that became free, as when somebody left the network, for those in line."""
    return for_each(_with_a_line, call_up_next, "chapter")


def _with_a_line() -> QuerySet[Session]:
    soonest = clock.now() + policy.NO_PROMOTION_WITHIN
    waiting = Exists(_seats(Holding.WAITING))
    return Session.objects.filter(waiting, state=State.OPEN, starts_at__gte=soonest)


def ask_again() -> int:
    """Two days and one day before, ask those who said yes and are silent whether they come; and
    remind those who confirmed of when and where."""
    return for_each(_soon, _ask, "chapter")


def _soon() -> QuerySet[Session]:
    now = clock.now()
    pending = Q(confirmed_at=None) | Q(reminded_at=None)
    soon = Session.objects.filter(Exists(_seats(Holding.ACCEPTED).filter(pending)))
    # Who comes to an event is asked about the event.
    soon = soon.filter(event=None)
    latest = now + policy.ASKED_BEFORE[0]
    return soon.filter(state=State.OPEN, starts_at__gt=now, starts_at__lte=latest)


def _ask(session: Session) -> int:
    coming = list(_with_person(session, _of(session, Holding.ACCEPTED)))
    asked = sum(_ask_one(session, seat) for seat in coming if _is_silent(seat))
    return asked + sum(_remind(session, seat) for seat in coming if not _is_silent(seat))


def _is_silent(seat: Seat) -> bool:
    """Who runs the session is not asked whether they come to it."""
    return seat.confirmed_at is None and seat.part not in RUNS_IT


def _ask_one(session: Session, seat: Seat) -> int:
    """At each of the two moments once, however late the worker comes."""
    now = clock.now()
    passed = [before for before in policy.ASKED_BEFORE if session.starts_at - before <= now]
    if not passed or (seat.asked_at and seat.asked_at >= session.starts_at - passed[-1]):
        return 0
    seat.asked_at = now
    seat.save(update_fields=["asked_at"])
    letters.ask_to_confirm(seat, is_last=passed[-1] == policy.ASKED_BEFORE[-1])
    tell("asked_again", seat)
    return 1


def _remind(session: Session, seat: Seat) -> int:
    """The day before; not whoever said yes within that day, since they know."""
    day_before = session.starts_at - policy.ASKED_BEFORE[-1]
    said = max(filter(None, (seat.answered_at, seat.confirmed_at)), default=session.made_at)
    if seat.reminded_at is not None or clock.now() < day_before or said >= day_before:
        return 0
    seat.reminded_at = clock.now()
    seat.save(update_fields=["reminded_at"])
    letters.remind(seat)
    return 1


def release_silent() -> int:
    """Twelve hours before, give the seats of those on who were asked and are silent."""
    return for_each(_with_silent, _release, "chapter")


def _with_silent() -> QuerySet[Session]:
    now = clock.now()
    window = (now + policy.NO_PROMOTION_WITHIN, now + policy.RELEASED_BEFORE)
    silent = Exists(_seats(Holding.ACCEPTED).filter(_silent()))
    return Session.objects.filter(silent, state=State.OPEN, starts_at__range=window)


def _silent() -> Q:
    """Asked long enough ago to answer, and without an answer."""
    asked = Q(confirmed_at=None, asked_at__lte=clock.now() - policy.TIME_TO_ANSWER)
    return asked & ~Q(part__in=RUNS_IT) & Q(came_at=None)


def _release(session: Session) -> int:
    silent = _of(session, Holding.ACCEPTED).filter(_silent())
    for seat in _with_person(session, silent):
        let_go(seat, Holding.RELEASED)
        letters.release(seat, was_held=False)
        tell("released", seat)
        leave_parts(session, seat.person)
    call_up_next(session)
    return 1


def close_what_is_over() -> int:
    """The day after, end what nobody ended."""
    return for_each(_left_open, _close, "chapter")


def _left_open() -> QuerySet[Session]:
    states = (State.OPEN, State.RUNNING)
    return Session.objects.filter(state__in=states, starts_at__lte=clock.now() - _OVER_AFTER)


def _close(session: Session) -> int:
    session.state = State.OVER
    session.ended_at = session.ends_at
    session.save(update_fields=["state", "ended_at"])
    end_running_round(session)
    forget_who_spoke(session)
    tell_of("ended", session, None)
    return 1


def thank_who_came() -> int:
    """A few hours after the end, thank those who came, and ask whether it was worth their time."""
    return for_each(_to_thank, _thank, "chapter")


def _to_thank() -> QuerySet[Session]:
    seats = afterwards.to_thank().filter(session=OuterRef("pk"))
    return Session.objects.filter(Exists(seats))


def _thank(session: Session) -> int:
    seats = _with_person(session, afterwards.to_thank().filter(session=session))
    for seat in seats:
        seat.thanked_at = clock.now()
        seat.save(update_fields=["thanked_at"])
        letters.thank(seat)
        tell("thanked", seat)
    return len(seats)


def _seats(holding: Holding) -> QuerySet[Seat]:
    return Seat.objects.filter(session=OuterRef("pk"), holding=holding)


def _of(session: Session, holding: Holding) -> QuerySet[Seat]:
    return Seat.objects.filter(session=session, holding=holding)


def _with_person(session: Session, seats: QuerySet[Seat]) -> list[Seat]:
    found = list(seats.select_related("person__chapter").order_by("answered_at", "id"))
    for seat in found:
        seat.session = session
    return found
