"""Time that is given: one's own, times that fit a need, appointments, hours."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from ninja import Field, Router, Schema, Status

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.core import clock
from footbridge.core.errors import NotHere
from footbridge.exchange import queries as exchange
from footbridge.hours import actions, queries
from footbridge.hours.actions.stating import Terms
from footbridge.hours.states import Rhythm
from footbridge.hours.windows import Window
from footbridge.insight.slots import slots_for
from footbridge.people import queries as people

router = Router(tags=["time"])

REFUSALS = schemas.refusals(400, 403, 404, 409, 429)
Year = Annotated[int, Field(ge=1970, le=9000)]


class TimeWindow(Schema):
    """From one hour until another: on a weekday (Monday is 0), or on one day."""

    begins: time
    ends: time
    weekday: int | None = Field(None, ge=0, le=6)
    rhythm: Literal["every", "first", "second"] = "every"
    day: date | None = None


class MyTime(Schema):
    """What one said of a quarter, and what is left of it."""

    id: uuid.UUID
    quarter: date
    timezone: str
    windows: list[TimeWindow]
    minutes: int
    most_hours: int
    manner: str
    place: str
    within_km: int
    where: str
    online_link: str
    offers: list[uuid.UUID]
    sectors: list[str]
    chapters: list[uuid.UUID]
    only_unpaid: bool
    is_paused: bool
    free_slots: int
    minutes_left: int
    version: int


class NewTime(Schema):
    """When one has time in a quarter, and for whom."""

    quarter: date
    windows: list[TimeWindow] = Field(max_length=50)
    timezone: str = Field(max_length=60)
    minutes: int = 45
    most_hours: int = 6
    manner: str = "online"
    place: str = Field("", max_length=200)
    within_km: int = 25
    where: str = Field("", max_length=500)
    online_link: str = Field("", max_length=600)
    offers: list[uuid.UUID] = Field([], max_length=100)
    sectors: list[str] = Field([], max_length=20)
    chapters: list[uuid.UUID] = Field([], max_length=100)
    only_unpaid: bool = False
    version: int | None = None


class Paused(Schema):
    """Whether one's time is paused."""

    is_paused: bool


class Again(Schema):
    """The quarter for which the times of the one before are said again."""

    quarter: date


class FittingSlot(Schema):
    """A time of somebody that fits a need."""

    id: uuid.UUID
    giver_id: uuid.UUID
    giver: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    minutes: int
    manner: str
    only_unpaid: bool
    is_local: bool
    reasons: list[str]


class NewBooking(Schema):
    """For which need, and what for."""

    need: uuid.UUID
    what_for: str = Field(max_length=1000)
    manner: str = ""
    could_not_pay: bool = False


class BookingParty(Schema):
    """One of the two of an appointment."""

    name: str
    id: uuid.UUID | None
    email: str


class Booking(Schema):
    """An appointment, as the caller may know it."""

    id: uuid.UUID
    role: str
    state: str
    giver: BookingParty
    receiver: BookingParty
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
    moves: list[str]
    giver_minutes: int | None
    receiver_minutes: int | None
    counted_minutes: int | None
    learned: str
    told_version: str


class AnotherTime(Schema):
    """Another free time of one's own."""

    slot: uuid.UUID


class CalledOff(Schema):
    """Why it is called off."""

    because: str = Field("", max_length=1000)


class Told(Schema):
    """How long it took; 0 if it did not take place."""

    minutes: int
    learned: str = Field("", max_length=1000)
    version: str | None = Field(None, max_length=20)


class Confirmed(Schema):
    """How long it took, as the other saw it."""

    minutes: int


class Given(Schema):
    """So many minutes in so many appointments."""

    words: str
    minutes: int
    times: int


class HoursGiven(Schema):
    """What one gave in a year, as it was confirmed."""

    year: int
    minutes: int
    times: int
    unconfirmed: int
    by_quarter: list[Given]
    by_cause: list[Given]
    by_chapter: list[Given]


BookingAnswer = {200: Booking, **REFUSALS}


@router.get("/time", response={200: list[MyTime], **schemas.NOT_SIGNED})
def my_time(request: Call) -> Any:
    """What one said of this quarter and the next."""
    found = queries.quarters(request.person)
    return [one.statement for one in found if one.statement]


@router.put("/time", response={200: MyTime, **REFUSALS})
def state_time(request: Call, said: NewTime) -> Any:
    """Say when one has time in a quarter. Saying it anew changes it; times that somebody asked
    for stay."""
    person = request.person
    rest = said.dict(exclude={"quarter", "windows", "offers", "chapters", "version"})
    known = {one.id: one for one in people.chapters(person)}
    if not known.keys() >= set(said.chapters):
        raise NotHere
    actions.state_time(
        actor=person,
        quarter=said.quarter,
        windows=[_window(one) for one in said.windows],
        terms=Terms(**rest),
        offers=[exchange.get_offer(person, one) for one in said.offers],
        chapters=[known[one] for one in said.chapters],
        version=said.version,
    )
    return queries.statement(person, said.quarter)


