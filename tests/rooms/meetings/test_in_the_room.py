"""In the room: one step after the other from any device, who has spoken, what is written in
silence, and who stays at a table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.exchange.models import Need, Offer
from footbridge.insight import seating
from footbridge.meetings import actions, keeping, queries
from footbridge.meetings.models import Jotting, Seat, Session
from footbridge.meetings.seated import RoundCard
from footbridge.meetings.states import Format, Kind, Part, State
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.meetings import story
from tests.rooms.meetings.test_races import at_once

pytestmark = pytest.mark.django_db


def going_on(cast: Cast, *people: Person, **said: Any) -> Session:
    """A session that has begun, with these in the room."""
    session = story.opened(cast, **{"cap": max(3, len(people)), **said})
    story.accepted(session, *people)
    story.checked_in(cast, session, *people)
    with story.before(session, 0):
        return actions.begin(actor=cast.host, session=session)


def seat(person: Person, session: Session) -> Seat:
    found = queries.seat_of(person, session)
    assert found is not None
    return found


def title(viewer: Person, session: Session) -> str:
    now = queries.step_now(viewer, story.fresh(session))
    return now.title if now else ""


# One step after the other.


def test_with_the_beginning_the_first_step_goes_on_and_its_time_runs(cast: Cast) -> None:
    (ana,) = story.guests(cast, 1)
    session = going_on(cast, ana)
    with clock.held_at(session.starts_at + timedelta(minutes=10)):
        now = queries.step_now(ana, session)
        assert now is not None
        assert (now.index, now.minutes, now.minutes_left) == (0, 15, 5)
        assert now.next is not None
        assert now.next.title == "Round 1"


def test_a_step_at_tables_takes_the_tables_that_were_made_for_it(cast: Cast) -> None:
    people = story.guests(cast, 8)
    session = going_on(cast, *people)
    with pytest.raises(Conflict, match="no tables for this step"):
        actions.go_on(actor=cast.host, session=session, after=0)
    seating.make_tables(actor=cast.host, session=session)
    session = actions.go_on(actor=cast.host, session=session, after=0)
    now = queries.step_now(people[0], session)
    assert now is not None
    assert now.round is not None
    assert now.round.number == 1
    assert queries.my_table(people[0], session) is not None


def test_two_taps_on_two_devices_leave_no_step_out(cast: Cast) -> None:
    session = going_on(cast, *story.guests(cast, 8))
    seating.make_tables(actor=cast.host, session=session)
    on_the_laptop = story.fresh(session)
    actions.go_on(actor=cast.host, session=session, after=0)
    again = actions.go_on(actor=cast.host, session=on_the_laptop, after=0)
    assert again.step == 1
    assert [one.is_running for one in queries.rounds(cast.host, again)] == [True, False, False]


def test_a_host_who_closes_the_laptop_in_round_two_goes_on_from_a_phone(cast: Cast) -> None:
    people = story.guests(cast, 8)
    session = going_on(cast, *people)
    seating.make_tables(actor=cast.host, session=session)
    with story.before(session, 0):
        for after in (0, 1):
            session = actions.go_on(actor=cast.host, session=session, after=after)
    facilitator = people[3]
    actions.set_part(actor=cast.host, seat=seat(facilitator, session), part=Part.FACILITATOR)
    with clock.held_at(session.starts_at + timedelta(minutes=4)):
        on_the_phone = queries.get(facilitator, session.id)
        now = queries.step_now(facilitator, on_the_phone)
        assert now is not None
        assert (now.title, now.minutes_left) == ("Round 2", 11)
        actions.lengthen_step(actor=facilitator, session=on_the_phone)
        now = queries.step_now(facilitator, story.fresh(session))
        assert now is not None
        assert now.minutes_left == 16
        actions.go_on(actor=facilitator, session=on_the_phone, after=now.index)
    assert title(facilitator, session) == "Round 3"


def test_the_button_for_rounds_moves_the_step_along(cast: Cast) -> None:
    session = going_on(cast, *story.guests(cast, 8))
    seating.make_tables(actor=cast.host, session=session)
    actions.start_round(actor=cast.host, session=session)
    actions.start_round(actor=cast.host, session=session)
    assert title(cast.host, session) == "Round 2"
    session = actions.go_on(actor=cast.host, session=session, after=2)
    assert title(cast.host, session) == "Round 3"
    session = actions.go_on(actor=cast.host, session=session, after=3)
    assert title(cast.host, session) == "Circle"
    assert not any(one.is_running for one in queries.rounds(cast.host, session))


def test_after_the_last_step_there_is_none(cast: Cast) -> None:
    session = going_on(cast, *story.guests(cast, 3), format=Format.PEER_ASSIST)
    for after in range(4):
        session = actions.go_on(actor=cast.host, session=session, after=after)
    with pytest.raises(Conflict, match="last step"):
        actions.go_on(actor=cast.host, session=session, after=4)


def test_before_the_beginning_nothing_goes_on_and_no_guest_leads(cast: Cast) -> None:
    (ana,) = story.guests(cast, 1)
    session = story.opened(cast)
    story.accepted(session, ana)
    with pytest.raises(Conflict, match="Begin the session first"):
        actions.go_on(actor=cast.host, session=session, after=None)
    with pytest.raises(NotAllowed):
        actions.go_on(actor=ana, session=session, after=None)
    assert queries.step_now(cast.stranger, session) is None


@pytest.mark.django_db(transaction=True)
def test_twenty_taps_at_once_go_one_step_on(cast: Cast) -> None:
    session = going_on(cast, *story.guests(cast, 3), format=Format.PEER_ASSIST)
    came_of = at_once(
        *[lambda: actions.go_on(actor=cast.host, session=session, after=0)] * 20,
    )
    assert [one for one in came_of if isinstance(one, Exception)] == []
    assert story.fresh(session).step == 1


def test_what_goes_on_stays_when_the_steps_are_changed(cast: Cast) -> None:
    session = going_on(cast, *story.guests(cast, 3), format=Format.PEER_ASSIST)
    session = actions.go_on(actor=cast.host, session=session, after=0)
    steps = [dict(step) for step in session.steps]
    with pytest.raises(Conflict, match="stay as they are"):
        actions.edit_steps(actor=cast.host, session=session, steps=steps[1:])
    kept = actions.edit_steps(actor=cast.host, session=session, steps=steps[:3])
    assert len(kept.steps) == 3


# Who has spoken.


def test_the_quiet_ones_stand_first_and_a_tap_can_be_taken_back(cast: Cast) -> None:
    ana, ben, dot = story.guests(cast, 3)
    session = going_on(cast, ana, ben, dot)
    for person in (ana, ana, ben):
        actions.has_spoken(actor=cast.host, seat=seat(person, session))
    assert [(one.name, one.spoke) for one in queries.voices(cast.host, session)] == [
        (dot.name, 0), (ben.name, 1), (ana.name, 2),
    ]  # fmt: skip
    actions.has_not_spoken(actor=cast.host, seat=seat(ana, session))
    actions.has_not_spoken(actor=cast.host, seat=seat(dot, session))
    assert [one.spoke for one in queries.voices(cast.host, session)] == [0, 1, 1]


def test_who_has_spoken_is_for_those_who_run_it_and_forgotten_when_it_ends(cast: Cast) -> None:
    ana, ben = story.guests(cast, 2)
    session = going_on(cast, ana, ben)
    actions.has_spoken(actor=cast.host, seat=seat(ana, session))
    with pytest.raises(NotHere):
        queries.voices(ben, session)
    with pytest.raises(NotAllowed):
        actions.has_spoken(actor=ben, seat=seat(ben, session))
    actions.end(actor=cast.host, session=session)
    assert seat(ana, session).spoke == 0


def test_a_session_that_nobody_ended_forgets_who_spoke_as_well(cast: Cast) -> None:
    (ana,) = story.guests(cast, 1)
    session = going_on(cast, ana)
    actions.has_spoken(actor=cast.host, seat=seat(ana, session))
    with story.before(session, -25):
        actions.close_what_is_over()
    assert story.fresh(session).state == State.OVER
    assert seat(ana, session).spoke == 0


def test_who_has_left_is_not_on_the_board(cast: Cast) -> None:
    ana, ben = story.guests(cast, 2)
    session = going_on(cast, ana, ben)
    actions.leave(actor=ana, seat=seat(ana, session))
    assert [one.name for one in queries.voices(cast.host, session)] == [ben.name]
    with pytest.raises(Conflict):
        actions.has_spoken(actor=cast.host, seat=seat(ana, session))


def test_the_board_takes_as_many_queries_for_one_as_for_three(cast: Cast) -> None:
    def counted(session: Session) -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.voices(cast.host, session)
        return len(seen)

    one = going_on(cast, *story.guests(cast, 1))
    three = going_on(cast, *story.guests(cast, 3, first=5))
    assert (counted(one), counted(three)) == (2, 2)


# What is written in silence.


def silent(cast: Cast, *people: Person) -> Session:
    """An hour of needs and offers, in its silent minutes."""
    session = going_on(cast, *people, format=Format.NEEDS_AND_OFFERS)
    return actions.go_on(actor=cast.host, session=session, after=0)


def test_a_need_and_an_offer_are_kept_for_their_writer_until_shown(cast: Cast) -> None:
    ana, ben = story.guests(cast, 2)
    session = silent(cast, ana, ben)
    actions.write_down(actor=ana, session=session, kind=Kind.NEED, text="A cold room on Fridays")
    actions.write_down(actor=ana, session=session, kind=Kind.OFFER, text="Two vans")
    assert [one.text for one in queries.my_jottings(ana, session)] == [
        "A cold room on Fridays",
        "Two vans",
    ]
    assert queries.my_jottings(ben, session) == []
    assert queries.my_jottings(cast.host, session) == []
    assert not Need.objects.filter(owner=ana).exists()
    for one in queries.my_jottings(ana, session):
        actions.show_jotting(actor=ana, jotting=queries.get_jotting(ana, session, one.id))
    assert Need.objects.get(owner=ana).text == "A cold room on Fridays"
    assert Offer.objects.get(owner=ana).text == "Two vans"
    assert not Jotting.objects.exists()


def test_writing_anew_takes_the_place_of_what_stood_there_and_nothing_takes_it_away(
    cast: Cast,
) -> None:
    (ana,) = story.guests(cast, 1)
    session = silent(cast, ana)
    for text in ("A cold room", "A warm room"):
        actions.write_down(actor=ana, session=session, kind=Kind.NEED, text=text)
    assert [one.text for one in queries.my_jottings(ana, session)] == ["A warm room"]
    actions.write_down(actor=ana, session=session, kind=Kind.NEED, text="  ")
    assert queries.my_jottings(ana, session) == []


def test_nobody_else_reads_shows_or_drops_what_one_wrote(cast: Cast) -> None:
    ana, ben = story.guests(cast, 2)
    session = silent(cast, ana, ben)
    written = actions.write_down(actor=ana, session=session, kind=Kind.NEED, text="Cold")
    assert written is not None
    for other in (ben, cast.host):
        with pytest.raises(NotHere):
            queries.get_jotting(other, session, written.id)
        with pytest.raises(NotHere):
            actions.show_jotting(actor=other, jotting=written)
        with pytest.raises(NotHere):
            actions.drop_jotting(actor=other, jotting=written)
    actions.drop_jotting(actor=ana, jotting=written)
    assert not Jotting.objects.exists()


def test_it_is_written_in_silent_minutes_by_those_who_are_there(cast: Cast) -> None:
    ana, ben = story.guests(cast, 2)
    session = going_on(cast, ana, format=Format.VALUES)
    with pytest.raises(Conflict):
        actions.write_down(actor=ana, session=session, kind=Kind.NEED, text="Cold")
    session = actions.go_on(actor=cast.host, session=session, after=0)
    with pytest.raises(NotHere):
        actions.write_down(actor=ben, session=session, kind=Kind.NEED, text="Cold")
    assert actions.write_down(actor=ana, session=session, kind=Kind.NEED, text="Cold")


def test_what_was_shown_to_nobody_is_forgotten_with_the_links_of_the_session(cast: Cast) -> None:
    (ana,) = story.guests(cast, 1)
    session = silent(cast, ana)
    actions.write_down(actor=ana, session=session, kind=Kind.NEED, text="Cold")
    with clock.held_at(session.starts_at + timedelta(days=59)):
        assert keeping.forget_what_was_not_shown() == 0
    with clock.held_at(session.starts_at + timedelta(days=61)):
        assert keeping.forget_what_was_not_shown() == 1


# One stays at each table.


def stayed(rounds: list[RoundCard]) -> list[list[str]]:
    return [[table.stays for table in one.tables] for one in rounds]


def test_in_a_world_cafe_one_stays_at_each_table_and_the_others_move(cast: Cast) -> None:
    people = story.guests(cast, 12)
    session = going_on(cast, *people, format=Format.WORLD_CAFE)
    rounds = seating.make_tables(actor=cast.host, session=session)
    first, second, third = stayed(rounds)
    assert first == second == third
    assert len(set(first)) == len(first) == 3
    for one in rounds:
        assert all(table.stays in table.names for table in one.tables)
    guests = [set(rounds[n].tables[0].names) - {first[0]} for n in range(3)]
    assert len(guests[0] & guests[1]) < len(guests[0])


def test_whom_the_host_names_stays(cast: Cast) -> None:
    people = story.guests(cast, 12)
    session = going_on(cast, *people, format=Format.WORLD_CAFE)
    for person in people[9:]:
        actions.set_part(actor=cast.host, seat=seat(person, session), part=Part.TABLE_HOST)
    rounds = seating.make_tables(actor=cast.host, session=session)
    assert {name for row in stayed(rounds) for name in row} == {one.name for one in people[9:]}


def test_who_stays_goes_on_staying_when_the_rounds_to_come_are_made_anew(cast: Cast) -> None:
    people = story.guests(cast, 12)
    session = going_on(cast, *people, format=Format.WORLD_CAFE, cap=20)
    first = stayed(seating.make_tables(actor=cast.host, session=session))[0]
    session = actions.go_on(actor=cast.host, session=session, after=0)
    (late,) = story.guests(cast, 1, first=50)
    with story.before(session, -0.5):
        actions.come(actor=late, session=session)
    again = seating.make_tables(actor=cast.host, session=session)
    assert stayed(again) == [first] * 3


def test_when_a_host_of_a_table_leaves_somebody_who_sat_there_stays(cast: Cast) -> None:
    people = story.guests(cast, 12)
    session = going_on(cast, *people, format=Format.WORLD_CAFE)
    first = seating.make_tables(actor=cast.host, session=session)[0]
    session = actions.go_on(actor=cast.host, session=session, after=0)
    gone = next(one for one in people if one.name == first.tables[1].stays)
    actions.leave(actor=gone, seat=seat(gone, session))
    again = stayed(seating.make_tables(actor=cast.host, session=session))
    assert again[1][0] == first.tables[0].stays
    assert again[1][1] in set(first.tables[1].names) - {gone.name}
    assert again[1] == again[2]
