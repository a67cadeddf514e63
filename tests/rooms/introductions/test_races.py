"""Two answers at the same moment: one counts, nobody gets two messages, nothing breaks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached
from footbridge.introductions import actions
from footbridge.introductions.models import Consent, Introduction
from footbridge.introductions.states import OPEN, State
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOON + timedelta(days=15)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of these at the same moment, each over a connection of its own; what came of each."""
    ready = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(number: int) -> None:
        try:
            ready.wait(timeout=20)
            with clock.held_at(moment):
                results[number] = acts[number]()
        except DomainError as error:
            results[number] = error
        finally:
            connection.close()

    moment = clock.now()
    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return results


def fresh(introduction: Introduction) -> Introduction:
    return Introduction.objects.get(id=introduction.id)


def test_two_yeses_at_once_make_one_introduction(cast: Cast) -> None:
    introduction = story.passed_on(cast)
    results = at_once(*[lambda: actions.agree(actor=cast.target, introduction=introduction)] * 4)
    assert [result.state for result in results] == [State.INTRODUCED] * 4  # type: ignore[attr-defined]
    assert [kind for kind, _ in story.kinds()] == [
        "ask_connector",
        "ask_target",
        "made",
        "made",
        "thanks",
    ]


@pytest.mark.parametrize("_again", range(5))
def test_yes_and_withdrawal_at_once_end_as_one_of_them(cast: Cast, _again: int) -> None:
    introduction = story.passed_on(cast)
    agreed, withdrawn = at_once(
        lambda: actions.agree(actor=cast.target, introduction=introduction),
        lambda: actions.withdraw(actor=cast.seeker, introduction=introduction),
    )
    made = len(story.letters("made"))
    if fresh(introduction).state == State.INTRODUCED:
        assert (isinstance(withdrawn, DomainError), made) == (True, 2)
    else:
        assert fresh(introduction).state == State.WITHDRAWN
        assert (isinstance(agreed, Conflict), made) == (True, 0)


@pytest.mark.parametrize("_again", range(5))
def test_yes_and_no_at_once_are_one_answer(cast: Cast, _again: int) -> None:
    introduction = story.asked(cast)
    results = at_once(
        lambda: actions.agree(actor=cast.connector, introduction=introduction),
        lambda: actions.decline(actor=cast.connector, introduction=introduction),
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert Consent.objects.filter(role="connector").count() == 1
    passed_on = fresh(introduction).state == State.ASKED_TARGET
    assert len(story.letters("ask_target")) == int(passed_on)


def test_two_connectors_are_not_asked_at_once(cast: Cast) -> None:
    first = story.drafted(cast)
    story.tie(cast.colleague, cast.seeker)
    second = Introduction.objects.create(
        seeker=cast.seeker, target=cast.target, connector=cast.colleague, **story.NOTE
    )
    results = at_once(
        lambda: actions.ask(actor=cast.seeker, introduction=first),
        lambda: actions.ask(actor=cast.seeker, introduction=second),
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert Introduction.objects.filter(state__in=OPEN).count() == 1
    assert len(story.letters()) == 1


def test_the_last_ask_of_a_budget_is_used_once(cast: Cast) -> None:
    cast.connector.asks_per_month = 1
    cast.connector.save()
    drafts = [story.drafted(cast, seeker=cast.person(f"Seeker {n}")) for n in range(3)]
    _ = cast.target
    results = at_once(
        *[
            lambda draft=draft: actions.ask(actor=draft.seeker, introduction=draft)
            for draft in drafts
        ]
    )
    assert sum(isinstance(result, LimitReached) for result in results) == 2
    assert len(story.letters("ask_connector")) == 1


def test_two_workers_tell_the_seeker_once(cast: Cast) -> None:
    introduction = story.asked(cast)
    with clock.held_at(LATER):
        done = at_once(*[actions.end_what_ran_out] * 3)
        assert sum(done) == 1  # type: ignore[arg-type]
        assert actions.end_what_ran_out() == 0
    assert fresh(introduction).state == State.EXPIRED
    assert len(story.letters("not_now")) == 1


def test_two_workers_check_in_and_remind_once(cast: Cast) -> None:
    story.introduced(cast)
    with clock.held_at(NOON + timedelta(days=31)):
        done = at_once(actions.check_in, actions.check_in)
        done += at_once(actions.remind_the_silent, actions.remind_the_silent)
    assert sum(done) == 2  # type: ignore[arg-type]
    assert (len(story.letters("checkin")), len(story.letters("stalled"))) == (2, 2)


def test_an_answer_on_the_last_moment_and_the_worker_do_not_both_win(cast: Cast) -> None:
    introduction = story.passed_on(cast)
    with clock.held_at(LATER):
        answer, _ended = at_once(
            lambda: actions.agree(actor=cast.target, introduction=introduction),
            actions.end_what_ran_out,
        )
        # A worker passes over what another holds at that moment, and comes again.
        actions.end_what_ran_out()
    assert isinstance(answer, Conflict)
    assert fresh(introduction).state == State.EXPIRED
    assert story.letters("made") == []
