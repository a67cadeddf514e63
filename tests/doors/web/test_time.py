"""Time that is given, as people use it: say when, ask, answer by link, tell, confirm."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from footbridge.core import clock
from footbridge.hours import actions, queries
from footbridge.hours.models import Availability, Booking
from footbridge.hours.states import State
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.doors.api.caller import Caller
from tests.doors.rows import writes
from tests.rooms.hours import story

pytestmark = pytest.mark.django_db

SAID = {
    "quarter": "2026-01-01",
    "weekday_0": "1",
    "rhythm_0": "every",
    "begins_0": "17:00",
    "ends_0": "19:00",
    "minutes": "60",
    "most_hours": "4",
    "manner": "online",
    "within_km": "25",
    "timezone": "Europe/Lisbon",
}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def link_in(kind: str, to: Person) -> str:
    url = str(story.letter(kind, to).links[0]["url"])
    return url[url.index("/booked/") :]


def test_a_quarter_is_said_in_one_form(cast: Cast) -> None:
    client = signed_in(cast.target)
    assert "Nothing said yet" in words_of(client.get("/time/"))
    single = {"day_day_0": "2026-03-20", "day_begins_0": "09:00", "day_ends_0": "10:00"}
    assert client.post("/time/say/", SAID | single).status_code == 302
    said = words_of(client.get("/time/"))
    assert "Tuesday, 17:00 to 19:00" in said
    assert "4:00 of 4 hours; 11 times to choose from" in said
    again = client.get("/time/say/").content.decode()
    assert 'value="17:00"' in again
    assert 'value="2026-03-20"' in again


WRONG = {
    "the end before the start": {"ends_0": "16:00"},
    "half a line": {"ends_0": ""},
    "no line at all": {"weekday_0": ""},
    "a day that has passed": {
        "day_day_0": "2026-02-01",
        "day_begins_0": "09:00",
        "day_ends_0": "10:00",
    },
    "zero minutes": {"minutes": "0"},
    "an unknown zone": {"timezone": "Mars/Olympus"},
    "a quarter that there is not": {"quarter": "1999-01-01"},
    "400 slots": {
        "minutes": "30",
        "begins_0": "00:00",
        "ends_0": "23:59",
        **{f"weekday_{n}": str(n) for n in range(1, 7)},
        **{f"begins_{n}": "00:00" for n in range(1, 7)},
        **{f"ends_{n}": "23:59" for n in range(1, 7)},
    },
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_is_said_beside_what_was_typed(cast: Cast, what: str) -> None:
    answer = signed_in(cast.target).post("/time/say/", SAID | WRONG[what])
    assert answer.status_code == 400
    assert not Availability.objects.exists()
    assert 'value="17:00"' in answer.content.decode() or "00:00" in answer.content.decode()


def test_who_said_more_meanwhile_is_not_overwritten(cast: Cast) -> None:
    client = signed_in(cast.target)
    client.post("/time/say/", SAID)
    client.post("/time/say/", SAID | {"version": "1", "most_hours": "9"})
    late = client.post("/time/say/", SAID | {"version": "1", "most_hours": "2"})
    assert late.status_code == 409
    assert Availability.objects.get().most_hours == 9


def test_a_pause_is_one_tap(cast: Cast) -> None:
    story.gives(cast.target)
    client = signed_in(cast.target)
    client.post("/time/pause/", {"move": "pause"})
    assert "nobody is offered these times" in words_of(client.get("/time/"))
    client.post("/time/pause/", {"move": "resume"})
    assert not Availability.objects.get().is_paused


@pytest.fixture
def need(cast: Cast) -> Any:
    story.offers(cast.target)
    story.gives(cast.target, online_link="https://meet.example/lena")
    return story.needs(cast.seeker)


def test_whoever_needs_something_finds_times_on_its_page_and_today(cast: Cast, need: Any) -> None:
    client = signed_in(cast.seeker)
    for page in (f"/needs-and-offers/need/{need.id}/", "/"):
        answer = client.get(page)
        assert "They have time for this" in words_of(answer)
        assert answer.content.decode().count("Ask for this time") == 3
    assert "meet.example" not in answer.content.decode()


def test_a_whole_appointment_from_the_need_to_the_hour_that_counts(cast: Cast, need: Any) -> None:
    seeker, anyone = signed_in(cast.seeker), Client()
    slot = story.free_slot(cast.target)
    page = f"/time/slots/{slot.id}/"
    assert "Lena Sought" in words_of(seeker.get(f"{page}?need={need.id}"))
    assert seeker.post(page, {"need": str(need.id), "what_for": ""}).status_code == 400
    asked = seeker.post(page, {"need": str(need.id), "what_for": story.WHAT_FOR})
    assert asked.status_code == 302
    link = link_in("time_asked", cast.target)
    assert "asks for some of your time" in words_of(signed_in(cast.target).get("/"))
    with writes() as written:
        seen = words_of(anyone.get(link))
    assert not written
    assert story.WHAT_FOR in seen
    assert anyone.post(link, {"move": "agree"}).status_code == 302
    shown = words_of(seeker.get(asked["Location"]))
    assert "lena.sought@example.org" in shown
    calendar = anyone.get(link + "calendar.ics")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"METHOD:REQUEST" in calendar.content
    booking = Booking.objects.get()
    with clock.held_at(booking.ends_at + timedelta(hours=2)):
        told = anyone.post(link, {"move": "tell", "minutes": "50", "learned": "Soup freezes"})
        assert told.status_code == 302
        assert "Lena Sought gave you 50 minutes" in words_of(seeker.get("/"))
        seeker.post(asked["Location"], {"move": "confirm", "minutes": "45"})
        given = words_of(signed_in(cast.target).get("/time/given/"))
    assert "Hours in 2026 0.75" in given
    assert "Soup freezes" in given
    assert "Harbour chapter" in given


def test_whoever_comes_too_late_is_told_and_shown_the_next(cast: Cast, need: Any) -> None:
    other = story.needs(cast.connector, "A cold room")
    slot = story.free_slot(cast.target)
    story.asked(cast, need=need)
    client = signed_in(cast.connector)
    late = client.post(f"/time/slots/{slot.id}/", {"need": str(other.id), "what_for": "Why"})
    assert late.status_code == 409
    assert "This time is taken" in words_of(late)
    following = re.search(r'href="(/time/slots/[^"]+)"', late.content.decode())
    assert following is not None
    assert f"need={other.id}" in following[1]
    assert client.get(following[1]).status_code == 200
    assert client.get(f"/time/slots/{slot.id}/").status_code == 200


def test_another_time_is_proposed_and_answered_by_link(cast: Cast, need: Any) -> None:
    booking = story.asked(cast, need=need)
    anyone, link = Client(), link_in("time_asked", cast.target)
    other = queries.other_slots(cast.target, booking)[1]
    assert anyone.post(link, {"move": "another", "slot": "no"}).status_code == 400
    assert anyone.post(link, {"move": "another", "slot": str(other.id)}).status_code == 302
    answer = link_in("time_proposed", cast.seeker)
    assert "at another hour than you chose" in words_of(anyone.get(answer))
    anyone.post(answer, {"move": "agree"})
    assert story.fresh(booking).starts_at == other.starts_at
    assert story.fresh(booking).state == State.AGREED


def test_not_now_cancel_and_withdraw_are_one_tap(cast: Cast, need: Any) -> None:
    for move, by, before in (
        ("not_now", cast.target, False),
        ("withdraw", cast.seeker, False),
        ("cancel", cast.seeker, True),
    ):
        booking = (story.agreed if before else story.asked)(cast, need=need)
        page = f"/time/booked/{booking.id}/"
        assert signed_in(by).post(page, {"move": move}).status_code == 302
        assert story.fresh(booking).state not in (State.ASKED, State.AGREED)
        for person in (cast.seeker, cast.target):
            assert signed_in(person).get(page).status_code == 200


def test_what_cannot_be_done_now_is_refused_and_nothing_made_up_is_taken(
    cast: Cast, need: Any
) -> None:
    booking = story.asked(cast, need=need)
    page, client = f"/time/booked/{booking.id}/", signed_in(cast.target)
    for move, status in (("withdraw", 403), ("confirm", 400), ("fly", 404), ("", 404)):
        assert client.post(page, {"move": move}).status_code == status
    assert signed_in(cast.host).get(page).status_code == 404
    assert Client().get("/booked/nonsense/").status_code == 410
    assert story.fresh(booking).state == State.ASKED


def test_the_same_again_is_one_tap_without_an_account(cast: Cast) -> None:
    said = story.gives(cast.target)
    path, anyone = queries.again_path(said), Client()
    with clock.held_at(clock.now() + timedelta(days=31)):
        with writes() as written:
            assert "Tuesday, 17:00 to 19:00" in words_of(anyone.get(path))
        assert not written
        assert anyone.post(path).status_code == 302
        assert anyone.post(path).status_code == 302
        assert "Written down." in words_of(anyone.get(path))
    assert Availability.objects.filter(quarter=story.NEXT_QUARTER).count() == 1


def test_long_names_and_signs_stay_text(cast: Cast, need: Any) -> None:
    Person.objects.filter(id=cast.target.id).update(name="<b>" + "Lena " * 39)
    booking = story.asked(cast, need=need, what_for='<script>alert("x")</script>')
    for client, page in (
        (signed_in(cast.seeker), f"/time/booked/{booking.id}/"),
        (signed_in(cast.seeker), "/time/"),
        (signed_in(cast.seeker), f"/needs-and-offers/need/{need.id}/"),
    ):
        text = client.get(page).content.decode()
        assert "<b>Lena" not in text
        assert "<script>alert" not in text


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_ones_time_takes_the_same_queries_for_one_and_for_three(
    cast: Cast, need: Any, many: int, django_assert_num_queries: Any
) -> None:
    story.gives(cast.target, most_hours=20)
    for slot in story.slots_of(cast.target)[:many]:
        story.asked(cast, need=need, slot=slot)
    client = signed_in(cast.target)
    client.get("/time/")
    with django_assert_num_queries(20):
        assert client.get("/time/").status_code == 200


# The same by the API.


def test_the_whole_way_by_the_api(cast: Cast, need: Any) -> None:
    seeker, giver = Caller(cast.seeker), Caller(cast.target)
    found = seeker.get(f"/needs/{need.id}/slots")
    assert [one["giver"] for one in found] == ["Lena Sought"] * 3
    assert "online_link" not in found[0]
    body = {"need": str(need.id), "what_for": story.WHAT_FOR}
    made = seeker.call("POST", f"/slots/{found[0]['id']}/ask", body)
    assert made.status_code == 201
    booking = made.json()["id"]
    assert giver.call("POST", f"/bookings/{booking}/agree").json()["state"] == "agreed"
    with clock.held_at(story.FIRST_SLOT + timedelta(hours=3)):
        giver.call("POST", f"/bookings/{booking}/tell", {"minutes": 60})
        confirmed = seeker.call("POST", f"/bookings/{booking}/confirm", {"minutes": 50}).json()
    assert (confirmed["giver_minutes"], confirmed["receiver_minutes"]) == (60, 50)
    assert giver.get("/hours?year=2026")["minutes"] == 50
    late = Caller(cast.connector).call(
        "POST",
        f"/slots/{found[0]['id']}/ask",
        {"need": str(story.needs(cast.connector, "A cold room").id), "what_for": "Why"},
    )
    assert (late.status_code, late.json()["code"]) == (409, "slot_taken")


@pytest.mark.parametrize(
    "said",
    [
        {"quarter": "2026-01-01", "timezone": "UTC", "windows": []},
        {"quarter": "2026-01-01", "timezone": "UTC", "windows": [{"begins": "17:00"}]},
        {
            "quarter": "2026-01-01",
            "timezone": "UTC",
            "windows": [{"begins": "17:00", "ends": "19:00"}],
        },
        {
            "quarter": "soon",
            "timezone": "UTC",
            "windows": [{"begins": "17:00", "ends": "19:00", "weekday": 1}],
        },
        {
            "quarter": "2026-01-01",
            "timezone": "UTC",
            "windows": [{"begins": "17:00", "ends": "19:00", "weekday": 1}],
            "minutes": 10**30,
        },
        {
            "quarter": "2026-01-01",
            "timezone": "UTC",
            "windows": [{"begins": "17:00+02:00", "ends": "16:00Z", "weekday": 1}],
        },
    ],
)
def test_what_a_program_says_wrongly_is_refused(cast: Cast, said: dict[str, Any]) -> None:
    answer = Caller(cast.target).call("PUT", "/time", said)
    assert answer.status_code in (400, 422)
    assert not Availability.objects.exists()


def test_ones_own_time_by_the_api(cast: Cast) -> None:
    giver = Caller(cast.target)
    said = {
        "quarter": "2026-01-01",
        "timezone": "Europe/Lisbon",
        "windows": [
            {"weekday": 1, "begins": "17:00", "ends": "19:00"},
            {"day": "2026-03-20", "begins": "09:00", "ends": "10:00"},
        ],
        "minutes": 60,
        "chapters": [str(cast.chapter.id)],
    }
    assert giver.call("PUT", "/time", said).json()["free_slots"] == 11
    assert giver.call("POST", "/time/pause", {"is_paused": True}).json()[0]["is_paused"]
    again = giver.call("POST", "/time/again", {"quarter": "2026-04-01"}).json()
    assert len(again["windows"]) == 1
    assert len(giver.get("/time")) == 2
    assert actions.pause(actor=cast.target, is_paused=False) == 1
