"""All that is asked about a seat is answered from a signed link; opening one changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid
from footbridge.mail.models import Message
from footbridge.meetings import actions, calendar, queries
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Holding
from footbridge.people import actions as people
from tests.cast import Cast
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def rows() -> list[object]:
    tables = (Session.objects, Seat.objects, Message.objects)
    return [list(table.order_by("pk").values()) for table in tables]


def test_a_whole_evening_by_links_alone(cast: Cast) -> None:
    session = story.opened(cast)
    actions.invite(actor=cast.host, session=session, people=[cast.listed])
    person, seat = queries.seat_by_link(story.token_in(story.letters("invited")[0]))
    actions.accept(actor=person, session=seat.session)
    with story.before(session, 48):
        actions.ask_again()
        person, seat = queries.seat_by_link(story.token_in(story.letters("confirm")[0]))
        actions.confirm(actor=person, session=seat.session)
    with story.before(session, 0):
        door = queries.door_by_link(queries.door_path(session).removeprefix("/door/").strip("/"))
        assert actions.come(actor=person, session=door).is_there
        seat = queries.seat_by_link(story.token_in(story.letters("accepted")[0]))[1]
    with story.before(session, -1):
        assert actions.leave(actor=person, seat=seat).left_at == clock.now()


def test_opening_a_link_changes_nothing(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = actions.invite(actor=cast.host, session=session, people=[cast.listed])
    letter = story.letters()[0]
    before = rows()
    for _ in range(3):
        person, found = queries.seat_by_link(story.token_in(letter))
        assert queries.card(person, found.session).mine.id == seat.id
        calendar.opened(story.token_in(letter, "/calendar/"))
        queries.door_by_link(queries.door_path(session).removeprefix("/door/").strip("/"))
    assert rows() == before


def test_a_link_can_be_used_again_and_tells_what_is_so(cast: Cast) -> None:
    session = story.opened(cast)
    actions.invite(actor=cast.host, session=session, people=[cast.seeker])
    token = story.token_in(story.letters()[0])
    for act, holding in (
        (actions.accept, Holding.ACCEPTED),
        (actions.accept, Holding.ACCEPTED),
        (actions.give_back, Holding.CANCELLED),
        (actions.give_back, Holding.CANCELLED),
        (actions.accept, Holding.ACCEPTED),
    ):
        person, seat = queries.seat_by_link(token)
        assert act(actor=person, session=seat.session).holding == holding


def test_a_link_that_is_altered_expired_or_for_something_else_opens_nothing(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = story.accepted(session, cast.seeker)
    token = story.token_in(story.letters()[0])
    foreign = links.sign("seat", seat.id, cast.target.id)
    nobody = links.sign("seat", seat.id)
    for_the_door = queries.door_path(session).removeprefix("/door/").strip("/")
    for bad in (token[:-2], token + "x", foreign, nobody, for_the_door, "", "x"):
        with pytest.raises(LinkNotValid):
            queries.seat_by_link(bad)
        with pytest.raises(LinkNotValid):
            calendar.opened(bad)
    with pytest.raises(LinkNotValid):
        queries.door_by_link(token)
    too_late = clock.held_at(session.ends_at + timedelta(days=60, seconds=1))
    with too_late, pytest.raises(LinkNotValid, match="expired"):
        queries.seat_by_link(token)
    with clock.held_at(session.ends_at + timedelta(days=59)):
        assert queries.seat_by_link(token)[1] == seat


def test_the_code_at_the_door_is_good_until_half_a_day_after(cast: Cast) -> None:
    session = story.opened(cast)
    token = queries.door_path(session).removeprefix("/door/").strip("/")
    with clock.held_at(session.ends_at + timedelta(hours=12)):
        assert queries.door_by_link(token) == session
    too_late = clock.held_at(session.ends_at + timedelta(hours=12, seconds=1))
    with too_late, pytest.raises(LinkNotValid):
        queries.door_by_link(token)


def test_the_links_of_somebody_who_left_open_nothing(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    token = story.token_in(story.letters()[0])
    feed = queries.feed_path(cast.seeker).removeprefix("/calendar/").removesuffix(".ics")
    people.erase(actor=cast.seeker, person=cast.seeker)
    for open_it in (queries.seat_by_link, calendar.opened):
        with pytest.raises(LinkNotValid, match="opens nothing"):
            open_it(token if open_it is queries.seat_by_link else feed)


def test_only_who_runs_the_session_gets_the_code_for_its_door(cast: Cast) -> None:
    session = story.opened(cast)
    assert queries.door_path_for(cast.seeker, session) == ""
    assert queries.door_path_for(cast.host, session).startswith("/door/")
