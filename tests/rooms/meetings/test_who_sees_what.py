"""Who sees which session and which seats; what hosts remember; what pages cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import NotAllowed, NotHere
from footbridge.core.reading import reading
from footbridge.meetings import actions, policy, queries
from footbridge.meetings.models import Round, Seat
from footbridge.meetings.states import Holding, Part
from footbridge.people.states import Standing
from footbridge.veil import queries as veil
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def titles(viewer: Any, when: str = "coming") -> list[str]:
    return [card.title for card in queries.sessions(viewer, when=when).items]


def test_members_see_every_session_but_drafts(cast: Cast) -> None:
    story.opened(cast, title="Open")
    draft = story.planned(cast, title="Draft")
    called_off = story.opened(cast, title="Off")
    actions.cancel(actor=cast.host, session=called_off)
    for member in (cast.seeker, cast.stranger):
        assert titles(member) == ["Open", "Off"] or titles(member) == ["Off", "Open"]
        assert titles(member, "drafts") == []
        with pytest.raises(NotHere):
            queries.get(member, draft.id)
    for keeper in (cast.host, cast.deputy, OPERATOR):
        assert titles(keeper, "drafts") == ["Draft"]
        assert queries.get(keeper, draft.id) == draft
    with pytest.raises(NotHere):
        queries.get(cast.host, "no id at all")


def test_who_has_not_joined_sees_only_where_they_have_a_seat(cast: Cast) -> None:
    session = story.opened(cast)
    story.opened(cast, title="Not theirs")
    applied = cast.person("Ada Applied", standing=Standing.APPLIED)
    assert titles(cast.listed) == titles(applied) == []
    actions.invite(actor=cast.host, session=session, people=[cast.listed])
    assert titles(cast.listed) == ["Cold food at night"]
    with pytest.raises(NotHere):
        queries.get(applied, session.id)


def test_who_facilitates_sees_the_draft(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = story.accepted(session, cast.seeker)
    actions.set_part(actor=cast.host, seat=seat, part=Part.FACILITATOR)
    type(session).objects.update(state="draft")
    assert titles(cast.seeker, "drafts") == ["Cold food at night"]
    assert titles(cast.target, "drafts") == []


def test_coming_past_and_chapters_are_told_apart(cast: Cast) -> None:
    story.over(cast, came=[cast.seeker], missed=[], title="Over")
    with clock.held_at(NOON + timedelta(days=8)):
        later = NOON + timedelta(days=20)
        story.opened(cast, title="Later", starts_at=later)
        story.opened(cast, title="Sooner", starts_at=later - 50 * story.HOUR)
        assert titles(cast.seeker) == ["Sooner", "Later"]
        assert titles(cast.seeker, "past") == ["Over"]
        none = queries.sessions(cast.seeker, chapter=cast.other_chapter)
        assert (none.items, none.total) == ([], 0)
        second = queries.sessions(cast.seeker, size=1, page=2)
        assert ([card.title for card in second.items], second.pages) == (["Later"], 2)


def test_what_waits_for_me_is_what_i_was_asked_to_come_to_or_wait_for(cast: Cast) -> None:
    mine = {
        "invited": story.opened(cast, title="Asked"),
        "taken": story.opened(cast, title="Taken"),
    }
    gone = story.opened(cast, title="Gone")
    story.opened(cast, title="Not mine")
    actions.invite(actor=cast.host, session=mine["invited"], people=[cast.seeker])
    actions.accept(actor=cast.seeker, session=gone)
    actions.give_back(actor=cast.seeker, session=gone)
    actions.accept(actor=cast.seeker, session=mine["taken"])
    seen = queries.my_sessions(cast.seeker)
    assert {card.title: card.mine.holding for card in seen} == {
        "Asked": "invited", "Taken": "accepted",
    }  # fmt: skip
    assert queries.my_sessions(OPERATOR) == []
    with clock.held_at(story.EVENING + 13 * story.HOUR):
        assert queries.my_sessions(cast.seeker) == []


# Seats.


def seen(viewer: Any, session: Any) -> list[tuple[str, str]]:
    return [(seat.name, seat.holding) for seat in queries.seats(viewer, session)]


def test_who_comes_sees_who_comes(cast: Cast) -> None:
    session = story.opened(cast, cap=3)
    story.accepted(session, cast.seeker, cast.target)
    actions.invite(actor=cast.host, session=session, people=[cast.listed, cast.connector])
    actions.accept(actor=cast.listed, session=session)
    actions.accept(actor=cast.colleague, session=session)
    actions.decline(actor=cast.connector, session=session)
    in_it = [
        ("Ivo Listed", "accepted"), ("Lena Sought", "accepted"), ("Rosa Seeker", "accepted"),
    ]  # fmt: skip
    assert seen(cast.seeker, session) == in_it
    assert seen(cast.listed, session) == in_it
    assert seen(cast.colleague, session) == [("Tariq Colleague", "waiting")]
    assert seen(cast.stranger, session) == []
    everyone = [
        *in_it, ("Tariq Colleague", "waiting"), ("Kofi Connector", "declined"),
    ]  # fmt: skip
    assert seen(cast.host, session) == seen(OPERATOR, session) == everyone


def test_who_is_only_on_a_list_is_a_name_to_the_others(cast: Cast) -> None:
    session = story.opened(cast)
    actions.invite(actor=cast.host, session=session, people=[cast.listed])
    story.accepted(session, cast.listed, cast.target)
    cards = {seat.name: seat for seat in queries.seats(cast.target, session)}
    assert (cards["Ivo Listed"].person, cards["Ivo Listed"].is_mine) == (None, False)
    assert cards["Lena Sought"].person.id == cast.target.id
    assert cards["Lena Sought"].is_mine
    for_hosts = {seat.name: seat for seat in queries.seats(cast.host, session)}
    assert for_hosts["Ivo Listed"].person.id == cast.listed.id


def test_the_link_to_join_is_shown_to_those_who_come_and_run_it(cast: Cast) -> None:
    session = story.opened(cast, online_link="https://meet.example.org/room")
    story.accepted(session, cast.seeker)
    assert story.card(cast.seeker, session).online_link == session.online_link
    assert story.card(cast.host, session).online_link == session.online_link
    assert story.card(cast.target, session).online_link == ""
    actions.give_back(actor=cast.seeker, session=session)
    assert story.card(cast.seeker, session).online_link == ""


def test_one_seat_is_found_by_those_who_may_see_it(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = story.accepted(session, cast.seeker)
    assert queries.get_seat(cast.host, session, seat.id) == seat
    assert queries.seat_of(cast.seeker, session) == seat
    assert queries.seat_of(cast.target, session) is None
    for wanted in (seat.id, "x"):
        with pytest.raises(NotHere):
            queries.get_seat(cast.target, session, wanted)


def test_rounds_are_for_who_runs_it_and_for_those_in_it_once_they_have_begun(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    for number, begun in ((1, NOON), (2, None)):
        Round.objects.create(
            session=session, number=number, step=number, minutes=9, started_at=begun
        )

    def numbers(viewer: Any) -> list[int]:
        return [one.number for one in policy.rounds_visible_to(viewer, session)]

    assert (numbers(cast.host), numbers(cast.seeker), numbers(cast.target)) == ([1, 2], [1], [])


def test_nothing_depends_on_somebody_under_the_radar(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker, cast.target)
    me = veil.self_for(cast.hidden(cast.seeker))
    assert me
    assert seen(cast.target, session) == [("Lena Sought", "accepted")]
    assert (story.card(cast.host, session).taken, story.card(cast.target, session).taken) == (1, 1)
    onlooker = veil.as_onlooker(me)
    card = story.card(onlooker, session)
    assert (card.mine, card.online_link, queries.seats(onlooker, session)) == (None, "", [])
    assert queries.my_sessions(onlooker) == []


# What hosts remember.


def test_hosts_are_reminded_of_who_came_and_nobody_else_is(cast: Cast) -> None:
    rosa, lena = cast.seeker, cast.target
    for day in (0, 7):
        with clock.held_at(NOON + timedelta(days=day)):
            starts = story.EVENING + timedelta(days=day)
            missed = [rosa] if day else []
            came = [lena] if day else [lena, rosa]
            story.over(cast, came=came, missed=missed, starts_at=starts)
    with clock.held_at(NOON + timedelta(days=20)):
        session = story.opened(cast, starts_at=NOON + timedelta(days=30))
        actions.invite(actor=cast.host, session=session, people=[rosa, lena, cast.listed])
        actions.accept(actor=lena, session=session)
        said = {seat.name: seat.history for seat in queries.seats(cast.host, session)}
        assert said == {
            "Lena Sought": "came to 2 of 2 in the last year",
            "Rosa Seeker": "came to 1 of 2 in the last year",
            "Ivo Listed": "",
        }  # fmt: skip
        seat = Seat.objects.get(session=session, person=lena)
        actions.set_part(actor=cast.host, seat=seat, part=Part.HOST)
        assert policy.runs(lena, session)
        assert {seat.history for seat in queries.seats(lena, session)} == {""}
    with clock.held_at(story.EVENING + timedelta(days=365)):
        assert {seat.history for seat in queries.seats(cast.host, session)} <= {
            "", "came to 0 of 1 in the last year",
            "came to 1 of 1 in the last year",
        }  # fmt: skip
    with clock.held_at(story.EVENING + timedelta(days=373)):
        assert {seat.history for seat in queries.seats(cast.host, session)} == {""}


def test_giving_a_seat_back_is_no_no_show(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker, cast.target, cast.connector)
    with story.before(session, 1):
        actions.give_back(actor=cast.seeker, session=session)
    story.checked_in(cast, session, cast.target)
    with story.before(session, -3):
        actions.end(actor=cast.host, session=session)
        (turnout,) = queries.show_history(cast.host, cast.chapter)
    assert (turnout.accepted, turnout.came, turnout.first_time) == (2, 1, True)


def test_where_nobody_was_ticked_off_nobody_was_missed(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker, cast.target)
    with story.before(session, -24):
        actions.close_what_is_over()
        assert queries.show_history(cast.host, cast.chapter) == []


def test_the_history_tells_new_ones_from_others_and_counts_no_walk_ins(cast: Cast) -> None:
    first = story.over(cast, came=[cast.seeker], missed=[cast.target])
    with clock.held_at(NOON + timedelta(days=8)):
        session = story.opened(cast, starts_at=NOON + timedelta(days=20), format="pairing", cap=9)
        story.accepted(session, cast.seeker, cast.connector)
        story.checked_in(cast, session, cast.connector, cast.colleague)
        with story.before(session, -3):
            actions.end(actor=cast.host, session=session)
            told = queries.show_history(cast.host, cast.chapter)
    assert [(one.format, one.first_time, one.accepted, one.came) for one in told] == [
        ("knowledge_cafe", True, 2, 1), ("pairing", False, 1, 0), ("pairing", True, 1, 1),
    ]  # fmt: skip
    assert round(told[1].age_days, 3) == 0.125
    with pytest.raises(NotAllowed):
        queries.show_history(cast.seeker, cast.chapter)
    assert first.state == "over"


# What it costs.


def _filled(cast: Cast, many: int) -> list[Any]:
    made = []
    for number in range(many):
        starts = story.EVENING + timedelta(days=number)
        session = story.opened(cast, title=f"Evening {number}", starts_at=starts, cap=2)
        story.accepted(session, cast.target, cast.connector, cast.seeker, cast.colleague)
        made.append(session)
    return made


@pytest.mark.parametrize("many", [1, 3])
def test_lists_cost_the_same_however_long_they_are(
    cast: Cast, many: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    _filled(cast, many)
    stranger = cast.stranger
    with django_assert_num_queries(6):
        assert len(queries.sessions(cast.seeker).items) == many
    with django_assert_num_queries(5):
        assert len(queries.my_sessions(cast.seeker)) == many
    with django_assert_num_queries(5):
        assert len(queries.sessions(stranger).items) == many
    with reading(), django_assert_num_queries(5):
        for _ in range(2):
            assert len(queries.my_sessions(cast.seeker)) == many


@pytest.mark.parametrize("many", [1, 3])
def test_seats_cost_the_same_however_many_they_are(
    cast: Cast, many: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    session = story.opened(cast)
    story.accepted(session, *story.guests(cast, many))
    with django_assert_num_queries(7):
        assert len(queries.seats(cast.host, session)) == many
    guest = Seat.objects.select_related("person").filter(holding=Holding.ACCEPTED)[0].person
    with django_assert_num_queries(8):
        assert len(queries.seats(guest, session)) == many
