"""Answers of members: kept, sent once, changed until the deadline, taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from footbridge.calls import actions, queries
from footbridge.calls.models import Answer
from footbridge.calls.states import AnswerState
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.people.policy import VISITOR
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.calls import story


def test_a_draft_is_kept_for_who_writes_it_and_shown_to_nobody_else(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.written(cast, call)
    own = queries.own_answer(cast.seeker, call, cast.seeker)
    assert own is not None
    assert (own.text, own.is_draft) == (story.ANSWER, True)
    assert queries.list_for(cast.target, call).total == 0
    for other in (cast.target, cast.stranger, cast.host):
        with pytest.raises(NotHere):
            queries.get_answer(other, answer.id)


def test_a_sent_answer_reaches_the_owner_with_a_day_by_which_a_word_is_due(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    assert answer.due_at == datetime(2026, 3, 26, 17, 0, tzinfo=UTC)
    assert [one.name for one in queries.list_for(cast.colleague, call).items] == ["Rosa Seeker"]
    assert story.letters() == ["call_came", "call_received"]
    assert "26 March 2026" in story.letters_to(cast.seeker)[0].text
    with pytest.raises(NotHere):
        queries.get_answer(cast.stranger, answer.id)


def test_without_a_deadline_the_days_are_counted_from_the_answer(cast: Cast) -> None:
    answer = story.answered(cast, story.opened(cast, deadline=None, reply_days=7))
    assert answer.due_at == NOON + timedelta(days=7)


def test_the_days_of_a_reply_are_those_of_the_calls_own_clocks(cast: Cast) -> None:
    # Between the deadline and the day of the reply the clocks of Lisbon go forward.
    deadline = story.local(2026, 3, 25, 18)
    call = story.opened(cast, timezone="Europe/Lisbon", deadline=deadline, reply_days=7)
    assert story.answered(cast, call).due_at == datetime(2026, 4, 1, 17, 0, tzinfo=UTC)


def test_sending_twice_sends_once(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    again = actions.send(actor=cast.seeker, answer=answer)
    assert again.sent_at == answer.sent_at
    assert story.letters() == ["call_came", "call_received"]


def test_an_owner_hears_once_a_day_however_many_answer(cast: Cast) -> None:
    call = story.opened(cast)
    for person in (cast.seeker, cast.connector, cast.stranger):
        story.answered(cast, call, actor=person)
    assert len(story.letters_to(cast.target)) == 1
    with clock.held_at(NOON + timedelta(days=1)):
        story.answered(cast, call, actor=cast.host)
    assert len(story.letters_to(cast.target)) == 2


def test_what_was_sent_is_changed_until_the_deadline_and_not_after(cast: Cast) -> None:
    call = story.opened(cast)
    story.answered(cast, call)
    changed = story.written(cast, call, text="With three bicycles.")
    assert (changed.text, changed.state) == ("With three bicycles.", AnswerState.SENT)
    with clock.held_at(story.after_deadline()), pytest.raises(Conflict):
        story.written(cast, call, text="With four.")
    assert Answer.objects.get().text == "With three bicycles."


def test_an_answer_that_was_sent_is_never_emptied(cast: Cast) -> None:
    call = story.opened(cast)
    story.answered(cast, call)
    with pytest.raises(DomainError):
        story.written(cast, call, text="  \n ")
    assert Answer.objects.get().text == story.ANSWER


def test_nothing_is_sent_empty_late_or_to_a_call_that_is_not_open(cast: Cast) -> None:
    call = story.opened(cast)
    empty = story.written(cast, call, text="")
    with pytest.raises(DomainError):
        actions.send(actor=cast.seeker, answer=empty)
    late = story.written(cast, call, actor=cast.connector)
    with clock.held_at(story.after_deadline()), pytest.raises(Conflict) as refused:
        actions.send(actor=cast.connector, answer=late)
    assert "deadline has passed" in refused.value.message
    with pytest.raises(Conflict):
        story.written(cast, story.drafted(cast), actor=cast.colleague)
    assert story.letters() == []


def test_a_deadline_counts_to_the_second(cast: Cast) -> None:
    call = story.opened(cast)
    first = story.written(cast, call)
    second = story.written(cast, call, actor=cast.connector)
    at = call.deadline
    assert at is not None
    with clock.held_at(at - timedelta(seconds=1)):
        assert actions.send(actor=cast.seeker, answer=first).state == AnswerState.SENT
    with clock.held_at(at), pytest.raises(Conflict):
        actions.send(actor=cast.connector, answer=second)


def test_one_answers_for_an_organisation_that_one_acts_for_and_for_no_other(cast: Cast) -> None:
    call = story.opened(cast)
    seeker = cast.seeker
    answer = story.answered(cast, call, member=cast.food_bank)
    assert queries.list_for(cast.target, call).items[0].name == "Harbour Food Bank"
    assert queries.list_for(cast.target, call).items[0].by == "Rosa Seeker"
    with pytest.raises(NotAllowed):
        story.written(cast, call, actor=cast.stranger, member=cast.food_bank)
    helper = cast.person("Abe Helper", at=cast.food_bank)
    assert queries.get_answer(helper, answer.id) == answer
    assert queries.own_answers(seeker)[0].slug == call.slug


def test_nobody_answers_their_own_call_or_without_having_joined(cast: Cast) -> None:
    call = story.opened(cast)
    with pytest.raises(Conflict):
        story.written(cast, call, actor=cast.target, member=cast.cold_chain)
    with pytest.raises(NotAllowed):
        story.written(cast, call, actor=cast.listed)


def test_a_draft_is_thrown_away_and_what_was_sent_is_withdrawn(cast: Cast) -> None:
    call = story.opened(cast)
    actions.withdraw_answer(actor=cast.seeker, answer=story.written(cast, call))
    assert not Answer.objects.exists()
    answer = story.answered(cast, call)
    with pytest.raises(NotHere):
        actions.withdraw_answer(actor=cast.target, answer=answer)
    actions.withdraw_answer(actor=cast.seeker, answer=answer)
    assert queries.list_for(cast.target, call).total == 0
    with pytest.raises(NotHere):
        queries.get_answer(cast.target, answer.id)
    assert story.answered(cast, call).state == AnswerState.SENT


def test_who_wrote_on_another_device_is_not_overwritten(cast: Cast) -> None:
    call = story.opened(cast)
    first = story.written(cast, call, version=0)
    story.written(cast, call, text="On the phone.", version=first.version)
    with pytest.raises(Overtaken) as overtaken:
        story.written(cast, call, text="On the desk.", version=first.version)
    assert overtaken.value.theirs["text"] == "On the phone."


def test_an_entry_is_shown_only_where_its_author_and_the_call_wish_it(cast: Cast) -> None:
    call = story.opened(cast, kind="competition", entries_shown=True, audience="everyone")
    story.answered(cast, call, shown=True)
    story.answered(cast, call, actor=cast.connector, shown=False)
    story.written(cast, call, actor=cast.stranger, shown=True)
    assert [one.name for one in queries.entries(cast.host, call)] == ["Rosa Seeker"]
    assert queries.entries(VISITOR, call) == ()
    silent = story.opened(cast, kind="competition")
    story.answered(cast, silent, shown=True)
    assert queries.entries(cast.host, silent) == ()
    assert not Answer.objects.get(call=silent).shown
