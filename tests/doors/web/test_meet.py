"""Sessions as guests see them: signed in, by their link, at the door, in their calendar."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from footbridge.core import clock
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Seat
from footbridge.meetings.states import Holding
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def words(response: Any) -> str:
    """What stands in the page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def holding(session: Any, person: Person) -> str:
    return str(Seat.objects.get(session=session, person=person).holding)


# The list.


def test_no_session_is_said_with_an_example(cast: Cast) -> None:
    page = words(signed_in(cast.seeker).get("/meet/"))
    assert "No session is coming" in page
    assert "Plan a session" not in page
    assert "Plan a session" in words(signed_in(cast.host).get("/meet/"))


def test_ones_own_sessions_stand_first(cast: Cast) -> None:
    story.opened(cast, title="Soon, without me")
    mine = story.opened(cast, title="Later, with me", starts_at=story.EVENING + timedelta(days=1))
    story.accepted(mine, cast.seeker)
    page = words(signed_in(cast.seeker).get("/meet/"))
    assert page.index("Later, with me") < page.index("Soon, without me")
    assert page.count("Later, with me") == 1


def test_a_draft_is_in_nobodys_list(cast: Cast) -> None:
    draft = story.planned(cast)
    client = signed_in(cast.seeker)
    assert "Cold food at night" not in words(client.get("/meet/"))
    assert client.get(f"/meet/{draft.id}/").status_code == 404


