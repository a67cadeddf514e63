"""Closed means closed: what members, those asked, hosts and strangers learn of a circle."""

from __future__ import annotations

from typing import Any

import pytest

from footbridge.circles import actions, queries
from footbridge.circles.models import Membership, NextStep
from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, NotHere, Overtaken
from tests.cast import Cast
from tests.rooms.circles import story
from tests.rooms.circles.story import DAY

pytestmark = pytest.mark.django_db


def test_a_circle_is_there_for_its_members_and_for_nobody_else(cast: Cast) -> None:
    circle = story.standing(cast)
    for member in story.peers(cast)[:3]:
        assert queries.get(member, circle.id) == circle
    for outsider in (cast.colleague, cast.host, cast.deputy, cast.stranger):
        with pytest.raises(NotHere):
            queries.get(outsider, circle.id)
    for nothing in ("", "x", str(cast.host.id)):
        with pytest.raises(NotHere):
            queries.get(cast.seeker, nothing)


def test_who_is_asked_sees_who_is_in_and_no_address(cast: Cast) -> None:
    circle = story.formed(cast)
    with pytest.raises(NotHere):
        queries.get(cast.connector, circle.id)
    [card] = queries.waiting_for(cast.connector)
    assert (card.name, card.asked_by) == ("Cold food", "Rosa Seeker")
    assert [one.name for one in card.members] == ["Rosa Seeker"]
    assert "@" not in str(card)


def test_addresses_are_shown_once_it_stands(cast: Cast) -> None:
    people = story.peers(cast)
    circle = story.formed(cast, people)
    actions.join(actor=people[1], circle=circle)
    assert [one.address for one in queries.card(people[0], circle).members] == ["", ""]
    for person in people[2:]:
        actions.join(actor=person, circle=circle)
    card = queries.card(people[0], story.fresh(circle))
    assert {one.address for one in card.members} == {one.email for one in people}


def test_a_host_knows_name_cause_and_count_and_no_names(cast: Cast) -> None:
    story.standing(cast)
    [line] = queries.hosted(cast.host, cast.chapter)
    assert (line.name, line.count, line.names, line.is_in) == ("Cold food", 4, (), False)
    assert "Rosa" not in str(line)


def test_a_host_who_formed_it_knows_who_is_in_and_who_was_asked(cast: Cast) -> None:
    people = story.peers(cast)
    circle = story.formed(cast, people, actor=cast.host, people=people, with_me=False)
    actions.join(actor=people[0], circle=circle)
    actions.decline(actor=people[1], circle=circle)
    [line] = queries.hosted(cast.host, cast.chapter)
    assert line.names == ("Rosa Seeker",)
    assert set(line.waiting) == {"Kofi Connector", "Lena Sought", "Mo Fourth"}


def test_a_host_of_another_chapter_hears_of_none(cast: Cast) -> None:
    from footbridge.people.models import Host

    story.standing(cast)
    Host.objects.create(person=cast.stranger, chapter=cast.other_chapter)
    assert queries.hosted(cast.stranger, cast.chapter) == []


def test_the_operator_reads_all(cast: Cast) -> None:
    circle = story.standing(cast)
    assert len(queries.card(OPERATOR, circle).members) == 4


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_takes_as_many_queries_for_one_as_for_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    people = story.peers(cast)
    for number in range(many):
        story.standing(cast, people, name=f"Circle {number}")
        story.formed(cast, [cast.host, *people[:3]], name=f"Asked {number}")
    seeker = people[0]
    with django_assert_num_queries(1):
        assert len(queries.my_circles(seeker)) == many
    with django_assert_num_queries(5):
        assert len(queries.waiting_for(seeker)) == many
    with django_assert_num_queries(4):
        assert len(queries.hosted(cast.host, cast.chapter)) == 2 * many


