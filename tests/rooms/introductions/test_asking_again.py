"""After a "not now", asking by another way answers alike, whoever had heard of the first note."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from footbridge.core import clock, ids
from footbridge.introductions import actions, personal, queries
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import State
from footbridge.mail.models import Message
from footbridge.people.models import Person
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.introductions import story
from tests.rooms.introductions.test_silence import (
    late_no_by_target,
    no_by_connector,
    no_by_target,
    not_now_by_target,
    silence_of_connector,
    silence_of_target,
    work,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
Ending = Callable[[Cast], Introduction]


def withdrawn_before_the_target_was_asked(cast: Cast) -> Introduction:
    return actions.withdraw(actor=cast.seeker, introduction=story.asked(cast))


# In the first of each pair nobody asked the one sought; in the second they were asked.
PAIRS: list[tuple[Ending, Ending]] = [
    (silence_of_connector, silence_of_target),
    (silence_of_connector, no_by_target),
    (silence_of_connector, not_now_by_target),
    (no_by_connector, late_no_by_target),
    (withdrawn_before_the_target_was_asked, story.withdrawn),
]


def seen_by(person: Person) -> object:
    """All that reaches someone: cards, Today, export, mail."""
    mails = Message.objects.filter(to_person=person.id).order_by("created_at", "kind")
    return [
        queries.list_for(person),
        queries.waiting_for(person),
        personal.export(person),
        list(mails.values("kind", "subject", "text", "html", "created_at", "private")),
    ]


def asks_again(cast: Cast) -> list[object]:
    """The seeker asks another connector, who says yes; then time passes."""
    both = (cast.seeker, cast.colleague)
    with clock.held_at(NOON + 16 * DAY), ids.repeatable("the second time"):
        second = story.drafted(cast, connector=cast.colleague)
        actions.ask(actor=cast.seeker, introduction=second)
        pages = [seen_by(one) for one in both]
    with clock.held_at(NOON + 18 * DAY):
        actions.agree(actor=cast.colleague, introduction=second, word="She is good")
        pages += [seen_by(one) for one in both]
    for days in (24, 30, 60):
        with clock.held_at(NOON + days * DAY):
            work()
            pages += [seen_by(one) for one in both]
    second.refresh_from_db()
    assert second.state == State.EXPIRED
    return pages


def world_of(cast: Cast, ending: Ending) -> tuple[str, bool]:
    """What both see, and whether the one sought was asked the second time."""
    everyone = (cast.seeker, cast.connector, cast.target, cast.colleague)
    with transaction.atomic(), ids.repeatable("one world"):
        ending(cast)
        with clock.held_at(NOON + 15 * DAY):
            work()
        before = Message.objects.filter(kind="introduction_ask_target").count()
        seen = json.dumps(asks_again(cast), default=repr, indent=1)
        asked = Message.objects.filter(kind="introduction_ask_target").count() > before
        transaction.set_rollback(True)
    for person in everyone:
        person.refresh_from_db()
    return seen, asked


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[1].__name__)
def test_the_way_it_answers_does_not_tell_whether_the_one_sought_was_asked(
    cast: Cast, pair: tuple[Ending, Ending]
) -> None:
    never_asked, was_asked = (world_of(cast, ending) for ending in pair)
    assert never_asked[0] == was_asked[0]
    assert (never_asked[1], was_asked[1]) == (True, False)


def test_the_one_sought_is_asked_once_more_after_their_rest(cast: Cast) -> None:
    actions.decline(actor=cast.target, introduction=story.passed_on(cast))
    with clock.held_at(NOON + 100 * DAY):
        second = story.asked(cast, connector=cast.colleague)
        second = actions.agree(actor=cast.colleague, introduction=second)
        assert second.target_asked_at is None
    with clock.held_at(NOON + 105 * DAY):
        assert actions.ask_whom_we_held_back() == 1
        second.refresh_from_db()
        assert second.target_asked_at is not None