def _window(said: TimeWindow) -> Window:
    """Where a day is named, it is meant, whatever else is said."""
    hours = (said.begins.replace(tzinfo=None), said.ends.replace(tzinfo=None))
    if said.day is not None:
        return Window(*hours, day=said.day)
    return Window(*hours, weekday=said.weekday, rhythm=Rhythm(said.rhythm))


@router.post("/time/again", response={200: MyTime, **REFUSALS})
def say_again(request: Call, said: Again) -> Any:
    """The same times as in the quarter before; single days are left out."""
    actions.say_again(actor=request.person, quarter=said.quarter)
    return queries.statement(request.person, said.quarter)


@router.post("/time/pause", response={200: list[MyTime], **schemas.NOT_SIGNED})
def pause(request: Call, said: Paused) -> Any:
    """Give no time for now, or again."""
    actions.pause(actor=request.person, is_paused=said.is_paused)
    return my_time(request)


@router.get("/needs/{need_id}/slots", response={200: list[FittingSlot], **REFUSALS})
def fitting_slots(request: Call, need_id: uuid.UUID) -> Any:
    """Up to three times of people who can answer a need of one's own: nearby first."""
    person = request.person
    found = slots_for(person, exchange.get_need(person, need_id))
    return [
        {
            **{name: getattr(one.slot, name) for name in _SLOT},
            "is_local": one.is_local,
            "reasons": [reason.text for reason in one.reasons],
        }
        for one in found
    ]


_SLOT = set(FittingSlot.model_fields) - {"is_local", "reasons"}


@router.post("/slots/{slot_id}/ask", response={201: Booking, **REFUSALS})
def ask(request: Call, slot_id: uuid.UUID, said: NewBooking) -> Any:
    """Ask for a time, for a need; it is kept until the answer."""
    person = request.person
    made = actions.ask(
        actor=person,
        slot=queries.get_slot(person, slot_id, taken_too=True),
        need=exchange.get_need(person, said.need),
        **said.dict(exclude={"need"}),
    )
    return Status(201, queries.get_card(person, made.id))


@router.get("/bookings", response={200: list[Booking], **schemas.NOT_SIGNED})
def bookings(request: Call) -> Any:
    """One's appointments, the latest first."""
    return queries.list_for(request.person)


@router.get("/bookings/{booking_id}", response=BookingAnswer)
def booking(request: Call, booking_id: uuid.UUID) -> Any:
    """One appointment."""
    return queries.get_card(request.person, booking_id)


@router.post("/bookings/{booking_id}/agree", response=BookingAnswer)
def agree(request: Call, booking_id: uuid.UUID) -> Any:
    """Say yes."""
    return _act(request, booking_id, actions.agree)


@router.post("/bookings/{booking_id}/another-time", response=BookingAnswer)
def another_time(request: Call, booking_id: uuid.UUID, said: AnotherTime) -> Any:
    """Propose another time of one's own."""
    found = queries.get(request.person, booking_id)
    slot = queries.own_slot(request.person, said.slot)
    actions.propose(actor=request.person, booking=found, slot=slot)
    return queries.get_card(request.person, booking_id)


@router.post("/bookings/{booking_id}/not-now", response=BookingAnswer)
def not_now(request: Call, booking_id: uuid.UUID) -> Any:
    """Not now."""
    return _act(request, booking_id, actions.not_now)


@router.post("/bookings/{booking_id}/withdraw", response=BookingAnswer)
def withdraw(request: Call, booking_id: uuid.UUID) -> Any:
    """Take the question back."""
    return _act(request, booking_id, actions.withdraw)


@router.post("/bookings/{booking_id}/cancel", response=BookingAnswer)
def cancel(request: Call, booking_id: uuid.UUID, said: CalledOff) -> Any:
    """Call it off; the other is told."""
    return _act(request, booking_id, actions.cancel, **said.dict())


@router.post("/bookings/{booking_id}/tell", response=BookingAnswer)
def tell(request: Call, booking_id: uuid.UUID, said: Told) -> Any:
    """Say how long it took."""
    return _act(request, booking_id, actions.tell, **said.dict())


@router.post("/bookings/{booking_id}/confirm", response=BookingAnswer)
def confirm(request: Call, booking_id: uuid.UUID, said: Confirmed) -> Any:
    """Confirm how long it took, or say another figure: this one counts."""
    return _act(request, booking_id, actions.confirm, **said.dict())


@router.get("/hours", response={200: HoursGiven, **schemas.NOT_SIGNED})
def hours(request: Call, year: Year | None = None) -> Any:
    """What one gave in a year, by quarter, cause and chapter."""
    return queries.hours_given(request.person, year or clock.today().year)


def _act(request: Call, booking_id: uuid.UUID, act: Any, **said: Any) -> Any:
    person = request.person
    act(actor=person, booking=queries.get(person, booking_id), **said)
    return queries.get_card(person, booking_id)