def test_what_was_called_off_is_news_for_those_who_meant_to_come(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    actions.cancel(actor=cast.host, session=session, because="The roof leaks.")
    assert "cancelled" in words(signed_in(cast.seeker).get("/meet/"))
    assert "Cold food at night" not in words(signed_in(cast.target).get("/meet/"))
    assert "The roof leaks." in words(signed_in(cast.seeker).get(f"/meet/{session.id}/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_few_queries(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        starts_at = story.EVENING + timedelta(days=number)
        story.accepted(story.opened(cast, starts_at=starts_at), cast.seeker)
    client = signed_in(cast.seeker)
    client.get("/meet/")
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get("/meet/").status_code == 200


LIST_QUERIES = 22


# One's seat.


def test_a_session_says_when_by_the_clocks_of_its_place(cast: Cast) -> None:
    session = story.opened(cast, timezone="Asia/Kolkata")
    page = words(signed_in(cast.seeker).get(f"/meet/{session.id}/"))
    assert "Monday, 9 March 2026 23:30 to 01:10, Kolkata time" in page


def test_looking_at_a_session_changes_nothing(cast: Cast) -> None:
    session = story.opened(cast)
    signed_in(cast.seeker).get(f"/meet/{session.id}/")
    assert not Seat.objects.exists()


def test_a_seat_is_taken_and_given_back_with_one_tap_each(cast: Cast) -> None:
    session = story.opened(cast)
    client, page = signed_in(cast.seeker), f"/meet/{session.id}/"
    assert "I would like to come" in words(client.get(page))
    assert client.post(page, {"move": "accept"}).status_code == 302
    assert "You have a seat" in words(client.get(page))
    assert client.post(page, {"move": "give_back"}).status_code == 302
    assert holding(session, cast.seeker) == Holding.CANCELLED
    assert "I can come after all" in words(client.get(page))


def test_who_finds_it_full_is_told_the_place_in_the_line(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    story.accepted(session, cast.target, cast.connector)
    client, page = signed_in(cast.seeker), f"/meet/{session.id}/"
    shown = words(client.get(page))
    assert "All seats are taken, and 1 person is waiting." in shown
    assert "Put me on the waiting list" in shown
    with clock.held_at(NOON + timedelta(hours=1)):
        client.post(page, {"move": "wait"})
    assert "You are number 2 on the waiting list" in words(client.get(page))
    client.post(page, {"move": "leave_line"})
    assert "You are not coming" in words(client.get(page))


def test_a_held_seat_says_until_when(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    story.accepted(session, cast.target, cast.seeker)
    actions.give_back(actor=cast.target, session=session)
    page = words(signed_in(cast.seeker).get(f"/meet/{session.id}/"))
    assert "A seat is held for you" in page
    assert "before Tuesday, 3 March 2026, 00:00" in page
    assert "Take the seat" in page


def test_only_one_button_of_a_page_is_the_main_one(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    story.accepted(session, cast.target, cast.connector)
    actions.invite(actor=cast.host, session=session, people=[cast.colleague])
    for person in (cast.seeker, cast.colleague, cast.connector, cast.target):
        for hours in (200, 30, 0.5):
            with story.before(session, hours) if hours < 100 else clock.held_at(NOON):
                page = signed_in(person).get(f"/meet/{session.id}/").content.decode()
                assert page.count("button-primary") <= 1, (person.name, hours)


def test_whether_one_still_comes_is_asked_before_and_whether_one_is_there_at_the_hour(
    cast: Cast,
) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    client, page = signed_in(cast.seeker), f"/meet/{session.id}/"
    for hours, asked in ((100, ""), (30, "Yes, I come"), (6, "Yes, I come"), (0.5, "I am here")):
        with story.before(session, hours):
            shown = words(client.get(page))
            seen = {words_ for words_ in ("Yes, I come", "I am here") if words_ in shown}
            assert seen == ({asked} if asked else set()), hours
    with story.before(session, 30):
        client.post(page, {"move": "confirm"})
        assert "Do you still come?" not in words(client.get(page))


def test_a_seat_elsewhere_at_the_same_time_is_said_with_the_way_there(cast: Cast) -> None:
    other = story.opened(cast, title="The other one")
    session = story.opened(cast)
    story.accepted(other, cast.seeker)
    response = signed_in(cast.seeker).post(f"/meet/{session.id}/", {"move": "accept"})
    assert response.status_code == 409
    assert "The other one" in words(response)
    assert f'href="/meet/{other.id}/"' in response.content.decode()


def test_a_move_that_there_is_not_opens_nothing(cast: Cast) -> None:
    session = story.opened(cast)
    client = signed_in(cast.seeker)
    for move in ("", "open", "x\x00"):
        assert client.post(f"/meet/{session.id}/", {"move": move}).status_code == 404


def test_who_comes_is_for_those_who_come(cast: Cast) -> None:
    session = story.opened(cast, online_link="https://meet.example.org/harbour")
    story.accepted(session, cast.target)
    client, page = signed_in(cast.seeker), f"/meet/{session.id}/"
    for secret in ("Lena Sought", "meet.example.org"):
        assert secret not in client.get(page).content.decode()
    story.accepted(session, cast.seeker)
    for shared in ("Lena Sought", "meet.example.org"):
        assert shared in client.get(page).content.decode()


# By link.


def link_of(session: Any, person: Person) -> str:
    return queries.seat_path(
        Seat.objects.select_related("session").get(session=session, person=person)
    )


@pytest.fixture
def invited(cast: Cast) -> str:
    """The link of somebody who is only on a host's list."""
    session = story.opened(cast)
    actions.invite(actor=cast.host, session=session, people=[cast.listed])
    return link_of(session, cast.listed)


def test_a_guest_without_an_account_answers_everything_by_link(cast: Cast, invited: str) -> None:
    guest = Client()
    assert "You are invited" in words(guest.get(invited))
    for move, then in (
        ("accept", "You have a seat"),
        ("give_back", "You are not coming"),
        ("accept", "You have a seat"),
    ):
        assert guest.post(invited, {"move": move}).status_code == 302
        assert then in words(guest.get(invited))
    assert guest.get("/meet/").status_code == 302


def test_looking_at_a_link_changes_nothing(cast: Cast, invited: str) -> None:
    robot = Client()
    for _look in range(3):
        assert robot.get(invited).status_code == 200
        assert robot.head(invited).status_code in (200, 405)
    assert holding_of(cast.listed) == Holding.INVITED
    assert not robot.cookies.get("sessionid")


def holding_of(person: Person) -> str:
    return str(Seat.objects.get(person=person).holding)


def test_a_guest_by_link_reaches_no_page_of_another(cast: Cast, invited: str) -> None:
    story.accepted(Seat.objects.get().session, cast.target)
    guest = Client()
    guest.post(invited, {"move": "accept"})
    page = guest.get(invited).content.decode()
    assert "Lena Sought" in page
    assert "/members/" not in page


@pytest.mark.parametrize("wrong", ["altered", "of another purpose", "expired", "gone"])
def test_a_link_that_is_no_good_says_so(cast: Cast, invited: str, wrong: str) -> None:
    path = invited
    if wrong == "altered":
        path = invited[:-4] + "AAA/"
    elif wrong == "of another purpose":
        path = "/seat/" + queries.feed_path(cast.seeker)[10:-4] + "/"
    elif wrong == "gone":
        Seat.objects.all().delete()
    later = NOON + timedelta(days=400) if wrong == "expired" else NOON
    with clock.held_at(later):
        for answer in (Client().get(path), Client().post(path, {"move": "accept"})):
            assert answer.status_code == 410
            assert "This link does not work" in words(answer)


def test_a_guest_is_spoken_to_in_their_own_language(cast: Cast) -> None:
    session = story.opened(cast)
    guest = cast.person("Inés Lista", standing="known", languages=["es"])
    actions.invite(actor=cast.host, session=session, people=[guest])
    page = Client().get(link_of(session, guest)).content.decode()
    assert "marzo" in page


# At the door.


def test_the_code_at_the_door_lets_a_member_in_with_one_tap(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    with story.before(session, 0.1):
        client, door = signed_in(cast.seeker), queries.door_path(session)
        assert "Are you here, Rosa Seeker?" in words(client.get(door))
        assert Seat.objects.get().came_at is None
        assert client.post(door).status_code == 302
        assert "You are checked in" in words(client.get(door))
    assert Seat.objects.get().came_at is not None


def test_a_browser_that_answered_by_link_is_known_at_the_door(cast: Cast, invited: str) -> None:
    guest = Client()
    guest.post(invited, {"move": "accept"})
    session = Seat.objects.get().session
    with story.before(session, 0.1):
        door = queries.door_path(session)
        assert "Are you here, Ivo Listed?" in words(guest.get(door))
        guest.post(door)
        assert "You are checked in" in words(guest.get(door))
        assert "Your name" in words(Client().get(door))


def test_the_link_that_a_browser_holds_opens_no_other_door(cast: Cast, invited: str) -> None:
    guest = Client()
    guest.post(invited, {"move": "accept"})
    [cookie] = [morsel for name, morsel in guest.cookies.items() if name.startswith("seat_")]
    assert cookie["path"] == "/door/"
    assert cookie["httponly"]
    other = story.opened(cast, title="Another", starts_at=story.EVENING + timedelta(days=1))
    guest.cookies[f"seat_{other.id.hex}"] = cookie.value
    with story.before(other, 0.1):
        assert "Your name" in words(guest.get(queries.door_path(other)))


def test_who_has_neither_seat_nor_account_walks_in(cast: Cast) -> None:
    session = story.opened(cast)
    with story.before(session, 0.1):
        door = queries.door_path(session)
        said = {"name": "Nadia Novak", "email": "nadia@example.org"}
        assert Client().post(door, said).status_code == 302
    seat = Seat.objects.get()
    assert (seat.person.name, seat.walked_in) == ("Nadia Novak", True)


def test_a_known_address_and_a_new_one_get_the_same_answer_at_the_door(cast: Cast) -> None:
    session = story.opened(cast, cap=9)
    answers = set()
    with story.before(session, 0.1):
        door = queries.door_path(session)
        for email in (str(cast.target.email), "nobody@example.org"):
            guest = Client()
            guest.post(door, {"name": "Nadia Novak", "email": email})
            answers.add(re.sub(r"\b[A-Za-z0-9]{64}\b", "", guest.get(door).content.decode()))
    assert len(answers) == 1


def test_a_full_room_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    story.accepted(session, cast.seeker)
    with story.before(session, 0.1):
        response = Client().post(
            queries.door_path(session), {"name": "Nadia Novak", "email": "nadia@example.org"}
        )
    assert response.status_code == 400
    assert "Nadia Novak" in response.content.decode()
    assert 'role="alert"' in response.content.decode()


def test_a_member_who_finds_the_room_full_is_told_so(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    story.accepted(session, cast.target)
    with story.before(session, 0.1):
        door = queries.door_path(session)
        response = signed_in(cast.seeker).post(door)
    assert response.status_code == 409
    assert 'role="alert"' in response.content.decode()


def test_a_door_that_is_closed_says_so(cast: Cast) -> None:
    session = story.opened(cast)
    door = queries.door_path(session)
    assert "The door is closed" in words(Client().get(door))
    assert "Your name" not in words(Client().get(door))


def test_who_is_under_the_radar_is_warned_before_they_type_a_name(cast: Cast) -> None:
    account = cast.hidden(cast.colleague)
    session = story.opened(cast)
    client = Client()
    client.force_login(account)
    with story.before(session, 0.1):
        assert "You are under the radar" in words(client.get(queries.door_path(session)))


# Calendars.


def test_ones_seat_is_a_calendar_file(cast: Cast) -> None:
    session = story.opened(cast)
    client = signed_in(cast.seeker)
    path = f"/meet/{session.id}/calendar.ics"
    assert client.get(path).status_code == 404
    story.accepted(session, cast.seeker)
    response = client.get(path)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"BEGIN:VEVENT" in response.content
    assert b"Cold food at night" in response.content


def test_the_address_for_ones_calendar_stands_with_the_list(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    page = signed_in(cast.seeker).get("/meet/").content.decode()
    found = re.search(r'value="http[^"]*(/calendar/[^"]+\.ics)"', page)
    assert found is not None
    feed = Client().get(found[1])
    assert feed.status_code == 200
    assert b"Cold food at night" in feed.content
    assert Client().get(found[1].replace(".ics", "x.ics")).status_code == 410


# Today.


def test_today_asks_what_waits_for_an_answer(cast: Cast) -> None:
    invited = story.opened(cast, title="Invited to this")
    actions.invite(actor=cast.host, session=invited, people=[cast.seeker])
    held = story.opened(cast, title="Held for me", cap=1, starts_at=story.EVENING + timedelta(3))
    story.accepted(held, cast.target, cast.seeker)
    actions.give_back(actor=cast.target, session=held)
    client = signed_in(cast.seeker)
    page = words(client.get("/"))
    assert "You are invited: Invited to this" in page
    assert "A seat is held for you: Held for me" in page
    assert "2 waiting for you" in page
    actions.decline(actor=cast.seeker, session=invited)
    actions.accept(actor=cast.seeker, session=held)
    assert "Nothing waits for you." in words(client.get("/"))
    with story.before(held, 30):
        assert "Do you still come? Held for me" in words(client.get("/"))


@pytest.mark.parametrize("count", [1, 3])
def test_today_takes_the_same_few_queries(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        session = story.opened(cast, starts_at=story.EVENING + timedelta(days=number))
        actions.invite(actor=cast.host, session=session, people=[cast.seeker])
    client = signed_in(cast.seeker)
    client.get("/")
    with django_assert_num_queries(TODAY_QUERIES):
        assert client.get("/").status_code == 200


TODAY_QUERIES = 23


def test_a_new_address_of_a_calendar_takes_the_place_of_the_old_one(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    old = queries.feed_path(cast.seeker)
    assert client.get(old).status_code == 200
    answer = client.post("/meet/calendar/renew/", follow=True)
    assert "There is a new address." in words(answer)
    assert client.get(old).status_code == 410
    chapter = queries.chapter_feed_path(cast.seeker, cast.chapter)
    client.post("/meet/calendar/renew/", {"feed": "chapter"})
    assert client.get(chapter).status_code == 410
    assert client.get(queries.feed_path(cast.seeker)).status_code == 200
