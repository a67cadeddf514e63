"""Calendar files are read back as calendar programs read them, and tell no address."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from footbridge.core import clock
from footbridge.core.errors import LinkNotValid
from footbridge.meetings import actions, calendar, queries
from footbridge.meetings.models import Seat, Session
from footbridge.people.models import Person
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db

LISBON = ZoneInfo("Europe/Lisbon")


def read(file: bytes) -> tuple[Calendar, Event]:
    """The calendar and its one event."""
    parsed = Calendar.from_ical(file)
    (event,) = parsed.walk("VEVENT")
    return parsed, event


def seated(cast: Cast, **said: object) -> Seat:
    session = story.opened(cast, timezone="Europe/Lisbon", where="Harbour house", **said)
    actions.invite(actor=cast.host, session=session, people=[cast.seeker])
    actions.accept(actor=cast.seeker, session=session)
    return fresh(session, cast.seeker)


def fresh(session: Session, person: Person) -> Seat:
    rows = Seat.objects.select_related("session__chapter", "session__place", "person")
    return rows.get(session=session, person=person)


def test_a_seat_is_an_event_in_the_time_zone_of_the_session(cast: Cast) -> None:
    seat = seated(cast, question="How do we keep food cold; and for whom, at night?")
    parsed, event = read(calendar.invitation(seat))
    assert (str(parsed["VERSION"]), str(parsed["METHOD"])) == ("2.0", "REQUEST")
    assert str(event["UID"]) == f"{seat.session_id}@127.0.0.1"
    assert (event["SEQUENCE"], event.decoded("DTSTAMP")) == (0, NOON)
    assert event["DTSTART"].params["TZID"] == "Europe/Lisbon"
    assert event.decoded("DTSTART") == story.EVENING
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=100)
    assert str(event["SUMMARY"]) == "Cold food at night"
    assert str(event["LOCATION"]) == "Harbour house"
    assert str(event["DESCRIPTION"]) == "How do we keep food cold; and for whom, at night?"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_the_file_keeps_to_the_rules_of_the_format(cast: Cast) -> None:
    seat = seated(cast, about="A long line, " * 60, title="Ünï漢字 🌿 " * 8)
    file = calendar.invitation(seat)
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert file.count(b"\n") == file.count(b"\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert file.decode("utf-8")
    parsed, event = read(file)
    for name in ("PRODID", "VERSION"):
        assert name in parsed
    for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "ORGANIZER", "ATTENDEE"):
        assert name in event
    named = {zone["TZID"] for zone in parsed.walk("VTIMEZONE")}
    assert named == {"Europe/Lisbon"}
    assert parsed.get_missing_tzids() == set()
    assert not parsed.errors
    assert not event.errors


@pytest.mark.parametrize(("day", "offset"), [(26, "+0000"), (29, "+0100")])
def test_the_file_says_when_the_clocks_change(cast: Cast, day: int, offset: str) -> None:
    starts = datetime(2026, 3, day, 18, 30, tzinfo=LISBON)
    parsed, event = read(calendar.invitation(seated(cast, starts_at=starts)))
    (zone,) = parsed.walk("VTIMEZONE")
    told = zone.to_tz(lookup_tzid=False)
    wall = event.decoded("DTSTART").replace(tzinfo=None)
    assert wall == starts.replace(tzinfo=None)
    assert wall.replace(tzinfo=told).strftime("%z") == offset


def test_a_session_over_the_night_of_the_change_is_as_long_as_it_is(cast: Cast) -> None:
    starts = datetime(2026, 3, 29, 0, 30, tzinfo=LISBON)
    _parsed, event = read(calendar.invitation(seated(cast, starts_at=starts, minutes=120)))
    assert b"20260329T033000" in calendar.invitation(Seat.objects.get())
    elapsed = event.decoded("DTEND").timestamp() - event.decoded("DTSTART").timestamp()
    assert elapsed == 120 * 60


def test_a_change_is_the_same_event_with_a_higher_number(cast: Cast) -> None:
    seat = seated(cast)
    later = seat.session.starts_at + story.HOUR
    actions.edit(actor=cast.host, session=seat.session, starts_at=later)
    _parsed, before = read(calendar.invitation(seat))
    _parsed, after = read(calendar.invitation(fresh(seat.session, cast.seeker)))
    assert (before["UID"], before["SEQUENCE"], after["SEQUENCE"]) == (after["UID"], 0, 1)
    assert after.decoded("DTSTART") == later


def test_what_is_called_off_or_given_back_leaves_the_calendar(cast: Cast) -> None:
    seat = seated(cast)
    token = story.token_in(story.letters("accepted")[0], "/calendar/")
    assert str(read(calendar.opened(token))[0]["METHOD"]) == "REQUEST"
    actions.give_back(actor=cast.seeker, session=seat.session)
    parsed, event = read(calendar.opened(token))
    assert (str(parsed["METHOD"]), str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    actions.accept(actor=cast.seeker, session=seat.session)
    assert str(read(calendar.opened(token))[0]["METHOD"]) == "REQUEST"
    actions.cancel(actor=cast.host, session=seat.session)
    parsed, event = read(calendar.opened(token))
    assert (str(parsed["METHOD"]), event["SEQUENCE"]) == ("CANCEL", 1)
    assert event["UID"] == f"{seat.session_id}@127.0.0.1"


def test_the_letter_leads_to_the_file(cast: Cast) -> None:
    seated(cast)
    for kind in ("invited", "accepted"):
        (letter,) = story.letters(kind)
        token = story.token_in(letter, "/calendar/")
        assert token in letter.text
        assert read(calendar.opened(token))


def test_no_address_of_anybody_stands_in_it(cast: Cast) -> None:
    session = seated(cast).session
    story.accepted(session, cast.target)
    Seat.objects.update(invited_by=cast.host)
    files = [calendar.invitation(fresh(session, cast.seeker)), calendar.feed(cast.seeker)]
    files.append(calendar.chapter_feed(cast.seeker, cast.chapter))
    for file in files:
        plain = file.replace(b"\r\n ", b"").decode()
        assert set(re.findall(r"mailto:(\S+)", plain)) <= {"footbridge@127.0.0.1"}
        assert "@example.org" not in plain
        assert "Lena" not in plain
        assert "Hana" not in plain


def test_the_link_to_join_is_for_those_who_come(cast: Cast) -> None:
    link = "https://meet.example.org/room"
    session = story.opened(cast, online_link=link)
    (seat,) = actions.invite(actor=cast.host, session=session, people=[cast.seeker])
    assert link.encode() not in calendar.invitation(fresh(session, cast.seeker))
    assert link.encode() not in calendar.chapter_feed(cast.seeker, cast.chapter)
    actions.accept(actor=cast.seeker, session=session)
    assert link.encode() in calendar.invitation(fresh(session, cast.seeker))
    assert link.encode() in calendar.chapter_feed(cast.seeker, cast.chapter)
    assert link.encode() not in calendar.chapter_feed(cast.target, cast.chapter)
    assert seat.session_id == session.id


def test_a_feed_has_what_one_comes_to_and_what_was_called_off(cast: Cast) -> None:
    coming = story.opened(cast, title="Coming")
    story.opened(cast, title="Not mine")
    off = story.opened(cast, title="Off", starts_at=story.EVENING + 24 * story.HOUR)
    for session in (coming, off):
        actions.accept(actor=cast.seeker, session=session)
    actions.cancel(actor=cast.host, session=off)
    token = queries.feed_path(cast.seeker).removeprefix("/calendar/").removesuffix(".ics")
    parsed = Calendar.from_ical(calendar.opened(token))
    told = {str(one["SUMMARY"]): str(one["STATUS"]) for one in parsed.walk("VEVENT")}
    assert (told, str(parsed["METHOD"])) == ({"Coming": "CONFIRMED", "Off": "CANCELLED"}, "PUBLISH")


def test_a_chapter_s_feed_has_what_its_reader_may_see(cast: Cast) -> None:
    story.opened(cast, title="Open")
    story.planned(cast, title="Draft")
    story.opened(cast, title="Elsewhere", chapter=cast.chapter)
    path = queries.chapter_feed_path(cast.stranger, cast.chapter)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    with clock.held_at(NOON + timedelta(days=300)):
        assert Calendar.from_ical(calendar.opened(token)).walk("VEVENT") == []
    parsed = Calendar.from_ical(calendar.opened(token))
    assert {str(one["SUMMARY"]) for one in parsed.walk("VEVENT")} == {"Open", "Elsewhere"}
    assert str(parsed["X-WR-CALNAME"]) == "Harbour chapter"
    listed = queries.chapter_feed_path(cast.listed, cast.chapter)
    token = listed.removeprefix("/calendar/").removesuffix(".ics")
    assert Calendar.from_ical(calendar.opened(token)).walk("VEVENT") == []


def token_of(path: str) -> str:
    return path.removeprefix("/calendar/").removesuffix(".ics")


def test_addresses_of_a_feed_are_taken_back_one_feed_at_a_time(cast: Cast) -> None:
    mine, chapters, others = (
        token_of(path)
        for path in (
            queries.feed_path(cast.seeker),
            queries.chapter_feed_path(cast.seeker, cast.chapter),
            queries.feed_path(cast.target),
        )
    )
    for _time in range(2):
        actions.renew_feed(actor=cast.seeker)
        with pytest.raises(LinkNotValid):
            calendar.opened(mine)
        mine = token_of(queries.feed_path(cast.seeker))
        assert calendar.opened(mine)
        with clock.held_at(clock.now() + timedelta(days=700)):
            assert calendar.opened(mine)
    assert calendar.opened(chapters)
    assert calendar.opened(others)
    actions.renew_feed(actor=cast.seeker, chapter=cast.chapter)
    with pytest.raises(LinkNotValid):
        calendar.opened(chapters)
    assert calendar.opened(token_of(queries.feed_path(cast.seeker)))


def test_the_file_of_one_seat_stays_when_a_feed_is_renewed(cast: Cast) -> None:
    session = story.opened(cast)
    seat = actions.accept(actor=cast.seeker, session=session)
    path = queries.calendar_path(seat)
    actions.renew_feed(actor=cast.seeker)
    assert b"Cold food at night" in calendar.opened(token_of(path))


def test_an_empty_calendar_is_a_calendar(cast: Cast) -> None:
    parsed = Calendar.from_ical(calendar.feed(cast.seeker))
    assert str(parsed["METHOD"]) == "PUBLISH"
    assert parsed.walk("VEVENT") == []
