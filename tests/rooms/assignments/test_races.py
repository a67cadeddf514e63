"""Many at the same moment: one assignment of an answer, one lead, no month asked too often."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from footbridge.assignments import actions
from footbridge.assignments.models import Assignment, Case, HoursGiven, Part, Review
from footbridge.assignments.states import PartState, Role, State
from footbridge.core import clock
from footbridge.core.errors import Conflict, LimitReached
from footbridge.people import actions as people
from tests.cast import Cast
from tests.rooms.assignments import story
from tests.rooms.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

REPETITIONS = int(os.environ.get("FOOTBRIDGE_RACES", "3"))


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_an_answer_becomes_one_assignment_however_many_begin(cast: Cast, _again: int) -> None:
    answer, actor = story.chosen_answer(cast), cast.seeker
    begin = lambda: actions.begin_from_answer(actor=actor, answer=answer, kind="pilot")  # noqa: E731
    results = at_once(*[begin] * 4)
    assert {type(one) for one in results} == {Assignment}
    assert Assignment.objects.count() == Part.objects.count() == 1
    assert story.letters() == ["part_asked"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_of_two_asked_to_lead_at_once_one_is(cast: Cast, _again: int) -> None:
    assignment = story.begun(cast)
    actions.decline(actor=cast.target, assignment=assignment, reason="no_time")
    actor, wanted = cast.seeker, [cast.connector, cast.host, cast.stranger]
    results = at_once(
        *[
            lambda person=person: actions.ask(  # type: ignore[misc]
                actor=actor, assignment=assignment, person=person, role=Role.LEAD
            )
            for person in wanted
        ]
    )
    assert sum(isinstance(one, Part) for one in results) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 2
    assert Part.objects.filter(role=Role.LEAD, state=PartState.ASKED).count() == 1


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_month_of_asks_is_not_exceeded_by_two_teams_at_once(cast: Cast, _again: int) -> None:
    people.edit(cast.connector, cast.connector, asks_per_month=1)
    teams = [story.agreed(cast, title=f"Number {number}") for number in range(3)]
    actor, person = cast.target, cast.connector
    results = at_once(
        *[
            lambda one=one: actions.ask(actor=actor, assignment=one, person=person)  # type: ignore[misc]
            for one in teams
        ]
    )
    assert sum(isinstance(one, Part) for one in results) == 1
    assert sum(isinstance(one, LimitReached) for one in results) == 2


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_both_sides_write_at_once_and_both_are_told_once(cast: Cast, _again: int) -> None:
    assignment = story.delivered(cast)
    client, lead = cast.seeker, cast.target
    at_once(
        lambda: story.reviews(client, assignment),
        lambda: story.reviews(lead, assignment),
    )
    assert Review.objects.count() == 2
    assert story.fresh(assignment).state == State.REVIEWED
    assert story.letters().count("assignment_reviews_open") == 2


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_yes_and_a_change_of_terms_at_once_agree_on_nothing_unread(
    cast: Cast, _again: int
) -> None:
    assignment = story.begun(cast)
    client, lead = cast.seeker, cast.target
    at_once(
        lambda: actions.accept(actor=lead, assignment=assignment),
        lambda: actions.edit(actor=client, assignment=assignment, **story.terms(title="New")),
    )
    now = story.fresh(assignment)
    assert (now.title, now.client_agreed_at is not None) == ("New", True)
    is_in = Part.objects.get().state == PartState.ACCEPTED
    assert is_in
    assert (now.state == State.AGREED) == (now.lead_agreed_at is not None)


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_hours_told_twice_at_once_and_a_case_begun_twice_are_one(cast: Cast, _again: int) -> None:
    assignment = story.reviewed(cast)
    client, lead = cast.seeker, cast.target
    at_once(
        lambda: story.hours(lead, assignment, 60),
        lambda: story.hours(lead, assignment, 60),
        lambda: actions.draft_case(actor=client, assignment=assignment),
        lambda: actions.draft_case(actor=lead, assignment=assignment),
    )
    assert (HoursGiven.objects.count(), Case.objects.count()) == (1, 1)


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_however_many_workers_open_the_reviews_it_happens_once(cast: Cast, _again: int) -> None:
    assignment = story.delivered(cast)
    story.reviews(cast.target, assignment)
    with clock.held_at(clock.now() + timedelta(days=14)):
        results = at_once(*[actions.open_reviews] * 4)
    assert sum(int(str(one)) for one in results) == 1
    assert story.letters().count("assignment_reviews_open") == 2
