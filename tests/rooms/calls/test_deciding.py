"""Every answer gets a word: shortlisted, chosen, or closed with a reason; then the call ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from footbridge.calls import actions, queries
from footbridge.calls.cards import NO_RECORD, Record
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import AnswerState, State
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotHere
from footbridge.core.reading import reading
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.calls import story


def test_an_answer_is_closed_with_a_reason_and_its_author_reads_it(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    closed = actions.close(
        actor=cast.colleague, answer=answer, reason="out_of_budget", words="Next year again."
    )
    assert (closed.state, closed.closed_by_id) == (AnswerState.CLOSED, cast.colleague.id)
    letter = story.letters_to(cast.seeker, "call_closed")[0]
    assert "More than this call can pay for" in letter.text
    assert "Next year again." in letter.text
    own = queries.own_answer(cast.seeker, call, cast.seeker)
    assert own is not None
    assert own.reason_words == "Next year again."


def test_a_reason_is_one_of_the_list(cast: Cast) -> None:
    answer = story.answered(cast, story.opened(cast))
    for reason in ("", "because", "call_withdrawn"):
        with pytest.raises(DomainError) as refused:
            actions.close(actor=cast.target, answer=answer, reason=reason)
        assert refused.value.field == "reason"


def test_a_shortlist_is_not_the_last_word(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    actions.shortlist(actor=cast.target, answer=answer)
    assert queries.counts(cast.target, call)["waiting"] == 1
    actions.take_off_shortlist(actor=cast.target, answer=answer)
    actions.choose(actor=cast.target, answer=answer, words="Come on Monday.")
    assert story.letters() == ["call_came", "call_chosen", "call_received", "call_shortlisted"]
    assert queries.counts(cast.target, call)["waiting"] == 0


def test_a_last_word_is_said_once(cast: Cast) -> None:
    answer = story.answered(cast, story.opened(cast))
    actions.close(actor=cast.target, answer=answer, reason="another")
    acts: list[Callable[[], Any]] = [
        lambda: actions.choose(actor=cast.target, answer=answer),
        lambda: actions.close(actor=cast.colleague, answer=answer, reason="too_early"),
        lambda: actions.shortlist(actor=cast.target, answer=answer),
        lambda: actions.withdraw_answer(actor=cast.seeker, answer=answer),
    ]
    for act in acts:
        with pytest.raises(Conflict):
            act()
    assert Answer.objects.get().reason == "another"


def test_nobody_else_decides(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    for other in (cast.seeker, cast.host, cast.stranger):
        with pytest.raises(NotHere):
            actions.choose(actor=other, answer=answer)
        with pytest.raises(NotHere):
            actions.close_many(actor=other, call=call, answers=None, reason="another")
        with pytest.raises(NotHere):
            queries.list_for(other, call)


def test_many_are_closed_at_once_and_the_shortlist_is_not(cast: Cast) -> None:
    call = story.opened(cast)
    kept = story.answered(cast, call)
    actions.shortlist(actor=cast.target, answer=kept)
    others = story.many_answers(cast, call, 3)
    closed = actions.close_many(
        actor=cast.target, call=call, answers=None, reason="full", words="Thank you all."
    )
    assert closed == 3
    assert queries.counts(cast.target, call)["waiting"] == 1
    assert "call_closed" not in story.letters()
    assert actions.tell_the_last_word() == 3
    assert actions.tell_the_last_word() == 0
    assert story.letters("call_closed") == ["call_closed"] * 3
    assert "Thank you all." in story.letters_to(others[0].by, "call_closed")[0].text  # type: ignore[arg-type]


def test_those_named_are_closed_and_no_others_not_even_of_another_call(cast: Cast) -> None:
    call, other = story.opened(cast), story.opened(cast)
    named, kept = story.many_answers(cast, call, 2)
    foreign = story.answered(cast, other)
    ids = [named.id, foreign.id]
    assert actions.close_many(actor=cast.target, call=call, answers=ids, reason="another") == 1
    states = dict(Answer.objects.values_list("id", "state"))
    assert states == {named.id: "closed", kept.id: "sent", foreign.id: "sent"}


def test_a_call_does_not_end_while_anybody_waits(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    with clock.held_at(story.after_deadline()):
        actions.shut_what_is_due()
        with pytest.raises(Conflict) as refused:
            actions.end(actor=cast.target, call=call)
        assert refused.value.message == "1 answer waits for a word. Close it first."
        actions.close(actor=cast.target, answer=answer, reason="another")
        assert actions.end(actor=cast.target, call=call).state == State.CLOSED


def test_a_deadline_that_was_said_is_kept(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.shut(actor=cast.target, call=story.opened(cast))
    rolling = story.opened(cast, deadline=None)
    assert actions.shut(actor=cast.target, call=rolling).state == State.DECIDING


def test_a_withdrawn_call_closes_what_waits_and_tells_everybody_why(cast: Cast) -> None:
    call = story.opened(cast)
    story.answered(cast, call)
    actions.withdraw(actor=cast.target, call=call, words="The depot burned down.")
    actions.tell_the_last_word()
    letter = story.letters_to(cast.seeker, "call_closed")[0]
    assert "The call was withdrawn" in letter.text
    assert "The depot burned down." in letter.text
    assert queries.get(cast.seeker, call.slug).state == State.WITHDRAWN
    with pytest.raises(NotHere):
        queries.get(cast.stranger, call.slug)


def test_the_record_of_an_owner_is_hidden_under_five(cast: Cast) -> None:
    call = story.opened(cast, deadline=None)
    answers = story.many_answers(cast, call, 4)
    with clock.held_at(NOON + timedelta(days=3)):
        for answer in answers:
            actions.close(actor=cast.target, answer=answer, reason="another")
        assert queries.card(cast.seeker, call).record == NO_RECORD


def test_the_record_tells_the_middle_of_the_days_and_the_share_that_heard(cast: Cast) -> None:
    call = story.opened(cast, deadline=None)
    for day, answer in enumerate(story.many_answers(cast, call, 6)):
        with clock.held_at(NOON + timedelta(days=day + 1)):
            if day < 5:
                actions.close(actor=cast.target, answer=answer, reason="another")
    with clock.held_at(NOON + timedelta(days=20)):
        assert queries.card(cast.seeker, call).record == Record(5, 3, 100)
    with clock.held_at(NOON + timedelta(days=40)):
        assert queries.card(cast.seeker, call).record == Record(6, 3, 83)


def test_two_thousand_answers_come_in_pages_at_the_same_cost(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    call = story.opened(cast)
    lena = cast.target
    for wanted in (1, 3):
        story.many_answers(cast, call, wanted - Answer.objects.count())
        with reading(), django_assert_num_queries(7):
            assert len(queries.list_for(lena, call).items) == wanted
    story.many_answers(cast, call, 1997)
    with reading(), django_assert_num_queries(7):
        page = queries.list_for(lena, call, state="waiting", page=40)
    assert (len(page.items), page.total, page.pages) == (50, 2000, 40)
    assert actions.close_many(actor=lena, call=call, answers=None, reason="full") == 2000
    assert Call.objects.get().answers.filter(state="closed").count() == 2000
