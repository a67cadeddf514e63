"""Every move, by everyone, at every point of the story: allowed or refused, and nothing between."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.introductions import actions, policy
from footbridge.introductions.models import Consent, Introduction
from footbridge.introductions.states import MOVES, Move, Outcome, State
from footbridge.mail.models import Message
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db

DO: dict[Move, Callable[[Person, Introduction], Introduction]] = {
    Move.WRITE: lambda who, what: actions.write(actor=who, introduction=what, how_long="1 hour"),
    Move.ASK: lambda who, what: actions.ask(actor=who, introduction=what),
    Move.WITHDRAW: lambda who, what: actions.withdraw(actor=who, introduction=what),
    Move.AGREE: lambda who, what: actions.agree(actor=who, introduction=what),
    Move.NOT_NOW: lambda who, what: actions.not_now(actor=who, introduction=what),
    Move.DECLINE: lambda who, what: actions.decline(actor=who, introduction=what),
    Move.REPORT: lambda who, what: actions.report(
        actor=who, introduction=what, outcome=Outcome.NOTHING
    ),
    Move.THANK: lambda who, what: actions.thank(actor=who, introduction=what, words="Thank you"),
}
ROLES = ("seeker", "connector", "target", "stranger")

# Where a move leads. What is not listed here is refused.
ALLOWED: dict[tuple[str, str], dict[Move, State]] = {
    ("draft", "seeker"): {
        Move.WRITE: State.DRAFT,
        Move.ASK: State.ASKED_CONNECTOR,
        Move.WITHDRAW: State.WITHDRAWN,
    },
    ("asked", "seeker"): {Move.WITHDRAW: State.WITHDRAWN},
    ("asked", "connector"): {
        Move.AGREE: State.ASKED_TARGET,
        Move.NOT_NOW: State.NOT_NOW,
        Move.DECLINE: State.NOT_NOW,
    },
    ("passed on", "seeker"): {Move.WITHDRAW: State.WITHDRAWN},
    ("passed on", "target"): {
        Move.AGREE: State.INTRODUCED,
        Move.NOT_NOW: State.NOT_NOW,
        Move.DECLINE: State.NOT_NOW,
    },
    ("introduced", "seeker"): {Move.REPORT: State.CLOSED, Move.THANK: State.INTRODUCED},
    ("introduced", "target"): {Move.REPORT: State.CLOSED, Move.THANK: State.INTRODUCED},
    ("closed", "seeker"): {Move.REPORT: State.CLOSED, Move.THANK: State.CLOSED},
    ("closed", "target"): {Move.REPORT: State.CLOSED, Move.THANK: State.CLOSED},
    # To the seeker a refusal looks like waiting, so they may withdraw it.
    ("refused by the connector", "seeker"): {Move.WITHDRAW: State.WITHDRAWN},
    ("refused by the one sought", "seeker"): {Move.WITHDRAW: State.WITHDRAWN},
}

# Doing again what one has done changes nothing and is no error: links are opened twice.
AGAIN = {
    ("passed on", "connector", Move.AGREE),
    ("introduced", "connector", Move.AGREE),
    ("introduced", "target", Move.AGREE),
    ("closed", "connector", Move.AGREE),
    ("closed", "target", Move.AGREE),
    ("refused by the connector", "connector", Move.DECLINE),
    ("refused by the one sought", "connector", Move.AGREE),
    ("refused by the one sought", "target", Move.DECLINE),
    ("run out", "connector", Move.AGREE),
    ("withdrawn", "connector", Move.AGREE),
    ("withdrawn", "seeker", Move.WITHDRAW),
    ("withdrawn", "connector", Move.WITHDRAW),
    ("withdrawn", "target", Move.WITHDRAW),
}

# Those who were never asked learn nothing, not even that there is something.
OUTSIDE = {
    (name, role)
    for name in story.STORIES
    for role in ROLES
    if role == "stranger"
    or (name == "draft" and role != "seeker")
    or (name in ("asked", "refused by the connector") and role == "target")
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", list(story.STORIES))
def test_every_move_by_everyone_at_every_point(cast: Cast, name: str, role: str) -> None:
    tell, state = story.STORIES[name]
    introduction = tell(cast)
    assert introduction.state == state
    person = getattr(cast, role)
    for move in Move:
        with transaction.atomic():
            _try(move, person, introduction.id, name, role)
            transaction.set_rollback(True)


def _try(move: Move, person: Person, introduction_id: uuid.UUID, name: str, role: str) -> None:
    introduction = Introduction.objects.get(id=introduction_id)
    state = State(introduction.state)
    leads_to = ALLOWED.get((name, role), {}).get(move)
    assert policy.may(person, move, introduction) == (leads_to is not None), move
    if leads_to is not None:
        assert DO[move](person, introduction).state == leads_to
        assert state == leads_to or leads_to in MOVES[state]
    elif (name, role, move) in AGAIN:
        _changes_nothing(lambda: DO[move](person, introduction))
    else:
        expected = NotHere if (name, role) in OUTSIDE else (Conflict, NotAllowed)
        with pytest.raises(expected):
            DO[move](person, introduction)
        assert Introduction.objects.get(id=introduction_id).state == state


def _changes_nothing(act: Callable[[], Introduction]) -> None:
    def rows() -> list[object]:
        tables = (Introduction.objects, Consent.objects, Message.objects)
        return [list(table.order_by("pk").values()) for table in tables]

    before = rows()
    act()
    assert rows() == before


def test_every_state_can_be_reached_and_no_unlisted_move_is_made() -> None:
    reached = {state for after in MOVES.values() for state in after}
    assert reached | {State.DRAFT, State.ASKED_SEEKER} == set(State)


@pytest.mark.parametrize("first", [Move.AGREE, Move.NOT_NOW, Move.DECLINE])
@pytest.mark.parametrize("second", [Move.AGREE, Move.NOT_NOW, Move.DECLINE])
def test_an_answer_stands_once_it_is_given(cast: Cast, first: Move, second: Move) -> None:
    introduction = DO[first](cast.connector, story.asked(cast))
    if first == second:
        _changes_nothing(lambda: DO[second](cast.connector, introduction))
    else:
        with pytest.raises(Conflict, match="You have answered already"):
            DO[second](cast.connector, introduction)


def test_nobody_answers_after_the_date_even_before_the_worker_came(cast: Cast) -> None:
    introduction = story.asked(cast)
    with (
        clock.held_at(clock.now() + timedelta(days=14)),
        pytest.raises(Conflict, match="The time for this has passed"),
    ):
        actions.agree(actor=cast.connector, introduction=introduction)


def test_only_the_connector_changes_the_note(cast: Cast) -> None:
    introduction = story.passed_on(cast)
    with pytest.raises(DomainError, match="Only the connector"):
        actions.agree(actor=cast.target, introduction=introduction, word="Me too")
    introduction.refresh_from_db()
    assert introduction.state == State.ASKED_TARGET
