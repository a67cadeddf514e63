"""While the work goes on: the playbook, the hours, the reviews of both sides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from footbridge.assignments import actions, queries
from footbridge.assignments.models import HoursGiven, StepDone
from footbridge.assignments.playbooks import LANGUAGES, keys_of, playbook
from footbridge.assignments.states import Kind, Move, State
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.hours import queries as hours
from tests.cast import Cast
from tests.rooms.assignments import story

pytestmark = pytest.mark.django_db


# The playbook.


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_has_a_playbook_with_the_same_steps_in_each_language(kind: Kind) -> None:
    books = [playbook(kind, language) for language in LANGUAGES]
    assert len({tuple((step.key, step.who) for step in book.steps) for book in books}) == 1
    assert len({len(book.midway) + len(book.final) for book in books}) == 1
    words = [[book.about, *(s.title for s in book.steps), *book.final] for book in books]
    assert all(len(set(same)) == len(LANGUAGES) for same in zip(*words, strict=True))
    assert all(step.good for book in books for step in book.steps)
    assert len(set(keys_of(kind))) == len(keys_of(kind)) >= 5


def test_a_playbook_is_read_in_the_readers_language(cast: Cast) -> None:
    assignment = story.under_way(cast)
    with override("es"):
        assert queries.get_card(cast.seeker, assignment.id).steps[0].title == "Decir qué falta"
    with override("de"):
        assert queries.get_card(cast.seeker, assignment.id).steps[0].title == "Say what is missing"


def test_steps_are_ticked_by_anybody_in_it_once_and_unticked(cast: Cast) -> None:
    assignment = story.under_way(cast, cast.connector)
    for person in (cast.connector, cast.seeker):
        actions.tick(actor=person, assignment=assignment, key="gap")
    card = queries.get_card(cast.target, assignment.id)
    assert (card.steps_done, card.steps[0].by) == (1, "Kofi Connector")
    actions.tick(actor=cast.seeker, assignment=assignment, key="gap", done=False)
    assert not StepDone.objects.exists()
    with pytest.raises(NotHere):
        actions.tick(actor=cast.seeker, assignment=assignment, key="no-such-step")


def test_nothing_is_ticked_before_the_work_begins(cast: Cast) -> None:
    assignment = story.agreed(cast)
    with pytest.raises(NotAllowed):
        actions.tick(actor=cast.seeker, assignment=assignment, key="gap")


# Hours.


def test_hours_are_told_for_a_month_and_the_client_says_what_counts(cast: Cast) -> None:
    assignment = story.under_way(cast)
    assignment.causes.set([])
    told = story.hours(cast.target, assignment, 150)
    assert told.month == date(2026, 3, 1)
    text = story.letter("assignment_hours", cast.seeker).text
    assert "Lena Sought gave 2:30 hours in March 2026. Is that so?" in text
    assert hours.hours_given(cast.target, 2026).unconfirmed == 1
    actions.confirm_hours(actor=cast.seeker, assignment=assignment, given=told, minutes=120)
    given = hours.hours_given(cast.target, 2026)
    assert (given.minutes, given.times, given.unconfirmed) == (120, 1, 0)
    assert [(one.words, one.minutes) for one in given.by_chapter] == [("Harbour chapter", 120)]
    assert given.by_quarter[0].minutes == 120
    assert hours.years_of(cast.target) == [2026]


def test_nobody_confirms_their_own_hours(cast: Cast) -> None:
    assignment = story.under_way(cast)
    told = story.hours(cast.target, assignment)
    with pytest.raises(NotAllowed):
        actions.confirm_hours(actor=cast.target, assignment=assignment, given=told, minutes=90)


def test_confirmed_hours_are_not_told_anew(cast: Cast) -> None:
    assignment = story.under_way(cast)
    told = story.hours(cast.target, assignment)
    story.hours(cast.target, assignment, 60)
    assert HoursGiven.objects.get().minutes == 60
    with pytest.raises(Overtaken):
        story.hours(cast.target, assignment, 30, version=1)
    actions.confirm_hours(actor=cast.seeker, assignment=assignment, given=told, minutes=60)
    with pytest.raises(Conflict, match="confirmed already"):
        story.hours(cast.target, assignment, 90)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"minutes": -1}, "hours"),
        ({"minutes": 300 * 60 + 1}, "hours"),
        ({"month": date(2026, 2, 28)}, "month"),
        ({"month": date(2026, 4, 1)}, "month"),
    ],
)
def test_hours_that_cannot_be_are_refused(cast: Cast, said: dict[str, object], field: str) -> None:
    assignment = story.under_way(cast)
    with pytest.raises(DomainError) as refused:
        story.hours(cast.target, assignment, **said)
    assert refused.value.field == field


def test_members_see_their_own_hours_the_lead_and_the_client_all(cast: Cast) -> None:
    assignment = story.under_way(cast, cast.connector)
    for person in (cast.target, cast.connector):
        story.hours(person, assignment)
    seen = {
        person: [card.name for card in queries.hours_of(person, assignment)]
        for person in (cast.seeker, cast.target, cast.connector)
    }
    both = ["Kofi Connector", "Lena Sought"]
    assert seen == {cast.seeker: both, cast.target: both, cast.connector: ["Kofi Connector"]}
    assert [one.month for one in queries.hours_of(cast.connector, assignment)]
    told = queries.hours_of(cast.target, assignment)[0]
    with pytest.raises(NotHere):
        queries.get_hours(cast.stranger, assignment, told.id)


def test_who_left_can_still_say_what_they_gave(cast: Cast) -> None:
    assignment = story.under_way(cast, cast.connector)
    actions.leave(actor=cast.connector, assignment=assignment)
    assert story.hours(cast.connector, assignment).minutes == 90
    with clock.held_at(clock.now() + timedelta(days=91)), pytest.raises(NotAllowed):
        story.hours(cast.connector, assignment)


def test_the_months_run_from_the_beginning_until_today(cast: Cast) -> None:
    assignment = story.under_way(cast)
    with clock.held_at(clock.now() + timedelta(days=62)):
        assert queries.months_of(assignment) == [
            date(2026, 5, 1),
            date(2026, 4, 1),
            date(2026, 3, 1),
        ]


# Reviews.


def test_neither_side_reads_the_other_until_both_have_written(cast: Cast) -> None:
    assignment = story.delivered(cast, cast.connector)
    story.reviews(cast.target, assignment, keep="Their patience", change="Fewer calls")
    assert queries.get_card(cast.seeker, assignment.id).reviews == ()
    assert [one.keep for one in queries.get_card(cast.connector, assignment.id).reviews] == [
        "Their patience"
    ]
    story.reviews(cast.seeker, assignment, keep="Their maps", change="")
    for person in (cast.seeker, cast.target, cast.connector):
        said = {one.side: one.keep for one in queries.get_card(person, assignment.id).reviews}
        assert said == {"client": "Their maps", "team": "Their patience"}
        assert "assignment_reviews_open" in story.letters(person)
    assert story.fresh(assignment).state == State.REVIEWED


def test_after_two_weeks_one_side_is_read_though_the_other_did_not_write(cast: Cast) -> None:
    assignment = story.delivered(cast)
    story.reviews(cast.target, assignment, keep="Their patience")
    with clock.held_at(clock.now() + timedelta(days=13, hours=23)):
        assert actions.open_reviews() == 0
        assert queries.get_card(cast.seeker, assignment.id).reviews == ()
    with clock.held_at(clock.now() + timedelta(days=14)):
        assert actions.open_reviews() == 1
        assert actions.open_reviews() == 0
        assert len(queries.get_card(cast.seeker, assignment.id).reviews) == 1
    assert story.fresh(assignment).state == State.REVIEWED


def test_what_was_read_stands_as_it_is(cast: Cast) -> None:
    assignment = story.delivered(cast)
    story.reviews(cast.target, assignment)
    with clock.held_at(clock.now() + timedelta(days=14)), pytest.raises(Conflict):
        story.reviews(cast.target, assignment, keep="No, wait")


def test_a_side_changes_its_review_until_the_other_reads_it(cast: Cast) -> None:
    assignment = story.delivered(cast, cast.connector)
    story.reviews(cast.target, assignment, keep="One")
    with pytest.raises(Overtaken):
        story.reviews(cast.connector, assignment, keep="Two", version=0)
    story.reviews(cast.connector, assignment, keep="Two", version=1)
    written = queries.own_review(cast.target, assignment)
    assert written is not None
    assert (written.keep, written.by) == ("Two", cast.connector)


@pytest.mark.parametrize("mark", [0, 6, "x", None])
def test_each_question_has_five_answers(cast: Cast, mark: object) -> None:
    assignment = story.delivered(cast)
    with pytest.raises(DomainError) as refused:
        story.reviews(cast.target, assignment, marks={**story.MARKS, "heard": mark})
    assert refused.value.field == "heard"


def test_half_way_both_sides_are_asked_once_and_reminded_once(cast: Cast) -> None:
    assignment = story.under_way(cast)
    with clock.held_at(clock.now() + timedelta(days=29)):
        assert actions.ask_midway() == 0
    with clock.held_at(clock.now() + timedelta(days=31)):
        assert actions.ask_midway() == 1
        assert actions.ask_midway() == 0
        story.reviews(cast.seeker, assignment)
        assert queries.waiting_for(cast.target)[0].waits == ("Write your review",)
        assert queries.waiting_for(cast.seeker) == ()
    with clock.held_at(clock.now() + timedelta(days=36)):
        assert actions.remind_of_reviews() == 1
        assert actions.remind_of_reviews() == 0
        assert story.letters(cast.target).count("assignment_review") == 2
        assert story.letters(cast.seeker).count("assignment_review") == 1
        story.reviews(cast.target, assignment)
    assert story.fresh(assignment).state == State.MIDWAY


def test_what_is_delivered_is_looked_back_on(cast: Cast) -> None:
    assignment = story.delivered(cast)
    for person in (cast.seeker, cast.target):
        assert "It is delivered. How was it?" in story.letter("assignment_review", person).text
        assert Move.REVIEW in queries.get_card(person, assignment.id).moves
    with pytest.raises(NotAllowed):
        actions.close(actor=cast.seeker, assignment=assignment)
