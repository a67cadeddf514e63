"""Just a conversation is a need like any other, and is answered by a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Need
from footbridge.insight.company import (
    A_HOST_SEES_IT_AFTER,
    asks_for_company,
    company_for,
    still_without_company,
)
from footbridge.network import actions as network
from footbridge.people.models import Person
from footbridge.transitions import actions as transitions
from tests.cast import Cast
from tests.rooms.hours import story as hours_story
from tests.rooms.introductions import story as introductions_story
from tests.rooms.transitions import story

pytestmark = pytest.mark.django_db
TALK = "Just a conversation."


def _needs(person: Person, text: str = TALK) -> Need:
    exchange.load_shipped_vocabulary()
    return exchange.open_need(actor=person, owner=person, text=text)


def _offers(person: Person, text: str) -> None:
    exchange.load_shipped_vocabulary()
    exchange.open_offer(actor=person, owner=person, text=text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (TALK, True),
        ("Simplemente conversar", True),
        ("Quelqu'un à qui parler", True),
        ("Xyzzy plugh", True),
        ("We need cold storage two nights a week.", False),
    ],
)
def test_a_need_without_a_skill_asks_for_company(cast: Cast, text: str, is_one: bool) -> None:
    assert asks_for_company(_needs(cast.seeker, text)) is is_one


def test_who_offers_an_open_ear_is_named_with_the_one_who_brings_them_together(
    cast: Cast,
) -> None:
    cast.host  # noqa: B018 - written to the database
    _offers(cast.target, "A listening ear for people who feel alone")
    found = company_for(cast.seeker, _needs(cast.seeker))
    assert found is not None
    assert found.card.name == "Lena Sought"
    assert found.reasons[0].text == "Offers an open ear"
    assert found.through is not None
    assert found.through.name == "Hana Host"


def test_whom_both_know_brings_them_together_before_a_host_does(cast: Cast) -> None:
    cast.host  # noqa: B018 - written to the database
    _offers(cast.target, "A listening ear")
    for one in (cast.seeker, cast.target):
        network.state_tie(actor=one, other=cast.connector, strength="trust")
        network.state_tie(actor=cast.connector, other=one, strength="trust")
    found = company_for(cast.seeker, _needs(cast.seeker))
    assert found is not None
    assert found.through is not None
    assert found.through.name == "Kofi Connector"


def test_whoever_is_near_or_speaks_ones_language_is_named_where_nobody_offers(
    cast: Cast,
) -> None:
    cast.person("Ada Far", place=cast.lisbon, languages=["pl"])
    cast.target  # noqa: B018 - written to the database
    found = company_for(cast.seeker, _needs(cast.seeker))
    assert found is not None
    assert found.card.name == "Lena Sought"
    assert {one.kind for one in found.reasons} == {"place", "language"}


def test_who_lived_what_one_is_in_can_be_asked_at_once(cast: Cast) -> None:
    _offers(cast.connector, "A listening ear")
    theirs, mine = story.lived(cast.target), story.says(cast.seeker)
    found = company_for(cast.seeker, _needs(cast.seeker))
    assert found is not None
    assert (found.card.name, found.lived, found.transition) == ("Lena Sought", theirs.id, mine.id)


def test_hidden_and_avoided_people_are_never_named(cast: Cast) -> None:
    _offers(cast.target, "A listening ear")
    _offers(cast.connector, "A listening ear")
    cast.hidden(cast.target)
    network.wish(actor=cast.seeker, about=cast.connector, wish="avoid")
    assert company_for(cast.seeker, _needs(cast.seeker)) is None


# What a host sees after a week.


def _later(**more: Any) -> Any:
    return clock.held_at(clock.now() + A_HOST_SEES_IT_AFTER + timedelta(hours=1, **more))


def test_after_a_week_the_host_sees_it_and_nobody_else(cast: Cast) -> None:
    need = _needs(cast.seeker)
    _needs(cast.target, "We need cold storage two nights a week.")
    assert still_without_company(cast.host, cast.chapter) == []
    with _later():
        found = still_without_company(cast.host, cast.chapter)
        assert [one.id for one in found] == [need.id]
        assert still_without_company(cast.connector, cast.chapter) == []


def test_who_was_introduced_or_has_an_appointment_for_it_is_left_in_peace(cast: Cast) -> None:
    need = _needs(cast.seeker)
    hours_story.agreed(cast, need=need)
    with _later():
        assert still_without_company(cast.host, cast.chapter) == []


def test_a_guide_who_said_yes_answers_it(cast: Cast) -> None:
    _needs(cast.seeker)
    ask = story.asked(cast)
    with _later():
        assert len(still_without_company(cast.host, cast.chapter)) == 1
    transitions.agree(actor=cast.target, ask=ask)
    with _later():
        assert still_without_company(cast.host, cast.chapter) == []


def test_an_introduction_for_it_answers_it(cast: Cast) -> None:
    need = _needs(cast.seeker)
    made = introductions_story.introduced(cast)
    made.need = need
    made.save()
    with _later():
        assert still_without_company(cast.host, cast.chapter) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_hosts_list_takes_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        _needs(cast.person(f"Alone {number}"))
    cast.host  # noqa: B018 - written to the database
    with _later(), django_assert_num_queries(6):
        assert len(still_without_company(cast.host, cast.chapter)) == count
