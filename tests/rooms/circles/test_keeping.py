"""What goes by itself, and what an export and an erasure take along."""

from __future__ import annotations

import pytest

from footbridge.circles import actions, keeping, personal, queries
from footbridge.circles.models import Answer, Call, Circle, Membership, NextStep
from footbridge.circles.states import Reply
from footbridge.core import clock
from footbridge.intake import actions as intake
from footbridge.mail.models import Message
from footbridge.people import actions as people
from tests.cast import Cast
from tests.rooms.circles import story
from tests.rooms.circles.story import DAY

pytestmark = pytest.mark.django_db


def test_a_circle_that_finds_nobody_ends_after_sixty_days(cast: Cast) -> None:
    circle = story.formed(cast)
    with clock.held_at(circle.formed_at + 60 * DAY - DAY / 24):
        assert keeping.end_what_came_to_nothing() == 0
    with clock.held_at(circle.formed_at + 60 * DAY):
        assert keeping.end_what_came_to_nothing() == 1
        assert keeping.end_what_came_to_nothing() == 0
    assert story.fresh(circle).is_over


def test_a_circle_that_all_have_left_ends(cast: Cast) -> None:
    circle = story.standing(cast)
    for row in circle.memberships.all():
        assert keeping.end_what_came_to_nothing() == 0
        actions.leave(actor=row.person, circle=circle)
    assert keeping.end_what_came_to_nothing() == 1


def test_a_circle_is_deleted_half_a_year_after_its_end(cast: Cast) -> None:
    circle = story.standing(cast)
    actions.add_step(actor=cast.seeker, circle=circle, text="Ask the school")
    actions.end(actor=cast.seeker, circle=circle)
    with clock.held_at(clock.now() + 179 * DAY):
        assert keeping.forget_what_ended() == 0
        assert queries.get(cast.connector, circle.id) == circle
    with clock.held_at(clock.now() + 180 * DAY):
        assert keeping.forget_what_ended() == 1
    for model in (Circle, Membership, NextStep):
        assert not model.objects.exists()


def test_calls_go_three_months_after_their_day_with_their_letters(cast: Cast) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    actions.answer(actor=cast.target, call=call, reply=Reply.CAN_HELP)
    with clock.held_at(clock.now() + 95 * DAY):
        assert keeping.forget_calls() == 0
    with clock.held_at(clock.now() + 96 * DAY):
        assert keeping.forget_calls() == 1
    assert (Call.objects.count(), Answer.objects.count()) == (0, 0)
    assert not Message.objects.filter(kind="circle_call").exists()


def test_who_did_not_join_is_forgotten_after_three_months(cast: Cast) -> None:
    circle = story.formed(cast)
    actions.decline(actor=cast.connector, circle=circle)
    with clock.held_at(clock.now() + 89 * DAY):
        assert keeping.forget_who_did_not_join() == 0
    with clock.held_at(clock.now() + 90 * DAY):
        assert keeping.forget_who_did_not_join() == 3
    assert [row.person for row in circle.memberships.all()] == [cast.seeker]


def test_an_export_holds_ones_own_words_and_nobody_else_s(cast: Cast) -> None:
    circle = story.standing(cast)
    actions.add_step(actor=cast.seeker, circle=circle, text="Ask the school", who=cast.target)
    call = story.called(circle, cast.seeker)
    actions.answer(actor=cast.target, call=call, reply=Reply.CAN_HELP, words_="Ours is free.")
    rosa, lena = personal.export(cast.seeker), personal.export(cast.target)
    assert [len(rosa[part]) for part in rosa] == [1, 1, 1, 1, 0]
    assert [len(lena[part]) for part in lena] == [1, 0, 1, 0, 1]
    assert "Ours is free." not in str(rosa)
    assert "Who has a room" not in str(lena)
    assert (lena["steps"][0]["mine_to_do"], lena["steps"][0]["mine_to_say"]) == (True, False)


def test_an_erasure_takes_the_letters_along_that_name_them(cast: Cast) -> None:
    circle = story.standing(cast)
    fifth = cast.person("Fia Fifth")
    actions.ask(actor=cast.target, circle=circle, person=fifth)
    call = story.called(circle, cast.seeker)
    actions.answer(actor=cast.target, call=call, reply=Reply.CAN_HELP)
    named = Message.objects.filter(text__contains="Lena Sought")
    assert {one.kind for one in named} >= {"circle_asked", "circle_answer"}
    people.erase(actor=cast.target, person=cast.target)
    assert not named.all().exists()
    assert len(queries.card(cast.seeker, circle).members) == 3


def test_a_merge_keeps_one_place_in_a_circle(cast: Cast) -> None:
    circle = story.standing(cast)
    twin = cast.person("Rosa S.")
    actions.ask(actor=cast.seeker, circle=circle, person=twin)
    merge = intake.merge(actor=cast.host, keep=cast.seeker, gone=twin)
    assert circle.memberships.count() == 4
    assert story.belonging(circle, cast.seeker) == "in"
    intake.undo(actor=cast.host, merge=merge)
    assert circle.memberships.count() == 5
