"""Many at the same moment: one card, one question, within the budget, never after somebody went."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from footbridge.core.errors import DomainError, Overtaken
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.pitches import actions
from footbridge.pitches.actions import Said, Sheet
from footbridge.pitches.models import Giving, Pitch, Rehearsal, ShoesCard, Worth
from footbridge.pitches.states import State
from tests.cast import Cast
from tests.rooms.meetings.test_races import at_once
from tests.rooms.pitches import story

pytestmark = pytest.mark.django_db(transaction=True)

# Sixty, to be as sure as one can be: FOOTBRIDGE_RACES=60.
REPETITIONS = int(os.environ.get("FOOTBRIDGE_RACES", "2"))
RACERS = 4


def _asking(pitch: Pitch, peer: Person) -> Callable[[], object]:
    return lambda: actions.ask(actor=pitch.author, pitch=pitch, peer=peer)


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_one_card_is_begun_at_once_by_two_and_no_words_are_lost(cast: Cast, _again: int) -> None:
    writers, firm = (cast.target, cast.colleague), cast.cold_chain
    came = at_once(
        *[
            lambda who=who: actions.write_card(
                actor=who, member=firm, said=Said(fears=who.name), version=0
            )
            for who in writers
        ]
    )
    assert ShoesCard.objects.count() == 1
    assert sum(isinstance(one, Overtaken) for one in came) == 1


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_card_is_given_once_and_a_sheet_begun_once(cast: Cast, _again: int) -> None:
    card, to, lena = story.writes(cast.target, cast.cold_chain), cast.food_bank, cast.target
    giving = [lambda: actions.give_card(actor=lena, card=card, to=to)] * 3
    sheet = [lambda: actions.write_worth(actor=lena, sheet=Sheet(brings="x"), version=0)] * 2
    came = at_once(*giving, *sheet)
    assert Giving.objects.count() == 1
    assert Worth.objects.count() == 1
    assert sum(isinstance(one, DomainError) for one in came) == 1


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_the_last_ask_of_a_month_is_given_to_one(cast: Cast, _again: int) -> None:
    peer = cast.person("Pia Peer", asks_per_month=1)
    authors = [cast.person(f"Guest {number}") for number in range(RACERS)]
    pitches = [story.pitch(cast, author=one) for one in authors]
    came = at_once(*[_asking(pitch, peer) for pitch in pitches])
    assert sum(isinstance(one, Rehearsal) for one in came) == 1
    assert story.letters() == ["rehearsal_asked"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_yes_and_a_withdrawal_at_once_have_one_end(cast: Cast, _again: int) -> None:
    row = story.asked(cast)
    rosa, kofi = cast.seeker, cast.connector
    at_once(
        lambda: actions.agree(actor=kofi, rehearsal=row),
        lambda: actions.withdraw(actor=rosa, rehearsal=row),
        lambda: actions.agree(actor=kofi, rehearsal=row),
    )
    # A yes may come first and be taken back; a withdrawal never turns into a yes.
    assert story.fresh(row).state == State.WITHDRAWN


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_nobody_is_asked_or_aimed_at_who_leaves_at_that_moment(cast: Cast, _again: int) -> None:
    kofi = cast.connector
    pitches = [story.pitch(cast, author=cast.person(f"Guest {number}")) for number in range(2)]
    rosa, card = cast.seeker, story.writes(cast.seeker)
    people.account_for(kofi)
    at_once(
        *[_asking(pitch, kofi) for pitch in pitches],
        lambda: actions.give_card(actor=rosa, card=card, to=kofi),
        lambda: actions.begin(actor=rosa, kit=story.KIT, target=kofi),
        lambda: people.erase(actor=kofi, person=kofi),
    )
    assert not Person.objects.filter(id=kofi.id).exists()
    assert not Rehearsal.objects.exists()
    assert not Giving.objects.exists()
    assert story.letters() == []
    assert all(one.target_name == "" for one in Pitch.objects.filter(author=rosa))
