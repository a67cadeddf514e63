"""What time does: doors shut, owners and hosts are told what waits, everybody is led on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from footbridge.calls import actions, keeping, queries
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import State
from footbridge.core import clock
from footbridge.core.reading import reading
from footbridge.people import actions as people
from footbridge.people.models import Affiliation
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.calls import story


def test_a_door_shuts_at_its_deadline_and_its_owner_is_told(cast: Cast) -> None:
    call = story.opened(cast)
    story.answered(cast, call)
    assert actions.shut_what_is_due() == 0
    with clock.held_at(story.after_deadline()):
        assert (actions.shut_what_is_due(), actions.shut_what_is_due()) == (1, 0)
    assert Call.objects.get().state == State.DECIDING
    assert "1 answer came." in story.letters_to(cast.target, "call_shut")[0].text


def test_no_answer_is_taken_between_the_deadline_and_the_worker(cast: Cast) -> None:
    call = story.opened(cast)
    with clock.held_at(story.after_deadline()):
        assert Call.objects.get().state == State.OPEN
        assert not queries.card(cast.seeker, call).is_open
        assert queries.search(cast.seeker).total == 0
        assert queries.search(cast.seeker, past=True).total == 1


def test_late_words_are_asked_of_the_owner_each_week_and_then_of_the_hosts(cast: Cast) -> None:
    call = story.opened(cast)
    story.answered(cast, call)
    told: dict[float, tuple[int, int]] = {}
    for days in (9.9, 10.1, 11, 17.2, 24.3):
        with clock.held_at(story.after_deadline(days)):
            told[days] = (actions.remind_owners(), actions.tell_the_hosts())
    assert told == {9.9: (0, 0), 10.1: (1, 0), 11: (0, 0), 17.2: (1, 1), 24.3: (1, 1)}
    assert len(story.letters_to(cast.target, "call_overdue")) == 3
    assert story.letters_to(cast.host) == []


def test_the_hosts_learn_whose_answers_wait(cast: Cast) -> None:
    host, call = cast.host, story.opened(cast)
    story.answered(cast, call)
    with clock.held_at(story.after_deadline(18)):
        actions.tell_the_hosts()
        (line,) = queries.late_for_hosts(host)
        assert queries.late_for_hosts(cast.stranger) == []
    assert (line.title, line.owner, line.steward, line.many) == (
        story.TITLE,
        "Northwind Cold Chain",
        "Lena Sought",
        1,
    )
    assert "Lena Sought" in story.letters_to(host, "call_overdue_host")[0].text


def test_what_waits_for_a_word_stands_on_today_of_the_steward(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    assert queries.waiting_for(cast.target) == []
    with clock.held_at(story.after_deadline()):
        actions.shut_what_is_due()
        assert [one.slug for one in queries.waiting_for(cast.target)] == [call.slug]
        assert queries.waiting_for(cast.seeker) == []
        actions.close(actor=cast.target, answer=answer, reason="another")
        assert queries.waiting_for(cast.target) == []


def test_what_waits_costs_one_query_where_nothing_does(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    story.answered(cast, story.opened(cast))
    lena, host = cast.target, cast.host
    with reading(), django_assert_num_queries(1):
        assert queries.waiting_for(lena) == []
    with reading(), django_assert_num_queries(2):
        assert queries.late_for_hosts(host) == []


def test_a_call_ends_by_itself_when_everybody_has_had_a_word(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    with clock.held_at(story.after_deadline()):
        actions.shut_what_is_due()
        assert actions.end_what_is_decided() == 0
        actions.close(actor=cast.target, answer=answer, reason="another")
        assert actions.end_what_is_decided() == 1
    assert Call.objects.get().state == State.CLOSED


def test_every_one_who_answered_is_led_on_when_it_is_over(cast: Cast) -> None:
    call = story.opened(cast)
    chosen = story.answered(cast, call)
    closed = story.answered(cast, call, actor=cast.connector)
    with clock.held_at(story.after_deadline()):
        actions.shut_what_is_due()
        actions.choose(actor=cast.target, answer=chosen)
        actions.close(actor=cast.target, answer=closed, reason="another")
        assert actions.lead_on() == 0
        actions.end(actor=cast.target, call=call)
        assert (actions.lead_on(), actions.lead_on()) == (2, 0)
    assert len(story.letters_to(cast.seeker, "call_matches")) == 1
    assert len(story.letters_to(cast.connector, "call_matches")) == 1


# Whose steward leaves.


def _ends_there(person: Any) -> None:
    Affiliation.objects.filter(person=person).update(until=clock.today() - timedelta(days=1))


def test_a_steward_who_ends_their_role_passes_the_call_to_the_next_one_there(cast: Cast) -> None:
    call = story.opened(cast)
    colleague = cast.colleague
    _ends_there(cast.target)
    assert (actions.pass_on_what_is_left(), actions.pass_on_what_is_left()) == (1, 0)
    assert Call.objects.get().steward_id == colleague.id
    assert len(story.letters_to(colleague, "call_passed_on")) == 1
    assert call.slug in [one.slug for one in queries.stewarded(colleague)]


def test_whose_work_is_to_reach_out_comes_before_others(cast: Cast) -> None:
    story.opened(cast)
    cast.person("Abe Boss", at=cast.cold_chain, role="Chief executive")
    press = cast.person("Zoe Press", at=cast.cold_chain, role="Head of communications")
    _ends_there(cast.target)
    actions.pass_on_what_is_left()
    assert Call.objects.get().steward_id == press.id


def test_where_nobody_is_left_the_hosts_look_after_it(cast: Cast) -> None:
    host, call = cast.host, story.opened(cast)
    answer = story.answered(cast, call)
    _ends_there(cast.target)
    actions.pass_on_what_is_left()
    assert Call.objects.get().steward_id is None
    assert len(story.letters_to(host, "call_passed_on")) == 1
    assert [one.steward for one in queries.late_for_hosts(host)] == [""]
    assert actions.close(actor=host, answer=answer, reason="another").state == "closed"


def test_a_steward_who_leaves_the_network_passes_it_on_at_once(cast: Cast) -> None:
    story.opened(cast)
    colleague = cast.colleague
    people.erase(actor=cast.target, person=cast.target)
    assert Call.objects.get().steward_id == colleague.id
    assert len(story.letters_to(colleague, "call_passed_on")) == 1


@pytest.mark.parametrize("leave", ["erase", "hide"])
def test_a_person_who_leaves_takes_their_calls_and_answers_along(cast: Cast, leave: str) -> None:
    own = story.opened(cast, actor=cast.seeker, owner=cast.seeker)
    story.answered(cast, own, actor=cast.connector)
    foreign = story.opened(cast, entries_shown=True)
    story.answered(cast, foreign, shown=True)
    if leave == "hide":
        cast.hidden(cast.seeker)
    else:
        people.erase(actor=cast.seeker, person=cast.seeker)
    assert list(Call.objects.values_list("slug", flat=True)) == [foreign.slug]
    assert not Answer.objects.exists()
    assert queries.entries(cast.host, foreign) == ()
    (letter,) = story.letters_to(cast.connector)
    assert letter.kind == "call_gone"
    assert "Rosa" not in letter.subject + letter.text
    assert story.ANSWER in letter.text


def test_what_was_sent_in_the_name_of_an_organisation_stays_there(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call, member=cast.food_bank)
    helper = cast.person("Abe Helper", at=cast.food_bank)
    people.erase(actor=cast.seeker, person=cast.seeker)
    kept = Answer.objects.get(id=answer.id)
    assert (kept.member_id, kept.by_id) == (cast.food_bank.id, None)
    actions.close(actor=cast.target, answer=kept, reason="another")
    assert len(story.letters_to(helper, "call_closed")) == 1


# How long it is kept.


def _after(days: int) -> Any:
    return clock.held_at(NOON + timedelta(days=days))


def test_what_was_withdrawn_goes_after_a_month(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    actions.withdraw_answer(actor=cast.seeker, answer=answer)
    forget: Callable[[], int] = keeping.forget_what_was_taken_back
    with _after(29):
        assert forget() == 0
    with _after(31):
        assert forget() == 1


def test_answers_go_three_years_after_their_call_was_over(cast: Cast) -> None:
    call = story.opened(cast)
    story.answered(cast, call)
    actions.withdraw(actor=cast.target, call=call)
    with _after(3 * 365 - 1):
        assert keeping.forget_old_answers() == 0
    with _after(3 * 365 + 1):
        assert keeping.forget_old_answers() == 1


def test_a_forgotten_draft_goes_after_a_year(cast: Cast) -> None:
    story.drafted(cast)
    with _after(364):
        assert keeping.forget_forgotten_drafts() == 0
    with _after(366):
        assert keeping.forget_forgotten_drafts() == 1
    assert not Call.objects.exists()
