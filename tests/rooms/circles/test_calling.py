"""Calling on one another: who is written to, who may answer, and who reads the answers."""

from __future__ import annotations

import pytest

from footbridge.circles import actions, letters, queries
from footbridge.circles.states import Reply
from footbridge.core import clock
from footbridge.core.errors import (
    Conflict,
    DomainError,
    LimitReached,
    LinkNotValid,
    NotAllowed,
    NotHere,
)
from footbridge.mail import queries as mail
from footbridge.mail.models import Message
from footbridge.people.models import Member
from tests.cast import Cast
from tests.rooms.circles import story
from tests.rooms.circles.story import DAY

pytestmark = pytest.mark.django_db


def test_each_of_the_others_gets_a_letter_with_a_link(cast: Cast) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    assert all("circle_call" in story.kinds(one) for one in story.peers(cast)[1:])
    assert "circle_call" not in story.kinds(cast.seeker)
    person, opened = queries.call_by_link(letters.call_path(call, cast.target).split("/")[2])
    assert (person, opened) == (cast.target, call)


def test_who_pauses_is_not_written_to(cast: Cast) -> None:
    circle = story.standing(cast)
    Member.objects.filter(id=cast.target.id).update(paused_until=clock.today() + DAY)
    story.called(circle, cast.seeker)
    assert "circle_call" not in story.kinds(cast.target)


def test_an_answer_is_read_by_who_asked_alone(cast: Cast) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    actions.answer(actor=cast.target, call=call, reply=Reply.CAN_HELP, words_="Ours is free.")
    [answer] = queries.call_card(cast.seeker, call).answers
    assert (answer.name, answer.reply, answer.words) == (
        "Lena Sought", "can_help", "Ours is free.",
    )  # fmt: skip
    assert queries.call_card(cast.connector, call).answers == ()
    assert queries.call_card(cast.connector, call).reply == ""
    own = queries.call_card(cast.target, call)
    assert (own.answers, own.reply, own.words) == ((), "can_help", "Ours is free.")


@pytest.mark.parametrize(
    ("reply", "letters_"), [("can_help", 1), ("know_somebody", 1), ("not_now", 0)]
)
def test_good_news_is_written_to_who_asked(cast: Cast, reply: str, letters_: int) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    actions.answer(actor=cast.target, call=call, reply=reply)
    actions.answer(actor=cast.target, call=call, reply=reply)
    assert story.kinds(cast.seeker).count("circle_answer") == letters_


def test_nobody_calls_more_than_twice_in_thirty_days(cast: Cast) -> None:
    circle = story.standing(cast)
    story.called(circle, cast.seeker)
    with clock.held_at(clock.now() + DAY):
        story.called(circle, cast.seeker)
        assert queries.card(cast.seeker, circle).next_call == clock.now() + 29 * DAY
    with clock.held_at(clock.now() + 29 * DAY), pytest.raises(LimitReached, match="1 April 2026"):
        story.called(circle, cast.seeker)
    with clock.held_at(clock.now() + 30 * DAY):
        story.called(circle, cast.seeker)
    story.called(circle, cast.connector)


def test_one_member_s_calls_do_not_use_up_another_s(cast: Cast) -> None:
    circle = story.standing(cast)
    for _time in range(2):
        story.called(circle, cast.seeker)
    assert story.called(circle, cast.target).asker == cast.target


def test_a_call_needs_words_and_a_day_not_too_far(cast: Cast) -> None:
    circle = story.standing(cast)
    for said, field in (
        ({"text": " "}, "text"),
        ({"until": clock.today() - DAY}, "until"),
        ({"until": clock.today() + 61 * DAY}, "until"),
    ):
        with pytest.raises(DomainError) as refused:
            story.called(circle, cast.seeker, **said)
        assert refused.value.field == field


def test_a_closed_call_takes_no_answers(cast: Cast) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    with pytest.raises(NotAllowed):
        actions.close_call(actor=cast.target, call=call)
    actions.close_call(actor=cast.seeker, call=call)
    actions.close_call(actor=cast.seeker, call=call)
    with pytest.raises(Conflict, match="closed"):
        actions.answer(actor=cast.target, call=call, reply=Reply.CAN_HELP)
    assert queries.open_calls(cast.target) == []


def test_its_day_closes_it_too(cast: Cast) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    assert [one.id for one in queries.open_calls(cast.target)] == [call.id]
    with clock.held_at(clock.now() + 6 * DAY):
        assert queries.open_calls(cast.target) == []
        with pytest.raises(Conflict, match="closed"):
            actions.answer(actor=cast.target, call=call, reply=Reply.CAN_HELP)


def test_nobody_answers_themself_nor_from_outside(cast: Cast) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    for who, refusal in ((cast.seeker, NotAllowed), (cast.colleague, NotHere)):
        with pytest.raises(refusal):
            actions.answer(actor=who, call=call, reply=Reply.CAN_HELP)


def test_the_link_of_who_left_opens_nothing(cast: Cast) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    token = letters.call_path(call, cast.target).split("/")[2]
    actions.leave(actor=cast.target, circle=circle)
    with pytest.raises(LinkNotValid):
        queries.call_by_link(token)
    with pytest.raises(NotHere):
        actions.answer(actor=cast.target, call=call, reply=Reply.CAN_HELP)


def test_who_joined_later_may_answer_what_is_open(cast: Cast) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    fifth = cast.person("Fia Fifth")
    actions.ask(actor=cast.seeker, circle=circle, person=fifth)
    assert queries.open_calls(fifth) == []
    actions.join(actor=fifth, circle=circle)
    assert [one.id for one in queries.open_calls(fifth)] == [call.id]


def test_hosts_pass_on_only_what_they_ask_themselves(cast: Cast) -> None:
    people = story.peers(cast)
    circle = story.formed(cast, people, actor=cast.host, people=people, with_me=False)
    ids = [one.id for one in people]
    assert {one.kind for one in mail.to_people(ids)} == {"circle_asked"}
    for person in people:
        actions.join(actor=person, circle=circle)
    fifth = cast.person("Fia Fifth")
    actions.ask(actor=people[0], circle=circle, person=fifth)
    call = story.called(story.fresh(circle), people[0])
    actions.answer(actor=people[1], call=call, reply=Reply.CAN_HELP, words_="Ours.")
    shown = mail.to_people([*ids, fifth.id])
    assert {one.kind for one in shown} == {"circle_asked"}
    assert not shown.filter(to_person=fifth.id).exists()


KINDS = ("circle_asked", "circle_stands", "circle_joined", "circle_call", "circle_answer")


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_letters_speak_the_reader_s_language_and_leave_no_gap(cast: Cast, language: str) -> None:
    people = story.peers(cast)
    Member.objects.filter(id__in=[one.id for one in people]).update(languages=[language])
    circle = story.standing(cast, people)
    fifth = cast.person("Fia Fifth", languages=[language])
    actions.ask(actor=people[0], circle=circle, person=fifth)
    actions.join(actor=fifth, circle=circle)
    call = story.called(circle, people[0])
    for person, reply in ((people[1], "can_help"), (people[2], "know_somebody")):
        actions.answer(actor=person, call=call, reply=reply, words_="Ours <b>is</b> free.")
    found = Message.objects.filter(kind__startswith="circle_")
    assert {one.kind for one in found} == set(KINDS)
    for letter in found:
        assert letter.language == language
        assert "Cold food" in letter.text
        assert "Cold food" in letter.html
        assert "{{" not in letter.text + letter.html + letter.subject
        assert "<b>" not in letter.html
        assert len(letter.links) == 1
