"""Lists and pages take the same number of queries for one assignment and for three."""

from __future__ import annotations

from typing import Any

import pytest

from footbridge.assignments import actions, queries
from tests.cast import Cast
from tests.rooms.assignments import story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_the_same_queries(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        story.delivered(cast, title=f"Number {number}")
    with django_assert_num_queries(6):
        lines = queries.list_for(cast.seeker)
    assert [line.waits for line in lines] == [("Write your review",)] * many


@pytest.mark.parametrize("many", [1, 3])
def test_what_one_is_asked_takes_the_same_queries(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        story.begun(cast, title=f"Number {number}")
    with django_assert_num_queries(2):
        assert len(queries.asked(cast.target)) == many


@pytest.mark.parametrize("many", [1, 3])
def test_a_page_takes_the_same_queries_for_a_team_of_two_and_of_four(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    members = [cast.person(f"Guest {number}") for number in range(many)]
    assignment = story.under_way(cast, *members)
    viewer = cast.seeker
    with django_assert_num_queries(25):
        assert len(queries.get_card(viewer, assignment.id).inside) == many + 1


def test_today_asks_two_short_questions_of_who_is_in_none(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    viewer = cast.seeker
    with django_assert_num_queries(2):
        assert queries.waiting_for(viewer) == ()


def test_today_says_what_waits_and_nothing_of_what_is_over(cast: Cast) -> None:
    story.closed(cast)
    assert queries.waiting_for(cast.seeker) == ()
    assignment = story.begun(cast, title="Another one")
    assert [one.title for one in queries.waiting_for(cast.target)] == ["Another one"]
    actions.decline(actor=cast.target, assignment=assignment, reason="no_time")
    assert queries.waiting_for(cast.target) == ()
