"""Whose time is shown to whom, what each of the two may do, and how much may be asked for."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.hours.models import Availability, Booking, Slot
from footbridge.hours.states import ASKED_IN, LIVE, UNANSWERED, Move, Role, State
from footbridge.hours.windows import bounds
from footbridge.network.queries import kept_apart_from
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer, acted_for_ids, may_see, shown_to
from footbridge.people.states import Standing

LINK_PURPOSE = "booking"
AGAIN_PURPOSE = "slots_again"
LINK_LASTS_AFTERWARDS = timedelta(days=60)
# A slot can be asked for until a day before; who is asked answers within a week, and two hours
# before it begins at the latest.
NOTICE = timedelta(hours=24)
ANSWERED_WITHIN = timedelta(days=7)
ANSWERED_BEFORE = timedelta(hours=2)
# What one person may wait for at a time, so that nobody keeps the time of many.
MOST_ASKED = 3
# Whoever gave their time can say so until then, and the other confirm it.
TOLD_WITHIN = timedelta(days=90)
LONGEST = 8 * 60


def own(viewer: Viewer) -> QuerySet[Availability]:
    """What somebody said of their time is theirs; others see the slots that are free."""
    rows = Availability.objects.select_related("place", "person")
    return rows if isinstance(viewer, Operator) else rows.filter(person=viewer)


def visible_to(viewer: Viewer) -> QuerySet[Booking]:
    """An appointment is known to the two whose it is."""
    bookings = Booking.objects.all()
    if isinstance(viewer, Operator):
        return bookings
    return bookings.filter(Q(giver=viewer) | Q(receiver=viewer))


# Whose time is free.


def open_to(viewer: Viewer) -> QuerySet[Availability]:
    """The time that others give and that somebody may ask for: of whom they may see, who does
    not pause, does not stay in a chapter that is not theirs, and wishes no distance.

    Whether the hours of the quarter are used up is asked of what is left, by `minutes_left`.
    """
    rows = Availability.objects.filter(_awake(), is_paused=False)
    rows = rows.filter(person__standing=Standing.JOINED, quarter__gte=_a_quarter_ago())
    if isinstance(viewer, Operator):
        return rows
    if not viewer.has_joined:
        return rows.none()
    at_home = Q(person__beyond_chapter=True) | Q(person__chapter=viewer.chapter_id)
    for_them = Q(chapters=None) | Q(chapters=viewer.chapter_id)
    rows = rows.filter(shown_to(viewer, "person__") & at_home & for_them)
    return rows.exclude(person=viewer.id).exclude(person__in=kept_apart_from(viewer))


def _awake() -> Q:
    return Q(person__paused_until=None) | Q(person__paused_until__lt=clock.today())


def _a_quarter_ago() -> date:
    return clock.today() - timedelta(days=100)


def free(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """Of these slots, those that are still to come and that nobody has asked for."""
    asked = Booking.objects.filter(slot=OuterRef("pk"), state__in=LIVE)
    return slots.filter(~Exists(asked), starts_at__gte=clock.now() + NOTICE)


def minutes_left(availabilities: Iterable[Availability]) -> dict[uuid.UUID, int]:
    """What is left of the hours of each, once all that is asked for, agreed or was given is
    taken from it; in one query."""
    rows = list(availabilities)
    live = Booking.objects.filter(state__in=LIVE, giver__in={one.person_id for one in rows})
    spent: dict[uuid.UUID, list[Booking]] = defaultdict(list)
    for booking in live.order_by():
        spent[booking.giver_id].append(booking)
    return {one.id: one.most_hours * 60 - _spent_in(one, spent[one.person_id]) for one in rows}


def _spent_in(availability: Availability, bookings: Iterable[Booking]) -> int:
    begins, ends = bounds(availability.quarter, availability.timezone)
    return sum(_spent(one) for one in bookings if begins <= one.starts_at < ends)


def _spent(booking: Booking) -> int:
    """What it took, as far as one knows: as confirmed, as told, or as it was meant to."""
    said = (booking.receiver_minutes, booking.giver_minutes)
    return next((minutes for minutes in said if minutes is not None), booking.minutes)


def suits(availability: Availability, owner: Member) -> bool:
    """Whether the time is meant for this sector. People are of the sectors that they act for."""
    if not availability.sectors:
        return True
    own_sector = {owner.sector} if owner.sector else _sectors_of(owner)
    return bool(own_sector & set(availability.sectors))


def _sectors_of(owner: Member) -> set[str]:
    if not owner.is_person:
        return set()
    person = Person.objects.get(id=owner.id)
    organisations = Member.objects.filter(id__in=acted_for_ids(person))
    return set(organisations.values_list("sector", flat=True)) - {""}


def is_for_offer(availability: Availability, skills: set[uuid.UUID]) -> bool:
    """Whether any of these skills is in an offer for which the time is meant."""
    meant = [{skill.id for skill in offer.skills.all()} for offer in availability.offers.all()]
    return not meant or any(skills & each for each in meant)


# What each of the two may do.


def role_of(actor: Viewer, booking: Booking) -> Role | None:
    """Which of the two someone is."""
    if isinstance(actor, Operator):
        return None
    if actor.id == booking.giver_id:
        return Role.GIVER
    return Role.RECEIVER if actor.id == booking.receiver_id else None


def moves(role: Role | None, booking: Booking) -> tuple[Move, ...]:
    """What one of the two may do now."""
    state = State(booking.state)
    if role is None:
        return ()
    if state in UNANSWERED:
        return _answers(role, booking)
    if state == State.AGREED and clock.now() < booking.starts_at:
        return (Move.CANCEL,)
    return _afterwards(role, booking) if state == State.AGREED else ()


def _answers(role: Role, booking: Booking) -> tuple[Move, ...]:
    if is_over(booking):
        return ()
    if ASKED_IN[State(booking.state)] != role:
        return (Move.WITHDRAW,) if role == Role.RECEIVER else ()
    another = (Move.ANOTHER,) if role == Role.GIVER else ()
    return (Move.AGREE, *another, Move.NOT_NOW)


def _afterwards(role: Role, booking: Booking) -> tuple[Move, ...]:
    if role == Role.RECEIVER:
        waits = bool(booking.giver_minutes) and booking.receiver_minutes is None
        return (Move.CONFIRM,) if waits and _in_time(booking) else ()
    if booking.receiver_minutes is None:
        return (Move.TELL,) if _in_time(booking) else ()
    return (Move.LEARN,)


def _in_time(booking: Booking) -> bool:
    return clock.now() < booking.ends_at + TOLD_WITHIN


def is_over(booking: Booking) -> bool:
    """Whether the date for an answer has passed."""
    return booking.expires_at <= clock.now()


def may(actor: Viewer, move: Move, booking: Booking) -> bool:
    """Whether someone may do this to an appointment now."""
    return move in moves(role_of(actor, booking), booking)


def avoid_one_another(one: Person, other: Person) -> bool:
    """Whether either asked never to be brought together with the other."""
    return other.id in kept_apart_from(one)


def sees_profile(viewer: Viewer, person: Person) -> bool:
    """Whether the name of the other leads to their page."""
    return person.has_joined and may_see(viewer, person)


def answer_by(starts_at: datetime) -> datetime:
    """Until when an answer is waited for."""
    return min(clock.now() + ANSWERED_WITHIN, starts_at - ANSWERED_BEFORE)
