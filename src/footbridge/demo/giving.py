"""Time that professionals of the demo give: what they said, what was asked, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.exchange import queries as exchange
from footbridge.exchange.models import Need
from footbridge.hours import actions
from footbridge.hours.actions.stating import Terms
from footbridge.hours.models import Booking, Slot
from footbridge.hours.queries import timezone_of
from footbridge.hours.states import Rhythm
from footbridge.hours.windows import Window, after, quarter_of
from footbridge.people.models import Person

Told = dict[str, Any]
# A quarter that is all but over is not worth a word any more.
_WORTH_IT = timedelta(days=8)


def giving(stage: Stage) -> Iterator[Event]:
    """Each professional's quarter, and the appointments in it."""
    for told in story("time"):
        for one in told["appointments"]:
            yield from _appointment(stage, told, one)
        yield Event(4, f"time:{told['giver']}", partial(_state_weeks, stage, told))


def _appointment(stage: Stage, told: Told, one: Told) -> Iterator[Event]:
    days, key = one["days"], f"{told['giver']}:{one['receiver']}"
    day = stage.day(days)
    single = partial(_state, stage, told, quarter_of(day), [_on(told, day)])
    yield Event(days + 10, f"time for:{key}", single)
    yield Event(days + 9, f"time asked:{key}", partial(_ask, stage, told, one), True)
    yield Event(days + 8, f"time agreed:{key}", partial(_agree, stage, told, one), True)
    if days > 0:
        yield Event(days - 2, f"time told:{key}", partial(_tell, stage, told, one), True)


def _on(told: Told, day: date) -> Window:
    return Window(_hour(told["begins"]), _hour(told["ends"]), day=day)


def _hour(words: str) -> time:
    return time.fromisoformat(words)


def _state_weeks(stage: Stage, told: Told) -> None:
    """What they say of this quarter, unless it is all but over, and of the next."""
    day = stage.day(4)
    this = quarter_of(day)
    hours = (_hour(told["begins"]), _hour(told["ends"]))
    weekly = Window(*hours, weekday=told["weekday"], rhythm=Rhythm(told["rhythm"]))
    for quarter in (this, after(this)):
        if after(quarter) - day > 2 * _WORTH_IT:
            _state(stage, told, quarter, [weekly])


def _state(stage: Stage, told: Told, quarter: date, windows: list[Window]) -> None:
    giver = stage.again(told["giver"])
    names = ("minutes", "most_hours", "manner", "where", "online_link", "only_unpaid")
    terms = Terms(
        timezone=timezone_of(giver),
        place=giver.place.name if giver.place else "",
        **{name: told[name] for name in names},
    )
    actions.state_time(actor=giver, quarter=quarter, windows=windows, terms=terms)


def _ask(stage: Stage, told: Told, one: Told) -> None:
    receiver = stage.again(one["receiver"])
    actions.ask(
        actor=receiver,
        slot=_slot(stage, told, one),
        need=_need(receiver, one["need"]),
        what_for=one["what_for"],
        could_not_pay=True,
    )


def _slot(stage: Stage, told: Told, one: Told) -> Slot:
    giver = stage.people[told["giver"]]
    around = stage.at(one["days"])
    slots = Slot.objects.filter(availability__person=giver)
    return min(slots, key=lambda slot: abs(slot.starts_at - around))


def _need(owner: Person, text: str) -> Need:
    return exchange.open_needs(owner).get(text=text, owner=owner.id)


def _agree(stage: Stage, told: Told, one: Told) -> None:
    actions.agree(actor=stage.again(told["giver"]), booking=_booking(stage, told, one))


def _booking(stage: Stage, told: Told, one: Told) -> Booking:
    both = {"giver": stage.people[told["giver"]], "receiver": stage.people[one["receiver"]]}
    return Booking.objects.select_related("slot").get(**both)


def _tell(stage: Stage, told: Told, one: Told) -> None:
    """How long it took, as both say."""
    giver, receiver = stage.again(told["giver"]), stage.again(one["receiver"])
    booking = _booking(stage, told, one)
    actions.tell(actor=giver, booking=booking, minutes=one["told"], learned=one["learned"])
    actions.confirm(actor=receiver, booking=booking, minutes=one["confirmed"])
