"""What the tests of hours have in common: Lena gives some of her evenings, Rosa needs one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Need
from footbridge.hours import actions
from footbridge.hours.actions.stating import Terms
from footbridge.hours.models import Availability, Booking, Slot
from footbridge.hours.windows import Window
from footbridge.mail.models import Message
from footbridge.people.models import Person
from tests.cast import Cast

# The quarter in which every test begins, and the first Tuesday to come in it.
QUARTER = date(2026, 1, 1)
NEXT_QUARTER = date(2026, 4, 1)
TUESDAYS = Window(time(17), time(19), weekday=1)
FIRST_SLOT = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
NEED = "We need cold storage two nights a week."
OFFER = "Cold storage, two pallets, at night."
WHAT_FOR = "How to keep soup safe over the weekend"


def terms(**said: Any) -> Terms:
    """Online, an hour at a time, four hours in the quarter."""
    return Terms(**{"timezone": "UTC", "minutes": 60, "most_hours": 4, **said})


def gives(
    person: Person,
    *,
    quarter: date = QUARTER,
    windows: Sequence[Window] = (TUESDAYS,),
    offers: Sequence[Any] = (),
    chapters: Sequence[Any] = (),
    **said: Any,
) -> Availability:
    """Somebody says when they have time."""
    return actions.state_time(
        actor=person,
        quarter=quarter,
        windows=windows,
        terms=terms(**said),
        offers=offers,
        chapters=chapters,
    )


def offers(person: Person, text: str = OFFER) -> Any:
    exchange.load_shipped_vocabulary()
    return exchange.open_offer(actor=person, owner=person, text=text)


def needs(person: Person, text: str = NEED, owner: Any = None) -> Need:
    exchange.load_shipped_vocabulary()
    return exchange.open_need(actor=person, owner=owner or person, text=text)


def slots_of(person: Person) -> list[Slot]:
    return list(Slot.objects.filter(availability__person=person).order_by("starts_at"))


def free_slot(person: Person) -> Slot:
    """The first one that can be asked for: not within a day."""
    return next(
        slot for slot in slots_of(person) if slot.starts_at > clock.now() + timedelta(days=1)
    )


def asked(cast: Cast, **said: Any) -> Booking:
    """Rosa asks Lena for the first slot that is free."""
    if not Slot.objects.filter(availability__person=cast.target).exists():
        gives(cast.target)
    said = {"actor": cast.seeker, "what_for": WHAT_FOR, **said}
    said.setdefault("slot", free_slot(cast.target))
    said.setdefault("need", Need.objects.filter(owner=said["actor"]).first() or needs(cast.seeker))
    return actions.ask(**said)


def agreed(cast: Cast, **said: Any) -> Booking:
    booking = asked(cast, **said)
    return actions.agree(actor=booking.giver, booking=booking)


def held(cast: Cast, minutes: int | None = 60, confirmed: int | None = None) -> Booking:
    """It took place; what each of the two says of it."""
    booking = agreed(cast)
    with clock.held_at(booking.ends_at + timedelta(hours=2)):
        if minutes is not None:
            booking = actions.tell(actor=booking.giver, booking=booking, minutes=minutes)
        if confirmed is not None:
            booking = actions.confirm(actor=booking.receiver, booking=booking, minutes=confirmed)
    return booking


def letters(to: Person | None = None) -> list[str]:
    """The kinds of letters about somebody's time, in the order in which they were written."""
    rows = Message.objects.filter(kind__startswith="time_").order_by("created_at", "id")
    rows = rows.filter(to_person=to.id) if to else rows
    return list(rows.values_list("kind", flat=True))


def letter(kind: str, to: Person) -> Message:
    return Message.objects.get(kind=kind, to_person=to.id)


def fresh(booking: Booking) -> Booking:
    return Booking.objects.select_related("slot").get(id=booking.id)
