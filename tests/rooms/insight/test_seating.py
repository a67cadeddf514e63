"""Tables for a session: from what people need and offer to who sits where, and what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed
from footbridge.exchange import actions as exchange
from footbridge.insight import apart, rows, seating
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.seated import RoundCard
from footbridge.meetings.states import Format, Holding
from footbridge.network import actions as network
from footbridge.people.actions import edit
from footbridge.people.models import Member, Person
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


# Close competitors.


def test_close_competitors_never_sit_at_one_table_whoever_of_the_two_said_so(
    cast: Cast, evening: Session
) -> None:
    one, other, third = (Person.objects.get(name=f"Guest 0{n}") for n in range(3))
    network.compete(actor=one, about=other)
    network.compete(actor=third, about=one)
    met = pairs_of(seating.make_tables(actor=cast.host, session=evening))
    assert frozenset((one.name, other.name)) not in met
    assert frozenset((one.name, third.name)) not in met
    network.compete_no_more(actor=one, about=other)
    network.compete_no_more(actor=third, about=one)
    assert set(apart.never_at_one_table([one.id])[one.id]) == set()


def test_with_an_organisation_go_those_who_act_for_it(cast: Cast) -> None:
    session = planned(cast, Format.PAIRING)
    rosa, lena = cast.seeker, cast.target
    network.compete(actor=rosa, about=cast.cold_chain)
    for person in (rosa, lena, *guests(cast, 2)):
        actions.accept(actor=person, session=session)
    assert frozenset((rosa.name, lena.name)) not in pairs_of(
        seating.make_tables(actor=cast.host, session=session)
    )
    assert apart.never_at_one_table([lena.id]) == {lena.id: {rosa.id}}


def test_competitors_are_suggested_to_each_other_like_anybody_else(cast: Cast) -> None:
    network.compete(actor=cast.seeker, about=cast.target)
    people = [cast.seeker.id, cast.target.id]
    assert (
        apart.set_aside(people) == apart.wished_by_either(people) == {one: set() for one in people}
    )


def test_the_reason_why_two_competitors_found_no_table_is_nobodys_business(cast: Cast) -> None:
    session = planned(cast, Format.PAIRING)
    one, other = guests(cast, 2)
    network.compete(actor=one, about=other)
    for person in (one, other):
        actions.accept(actor=person, session=session)
    first = seating.make_tables(actor=cast.host, session=session)[0]
    assert first.tables == ()
    assert all("a rule or a wish keeps apart" in words for words in first.left_over)
    assert not any("compet" in words for words in first.left_over)


# One step ahead.


def test_who_is_one_step_ahead_sits_with_who_is_behind_and_the_table_says_so(cast: Cast) -> None:
    session = planned(cast, Format.PAIRING)
    people = guests(cast, 6)
    for person, stage in ((people[0], "trying"), (people[5], "running"), (people[3], "idea")):
        edit(person, person, stage=stage)
        Person.objects.filter(id=person.id).update(sector="private")
    for person in people:
        actions.accept(actor=person, session=session)
    first = seating.make_tables(actor=cast.host, session=session)[0]
    told = {table.names: table.why for table in first.tables}
    ahead = [why for why in told.values() if "one step ahead" in why]
    assert ahead
    assert set(ahead) <= {
        "Guest 05 is one step ahead of Guest 00.", "Guest 00 is one step ahead of Guest 03.",
    }  # fmt: skip


def test_a_person_stands_where_their_organisation_stands_unless_they_say_otherwise(
    cast: Cast,
) -> None:
    Member.objects.filter(id=cast.cold_chain.id).update(stage="growing")
    known = rows.read([cast.target.id, cast.colleague.id, cast.cold_chain.id, cast.seeker.id])
    at = [known.place(one.id) for one in (cast.target, cast.seeker)]
    assert known.columns["stage"][at].tolist() == [3, -1]
    edit(cast.target, cast.target, stage="idea")
    known = rows.read([cast.target.id, cast.cold_chain.id])
    assert known.columns["stage"][known.place(cast.target.id)] == 0


# Odd lists.


def test_the_order_in_which_people_said_yes_does_not_change_the_tables(
    cast: Cast, evening: Session
) -> None:
    people = [Person.objects.get(name=f"Guest {n:02}") for n in range(8)]
    network.wish(actor=people[0], about=people[5], wish="avoid")
    exchange.open_need(actor=people[2], owner=people[2], text="Cold storage two nights a week")
    exchange.open_offer(actor=people[6], owner=people[6], text="Cold storage at night")
    told = []
    for order in (people, people[::-1], people[3:] + people[:3]):
        evening.seats.all().delete()
        for person in order:
            actions.accept(actor=person, session=evening)
        rounds = seating.make_tables(actor=cast.host, session=evening)
        told.append([[(table.names, table.why) for table in one.tables] for one in rounds])
    assert told[0] == told[1] == told[2]


def test_two_of_one_name_are_two_people(cast: Cast) -> None:
    session = planned(cast, Format.MICRO_CAFE)
    twins = [cast.person("Ana Same", email=f"ana{n}@example.org") for n in range(3)]
    for person in (*twins, *guests(cast, 4)):
        actions.accept(actor=person, session=session)
    for one in seating.make_tables(actor=cast.host, session=session):
        seats = [seat for table in one.tables for seat in table.seats]
        assert len(seats) == len(set(seats)) == 7
        assert [name for table in one.tables for name in table.names].count("Ana Same") == 3


def seated(cast: Cast, session: Session, people: list[Person]) -> None:
    """A yes of each, written down at once."""
    made = [Seat(session=session, person=one, holding=Holding.ACCEPTED) for one in people]
    Seat.objects.bulk_create(made)


@pytest.mark.parametrize(("count", "sizes"), [(11, [3, 4, 4]), (500, [4] * 125)])
def test_many_people_are_all_seated(cast: Cast, count: int, sizes: list[int]) -> None:
    session = planned(cast, Format.KNOWLEDGE_CAFE)
    people = [
        Person(name=f"P {n:03}", kind="person", standing="joined", chapter=cast.chapter)
        for n in range(count)
    ]
    seated(cast, session, Person.objects.bulk_create(people))
    for one in seating.make_tables(actor=cast.host, session=session):
        names = [name for table in one.tables for name in table.names]
        assert len(names) == len(set(names)) == count
        assert sorted(len(table.names) for table in one.tables) == sizes
        assert one.left_over == ()


@pytest.mark.parametrize("kind", [Format.PAIRING, Format.MICRO_CAFE])
def test_where_nobody_may_meet_everybody_is_named_and_nobody_is_seated(
    cast: Cast, kind: Format
) -> None:
    session = planned(cast, kind)
    people = guests(cast, 5)
    for one in people:
        for other in people:
            if one.name < other.name:
                network.wish(actor=one, about=other, wish="avoid")
        actions.accept(actor=one, session=session)
    for round_ in seating.make_tables(actor=cast.host, session=session):
        assert round_.tables == ()
        assert sorted(words.split(" found ")[0] for words in round_.left_over) == [
            one.name for one in people
        ]


def test_who_avoids_all_is_left_over_at_tables_too_and_the_rest_are_seated(cast: Cast) -> None:
    session = planned(cast, Format.MICRO_CAFE)
    shy, *others = guests(cast, 8)
    for other in others:
        network.wish(actor=other, about=shy, wish="avoid")
    for person in (shy, *others):
        actions.accept(actor=person, session=session)
    for round_ in seating.make_tables(actor=cast.host, session=session):
        assert sorted(name for table in round_.tables for name in table.names) == [
            one.name for one in others
        ]
        assert [words.startswith(shy.name) for words in round_.left_over] == [True]
