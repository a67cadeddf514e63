"""Many answers at the same moment: never over the limit, nobody lost, each told."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError
from footbridge.meetings import actions
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import TAKEN, Holding
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db(transaction=True)

# Sixty, to be as sure as one can be: FOOTBRIDGE_RACES=60.
REPETITIONS = int(os.environ.get("FOOTBRIDGE_RACES", "3"))
RACERS = 20


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of these at the same moment, each over a connection of its own; what came of each."""
    ready = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)
    moment = clock.now()

    def run(number: int) -> None:
        try:
            ready.wait(timeout=20)
            with clock.held_at(moment):
                results[number] = acts[number]()
        except DomainError as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return results


def accepting(session: Session, person: Person) -> Callable[[], object]:
    return lambda: actions.accept(actor=person, session=session)


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_twenty_race_for_one_last_seat(cast: Cast, _again: int) -> None:
    session = story.opened(cast, cap=1)
    people = story.guests(cast, RACERS)
    results = at_once(*[accepting(session, person) for person in people])
    assert [type(result) for result in results] == [Seat] * RACERS
    assert story.counted(session, Holding.ACCEPTED) == 1
    assert story.counted(session, Holding.WAITING) == RACERS - 1
    told = sorted(letter.kind for letter in story.letters())
    assert told == ["seat_accepted"] + ["seat_waiting"] * (RACERS - 1)
    places = sorted(story.card(person, session).mine.waiting_place or 0 for person in people)
    assert places == list(range(RACERS))


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_twenty_come_to_the_door_of_a_full_room(cast: Cast, _again: int) -> None:
    session = story.opened(cast, cap=2, overbooks=True)
    actions.set_accept_limit(actor=cast.host, session=session, limit=RACERS, rate=0.1)
    people = story.guests(cast, RACERS)
    story.accepted(session, *people)
    with story.before(session, 0):
        results = at_once(
            *[
                lambda person=person: actions.come(actor=person, session=session)
                for person in people
            ]
        )
    assert sum(isinstance(result, Seat) for result in results) == 2
    assert sum(isinstance(result, Conflict) for result in results) == RACERS - 2
    there = Seat.objects.filter(session=session, came_at__isnull=False)
    turned_away = Seat.objects.filter(session=session, turned_away_at__isnull=False)
    assert (there.count(), turned_away.count()) == (2, RACERS - 2)


def test_two_walk_in_for_one_chair(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    with story.before(session, 0):
        results = at_once(
            *[lambda name=name: actions.walk_in(session=session, name=name) for name in "ABCD"]
        )
    assert sum(isinstance(result, Seat) for result in results) == 1
    assert Seat.objects.count() == 1
    assert Person.objects.filter(name__in="ABCD").count() == 1


def test_two_who_walk_in_with_one_address_are_two_people(
    cast: Cast, worker: Callable[[], int]
) -> None:
    session = story.opened(cast)
    with story.before(session, 0):
        at_once(
            *[
                lambda name=name: actions.walk_in(session=session, name=name, email="a@example.org")
                for name in ("Ana", "Ane")
            ]
        )
        worker()
    listed = Person.objects.filter(name__in=("Ana", "Ane"))
    assert sorted(str(one.email) for one in listed) == ["None", "a@example.org"]


def test_one_person_s_yes_four_times_at_once_is_one_seat(cast: Cast) -> None:
    session = story.opened(cast)
    results = at_once(*[accepting(session, cast.seeker)] * 4)
    assert len({seat.id for seat in results}) == 1  # type: ignore[attr-defined]
    assert story.kinds() == ["seat_accepted"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_yes_to_two_sessions_at_once_is_a_yes_to_one(cast: Cast, _again: int) -> None:
    one = story.opened(cast)
    other = story.opened(cast, title="Across town")
    results = at_once(accepting(one, cast.seeker), accepting(other, cast.seeker))
    assert sum(isinstance(result, actions.SeatElsewhere) for result in results) == 1
    assert Seat.objects.filter(holding=Holding.ACCEPTED).count() == 1


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_yes_and_no_at_once_end_as_one_of_them(cast: Cast, _again: int) -> None:
    session = story.opened(cast, cap=1)
    first, second = story.guests(cast, 2)
    story.accepted(session, first, second)
    actions.give_back(actor=first, session=session)
    at_once(
        accepting(session, second),
        lambda: actions.decline(actor=second, session=session),
        accepting(session, first),
    )
    taken = Seat.objects.filter(session=session, holding__in=TAKEN)
    assert taken.count() <= 1
    assert Seat.objects.filter(session=session).count() == 2


def test_everybody_comes_and_goes_and_the_limit_holds(cast: Cast) -> None:
    """Yes, back, no, a new limit and the worker, all at once, several times."""
    session = story.opened(cast, cap=3)
    people = story.guests(cast, 8)
    for turn in range(3):
        acts = [accepting(session, person) for person in people[turn:]]
        acts += [
            lambda person=person: actions.give_back(actor=person, session=session)
            for person in people[:3]
        ]
        acts += [actions.offer_freed_seats, actions.let_offers_go]
        with clock.held_at(clock.now() + timedelta(hours=13 * turn)):
            at_once(*acts)
        taken = Seat.objects.filter(session=session, holding__in=TAKEN).count()
        waiting = story.counted(session, Holding.WAITING)
        assert taken <= 3
        assert taken == 3 or waiting == 0
    told = {letter.to_name for letter in story.letters()}
    assert told == {person.name for person in people}


def test_three_workers_ask_release_and_close_once(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker, cast.target)
    with story.before(session, 24):
        assert sum(at_once(*[actions.ask_again] * 3)) == 2  # type: ignore[arg-type]
    with story.before(session, 12):
        at_once(*[actions.release_silent] * 3)
    with story.before(session, -24):
        assert sum(at_once(*[actions.close_what_is_over] * 3)) == 1  # type: ignore[arg-type]
    assert len(story.letters("confirm")) == 2
    assert len(story.letters("released")) == 2


def test_a_seat_is_not_lost_when_its_owner_leaves_the_network_meanwhile(cast: Cast) -> None:
    from footbridge.people import actions as people

    session = story.opened(cast, cap=1)
    first, second = story.guests(cast, 2)
    story.accepted(session, first, second)
    at_once(
        lambda: people.erase(actor=first, person=first),
        lambda: actions.give_back(actor=first, session=session),
        accepting(session, second),
    )
    actions.offer_freed_seats()
    assert story.holdings(session)["Guest 02"] in ("offered", "accepted")
    assert "Guest 01" not in story.holdings(session)


def test_a_cap_that_shrinks_while_people_say_yes_takes_nobody_s_seat(cast: Cast) -> None:
    session = story.opened(cast, cap=8)
    people = story.guests(cast, 8)
    results = at_once(
        *[accepting(session, person) for person in people],
        lambda: actions.edit(actor=cast.host, session=session, cap=4, quorum=1),
    )
    now = story.fresh(session)
    assert story.counted(session, Holding.ACCEPTED) <= now.accept_limit
    assert now.cap == 4 or isinstance(results[-1], DomainError)
