"""One change at a time, judged after three sessions, by counts; credit for who agreed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.journal.models import Entry
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Improvement, Seat, Series, Session
from footbridge.meetings.states import Felt, Verdict
from footbridge.people import actions as people
from footbridge.people import queries as members
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.meetings import story
from tests.rooms.meetings.afterwards import a_series, after, answered, weekly, written_to

pytestmark = pytest.mark.django_db

FIRST = story.EVENING.date()


@pytest.fixture
def series(cast: Cast) -> Series:
    return a_series(cast)


def tried(cast: Cast, series: Series, **said: Any) -> Improvement:
    said = {
        "observation": "The last round is cut short",
        "change": "Two rounds instead of three",
        "measure": "How many say it was worth their time",
        "begins_on": FIRST,
        **said,
    }
    return actions.try_change(actor=cast.host, series=series, **said)


def decided(cast: Cast, improvement: Improvement, **said: Any) -> Improvement:
    said = {"verdict": Verdict.ADOPT, "result": "People stay to the end", **said}
    return actions.decide(actor=cast.host, improvement=improvement, **said)


def test_one_change_is_tried_at_a_time(cast: Cast, series: Series) -> None:
    tried(cast, series)
    with pytest.raises(Conflict, match="being tried already"):
        tried(cast, series)
    tried(cast, a_series(cast))
    assert Entry.objects.filter(verb="meetings.change_tried").count() == 2


def test_hosts_of_the_chapter_try_and_decide(cast: Cast, series: Series) -> None:
    improvement = tried(cast, series)
    for actor in (cast.seeker, cast.stranger):
        with pytest.raises(NotAllowed):
            actions.try_change(
                actor=actor,
                series=series,
                observation="x",
                change="x",
                measure="x",
                begins_on=FIRST,
            )
        with pytest.raises(NotAllowed):
            actions.decide(actor=actor, improvement=improvement, verdict=Verdict.DROP, result="")
        with pytest.raises(NotAllowed):
            actions.withdraw_change(actor=actor, improvement=improvement)


def test_it_is_judged_after_three_sessions_and_in_words_how_many_are_missing(
    cast: Cast, series: Series
) -> None:
    improvement = tried(cast, series)
    words = ["3 more sessions have", "2 more sessions have", "1 more session has"]
    for week, missing in enumerate(words):
        with pytest.raises(Conflict, match=missing):
            decided(cast, improvement)
        weekly(cast, series, week, [cast.seeker])
    row = decided(cast, improvement, seen=1)
    assert (row.verdict, row.result, row.version) == ("adopt", "People stay to the end", 2)
    with pytest.raises(Conflict, match="decided already"):
        decided(cast, improvement)
    with pytest.raises(Overtaken):
        decided(cast, improvement, seen=1)
    tried(cast, series)


def test_what_was_called_off_and_what_nobody_came_to_is_not_held(
    cast: Cast, series: Series
) -> None:
    improvement = tried(cast, series)
    off = story.opened(cast, series=series)
    actions.cancel(actor=cast.host, session=off)
    empty = story.opened(cast, series=series)
    with clock.held_at(empty.starts_at + timedelta(days=2)):
        actions.close_what_is_over()
    assert Session.objects.get(id=empty.id).state == "over"
    with pytest.raises(Conflict, match="3 more"):
        decided(cast, improvement)


def test_the_day_is_that_of_the_place(cast: Cast, series: Series) -> None:
    """Six in the evening in Europe is the next morning in New Zealand."""
    weekly(cast, series, 0, [cast.seeker])
    Session.objects.update(timezone="Pacific/Auckland")
    tried(cast, series, begins_on=FIRST + timedelta(days=1))
    (card,) = queries.improvements(cast.host, series)
    assert (card.before.sessions, card.since.sessions, card.missing) == (0, 1, 2)


def test_it_is_counted_before_and_since(cast: Cast, series: Series) -> None:
    guests = story.guests(cast, 6)
    for week in range(4):
        weekly(cast, series, week, guests[:5])
    for week in range(4, 7):
        session = weekly(cast, series, week, guests)
        answered(session, guests, *[Felt.YES] * 4, Felt.PARTLY, Felt.NO)
    tried(cast, series, begins_on=FIRST + timedelta(days=28))
    (card,) = queries.improvements(cast.host, series)
    before, since = card.before, card.since
    assert (before.sessions, before.said_yes, before.came, before.answers.few) == (3, 15, 15, True)
    assert (since.sessions, since.said_yes, since.came) == (3, 18, 18)
    assert (since.answers.yes, since.answers.partly, since.answers.no) == (12, 3, 3)


def test_answers_of_few_are_in_no_sum_from_which_they_could_be_taken(
    cast: Cast, series: Series
) -> None:
    guests = story.guests(cast, 6)
    one = weekly(cast, series, 0, guests)
    answered(one, guests, *[Felt.YES] * 6)
    other = weekly(cast, series, 1, guests)
    answered(other, guests[:4], *[Felt.NO] * 4)
    tried(cast, series)
    (card,) = queries.improvements(cast.host, series)
    assert (card.since.sessions, card.since.answers.total, card.since.answers.no) == (2, 6, 0)


def test_fewer_than_five_people_are_not_counted(cast: Cast, series: Series) -> None:
    for week in range(3):
        weekly(cast, series, week, [cast.seeker, cast.target])
    tried(cast, series)
    (card,) = queries.improvements(cast.seeker, series)
    assert (card.since.came, card.since.said_yes, card.since.answers.few) == (None, None, True)
    assert (card.before.came, card.before.sessions) == (0, 0)


def test_what_is_held_after_the_verdict_counts_no_more(cast: Cast, series: Series) -> None:
    improvement = tried(cast, series)
    for week in range(3):
        session = weekly(cast, series, week, [cast.seeker])
    with after(session, 24):
        decided(cast, improvement)
    weekly(cast, series, 4, [cast.seeker])
    (card,) = queries.improvements(cast.host, series)
    assert (card.since.sessions, card.is_open, card.verdict) == (3, False, "adopt")


def test_only_who_agreed_is_named(cast: Cast, series: Series) -> None:
    session = weekly(cast, series, 0, [cast.seeker, cast.target])
    with after(session):
        improvement = tried(cast, series, because_of=cast.seeker, seen_in=[session])
        (letter,) = written_to("change_credit")
        assert letter.to_name == "Rosa Seeker"
        assert queries.improvements(cast.target, series)[0].thanks_to == ""
        assert "Rosa" not in repr(queries.improvements(cast.host, series))
        for other in (cast.host, cast.target):
            with pytest.raises(NotHere):
                actions.be_named(actor=other, improvement=improvement, agreed=True)
            with pytest.raises(NotHere):
                queries.credited(other, improvement.id)
        actions.be_named(actor=cast.seeker, improvement=improvement, agreed=True)
        assert queries.improvements(cast.target, series)[0].thanks_to == "Rosa Seeker"
        assert queries.improvements(cast.target, series)[0].seen_in == ("Cold food at night",)
        actions.be_named(actor=cast.seeker, improvement=improvement, agreed=False)
        assert queries.improvements(cast.target, series)[0].thanks_to == ""


def test_only_who_came_can_have_led_to_it(cast: Cast, series: Series) -> None:
    weekly(cast, series, 0, [cast.seeker])
    with pytest.raises(DomainError) as refused:
        tried(cast, series, because_of=cast.target)
    assert refused.value.field == "because_of"
    elsewhere = weekly(cast, a_series(cast), 1, [cast.seeker])
    with pytest.raises(DomainError) as refused:
        tried(cast, series, seen_in=[elsewhere])
    assert refused.value.field == "seen_in"
    assert not Improvement.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"change": " "}, "change"),
        ({"measure": ""}, "measure"),
        ({"observation": "x" * 501}, "observation"),
        ({"begins_on": date(1999, 1, 1)}, "begins_on"),
        ({"review_on": FIRST - timedelta(days=1)}, "review_on"),
    ],
)
def test_what_is_missing_or_odd_is_said_in_words(
    cast: Cast, series: Series, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        tried(cast, series, **said)
    assert refused.value.field == field
    assert refused.value.message


def test_a_change_is_taken_back_until_a_session_was_held_with_it(
    cast: Cast, series: Series
) -> None:
    actions.withdraw_change(actor=cast.host, improvement=tried(cast, series))
    improvement = tried(cast, series)
    weekly(cast, series, 0, [cast.seeker])
    with pytest.raises(Conflict, match="A session was held"):
        actions.withdraw_change(actor=cast.host, improvement=improvement)
    assert Improvement.objects.count() == 1


def test_the_log_is_for_members_who_may_see_the_series(cast: Cast, series: Series) -> None:
    tried(cast, series)
    with pytest.raises(NotHere):
        queries.changed_series(cast.seeker, series.id)
    story.opened(cast, series=series)
    for viewer in (cast.seeker, cast.stranger, cast.host):
        assert queries.changed_series(viewer, series.id) == series
        assert len(queries.improvements(viewer, series)) == 1
    with pytest.raises(NotHere):
        queries.changed_series(cast.listed, series.id)
    assert queries.improvements(cast.listed, series) == []


def test_whose_word_it_was_goes_with_them_and_the_change_stays(
    cast: Cast, series: Series, django_capture_on_commit_callbacks: Any
) -> None:
    weekly(cast, series, 0, [cast.seeker])
    improvement = tried(cast, series, because_of=cast.seeker)
    actions.be_named(actor=cast.seeker, improvement=improvement, agreed=True)
    held = members.personal_export(cast.seeker, cast.seeker)["meetings"]
    assert held["credits"] == [{"change": "Two rounds instead of three", "may_be_named": True}]
    hers = members.personal_export(cast.host, cast.host)["meetings"]["changes"]
    assert hers == [{"series": "Harbour evenings", "change": "Two rounds instead of three"}]
    with django_capture_on_commit_callbacks(execute=True):
        people.erase(actor=cast.seeker, person=Person.objects.get(id=cast.seeker.id))
    (card,) = queries.improvements(cast.host, series)
    assert (card.change, card.thanks_to) == ("Two rounds instead of three", "")


@pytest.mark.parametrize("many", [1, 3])
def test_many_changes_are_read_as_fast_as_one(
    cast: Cast, series: Series, many: int, django_assert_num_queries: Any
) -> None:
    for week in range(3):
        weekly(cast, series, week, [cast.seeker, cast.target])
    for _each in range(many):
        decided(cast, tried(cast, series, because_of=cast.seeker))
    viewer = cast.stranger
    assert Seat.objects.count() == 6
    with django_assert_num_queries(5):
        queries.improvements(viewer, series)
