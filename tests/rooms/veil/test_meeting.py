"""Both names appear at the same moment, and only to these two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail

from footbridge.core import clock, links
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotHere
from footbridge.exchange import queries as exchange
from footbridge.mail.sealed import deliver_sealed_due
from footbridge.people import actions as people_actions
from footbridge.people.models import Organisation
from footbridge.veil import actions, queries
from footbridge.veil.cards import VeiledCard
from footbridge.veil.states import Step
from tests.cast import Cast

CARD = VeiledCard(words="Buyer at a large food maker", ask="Half an hour on cold storage")


@pytest.fixture
def me(cast: Cast) -> queries.Self:
    """Lena under the radar, in the private sector."""
    return again(cast.hidden(cast.target), sector="private")


@pytest.fixture
def iris(cast: Cast) -> queries.Self:
    """Somebody who was never listed, of another mail domain than the cast."""
    account = actions.begin(name="Iris", email="iris@elsewhere.test", chapter=cast.chapter)
    return again(account, sector="private")


def again(account: object, **said: object) -> queries.Self:
    found = queries.self_for(account)  # type: ignore[arg-type]
    assert found is not None
    return actions.edit(actor=found, **said) if said else found


def test_a_standing_yes_is_seen_without_a_name(cast: Cast, iris: queries.Self) -> None:
    yes = actions.say_standing_yes(actor=cast.seeker, sectors=["private"], words="Anyone in food")
    [card] = queries.glad(iris)
    assert (card.id, card.words, card.vouches, card.since) == (
        yes.id,
        "Anyone in food",
        0,
        clock.today(),
    )
    assert "Rosa" not in repr(card)


def test_both_names_appear_at_once(cast: Cast, iris: queries.Self) -> None:
    yes = actions.say_standing_yes(actor=cast.seeker)
    actions.say_yes(actor=iris, yes_id=yes.id)
    [mine] = queries.my_approaches(iris)
    [theirs] = queries.approaches_for(cast.seeker)
    assert mine.name is not None
    assert mine.name.name == "Rosa Seeker"
    assert theirs.name is not None
    assert theirs.name.name == "Iris"
    assert queries.approaches_for(cast.connector) == []
    assert queries.glad(iris) == []


def test_a_standing_yes_to_another_kind_is_not_for_one(cast: Cast, iris: queries.Self) -> None:
    goal = exchange.suggest_causes("hunger", "en")[0]
    for said in ({"sectors": ["public"]}, {"causes": exchange.causes_by_ids([goal.id])}):
        yes = actions.say_standing_yes(actor=cast.seeker, **said)
        assert queries.glad(iris) == []
        with pytest.raises(NotHere):
            actions.say_yes(actor=iris, yes_id=yes.id)


def test_colleagues_their_group_and_their_mail_never_come_near(
    cast: Cast, me: queries.Self
) -> None:
    group = cast.organisation("Northwind Holding", "private")
    Organisation.objects.filter(id=cast.cold_chain.id).update(group=group)
    sister = cast.organisation("Northwind Foods", "private", group=group)
    at_sister = cast.person("Sister Employee", at=sister)
    by_mail = cast.person("Same Mail", email="someone@example.org")
    elsewhere = cast.person("Elsewhere", email="someone@elsewhere.test")
    for person in (cast.colleague, at_sister, by_mail, elsewhere):
        actions.say_standing_yes(actor=person)
    found = {card.id for card in queries.glad(me)}
    assert found == {elsewhere.standing_yes.id}
    for person in (cast.colleague, at_sister, by_mail):
        with pytest.raises(DomainError):
            actions.send_card(actor=me, person=person, card=CARD)


@pytest.mark.parametrize("kind", ["person", "organisation", "group", "domain"])
def test_the_list_of_whom_to_stay_away_from_holds(
    cast: Cast, iris: queries.Self, kind: str
) -> None:
    group = cast.organisation("The Group", "public")
    Organisation.objects.filter(id=cast.city.id).update(group=group)
    cast.city.refresh_from_db()
    person = cast.person("Paul Public", at=cast.city, email="paul@city.test")
    yes = actions.say_standing_yes(actor=person)
    assert [card.id for card in queries.glad(iris)] == [yes.id]
    blocked = {
        "person": {"member": person},
        "organisation": {"member": cast.city},
        "group": {"member": cast.city, "whole_group": True},
        "domain": {"domain": "city.test"},
    }[kind]
    iris = actions.block(actor=iris, **blocked)
    assert queries.glad(iris) == []
    [line] = [one for lines in vars(iris.profile.blocks).values() for one in lines]
    assert [card.id for card in queries.glad(actions.unblock(actor=iris, line=line))] == [yes.id]


def test_a_card_shows_chosen_lines_and_no_name_until_both_said_yes(
    cast: Cast, iris: queries.Self
) -> None:
    actions.send_card(actor=iris, person=cast.seeker, card=CARD)
    [card] = queries.waiting_for(cast.seeker)
    assert card.card.words == CARD.words
    assert card.name is None
    assert "Iris" not in repr(card)
    assert queries.my_approaches(iris)[0].name is None
    actions.answer(actor=cast.seeker, approach_id=card.id, is_yes=True)
    assert queries.approaches_for(cast.seeker)[0].name.name == "Iris"
    assert queries.my_approaches(iris)[0].name.name == "Rosa Seeker"
    assert queries.waiting_for(cast.seeker) == []


def test_a_not_now_looks_like_no_answer(cast: Cast, iris: queries.Self) -> None:
    for person in (cast.seeker, cast.connector):
        actions.send_card(actor=iris, person=person, card=CARD)
    [card] = queries.waiting_for(cast.seeker)
    actions.answer(actor=cast.seeker, approach_id=card.id, is_yes=False)
    assert {one.step for one in queries.my_approaches(iris)} == {Step.WAITING}
    with clock.held_at(clock.now() + timedelta(days=15)):
        assert {one.step for one in queries.my_approaches(iris)} == {Step.NOT_NOW}
        assert queries.waiting_for(cast.connector) == []


def test_three_cards_wait_at_most(cast: Cast, iris: queries.Self) -> None:
    for person in (cast.seeker, cast.connector, cast.stranger):
        actions.send_card(actor=iris, person=person, card=CARD)
    with pytest.raises(LimitReached):
        actions.send_card(actor=iris, person=cast.colleague, card=CARD)
    actions.withdraw(actor=iris, approach_id=queries.my_approaches(iris)[0].id)
    actions.send_card(actor=iris, person=cast.colleague, card=CARD)


def test_nobody_gets_two_cards_or_one_while_they_pause(cast: Cast, iris: queries.Self) -> None:
    actions.send_card(actor=iris, person=cast.seeker, card=CARD)
    with pytest.raises(Conflict):
        actions.send_card(actor=iris, person=cast.seeker, card=CARD)
    people_actions.pause(actor=cast.connector, until=clock.today() + timedelta(days=9))
    cast.connector.refresh_from_db()
    actions.take_cards(actor=cast.stranger, takes=False)
    for person in (cast.connector, cast.stranger):
        with pytest.raises(DomainError):
            actions.send_card(actor=iris, person=person, card=CARD)


def test_two_under_the_radar_meet_once_both_are_verified_and_glad(cast: Cast) -> None:
    iris = again(actions.begin(name="Iris", email="iris@one.test", chapter=cast.chapter))
    omar = again(actions.begin(name="Omar", email="omar@two.test", chapter=cast.chapter))
    omar = actions.be_glad_of_peers(actor=omar, glad=True)
    assert queries.glad(iris) == []
    for one in (iris, omar):
        actions.vouch(actor=cast.seeker, token=links.sign("vouch", one.id))
    iris = again(queries.account_at("iris@one.test"))
    [card] = queries.glad(iris)
    assert card.is_peer
    assert card.vouches == 1
    assert "Omar" not in repr(card)
    actions.say_yes(actor=iris, yes_id=card.id)
    omar = again(queries.account_at("omar@two.test"))
    assert queries.my_approaches(iris)[0].name.name == "Omar"
    assert queries.my_approaches(omar)[0].name.name == "Iris"
    assert {glance.what for glance in queries.glances(omar)} == {
        "You and someone saw each other's names",
        "Someone vouched for you",
    }


def test_erasing_the_other_side_takes_the_approach_along(cast: Cast, iris: queries.Self) -> None:
    actions.send_card(actor=iris, person=cast.seeker, card=CARD)
    people_actions.erase(actor=cast.seeker, person=cast.seeker)
    assert queries.my_approaches(iris) == []


def test_letters_name_nobody_and_go_once_they_are_sent(
    cast: Cast, iris: queries.Self, settings: object, worker: Callable[[], int]
) -> None:
    settings.EMAIL_HOST = "mail.test"  # type: ignore[attr-defined]
    actions.send_card(actor=iris, person=cast.seeker, card=CARD)
    [card] = queries.waiting_for(cast.seeker)
    actions.answer(actor=cast.seeker, approach_id=card.id, is_yes=True)
    assert deliver_sealed_due() == 3
    assert sorted(one.to[0] for one in mail.outbox) == [
        "iris@elsewhere.test",
        "rosa.seeker@example.org",
        "rosa.seeker@example.org",
    ]
    for sent in mail.outbox:
        assert "Iris" not in sent.body
        assert "Rosa" not in sent.body
    assert deliver_sealed_due() == 0
