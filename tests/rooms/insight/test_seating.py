"""Tables for a session: from what people need and offer to who sits where, and what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed
from footbridge.exchange import actions as exchange
from footbridge.insight import seating
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Session
from footbridge.meetings.seated import RoundCard
from footbridge.meetings.states import Format
from footbridge.network import actions as network
from footbridge.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(cast: Cast) -> Session:
    """A micro café of three rounds at tables, to which eight people said that they come."""
    session = planned(cast)
    for person in guests(cast, 8):
        actions.accept(actor=person, session=session)
    return session


def planned(cast: Cast, kind: Format = Format.MICRO_CAFE, days: int = 7) -> Session:
    session = actions.plan(
        actor=cast.host,
        chapter=cast.chapter,
        format=kind,
        title="Thursday at the harbour",
        starts_at=clock.now() + timedelta(days=days),
    )
    return actions.open_up(actor=cast.host, session=session)


def guests(cast: Cast, count: int) -> list[Person]:
    return [cast.person(f"Guest {n:02}", email=f"guest{n}@example.org") for n in range(count)]


def pairs_of(rounds: list[RoundCard]) -> list[frozenset[str]]:
    return [
        frozenset((one, other))
        for round_ in rounds
        for table in round_.tables
        for one in table.names
        for other in table.names
        if one < other
    ]


def test_everybody_has_one_place_in_each_round(cast: Cast, evening: Session) -> None:
    rounds = seating.make_tables(actor=cast.host, session=evening)
    assert [one.number for one in rounds] == [1, 2, 3]
    for round_ in rounds:
        names = [name for table in round_.tables for name in table.names]
        assert sorted(names) == [f"Guest {n:02}" for n in range(8)]
        assert [len(table.names) for table in round_.tables] == [4, 4]
        assert round_.left_over == ()


def test_the_same_people_get_the_same_tables(cast: Cast, evening: Session) -> None:
    first = seating.make_tables(actor=cast.host, session=evening)
    again = seating.make_tables(actor=cast.host, session=evening)
    assert [one.tables for one in first] == [one.tables for one in again]


def test_who_answers_the_others_need_sits_with_them_and_the_table_says_so(
    cast: Cast,
) -> None:
    session = planned(cast, Format.PAIRING)
    rosa, kofi, *others = guests(cast, 6)
    exchange.open_need(actor=rosa, owner=rosa, text="Cold storage two nights a week")
    exchange.open_offer(actor=kofi, owner=kofi, text="Cold storage, two pallets")
    for person in (rosa, kofi, *others):
        actions.accept(actor=person, session=session)
    first = seating.make_tables(actor=cast.host, session=session)[0]
    together = next(table for table in first.tables if rosa.name in table.names)
    assert set(together.names) == {rosa.name, kofi.name}
    assert together.why.startswith("Guest 01 offers what Guest 00 needs")


def test_whom_somebody_avoids_never_sits_with_them(cast: Cast, evening: Session) -> None:
    one, other = (Person.objects.get(name=name) for name in ("Guest 00", "Guest 01"))
    network.wish(actor=one, about=other, wish="avoid")
    rounds = seating.make_tables(actor=cast.host, session=evening)
    assert frozenset((one.name, other.name)) not in pairs_of(rounds)


def test_colleagues_never_sit_together(cast: Cast) -> None:
    session = planned(cast, Format.PAIRING)
    for person in (cast.target, cast.colleague, *guests(cast, 2)):
        actions.accept(actor=person, session=session)
    rounds = seating.make_tables(actor=cast.host, session=session)
    assert rounds
    assert frozenset((cast.target.name, cast.colleague.name)) not in pairs_of(rounds)


def test_who_cannot_be_seated_is_named_and_nobody_says_whose_wish_it_was(cast: Cast) -> None:
    session = planned(cast, Format.PAIRING)
    shy, *others = guests(cast, 3)
    for other in others:
        network.wish(actor=shy, about=other, wish="avoid")
    for person in (shy, *others):
        actions.accept(actor=person, session=session)
    first = seating.make_tables(actor=cast.host, session=session)[0]
    assert [table.names for table in first.tables] == [tuple(one.name for one in others)]
    assert [words.startswith(shy.name) for words in first.left_over] == [True]
    assert not any(other.name in first.left_over[0] for other in others)


def test_who_met_lately_meets_somebody_else(cast: Cast) -> None:
    people = guests(cast, 4)
    seen: list[frozenset[str]] = []
    for days in (7, 14, 21):
        session = planned(cast, Format.PAIRING, days)
        for person in people:
            actions.accept(actor=person, session=session)
        with clock.held_at(session.starts_at):
            actions.begin(actor=cast.host, session=session)
            for seat in queries.seats(cast.host, session):
                row = queries.get_seat(cast.host, session, seat.id)
                actions.check_in(actor=cast.host, seat=row)
            session.refresh_from_db()
            rounds = seating.make_tables(actor=cast.host, session=session)
            actions.start_round(actor=cast.host, session=session)
            seen += pairs_of(rounds[:1])
            actions.end(actor=cast.host, session=session)
    assert len(seen) == len(set(seen)) == 6


def test_rounds_that_have_begun_stay_when_somebody_comes_late(cast: Cast, evening: Session) -> None:
    late = cast.person("Late Guest", email="late@example.org")
    with clock.held_at(evening.starts_at):
        actions.begin(actor=cast.host, session=evening)
        for seat in queries.seats(cast.host, evening):
            actions.check_in(actor=cast.host, seat=queries.get_seat(cast.host, evening, seat.id))
        evening.refresh_from_db()
        before = seating.make_tables(actor=cast.host, session=evening)
        actions.start_round(actor=cast.host, session=evening)
    with clock.held_at(evening.starts_at + timedelta(minutes=11)):
        actions.come(actor=late, session=evening)
        after = seating.make_tables(actor=cast.host, session=evening)
    assert after[0].tables == before[0].tables
    for round_ in after[1:]:
        names = [name for table in round_.tables for name in table.names]
        assert len(names) == len(set(names)) == 9
        assert late.name in names


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_people_are_seated_as_far_as_can_be(cast: Cast, count: int) -> None:
    session = planned(cast, Format.PAIRING)
    people = guests(cast, count)
    for person in people:
        actions.accept(actor=person, session=session)
    rounds = seating.make_tables(actor=cast.host, session=session)
    names = [name for table in rounds[0].tables for name in table.names]
    assert sorted(names) == ([] if count < 2 else [one.name for one in people])
    assert len(rounds[0].left_over) == (1 if count == 1 else 0)


def test_only_who_runs_it_makes_tables(cast: Cast, evening: Session) -> None:
    with pytest.raises(NotAllowed):
        seating.make_tables(actor=cast.seeker, session=evening)


def test_a_run_sheet_without_tables_says_so(cast: Cast) -> None:
    session = planned(cast, Format.OPEN_NETWORKING)
    with pytest.raises(Conflict):
        seating.make_tables(actor=cast.host, session=session)


def test_a_guest_sees_a_round_once_it_has_begun(cast: Cast, evening: Session) -> None:
    guest = Person.objects.get(name="Guest 03")
    seating.make_tables(actor=cast.host, session=evening)
    assert queries.rounds(guest, evening) == []
    with clock.held_at(evening.starts_at):
        evening = actions.begin(actor=cast.host, session=evening)
        actions.start_round(actor=cast.host, session=evening)
        assert [one.number for one in queries.rounds(guest, evening)] == [1]
        assert queries.rounds(cast.stranger, evening) == []
