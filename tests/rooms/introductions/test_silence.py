"""A refusal is silent and looks like "not now": to the byte, whoever refused and however."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from footbridge.core import clock, ids
from footbridge.core.errors import DomainError
from footbridge.introductions import actions, personal, queries
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import Shown
from footbridge.mail.models import Message
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def silence_of_connector(cast: Cast) -> Introduction:
    return story.asked(cast)


def silence_of_target(cast: Cast) -> Introduction:
    return story.passed_on(cast)


def no_by_connector(cast: Cast) -> Introduction:
    return actions.decline(actor=cast.connector, introduction=story.asked(cast))


def not_now_by_connector(cast: Cast) -> Introduction:
    return actions.not_now(actor=cast.connector, introduction=story.asked(cast))


def no_by_target(cast: Cast) -> Introduction:
    return actions.decline(actor=cast.target, introduction=story.passed_on(cast))


def not_now_by_target(cast: Cast) -> Introduction:
    return actions.not_now(actor=cast.target, introduction=story.passed_on(cast))


def late_no_by_target(cast: Cast) -> Introduction:
    introduction = story.asked(cast)
    with clock.held_at(NOON + 5 * DAY):
        actions.agree(
            actor=cast.connector, introduction=introduction, word="A word", why_you="Changed"
        )
    with clock.held_at(NOON + 9 * DAY):
        return actions.decline(actor=cast.target, introduction=introduction)


def target_pauses(cast: Cast) -> Introduction:
    introduction = story.asked(cast)
    cast.target.paused_until = date(2026, 6, 1)
    cast.target.save()
    return actions.agree(actor=cast.connector, introduction=introduction)


def target_avoids(cast: Cast) -> Introduction:
    introduction = story.asked(cast)
    story.avoid(cast.target, cast.seeker)
    return actions.agree(actor=cast.connector, introduction=introduction)


def yes_of_target_whom_the_seeker_avoids(cast: Cast) -> Introduction:
    introduction = story.passed_on(cast)
    story.avoid(cast.seeker, cast.target)
    return actions.agree(actor=cast.target, introduction=introduction)


ENDINGS: list[Callable[[Cast], Introduction]] = [
    silence_of_connector,
    silence_of_target,
    no_by_connector,
    not_now_by_connector,
    no_by_target,
    not_now_by_target,
    late_no_by_target,
    target_pauses,
    target_avoids,
    yes_of_target_whom_the_seeker_avoids,
]
MOMENTS = [timedelta(0), 6 * DAY, 10 * DAY, 14 * DAY - HOUR, 14 * DAY, 14 * DAY + HOUR, 40 * DAY]


def what_the_seeker_has(cast: Cast) -> str:
    """All that reaches the seeker, at each moment: cards, Today, export, what is refused, mail."""
    pages = []
    for moment in MOMENTS:
        with clock.held_at(NOON + moment):
            if moment >= 14 * DAY + HOUR:
                work()
            pages.append([queries.list_for(cast.seeker), queries.waiting_for(cast.seeker)])
            pages.append(personal.export(cast.seeker))
            pages.append(refusal_of_asking_once_more(cast))
    mails = Message.objects.filter(to_person=cast.seeker.id).order_by("created_at")
    pages.append(list(mails.values("kind", "subject", "text", "html", "created_at", "private")))
    return json.dumps(pages, default=repr, indent=1)


def work() -> None:
    actions.ask_whom_we_held_back()
    actions.remind_the_silent()
    actions.check_in()
    actions.end_what_ran_out()


def refusal_of_asking_once_more(cast: Cast) -> str:
    """While it waits, asking again says so; it says nothing else in any of the stories."""
    story_of_it = Introduction.objects.get(seeker=cast.seeker)
    with pytest.raises(DomainError) as refused:
        actions.ask(actor=cast.seeker, introduction=story_of_it)
    return refused.value.message


@pytest.fixture
def tell(cast: Cast, db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Tell one story in a world where tokens do not depend on what went before."""
    monkeypatch.setattr("footbridge.core.links.signing.dumps", lambda parts, salt: repr(parts))
    return lambda ending: _in_a_world_of_its_own(cast, ending)


def _in_a_world_of_its_own(cast: Cast, ending: Callable[[Cast], Introduction]) -> str:
    three = (cast.seeker, cast.connector, cast.target)
    with transaction.atomic(), ids.repeatable("one world"):
        ending(cast)
        seen = what_the_seeker_has(cast)
        transaction.set_rollback(True)
    for person in three:
        person.refresh_from_db()
    return seen


@pytest.mark.parametrize("ending", ENDINGS[1:], ids=lambda ending: ending.__name__)
def test_a_refusal_is_silent(tell: Callable[..., str], ending: Callable[..., object]) -> None:
    assert tell(ending) == tell(silence_of_connector)


def test_the_comparison_would_notice_an_introduction(tell: Callable[..., str]) -> None:
    def yes(cast: Cast) -> Introduction:
        return story.introduced(cast)

    assert tell(yes) != tell(silence_of_connector)


def test_the_seeker_waits_until_the_date_and_is_then_told_not_now(cast: Cast) -> None:
    introduction = no_by_target(cast)
    assert story.seen_by(cast.seeker, introduction).shown == Shown.WAITING
    with clock.held_at(NOON + 14 * DAY):
        actions.end_what_ran_out()
        card = story.seen_by(cast.seeker, introduction)
    assert (card.shown, card.ended_on, card.my_answer) == (Shown.NOT_NOW, date(2026, 3, 16), "yes")
    (letter,) = story.letters("not_now")
    assert letter.to_name == "Rosa Seeker"
    assert letter.subject == "Lena Sought: not now"


def test_the_connector_does_not_learn_of_the_refusal_either(cast: Cast) -> None:
    introduction = story.passed_on(cast)
    before = story.seen_by(cast.connector, introduction)
    actions.decline(actor=cast.target, introduction=introduction)
    assert story.seen_by(cast.connector, introduction) == before
    assert before.shown == Shown.WAITING


def test_who_refused_sees_their_own_answer(cast: Cast) -> None:
    introduction = no_by_target(cast)
    card = story.seen_by(cast.target, introduction)
    assert (card.shown, card.my_answer, card.ended_on) == (Shown.NOT_NOW, "no", date(2026, 3, 2))
    assert queries.waiting_for(cast.target) == []


def test_a_withdrawn_refusal_is_never_told(cast: Cast) -> None:
    introduction = no_by_target(cast)
    actions.withdraw(actor=cast.seeker, introduction=introduction)
    with clock.held_at(NOON + 20 * DAY):
        actions.end_what_ran_out()
    assert story.letters("not_now") == []


def test_letters_between_three_are_for_their_readers_alone(cast: Cast) -> None:
    story.closed(cast)
    assert {letter.private for letter in story.letters()} == {True}


def test_the_host_cannot_tell_a_refusal_from_silence(cast: Cast) -> None:
    introduction = story.passed_on(cast)
    with clock.held_at(NOON + 8 * DAY):
        silent = queries.stalled(cast.host)
        actions.decline(actor=cast.target, introduction=introduction)
        assert queries.stalled(cast.host) == silent
    assert [(stuck.why, stuck.target.name) for stuck in silent] == [("silent", "Lena Sought")]
