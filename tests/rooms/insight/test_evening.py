"""Whom to ask to which of the coming dates, from what the chapter has seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.core.errors import NotAllowed
from footbridge.insight import evening
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Seat, Series, Session
from footbridge.meetings.states import Holding
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db

# What the chapter's past says, the dates, their seats, the people, where they sit meanwhile.
COST = 13


@pytest.fixture
def series(cast: Cast) -> Series:
    return actions.start_series(actor=cast.host, chapter=cast.chapter, title="Thursdays")


def date_of(cast: Cast, series: Series, weeks: int = 0, **said: object) -> Session:
    said = {"cap": 10, "quorum": 4, **said}
    starts_at = story.EVENING + timedelta(weeks=weeks)
    return story.opened(cast, series=series, starts_at=starts_at, **said)


def pool(cast: Cast, many: int) -> list[Person]:
    """Nobody but these and the host can be asked."""
    Person.objects.exclude(id=cast.host.id).update(paused_until=clock.today() + timedelta(days=99))
    return story.guests(cast, many)


def names(plan: evening.DatePlan) -> set[str]:
    return {one.name for one in plan.to_ask}


def test_one_date_is_filled_until_one_more_would_hardly_help(cast: Cast, series: Series) -> None:
    date_of(cast, series)
    pool(cast, 80)
    (plan,) = evening.even_out(cast.host, series)
    assert plan.before.too_few == "almost certain"
    assert plan.after.coming >= 4
    assert 10 < len(plan.to_ask) < 80
    assert plan.words == "One more would hardly make it likelier."
    assert not plan.is_unlikely


def test_three_dates_share_the_people_and_nobody_is_asked_twice(cast: Cast, series: Series) -> None:
    for weeks in range(3):
        date_of(cast, series, weeks)
    pool(cast, 120)
    plans = evening.even_out(cast.host, series)
    asked = [one.id for plan in plans for one in plan.to_ask]
    assert len(asked) == len(set(asked))
    assert all(plan.after.coming >= 4 for plan in plans)


def test_with_leave_one_person_is_asked_to_more_than_one_date(cast: Cast, series: Series) -> None:
    for weeks in range(3):
        date_of(cast, series, weeks, quorum=2, cap=4)
    pool(cast, 12)
    once = [one.id for plan in evening.even_out(cast.host, series) for one in plan.to_ask]
    more = [one.id for plan in evening.even_out(cast.host, series, most=3) for one in plan.to_ask]
    assert len(once) == len(set(once)) <= 13
    assert len(more) > len(set(more))


def test_with_nobody_to_ask_it_says_so_and_advises_to_call_it_off(
    cast: Cast, series: Series
) -> None:
    date_of(cast, series)
    Person.objects.update(paused_until=clock.today() + timedelta(days=99))
    (plan,) = evening.even_out(cast.host, series)
    assert plan.to_ask == ()
    assert plan.before == plan.after
    assert plan.is_unlikely
    assert plan.merge_with is None


def test_where_all_have_been_asked_nobody_is_asked_again(cast: Cast, series: Series) -> None:
    session = date_of(cast, series)
    people = [*pool(cast, 6), cast.host]
    actions.invite(actor=cast.host, session=session, people=people)
    (plan,) = evening.even_out(cast.host, series)
    assert plan.to_ask == ()
    assert plan.silent == 7
    assert plan.words == "Everybody who can be asked has been, here or to another date."


def test_who_was_asked_and_is_silent_is_counted_as_likely_to_come_as_others_were(
    cast: Cast, series: Series
) -> None:
    session = date_of(cast, series)
    people = pool(cast, 30)
    (before,) = evening.even_out(cast.host, series)
    actions.invite(actor=cast.host, session=session, people=people)
    (after,) = evening.even_out(cast.host, series)
    assert before.before.coming < after.before.coming < 10


def test_asking_whom_it_names_leaves_next_to_nobody_to_ask(cast: Cast, series: Series) -> None:
    session = date_of(cast, series)
    people = {one.id: one for one in [*pool(cast, 80), cast.host]}
    (plan,) = evening.even_out(cast.host, series)
    chosen = [people[one.id] for one in plan.to_ask]
    actions.invite(actor=cast.host, session=session, people=chosen)
    (again,) = evening.even_out(cast.host, series)
    assert len(again.to_ask) <= 2
    assert not {one.id for one in again.to_ask} & {one.id for one in chosen}


def test_who_pauses_stays_at_home_or_is_hidden_is_not_named(cast: Cast, series: Series) -> None:
    date_of(cast, series, quorum=2, cap=10)
    quiet, away, there, *_others = pool(cast, 8)
    Person.objects.filter(id=quiet.id).update(paused_until=clock.today() + timedelta(days=9))
    away = Person.objects.get(id=cast.stranger.id)
    (plan,) = evening.even_out(cast.host, series)
    assert there.name in names(plan)
    assert not {quiet.name, away.name} & names(plan)


def test_nobody_is_asked_to_where_they_sit_elsewhere(cast: Cast, series: Series) -> None:
    date_of(cast, series, quorum=2, cap=4)
    busy, *_others = pool(cast, 5)
    elsewhere = story.opened(cast, title="Elsewhere", cap=9)
    actions.accept(actor=busy, session=elsewhere)
    (plan,) = evening.even_out(cast.host, series)
    assert len(plan.to_ask) >= 4
    assert busy.name not in names(plan)


def test_on_the_last_day_nobody_is_asked_and_a_date_with_room_is_named(
    cast: Cast, series: Series
) -> None:
    first, second = date_of(cast, series), date_of(cast, series, 1)
    one, *others = pool(cast, 12)
    actions.accept(actor=one, session=first)
    story.accepted(second, *others[:5])
    with story.before(first, 20):
        soon, later = evening.even_out(cast.host, series)
    assert soon.to_ask == ()
    assert soon.words == "It is too late to ask anybody in time."
    assert soon.is_unlikely
    assert soon.merge_with is not None
    assert soon.merge_with.id == later.card.id == second.id


def test_it_says_who_was_here_and_when_and_who_is_new(cast: Cast, series: Series) -> None:
    people = pool(cast, 6)
    story.over(cast, came=people[:3], missed=[], series=series)
    with clock.held_at(story.EVENING + timedelta(days=2)):
        date_of(cast, series, 2, quorum=2, cap=6)
        (plan,) = evening.even_out(cast.host, series)
    why = {one.name: one.why for one in plan.to_ask}
    assert why["Guest 01"].startswith("was last here on ")
    assert why["Guest 06"] == "has not been here yet"


def test_a_name_late_in_the_alphabet_is_asked_as_soon_as_any(cast: Cast, series: Series) -> None:
    date_of(cast, series)
    pool(cast, 90)
    (plan,) = evening.even_out(cast.host, series)
    told = [one.name for one in plan.to_ask]
    assert told == sorted(told)
    assert told != [f"Guest {number:02}" for number in range(1, len(told) + 1)]
    assert cast.host.name not in told


def test_others_are_told_nothing(cast: Cast, series: Series) -> None:
    date_of(cast, series)
    with pytest.raises(NotAllowed):
        evening.even_out(cast.seeker, series)


def test_drafts_and_what_was_called_off_are_no_dates(cast: Cast, series: Series) -> None:
    story.planned(cast, series=series)
    gone = date_of(cast, series)
    actions.cancel(actor=cast.host, session=gone, because="Storm")
    assert evening.even_out(cast.host, series) == []


def test_it_costs_the_same_for_one_date_and_three(
    cast: Cast, series: Series, django_assert_num_queries: object
) -> None:
    date_of(cast, series)
    pool(cast, 3)
    with django_assert_num_queries(COST):
        evening.even_out(cast.host, series)
    for weeks in (1, 2):
        date_of(cast, series, weeks)
    story.guests(cast, 20, first=40)
    with django_assert_num_queries(COST):
        evening.even_out(cast.host, series)


def test_how_many_say_yes_is_learnt_from_those_who_were_asked(cast: Cast, series: Series) -> None:
    people = pool(cast, 6)
    session = date_of(cast, series)
    actions.invite(actor=cast.host, session=session, people=people)
    for one in people[:2]:
        actions.accept(actor=one, session=session)
    actions.decline(actor=people[2], session=session)
    with story.before(session, 1):
        actions.give_back(actor=people[1], session=session)
    story.checked_in(cast, session, people[0])
    with story.before(session, -3):
        actions.end(actor=cast.host, session=session)
        (told,) = queries.asked_history(cast.host, cast.chapter)
    assert (told.accepted, told.came, told.first_time) == (6, 2, True)
    assert Seat.objects.filter(holding=Holding.INVITED).count() == 3
