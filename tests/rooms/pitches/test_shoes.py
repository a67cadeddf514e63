"""How it looks from somebody's side: written by it alone, read by whom it chose, taken back."""

from __future__ import annotations

from typing import Any

import pytest

from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.people.states import Standing
from footbridge.pitches import actions, queries
from footbridge.pitches.actions import Said
from footbridge.pitches.logics import LANGUAGES, logics
from footbridge.pitches.models import Giving, ShoesCard
from tests.cast import Cast
from tests.rooms.pitches import story

pytestmark = pytest.mark.django_db


def test_a_card_is_written_by_those_who_act_for_its_member(cast: Cast) -> None:
    card = story.writes(cast.target, cast.cold_chain)
    assert card.member_id == cast.cold_chain.id
    for other in (cast.seeker, cast.host):
        with pytest.raises(NotAllowed):
            story.writes(other, cast.cold_chain)
    with pytest.raises(NotAllowed):
        story.writes(cast.target, cast.colleague)


def test_nobody_else_reads_a_card_at_first(cast: Cast) -> None:
    story.writes(cast.target, cast.cold_chain)
    for other in (cast.seeker, cast.host, cast.stranger):
        assert queries.card_of(other, cast.cold_chain) is None
        with pytest.raises(NotHere):
            queries.get_card(other, cast.cold_chain)
    mine = queries.card_of(cast.colleague, cast.cold_chain)
    assert mine
    assert mine.fears == story.FEARS
    assert mine.readers == "nobody"


def test_who_is_given_a_card_reads_it_until_it_is_taken_back(cast: Cast) -> None:
    card = story.writes(cast.target, cast.cold_chain)
    actions.give_card(actor=cast.target, card=card, to=cast.food_bank)
    actions.give_card(actor=cast.target, card=card, to=cast.food_bank)
    assert Giving.objects.count() == 1
    read = queries.card_of(cast.seeker, cast.cold_chain)
    assert read
    assert (read.fears, read.readers, read.given_to) == (story.FEARS, "", ())
    assert [one.member.name for one in queries.given_to(cast.seeker)] == ["Northwind Cold Chain"]
    assert queries.card_of(cast.connector, cast.cold_chain) is None
    own = queries.card_of(cast.target, cast.cold_chain)
    assert own
    assert [one.name for one in own.given_to] == ["Harbour Food Bank"]
    actions.take_back(actor=cast.colleague, card=card, to=cast.food_bank)
    assert queries.card_of(cast.seeker, cast.cold_chain) is None
    assert queries.given_to(cast.seeker) == []


def test_a_card_can_be_given_to_a_person(cast: Cast) -> None:
    card = story.writes(cast.target)
    actions.give_card(actor=cast.target, card=card, to=cast.connector)
    assert queries.card_of(cast.connector, cast.target)
    assert queries.card_of(cast.seeker, cast.target) is None


def test_to_let_nobody_read_it_takes_it_back_from_all(cast: Cast) -> None:
    card = story.writes(cast.target, cast.cold_chain)
    actions.give_card(actor=cast.target, card=card, to=cast.food_bank)
    story.writes(cast.target, cast.cold_chain, readers="nobody")
    assert queries.card_of(cast.seeker, cast.cold_chain) is None
    story.writes(cast.target, cast.cold_chain, readers="given")
    assert queries.card_of(cast.seeker, cast.cold_chain) is None


def test_members_read_what_is_for_members_and_others_do_not(cast: Cast) -> None:
    story.writes(cast.target, cast.cold_chain, readers="members")
    assert queries.card_of(cast.stranger, cast.cold_chain)
    assert queries.card_of(cast.listed, cast.cold_chain) is None
    waits = cast.person("Wanda Waits", standing=Standing.APPLIED)
    assert queries.card_of(waits, cast.cold_chain) is None


