"""Reading somebody's time, slots and appointments, always for a viewer."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.core.prepared import prepared
from footbridge.core.reading import asked_once
from footbridge.exchange.models import Need, Offer
from footbridge.hours.cards import (
    AvailabilityCard,
    BookingCard,
    SlotCard,
    availability_card,
    card,
    cards,
    quarter_words,
    slot_card,
)
from footbridge.hours.given import hours_given, years_of
from footbridge.hours.models import Availability, Booking, Slot
from footbridge.hours.policy import (
    AGAIN_PURPOSE,
    LINK_LASTS_AFTERWARDS,
    LINK_PURPOSE,
    TOLD_WITHIN,
    free,
    is_for_offer,
    minutes_left,
    open_to,
    own,
    suits,
    visible_to,
)
from footbridge.hours.states import UNANSWERED, Manner, State
from footbridge.hours.windows import after, before, quarter_of
from footbridge.people.gazetteer import distance_km
from footbridge.people.models import Person, Place
from footbridge.people.policy import Viewer, is_open_to_members

__all__ = [
    "BookingCard",
    "SlotCard",
    "card",
    "cards",
    "get",
    "get_card",
    "hours_given",
    "list_for",
    "quarter_words",
    "quarters",
    "slot_card",
    "statement",
    "visible_to",
    "waiting_for",
    "years_of",
]  # fmt: skip

# So many of somebody's next slots are looked at when one is offered, or another time is chosen.
NEXT_SLOTS = 12


# One's own time.


@dataclass(frozen=True)
class Quarter:
    """A quarter for which something can be said: its first day, in words, and what was said."""

    first_day: date
    words: str
    statement: AvailabilityCard | None


def quarters(viewer: Person) -> list[Quarter]:
    """This quarter and the next, with what somebody said for each."""
    this = quarter_of(clock.today())
    both = (this, after(this))
    said = {one.quarter: one for one in statements(viewer, both)}
    return [Quarter(one, quarter_words(one), said.get(one)) for one in both]


def statement(viewer: Person, quarter: date) -> AvailabilityCard | None:
    """What somebody said of their time in one quarter."""
    return next(iter(statements(viewer, [quarter])), None)


def statements(viewer: Person, wanted: Iterable[date]) -> list[AvailabilityCard]:
    """What somebody said of their time in several quarters."""
    rows = own(viewer).filter(quarter__in=list(wanted)).prefetch_related("offers", "chapters")
    found = list(rows)
    left = minutes_left(found)
    slots = free(Slot.objects.filter(availability__in=found)).values_list("availability_id")
    many = Counter(one for (one,) in slots.order_by())
    return [
        availability_card(one, free_slots=many[one.id], minutes_left=left[one.id]) for one in found
    ]


def can_be_said_again(viewer: Person, quarter: date) -> bool:
    """Whether there is something of the quarter before, and nothing yet of this one."""
    known = set(own(viewer).values_list("quarter", flat=True))
    return before(quarter) in known and quarter not in known


def timezone_of(person: Person) -> str:
    """By whose clocks somebody lives, as far as is known: their place's, else their chapter's."""
    if person.place and person.place.timezone:
        return person.place.timezone
    return person.chapter.timezone if person.chapter else "UTC"


# Slots that others may ask for.


def givers_open_to(viewer: Viewer, need: Need) -> dict[uuid.UUID, Availability]:
    """Who has time that may be asked for this need, by person: the soonest quarter of each."""
    rows = open_to(viewer).filter(slots__in=free(Slot.objects.all())).distinct()
    skills = {skill.id for skill in need.skills.all()}
    offers = Prefetch("offers", Offer.objects.prefetch_related("skills"))
    found = list(rows.select_related("place", "person__place").prefetch_related(offers))
    left = minutes_left(found)
    open_ = [one for one in found if left[one.id] >= one.minutes and suits(one, need.owner)]
    return {one.person_id: one for one in reversed(open_) if is_for_offer(one, skills)}


def is_any_open_to(viewer: Viewer) -> bool:
    """Whether anybody has time that somebody may ask for; cheap, and mostly no."""
    return open_to(viewer).filter(slots__starts_at__gte=clock.now()).exists()


def next_slots(availabilities: Iterable[Availability]) -> dict[uuid.UUID, list[SlotCard]]:
    """The next free slots of each person, soonest first."""
    slots = free(Slot.objects.filter(availability__in=list(availabilities)))
    found: dict[uuid.UUID, list[SlotCard]] = defaultdict(list)
    for slot in slots.select_related("availability__place", "availability__person"):
        mine = found[slot.availability.person_id]
        if len(mine) < NEXT_SLOTS:
            mine.append(slot_card(slot))
    return found


def free_slots_of(viewer: Viewer, people: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many times each of these people has that somebody may ask for; only those with any."""
    found = list(open_to(viewer).filter(person__in=list(people)).order_by("quarter", "id"))
    if not found:
        return {}
    left = minutes_left(found)
    slots = free(Slot.objects.filter(availability__in=found)).order_by()
    many = Counter(slots.values_list("availability_id", flat=True))
    given: Counter[uuid.UUID] = Counter()
    for one in found:
        given[one.person_id] += min(many[one.id], max(0, left[one.id]) // one.minutes)
    return {person: n for person, n in given.items() if n}


def is_local(availability: Availability, near: Place | None) -> bool:
    """Whether two people could meet there: in person, within the distance that was said."""
    place = availability.place or _place_shown_to_members(availability.person)
    if availability.manner == Manner.ONLINE or place is None or near is None:
        return False
    apart = distance_km(place.latitude, place.longitude, near.latitude, near.longitude)
    return apart <= availability.within_km


def _place_shown_to_members(person: Person) -> Place | None:
    return person.place if is_open_to_members(person.place_seen_by) else None


def where_it_is_needed(need: Need, viewer: Viewer) -> Place | None:
    """Where a need is: its own place, else its owner's, else that of who asks."""
    own_place = viewer.place if isinstance(viewer, Person) else None
    return need.place or need.owner.place or own_place


def get_slot(viewer: Viewer, slot_id: uuid.UUID | str, *, taken_too: bool = False) -> Slot:
    """A slot that somebody may ask for, or NotHere: gone and hidden answer alike. With
    `taken_too` also one for which somebody else was quicker."""
    found = _slots_open_to(viewer).filter(id=slot_id).first()
    if found is None or not (taken_too or is_free(viewer, found)):
        raise NotHere
    return found


def _slots_open_to(viewer: Viewer) -> QuerySet[Slot]:
    rows = Slot.objects.select_related("availability__place", "availability__person")
    return rows.filter(availability__in=open_to(viewer), starts_at__gt=clock.now())


def is_free(viewer: Viewer, slot: Slot) -> bool:
    """Whether a slot can still be asked for, and the hours of its quarter are enough."""
    left = minutes_left([slot.availability])[slot.availability_id]
    return slot.minutes <= left and free(Slot.objects.filter(id=slot.id)).exists()


def next_of(viewer: Viewer, slot: Slot) -> Slot | None:
    """The next free slot of the same person, if somebody was quicker."""
    rows = free(_slots_open_to(viewer)).filter(availability=slot.availability_id)
    return next((one for one in rows[:1] if is_free(viewer, one)), None)


def get_slot_card(viewer: Viewer, slot_id: uuid.UUID | str) -> SlotCard:
    """The card of a free slot, or NotHere."""
    return slot_card(get_slot(viewer, slot_id))


def other_slots(viewer: Person, booking: Booking) -> list[SlotCard]:
    """One's own free slots, to propose another time."""
    rows = Availability.objects.filter(person=viewer, is_paused=False)
    return next_slots(rows).get(viewer.id, []) if booking.giver_id == viewer.id else []


def own_slot(viewer: Person, slot_id: uuid.UUID | str) -> Slot:
    """One of one's own free slots, or NotHere."""
    found = free(Slot.objects.filter(availability__person=viewer, id=slot_id)).first()
    if found is None:
        raise NotHere
    return found


# Appointments.


def get(viewer: Viewer, booking_id: uuid.UUID | str) -> Booking:
    """One appointment, or NotHere: missing and foreign answer alike."""
    found = _complete(visible_to(viewer)).filter(id=booking_id).first()
    if found is None:
        raise NotHere
    return found


def get_card(viewer: Viewer, booking_id: uuid.UUID | str) -> BookingCard:
    """The card of one appointment, or NotHere."""
    return card(viewer, get(viewer, booking_id))


def list_for(viewer: Viewer) -> list[BookingCard]:
    """The appointments that somebody has, had or asked for; the latest first."""
    return cards(viewer, _complete(visible_to(viewer)))


def waiting_for(person: Person) -> list[BookingCard]:
    """What waits for somebody's word: an answer, how long it took, whether that is so."""
    return list(_all_waiting_for(person))


@asked_once
def _all_waiting_for(person: Person) -> tuple[BookingCard, ...]:
    since = clock.now() - TOLD_WITHIN
    if not _any_may_wait(person.id, since):  # as for most, most of the time
        return ()
    mine = visible_to(person).filter(_may_wait(since))
    found = cards(person, _complete(mine).order_by("starts_at", "id"))
    return tuple(one for one in found if one.waits_for_me)


@prepared
def _any_may_wait(person_id: uuid.UUID, since: datetime) -> QuerySet[Booking, uuid.UUID]:
    mine = Booking.objects.filter(_may_wait(since), Q(giver=person_id) | Q(receiver=person_id))
    return mine.order_by().values_list("id", flat=True)[:1]


def _may_wait(since: datetime) -> Q:
    in_play = Q(state__in=(*UNANSWERED, State.AGREED))
    return in_play & Q(ends_at__gt=since, receiver_minutes=None)


def _complete(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    return bookings.select_related(
        "giver__chapter",
        "giver__place",
        "receiver__chapter",
        "receiver__place",
        "on_behalf_of",
        "need",
        "slot__availability",
    )


# Links.


def booking_path(booking: Booking, person: Person) -> str:
    """The link that is one person's way to an appointment."""
    lasts = max(timedelta(days=1), booking.ends_at + LINK_LASTS_AFTERWARDS - clock.now())
    return f"/booked/{links.sign(LINK_PURPOSE, booking.id, person.id, lasts=lasts)}/"


def calendar_path(booking: Booking, person: Person) -> str:
    """The calendar file of an appointment, for one of the two."""
    return booking_path(booking, person) + "calendar.ics"


def again_path(availability: Availability) -> str:
    """The link by which somebody says the same times for the next quarter."""
    quarter_ends = timedelta(days=(after(after(availability.quarter)) - clock.today()).days)
    lasts = max(timedelta(days=1), quarter_ends)
    token = links.sign(AGAIN_PURPOSE, availability.id, availability.person_id, lasts=lasts)
    return f"/slots-again/{token}/"


def booking_by_link(token: str) -> tuple[Person, Booking]:
    """Whom a link was made for, and the appointment. Changes nothing.

    Raises LinkNotValid when the link is altered, expired, or opens nothing any more.
    """
    link = links.read(token, LINK_PURPOSE)
    booking = _complete(Booking.objects.filter(id=link.thing)).first()
    both = (booking.giver, booking.receiver) if booking else ()
    person = next((one for one in both if one and one.id == link.person), None)
    if booking is None or person is None:
        raise _opens_nothing()
    return person, booking


def availability_by_link(token: str) -> tuple[Person, Availability]:
    """Whose last quarter a link is about. Changes nothing."""
    link = links.read(token, AGAIN_PURPOSE)
    rows = Availability.objects.select_related("person__chapter", "person__place", "place")
    found = rows.filter(id=link.thing, person_id=link.person).first() if link.person else None
    if found is None:
        raise _opens_nothing()
    return found.person, found


def _opens_nothing() -> LinkNotValid:
    return LinkNotValid(_("This link opens nothing any more."))
