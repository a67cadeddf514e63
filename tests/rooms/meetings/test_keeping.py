"""What is forgotten of sessions, and what stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.meetings import actions, keeping
from footbridge.meetings.models import Seat
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)


def test_after_a_year_who_did_not_come_is_forgotten_and_who_came_is_not(cast: Cast) -> None:
    session = story.over(cast, came=[cast.seeker], missed=[cast.target])
    with clock.held_at(session.starts_at + YEAR):
        assert keeping.forget_who_did_not_come() == 0
    with clock.held_at(session.starts_at + YEAR + timedelta(seconds=1)):
        assert keeping.forget_who_did_not_come() == 1
        assert keeping.forget_who_did_not_come() == 0
    assert story.holdings(session) == {"Rosa Seeker": "accepted"}


def walked_in(cast: Cast, worker: Callable[[], int]) -> tuple[Person, Seat]:
    session = story.opened(cast)
    with story.before(session, 0):
        seat = actions.walk_in(session=session, name="Wanda", email="w@example.org")
        worker()
    return Person.objects.get(id=seat.person_id), seat


def test_who_walked_in_once_is_forgotten_after_a_year(
    cast: Cast, worker: Callable[[], int]
) -> None:
    wanda, seat = walked_in(cast, worker)
    assert wanda.email == "w@example.org"
    begun = seat.session.starts_at
    with clock.held_at(begun + YEAR):
        assert keeping.forget_who_walked_in_once() == 0
    with clock.held_at(begun + YEAR + timedelta(seconds=1)):
        assert keeping.forget_who_walked_in_once() == 1
        assert keeping.forget_who_walked_in_once() == 0
    assert not Person.objects.filter(name="Wanda").exists()
    assert story.letters("walked_in") == []


def test_who_was_heard_of_since_is_not_forgotten(cast: Cast, worker: Callable[[], int]) -> None:
    wanda, seat = walked_in(cast, worker)
    later = seat.session.starts_at + YEAR + timedelta(seconds=1)
    with clock.held_at(seat.session.starts_at + timedelta(days=30)):
        again = story.opened(cast, starts_at=clock.now() + timedelta(days=9))
        actions.invite(actor=cast.host, session=again, people=[wanda])
    with clock.held_at(later):
        assert keeping.forget_who_walked_in_once() == 0
    Seat.objects.filter(session=again).delete()
    with clock.held_at(seat.session.starts_at + timedelta(days=30)):
        people.edit(cast.host, wanda, headline="Bakes bread")
    with clock.held_at(later):
        assert keeping.forget_who_walked_in_once() == 0


def test_erasing_a_host_takes_their_name_out_of_the_letters_they_had_sent(cast: Cast) -> None:
    session = story.opened(cast, actor=cast.deputy)
    actions.invite(actor=cast.deputy, session=session, people=[cast.seeker])
    assert "Sven Deputy" in story.letters()[0].text
    people.erase(actor=cast.deputy, person=cast.deputy)
    assert story.letters() == []
    session.refresh_from_db()
    assert (session.made_by, Seat.objects.get().invited_by) == (None, None)
