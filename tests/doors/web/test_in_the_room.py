"""The page of whoever facilitates, live talks and events on the screen: with and without scripts,
signed in or by link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from footbridge.core import clock
from footbridge.exchange.models import Need
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Jotting, Session
from footbridge.meetings.states import Format, Holding, Part
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.meetings import story
from tests.rooms.meetings.test_events import two_tracks
from tests.rooms.meetings.test_in_the_room import going_on, seat
from tests.rooms.meetings.test_talks import a_talk, held

pytestmark = pytest.mark.django_db

BACKEND = "footbridge.people.signed_in.SignedIn"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person), backend=BACKEND)
    return client


def room_of(session: Session) -> str:
    return f"/host/sessions/{session.id}/room/"


def guests(cast: Cast, many: int) -> list[Person]:
    """Members who can sign in."""
    return [cast.person(f"Guest {n:02}", email=f"guest{n}@example.org") for n in range(many)]


def shown(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    return answer.content.decode()


# The page of whoever facilitates.


def test_a_host_leads_through_the_steps_and_the_tables_are_made_on_the_way(cast: Cast) -> None:
    session = going_on(cast, *guests(cast, 8))
    host, page = signed_in(cast.host), room_of(session)
    first = shown(host, page)
    assert "Welcome and the question" in first
    assert "Go on: Round 1" in first
    assert "Its tables are made when you go on" in first
    assert host.post(page, {"move": "go_on", "after": "0"}).status_code == 302
    now = shown(host, page)
    assert "Go on: Round 2" in now
    assert 'role="timer"' in now
    assert queries.rounds(cast.host, session)[0].is_running


def test_the_phone_goes_on_where_the_laptop_was_closed_and_an_old_page_changes_nothing(
    cast: Cast,
) -> None:
    session = going_on(cast, *guests(cast, 8))
    laptop, phone, page = signed_in(cast.host), signed_in(cast.host), room_of(session)
    for after in ("0", "1"):
        laptop.post(page, {"move": "go_on", "after": after})
    assert "Go on: Round 3" in shown(phone, page)
    phone.post(page, {"move": "go_on", "after": "2"})
    laptop.post(page, {"move": "go_on", "after": "1"})
    assert story.fresh(session).step == 3
    assert "Go on: Circle" in shown(laptop, page)


def test_a_tap_on_a_name_notes_that_they_have_spoken_and_undo_takes_it_back(cast: Cast) -> None:
    ana, ben = guests(cast, 2)
    session = going_on(cast, ana, ben)
    host, page = signed_in(cast.host), room_of(session)
    mine = str(seat(ana, session).id)
    answer = host.post(page, {"move": "spoken", "seat": mine})
    assert answer["Location"] == f"{page}#voice-{mine}"
    now = shown(host, page)
    assert now.index(ben.name) < now.index(ana.name)
    assert "1 person has not spoken yet" in now
    host.post(page, {"move": "not_spoken", "seat": mine})
    assert seat(ana, session).spoke == 0


def test_with_htmx_the_page_stays_and_its_part_is_given_anew(cast: Cast) -> None:
    (ana,) = guests(cast, 1)
    session = going_on(cast, ana)
    host, page = signed_in(cast.host), room_of(session)
    said = {"move": "spoken", "seat": str(seat(ana, session).id)}
    answer = host.post(page, said, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in part
    assert "1 time" in part


def test_a_refusal_is_shown_on_the_page(cast: Cast) -> None:
    session = story.opened(cast)
    host, page = signed_in(cast.host), room_of(session)
    answer = host.post(page, {"move": "go_on", "after": ""})
    assert answer.status_code == 409
    assert "Begin the session first." in answer.content.decode()
    part = host.post(page, {"move": "go_on"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "Begin the session first." in part.content.decode()


def test_a_guest_sees_neither_the_page_nor_who_has_spoken(cast: Cast) -> None:
    ana, ben = guests(cast, 2)
    session = going_on(cast, ana, ben)
    actions.has_spoken(actor=cast.host, seat=seat(ben, session))
    guest = signed_in(ana)
    assert guest.get(room_of(session)).status_code == 404
    assert guest.post(room_of(session), {"move": "spoken"}).status_code == 404
    for page in (f"/meet/{session.id}/wall/", f"/meet/{session.id}/"):
        assert "spoken" not in shown(guest, page)


def test_the_facilitator_may_lead(cast: Cast) -> None:
    (ana,) = guests(cast, 1)
    session = going_on(cast, ana, format=Format.PEER_ASSIST)
    actions.set_part(actor=cast.host, seat=seat(ana, session), part=Part.FACILITATOR)
    assert signed_in(ana).post(room_of(session), {"move": "go_on", "after": "0"}).status_code == 302
    assert story.fresh(session).step == 1


def test_the_wall_follows_the_steps_the_silent_ones_included(cast: Cast) -> None:
    session = going_on(cast, *guests(cast, 4), format=Format.NEEDS_AND_OFFERS)
    host, wall = signed_in(cast.host), f"/meet/{session.id}/wall/"
    assert "How the hour goes." in shown(host, wall)
    host.post(room_of(session), {"move": "go_on", "after": "0"})
    now = shown(host, wall)
    assert "In silence, each alone." in now
    assert 'role="timer"' in now


# Checking in without loading the page again.


def test_a_tap_at_the_door_gives_the_row_and_the_count_anew(cast: Cast) -> None:
    (ana,) = guests(cast, 1)
    session = story.opened(cast)
    (mine,) = story.accepted(session, ana)
    host, page = signed_in(cast.host), f"/host/sessions/{session.id}/seats/{mine.id}/"
    with story.before(session, 1):
        said = {"move": "came", "back": "door"}
        part = host.post(page, said, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "here since" in part
    assert "1 here, 3 seats" in part


def test_a_refusal_at_the_door_stands_in_the_row(cast: Cast) -> None:
    ana, ben = guests(cast, 2)
    session = story.opened(cast, cap=1)
    actions.invite(actor=cast.host, session=session, people=[ben])
    story.accepted(session, ana)
    story.checked_in(cast, session, ana)
    asked = queries.seat_of(ben, session)
    assert asked is not None
    with story.before(session, 0):
        answer = signed_in(cast.host).post(
            f"/host/sessions/{session.id}/seats/{asked.id}/",
            {"move": "came", "back": "door"},
            headers={"HX-Request": "true"},
        )
    assert answer.status_code == 200
    assert "Every chair is taken." in answer.content.decode()


# On the phones of those who sit there.


def test_what_one_writes_in_silence_by_the_link_is_kept_and_shown_by_a_tap(cast: Cast) -> None:
    ana, _ben = people_ = guests(cast, 2)
    session = going_on(cast, *people_, format=Format.NEEDS_AND_OFFERS)
    actions.go_on(actor=cast.host, session=session, after=0)
    mine = seat(ana, session)
    mine.session = session
    phone, page = Client(), queries.seat_path(mine)
    assert "In silence: one need, one offer" in shown(phone, page)
    answer = phone.post(page, {"move": "write", "need": "A cold room", "offer": ""})
    assert answer["Location"] == f"{page}#silence"
    assert "A cold room" in shown(phone, page)
    assert "A cold room" not in shown(signed_in(_ben), f"/meet/{session.id}/")
    phone.post(page, {"move": "show_jotting", "jotting": str(Jotting.objects.get().id)})
    assert Need.objects.get(owner=ana).text == "A cold room"


def test_a_question_that_comes_too_late_is_refused_in_words(cast: Cast) -> None:
    (ana,) = guests(cast, 1)
    session = going_on(cast, ana, format=Format.LIVE_TALK)
    actions.end(actor=cast.host, session=session)
    answer = signed_in(ana).post(f"/meet/{session.id}/", {"move": "ask", "text": "Too late?"})
    assert answer.status_code == 409
    assert "Questions are brought to a talk until it ends." in answer.content.decode()


# Live talks.


def test_a_question_goes_from_a_guest_to_the_wall_and_is_ticked(cast: Cast) -> None:
    ana, sam = guests(cast, 2)
    session = a_talk(cast, ana, sam)
    actions.set_part(actor=cast.host, seat=seat(sam, session), part=Part.SPEAKER)
    page, wall = f"/meet/{session.id}/", f"/meet/{session.id}/wall/"
    assert signed_in(ana).post(page, {"move": "ask", "text": "Who pays?"}).status_code == 302
    (question,) = queries.questions(sam, session)
    speaker = signed_in(sam)
    assert ana.name in shown(speaker, page)
    speaker.post(page, {"move": "take_question", "question": str(question.id)})
    on_wall = shown(signed_in(ana), wall)
    assert "Who pays?" in on_wall
    assert ana.name not in re.sub(r"<header.*?</header>", "", on_wall, flags=re.S)
    speaker.post(page, {"move": "answer_question", "question": str(question.id)})
    assert "1 question was answered" in shown(signed_in(ana), page)


def test_a_question_that_is_refused_stays_in_its_field(cast: Cast) -> None:
    (ana,) = guests(cast, 1)
    session = a_talk(cast, ana)
    for number in range(3):
        actions.bring_question(actor=ana, session=session, text=f"Question {number}?")
    answer = signed_in(ana).post(f"/meet/{session.id}/", {"move": "ask", "text": "A fourth?"})
    assert answer.status_code == 409
    assert "A fourth?</textarea>" in answer.content.decode()


def test_the_host_keeps_the_recording_and_puts_people_together(cast: Cast) -> None:
    ana, ben = guests(cast, 2)
    session = held(cast, ana, ben)
    host, page = signed_in(cast.host), f"/host/sessions/{session.id}/talk/"
    with story.before(session, -3):
        for person in (ana, ben):
            answer = signed_in(person).post(f"/meet/{session.id}/", {"move": "talk_on"})
            assert answer.status_code == 302
        wrong = host.post(page, {"move": "recording", "recording": "http://film.example.org/"})
        assert wrong.status_code == 400
        assert 'value="http://film.example.org/"' in wrong.content.decode()
        right = host.post(page, {"move": "recording", "recording": "https://film.example.org/"})
        assert right.status_code == 302
        assert host.post(page, {"move": "pair"}).status_code == 302
        said = shown(signed_in(ana), f"/meet/{session.id}/")
        assert f"You talk on with <bdi>{ben.name}</bdi>" in said
        assert "https://film.example.org/" in said
        assert "https://film.example.org/" not in shown(
            signed_in(cast.stranger), f"/meet/{session.id}/"
        )


def test_a_session_of_another_kind_has_no_page_of_a_talk(cast: Cast) -> None:
    session = story.opened(cast)
    answer = signed_in(cast.host).get(f"/host/sessions/{session.id}/talk/")
    assert answer["Location"] == f"/host/sessions/{session.id}/"


# Events.


def test_a_host_plans_a_part_from_the_cockpit_of_the_event(cast: Cast) -> None:
    event = actions.plan(
        actor=cast.host,
        chapter=cast.chapter,
        format=Format.EVENT,
        title="A day at the harbour",
        starts_at=clock.now() + timedelta(days=7),
    )
    host = signed_in(cast.host)
    assert "Plan a part" in shown(host, f"/host/sessions/{event.id}/")
    choose = f"/host/sessions/new/?chapter={cast.chapter.id}&event={event.id}"
    assert "format=event" not in shown(host, choose)
    form = host.get(f"{choose}&format=troika")
    initial = form.context["form"].initial
    said = {
        "title": "Ice",
        "day": str(initial["day"]),
        "at": str(initial["at"])[:5],
        "minutes": "45",
        "track": "Food",
        "cap": "12",
        "quorum": "3",
        "language": "en",
        "timezone": initial["timezone"],
    }
    answer = host.post(f"{choose}&format=troika", said)
    assert answer.status_code == 302
    assert answer["Location"] == f"/host/sessions/{event.id}/"
    part = event.parts.get()
    assert (part.title, part.track) == ("Ice", "Food")
    late = host.post(f"{choose}&format=troika", said | {"at": "23:30"})
    assert late.status_code == 400
    assert "within the hours" in late.content.decode()


def test_a_guest_chooses_parts_on_the_page_of_the_event_and_by_its_link(cast: Cast) -> None:
    event, one, other, later = two_tracks(cast)
    (ana,) = guests(cast, 1)
    client, page = signed_in(ana), f"/meet/{event.id}/"
    assert "Sit here" not in shown(client, page)
    client.post(page, {"move": "accept"})
    assert shown(client, page).count("Sit here") == 3
    answer = client.post(page, {"move": "part_accept", "part": str(one.id)})
    assert answer["Location"] == f"{page}#programme"
    clash = client.post(page, {"move": "part_accept", "part": str(other.id)})
    assert clash.status_code == 409
    assert "You have a seat in “Ice” at that time" in clash.content.decode()
    phone, link = Client(), queries.seat_path(seat_with(ana, event))
    assert "You sit here" in shown(phone, link)
    phone.post(link, {"move": "part_accept", "part": str(later.id)})
    phone.post(link, {"move": "part_give_back", "part": str(one.id)})
    assert seat(ana, later).holding == Holding.ACCEPTED
    assert seat(ana, one).holding == Holding.CANCELLED


def seat_with(person: Person, session: Session) -> queries.MySeat:
    found = seat(person, session)
    found.session = session
    return found  # type: ignore[return-value]


def test_a_part_of_another_event_is_not_reached_through_this_one(cast: Cast) -> None:
    event, *_parts = two_tracks(cast)
    alone = story.opened(cast, starts_at=story.EVENING + timedelta(days=3))
    client = signed_in(cast.seeker)
    client.post(f"/meet/{event.id}/", {"move": "accept"})
    answer = client.post(f"/meet/{event.id}/", {"move": "part_accept", "part": str(alone.id)})
    assert answer.status_code == 404


# Who wanted to hear of the next one.


def test_one_button_invites_those_who_wanted_to_hear_of_the_series(cast: Cast) -> None:
    from footbridge.meetings.states import List
    from tests.rooms.meetings import afterwards

    ana, ben = guests(cast, 2)
    series = afterwards.a_series(cast)
    before = afterwards.evening(cast, ana, ben, series=series)
    with afterwards.after(before):
        actions.put_on_list(actor=ana, session=before, list=List.INFORMED)
        again = actions.plan_next(actor=cast.host, session=before)
        actions.open_up(actor=cast.host, session=again)
        host, page = signed_in(cast.host), f"/host/sessions/{again.id}/"
        assert "1 person wanted to hear of this" in shown(host, page)
        host.post(f"{page}move/", {"move": "invite_interested"})
        assert [one.person.name for one in again.seats.select_related("person")] == [ana.name]
        assert "wanted to hear of this" not in shown(host, page)
