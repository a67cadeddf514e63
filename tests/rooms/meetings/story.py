"""What the tests of sessions have in common: an evening at the harbour, told as far as needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from footbridge.core import clock
from footbridge.mail.models import Message
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Format, Holding
from footbridge.people.models import Person
from tests.cast import Cast
from tests.conftest import NOON

# A week and six hours from the noon at which every test begins: a Monday evening.
EVENING = NOON + timedelta(days=7, hours=6)
HOUR = timedelta(hours=1)


def planned(cast: Cast, **said: Any) -> Session:
    """A draft of a knowledge café with few seats, in the harbour chapter."""
    said = {
        "actor": cast.host,
        "chapter": cast.chapter,
        "format": Format.KNOWLEDGE_CAFE,
        "title": "Cold food at night",
        "starts_at": EVENING,
        "cap": 3,
        "quorum": 1,
        **said,
    }
    return actions.plan(**said)


def opened(cast: Cast, **said: Any) -> Session:
    """The same, open for guests."""
    return actions.open_up(actor=cast.host, session=planned(cast, **said))


def guests(cast: Cast, many: int, first: int = 1) -> list[Person]:
    """Members who could come."""
    return [cast.person(f"Guest {number:02}") for number in range(first, first + many)]


def accepted(session: Session, *people: Person) -> list[Seat]:
    """The yes of each of these, one after the other, a minute apart."""
    seats = []
    for number, person in enumerate(people):
        with clock.held_at(clock.now() + timedelta(minutes=number)):
            seats.append(actions.accept(actor=person, session=session))
    return seats


@contextmanager
def before(session: Session, hours: float) -> Iterator[None]:
    """So many hours before the session begins; after it, where they are fewer than none."""
    with clock.held_at(session.starts_at - hours * HOUR):
        yield


def checked_in(cast: Cast, session: Session, *people: Person) -> list[Seat]:
    """These come, at the hour at which it begins."""
    with before(session, 0):
        return [actions.come(actor=person, session=session) for person in people]


def over(cast: Cast, came: list[Person], missed: list[Person], **said: Any) -> Session:
    """An evening that was, with those who came and those who had said that they would."""
    session = opened(cast, **{"cap": len(came) + len(missed), "quorum": 1, **said})
    accepted(session, *came, *missed)
    checked_in(cast, session, *came)
    with before(session, -2):
        return actions.end(actor=cast.host, session=session)


def fresh(session: Session) -> Session:
    return Session.objects.get(id=session.id)


def holdings(session: Session) -> dict[str, str]:
    """Who stands how to a seat, by name."""
    rows = Seat.objects.filter(session=session).select_related("person")
    return {seat.person.name: seat.holding for seat in rows.order_by("person__name")}


def counted(session: Session, holding: Holding) -> int:
    return Seat.objects.filter(session=session, holding=holding).count()


def letters(kind: str = "", to: Person | None = None) -> list[Message]:
    """The letters about sessions and seats, in the order in which they were written."""
    sent = Message.objects.filter(kind__startswith="s").filter(kind__contains=kind or "_")
    sent = sent.filter(to_person=to.id) if to else sent
    return list(sent.order_by("created_at", "to_name", "kind"))


def kinds(to: Person | None = None) -> list[str]:
    return [letter.kind for letter in letters(to=to)]


def token_in(letter: Message, door: str = "/seat/") -> str:
    """The token in the link of a letter."""
    (url,) = [link["url"] for link in letter.links if door in link["url"]]
    return str(url.partition(door)[2].strip("/").removesuffix(".ics"))


def card(viewer: Any, session: Session) -> queries.SessionCard:
    return queries.get_card(viewer, session.id)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
