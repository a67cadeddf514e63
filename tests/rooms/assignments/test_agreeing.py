"""How an assignment begins, what is agreed, and what is called off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from footbridge.assignments import actions, queries
from footbridge.assignments.models import Assignment
from footbridge.assignments.states import Because, Move, State
from footbridge.calls.models import Answer
from footbridge.calls.states import AnswerState
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from tests.cast import Cast
from tests.rooms.assignments import story

pytestmark = pytest.mark.django_db


def test_a_client_asks_somebody_to_lead_and_it_is_agreed_once_they_say_yes(cast: Cast) -> None:
    assignment = story.begun(cast)
    assert assignment.state == State.FORMING
    assert story.letters() == ["part_asked"]
    asked = story.letter("part_asked", cast.target)
    assert "Rosa Seeker asks whether you would be part of a team, as: Lead." in asked.text
    assert story.OUTCOME in asked.text
    actions.accept(actor=cast.target, assignment=assignment)
    assert story.fresh(assignment).state == State.AGREED
    assert story.letters(cast.target) == ["assignment_agreed", "part_asked"]
    assert story.letters(cast.seeker) == ["assignment_agreed", "part_accepted"]


def test_what_a_call_said_is_copied_as_it_stood_when_its_answer_was_chosen(cast: Cast) -> None:
    answer = story.chosen_answer(cast)
    answer.call.skills.add(story.skill())
    assignment = actions.begin_from_answer(actor=cast.seeker, answer=answer, kind="pilot")
    assert (assignment.title, assignment.outcome) == (story.TITLE, story.OUTCOME)
    assert assignment.client_id == cast.food_bank.id
    answer.call.title = "Something else"
    answer.call.save()
    assert story.fresh(assignment).title == story.TITLE
    assert [skill.key for skill in assignment.skills.all()] == ["own-nets"]
    assert story.part(assignment, cast.target).role == "lead"
    again = actions.begin_from_answer(actor=cast.seeker, answer=answer, kind="pilot")
    assert again.id == assignment.id
    assert story.letters() == ["part_asked"]


def test_an_answer_that_was_not_chosen_or_is_another_sides_begins_nothing(cast: Cast) -> None:
    answer = story.chosen_answer(cast)
    with pytest.raises(NotHere):
        actions.begin_from_answer(actor=cast.connector, answer=answer, kind="pilot")
    with pytest.raises(NotHere):
        queries.chosen_answer(cast.connector, answer.id)
    assert queries.chosen_answer(cast.seeker, answer.id) == answer
    Answer.objects.update(state=AnswerState.SHORTLISTED)
    with pytest.raises(Conflict, match="was chosen"):
        actions.begin_from_answer(actor=cast.seeker, answer=answer, kind="pilot")
    with pytest.raises(NotHere):
        queries.chosen_answer(cast.seeker, answer.id)


def test_an_answer_from_outside_begins_nothing_until_its_author_is_a_member(cast: Cast) -> None:
    answer = story.chosen_answer(cast, member=None, by=None, name="Ola", email="ola@example.org")
    with pytest.raises(Conflict, match="Invite them first"):
        actions.begin_from_answer(actor=cast.seeker, answer=answer, kind="pilot")


def test_nobody_gives_an_assignment_in_the_name_of_others(cast: Cast) -> None:
    with pytest.raises(NotHere):
        story.begun(cast, actor=cast.connector)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"outcome": ""}, "outcome"),
        ({"kind": "magic"}, "kind"),
        ({"ends": date(2026, 1, 1)}, "ends"),
        ({"title": "x" * 161}, "title"),
    ],
)
def test_terms_that_make_no_sense_are_refused_at_their_field(
    cast: Cast, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        story.begun(cast, **said)
    assert refused.value.field == field
    assert not Assignment.objects.exists()


def test_changed_terms_need_a_new_yes_of_the_other_side(cast: Cast) -> None:
    assignment = story.agreed(cast)
    changed = story.terms(title="Cold storage, and a van")
    actions.edit(actor=cast.target, assignment=assignment, **changed)
    now = story.fresh(assignment)
    assert (now.state, now.client_agreed_at is None) == (State.FORMING, True)
    assert "assignment_terms" in story.letters(cast.seeker)
    assert Move.AGREE in queries.get_card(cast.seeker, assignment.id).moves
    assert Move.AGREE not in queries.get_card(cast.target, assignment.id).moves
    actions.agree(actor=cast.seeker, assignment=assignment)
    assert story.fresh(assignment).state == State.AGREED


def test_saving_the_same_terms_takes_nobodys_yes_away(cast: Cast) -> None:
    assignment = story.agreed(cast)
    actions.edit(actor=cast.target, assignment=assignment, **story.terms())
    assert story.fresh(assignment).state == State.AGREED


def test_nobody_overwrites_terms_that_they_have_not_seen(cast: Cast) -> None:
    assignment = story.agreed(cast)
    actions.edit(actor=cast.target, assignment=assignment, **story.terms(title="A van"))
    with pytest.raises(Overtaken) as overtaken:
        actions.edit(actor=cast.seeker, assignment=assignment, **story.terms(), version=1)
    assert overtaken.value.theirs["title"] == "A van"


def test_it_begins_once_it_is_agreed_and_not_before(cast: Cast) -> None:
    assignment = story.begun(cast)
    with pytest.raises(NotAllowed):
        actions.start(actor=cast.seeker, assignment=assignment)
    actions.accept(actor=cast.target, assignment=assignment)
    actions.start(actor=cast.seeker, assignment=assignment)
    again = actions.start(actor=cast.target, assignment=assignment)
    assert (again.state, again.begun_at) == (State.UNDER_WAY, clock.now())


def test_it_is_called_off_with_a_reason_that_all_in_it_are_told(cast: Cast) -> None:
    assignment = story.under_way(cast, cast.connector)
    actions.ask(actor=cast.target, assignment=assignment, person=cast.stranger)
    off = actions.call_off(
        actor=cast.seeker, assignment=assignment, because="no_means", words="The grant fell through"
    )
    assert (off.state, off.called_off_by) == (State.CALLED_OFF, "client")
    for person in (cast.seeker, cast.target, cast.connector):
        text = story.letter("assignment_called_off", person).text
        assert "The money or the time is not there." in text
        assert "The grant fell through" in text
    assert "assignment_called_off" not in story.letters(cast.stranger)
    assert queries.asked(cast.stranger) == []
    with pytest.raises(NotHere):
        actions.accept(actor=cast.stranger, assignment=assignment)


def test_reasons_are_from_the_list(cast: Cast) -> None:
    assignment = story.agreed(cast)
    with pytest.raises(DomainError) as refused:
        actions.call_off(actor=cast.seeker, assignment=assignment, because="whim")
    assert refused.value.field == "because"


@pytest.mark.parametrize("because", list(Because))
def test_each_reason_can_be_said(cast: Cast, because: Because) -> None:
    assignment = story.agreed(cast)
    assert actions.call_off(actor=cast.seeker, assignment=assignment, because=because).is_over


def test_what_was_delivered_is_not_called_off(cast: Cast) -> None:
    assignment = story.delivered(cast)
    with pytest.raises(NotAllowed):
        actions.call_off(actor=cast.seeker, assignment=assignment, because="changed")


def test_members_of_a_team_do_not_steer_it(cast: Cast) -> None:
    assignment = story.under_way(cast, cast.connector)
    assert set(queries.get_card(cast.connector, assignment.id).moves) == {
        Move.TICK,
        Move.REVIEW,
        Move.TELL,
        Move.LEAVE,
    }
    with pytest.raises(NotAllowed):
        actions.deliver(actor=cast.connector, assignment=assignment)


def test_nobody_else_learns_that_there_is_an_assignment(cast: Cast) -> None:
    assignment = story.under_way(cast)
    for other in (cast.connector, cast.colleague, cast.host, cast.stranger):
        with pytest.raises(NotHere):
            queries.get(other, assignment.id)
        assert queries.list_for(other) == []
        with pytest.raises(NotHere):
            actions.tick(actor=other, assignment=assignment, key="gap")
        with pytest.raises(NotHere):
            actions.edit(actor=other, assignment=assignment, **story.terms())


def test_another_who_acts_for_the_client_may_do_the_same(cast: Cast) -> None:
    assignment = story.agreed(cast)
    other = cast.person("Uma Second", at=cast.food_bank)
    assert queries.get_card(other, assignment.id).side == "client"
    actions.start(actor=other, assignment=assignment)


def test_what_was_looked_back_on_closes_by_itself_after_a_month(cast: Cast) -> None:
    assignment = story.reviewed(cast)
    with clock.held_at(clock.now() + timedelta(days=29)):
        assert actions.close_what_is_done() == 0
    with clock.held_at(clock.now() + timedelta(days=30)):
        assert actions.close_what_is_done() == 1
        assert actions.close_what_is_done() == 0
    assert story.fresh(assignment).state == State.CLOSED


def test_what_nobody_looks_back_on_closes_after_two_months(cast: Cast) -> None:
    assignment = story.delivered(cast)
    with clock.held_at(clock.now() + timedelta(days=60)):
        assert actions.close_what_is_done() == 1
    assert story.fresh(assignment).state == State.CLOSED
