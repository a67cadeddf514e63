"""Who is in a team: nobody without their yes, and a no is private."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.assignments import actions, queries
from footbridge.assignments.letters import part_path
from footbridge.assignments.models import Part
from footbridge.assignments.states import Decline, PartState, Role, State
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached, LinkNotValid, NotHere
from footbridge.journal.models import Entry
from footbridge.network import actions as network
from footbridge.people import actions as people
from tests.cast import Cast
from tests.rooms.assignments import story

pytestmark = pytest.mark.django_db


def test_who_is_asked_reads_what_they_need_to_answer_and_no_more(cast: Cast) -> None:
    assignment = story.agreed(cast)
    actions.ask(
        actor=cast.target, assignment=assignment, person=cast.connector, what="Talk with the city"
    )
    [asked] = queries.asked(cast.connector)
    assert (asked.title, asked.outcome, asked.what) == (
        story.TITLE,
        story.OUTCOME,
        "Talk with the city",
    )
    assert (asked.client, asked.team) == ("Harbour Food Bank", ("Lena Sought",))
    with pytest.raises(NotHere):
        queries.get(cast.connector, assignment.id)
    actions.accept(actor=cast.connector, assignment=assignment)
    names = [part.name for part in queries.get_card(cast.connector, assignment.id).inside]
    assert names == ["Lena Sought", "Kofi Connector"]
    assert queries.asked(cast.connector) == []


def test_a_no_and_its_reason_are_told_to_whoever_asked_and_to_nobody_else(cast: Cast) -> None:
    assignment = story.agreed(cast)
    story.joins(cast, assignment, cast.stranger)
    actions.ask(actor=cast.target, assignment=assignment, person=cast.connector)
    actions.decline(
        actor=cast.connector, assignment=assignment, reason="conflict", words="I audit them"
    )
    assert "I have a conflict of interest" in story.letter("part_declined", cast.target).text
    assert [kind for kind in story.letters() if kind == "part_declined"] == ["part_declined"]
    told = [part.name for part in queries.get_card(cast.target, assignment.id).others]
    assert told == ["Kofi Connector"]
    lead = queries.get_card(cast.target, assignment.id).others[0]
    assert (lead.reason, lead.reason_words) == ("I have a conflict of interest", "I audit them")
    for other in (cast.seeker, cast.stranger):
        assert "Kofi" not in str(queries.get_card(other, assignment.id))
    facts = [entry.facts for entry in Entry.objects.filter(verb="assignments.declined")]
    assert facts == [{"assignment": str(assignment.id)}]


@pytest.mark.parametrize("reason", list(Decline))
def test_each_reason_for_a_no_can_be_said(cast: Cast, reason: Decline) -> None:
    assignment = story.begun(cast)
    part = actions.decline(actor=cast.target, assignment=assignment, reason=reason)
    assert (part.state, part.reason) == (PartState.DECLINED, reason)


def test_a_no_needs_a_reason_from_the_list(cast: Cast) -> None:
    assignment = story.begun(cast)
    with pytest.raises(DomainError) as refused:
        actions.decline(actor=cast.target, assignment=assignment, reason="")
    assert refused.value.field == "reason"


def test_after_a_no_the_client_asks_another_to_lead(cast: Cast) -> None:
    assignment = story.begun(cast)
    actions.decline(actor=cast.target, assignment=assignment, reason="no_time")
    with pytest.raises(Conflict, match="not long ago"):
        actions.ask(actor=cast.seeker, assignment=assignment, person=cast.target, role=Role.LEAD)
    actions.ask(actor=cast.seeker, assignment=assignment, person=cast.connector, role=Role.LEAD)
    actions.accept(actor=cast.connector, assignment=assignment)
    assert story.fresh(assignment).state == State.AGREED


def test_a_team_has_one_lead(cast: Cast) -> None:
    assignment = story.begun(cast)
    with pytest.raises(Conflict, match="leads this team"):
        actions.ask(actor=cast.seeker, assignment=assignment, person=cast.connector, role=Role.LEAD)


def test_nobody_is_asked_more_often_in_a_month_than_they_wish(cast: Cast) -> None:
    people.edit(cast.connector, cast.connector, asks_per_month=1)
    one = story.agreed(cast)
    other = story.agreed(cast, title="Another one")
    actions.ask(actor=cast.target, assignment=one, person=cast.connector)
    with pytest.raises(LimitReached, match="asked often lately"):
        actions.ask(actor=cast.target, assignment=other, person=cast.connector)
    with clock.held_at(clock.now() + timedelta(days=31)):
        actions.ask(actor=cast.target, assignment=other, person=cast.connector)


def test_who_offered_themself_is_asked_whatever_their_month_holds(cast: Cast) -> None:
    people.edit(cast.target, cast.target, asks_per_month=1)
    story.begun(cast)
    answer = story.chosen_answer(cast)
    made = actions.begin_from_answer(actor=cast.seeker, answer=answer, kind="pilot")
    assert story.part(made, cast.target).state == PartState.ASKED


def test_who_pauses_wants_no_asks_or_wishes_distance_is_refused_in_the_same_words(
    cast: Cast,
) -> None:
    assignment = story.agreed(cast)
    people.pause(actor=cast.connector, until=clock.today() + timedelta(days=9))
    people.edit(cast.stranger, cast.stranger, asks_per_month=0)
    network.wish(actor=cast.host, about=cast.target, wish="avoid")
    said = set()
    for person in (cast.connector, cast.stranger, cast.host):
        with pytest.raises(Conflict) as refused:
            actions.ask(actor=cast.target, assignment=assignment, person=person)
        said.add(refused.value.message.replace(person.name, "X"))
    assert said == {"X is not available for this now. Choose somebody else."}


def test_a_wish_that_came_later_keeps_two_apart_without_a_word(cast: Cast) -> None:
    assignment = story.agreed(cast)
    actions.ask(actor=cast.target, assignment=assignment, person=cast.connector)
    network.wish(actor=cast.target, about=cast.connector, wish="avoid")
    with pytest.raises(Conflict, match="cannot take anybody in now"):
        actions.accept(actor=cast.connector, assignment=assignment)


def test_those_of_the_client_are_in_no_team(cast: Cast) -> None:
    assignment = story.agreed(cast)
    with pytest.raises(DomainError, match="client's side"):
        actions.ask(actor=cast.target, assignment=assignment, person=cast.seeker)


def test_a_team_has_at_most_twelve_with_those_who_are_asked(cast: Cast) -> None:
    assignment = story.agreed(cast)
    for number in range(11):
        person = cast.person(f"Guest {number}")
        actions.ask(actor=cast.target, assignment=assignment, person=person)
    with pytest.raises(Conflict, match="at most 12"):
        actions.ask(actor=cast.target, assignment=assignment, person=cast.connector)


def test_a_question_runs_out_and_whoever_asked_is_told(cast: Cast) -> None:
    assignment = story.begun(cast)
    with clock.held_at(clock.now() + timedelta(days=14)):
        with pytest.raises(Conflict, match="time to answer has passed"):
            actions.accept(actor=cast.target, assignment=assignment)
        assert actions.end_what_ran_out() == 1
        assert actions.end_what_ran_out() == 0
    assert "has not answered in time" in story.letter("part_declined", cast.seeker).text


def test_a_question_is_taken_back_before_it_is_answered(cast: Cast) -> None:
    assignment = story.agreed(cast)
    part = actions.ask(actor=cast.target, assignment=assignment, person=cast.connector)
    path = part_path(part)
    actions.withdraw(actor=cast.target, assignment=assignment, person=cast.connector)
    assert queries.asked(cast.connector) == []
    with pytest.raises(LinkNotValid):
        queries.part_by_link(path.split("/")[2])
    with pytest.raises(NotHere):
        actions.accept(actor=cast.connector, assignment=assignment)


def test_a_link_opens_the_question_for_whom_it_was_made(cast: Cast) -> None:
    assignment = story.begun(cast)
    part = story.part(assignment, cast.target)
    person, found = queries.part_by_link(part_path(part).split("/")[2])
    assert (person, found) == (cast.target, part)
    with pytest.raises(LinkNotValid):
        queries.part_by_link("no-such-link")


def test_who_leaves_is_out_and_without_a_lead_nothing_is_agreed(cast: Cast) -> None:
    assignment = story.agreed(cast)
    story.joins(cast, assignment, cast.connector)
    actions.leave(actor=cast.target, assignment=assignment)
    with pytest.raises(NotHere):
        queries.get(cast.target, assignment.id)
    assert story.fresh(assignment).state == State.FORMING
    assert "part_left" in story.letters(cast.seeker)
    assert "part_left" in story.letters(cast.connector)
    actions.ask(actor=cast.seeker, assignment=assignment, person=cast.host, role=Role.LEAD)
    actions.accept(actor=cast.host, assignment=assignment)
    actions.agree(actor=cast.seeker, assignment=assignment)
    assert story.fresh(assignment).state == State.AGREED


def test_a_facilitator_is_asked_like_anybody_and_writes_hours_too(cast: Cast) -> None:
    assignment = story.under_way(cast)
    story.joins(cast, assignment, cast.host, Role.FACILITATOR)
    assert story.part(assignment, cast.host).role == Role.FACILITATOR
    assert story.hours(cast.host, assignment).minutes == 90


def test_asking_or_answering_twice_changes_nothing(cast: Cast) -> None:
    assignment = story.agreed(cast)
    for _again in range(2):
        actions.ask(actor=cast.target, assignment=assignment, person=cast.connector)
    for _again in range(2):
        actions.accept(actor=cast.connector, assignment=assignment)
    assert Part.objects.filter(person=cast.connector).count() == 1
    assert story.letters(cast.connector) == ["part_asked"]
    assert story.letters(cast.target).count("part_accepted") == 1
