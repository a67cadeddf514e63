"""Asking somebody who lived the same: yes, not now, silence; and a no that is never told as one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.errors import (
    Conflict,
    DomainError,
    LimitReached,
    LinkNotValid,
    NotAllowed,
    NotHere,
)
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people import asks
from footbridge.people.models import Acquaintance, Person
from footbridge.people.quietly import MOST_ASKED
from footbridge.transitions import actions, keeping, queries
from footbridge.transitions.models import GuideAsk, Transition
from footbridge.transitions.policy import ANSWERED_WITHIN, QUESTIONS
from footbridge.transitions.states import Move, State
from tests.cast import Cast
from tests.rooms.assignments import story as assignments
from tests.rooms.transitions import story

pytestmark = pytest.mark.django_db
AFTERWARDS = ANSWERED_WITHIN + timedelta(hours=1)


def _card(person: Person, ask: GuideAsk) -> Any:
    return queries.ask_card_of(person, queries.get_ask(person, ask.id))


def test_a_guide_gets_a_letter_with_a_link_and_learns_what_it_is_about(cast: Cast) -> None:
    ask = story.asked(cast)
    sent = story.letter("guide_asked", cast.target)
    assert sent.private
    assert story.ASKED in sent.text
    assert "/guide/" in sent.text
    assert "Stepping out of leading" in sent.text
    card = _card(cast.target, ask)
    assert card.about.passage == "stepping_out"
    assert card.about.person.name == "Rosa Seeker"
    assert card.moves == ("agree", "not_now")
    assert card.email == ""


def test_after_a_yes_both_reach_each_other_and_are_acquainted(cast: Cast) -> None:
    ask = story.asked(cast)
    actions.agree(actor=cast.target, ask=ask)
    actions.agree(actor=cast.target, ask=ask)
    assert _card(cast.seeker, ask).email == cast.target.email
    assert _card(cast.target, ask).email == cast.seeker.email
    assert "lena.sought@example.org" in story.letter("guide_agreed", cast.seeker).text
    assert Acquaintance.objects.filter(person=cast.seeker, other=cast.target).exists()
    assert story.letters().count("guide_agreed") == 2


def test_a_refusal_is_silent_until_the_date_for_an_answer(cast: Cast) -> None:
    """After a no, after silence, and at every moment in between, the asker sees the same."""
    refused = story.asked(cast)
    silent = story.asked(cast, guide=cast.connector, transition=refused.transition)
    actions.not_now(actor=cast.target, ask=refused)
    for moment in (timedelta(), timedelta(days=13)):
        with clock.held_at(clock.now() + moment):
            assert actions.end_what_ran_out() == 0
            seen = [_card(cast.seeker, one) for one in (refused, silent)]
            assert [one.state for one in seen] == ["asked", "asked"]
            assert seen[0].moves == seen[1].moves == ("withdraw",)
    assert _card(cast.target, refused).state == "not_now"
    with clock.held_at(clock.now() + AFTERWARDS):
        assert actions.end_what_ran_out() == 2
        assert actions.end_what_ran_out() == 0
        assert {_card(cast.seeker, one).state for one in (refused, silent)} == {"not_now"}
    told = [
        one.text.replace("Lena Sought", "X").replace("Kofi Connector", "X").split("http")[0]
        for one in story.Message.objects.filter(kind="guide_not_now", to_person=cast.seeker.id)
    ]
    assert len(told) == 2
    assert told[0] == told[1]


def test_the_export_of_who_asked_tells_a_no_no_sooner(cast: Cast) -> None:
    from footbridge.transitions.personal import export

    ask = story.asked(cast)
    before = export(cast.seeker)["asks"]
    actions.not_now(actor=cast.target, ask=ask)
    assert export(cast.seeker)["asks"] == before
    assert export(cast.target)["asks"][0]["state"] == "not_now"


def test_who_withdraws_is_nobody_to_the_guide_any_more(cast: Cast) -> None:
    ask = story.asked(cast)
    actions.withdraw(actor=cast.seeker, ask=ask)
    with pytest.raises(NotHere):
        queries.get_ask(cast.target, ask.id)
    with pytest.raises(Conflict, match="withdrawn"):
        actions.agree(actor=cast.target, ask=ask)
    assert queries.waiting_for(cast.target) == []
    with pytest.raises(NotHere):
        queries.get(cast.target, ask.transition_id)


def test_a_guide_no_longer_knows_what_somebody_is_in_after_a_no(cast: Cast) -> None:
    ask = story.asked(cast)
    assert queries.get(cast.target, ask.transition_id)
    actions.not_now(actor=cast.target, ask=ask)
    with pytest.raises(NotHere):
        queries.get(cast.target, ask.transition_id)
    assert _card(cast.target, ask).about is None


def test_only_the_two_know_of_a_question_and_each_does_only_their_part(cast: Cast) -> None:
    ask = story.asked(cast)
    for other in (cast.host, cast.colleague):
        with pytest.raises(NotHere):
            queries.get_ask(other, ask.id)
        with pytest.raises(NotHere):
            actions.agree(actor=other, ask=ask)
    with pytest.raises(NotAllowed):
        actions.agree(actor=cast.seeker, ask=ask)
    with pytest.raises(NotAllowed):
        actions.withdraw(actor=cast.target, ask=ask)


@pytest.mark.parametrize("move", [Move.AGREE, Move.NOT_NOW, Move.WITHDRAW])
def test_the_time_for_an_answer_passes(cast: Cast, move: Move) -> None:
    ask = story.asked(cast)
    actor = cast.seeker if move == Move.WITHDRAW else cast.target
    acts: dict[Move, Any] = {
        Move.AGREE: actions.agree,
        Move.NOT_NOW: actions.not_now,
        Move.WITHDRAW: actions.withdraw,
    }
    with clock.held_at(clock.now() + AFTERWARDS), pytest.raises(Conflict):
        acts[move](actor=actor, ask=ask)


def test_a_link_opens_the_question_for_whom_it_was_made(cast: Cast) -> None:
    ask = story.asked(cast)
    path = queries.ask_path(ask, cast.target)
    person, found = queries.ask_by_link(path.split("/")[2])
    assert (person.id, found.id) == (cast.target.id, ask.id)
    with pytest.raises(LinkNotValid):
        queries.ask_by_link(path.split("/")[2] + "x")
    with clock.held_at(clock.now() + timedelta(days=60)), pytest.raises(LinkNotValid):
        queries.ask_by_link(path.split("/")[2])


# Who may be asked.


def _no_longer_glad(cast: Cast) -> None:
    Transition.objects.filter(person=cast.target).update(glad_to_be_asked=False)


def _pauses(cast: Cast) -> None:
    people.pause(actor=cast.target, until=clock.today() + timedelta(days=9))


def _keeps_apart(cast: Cast) -> None:
    network.wish(actor=cast.target, about=cast.seeker, wish="avoid")


def _is_kept_apart(cast: Cast) -> None:
    network.wish(actor=cast.seeker, about=cast.target, wish="avoid")


def _stays_home(cast: Cast) -> None:
    cast.target.chapter = cast.other_chapter
    cast.target.beyond_chapter = False
    cast.target.save()


def _goes_under_the_radar(cast: Cast) -> None:
    cast.hidden(cast.target)


@pytest.mark.parametrize(
    "change",
    [
        _no_longer_glad,
        _pauses,
        _keeps_apart,
        _is_kept_apart,
        _stays_home,
        _goes_under_the_radar,
    ],
)
def test_who_does_not_wish_to_be_asked_is_not_here(cast: Cast, change: Any) -> None:
    theirs, mine = story.lived(cast.target), story.says(cast.seeker)
    change(cast)
    with pytest.raises(NotHere):
        actions.ask(actor=cast.seeker, lived=theirs, transition=mine, words=story.ASKED)
    with pytest.raises(NotHere):
        queries.get_lived(cast.seeker, theirs.id)


def test_one_asks_with_a_passage_of_ones_own_and_in_words(cast: Cast) -> None:
    theirs, mine = story.lived(cast.target), story.says(cast.seeker)
    with pytest.raises(NotHere):
        actions.ask(actor=cast.seeker, lived=theirs, transition=theirs, words="Hello")
    with pytest.raises(NotHere):
        actions.ask(actor=cast.target, lived=theirs, transition=theirs, words="Hello")
    with pytest.raises(DomainError) as refused:
        actions.ask(actor=cast.seeker, lived=theirs, transition=mine, words="  ")
    assert refused.value.field == "words"


def test_the_budget_of_a_guide_holds_for_all_who_ask(cast: Cast) -> None:
    theirs = story.lived(cast.target)
    Person.objects.filter(id=cast.target.id).update(asks_per_month=1)
    story.asked(cast, lived=theirs)
    with pytest.raises(LimitReached, match="often enough"):
        story.asked(cast, lived=theirs, asker=cast.connector)
    with clock.held_at(clock.now() + asks.PERIOD + timedelta(days=1)):
        story.asked(cast, lived=theirs, asker=cast.colleague)


def test_a_guide_is_not_flooded_by_asks_of_other_kinds(cast: Cast) -> None:
    """What somebody is asked to introduce, and into which team, counts with it."""
    theirs = story.lived(cast.target)
    Person.objects.filter(id=cast.target.id).update(asks_per_month=1)
    assert asks.left([cast.target]) == {cast.target.id: 3}
    guide = Person.objects.get(id=cast.target.id)
    assert (asks.left([guide]), asks.next_ask_of(guide)) == ({guide.id: 1}, None)
    assignments.begun(cast, lead=guide)
    assert asks.left([guide]) == {guide.id: 0}
    assert asks.next_ask_of(guide) == clock.now() + asks.PERIOD
    with pytest.raises(LimitReached, match="often enough"):
        story.asked(cast, lived=theirs)


def test_nobody_waits_for_more_than_a_few_answers_and_a_no_frees_no_place(cast: Cast) -> None:
    mine = story.says(cast.seeker)
    guides = [story.lived(cast.person(f"Guide {n}")) for n in range(MOST_ASKED + 1)]
    asks = [story.asked(cast, lived=one, transition=mine) for one in guides[:MOST_ASKED]]
    actions.not_now(actor=asks[0].guide, ask=asks[0])
    with pytest.raises(LimitReached):
        story.asked(cast, lived=guides[-1], transition=mine)
    actions.withdraw(actor=cast.seeker, ask=asks[1])
    story.asked(cast, lived=guides[-1], transition=mine)


def test_the_same_person_is_asked_again_only_after_a_while(cast: Cast) -> None:
    ask = story.asked(cast)
    actions.withdraw(actor=cast.seeker, ask=ask)
    again = {"lived": ask.lived, "transition": ask.transition}
    with pytest.raises(LimitReached):
        story.asked(cast, **again)
    with clock.held_at(clock.now() + ANSWERED_WITHIN + QUESTIONS.rests_for + timedelta(days=1)):
        assert story.asked(cast, **again).state == State.ASKED


def test_a_yes_to_somebody_whom_one_avoids_since_ends_in_silence(cast: Cast) -> None:
    ask = story.asked(cast)
    network.wish(actor=cast.seeker, about=cast.target, wish="avoid")
    actions.agree(actor=cast.target, ask=ask)
    assert _card(cast.seeker, ask).email == ""
    assert "guide_agreed" not in story.letters()


def test_who_pauses_asks_nobody(cast: Cast) -> None:
    theirs, mine = story.lived(cast.target), story.says(cast.seeker)
    people.pause(actor=cast.seeker, until=clock.today() + timedelta(days=9))
    with pytest.raises(NotAllowed):
        actions.ask(actor=cast.seeker, lived=theirs, transition=mine, words="Hello")


def test_questions_in_vain_are_forgotten_after_a_year(cast: Cast) -> None:
    ask = story.asked(cast)
    kept = story.asked(cast, guide=cast.connector, transition=ask.transition)
    actions.agree(actor=cast.connector, ask=kept)
    with clock.held_at(clock.now() + AFTERWARDS):
        actions.end_what_ran_out()
    with clock.held_at(clock.now() + timedelta(days=370)):
        assert keeping.forget_old_questions() == 0
    with clock.held_at(clock.now() + timedelta(days=380)):
        assert keeping.forget_old_questions() == 1
    assert [one.id for one in GuideAsk.objects.all()] == [kept.id]


@pytest.mark.parametrize("count", [1, 3])
def test_reading_questions_takes_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    mine = story.says(cast.seeker)
    for number in range(count):
        guide = cast.person(f"Guide {number}")
        story.asked(cast, lived=story.lived(guide), transition=mine)
    with django_assert_num_queries(8):
        assert len(queries.asks_of(cast.seeker)) == count
