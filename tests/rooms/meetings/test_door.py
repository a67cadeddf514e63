"""At the door: never more in the room than there are seats, and nobody is told who is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.journal.models import Entry
from footbridge.mail.models import Message
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Round, Seat, Sitting
from footbridge.meetings.states import Holding, Move, State
from footbridge.people.models import Person
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def test_a_guest_is_ticked_off_by_who_runs_it(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = story.accepted(session, cast.seeker)
    with story.before(session, 0.2):
        seat = actions.check_in(actor=cast.host, seat=seat)
        assert (seat.came_at, seat.walked_in, seat.first_time) == (clock.now(), False, True)
        with pytest.raises(NotAllowed):
            actions.check_in(actor=cast.target, seat=seat)
    with story.before(session, 0):
        assert actions.check_in(actor=cast.host, seat=seat).came_at == seat.came_at
    assert Entry.objects.filter(verb="meetings.came").count() == 1


def test_the_door_is_open_from_three_hours_before_until_half_a_day_after(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    end = (session.ends_at - session.starts_at).total_seconds() / 3600
    for hours in (3.1, -end - 12.1):
        with story.before(session, hours), pytest.raises(Conflict, match="The door opens"):
            actions.come(actor=cast.seeker, session=session)
        with story.before(session, hours), pytest.raises(Conflict, match="The door opens"):
            actions.walk_in(session=session, name="Wanda")
    with story.before(session, 3):
        assert story.card(cast.seeker, session).mine.moves[-1] == Move.COME
        assert actions.come(actor=cast.seeker, session=session).is_there
        assert story.card(cast.seeker, session).mine.moves[-1] == Move.LEAVE


def test_a_host_ticks_off_from_a_list_on_paper_afterwards(cast: Cast) -> None:
    session = story.over(cast, came=story.guests(cast, 1), missed=[cast.seeker])
    seat = Seat.objects.get(person=cast.seeker)
    with story.before(session, -14 * 24):
        assert actions.check_in(actor=cast.host, seat=seat).is_there
    with story.before(session, -15 * 24 - 3), pytest.raises(Conflict):
        actions.check_in(actor=cast.host, seat=seat)


def test_the_room_is_never_fuller_than_its_seats(cast: Cast) -> None:
    session = story.opened(cast, cap=2, overbooks=True)
    actions.set_accept_limit(actor=cast.host, session=session, limit=3, rate=0.6)
    one, two, three = story.guests(cast, 3)
    story.accepted(session, one, two, three)
    story.checked_in(cast, session, one, two)
    with story.before(session, 0):
        with pytest.raises(Conflict, match="first in line"):
            actions.come(actor=three, session=session)
        seat = Seat.objects.get(person=three)
        assert (seat.holding, seat.came_at, seat.turned_away_at) == (
            Holding.ACCEPTED, None, clock.now(),
        )  # fmt: skip
        with pytest.raises(Conflict):
            actions.check_in(actor=cast.host, seat=seat)
    assert Entry.objects.filter(verb="meetings.turned_away").count() == 1
    with story.before(session, -0.5):
        actions.leave(actor=one, seat=Seat.objects.get(person=one))
        assert actions.come(actor=three, session=session).is_there


def test_who_found_the_room_full_stands_first_in_line_the_next_time(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    inside, outside, other, another = story.guests(cast, 4)
    story.accepted(session, inside)
    story.checked_in(cast, session, inside)
    with story.before(session, -0.1), pytest.raises(Conflict):
        actions.come(actor=outside, session=session)
    with story.before(session, -3):
        actions.end(actor=cast.host, session=session)
        again = actions.plan_next(actor=cast.host, session=session)
        actions.open_up(actor=cast.host, session=again)
        story.accepted(again, inside, other, another, outside)
        assert story.card(outside, again).mine.waiting_place == 1
        assert story.card(other, again).mine.waiting_place == 2


def test_until_ten_minutes_after_the_start_chairs_are_kept_for_who_said_yes(cast: Cast) -> None:
    session = story.opened(cast, cap=2)
    expected, surprise = story.guests(cast, 2)
    late = cast.person("Lou Late")
    story.accepted(session, expected, late)
    with story.before(session, 0.1), pytest.raises(Conflict, match="Every chair"):
        actions.come(actor=surprise, session=session)
    with clock.held_at(session.starts_at + timedelta(minutes=10)):
        seat = actions.come(actor=surprise, session=session)
        assert (seat.holding, seat.walked_in, seat.turned_away_at) == (
            Holding.ACCEPTED, True, None,
        )  # fmt: skip
        assert actions.come(actor=expected, session=session).is_there
        with pytest.raises(Conflict):
            actions.come(actor=late, session=session)


def test_who_goes_and_comes_back_sits_again(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    (seat,) = story.checked_in(cast, session, cast.seeker)
    with story.before(session, -1):
        seat = actions.leave(actor=cast.seeker, seat=seat)
        assert (seat.left_at, seat.is_there) == (clock.now(), False)
        with pytest.raises(NotAllowed):
            actions.leave(actor=cast.target, seat=seat)
        back = actions.come(actor=cast.seeker, session=session)
        assert (back.is_there, back.came_at) == (True, session.starts_at)


def test_a_tick_is_taken_back_unless_they_sat_at_a_table(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    seat, walked = story.checked_in(cast, session, cast.seeker, cast.target)
    with story.before(session, 0):
        assert actions.not_there(actor=cast.host, seat=seat).came_at is None
        assert actions.not_there(actor=cast.host, seat=walked).holding == Holding.CANCELLED
        seat = actions.come(actor=cast.seeker, session=session)
        begun = Round.objects.create(session=session, number=1, step=1, minutes=5)
        Sitting.objects.create(round=begun, seat=seat, table=1)
        Round.objects.update(started_at=clock.now())
        with pytest.raises(Conflict, match="sat at a table"):
            actions.not_there(actor=cast.host, seat=seat)


def test_a_session_begins_ends_and_goes_on_where_it_was(cast: Cast) -> None:
    session = story.opened(cast)
    with pytest.raises(NotAllowed):
        actions.begin(actor=cast.seeker, session=session)
    with story.before(session, 0):
        for _ in range(2):
            assert actions.begin(actor=cast.host, session=session).state == State.RUNNING
        actions.end(actor=cast.deputy, session=session)
    with story.before(session, -1):
        session = actions.begin(actor=cast.host, session=session)
        assert (session.started_at, session.ended_at) == (session.starts_at, None)
        assert actions.end(actor=cast.host, session=session).ended_at == clock.now()
        assert actions.end(actor=cast.host, session=session).state == State.OVER
    assert Entry.objects.filter(verb="meetings.begun").count() == 2


# Walking in without an account.


def test_whoever_walks_in_is_on_the_list_by_the_name_that_they_give(
    cast: Cast, worker: Callable[[], int]
) -> None:
    session = story.opened(cast)
    with story.before(session, 0):
        seat = actions.walk_in(session=session, name=" Wanda  Walk ", email="Wanda@Example.org")
        worker()
    person = Person.objects.get(id=seat.person_id)
    assert (person.name, person.email, person.standing, person.chapter) == (
        "Wanda Walk", "wanda@example.org", Standing.KNOWN, cast.chapter,
    )  # fmt: skip
    assert (seat.holding, seat.walked_in, seat.is_there) == (Holding.ACCEPTED, True, True)
    (letter,) = story.letters()
    assert (letter.kind, letter.to_address) == ("seat_walked_in", "wanda@example.org")
    assert queries.seat_by_link(story.token_in(letter))[0] == person


def test_nobody_needs_an_address_to_walk_in(cast: Cast) -> None:
    session = story.opened(cast)
    with story.before(session, 0):
        seat = actions.walk_in(session=session, name="Wanda Walk")
        assert seat.person.email is None
        for name, email in (("", "w@example.org"), ("Wanda", "no address")):
            with pytest.raises(DomainError):
                actions.walk_in(session=session, name=name, email=email)


def _walk_in(cast: Cast, session: Any, email: str) -> tuple[dict[str, Any], list[str], str]:
    """What comes of an address that is typed at the door: the seat, the statements, the letter."""
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(re.sub(r'"s\d+_x\d+"', "", sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        seat = actions.walk_in(session=session, name="Wanda Walk", email=email)
    said = {
        "name": seat.person.name,
        "standing": seat.person.standing,
        "holding": seat.holding,
        "first": seat.first_time,
    }
    letter = Message.objects.get(once__contains=str(seat.id))
    text = letter.text.replace(story.token_in(letter), "TOKEN")
    return said, asked, letter.to_address + text


@pytest.mark.parametrize("holder", ["seeker", "listed", "host", "stranger"])
def test_walking_in_does_not_tell_whether_an_address_is_known(
    cast: Cast, worker: Callable[[], int], holder: str
) -> None:
    session = story.opened(cast)
    known: Person = getattr(cast, holder)
    new_address = "q" + known.email[1:]
    with story.before(session, 0):
        new = _walk_in(cast, session, new_address)
        old = _walk_in(cast, session, known.email)
        worker()
    assert old[:2] == new[:2]
    assert old[2].removeprefix(known.email) == new[2].removeprefix(new_address)
    stands = Person.objects.get(id=known.id)
    assert (stands.name, stands.standing, stands.version) == (known.name, known.standing, 1)
    assert not Seat.objects.filter(person=known).exists()
    wandas = Person.objects.filter(name="Wanda Walk").order_by("created_at", "email")
    assert {wanda.email for wanda in wandas} == {None, new_address}


def test_an_address_under_the_radar_looks_like_one_that_nobody_knows(cast: Cast) -> None:
    session = story.opened(cast, cap=9)
    address = cast.seeker.email
    cast.hidden(cast.seeker)
    with story.before(session, 0):
        hidden = _walk_in(cast, session, address)
        new = _walk_in(cast, session, "q" + address[1:])
    assert hidden[:2] == new[:2]
    assert hidden[2].removeprefix(address) == new[2].removeprefix("q" + address[1:])


def test_a_full_room_says_the_same_to_every_address(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    story.accepted(session, cast.target)
    story.checked_in(cast, session, cast.target)
    before = Person.objects.count()
    with story.before(session, -1):
        for email in (cast.seeker.email, "nobody@example.net"):
            with pytest.raises(Conflict, match="Every chair is taken"):
                actions.walk_in(session=session, name="Wanda", email=email)
    assert Person.objects.count() == before + 1  # Rosa, whom the test has just called for
    assert story.kinds() == ["seat_accepted"]


def test_a_draft_has_no_door(cast: Cast) -> None:
    session = story.planned(cast)
    with story.before(session, 0), pytest.raises(NotHere):
        actions.walk_in(session=session, name="Wanda")
