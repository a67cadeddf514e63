"""Hosts plan, change, open and call off; what they say is checked in words, and told to guests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from footbridge.core import clock, times
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.journal.models import Entry
from footbridge.meetings import actions, formats, queries
from footbridge.meetings.models import Round, RunSheet, Seat, Session
from footbridge.meetings.states import Format, Gathering, Holding, Part, State
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def test_what_is_not_said_comes_from_the_format_and_the_chapter(cast: Cast) -> None:
    cast.chapter.timezone, cast.chapter.language = "Europe/Lisbon", "es"
    cast.chapter.save()
    session = actions.plan(
        actor=cast.host,
        chapter=cast.chapter,
        format="micro_cafe",
        title="Micro",
        starts_at=story.EVENING,
    )
    assert (session.state, session.cap, session.quorum, session.accept_limit) == (
        State.DRAFT, 10, 4, 10,
    )  # fmt: skip
    assert (session.minutes, session.timezone, session.language) == (85, "Europe/Lisbon", "es")
    assert (session.made_by, session.is_demo) == (cast.host, False)
    assert [entry.verb for entry in Entry.objects.all()] == ["meetings.planned"]


def test_a_run_sheet_gives_its_steps_and_the_session_keeps_a_copy(cast: Cast) -> None:
    sheet = actions.clone_run_sheet(actor=cast.host, chapter=cast.chapter, source=Format.TROIKA)
    session = story.planned(cast, run_sheet=sheet, cap=None, quorum=None)
    assert (session.format, session.cap, session.quorum, session.minutes) == ("troika", 24, 3, 45)
    steps = [{"gathering": "all", "minutes": 9, "title": "Only this"}]
    actions.edit_run_sheet(actor=cast.host, run_sheet=sheet, steps=steps, seen=1)
    assert len(story.fresh(session).steps) == 3
    actions.drop_run_sheet(actor=cast.host, run_sheet=sheet)
    assert len(story.fresh(session).steps) == 3


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "title"),
    ({"title": "x" * 121}, "title"),
    ({"question": "x" * 301}, "question"),
    ({"starts_at": NOON}, "starts_at"),
    ({"starts_at": story.EVENING.replace(tzinfo=None)}, "starts_at"),
    ({"starts_at": "tomorrow"}, "starts_at"),
    ({"timezone": "Mars/Olympus"}, "timezone"),
    ({"language": "not a language"}, "language"),
    ({"minutes": 4}, "minutes"),
    ({"minutes": 721}, "minutes"),
    ({"cap": 0}, "cap"),
    ({"cap": 501}, "cap"),
    ({"cap": "many"}, "cap"),
    ({"format": "micro_cafe", "cap": 11}, "cap"),
    ({"cap": 5, "quorum": 6}, "quorum"),
    ({"format": "ball"}, "format"),
    ({"online_link": "javascript:alert(1)"}, "online_link"),
    ({"reading": [("A tip", "ftp:/x")]}, "reading"),
    ({"reading": [("A tip", "")]}, "reading"),
    ({"reading": [("t", "https://example.org")] * 11}, "reading"),
]


@pytest.mark.parametrize(("said", "field"), WRONG)
def test_what_cannot_be_is_refused_in_words(cast: Cast, said: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        story.planned(cast, **said)
    assert (refused.value.field, bool(refused.value.message)) == (field, True)
    assert not Session.objects.exists()


def test_a_micro_cafe_stays_small(cast: Cast) -> None:
    session = story.planned(cast, format="micro_cafe", cap=10)
    with pytest.raises(DomainError, match="at most 10 seats"):
        actions.edit(actor=cast.host, session=session, cap=11)
    sheet = actions.clone_run_sheet(actor=cast.host, chapter=cast.chapter, source="micro_cafe")
    with pytest.raises(DomainError, match="at most 10 seats"):
        actions.edit_run_sheet(actor=cast.host, run_sheet=sheet, cap=12)


def test_only_hosts_plan(cast: Cast) -> None:
    for actor in (cast.seeker, cast.stranger, cast.listed):
        with pytest.raises(NotAllowed):
            story.planned(cast, actor=actor)
        with pytest.raises(NotAllowed):
            actions.start_series(actor=actor, chapter=cast.chapter, title="Mine")
        with pytest.raises(NotAllowed):
            actions.clone_run_sheet(actor=actor, chapter=cast.chapter, source="values")
    assert story.planned(cast, actor=cast.deputy).made_by == cast.deputy


def test_two_hosts_who_edit_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    session = story.opened(cast)
    edited = actions.edit(actor=cast.host, session=session, title="New", seen=session.version)
    assert edited.version == 2
    with pytest.raises(Overtaken) as overtaken:
        actions.edit(actor=cast.deputy, session=session, title="Newer", seen=1)
    assert overtaken.value.theirs == {"title": "New"}
    with pytest.raises(Overtaken):
        actions.edit_steps(actor=cast.deputy, session=session, steps=session.steps, seen=1)
    same = actions.edit(actor=cast.host, session=session, title="New")
    assert same.version == 2


def test_another_time_or_place_is_told_to_those_who_come_or_wait(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    story.accepted(session, cast.seeker, cast.target)
    actions.invite(actor=cast.host, session=session, people=[cast.connector])
    actions.edit(actor=cast.host, session=session, about="More words")
    assert story.letters("changed") == []
    session = actions.edit(actor=cast.host, session=session, where="Harbour house, room 2")
    assert session.calendar_sequence == 1
    assert [one.to_name for one in story.letters("changed")] == ["Lena Sought", "Rosa Seeker"]
    assert "Harbour house, room 2" in story.letters("changed")[0].text
    later = session.starts_at + story.HOUR
    session = actions.edit(actor=cast.host, session=session, starts_at=later)
    assert session.calendar_sequence == 2
    assert "Your yes was for another time" in story.letters("changed")[-1].text
    assert len(story.letters("changed")) == 4


def test_a_draft_is_changed_without_letters(cast: Cast) -> None:
    session = story.planned(cast)
    session = actions.edit(actor=cast.host, session=session, where="Elsewhere", cap=7)
    assert (session.calendar_sequence, session.accept_limit) == (0, 7)
    assert story.letters() == []


def test_fewer_seats_than_are_taken_are_refused(cast: Cast) -> None:
    session = story.opened(cast, cap=3)
    story.accepted(session, *story.guests(cast, 3))
    with pytest.raises(Conflict, match="3 people have a seat already"):
        actions.edit(actor=cast.host, session=session, cap=2)
    assert actions.edit(actor=cast.host, session=session, cap=3).cap == 3
    assert story.fresh(session).accept_limit == 3


def test_more_seats_go_to_those_in_line(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    story.accepted(session, *story.guests(cast, 4))
    actions.edit(actor=cast.host, session=session, cap=3)
    assert list(story.holdings(session).values()) == ["accepted", "offered", "offered", "waiting"]


def test_who_facilitates_changes_the_session_and_calls_nothing_off(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = story.accepted(session, cast.seeker)
    actions.set_part(actor=cast.host, seat=seat, part=Part.FACILITATOR)
    assert actions.edit(actor=cast.seeker, session=session, title="Ours").title == "Ours"
    for act in (actions.cancel, actions.open_up, actions.plan_next):
        with pytest.raises(NotAllowed):
            act(actor=cast.seeker, session=session)


def test_calling_off_tells_everyone_who_was_asked_comes_or_waits(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    first, second, third = story.guests(cast, 3)
    story.accepted(session, first, second)
    actions.invite(actor=cast.host, session=session, people=[third, cast.listed])
    actions.decline(actor=cast.listed, session=session)
    session = actions.cancel(actor=cast.host, session=session, because="The hall is flooded.")
    assert (session.state, session.calendar_sequence) == (State.CANCELLED, 1)
    told = story.letters("cancelled")
    assert [letter.to_name for letter in told] == ["Guest 01", "Guest 02", "Guest 03"]
    assert all("The hall is flooded." in letter.text for letter in told)
    actions.cancel(actor=cast.host, session=session)
    assert len(story.letters("cancelled")) == 3
    with pytest.raises(Conflict):
        actions.open_up(actor=cast.host, session=session)


def test_what_is_over_is_neither_changed_nor_called_off(cast: Cast) -> None:
    session = story.over(cast, came=[cast.seeker], missed=[])
    for act in (
        lambda: actions.edit(actor=cast.host, session=session, title="Other"),
        lambda: actions.cancel(actor=cast.host, session=session),
        lambda: actions.edit_steps(actor=cast.host, session=session, steps=session.steps),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_draft_whose_time_has_passed_is_not_opened(cast: Cast) -> None:
    session = story.planned(cast)
    with story.before(session, -1), pytest.raises(Conflict):
        actions.open_up(actor=cast.host, session=session)


# Steps.


def test_steps_are_edited_and_the_session_is_as_long_as_they_are(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    Round.objects.create(session=session, number=1, step=1, minutes=15)
    steps = formats.steps_from(session.steps)[:3]
    session = actions.edit_steps(actor=cast.host, session=session, steps=steps, seen=1)
    assert (session.minutes, len(session.steps), session.version) == (45, 3, 2)
    assert story.letters("changed") != []
    assert not Round.objects.exists()


def test_steps_that_have_begun_stay(cast: Cast) -> None:
    session = story.opened(cast)
    Round.objects.create(session=session, number=1, step=1, minutes=15, started_at=NOON)
    with pytest.raises(Conflict, match="stay as they are"):
        actions.edit_steps(actor=cast.host, session=session, steps=session.steps[1:])
    longer = [*session.steps, {"gathering": "all", "minutes": 5, "title": "One more"}]
    assert actions.edit_steps(actor=cast.host, session=session, steps=longer)
    assert Round.objects.count() == 1


@pytest.mark.parametrize("format", list(Format))
def test_every_format_can_be_run_as_it_is_shipped(cast: Cast, format: Format) -> None:
    shape = formats.shape_of(format)
    assert shape.quorum <= shape.cap <= formats.most_seats(format)
    assert formats.steps_from(formats.steps_to(shape.steps)) == shape.steps
    assert shape.minutes == sum(step.minutes for step in shape.steps)
    sizes = {step.size for _at, step in formats.seated_steps(shape.steps)}
    assert all(2 <= size <= 10 for size in sizes)
    assert story.planned(cast, format=format, cap=None, quorum=None).minutes == shape.minutes


def test_the_published_times_hold() -> None:
    minutes = {format: formats.shape_of(format).minutes for format in Format}
    assert minutes[Format.ONE_TWO_FOUR_ALL] == 1 + 2 + 4 + 5
    assert minutes[Format.MICRO_CAFE] == 85
    assert 90 <= minutes[Format.KNOWLEDGE_CAFE] <= 120
    cafe = formats.shape_of(Format.WORLD_CAFE).steps
    assert [step.minutes for _at, step in formats.seated_steps(cafe)] == [20, 20, 20]


STEP = {"gathering": "tables", "minutes": 10, "title": "Talk", "size": 4}
BAD_STEPS: list[Any] = [
    "talk",
    [],
    [STEP] * 31,
    [{**STEP, "minutes": 0}],
    [{**STEP, "minutes": None}],
    [{**STEP, "minutes": 600}, {**STEP, "minutes": 600}],
    [{**STEP, "title": " "}],
    [{**STEP, "title": "x" * 121}],
    [{**STEP, "size": 11}],
    [{**STEP, "size": 2}],
    [{**STEP, "gathering": "heap"}],
    ["talk"],
    [{**STEP, "prompt": "x" * 501}],
]


@pytest.mark.parametrize("steps", BAD_STEPS)
def test_steps_that_cannot_be_are_refused_in_words(steps: Any) -> None:
    with pytest.raises(DomainError) as refused:
        formats.steps_from(steps)
    assert refused.value.message


def test_sizes_follow_from_how_people_gather() -> None:
    def size(gathering: Gathering, said: Any) -> int:
        return formats.Step.from_json({**STEP, "gathering": gathering.value, "size": said}).size

    assert [size(one, 7) for one in Gathering] == [0, 0, 2, 7, 0]
    assert size(Gathering.TABLES, "") == 4


# The same again.


def test_the_same_again_is_a_week_later_at_the_same_hour(cast: Cast) -> None:
    series = actions.start_series(actor=cast.host, chapter=cast.chapter, title="Mondays")
    session = story.opened(
        cast, series=series, question="Why?", reading=[("A tip", "https://example.org")]
    )
    again = actions.plan_next(actor=cast.host, session=session)
    assert again.starts_at - session.starts_at == timedelta(days=7)
    kept = ("series", "format", "title", "steps", "cap", "quorum", "minutes", "timezone")
    assert all(getattr(again, name) == getattr(session, name) for name in kept)
    assert (again.reading, again.question, again.state) == ([], "", State.DRAFT)
    with story.before(session, -24 * 15):
        ahead = actions.plan_next(actor=cast.host, session=session)
        assert ahead.starts_at - session.starts_at == timedelta(days=21)


def test_the_clocks_change_and_the_hour_stays(cast: Cast) -> None:
    lisbon = ZoneInfo("Europe/Lisbon")
    starts = datetime(2026, 3, 26, 18, 30, tzinfo=lisbon)
    session = story.opened(cast, starts_at=starts, timezone="Europe/Lisbon")
    again = actions.plan_next(actor=cast.host, session=session)
    assert again.starts_at.astimezone(lisbon) == datetime(2026, 4, 2, 18, 30, tzinfo=lisbon)
    assert again.starts_at - session.starts_at == timedelta(days=7, hours=-1)


def test_an_hour_that_does_not_exist_becomes_the_one_the_clocks_jump_to() -> None:
    before = datetime(2026, 3, 22, 1, 30, tzinfo=ZoneInfo("Europe/Lisbon")).astimezone(UTC)
    after = times.days_later(before, "Europe/Lisbon", 7)
    assert times.there(after, "Europe/Lisbon").strftime("%H:%M") == "02:30"
    twice = datetime(2026, 10, 18, 1, 30, tzinfo=ZoneInfo("Europe/Lisbon")).astimezone(UTC)
    assert times.days_later(twice, "Europe/Lisbon", 7) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


# Series and run-sheets.


def test_a_series_is_edited_and_ended(cast: Cast) -> None:
    series = actions.start_series(
        actor=cast.host, chapter=cast.chapter, title="Fridays", for_body=cast.city, apart_days=30
    )
    story.opened(cast, series=series)
    story.planned(cast, series=series)
    actions.edit_series(actor=cast.host, series=series, title="Mondays", seen=1)
    with pytest.raises(Overtaken):
        actions.edit_series(actor=cast.deputy, series=series, title="Sundays", seen=1)
    with pytest.raises(DomainError):
        actions.edit_series(actor=cast.host, series=series, apart_days=-1)
    (card,) = queries.series_of(cast.host, cast.chapter)
    assert (card.title, card.for_body, card.coming, card.past, card.is_over) == (
        "Mondays", "City Health Office", 2, 0, False,
    )  # fmt: skip
    actions.end_series(actor=cast.host, series=series)
    with pytest.raises(Conflict):
        story.planned(cast, series=series)
    assert queries.series_card(cast.host, series).is_over


def test_what_belongs_to_another_chapter_stays_there(cast: Cast) -> None:
    from footbridge.people.models import Host

    Host.objects.create(person=cast.stranger, chapter=cast.other_chapter)
    theirs = actions.start_series(actor=cast.stranger, chapter=cast.other_chapter, title="Theirs")
    sheet = actions.clone_run_sheet(
        actor=cast.stranger, chapter=cast.other_chapter, source="values"
    )
    for said in ({"series": theirs}, {"run_sheet": sheet}):
        with pytest.raises(DomainError, match="another chapter"):
            story.planned(cast, **said)
    with pytest.raises(NotAllowed):
        actions.clone_run_sheet(actor=cast.host, chapter=cast.chapter, source=sheet)
    for find in (
        lambda: queries.get_series(cast.host, theirs.id),
        lambda: queries.get_run_sheet(cast.host, sheet.id),
    ):
        with pytest.raises(NotHere):
            find()


def test_a_run_sheet_is_made_from_a_session_as_it_was_run(cast: Cast) -> None:
    session = story.opened(cast)
    sheet = actions.clone_run_sheet(
        actor=cast.host, chapter=cast.chapter, source=session, name="Our café"
    )
    (card,) = queries.run_sheets(cast.host, cast.chapter)
    assert (card.id, card.name, card.format, card.minutes) == (
        sheet.id, "Our café", "knowledge_cafe", session.minutes,
    )  # fmt: skip
    assert queries.run_sheets(cast.seeker, cast.chapter) == []
    actions.drop_run_sheet(actor=cast.host, run_sheet=sheet)
    assert not RunSheet.objects.exists()
    with pytest.raises(NotHere):
        actions.drop_run_sheet(actor=cast.host, run_sheet=sheet)


def test_an_offer_is_held_no_longer_than_the_new_time_allows(cast: Cast) -> None:
    session = story.opened(cast, cap=1)
    first, second = story.guests(cast, 2)
    story.accepted(session, first, second)
    actions.give_back(actor=first, session=session)
    soon = clock.now() + timedelta(hours=8)
    actions.edit(actor=cast.host, session=session, starts_at=soon)
    seat = Seat.objects.get(person=second)
    assert (seat.holding, seat.held_until) == (Holding.OFFERED, NOON + timedelta(hours=2))
