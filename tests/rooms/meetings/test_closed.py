"""Closed sessions: for those in a circle, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from footbridge.circles import actions as circles
from footbridge.circles.models import Circle
from footbridge.core import links
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, DomainError, LinkNotValid, NotAllowed, NotHere
from footbridge.mail.models import Message
from footbridge.meetings import actions, calendar, policy, queries
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Format, Holding, Part
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.circles import story as circle_story
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def closed(cast: Cast, circle: Circle | None = None, **said: Any) -> Session:
    """An open evening that Rosa, who hosts nothing, planned for her circle."""
    found = circle or circle_story.standing(cast)
    draft = story.planned(cast, actor=cast.seeker, circle=found, **{"cap": 8, **said})
    return actions.open_up(actor=cast.seeker, session=draft)


def outsiders(cast: Cast) -> list[Person]:
    return [cast.colleague, cast.host, cast.deputy, cast.stranger, cast.listed]


def test_a_member_plans_one_runs_it_and_has_a_seat(cast: Cast) -> None:
    session = closed(cast)
    seat = Seat.objects.get(session=session, person=cast.seeker)
    assert (seat.holding, seat.part) == (Holding.ACCEPTED, Part.HOST)
    assert policy.hosts(cast.seeker, session)
    assert not policy.hosts(cast.connector, session)
    assert not policy.sees_history(cast.seeker, session)


def test_who_is_not_in_the_circle_plans_none(cast: Cast) -> None:
    circle = circle_story.standing(cast)
    for outsider in (cast.host, cast.colleague):
        with pytest.raises(NotAllowed):
            story.planned(cast, actor=outsider, circle=circle)
    with pytest.raises(NotAllowed):
        story.planned(cast, actor=cast.seeker)
    circles.end(actor=cast.seeker, circle=circle)
    with pytest.raises(NotAllowed):
        story.planned(cast, actor=cast.seeker, circle=circle_story.fresh(circle))


def test_opening_it_asks_everybody_in_the_circle_and_nobody_else(cast: Cast) -> None:
    session = closed(cast)
    asked = Seat.objects.filter(session=session, holding=Holding.INVITED)
    people = {one.person_id for one in asked}
    assert people == {one.id for one in circle_story.peers(cast)[1:]}
    sent = Message.objects.filter(kind="seat_invited")
    assert (sent.count(), sent.filter(private=False).count()) == (3, 0)


def test_it_is_there_for_the_circle_alone(cast: Cast) -> None:
    session = closed(cast)
    for member in circle_story.peers(cast):
        assert queries.get(member, session.id) == session
        assert [one.circle_name for one in queries.sessions(member).items] == ["Cold food"]
    for outsider in outsiders(cast):
        with pytest.raises(NotHere):
            queries.get(outsider, session.id)
        assert queries.sessions(outsider).items == []
        assert not policy.runs(outsider, session)
    assert queries.get(OPERATOR, session.id) == session


def test_nobody_else_gets_a_seat_whoever_asks_them(cast: Cast) -> None:
    session = closed(cast)
    assert actions.invite(actor=cast.seeker, session=session, people=[cast.colleague]) == []
    for outsider in outsiders(cast):
        with pytest.raises(NotHere):
            actions.accept(actor=outsider, session=session)
        with story.before(session, 1), pytest.raises(NotHere):
            actions.come(actor=outsider, session=session)


def test_a_seat_that_was_slipped_in_opens_nothing(cast: Cast) -> None:
    session = closed(cast)
    seat = Seat.objects.create(session=session, person=cast.host, holding=Holding.ACCEPTED)
    seat.part = Part.HOST
    seat.save()
    assert not policy.runs(cast.host, session)
    with pytest.raises(LinkNotValid):
        queries.seat_by_link(queries.seat_path(seat).split("/")[2])
    with pytest.raises(LinkNotValid):
        calendar.opened(queries.calendar_path(seat).split("/")[2].removesuffix(".ics"))


def test_there_is_no_door_to_walk_in_by(cast: Cast) -> None:
    session = closed(cast)
    assert queries.door_path_for(cast.seeker, session) == ""
    token = links.sign(policy.DOOR_PURPOSE, session.id)
    with pytest.raises(LinkNotValid):
        queries.door_by_link(token)
    with story.before(session, 1), pytest.raises(NotHere):
        actions.walk_in(session=session, name="Passer-by")


def test_it_stands_in_no_chapter_s_calendar(cast: Cast) -> None:
    session = closed(cast)
    actions.accept(actor=cast.connector, session=session)
    name = session.title.encode()
    assert name not in calendar.chapter_feed(cast.connector, cast.chapter)
    assert name in calendar.feed(cast.connector)


def test_who_comes_is_nobody_s_figure(cast: Cast) -> None:
    session = closed(cast, minutes=60)
    actions.accept(actor=cast.connector, session=session)
    with story.before(session, 0):
        actions.come(actor=cast.connector, session=session)
        actions.begin(actor=cast.seeker, session=session)
        actions.end(actor=cast.seeker, session=session)
    with story.before(session, -24):
        assert queries.show_history(cast.host, cast.chapter) == []


def test_leaving_the_circle_gives_the_seat_back(cast: Cast, worker: Any) -> None:
    session = closed(cast, cap=2)
    actions.accept(actor=cast.connector, session=session)
    actions.accept(actor=cast.target, session=session)
    seat = Seat.objects.get(session=session, person=cast.connector)
    path = queries.seat_path(seat).split("/")[2]
    circles.leave(actor=cast.connector, circle=session.circle)
    worker()
    seat.refresh_from_db()
    assert seat.holding == Holding.CANCELLED
    assert story.card(cast.target, session).mine.holding == Holding.OFFERED
    with pytest.raises(LinkNotValid):
        queries.seat_by_link(path)


def test_the_same_again_is_closed_again(cast: Cast) -> None:
    session = closed(cast)
    again = actions.plan_next(actor=cast.seeker, session=session)
    assert again.circle == session.circle
    assert policy.runs(cast.seeker, again)
    circles.end(actor=cast.seeker, circle=session.circle)
    with pytest.raises(Conflict, match="ended"):
        actions.plan_next(actor=cast.seeker, session=Session.objects.get(id=session.id))


def test_a_closed_series_is_its_circle_s(cast: Cast) -> None:
    circle = circle_story.standing(cast)
    series = actions.start_series(
        actor=cast.connector, chapter=cast.chapter, title="First Mondays", circle=circle
    )
    session = closed(cast, circle, series=series)
    assert queries.get_series(cast.target, series.id) == series
    with pytest.raises(NotHere):
        queries.get_series(cast.host, series.id)
    with pytest.raises(NotHere):
        queries.changed_series(cast.host, series.id)
    assert session.series == series
    public = actions.start_series(actor=cast.host, chapter=cast.chapter, title="Open evenings")
    with pytest.raises(DomainError, match="not of one series"):
        actions.edit(actor=cast.seeker, session=session, series=public)
    with pytest.raises(DomainError, match="not of one series"):
        story.planned(cast, series=series)


def test_a_closed_session_is_no_part_of_an_event(cast: Cast) -> None:
    event = story.planned(cast, format=Format.EVENT, minutes=240)
    circle = circle_story.standing(cast, [cast.host, *circle_story.peers(cast)[:3]])
    with pytest.raises(DomainError, match="no part of an event"):
        story.planned(cast, circle=circle, event=event, starts_at=event.starts_at, minutes=60)


def test_it_goes_with_its_circle(cast: Cast) -> None:
    session = closed(cast)
    session.circle.delete()
    assert not Session.objects.filter(id=session.id).exists()
