"""Two taps at the same moment leave one thing behind, and never a fourth insight."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from footbridge.core.errors import Conflict
from footbridge.meetings import actions
from footbridge.meetings.models import Feedback, Insight, Interest, Mark, Session
from footbridge.meetings.states import Felt, List, Release
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.meetings import story
from tests.rooms.meetings.afterwards import after, evening, seat
from tests.rooms.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def releasing(session: Session, person: Person) -> Callable[[], object]:
    insight = actions.write_insight(actor=person, session=session, speaker=person, text="So")
    return lambda: actions.release_insight(actor=person, insight=insight)


def test_of_six_that_are_released_at_once_three_leave_the_session(cast: Cast) -> None:
    guests = story.guests(cast, 6)
    session = evening(cast, *guests)
    with after(session):
        results = at_once(*[releasing(session, guest) for guest in guests])
    assert sorted(type(one).__name__ for one in results) == ["Conflict"] * 3 + ["Insight"] * 3
    assert all(isinstance(one, Conflict | Insight) for one in results)
    assert Insight.objects.filter(release=Release.RELEASED).count() == 3


def test_what_is_tapped_twice_at_once_is_there_once(cast: Cast) -> None:
    rosa, lena = cast.seeker, cast.target
    session = evening(cast, rosa, lena)
    hers = seat(session, lena)
    with after(session):
        results = at_once(
            *[
                lambda: actions.give_feedback(actor=rosa, session=session, felt=Felt.YES),
                lambda: actions.put_on_list(actor=rosa, session=session, list=List.INFORMED),
                lambda: actions.mark(actor=rosa, seat=hers),
            ]
            * 3
        )
    assert not [one for one in results if isinstance(one, Exception)]
    assert (Feedback.objects.count(), Interest.objects.count(), Mark.objects.count()) == (1, 1, 1)


def test_two_who_wish_it_at_once_are_both_told(cast: Cast) -> None:
    rosa, lena = cast.seeker, cast.target
    session = evening(cast, rosa, lena)
    mine, hers = seat(session, rosa), seat(session, lena)
    with after(session):
        results = at_once(
            lambda: actions.mark(actor=rosa, seat=hers),
            lambda: actions.mark(actor=lena, seat=mine),
        )
    assert sorted(map(str, results)) == ["False", "True"]
