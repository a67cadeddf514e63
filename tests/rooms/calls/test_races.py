"""Many at the same moment: one answer each, one last word each, nothing after the deadline, no
letter twice."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

import pytest

from footbridge.calls import actions
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import State
from footbridge.core import clock
from footbridge.core.errors import Conflict
from footbridge.people import actions as people
from tests.cast import Cast
from tests.rooms.calls import story
from tests.rooms.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

# Sixty, to be as sure as one can be: FOOTBRIDGE_RACES=60.
REPETITIONS = int(os.environ.get("FOOTBRIDGE_RACES", "3"))


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_an_answer_sent_twice_at_once_is_sent_once(cast: Cast, _again: int) -> None:
    answer = story.written(cast, story.opened(cast))
    seeker = cast.seeker
    results = at_once(*[lambda: actions.send(actor=seeker, answer=answer)] * 4)
    assert all(isinstance(one, Answer) for one in results)
    assert story.letters() == ["call_came", "call_received"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_two_devices_that_write_at_once_leave_one_answer(cast: Cast, _again: int) -> None:
    call = story.opened(cast)
    seeker = cast.seeker

    def writing(text: str) -> Callable[[], object]:
        return lambda: actions.write(actor=seeker, call=call, member=seeker, text=text)

    at_once(*[writing(f"Text {number}") for number in range(4)])
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_of_two_who_close_at_once_one_has_the_last_word(cast: Cast, _again: int) -> None:
    answer = story.answered(cast, story.opened(cast))
    lena, tariq = cast.target, cast.colleague
    results = at_once(
        lambda: actions.close(actor=lena, answer=answer, reason="another"),
        lambda: actions.choose(actor=tariq, answer=answer),
    )
    assert sum(isinstance(one, Answer) for one in results) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 1
    said = [one for one in story.letters() if one in ("call_chosen", "call_closed")]
    assert said == [f"call_{Answer.objects.get().state}"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_many_and_one_closed_at_once_are_each_closed_once(cast: Cast, _again: int) -> None:
    call = story.opened(cast)
    answers = story.many_answers(cast, call, 5)
    lena, tariq = cast.target, cast.colleague
    results = at_once(
        lambda: actions.close_many(actor=lena, call=call, answers=None, reason="full"),
        lambda: actions.close(actor=tariq, answer=answers[2], reason="another"),
    )
    assert Answer.objects.filter(state="closed").count() == 5
    closed = [one for one in results if isinstance(one, int)] + [0]
    assert closed[0] + sum(isinstance(one, Answer) for one in results) == 5
    while actions.tell_the_last_word():
        pass
    assert len(story.letters("call_closed")) == 5


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_at_the_deadline_an_answer_is_in_or_the_door_is_shut(cast: Cast, _again: int) -> None:
    call = story.opened(cast, deadline=None)
    answer = story.written(cast, call)
    seeker, lena = cast.seeker, cast.target
    at_once(
        lambda: actions.send(actor=seeker, answer=answer),
        lambda: actions.shut(actor=lena, call=call),
    )
    state = Answer.objects.get().state
    assert Call.objects.get().state == State.DECIDING
    assert (state == "sent") == (story.letters() == ["call_came", "call_received"])
    assert state in ("sent", "draft")


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_two_workers_shut_a_door_once(cast: Cast, _again: int) -> None:
    story.opened(cast)
    late = story.after_deadline()

    def shut() -> int:
        with clock.held_at(late):
            return actions.shut_what_is_due()

    assert sum(one for one in at_once(shut, shut) if isinstance(one, int)) == 1
    assert story.letters() == ["call_shut"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_two_workers_tell_each_last_word_once(cast: Cast, _again: int) -> None:
    call = story.opened(cast)
    story.many_answers(cast, call, 6)
    actions.close_many(actor=cast.target, call=call, answers=None, reason="full")
    at_once(actions.tell_the_last_word, actions.tell_the_last_word)
    actions.tell_the_last_word()
    assert len(story.letters("call_closed")) == 6


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_who_answers_while_its_owner_leaves_never_waits_for_ever(cast: Cast, _again: int) -> None:
    rosa, kofi = cast.seeker, cast.connector
    call = story.opened(cast, actor=rosa, owner=rosa)
    answer = story.written(cast, call, actor=kofi)
    results = at_once(
        lambda: actions.send(actor=kofi, answer=answer),
        lambda: people.erase(actor=rosa, person=rosa),
    )
    assert not Call.objects.exists()
    assert not Answer.objects.exists()
    if isinstance(results[0], Answer):
        assert len(story.letters_to(kofi, "call_gone")) == 1


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_call_does_not_end_under_an_answer_that_comes_in(cast: Cast, _again: int) -> None:
    call = story.opened(cast, deadline=None)
    answer = story.written(cast, call)
    seeker, lena = cast.seeker, cast.target

    def end() -> object:
        actions.shut(actor=lena, call=call)
        with clock.held_at(clock.now() + timedelta(minutes=1)):
            return actions.end(actor=lena, call=call)

    at_once(lambda: actions.send(actor=seeker, answer=answer), end)
    ended, sent = Call.objects.get().state == State.CLOSED, Answer.objects.get().state == "sent"
    assert ended != sent