@pytest.mark.parametrize("many", [1, 3])
def test_a_card_takes_as_many_queries_for_one_as_for_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    circle = story.standing(cast)
    for number in range(many):
        actions.add_step(actor=cast.seeker, circle=circle, text=f"Step {number}")
        call = story.called(circle, [cast.seeker, cast.connector, cast.target][number])
        actions.answer(actor=story.peers(cast)[3], call=call, reply="can_help")
    circle = queries.get(cast.seeker, circle.id)
    with django_assert_num_queries(9):
        card = queries.card(cast.seeker, circle)
    assert (len(card.steps), len(card.calls)) == (many, many)


# What members write down.


def test_any_member_says_what_the_circle_is(cast: Cast) -> None:
    circle = story.standing(cast)
    actions.edit(actor=cast.target, circle=circle, seen=1, rhythm="First Monday", wanted_size=6)
    assert (story.fresh(circle).rhythm, story.fresh(circle).version) == ("First Monday", 2)
    with pytest.raises(Overtaken):
        actions.edit(actor=cast.seeker, circle=circle, seen=1, rhythm="Never")
    with pytest.raises(NotHere):
        actions.edit(actor=cast.host, circle=circle, name="Hosts'")


def test_next_steps_are_done_by_members(cast: Cast) -> None:
    circle = story.standing(cast)
    due = clock.today() + DAY
    step = actions.add_step(
        actor=cast.seeker, circle=circle, text="Ask the school", who=cast.target, due=due
    )
    with pytest.raises(NotHere):
        actions.add_step(actor=cast.seeker, circle=circle, text="x", who=cast.host)
    [card] = queries.card(cast.target, circle).steps
    assert (card.who, card.is_mine, card.is_done, card.is_late) == (
        "Lena Sought",
        True,
        False,
        False,
    )
    with clock.held_at(clock.now() + 3 * DAY):
        assert queries.card(cast.target, circle).steps[0].is_late
    actions.set_done(actor=cast.connector, step=step)
    assert queries.card(cast.target, circle).steps[0].is_done
    actions.set_done(actor=cast.connector, step=step, done=False)
    actions.drop_step(actor=cast.target, step=step)
    actions.drop_step(actor=cast.target, step=step)
    assert not NextStep.objects.exists()


def test_a_circle_keeps_at_most_fifty_next_steps(cast: Cast) -> None:
    circle = story.standing(cast)
    NextStep.objects.bulk_create(NextStep(circle=circle, text=str(n)) for n in range(50))
    with pytest.raises(Conflict, match="at most 50"):
        actions.add_step(actor=cast.seeker, circle=circle, text="One more")


def test_strangers_touch_no_step(cast: Cast) -> None:
    circle = story.standing(cast)
    step = actions.add_step(actor=cast.seeker, circle=circle, text="Ask the school")
    for act in (actions.set_done, actions.drop_step):
        with pytest.raises(NotHere):
            act(actor=cast.host, step=step)
    with pytest.raises(NotHere):
        queries.get_step(cast.seeker, story.formed(cast), step.id)


def test_a_role_is_in_words(cast: Cast) -> None:
    circle = story.standing(cast)
    actions.give_role(actor=cast.seeker, circle=circle, person=cast.target, role="Keeps the notes")
    assert Membership.objects.get(person=cast.target.id).role == "Keeps the notes"
    with pytest.raises(NotHere):
        actions.give_role(actor=cast.seeker, circle=circle, person=cast.host, role="x")


def test_somebody_who_went_under_the_radar_moves_nothing(cast: Cast) -> None:
    """Two worlds: one in which Ida never was, one in which she was asked, then went unseen."""
    circle = story.standing(cast)

    def told() -> list[Any]:
        cards: list[Any] = [queries.card(one, circle) for one in story.peers(cast)]
        return [*cards, queries.hosted(cast.host, cast.chapter)]

    without_her = told()
    ida = cast.person("Ida Quiet")
    actions.ask(actor=cast.seeker, circle=circle, person=ida)
    assert told() != without_her
    cast.hidden(ida)
    assert told() == without_her
