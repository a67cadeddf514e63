"""Tables on the screen: made, begun, lengthened, ended; on the wall; as the command says them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from footbridge.cli.__main__ import main
from footbridge.core import clock
from footbridge.insight import seating
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Session
from footbridge.meetings.states import Format, Part
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BACKEND = "footbridge.people.signed_in.SignedIn"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person), backend=BACKEND)
    return client


@pytest.fixture
def evening(cast: Cast) -> Session:
    """Nine people said that they come to a micro café."""
    session = actions.plan(
        actor=cast.host,
        chapter=cast.chapter,
        format=Format.MICRO_CAFE,
        title="Thursday at the harbour",
        starts_at=clock.now() + timedelta(minutes=30),
    )
    session = actions.open_up(actor=cast.host, session=session)
    for number in range(9):
        person = cast.person(f"Guest {number}", email=f"guest{number}@example.org")
        actions.accept(actor=person, session=session)
    return session


def begun(cast: Cast, session: Session) -> Session:
    """Everybody has come."""
    session = actions.begin(actor=cast.host, session=session)
    for card in queries.seats(cast.host, session):
        actions.check_in(actor=cast.host, seat=queries.get_seat(cast.host, session, card.id))
    session.refresh_from_db()
    return session


def test_a_host_makes_tables_and_runs_the_rounds(cast: Cast, evening: Session) -> None:
    host, page = signed_in(cast.host), f"/host/sessions/{evening.id}/tables/"
    assert "No tables yet" in host.get(page).content.decode()
    assert host.post(page).status_code == 302
    assert len(queries.rounds(cast.host, evening)) == 3
    begun(cast, evening)
    assert host.post(page + "begin/").status_code == 302
    assert [one.is_running for one in queries.rounds(cast.host, evening)] == [True, False, False]
    assert host.post(page + "longer/").status_code == 302
    assert queries.rounds(cast.host, evening)[0].minutes == 20
    assert 'role="timer"' in host.get(page).content.decode()
    assert host.post(page + "end/").status_code == 302
    assert [one.is_running for one in queries.rounds(cast.host, evening)] == [False] * 3


def test_a_round_cannot_begin_before_the_session(cast: Cast, evening: Session) -> None:
    seating.make_tables(actor=cast.host, session=evening)
    answer = signed_in(cast.host).post(f"/host/sessions/{evening.id}/tables/begin/")
    assert answer.status_code == 409
    assert "Begin the session first." in answer.content.decode()


def test_the_facilitator_runs_the_rounds_and_a_guest_does_not(cast: Cast, evening: Session) -> None:
    facilitator, guest = (Person.objects.get(name=name) for name in ("Guest 1", "Guest 2"))
    seat = queries.seat_of(facilitator, evening)
    assert seat is not None
    actions.set_part(actor=cast.host, seat=seat, part=Part.FACILITATOR)
    page = f"/host/sessions/{evening.id}/tables/"
    assert signed_in(facilitator).post(page).status_code == 302
    assert signed_in(guest).get(page).status_code == 404
    assert signed_in(guest).post(page + "begin/").status_code == 404
    assert signed_in(cast.stranger).get(page).status_code == 404


def test_the_wall_shows_the_round_that_runs_to_those_who_come(cast: Cast, evening: Session) -> None:
    guest, page = Person.objects.get(name="Guest 4"), f"/meet/{evening.id}/wall/"
    seating.make_tables(actor=cast.host, session=evening)
    assert "The first round has not begun." in signed_in(guest).get(page).content.decode()
    evening = begun(cast, evening)
    actions.start_round(actor=cast.host, session=evening)
    shown = signed_in(guest).get(page).content.decode()
    assert all(f"Guest {number}" in shown for number in range(9))
    assert signed_in(cast.stranger).get(page).status_code == 404


def test_the_wall_renews_its_changing_part_alone(cast: Cast, evening: Session) -> None:
    page = f"/meet/{evening.id}/wall/"
    part = signed_in(cast.host).get(page, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Thursday at the harbour" in part


def test_the_tables_take_as_many_queries_for_one_round_as_for_three(
    cast: Cast, evening: Session
) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.rounds(cast.host, evening)
        return len(seen)

    rounds = seating.make_tables(actor=cast.host, session=evening)
    assert len(rounds) == 3
    three = counted()
    evening.rounds.filter(number__gt=1).delete()
    assert (counted(), three) == (5, 5)


def test_the_command_gives_the_tables_of_the_page(
    cast: Cast, evening: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["seat", "--session", str(evening.id), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    shown = queries.rounds(cast.host, evening)
    assert [one["round"] for one in told] == [1, 2, 3]
    assert [[table["people"] for table in one["tables"]] for one in told] == [
        [list(table.names) for table in one.tables] for one in shown
    ]
    page = signed_in(cast.host).get(f"/host/sessions/{evening.id}/tables/").content.decode()
    assert all(name in page for one in told for table in one["tables"] for name in table["people"])


def test_the_command_says_when_there_is_no_such_session(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["seat", "--session", "nonsense"]) == 1
    assert "there is no such thing here" in capsys.readouterr().err
