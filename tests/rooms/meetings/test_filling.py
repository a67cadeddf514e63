"""Seats are asked for, taken, given back and confirmed; who finds none stands in line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.journal.models import Entry
from footbridge.meetings import actions, policy, queries
from footbridge.meetings.models import Seat
from footbridge.meetings.states import Holding, Move, Part
from footbridge.network.models import Preference
from footbridge.people.models import Person
from footbridge.people.states import Standing
from footbridge.veil import queries as veil
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(
        Entry.objects.filter(verb__startswith="meetings.")
        .order_by("id")
        .values_list("verb", flat=True)
    )


def test_an_invitation_is_answered_with_one_tap(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = actions.invite(actor=cast.host, session=session, people=[cast.seeker])
    assert (seat.holding, seat.invited_by) == (Holding.INVITED, cast.host)
    assert story.card(cast.seeker, session).mine.moves == (Move.ACCEPT, Move.DECLINE)
    seat = actions.accept(actor=cast.seeker, session=session)
    assert (seat.holding, seat.answered_at, seat.confirmed_at) == (Holding.ACCEPTED, NOON, None)
    assert story.card(cast.seeker, session).mine.moves == (Move.GIVE_BACK,)
    assert story.kinds() == ["seat_accepted", "seat_invited"]
    assert verbs() == [
        "meetings.planned", "meetings.opened", "meetings.invited", "meetings.accepted",
    ]  # fmt: skip


def test_a_member_needs_no_invitation(cast: Cast) -> None:
    session = story.opened(cast)
    assert story.card(cast.stranger, session).moves == (Move.ACCEPT,)
    assert actions.accept(actor=cast.stranger, session=session).holding == Holding.ACCEPTED


def test_saying_yes_twice_is_one_yes(cast: Cast) -> None:
    session = story.opened(cast)
    first, again = (actions.accept(actor=cast.seeker, session=session) for _ in range(2))
    assert first.id == again.id
    assert Seat.objects.count() == 1
    assert story.kinds() == ["seat_accepted"]


def test_nobody_is_asked_twice(cast: Cast) -> None:
    session = story.opened(cast)
    people = [cast.seeker, cast.target]
    asked = [actions.invite(actor=cast.host, session=session, people=people) for _ in range(2)]
    assert {seat.id for seat in asked[0]} == {seat.id for seat in asked[1]}
    actions.decline(actor=cast.seeker, session=session)
    actions.invite(actor=cast.host, session=session, people=people)
    assert story.holdings(session) == {"Rosa Seeker": "declined", "Lena Sought": "invited"}
    assert story.kinds() == ["seat_invited", "seat_invited"]


def test_a_list_may_name_somebody_twice_and_two_of_one_name(cast: Cast) -> None:
    session = story.opened(cast)
    twin = cast.person("Rosa Seeker", email="other.rosa@example.org")
    people = [twin, cast.seeker, cast.target, cast.seeker, twin]
    seats = actions.invite(actor=cast.host, session=session, people=people)
    assert len(seats) == len({seat.person_id for seat in seats}) == 3
    assert [letter.to_name for letter in story.letters()].count("Rosa Seeker") == 2
    assert actions.invite(actor=cast.host, session=session, people=[]) == []


def test_who_cannot_be_asked_now_is_missing_in_the_answer_and_hears_nothing(cast: Cast) -> None:
    session = story.opened(cast)
    cast.seeker.paused_until = date(2026, 5, 1)
    cast.seeker.save()
    cast.stranger.beyond_chapter = False
    cast.stranger.save()
    applied = cast.person("Ada Applied", standing=Standing.APPLIED)
    foreign = cast.person("Ole Other", chapter=cast.other_chapter, standing=Standing.KNOWN)
    people = [cast.seeker, cast.stranger, applied, foreign, cast.listed]
    seats = actions.invite(actor=cast.host, session=session, people=people)
    assert [seat.person for seat in seats] == [cast.listed]
    assert [letter.to_name for letter in story.letters()] == ["Ivo Listed"]


def test_a_wish_to_stay_away_from_somebody_blocks_no_seat_and_shows_nowhere(cast: Cast) -> None:
    session = story.opened(cast)
    Preference.objects.create(owner=cast.seeker, about=cast.target, wish="never")
    people = [cast.seeker, cast.target]
    assert len(actions.invite(actor=cast.host, session=session, people=people)) == 2
    story.accepted(session, *people)
    assert story.counted(session, Holding.ACCEPTED) == 2
    seen = queries.seats(cast.host, session)
    assert "never" not in repr(seen)


def test_who_runs_nothing_invites_nobody(cast: Cast) -> None:
    session = story.opened(cast)
    for actor in (cast.seeker, cast.stranger, cast.listed):
        with pytest.raises(NotAllowed):
            actions.invite(actor=actor, session=session, people=[cast.target])
    assert actions.invite(actor=OPERATOR, session=session, people=[cast.target])
    assert actions.invite(actor=cast.deputy, session=session, people=[cast.connector])


def test_the_one_too_many_stands_in_line_and_is_told_where(cast: Cast) -> None:
    session = story.opened(cast, cap=2)
    *_, third, fourth = story.accepted(session, *story.guests(cast, 4))
    assert [third.holding, fourth.holding] == [Holding.WAITING] * 2
    assert story.card(fourth.person, session).mine.waiting_place == 2
    assert "number 2 in line" in story.letters("waiting", fourth.person)[0].text
    assert (story.card(cast.host, session).taken, story.card(cast.host, session).waiting) == (2, 2)
    assert story.card(cast.stranger, session).moves == (Move.WAIT,)
    again = actions.accept(actor=fourth.person, session=session)
    assert again.waiting_since == fourth.waiting_since
    assert len(story.letters("waiting", fourth.person)) == 1


def test_a_seat_that_comes_back_goes_to_the_next_in_line(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    first, second, third = story.guests(cast, 3)
    story.accepted(session, first, second, third)
    actions.give_back(actor=first, session=session)
    assert story.holdings(session) == {
        "Guest 01": "cancelled", "Guest 02": "offered", "Guest 03": "waiting",
    }  # fmt: skip
    offered = Seat.objects.get(session=session, person=second)
    assert offered.held_until == NOON + policy.HELD_FOR
    mine = story.card(second, session).mine
    assert mine.moves == (Move.ACCEPT, Move.DECLINE)
    assert sorted(story.kinds(second)) == ["seat_offered", "seat_waiting"]
    assert actions.accept(actor=second, session=session).holding == Holding.ACCEPTED
    assert story.card(third, session).mine.waiting_place == 1


def test_those_in_line_come_before_whoever_asks_just_now(cast: Cast) -> None:
    """As when somebody left the network and the worker has not been by yet."""
    session = story.opened(cast, cap=1)
    first, second, third = story.guests(cast, 3)
    story.accepted(session, first, second)
    Seat.objects.filter(person=first).delete()
    assert actions.accept(actor=third, session=session).holding == Holding.WAITING
    assert story.holdings(session) == {"Guest 02": "offered", "Guest 03": "waiting"}
    Seat.objects.filter(person=second).delete()
    assert actions.accept(actor=third, session=session).holding == Holding.ACCEPTED


def test_who_declines_a_held_seat_passes_it_on(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    first, second, third = story.guests(cast, 3)
    story.accepted(session, first, second, third)
    actions.give_back(actor=first, session=session)
    actions.decline(actor=second, session=session)
    assert story.holdings(session) == {
        "Guest 01": "cancelled", "Guest 02": "declined", "Guest 03": "offered",
    }  # fmt: skip


def test_who_pauses_keeps_their_place_and_is_passed_over_meanwhile(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    first, second, third = story.guests(cast, 3)
    story.accepted(session, first, second, third)
    Person.objects.filter(id=second.id).update(paused_until=date(2026, 3, 4))
    actions.give_back(actor=first, session=session)
    assert story.holdings(session)["Guest 02"] == "waiting"
    assert story.holdings(session)["Guest 03"] == "offered"
    actions.decline(actor=third, session=session)
    with clock.held_at(NOON + timedelta(days=3)):
        assert actions.offer_freed_seats() == 1
    assert story.holdings(session)["Guest 02"] == "offered"


def test_one_can_leave_the_line(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    first, second = story.guests(cast, 2)
    story.accepted(session, first, second)
    assert story.card(second, session).mine.moves == (Move.LEAVE_LINE,)
    actions.give_back(actor=second, session=session)
    assert story.holdings(session)["Guest 02"] == "declined"
    assert actions.decline(actor=second, session=session).holding == Holding.DECLINED


def test_who_gave_a_seat_back_can_take_one_again(cast: Cast) -> None:
    session = story.opened(cast)
    for _ in range(2):
        actions.accept(actor=cast.seeker, session=session)
        seat = actions.give_back(actor=cast.seeker, session=session)
    assert seat.holding == Holding.CANCELLED
    assert Seat.objects.count() == 1


def test_nobody_sits_in_two_places_at_once(cast: Cast) -> None:
    session = story.opened(cast)
    other = story.opened(cast, title="Across town", starts_at=story.EVENING + story.HOUR)
    later = story.opened(cast, title="Late", starts_at=story.EVENING + 4 * story.HOUR)
    actions.accept(actor=cast.seeker, session=session)
    with pytest.raises(actions.SeatElsewhere) as refused:
        actions.accept(actor=cast.seeker, session=other)
    assert "Cold food at night" in refused.value.message
    assert refused.value.session == session.id
    person, seat = queries.seat_by_link(refused.value.path.removeprefix("/seat/").strip("/"))
    actions.give_back(actor=person, session=seat.session)
    assert actions.accept(actor=cast.seeker, session=other).holding == Holding.ACCEPTED
    assert actions.accept(actor=cast.seeker, session=later).holding == Holding.ACCEPTED


def test_a_session_that_begins_when_another_ends_is_no_clash(cast: Cast) -> None:
    session = story.opened(cast, minutes=60)
    after = story.opened(cast, title="After", starts_at=session.ends_at)
    story.accepted(session, cast.seeker)
    assert actions.accept(actor=cast.seeker, session=after).holding == Holding.ACCEPTED


def test_a_yes_within_two_days_needs_no_second_one(cast: Cast) -> None:
    session = story.opened(cast)
    with story.before(session, 49):
        assert actions.accept(actor=cast.seeker, session=session).confirmed_at is None
    with story.before(session, 48):
        assert story.card(cast.seeker, session).mine.moves == (Move.CONFIRM, Move.GIVE_BACK)
        assert actions.confirm(actor=cast.seeker, session=session).confirmed_at == clock.now()
        assert story.card(cast.seeker, session).mine.moves == (Move.GIVE_BACK,)
        assert actions.accept(actor=cast.target, session=session).confirmed_at == clock.now()


def test_confirming_twice_is_confirming_once(cast: Cast) -> None:
    session = story.opened(cast)
    actions.accept(actor=cast.seeker, session=session)
    first = actions.confirm(actor=cast.seeker, session=session)
    with clock.held_at(NOON + story.HOUR):
        assert actions.confirm(actor=cast.seeker, session=session).confirmed_at == NOON
    assert verbs().count("meetings.confirmed") == 1
    assert first.confirmed_at == NOON


def test_no_seat_changes_hands_once_it_has_begun_or_was_called_off(cast: Cast) -> None:
    session = story.opened(cast)
    actions.accept(actor=cast.seeker, session=session)
    with story.before(session, 0):
        for act in (actions.give_back, actions.confirm, actions.decline):
            with pytest.raises(Conflict, match="has begun"):
                act(actor=cast.seeker, session=session)
        with pytest.raises(Conflict, match="has begun"):
            actions.accept(actor=cast.target, session=session)
    actions.cancel(actor=cast.host, session=session)
    with pytest.raises(Conflict, match="does not take place"):
        actions.accept(actor=cast.target, session=session)


def test_a_draft_is_not_there_for_guests(cast: Cast) -> None:
    session = story.planned(cast)
    with pytest.raises(NotHere):
        actions.accept(actor=cast.seeker, session=session)
    with pytest.raises(Conflict):
        actions.invite(actor=cast.host, session=session, people=[cast.seeker])


def test_who_has_not_joined_comes_only_where_a_seat_was_made_for_them(cast: Cast) -> None:
    session = story.opened(cast)
    with pytest.raises(NotHere):
        actions.accept(actor=cast.listed, session=session)
    actions.invite(actor=cast.host, session=session, people=[cast.listed])
    assert actions.accept(actor=cast.listed, session=session).holding == Holding.ACCEPTED


def test_nobody_under_the_radar_takes_a_seat(cast: Cast) -> None:
    session = story.opened(cast)
    me = veil.self_for(cast.hidden(cast.seeker))
    assert me
    onlooker = veil.as_onlooker(me)
    assert [card.id for card in queries.sessions(onlooker).items] == [session.id]
    with pytest.raises(NotHere):
        actions.accept(actor=onlooker, session=session)
    assert Seat.objects.count() == 0


def test_more_may_say_yes_than_there_are_seats_where_the_host_allows_for_it(cast: Cast) -> None:
    session = story.opened(cast, cap=2, overbooks=True)
    first, second, third, fourth = story.guests(cast, 4)
    story.accepted(session, first, second, third)
    assert story.holdings(session)["Guest 03"] == "waiting"
    actions.set_accept_limit(actor=cast.host, session=session, limit=3, rate=0.7)
    assert story.holdings(session)["Guest 03"] == "offered"
    story.accepted(session, third, fourth)
    assert story.holdings(session) == {
        "Guest 01": "accepted", "Guest 02": "accepted",
        "Guest 03": "accepted", "Guest 04": "waiting",
    }  # fmt: skip


def test_a_lower_limit_takes_nobody_s_seat(cast: Cast) -> None:
    session = story.opened(cast, cap=1, overbooks=True)
    actions.set_accept_limit(actor=cast.host, session=session, limit=3, rate=0.5)
    story.accepted(session, *story.guests(cast, 3))
    session = actions.set_accept_limit(actor=cast.host, session=session, limit=1, rate=0.9)
    assert (session.accept_limit, session.rate_used) == (3, 0.9)
    assert story.counted(session, Holding.ACCEPTED) == 3


def test_a_part_lets_a_guest_run_the_evening(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = story.accepted(session, cast.seeker)
    assert not policy.runs(cast.seeker, session)
    actions.set_part(actor=cast.host, seat=seat, part=Part.FACILITATOR)
    assert policy.runs(cast.seeker, session)
    assert not policy.sees_history(cast.seeker, session)
    assert actions.invite(actor=cast.seeker, session=session, people=[cast.target])
    actions.give_back(actor=cast.seeker, session=session)
    assert not policy.runs(cast.seeker, session)
