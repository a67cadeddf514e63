"""A whole evening: asked, answered by link, a place in line, the door, three rounds with somebody
who comes late, what was said, what comes next, how it was, and one thing to change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.exchange.models import Need
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Feedback, FollowUp, Improvement, Insight, Seat, Session
from footbridge.meetings.states import Felt, Holding, Release
from footbridge.people.models import Person
from tests.cast import Cast
from tests.journeys.conftest import Visit, Visitor, link_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def evening(cast: Cast) -> Session:
    """Five chairs, in some hours."""
    series = actions.start_series(actor=cast.host, chapter=cast.chapter, title="Thursdays")
    session = actions.plan(
        actor=cast.host,
        chapter=cast.chapter,
        series=series,
        format="micro_cafe",
        title="Thursday at the harbour",
        question="What did you stop doing?",
        starts_at=clock.now() + timedelta(hours=6),
        cap=5,
        quorum=3,
    )
    return actions.open_up(actor=cast.host, session=session)


@pytest.fixture
def guests(cast: Cast) -> list[Person]:
    names = ("Ana Abel", "Bo Bell", "Cleo Court", "Dan Dale", "Eve Eden", "Fay Firth")
    return [cast.person(name, email=f"{name[:3].strip().lower()}@example.org") for name in names]


def test_an_evening_from_the_invitation_to_what_is_changed_because_of_it(
    cast: Cast, evening: Session, guests: list[Person], visit: Visit
) -> None:
    host = visit()
    host.sign_in(cast.host)
    _invite(host, evening, guests)
    phones = {guest.name: visit(width=390) for guest in guests}
    for guest in guests[:5]:
        phones[guest.name].open(_seat_link(guest, evening))
        phones[guest.name].press("Yes, I come")
    _stand_in_line_and_be_called_up(phones, guests, evening)

    _let_it_be_time(evening)
    at_the_door = [guests[number] for number in (0, 1, 2, 5)]
    _come_by_the_code(phones[guests[0].name], cast, evening)
    for guest in at_the_door[1:]:
        host.open(f"/host/sessions/{evening.id}/seats/")
        host.tap(f"Here {guest.name}")
    host.open(f"/host/sessions/{evening.id}/seats/")
    host.press("Begin")

    late = guests[3]
    _three_rounds(host, phones[late.name], late, cast, evening)
    host.open(f"/host/sessions/{evening.id}/")
    host.page.locator("summary", has_text="End the session").click()
    host.press("Yes, it is over")

    _leave_something(phones[guests[0].name], guests[0], evening)
    _try_a_change(host, evening)


def _invite(host: Visitor, evening: Session, guests: list[Person]) -> None:
    page = host.open(f"/host/sessions/{evening.id}/invite/")
    for guest in guests:
        page.get_by_label(guest.name, exact=True).check()
    host.press("Invite those I ticked")
    assert evening.seats.filter(holding=Holding.INVITED).count() == len(guests)


def _seat_link(guest: Person, evening: Session) -> str:
    """The link in the invitation, as a host would copy it."""
    link = link_to(guest)
    assert "/seat/" in link
    return link


def _stand_in_line_and_be_called_up(
    phones: dict[str, Visitor], guests: list[Person], evening: Session
) -> None:
    leaves, waits = guests[4], guests[5]
    phone = phones[waits.name]
    phone.open(_seat_link(waits, evening))
    phone.press("Put me on the waiting list")
    assert phone.sees("You are number 1 on the waiting list")
    other = phones[leaves.name]
    other.open(queries.seat_path(_seat(leaves, evening)))
    other.page.locator("summary", has_text="Give the seat back").click()
    other.press("Yes, give it back")
    phone.open(queries.seat_path(_seat(waits, evening)))
    phone.press("Take the seat")
    assert _seat(waits, evening).holding == Holding.ACCEPTED


def _seat(guest: Person, evening: Session) -> Seat:
    return evening.seats.get(person=guest.id)


def _let_it_be_time(evening: Session) -> None:
    Session.objects.filter(id=evening.id).update(starts_at=clock.now() + timedelta(minutes=5))
    evening.refresh_from_db()


def _come_by_the_code(phone: Visitor, cast: Cast, evening: Session) -> None:
    phone.open(queries.door_path_for(cast.host, evening))
    phone.press("I am here")
    assert phone.sees("You are checked in.")


def _three_rounds(
    host: Visitor, phone: Visitor, late: Person, cast: Cast, evening: Session
) -> None:
    host.open(f"/host/sessions/{evening.id}/tables/")
    host.press("Make the tables")
    host.press("Begin round 1")
    assert late.name not in _names_in(cast, evening, 1)
    _come_by_the_code(phone, cast, evening)
    host.open(f"/host/sessions/{evening.id}/tables/")
    host.press("Make the rounds to come anew")
    host.press("Begin round 2")
    assert late.name not in _names_in(cast, evening, 1)
    assert late.name in _names_in(cast, evening, 2)
    phone.open(queries.seat_path(_seat(late, evening)))
    assert phone.sees("Your table now")
    assert phone.page.locator("[role=timer]").inner_text().count(":") == 1
    host.press("Begin round 3")
    host.press("End this round")
    assert [one.is_running for one in queries.rounds(cast.host, evening)] == [False] * 3


def _names_in(cast: Cast, evening: Session, number: int) -> list[str]:
    evening.refresh_from_db()
    round_ = queries.rounds(cast.host, evening)[number - 1]
    return [name for table in round_.tables for name in table.names]


def _leave_something(phone: Visitor, guest: Person, evening: Session) -> None:
    afterwards = queries.seat_path(_seat(guest, evening)) + "afterwards/"
    page = phone.open(afterwards)
    page.locator("input[name=felt][value=yes]").check()
    phone.press("Send my answer")
    assert Feedback.objects.get().felt == Felt.YES
    page.locator("summary", has_text="Write down something that you said").click()
    page.locator("details[open] textarea[name=text]").fill("Stop the meeting that nobody misses.")
    phone.press("Write it down")
    phone.press("It may be told on")
    assert Insight.objects.get().release == Release.RELEASED
    page.get_by_label("What will you try or do?").fill("Call the baker")
    phone.press("Note it for me")
    assert FollowUp.objects.get().text == "Call the baker"
    page.locator("summary", has_text="I need something").click()
    page.get_by_label("What do you need?").fill("Cold storage two nights a week")
    phone.press("Show it to members")
    assert Need.objects.get().owner_id == guest.id


def _try_a_change(host: Visitor, evening: Session) -> None:
    page = host.open(f"/host/series/{evening.series_id}/changes/")
    page.get_by_label("What did you notice?").fill("The first round was over too soon.")
    page.get_by_label("What do you change?").fill("Twenty minutes for the first round")
    page.get_by_label("How will you know?").fill("Whether people stay seated when it ends")
    host.press("Try it")
    assert Improvement.objects.get().change == "Twenty minutes for the first round"
