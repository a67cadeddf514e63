"""Yes, no, going and ending: each is one tap, and a no is silent."""

from __future__ import annotations

import pytest

from footbridge.circles import actions, letters, queries
from footbridge.circles.models import Circle
from footbridge.circles.states import Belonging
from footbridge.core import clock
from footbridge.core.errors import Conflict, LinkNotValid, NotAllowed, NotHere
from tests.cast import Cast
from tests.rooms.circles import story
from tests.rooms.circles.story import DAY

pytestmark = pytest.mark.django_db


def test_a_no_looks_like_waiting_until_the_date_for_answers(cast: Cast) -> None:
    circle = story.formed(cast)
    before = queries.card(cast.seeker, circle)
    actions.decline(actor=cast.connector, circle=circle)
    assert queries.card(cast.seeker, circle) == before
    with clock.held_at(clock.now() + 14 * DAY):
        assert queries.card(cast.seeker, circle).waiting == ()


def test_who_said_no_is_not_asked_again_for_three_months(cast: Cast) -> None:
    circle = story.standing(cast)
    fifth = cast.person("Fia Fifth")
    actions.ask(actor=cast.seeker, circle=circle, person=fifth)
    actions.decline(actor=fifth, circle=circle)
    with clock.held_at(clock.now() + 89 * DAY), pytest.raises(Conflict, match="not long ago"):
        actions.ask(actor=cast.seeker, circle=circle, person=fifth)
    with clock.held_at(clock.now() + 91 * DAY):
        actions.ask(actor=cast.seeker, circle=circle, person=fifth)
        assert story.belonging(circle, fifth) == Belonging.INVITED


def test_who_said_no_may_think_again_while_there_is_time(cast: Cast) -> None:
    circle = story.formed(cast)
    actions.decline(actor=cast.connector, circle=circle)
    actions.join(actor=cast.connector, circle=circle)
    assert story.belonging(circle, cast.connector) == Belonging.IN


def test_a_yes_after_the_date_is_too_late(cast: Cast) -> None:
    circle = story.formed(cast)
    with clock.held_at(clock.now() + 14 * DAY), pytest.raises(Conflict, match="has passed"):
        actions.join(actor=cast.connector, circle=circle)


def test_saying_yes_twice_changes_nothing(cast: Cast) -> None:
    circle = story.standing(cast)
    actions.join(actor=cast.connector, circle=circle)
    assert story.kinds(cast.seeker) == ["circle_stands"]


def test_who_was_not_asked_finds_nothing_to_join(cast: Cast) -> None:
    circle = story.standing(cast)
    for act in (actions.join, actions.decline, actions.leave):
        with pytest.raises(NotHere):
            act(actor=cast.colleague, circle=circle)


def test_leaving_is_silent_and_leaves_nothing_to_do(cast: Cast) -> None:
    circle = story.standing(cast)
    actions.add_step(actor=cast.seeker, circle=circle, text="Ask the school", who=cast.connector)
    story.called(circle, cast.connector)
    told = story.kinds(cast.seeker)
    actions.leave(actor=cast.connector, circle=circle)
    assert story.kinds(cast.seeker) == told
    card = queries.card(cast.seeker, circle)
    names = {one.person.name for one in card.members}
    assert names == {"Rosa Seeker", "Lena Sought", "Mo Fourth"}
    assert (card.waiting, card.steps[0].who, card.calls[0].is_open) == ((), "", False)
    with pytest.raises(NotHere):
        queries.get(cast.connector, circle.id)


def test_who_left_cannot_come_back_by_the_old_link(cast: Cast) -> None:
    circle = story.standing(cast)
    token = letters.asked_path(circle.memberships.get(person=cast.connector.id)).split("/")[2]
    assert queries.asked_by_link(token)[0] == cast.connector
    actions.leave(actor=cast.connector, circle=circle)
    with pytest.raises(LinkNotValid):
        queries.asked_by_link(token)
    with pytest.raises(NotHere):
        actions.join(actor=cast.connector, circle=circle)


def test_a_circle_goes_on_with_fewer_than_four(cast: Cast) -> None:
    circle = story.standing(cast)
    actions.leave(actor=cast.connector, circle=circle)
    assert story.fresh(circle).stands
    assert queries.card(cast.seeker, circle).missing == 1


def test_who_formed_it_ends_it_and_nobody_else_does_while_they_are_in(cast: Cast) -> None:
    circle = story.standing(cast)
    with pytest.raises(NotAllowed):
        actions.end(actor=cast.connector, circle=circle)
    actions.end(actor=cast.seeker, circle=circle)
    assert story.fresh(circle).is_over


def test_where_who_formed_it_is_gone_any_member_ends_it(cast: Cast) -> None:
    circle = story.standing(cast)
    actions.leave(actor=cast.seeker, circle=circle)
    with pytest.raises(NotAllowed):
        actions.end(actor=cast.seeker, circle=circle)
    actions.end(actor=cast.connector, circle=circle)
    assert story.fresh(circle).is_over


def test_an_ended_circle_is_read_and_not_changed(cast: Cast) -> None:
    circle = story.standing(cast)
    actions.leave(actor=cast.target, circle=circle)
    actions.end(actor=cast.seeker, circle=circle)
    assert [one.id for one in queries.past_circles(cast.connector)] == [circle.id]
    assert queries.my_circles(cast.connector) == []
    with pytest.raises(NotHere):
        queries.get(cast.target, circle.id)
    for act in (
        lambda: actions.add_step(actor=cast.seeker, circle=circle, text="x"),
        lambda: story.called(circle, cast.seeker),
        lambda: actions.leave(actor=cast.connector, circle=circle),
        lambda: actions.ask(actor=cast.seeker, circle=circle, person=cast.colleague),
    ):
        with pytest.raises(Conflict, match="has ended"):
            act()
    assert Circle.objects.filter(id=circle.id).exists()
