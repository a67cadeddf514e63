"""Cards, lists and columns: the same number of queries for one row and for three."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.exchange import actions, queries
from footbridge.exchange.models import Cause, Need, Skill
from footbridge.people.models import Member, Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SENTENCES = ("Cold storage", "A mentor for our founder", "A lawyer for contracts")


def say(cast: Cast, count: int) -> None:
    """That many needs and offers, each with skills, a cause and a place."""
    for text in SENTENCES[:count]:
        for open_one in (actions.open_need, actions.open_offer):
            open_one(
                actor=cast.seeker,
                owner=cast.seeker,
                text=text,
                causes=[Cause.objects.get(number=2)],
                place=cast.lisbon,
            )


@pytest.mark.parametrize("count", [1, 3])
def test_a_members_needs_take_six_queries(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    say(cast, count)
    viewer = cast.target
    with django_assert_num_queries(6):  # one own, needs, owners and theirs, skills, causes
        cards = queries.needs_of(viewer, cast.seeker)
    assert {card.text for card in cards} == set(SENTENCES[:count])
    assert all(card.skills and card.causes and card.place == "Lisbon, PT" for card in cards)
    assert {card.owner.organisation for card in cards} == {"Harbour Food Bank"}


@pytest.mark.parametrize("count", [1, 3])
def test_a_members_offers_take_six_queries(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    say(cast, count)
    viewer = cast.target
    with django_assert_num_queries(6):
        cards = queries.offers_of(viewer, cast.seeker)
    assert len(cards) == count


@pytest.mark.parametrize("count", [1, 3])
def test_needs_of_many_members_take_as_many_queries_as_those_of_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    owners = [cast.seeker, cast.target, cast.connector][:count]
    for owner in owners:
        actions.open_need(actor=owner, owner=owner, text="Cold storage")
        actions.open_offer(actor=owner, owner=owner, text="Cold storage")
    ids = [owner.id for owner in owners]
    with django_assert_num_queries(12):
        needs = queries.needs_of_many(cast.seeker, ids)
        offers = queries.offers_of_many(cast.seeker, ids)
    assert set(needs) == set(offers) == set(ids)


def test_urgent_needs_come_first(cast: Cast) -> None:
    actions.open_need(actor=cast.seeker, owner=cast.seeker, text="A van")
    actions.open_need(actor=cast.seeker, owner=cast.seeker, text="A lorry", urgent=True)
    assert [card.text for card in queries.needs_of(cast.target, cast.seeker)] == [
        "A lorry",
        "A van",
    ]


def test_a_card_speaks_the_readers_language_and_shows_what_was_guessed(cast: Cast) -> None:
    actions.open_need(
        actor=cast.seeker, owner=cast.seeker, text="We need cold storage", resource="goods"
    )
    with translation.override("es"):
        [card] = queries.needs_of(cast.target, cast.seeker)
    [skill, *_] = card.skills
    spanish = Skill.objects.get(key="cold-storage").labels["es"]
    assert (skill.label, skill.guessed, skill.phrase) == (spanish, True, "cold storage")
    assert card.has_guesses
    assert (card.kind, card.resource, card.is_open, card.ending_label) == (
        "need",
        "goods",
        True,
        "",
    )


def test_words_that_were_never_translated_are_shown_as_they_were_said(cast: Cast) -> None:
    with translation.override("fr"):
        skill = actions.add_skill(actor=cast.host, label="Réparer des cloches")
    with translation.override("en"):
        assert skill.label == "Réparer des cloches"


def _long_known(person: Person, days: float) -> None:
    Member.objects.filter(id=person.id).update(joined_at=clock.days_ago(days))


def test_who_comes_back_after_a_year_with_an_urgent_need_is_shown_to_the_host(cast: Cast) -> None:
    _long_known(cast.seeker, 900)
    _long_known(cast.target, 900)
    _long_known(cast.stranger, 900)
    _long_known(cast.connector, 30)
    with clock.held_at(clock.days_ago(800)):
        actions.open_need(actor=cast.seeker, owner=cast.seeker, text="Long ago")
    with clock.held_at(clock.days_ago(200)):
        actions.open_offer(actor=cast.target, owner=cast.target, text="Half a year ago")
    for person in (cast.seeker, cast.target, cast.stranger, cast.connector):
        actions.open_need(actor=person, owner=person, text="Now, quickly", urgent=True)
    actions.open_need(actor=cast.seeker, owner=cast.seeker, text="No hurry")
    shown = queries.returners(cast.host)
    assert [(need.owner_id, need.text) for need in shown] == [(cast.seeker.id, "Now, quickly")]
    assert {need.owner_id for need in queries.returners(OPERATOR)} == {
        cast.seeker.id,
        cast.stranger.id,
    }
    assert not queries.returners(cast.seeker).exists()


def test_an_old_need_opened_again_is_a_return_and_a_recent_one_is_not(cast: Cast) -> None:
    _long_known(cast.seeker, 900)
    _long_known(cast.target, 900)
    for person, days in ((cast.seeker, 500), (cast.target, 100)):
        with clock.held_at(clock.days_ago(days)):
            need = actions.open_need(actor=person, owner=person, text="A van", urgent=True)
            actions.close(actor=person, posting=need)
        actions.reopen(actor=person, posting=need)
    assert [need.owner_id for need in queries.returners(cast.host)] == [cast.seeker.id]


def test_a_second_urgent_need_of_the_same_days_is_not_a_return(cast: Cast) -> None:
    _long_known(cast.seeker, 900)
    first = actions.open_need(actor=cast.seeker, owner=cast.seeker, text="A van", urgent=True)
    with clock.held_at(clock.now() + timedelta(days=2)):
        actions.open_need(actor=cast.seeker, owner=cast.seeker, text="A lorry", urgent=True)
        assert [need.id for need in queries.returners(cast.host)] == [first.id]


@pytest.mark.parametrize("count", [1, 3])
def test_returners_with_their_cards_take_six_queries(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for person in (cast.seeker, cast.target, cast.connector)[:count]:
        _long_known(person, 900)
        actions.open_need(actor=person, owner=person, text="Cold storage", urgent=True)
    host = cast.host
    with django_assert_num_queries(6):
        cards = queries.returner_cards(host)
    assert len(cards) == count


def test_ids_that_stand_for_nothing_are_left_out() -> None:
    skill = Skill.objects.get(key="mentoring")
    assert queries.skills_by_ids([str(skill.id), "nonsense", ""]) == [skill]
    assert queries.causes_by_ids(["nonsense"]) == []


def test_it_is_known_what_was_said_before(cast: Cast) -> None:
    need = actions.open_need(actor=cast.seeker, owner=cast.seeker, text="A van")
    actions.close(actor=cast.seeker, posting=need)
    assert queries.has_said(cast.seeker.id, "need", "a VAN!")
    assert not queries.has_said(cast.seeker.id, "offer", "a van")
    assert not queries.has_said(cast.target.id, "need", "a van")
    assert Need.objects.count() == 1
