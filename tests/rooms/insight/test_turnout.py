"""How many will come, told to hosts, and how many may say yes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from footbridge.core import clock
from footbridge.insight import turnout
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Format, Holding, State
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def planned(cast: Cast, **details: object) -> Session:
    session = actions.plan(
        actor=cast.host,
        chapter=cast.chapter,
        format=Format.MICRO_CAFE,
        title="Thursday",
        starts_at=clock.now() + timedelta(days=7),
        **details,
    )
    return actions.open_up(actor=cast.host, session=session)


def said_yes(cast: Cast, session: Session, count: int) -> None:
    for number in range(count):
        person = cast.person(f"Guest {number}", email=f"guest{number}@example.org")
        actions.accept(actor=person, session=session)


def past(
    cast: Cast, days: int, accepted: int, came: int, *, sure: bool = False, walked_in: int = 0
) -> None:
    """An evening that was, who of those who had said yes (and had confirmed it, if they were
    `sure`) was there, and how many walked in."""
    begins = clock.now() - timedelta(days=days)
    session = planned(cast)
    Session.objects.filter(id=session.id).update(starts_at=begins, state=State.OVER)
    for number in range(accepted):
        Seat.objects.create(
            session=session,
            person=cast.person(f"Of {days} {number}", email=f"of{days}.{number}@example.org"),
            holding=Holding.ACCEPTED,
            confirmed_at=begins - timedelta(days=1) if sure else None,
            came_at=begins if number < came else None,
        )
    for number in range(walked_in):
        Seat.objects.create(
            session=session,
            person=cast.person(f"In {days} {number}", email=f"in{days}.{number}@example.org"),
            holding=Holding.ACCEPTED,
            confirmed_at=begins,
            came_at=begins,
            walked_in=True,
        )


def test_hosts_are_told_between_how_many_and_how_many_will_come(cast: Cast) -> None:
    session = planned(cast)
    said_yes(cast, session, 8)
    found = turnout.forecast(cast.host, session)
    assert found is not None
    assert found.said_yes == 8
    assert 0 < found.low < found.high <= 8


def test_nobody_else_is_told(cast: Cast) -> None:
    session = planned(cast)
    assert turnout.forecast(cast.seeker, session) is None
    assert turnout.forecast(cast.stranger, session) is None


def test_nothing_is_forecast_once_it_has_begun(cast: Cast) -> None:
    session = planned(cast)
    with clock.held_at(session.starts_at):
        session = actions.begin(actor=cast.host, session=session)
        assert turnout.forecast(cast.host, session) is None


def test_too_few_are_said_to_be_too_few(cast: Cast) -> None:
    session = planned(cast)
    said_yes(cast, session, 2)
    found = turnout.forecast(cast.host, session)
    assert found is not None
    assert found.step == "invite_more"
    assert found.words[0] == "Likely to be too few: invite more people."


def test_a_day_before_it_is_time_to_cancel_or_merge(cast: Cast) -> None:
    session = planned(cast)
    said_yes(cast, session, 2)
    with clock.held_at(session.starts_at - timedelta(hours=20)):
        found = turnout.forecast(cast.host, session)
    assert found is not None
    assert found.step == "cancel_or_merge"


def test_a_history_of_full_evenings_narrows_the_limit(cast: Cast) -> None:
    session = planned(cast, overbooks=True)
    at_first = turnout.forecast(cast.host, session)
    for days in range(7, 84, 7):
        past(cast, days, accepted=10, came=10)
    later = turnout.forecast(cast.host, session)
    assert at_first is not None
    assert later is not None
    assert later.rate > at_first.rate
    assert later.limit < at_first.limit


def test_more_may_say_yes_where_some_do_not_come(cast: Cast) -> None:
    session = planned(cast, overbooks=True)
    assert session.accept_limit == 10
    assert turnout.let_limits_follow() == 1
    session.refresh_from_db()
    assert 10 < session.accept_limit <= 13
    assert session.rate_used == pytest.approx(0.6)


def test_without_leave_nobody_is_let_in_beyond_the_seats(cast: Cast) -> None:
    session = planned(cast)
    assert turnout.let_limits_follow() == 0
    session.refresh_from_db()
    assert session.accept_limit == session.cap == 10


def test_the_limit_stays_below_what_would_overflow_with_those_who_said_yes(cast: Cast) -> None:
    session = planned(cast, overbooks=True)
    said_yes(cast, session, 9)
    turnout.let_limits_follow()
    session.refresh_from_db()
    found = turnout.forecast(cast.host, session)
    assert found is not None
    assert queries.card(cast.host, session).free == session.accept_limit - 9
    assert session.accept_limit == max(10, found.limit)


def test_the_second_yes_counts_as_much_as_it_did_here(cast: Cast) -> None:
    session = planned(cast)
    said_yes(cast, session, 10)
    Seat.objects.filter(session=session).update(confirmed_at=clock.now())
    with clock.held_at(session.starts_at - timedelta(hours=12)):
        presumed = turnout.forecast(cast.host, session)
    for days in range(7, 84, 7):
        past(cast, days, accepted=10, came=3, sure=True)
    with clock.held_at(session.starts_at - timedelta(hours=12)):
        learnt = turnout.forecast(cast.host, session)
    assert presumed is not None
    assert learnt is not None
    assert presumed.low >= 7
    assert learnt.high <= 6


def test_who_comes_is_not_taken_for_somebody_who_had_confirmed(cast: Cast) -> None:
    past(cast, 7, accepted=4, came=4, walked_in=2)
    Seat.objects.filter(came_at__isnull=False).update(confirmed_at=F("came_at"))
    seen = queries.turnouts(cast.host, cast.chapter)
    assert [(one.accepted, one.came) for one in seen.accepted] == [(4, 4)]
    assert seen.confirmed == []
    assert [one.people for one in seen.walked_in] == [2]


def test_where_many_walk_in_fewer_may_say_yes_and_more_are_expected(cast: Cast) -> None:
    session = planned(cast, overbooks=True)
    said_yes(cast, session, 5)
    for days in range(7, 84, 7):
        past(cast, days, accepted=10, came=6)
    quiet = turnout.forecast(cast.host, session)
    for days in range(8, 85, 7):
        past(cast, days, accepted=10, came=6, walked_in=4)
    busy = turnout.forecast(cast.host, session)
    assert quiet is not None
    assert busy is not None
    assert busy.high > quiet.high
    assert busy.limit < quiet.limit


def test_a_session_that_changed_meanwhile_does_not_keep_the_others_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = planned(cast, overbooks=True), planned(cast, overbooks=True)
    Session.objects.filter(id=second.id).update(starts_at=second.starts_at + timedelta(days=1))
    true_forecast = turnout.forecast

    def switched_off_meanwhile(viewer: object, session: Session) -> object:
        Session.objects.filter(id=first.id).update(overbooks=False)
        return true_forecast(viewer, session)  # type: ignore[arg-type]

    monkeypatch.setattr(turnout, "forecast", switched_off_meanwhile)
    assert turnout.let_limits_follow() == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.accept_limit == 10
    assert second.accept_limit > 10
