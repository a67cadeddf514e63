"""Many at the same moment: said once, asked once, within the budget, never after somebody went."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from footbridge.core.errors import DomainError
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.transitions import actions, queries
from footbridge.transitions.actions import Wrote
from footbridge.transitions.models import GuideAsk, StepNote, Transition
from footbridge.transitions.states import State
from tests.cast import Cast
from tests.rooms.meetings.test_races import at_once
from tests.rooms.transitions import story

pytestmark = pytest.mark.django_db(transaction=True)

# Sixty, to be as sure as one can be: FOOTBRIDGE_RACES=60.
REPETITIONS = int(os.environ.get("FOOTBRIDGE_RACES", "3"))
RACERS = 5


def _asking(asker: Person, lived: Transition, mine: Transition) -> Callable[[], object]:
    return lambda: actions.ask(actor=asker, lived=lived, transition=mine, words=story.ASKED)


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_saying_the_same_at_once_counts_once(cast: Cast, _again: int) -> None:
    rosa = cast.seeker
    came = at_once(*[lambda: story.says(rosa)] * RACERS)
    assert sum(isinstance(one, Transition) for one in came) == 1
    assert Transition.objects.count() == 1


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_the_last_ask_of_a_month_is_given_to_one(cast: Cast, _again: int) -> None:
    theirs = story.lived(cast.target)
    Person.objects.filter(id=cast.target.id).update(asks_per_month=1)
    askers = [cast.person(f"Guest {number}") for number in range(RACERS)]
    came = at_once(*[_asking(one, theirs, story.says(one)) for one in askers])
    assert sum(isinstance(one, GuideAsk) for one in came) == 1
    assert story.letters().count("guide_asked") == 1


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_yes_and_a_withdrawal_at_once_have_one_end(cast: Cast, _again: int) -> None:
    ask = story.asked(cast)
    rosa, lena = cast.seeker, cast.target
    at_once(
        lambda: actions.agree(actor=lena, ask=ask),
        lambda: actions.withdraw(actor=rosa, ask=ask),
        lambda: actions.agree(actor=lena, ask=ask),
    )
    state = story.fresh(ask).state
    assert state in (State.AGREED, State.WITHDRAWN)
    assert story.letters().count("guide_agreed") == (2 if state == State.AGREED else 0)


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_nobody_is_asked_who_leaves_or_hides_at_that_moment(cast: Cast, _again: int) -> None:
    theirs = story.lived(cast.target)
    askers = [cast.person(f"Guest {number}") for number in range(3)]
    mine = [story.says(one) for one in askers]
    lena = cast.target
    people.account_for(lena)
    at_once(
        *[_asking(one, theirs, passage) for one, passage in zip(askers, mine, strict=True)],
        lambda: people.erase(actor=lena, person=lena),
    )
    assert not Person.objects.filter(id=lena.id).exists()
    assert not GuideAsk.objects.exists()
    assert story.letters() == []


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_list_that_is_written_at_once_from_two_windows_loses_nothing(
    cast: Cast, _again: int
) -> None:
    made = story.says(cast.seeker)
    rosa = cast.seeker
    before = queries.list_of(rosa, made).version

    def writing(words: str) -> Callable[[], object]:
        steps = {"only_you": Wrote(words)}
        return lambda: actions.write_list(actor=rosa, transition=made, steps=steps, version=before)

    came = at_once(*[writing(words) for words in ("One", "Two", "Three")])
    assert sum(isinstance(one, DomainError) for one in came) == 2
    assert StepNote.objects.count() == 1
