"""Two at once: for the eighth place, and for saying yes to the last one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from footbridge.circles import actions
from footbridge.circles.models import Membership
from footbridge.circles.states import Belonging
from footbridge.core import clock, ids
from footbridge.core.errors import Conflict
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.circles import story

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*acts: Callable[[], Any]) -> list[str]:
    """Each in a thread with a connection of its own, all let go at the same moment."""
    ready, results = threading.Barrier(len(acts)), []

    def run(number: int, act: Callable[[], Any]) -> None:
        with clock.held_at(NOON), ids.repeatable(f"racer {number}"):
            ready.wait()
            try:
                act()
                results.append("done")
            except Conflict:
                results.append("refused")
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_two_who_are_asked_at_once_for_the_eighth_place_are_one(cast: Cast) -> None:
    circle = story.of(cast, 7)
    racers = [cast.person("Eva Eighth"), cast.person("Nia Ninth")]
    asks = [
        lambda person=person, asker=asker: actions.ask(actor=asker, circle=circle, person=person)
        for person, asker in zip(racers, (cast.seeker, cast.target), strict=True)
    ]
    assert _at_once(*asks) == ["done", "refused"]
    assert circle.memberships.count() == 8


def test_two_who_say_yes_at_once_to_the_last_place_are_one(cast: Cast) -> None:
    """An ask that was made before another one ran out is still good."""
    circle = story.of(cast, 7)
    racers = [cast.person("Eva Eighth"), cast.person("Nia Ninth")]
    for racer in racers:
        Membership.objects.create(circle=circle, person=racer, asked_by=cast.seeker)
    joins = [lambda one=one: actions.join(actor=one, circle=circle) for one in racers]
    assert _at_once(*joins) == ["done", "refused"]
    assert circle.memberships.filter(belonging=Belonging.IN).count() == 8


def test_two_who_make_it_stand_at_once_write_one_letter_each(cast: Cast) -> None:
    people = story.peers(cast)
    circle = story.formed(cast, people)
    actions.join(actor=people[1], circle=circle)
    joins = [lambda one=one: actions.join(actor=one, circle=circle) for one in people[2:]]
    assert _at_once(*joins) == ["done", "done"]
    assert story.fresh(circle).stands
    for person in people:
        assert story.kinds(person).count("circle_stands") == 1


def test_the_same_call_twice_at_once_is_within_the_limit(cast: Cast) -> None:
    circle = story.standing(cast)
    story.called(circle, cast.seeker)

    def once_more() -> None:
        from footbridge.core.errors import LimitReached

        try:
            story.called(circle, cast.seeker)
        except LimitReached as error:
            raise Conflict(error.message) from error

    assert _at_once(once_more, once_more) == ["done", "refused"]
    assert circle.calls.count() == 2
