"""What the tests of what a session leaves behind have in common: an evening that is over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from footbridge.core import clock
from footbridge.mail.models import Message
from footbridge.meetings import actions
from footbridge.meetings.models import Round, Seat, Series, Session, Sitting
from footbridge.meetings.states import Felt
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.meetings import story


@contextmanager
def after(session: Session, hours: float = 4) -> Iterator[None]:
    """So many hours after its end."""
    with clock.held_at(session.ends_at + timedelta(hours=hours)):
        yield


def evening(cast: Cast, *came: Person, **said: object) -> Session:
    """An evening that is over, to which these came."""
    return story.over(cast, came=list(came), missed=[], **{"cap": max(3, len(came)), **said})


def seat(session: Session, person: Person) -> Seat:
    return Seat.objects.select_related("session").get(session=session, person=person)


def at_tables(session: Session, *tables: Iterable[Person]) -> Round:
    """A round that began, with these people at its tables."""
    number = session.rounds.count() + 1
    begun = Round.objects.create(
        session=session, number=number, step=1, minutes=20, started_at=session.starts_at
    )
    for table, people in enumerate(tables, start=1):
        for person in people:
            Sitting.objects.create(round=begun, seat=seat(session, person), table=table)
    return begun


def a_series(cast: Cast) -> Series:
    return actions.start_series(actor=cast.host, chapter=cast.chapter, title="Harbour evenings")


def weekly(cast: Cast, series: Series, number: int, people: list[Person]) -> Session:
    """The session of a week, counted from the first, to which these came."""
    starts_at = story.EVENING + timedelta(days=7 * number)
    with clock.held_at(starts_at - timedelta(days=2)):
        return evening(cast, *people, series=series, starts_at=starts_at)


def written_to(kind: str, to: Person | None = None) -> list[Message]:
    """The letters of one kind, to one person or to all."""
    sent = Message.objects.filter(kind=kind)
    return list((sent.filter(to_person=to.id) if to else sent).order_by("to_name"))


def answered(session: Session, people: Iterable[Person], *felt: Felt, text: str = "") -> None:
    """Each says whether it was worth their time."""
    with after(session):
        for person, each in zip(people, felt, strict=True):
            actions.give_feedback(actor=person, session=session, felt=each, text=text)
