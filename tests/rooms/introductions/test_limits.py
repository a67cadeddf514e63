"""Budgets of asks, pauses and wishes: what protects people from being asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed
from footbridge.introductions import actions, queries
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import State
from footbridge.people.models import Affiliation, Person
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def ask_each(cast: Cast, count: int) -> list[Introduction]:
    """Rosa asks Kofi, who does not mind, for so many people."""
    cast.connector.asks_per_month = 100
    cast.connector.save()
    sought = [cast.person(f"Sought {number}") for number in range(count)]
    return [story.asked(cast, target=person) for person in sought]


def refusal(introduction: Introduction) -> DomainError:
    with pytest.raises(DomainError) as refused:
        actions.ask(actor=introduction.seeker, introduction=introduction)
    introduction.refresh_from_db()
    assert introduction.state == State.DRAFT
    return refused.value


def test_a_connector_is_asked_as_often_as_they_said(cast: Cast) -> None:
    seekers = [cast.person(f"Seeker {number}") for number in range(4)]
    for number, seeker in enumerate(seekers[:3]):
        with clock.held_at(NOON + number * DAY):
            story.asked(cast, seeker=seeker)
    fourth = story.drafted(cast, seeker=seekers[3])
    refused = refusal(fourth)
    assert isinstance(refused, LimitReached)
    assert refused.message == (
        "Kofi Connector has been asked often lately. Ask someone else, or again from 1 April 2026."
    )
    with clock.held_at(NOON + 30 * DAY):
        assert actions.ask(actor=seekers[3], introduction=fourth).state == State.ASKED_CONNECTOR


def test_a_seeker_has_five_open_at_most(cast: Cast) -> None:
    first = ask_each(cast, 5)[0]
    sixth = story.drafted(cast)
    refused = refusal(sixth)
    assert isinstance(refused, LimitReached)
    assert refused.message.endswith("You can ask again from 16 March 2026.")
    actions.withdraw(actor=cast.seeker, introduction=first)
    assert actions.ask(actor=cast.seeker, introduction=sixth).state == State.ASKED_CONNECTOR


def test_a_secret_refusal_still_counts_as_open(cast: Cast) -> None:
    for introduction in ask_each(cast, 5):
        actions.decline(actor=cast.connector, introduction=introduction)
    assert isinstance(refusal(story.drafted(cast)), LimitReached)


def test_a_seeker_asks_ten_times_in_thirty_days(cast: Cast) -> None:
    for number, introduction in enumerate(ask_each(cast, 5)):
        actions.withdraw(actor=cast.seeker, introduction=introduction)
        with clock.held_at(NOON + number * DAY):
            more = story.asked(cast, target=cast.person(f"Another {number}"))
            actions.withdraw(actor=cast.seeker, introduction=more)
    refused = refusal(story.drafted(cast))
    assert isinstance(refused, LimitReached)
    assert refused.message.endswith("You can ask again from 1 April 2026.")
    with clock.held_at(NOON + 30 * DAY):
        story.asked(cast)


def pause(person: Person) -> None:
    person.paused_until = date(2026, 3, 9)
    person.save()


def silent_reasons() -> dict[str, object]:
    """Everything that must stay a secret, each brought about in its own way."""
    return {
        "the connector pauses": lambda cast: pause(cast.connector),
        "the one sought pauses": lambda cast: pause(cast.target),
        "the connector takes no asks": lambda cast: Person.objects.filter(
            id=cast.connector.id
        ).update(asks_per_month=0),
        "the one sought avoids the seeker": lambda cast: story.avoid(cast.target, cast.seeker),
        "the seeker avoids the one sought": lambda cast: story.avoid(cast.seeker, cast.target),
        "the connector avoids the seeker": lambda cast: story.avoid(cast.connector, cast.seeker),
        "the one sought avoids the connector": lambda cast: story.avoid(
            cast.target, cast.connector
        ),
        "the one sought avoids the seeker's organisation": lambda cast: story.avoid(
            cast.target, cast.food_bank
        ),
    }


@pytest.mark.parametrize("reason", list(silent_reasons()))
def test_nothing_tells_why_it_is_not_possible(cast: Cast, reason: str) -> None:
    silent_reasons()[reason](cast)  # type: ignore[operator]
    introduction = story.drafted(cast)
    before = len(story.letters())
    refused = refusal(introduction)
    assert (type(refused), refused.message, refused.field) == (
        Conflict,
        "This introduction is not possible just now. Try another way, or later.",
        "",
    )
    assert len(story.letters()) == before


def test_secrets_are_kept_even_where_a_budget_is_used_up(cast: Cast) -> None:
    introduction = story.drafted(cast)
    for number in range(3):
        story.asked(cast, seeker=cast.person(f"Seeker {number}"))
    pause(cast.target)
    assert refusal(introduction).message.startswith("This introduction is not possible")


def test_seekers_are_told_of_their_own_pause(cast: Cast) -> None:
    introduction = story.drafted(cast)
    pause(cast.seeker)
    refused = refusal(introduction)
    assert isinstance(refused, NotAllowed)
    assert refused.message.startswith("You are pausing")


def test_a_pause_begun_since_holds_the_question_back_until_it_ends(cast: Cast) -> None:
    introduction = story.asked(cast)
    pause(cast.target)
    actions.agree(actor=cast.connector, introduction=introduction)
    assert story.letters("ask_target") == []
    assert queries.waiting_for(cast.target) == []
    assert actions.ask_whom_we_held_back() == 0
    with clock.held_at(NOON + 8 * DAY):
        assert actions.ask_whom_we_held_back() == 1
        assert actions.ask_whom_we_held_back() == 0
        assert len(story.letters("ask_target")) == 1
        assert len(queries.waiting_for(cast.target)) == 1


def test_an_avoided_pair_is_never_introduced_even_if_the_wish_came_late(cast: Cast) -> None:
    introduction = story.passed_on(cast)
    story.avoid(cast.seeker, cast.target)
    after = actions.agree(actor=cast.target, introduction=introduction)
    assert after.state == State.NOT_NOW
    assert story.letters("made") == []


def test_another_connector_may_be_asked_after_the_first_said_not_now(cast: Cast) -> None:
    introduction = story.asked(cast)
    actions.not_now(actor=cast.connector, introduction=introduction)
    with clock.held_at(NOON + 14 * DAY):
        again = story.asked(cast, connector=cast.colleague)
        assert again.state == State.ASKED_CONNECTOR


def test_one_connector_is_asked_at_a_time(cast: Cast) -> None:
    introduction = story.asked(cast)
    actions.not_now(actor=cast.connector, introduction=introduction)
    second = story.drafted(cast, connector=cast.colleague)
    refused = refusal(second)
    assert refused.message.startswith("You have asked someone about Lena Sought already.")
    actions.withdraw(actor=cast.seeker, introduction=introduction)
    assert actions.ask(actor=cast.seeker, introduction=second).state == State.ASKED_CONNECTOR


def test_the_same_connector_is_not_asked_twice_in_a_season(cast: Cast) -> None:
    actions.withdraw(actor=cast.seeker, introduction=story.asked(cast))
    again = story.drafted(cast)
    assert "again from 14 June 2026" in refusal(again).message
    with clock.held_at(NOON + 104 * DAY):
        assert actions.ask(actor=cast.seeker, introduction=again).state == State.ASKED_CONNECTOR


@pytest.mark.parametrize("answered", [True, False])
def test_the_one_sought_is_left_in_peace_for_ninety_days(cast: Cast, answered: bool) -> None:
    """Whether they said no or nothing: a difference would tell which it was."""
    introduction = story.passed_on(cast)
    if answered:
        actions.decline(actor=cast.target, introduction=introduction)
    with clock.held_at(NOON + 80 * DAY):
        early = story.asked(cast, connector=cast.colleague)
        early = actions.agree(actor=cast.colleague, introduction=early)
        assert early.target_asked_at is None
    with clock.held_at(NOON + 104 * DAY):
        late = story.asked(cast, connector=cast.host)
        late = actions.agree(actor=cast.host, introduction=late)
        assert late.target_asked_at == clock.now()


def test_whom_one_has_met_one_does_not_ask_for_again(cast: Cast) -> None:
    story.introduced(cast)
    second = story.drafted(cast, connector=cast.colleague)
    assert refusal(second).message == "You two have been introduced already."
    with clock.held_at(NOON + 366 * DAY):
        actions.ask(actor=cast.seeker, introduction=second)


def test_a_former_colleague_of_an_avoided_organisation_is_not_meant(cast: Cast) -> None:
    introduction = story.drafted(cast)
    story.avoid(cast.target, cast.food_bank)
    Affiliation.objects.filter(person=cast.seeker).update(until=date(2025, 1, 1))
    actions.ask(actor=cast.seeker, introduction=introduction)
