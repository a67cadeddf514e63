"""Many at the same moment: nothing is asked, claimed or confirmed twice."""

from __future__ import annotations

import os

import pytest

from footbridge.core.errors import Conflict, LimitReached, NotHere
from footbridge.exchange import actions as exchange
from footbridge.expertise import actions, queries
from footbridge.expertise.models import Claim, Confirmation, Episode
from footbridge.expertise.states import State
from footbridge.people import actions as people
from footbridge.veil import actions as veil
from tests.cast import Cast
from tests.rooms.expertise import story
from tests.rooms.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

# Sixty, to be as sure as one can be: FOOTBRIDGE_RACES=60.
REPETITIONS = int(os.environ.get("FOOTBRIDGE_RACES", "3"))


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_two_who_confirm_at_once_both_count(cast: Cast, _again: int) -> None:
    rows = [story.asked(cast), story.asked(cast, person=cast.target)]
    results = at_once(
        *[lambda row=row: actions.confirm(actor=row.by, confirmation=row) for row in rows]
    )
    assert [type(one) for one in results] == [Confirmation, Confirmation]
    assert queries.own_claims(cast.seeker)[0].confirmed == 2
    assert story.letters(cast.seeker) == ["expertise_confirmed"] * 2


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_one_who_confirms_twice_at_once_counts_once(cast: Cast, _again: int) -> None:
    row = story.asked(cast)
    at_once(*[lambda: actions.confirm(actor=cast.connector, confirmation=row)] * 4)
    assert queries.own_claims(cast.seeker)[0].confirmed == 1
    assert story.letters(cast.seeker) == ["expertise_confirmed"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_yes_and_the_question_taken_back_at_once_leave_one_of_them(
    cast: Cast, _again: int
) -> None:
    row = story.asked(cast)
    results = at_once(
        lambda: actions.confirm(actor=cast.connector, confirmation=row),
        lambda: actions.withdraw(actor=cast.seeker, confirmation=row),
    )
    assert sum(isinstance(one, Confirmation) for one in results) == 1
    is_confirmed = story.fresh(row).state == State.CONFIRMED
    assert story.letters(cast.seeker) == ["expertise_confirmed"] * is_confirmed


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_somebody_is_asked_once_however_often_at_once(cast: Cast, _again: int) -> None:
    claim = story.tells(cast.seeker)
    story.knows(cast.seeker, cast.connector)
    asking = lambda: actions.ask(actor=cast.seeker, claim=claim, person=cast.connector)  # noqa: E731
    assert [type(one) for one in at_once(*[asking] * 4)] == [Confirmation] * 4
    assert story.letters() == ["expertise_asked"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_the_limit_of_questions_holds_however_many_are_asked_at_once(
    cast: Cast, _again: int
) -> None:
    claim, guests = story.tells(cast.seeker), [cast.person(f"Guest {n}") for n in range(7)]
    for one in guests:
        story.knows(cast.seeker, one)
    results = at_once(
        *[lambda one=one: actions.ask(actor=cast.seeker, claim=claim, person=one) for one in guests]
    )
    assert sum(isinstance(one, LimitReached) for one in results) == 2
    assert Confirmation.objects.count() == 5


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_line_ticked_twice_at_once_is_one_episode(cast: Cast, _again: int) -> None:
    exchange.load_shipped_vocabulary()
    at_once(*[lambda: actions.pick(actor=cast.seeker, keys=["ministry"])] * 4)
    assert (Episode.objects.count(), Claim.objects.count()) == (1, 2)


@pytest.mark.parametrize("_again", range(REPETITIONS))
@pytest.mark.parametrize("who", ["asker", "witness"])
def test_who_hides_while_they_are_asked_or_answered_leaves_nothing(
    cast: Cast, who: str, _again: int
) -> None:
    row = story.asked(cast)
    leaving = cast.seeker if who == "asker" else cast.connector
    people.prove_address(people.account_for(leaving))
    results = at_once(
        lambda: veil.hide(actor=leaving),
        lambda: actions.confirm(actor=cast.connector, confirmation=row),
    )
    assert not isinstance(results[0], Exception)
    assert isinstance(results[1], Confirmation | NotHere | Conflict)
    assert not Confirmation.objects.exists()
    assert story.letters() == []


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_nobody_is_asked_who_hides_at_that_moment(cast: Cast, _again: int) -> None:
    claim = story.tells(cast.seeker)
    story.knows(cast.seeker, cast.connector)
    people.prove_address(people.account_for(cast.connector))
    results = at_once(
        lambda: veil.hide(actor=cast.connector),
        lambda: actions.ask(actor=cast.seeker, claim=claim, person=cast.connector),
    )
    assert not isinstance(results[0], Exception)
    assert isinstance(results[1], Confirmation | NotHere)
    assert not Confirmation.objects.exists()