def test_an_empty_card_is_given_to_nobody(cast: Cast) -> None:
    card = actions.write_card(actor=cast.target, member=cast.target, said=Said())
    with pytest.raises(DomainError, match="Write something first"):
        actions.give_card(actor=cast.target, card=card, to=cast.food_bank)
    with pytest.raises(DomainError, match="Write something first"):
        actions.write_card(actor=cast.target, member=cast.target, said=Said(readers="members"))


def test_a_card_is_given_by_its_own_side_to_another_one(cast: Cast) -> None:
    card = story.writes(cast.target, cast.cold_chain, readers="members")
    with pytest.raises(NotHere):
        actions.give_card(actor=cast.seeker, card=card, to=cast.city)
    with pytest.raises(Conflict):
        actions.give_card(actor=cast.target, card=card, to=cast.cold_chain)
    with pytest.raises(NotHere):
        actions.give_card(actor=cast.stranger, card=story.writes(cast.stranger), to=cast.listed)


def test_two_who_write_one_card_do_not_overwrite_each_other(cast: Cast) -> None:
    first = story.writes(cast.target, cast.cold_chain)
    said = Said(fears="A strike")
    by_one: dict[str, Any] = {"member": cast.cold_chain, "said": said, "version": first.version}
    actions.write_card(actor=cast.colleague, **by_one)
    with pytest.raises(Overtaken) as caught:
        actions.write_card(actor=cast.target, **by_one)
    assert caught.value.theirs["fears"] == "A strike"
    new: dict[str, Any] = {"member": cast.target, "said": said, "version": 0}
    actions.write_card(actor=cast.target, **new)
    with pytest.raises(Overtaken):
        actions.write_card(actor=cast.target, **new)


def test_words_are_tidied_and_too_long_ones_refused(cast: Cast) -> None:
    card = story.writes(cast.target, fears="  One\x00\r\n two ", decides_who="A\nB")
    assert card.fears == "One\ntwo"
    assert card.decides_who == "A B"
    with pytest.raises(DomainError) as caught:
        story.writes(cast.target, fears="x" * 601)
    assert caught.value.field == "fears"
    with pytest.raises(DomainError):
        story.writes(cast.target, readers="everyone")


def test_a_card_of_somebody_who_leaves_goes_and_that_of_their_organisation_stays(
    cast: Cast,
) -> None:
    own, theirs = story.writes(cast.target), story.writes(cast.target, cast.cold_chain)
    actions.give_card(actor=cast.target, card=theirs, to=cast.seeker)
    people.erase(actor=cast.target, person=cast.target)
    assert list(ShoesCard.objects.values_list("id", flat=True)) == [theirs.id]
    assert queries.card_of(cast.seeker, cast.cold_chain)
    people.erase(actor=cast.seeker, person=cast.seeker)
    assert not Giving.objects.exists()
    assert own.id != theirs.id


@pytest.mark.parametrize("others", [1, 3])
def test_a_list_of_given_cards_takes_the_same_questions_for_one_and_three(
    cast: Cast, others: int, django_assert_num_queries: Any
) -> None:
    for number in range(others):
        somebody = cast.person(f"Guest {number}")
        actions.give_card(actor=somebody, card=story.writes(somebody), to=cast.seeker)
    rosa = Person.objects.get(id=cast.seeker.id)
    with django_assert_num_queries(7):
        assert len(queries.given_to(rosa)) == others


def test_the_glossary_says_as_much_in_each_language() -> None:
    first = logics("en")
    assert len(first.terms) == 20
    assert first.minutes == 40
    for language in LANGUAGES:
        found = logics(language)
        assert [one.key for one in found.terms] == [one.key for one in first.terms]
        assert [one.minutes for one in found.agenda] == [one.minutes for one in first.agenda]
        assert len(found.openers) == len(first.openers)
        assert all(one.term and one.profit and one.public and one.mission for one in found.terms)
    assert logics("pt-BR") == first
