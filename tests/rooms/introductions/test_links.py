"""All that is asked can be answered from a signed link; opening one changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid
from footbridge.introductions import actions, queries
from footbridge.introductions.models import Consent, Introduction
from footbridge.introductions.states import Outcome, Shown, State
from footbridge.mail.models import Message
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db


def token_in(letter: Message) -> str:
    (link,) = letter.links
    assert link["url"] in letter.text
    assert link["url"] in letter.html
    return link["url"].partition("/i/")[2]


def rows() -> list[object]:
    tables = (Introduction.objects, Consent.objects, Message.objects)
    return [list(table.order_by("pk").values()) for table in tables]


def test_the_whole_story_by_links_alone(cast: Cast) -> None:
    story.asked(cast)
    for kind in ("ask_connector", "ask_target"):
        person, introduction = queries.opened(token_in(story.letters(kind)[0]))
        actions.agree(actor=person, introduction=introduction)
    with clock.held_at(NOON + timedelta(days=10)):
        assert actions.check_in() == 1
        for letter in story.letters("checkin"):
            person, introduction = queries.opened(token_in(letter))
            actions.report(actor=person, introduction=introduction, outcome=Outcome.MET)
    introduction.refresh_from_db()
    assert introduction.state == State.CLOSED
    assert introduction.reports.count() == 2


def test_opening_a_link_changes_nothing(cast: Cast) -> None:
    story.asked(cast)
    token = token_in(story.letters()[0])
    before = rows()
    for _ in range(3):
        person, introduction = queries.opened(token)
        assert queries.card(person, introduction).shown == Shown.YOURS
    assert rows() == before


def test_a_link_used_twice_sends_nothing_twice(cast: Cast) -> None:
    story.passed_on(cast)
    token = token_in(story.letters("ask_target")[0])
    for _ in range(2):
        person, introduction = queries.opened(token)
        actions.agree(actor=person, introduction=introduction)
    assert [kind for kind, _ in story.kinds()].count("made") == 2


def test_an_altered_link_opens_nothing(cast: Cast) -> None:
    story.asked(cast)
    token = token_in(story.letters()[0])
    for altered in ("", "x", token[:-1], token + "x", token.swapcase(), token[1:]):
        with pytest.raises(LinkNotValid):
            queries.opened(altered)


def test_a_link_expires(cast: Cast) -> None:
    story.asked(cast)
    token = token_in(story.letters()[0])
    with (
        clock.held_at(NOON + timedelta(days=91)),
        pytest.raises(LinkNotValid, match="has expired"),
    ):
        queries.opened(token)


def test_a_link_for_something_else_or_somebody_else_opens_nothing(cast: Cast) -> None:
    introduction = story.asked(cast)
    foreign = [
        links.sign("seat", introduction.id, cast.connector.id),
        links.sign("introduction", cast.seeker.id, cast.connector.id),
        links.sign("introduction", introduction.id, cast.target.id),
        links.sign("introduction", introduction.id, cast.stranger.id),
        links.sign("introduction", introduction.id),
    ]
    for token in foreign:
        with pytest.raises(LinkNotValid) as refused:
            queries.opened(token)
        assert refused.value.message


def test_the_link_of_a_withdrawn_introduction_says_so(cast: Cast) -> None:
    introduction = story.asked(cast)
    token = token_in(story.letters()[0])
    actions.withdraw(actor=cast.seeker, introduction=introduction)
    card = queries.card(*queries.opened(token))
    assert (card.shown, card.moves) == (Shown.WITHDRAWN, ())
