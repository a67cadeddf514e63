"""What a door may show of somebody's time, of a slot and of an appointment."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dates import MONTHS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.hours.models import Availability, Booking, Slot
from footbridge.hours.policy import moves, role_of, sees_profile
from footbridge.hours.states import DAYS_OF_THE_WEEK, Manner, Move, Rhythm, Role, State
from footbridge.hours.windows import Window, after
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, is_open_to_members


@dataclass(frozen=True)
class AvailabilityCard:
    """What somebody said of their time in a quarter, for themselves."""

    id: uuid.UUID
    quarter: date
    quarter_words: str
    timezone: str
    windows: tuple[Window, ...]
    windows_words: tuple[str, ...]
    minutes: int
    most_hours: int
    manner: str
    manner_words: str
    place: str
    within_km: int
    where: str
    online_link: str
    offers: tuple[uuid.UUID, ...]
    sectors: tuple[str, ...]
    chapters: tuple[uuid.UUID, ...]
    only_unpaid: bool
    is_paused: bool
    free_slots: int
    minutes_left: int
    version: int

    @property
    def left(self) -> str:
        """What is left, as hours and minutes: 4:15."""
        return f"{self.minutes_left // 60}:{self.minutes_left % 60:02d}"


@dataclass(frozen=True)
class SlotCard:
    """A time that somebody has, for whoever may ask for it: no address, no link."""

    id: uuid.UUID
    giver_id: uuid.UUID
    giver: str
    headline: str
    chapter_id: uuid.UUID | None
    starts_at: datetime
    ends_at: datetime
    timezone: str
    minutes: int
    manner: str
    place: str
    only_unpaid: bool

    @property
    def ways(self) -> tuple[Manner, ...]:
        """The ways to meet that there are to choose from."""
        return (Manner.ONLINE, Manner.IN_PERSON) if self.manner == Manner.EITHER else (self._way,)

    @property
    def _way(self) -> Manner:
        return Manner(self.manner)


@dataclass(frozen=True)
class Party:
    """One of the two, as far as the other may know them."""

    name: str
    id: uuid.UUID | None = None
    email: str = ""


@dataclass(frozen=True)
class BookingCard:
    """An appointment, for one of the two. Addresses are there once both have said yes."""

    id: uuid.UUID
    role: Role | None
    state: str
    state_words: str
    giver: Party
    receiver: Party
    on_behalf_of: str
    need: str
    what_for: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    minutes: int
    is_online: bool
    where: str
    online_link: str
    could_not_pay: bool
    answer_by: datetime | None
    moves: tuple[Move, ...]
    cancelled_by_me: bool
    giver_minutes: int | None
    receiver_minutes: int | None
    counted_minutes: int | None
    learned: str
    # Of what the giver says of it; for the giver.
    told_version: str

    @property
    def other(self) -> Party:
        return self.receiver if self.role == Role.GIVER else self.giver

    @property
    def waits_for_me(self) -> bool:
        waiting = (Move.AGREE, Move.CONFIRM, Move.TELL)
        return any(move in self.moves for move in waiting) and self.giver_minutes_are_open

    @property
    def giver_minutes_are_open(self) -> bool:
        """The giver has told, or somebody else is to say something."""
        return self.role != Role.GIVER or self.giver_minutes is None

    @property
    def is_coming(self) -> bool:
        return self.state == State.AGREED and self.ends_at > clock.now()


def quarter_words(quarter: date) -> str:
    """A quarter as people speak of it: "October to December 2026"."""
    last = (after(quarter).month - 2) % 12 + 1
    said = {"first": MONTHS[quarter.month], "last": MONTHS[last], "year": quarter.year}
    return _("%(first)s to %(last)s %(year)s") % said


def window_words(window: Window) -> str:
    """A window as people speak of it."""
    hours = {
        "begins": time_format(window.begins, "TIME_FORMAT"),
        "ends": time_format(window.ends, "TIME_FORMAT"),
    }
    if window.day is not None:
        said = hours | {"day": date_format(window.day, "DATE_FORMAT")}
        return _("%(day)s, %(begins)s to %(ends)s") % said
    said = hours | {"day": str(DAYS_OF_THE_WEEK[window.weekday or 0])}
    if window.rhythm == Rhythm.EVERY:
        return _("%(day)s, %(begins)s to %(ends)s") % said
    said["rhythm"] = str(window.rhythm.label)
    return _("%(day)s, %(begins)s to %(ends)s, %(rhythm)s") % said


def availability_card(
    availability: Availability, *, free_slots: int, minutes_left: int
) -> AvailabilityCard:
    """The card of what somebody said, with what is left of it."""
    windows = windows_of(availability)
    return AvailabilityCard(
        id=availability.id,
        quarter=availability.quarter,
        quarter_words=quarter_words(availability.quarter),
        timezone=availability.timezone,
        windows=windows,
        windows_words=tuple(window_words(one) for one in windows),
        minutes=availability.minutes,
        most_hours=availability.most_hours,
        manner=availability.manner,
        manner_words=str(Manner(availability.manner).label),
        place=availability.place.name if availability.place else "",
        within_km=availability.within_km,
        where=availability.where,
        online_link=availability.online_link,
        offers=tuple(offer.id for offer in availability.offers.all()),
        sectors=tuple(availability.sectors),
        chapters=tuple(chapter.id for chapter in availability.chapters.all()),
        only_unpaid=availability.only_unpaid,
        is_paused=availability.is_paused,
        free_slots=free_slots,
        minutes_left=max(0, minutes_left),
        version=availability.version,
    )


def windows_of(availability: Availability) -> tuple[Window, ...]:
    """The windows that were said."""
    return tuple(Window.from_json(kept) for kept in availability.windows)


def slot_card(slot: Slot) -> SlotCard:
    """The card of a slot whose availability and giver are at hand."""
    availability, giver = slot.availability, slot.availability.person
    return SlotCard(
        id=slot.id,
        giver_id=giver.id,
        giver=giver.name,
        headline=giver.headline if is_open_to_members(giver.headline_seen_by) else "",
        chapter_id=giver.chapter_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        timezone=availability.timezone,
        minutes=slot.minutes,
        manner=availability.manner,
        place=availability.place.name if availability.place else "",
        only_unpaid=availability.only_unpaid,
    )


def cards(viewer: Viewer, bookings: Iterable[Booking]) -> list[BookingCard]:
    """The cards of many appointments."""
    return [card(viewer, booking) for booking in bookings]


def card(viewer: Viewer, booking: Booking) -> BookingCard:
    """The card for one viewer. Fetch through `queries` to spare database queries."""
    role = role_of(viewer, booking)
    is_made = booking.state in (State.AGREED, State.CANCELLED)
    state = State(booking.state)
    return BookingCard(
        id=booking.id,
        role=role,
        state=state,
        state_words=_said_to(role, state),
        giver=_party(viewer, booking.giver, is_made),
        receiver=_party(viewer, booking.receiver, is_made),
        on_behalf_of=booking.on_behalf_of.name if booking.on_behalf_of else "",
        need=booking.need.text if booking.need else "",
        what_for=booking.what_for,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        timezone=booking.timezone,
        minutes=booking.minutes,
        is_online=booking.is_online,
        where=booking.where if is_made or role == Role.GIVER else "",
        online_link=booking.online_link if is_made or role == Role.GIVER else "",
        could_not_pay=booking.could_not_pay,
        answer_by=booking.expires_at if state in (State.ASKED, State.PROPOSED) else None,
        moves=moves(role, booking),
        cancelled_by_me=bool(booking.cancelled_by) and booking.cancelled_by == role,
        giver_minutes=_told(role, booking),
        receiver_minutes=booking.receiver_minutes,
        counted_minutes=booking.counted_minutes,
        learned=booking.learned if role == Role.GIVER else "",
        told_version=booking.told_version if role == Role.GIVER else "",
    )


def _said_to(role: Role | None, state: State) -> str:
    """Silence and "not now" look the same to whoever asked."""
    if role == Role.RECEIVER and state == State.EXPIRED:
        return str(State.NOT_NOW.label)
    return str(state.label)


def _told(role: Role | None, booking: Booking) -> int | None:
    """That somebody did not come is told to nobody but who told it."""
    is_private = booking.giver_minutes == 0 and role != Role.GIVER
    return None if is_private else booking.giver_minutes


def _party(viewer: Viewer, person: Person | None, is_made: bool) -> Party:
    if person is None:
        return Party(_("Someone who has left"))
    page = person.id if sees_profile(viewer, person) else None
    return Party(person.name, page, (person.email or "") if is_made else "")
