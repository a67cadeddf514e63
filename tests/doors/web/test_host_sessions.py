"""Sessions as those see them who run them: planned in a page, filled, checked in, ended."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from footbridge import __version__
from footbridge.core import clock
from footbridge.mail.models import Message
from footbridge.meetings import actions
from footbridge.meetings.models import RunSheet, Seat, Series, Session
from footbridge.meetings.states import Holding, Part, State
from footbridge.people.models import Host
from footbridge.web.pictures.qr import qr_code
from tests.cast import Cast
from tests.conftest import NOON
from tests.doors.web.test_meet import signed_in, words
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db

LIST = "/host/sessions/"
NEW = "/host/sessions/new/"
PLAN = {
    "title": "Who repairs what?",
    "day": "2026-03-12",
    "at": "18:30",
    "where": "Library, back room",
    "language": "en",
    "timezone": "Europe/Lisbon",
}


def page_of(session: Session, page: str = "") -> str:
    return f"/host/sessions/{session.id}/{page}"


# The list and the plan.


def test_no_session_is_said_with_an_example(cast: Cast) -> None:
    page = words(signed_in(cast.host).get(LIST))
    assert "No session is planned" in page
    assert "Plan a session" in page


def test_drafts_what_is_coming_and_what_was_stand_apart(cast: Cast) -> None:
    story.planned(cast, title="A draft of ours")
    story.opened(cast, title="Coming soon", starts_at=story.EVENING + timedelta(days=1))
    with clock.held_at(NOON - timedelta(days=30)):
        past = story.opened(cast, title="Long ago", starts_at=NOON - timedelta(days=20))
    with story.before(past, -2):
        actions.begin(actor=cast.host, session=past)
        actions.end(actor=cast.host, session=past)
    client = signed_in(cast.host)
    page = words(client.get(LIST))
    assert page.index("A draft of ours") < page.index("Coming soon")
    assert "Long ago" not in page
    assert "Long ago" in words(client.get(LIST + "?when=past"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_few_queries(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        story.opened(cast, starts_at=story.EVENING + timedelta(days=number))
    client = signed_in(cast.host)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(LIST).status_code == 200


LIST_QUERIES = 21


def test_a_session_is_planned_with_a_name_a_day_and_a_place(cast: Cast) -> None:
    client = signed_in(cast.host)
    assert "Micro café" in words(client.get(NEW))
    assert client.get(NEW + "?format=micro_cafe").status_code == 200
    response = client.post(NEW + "?format=micro_cafe", PLAN)
    session = Session.objects.get()
    assert response.headers["Location"] == page_of(session)
    assert (session.state, session.cap, session.quorum) == (State.DRAFT, 10, 4)
    assert session.starts_at == datetime(2026, 3, 12, 18, 30, tzinfo=UTC)
    assert "A draft" in words(client.get(page_of(session)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"day": "2026-02-31"}, "Enter a valid date."),
        ({"day": "2026-03-01"}, "Choose a time to come."),
        ({"cap": "11"}, "A session of this kind has at most 10 seats."),
        ({"reading": "not an address, only words"}, "Enter a valid URL."),
        ({"timezone": "Mars/Olympus"}, "Select a valid choice."),
        ({"day": "2026-03-29", "at": "01:30"}, "there is no such hour"),
    ],
)
def test_what_was_typed_stays_beside_what_is_wrong(
    cast: Cast, wrong: dict[str, str], said: str
) -> None:
    typed = PLAN | {"question": "My own words, kept"} | wrong
    response = signed_in(cast.host).post(NEW + "?format=micro_cafe", typed)
    assert response.status_code == 400
    page = response.content.decode()
    assert said in page
    assert "My own words, kept" in page
    assert not Session.objects.exists()


def test_what_is_wrong_in_the_folded_part_is_unfolded(cast: Cast) -> None:
    client = signed_in(cast.host)
    wrong = client.post(NEW + "?format=micro_cafe", PLAN | {"cap": "99"}).content.decode()
    right = client.get(NEW + "?format=micro_cafe").content.decode()
    assert "<details open" in wrong
    assert "<details open" not in right


def test_a_plan_that_is_sent_twice_is_one_session(cast: Cast) -> None:
    client = signed_in(cast.host)
    page = client.get(NEW + "?format=micro_cafe").content.decode()
    form = page[page.index('class="form"') :]
    key = {
        name: re.search(rf'name="{name}" value="([^"]+)"', form)[1]  # type: ignore[index]
        for name in ("csrfmiddlewaretoken", "once")
    }
    for _time in range(2):
        assert client.post(NEW + "?format=micro_cafe", PLAN | key).status_code == 302
    assert Session.objects.count() == 1


def test_ones_own_run_sheet_is_a_shape_to_begin_with(cast: Cast) -> None:
    client = signed_in(cast.host)
    client.post("/host/run-sheets/clone/", {"format": "troika"})
    sheet = RunSheet.objects.get()
    assert "Your own run-sheets" in words(client.get(NEW))
    client.post(f"{NEW}?sheet={sheet.id}", PLAN)
    assert Session.objects.get().format == "troika"


def test_nobody_else_plans_or_sees_the_cockpit(cast: Cast) -> None:
    session = story.opened(cast)
    for nobody in (cast.seeker, cast.stranger):
        client = signed_in(nobody)
        for path in (LIST, NEW, *(page_of(session, page) for page in PAGES)):
            assert client.get(path).status_code == 404, path
        assert client.post(page_of(session, "move/"), {"move": "begin"}).status_code == 404


PAGES = ("", "edit/", "steps/", "invite/", "seats/", "door/", "cancel/", "again/")


def test_a_session_of_another_chapter_looks_as_if_it_were_not_there(cast: Cast) -> None:
    other = story.opened(cast)
    far = cast.person("Far Host", chapter=cast.other_chapter)
    Host.objects.create(person=far, chapter=cast.other_chapter)
    client = signed_in(far)
    answers = [
        client.get(f"/host/sessions/{one}/{page}")
        for one in (other.id, uuid.uuid4())
        for page in PAGES
    ]
    bodies = {re.sub(r"\b[A-Za-z0-9]{64}\b", "", one.content.decode()) for one in answers}
    assert {one.status_code for one in answers} == {404}
    assert len(bodies) == 1


def test_who_facilitates_runs_the_evening_but_does_not_call_it_off(cast: Cast) -> None:
    session = story.opened(cast)
    [seat] = story.accepted(session, cast.seeker)
    actions.set_part(actor=cast.host, seat=seat, part=Part.FACILITATOR)
    client = signed_in(cast.seeker)
    for page in ("", "steps/", "edit/", "seats/", "door/"):
        assert client.get(page_of(session, page)).status_code == 200, page
    for page in ("cancel/", "again/", "invite/"):
        assert client.get(page_of(session, page)).status_code == 404, page
    assert "Cancel it" not in words(client.get(page_of(session)))


# The cockpit.


def test_the_cockpit_counts_who_comes_who_waits_and_who_does_not(cast: Cast) -> None:
    session = story.opened(cast, cap=2)
    one, two, three, four, five = story.guests(cast, 5)
    story.accepted(session, one, two, three)
    actions.invite(actor=cast.host, session=session, people=[four, five])
    actions.decline(actor=five, session=session)
    page = signed_in(cast.host).get(page_of(session)).content.decode()
    stats = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)", page))
    assert stats == {
        "said yes": "2",
        "wait for a seat": "1",
        "have not answered": "1",
        "do not come": "1",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_cockpit_takes_the_same_few_queries(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    session = story.opened(cast, cap=9)
    story.accepted(session, *story.guests(cast, count))
    client = signed_in(cast.host)
    client.get(page_of(session))
    with django_assert_num_queries(COCKPIT_QUERIES):
        assert client.get(page_of(session)).status_code == 200


COCKPIT_QUERIES = 24


def test_only_one_button_of_a_cockpit_is_the_main_one(cast: Cast) -> None:
    session = story.planned(cast)
    client = signed_in(cast.host)

    def main() -> list[str]:
        page = client.get(page_of(session)).content.decode()
        found = re.findall(r'class="button button-primary[^>]*>(.*?)</(?:a|button)>', page, re.S)
        return [re.sub(r"<[^>]+>", "", words_).strip() for words_ in found]

    assert main() == ["Open it"]
    client.post(page_of(session, "move/"), {"move": "open"})
    assert main() == ["Invite people"]
    with story.before(session, 2):
        assert main() == ["Check people in"]
    with story.before(session, -0.1):
        assert main() == ["Begin"]
        client.post(page_of(session, "move/"), {"move": "begin"})
        assert main() == ["In the room"]
        client.post(page_of(session, "move/"), {"move": "end"})
        assert main() == ["The same again"]
        assert story.fresh(session).state == State.OVER
        client.post(page_of(session, "move/"), {"move": "begin"})
        assert story.fresh(session).state == State.RUNNING


# Inviting.


def test_those_who_are_ticked_are_invited_each_by_a_link_of_their_own(cast: Cast) -> None:
    session = story.opened(cast)
    chosen = [cast.listed, cast.target]
    client = signed_in(cast.host)
    response = client.post(
        page_of(session, "invite/"), {"person": [str(one.id) for one in chosen]}, follow=True
    )
    assert "2 people are invited." in words(response)
    assert Message.objects.filter(kind="seat_invited").count() == 2
    page = client.get(page_of(session, "invite/")).content.decode()
    assert str(cast.listed.id) not in re.findall(r'name="person" value="([^"]+)"', page)


def test_nobody_ticked_is_said_and_nobody_is_written_to(cast: Cast) -> None:
    session = story.opened(cast)
    response = signed_in(cast.host).post(page_of(session, "invite/"), {}, follow=True)
    assert "Tick whom you would like to invite first." in words(response)
    assert not Seat.objects.exists()


def test_who_pauses_cannot_be_ticked_and_is_named_if_they_were(cast: Cast) -> None:
    session = story.opened(cast)
    cast.target.paused_until = clock.today() + timedelta(days=9)
    cast.target.save()
    client = signed_in(cast.host)
    page = client.get(page_of(session, "invite/"))
    assert str(cast.target.id) not in page.content.decode()
    assert "not available now" in words(page)
    response = client.post(
        page_of(session, "invite/"), {"person": str(cast.target.id)}, follow=True
    )
    assert "Not available now: Lena Sought." in words(response)


def test_those_who_came_before_and_newcomers_are_told_apart(cast: Cast) -> None:
    with clock.held_at(NOON - timedelta(days=30)):
        earlier = story.opened(cast, starts_at=NOON - timedelta(days=20))
        story.accepted(earlier, cast.target)
    story.checked_in(cast, earlier, cast.target)
    with story.before(earlier, -2):
        actions.begin(actor=cast.host, session=earlier)
        actions.end(actor=cast.host, session=earlier)
    assert cast.colleague
    path = page_of(story.opened(cast), "invite/")
    client = signed_in(cast.host)
    before, new = words(client.get(path + "?which=before")), words(client.get(path + "?which=new"))
    assert "Lena Sought" in before
    assert "Tariq Colleague" not in before
    assert "Lena Sought" not in new
    assert "Tariq Colleague" in new
    assert "Lena Sought" in words(client.get(path + "?q=sought"))


# The evening.


def test_people_are_checked_in_with_one_tap_and_the_list_stays_where_it_was(cast: Cast) -> None:
    session = story.opened(cast)
    [seat] = story.accepted(session, cast.seeker)
    client = signed_in(cast.host)
    path = page_of(session, f"seats/{seat.id}/")
    with story.before(session, 0.1):
        response = client.post(path, {"move": "came", "back": "door"})
        assert response.headers["Location"] == f"{page_of(session, 'seats/')}#seat-{seat.id}"
        assert "1 here, 3 seats" in words(client.get(page_of(session, "seats/")))
        client.post(path, {"move": "left"})
        assert "0 here" in words(client.get(page_of(session, "seats/")))
        client.post(path, {"move": "not_there"})
    seat.refresh_from_db()
    assert (seat.came_at, seat.holding) == (None, Holding.ACCEPTED)


def test_a_check_in_that_comes_too_early_is_refused_in_words(cast: Cast) -> None:
    session = story.opened(cast)
    [seat] = story.accepted(session, cast.seeker)
    client = signed_in(cast.host)
    assert "came" not in client.get(page_of(session, "seats/")).content.decode().split("<main")[1]
    response = client.post(page_of(session, f"seats/{seat.id}/"), {"move": "came"}, follow=True)
    assert response.status_code == 200
    assert 'class="notice notice-error"' in response.content.decode()


def test_a_part_is_given_from_the_list(cast: Cast) -> None:
    session = story.opened(cast)
    [seat] = story.accepted(session, cast.seeker)
    client = signed_in(cast.host)
    path = page_of(session, f"seats/{seat.id}/")
    client.post(path, {"move": "part", "part": "note_keeper"})
    assert "Note keeper" in words(client.get(page_of(session)))
    assert client.post(path, {"move": "part", "part": "queen"}).status_code == 404


def test_a_seat_of_another_session_is_not_reached_through_this_one(cast: Cast) -> None:
    session = story.opened(cast)
    other = story.opened(cast, starts_at=story.EVENING + timedelta(days=1))
    [seat] = story.accepted(other, cast.seeker)
    path = page_of(session, f"seats/{seat.id}/")
    assert signed_in(cast.host).post(path, {"move": "came"}).status_code == 404


def test_a_host_writes_down_who_walks_in(cast: Cast) -> None:
    session = story.opened(cast)
    client = signed_in(cast.host)
    with story.before(session, 0.1):
        path = page_of(session, "seats/")
        assert client.post(path, {"name": ""}).status_code == 400
        response = client.post(path, {"name": "Nadia Novak"}, follow=True)
    assert "Nadia Novak is checked in." in words(response)
    assert "walked in" in words(response)


def test_the_sheet_for_the_door_carries_a_code(cast: Cast) -> None:
    session = story.opened(cast)
    page = signed_in(cast.host).get(page_of(session, "door/")).content.decode()
    assert '<svg class="qr"' in page
    found = re.search(r'value="http[^"]*(/door/[^"]+/)"', page)
    assert found is not None
    assert signed_in(cast.seeker).get(found[1]).status_code == 200


def test_a_code_has_a_quiet_zone_and_no_style_of_its_own() -> None:
    code = qr_code("https://example.org/door/" + "x" * 150 + "/", 'A "code"')
    side = int(re.search(r'viewBox="0 0 (\d+) ', code)[1])  # type: ignore[index]
    assert side >= 21 + 2 * 4
    assert "style=" not in code
    assert 'aria-label="A &quot;code&quot;"' in code


# Changing it.


def test_changing_the_day_tells_those_who_come(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    client = signed_in(cast.host)
    assert 'value="2026-03-09"' in client.get(page_of(session, "edit/")).content.decode()
    said = PLAN | {"version": session.version, "cap": "3", "quorum": "1", "minutes": "100"}
    assert client.post(page_of(session, "edit/"), said).status_code == 302
    assert story.fresh(session).title == "Who repairs what?"
    assert Message.objects.filter(kind="session_changed").count() == 1


def test_two_who_edit_at_once_see_both_texts(cast: Cast) -> None:
    session = story.opened(cast)
    seen = session.version
    actions.edit(actor=cast.host, session=session, title="Theirs", starts_at=story.EVENING)
    client = signed_in(cast.host)
    said = PLAN | {"version": seen, "title": "Mine"}
    response = client.post(page_of(session, "edit/"), said)
    assert response.status_code == 409
    page = words(response)
    assert "Theirs" in page
    assert "9 March 2026" in page
    # The page knows the version of the session; the foot of it tells that of the product.
    assert f"Footbridge {__version__}" in page
    assert story.fresh(session).title == "Theirs"


def test_what_nobody_else_changed_is_not_shown_as_if_they_had(cast: Cast) -> None:
    series = actions.start_series(actor=cast.host, chapter=cast.chapter, title="Thursdays")
    reading = [{"words": "A market", "url": "https://example.org/market"}]
    session = story.opened(cast, series=series, reading=reading)
    client = signed_in(cast.host)
    form = client.get(page_of(session, "edit/")).context["form"]
    said = {name: form[name].value() for name in form.fields}
    said = {name: "" if value in (None, False) else value for name, value in said.items()}
    actions.edit(actor=cast.host, session=session, title="Theirs")
    response = client.post(page_of(session, "edit/"), said | {"title": "Mine"})
    assert response.status_code == 409
    assert response.content.decode().count("What stands there now") == 1


def test_fewer_seats_than_are_taken_are_refused_beside_the_field(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker, cast.target)
    said = PLAN | {"version": session.version, "cap": "1", "quorum": "1"}
    response = signed_in(cast.host).post(page_of(session, "edit/"), said)
    assert response.status_code == 400
    assert "2 people have a seat already." in words(response)


def test_cancelling_asks_first_and_says_who_is_told(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker)
    client = signed_in(cast.host)
    page = words(client.get(page_of(session, "cancel/")))
    assert "1 person is told" in page
    assert "Rosa Seeker" in page
    assert story.fresh(session).state == State.OPEN
    client.post(page_of(session, "cancel/"), {"because": "The roof leaks."})
    assert story.fresh(session).state == State.CANCELLED
    assert "The roof leaks." in words(client.get(page_of(session)))


def test_the_same_again_is_offered_a_week_later(cast: Cast) -> None:
    session = story.opened(cast)
    client = signed_in(cast.host)
    assert 'value="2026-03-16"' in client.get(page_of(session, "again/")).content.decode()
    response = client.post(page_of(session, "again/"), {"day": "2026-03-20", "at": "19:00"})
    again = Session.objects.exclude(id=session.id).get()
    assert response.headers["Location"] == page_of(again)
    assert (again.title, again.state) == (session.title, State.DRAFT)
    past = client.post(page_of(session, "again/"), {"day": "2026-02-20", "at": "19:00"})
    assert past.status_code == 400
    assert "Choose a time to come." in words(past)


# Steps.


def step(at: int, **said: str) -> dict[str, str]:
    usual = {"title": f"Step {at}", "gathering": "all", "minutes": "10", "size": "", "prompt": ""}
    return {f"step-{at}-{name}": value for name, value in (usual | said).items()}


def titles_in(page: str) -> list[str]:
    return re.findall(r'name="step-\d+-title" value="([^"]*)"', page)


@pytest.mark.parametrize(
    ("move", "then"),
    [
        ("up-1", ["B", "A", "C"]),
        ("down-1", ["A", "C", "B"]),
        ("up-0", ["A", "B", "C"]),
        ("down-2", ["A", "B", "C"]),
        ("remove-0", ["B", "C"]),
        ("remove-9", ["A", "B", "C"]),
        ("add-1", ["A", "", "B", "C"]),
        ("nonsense", ["A", "B", "C"]),
    ],
)
def test_rows_are_moved_about_without_script_and_nothing_is_saved(
    cast: Cast, move: str, then: list[str]
) -> None:
    session = story.opened(cast)
    said = {"move": move, "version": "1"}
    for at, title in enumerate("ABC"):
        said |= step(at, title=title)
    response = signed_in(cast.host).post(page_of(session, "steps/"), said)
    assert response.status_code == 200
    page = response.content.decode()
    shown = [re.search(rf'name="step-{at}-title"(?: value="([^"]*)")?', page) for at in range(9)]
    assert [found[1] or "" for found in shown if found] == then
    assert story.fresh(session).steps == session.steps


def test_steps_are_saved_in_their_order(cast: Cast) -> None:
    session = story.opened(cast)
    said = {"move": "save", "version": str(session.version)}
    said |= step(0, title="Welcome") | step(1, gathering="tables", size="4", minutes="25")
    response = signed_in(cast.host).post(page_of(session, "steps/"), said)
    assert response.headers["Location"] == page_of(session)
    kept = story.fresh(session).steps
    assert [(one["title"], one["minutes"], one["size"]) for one in kept] == [
        ("Welcome", 10, 0),
        ("Step 1", 25, 4),
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"minutes": "0"}, {"minutes": "many"}, {"gathering": "heap"}, {"size": "99"}],
)
def test_a_step_that_is_wrong_is_shown_and_nothing_is_lost(
    cast: Cast, wrong: dict[str, str]
) -> None:
    session = story.opened(cast)
    said = {"version": str(session.version)} | step(0, prompt="My own words, kept", **wrong)
    response = signed_in(cast.host).post(page_of(session, "steps/"), said)
    assert response.status_code == 400
    assert "My own words, kept" in response.content.decode()
    assert story.fresh(session).steps == session.steps


def test_a_table_of_two_is_refused_in_words(cast: Cast) -> None:
    session = story.opened(cast)
    said = {"version": ""} | step(0, gathering="tables", size="2")
    response = signed_in(cast.host).post(page_of(session, "steps/"), said)
    assert response.status_code == 400
    assert "A table has from 3 to 10 people." in words(response)


def test_two_who_change_the_steps_at_once_lose_nothing(cast: Cast) -> None:
    session = story.opened(cast)
    seen = str(session.version)
    client = signed_in(cast.host)
    client.post(page_of(session, "steps/"), {"version": seen} | step(0, title="Theirs"))
    mine = {"version": seen} | step(0, title="Mine")
    response = client.post(page_of(session, "steps/"), mine)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Theirs" in page
    assert titles_in(page) == ["Mine"]
    newer = re.search(r'name="version" value="(\d+)"', page)
    assert newer is not None
    client.post(page_of(session, "steps/"), mine | {"version": newer[1]})
    assert story.fresh(session).steps[0]["title"] == "Mine"


def test_no_number_of_rows_brings_the_page_down(cast: Cast) -> None:
    session = story.opened(cast)
    said = {"version": ""}
    for at in range(200):
        said |= step(at)
    response = signed_in(cast.host).post(page_of(session, "steps/"), said)
    assert response.status_code == 400
    assert story.fresh(session).steps == session.steps


# Run-sheets and series.


def test_a_run_sheet_is_made_ones_own_changed_and_thrown_away(cast: Cast) -> None:
    client = signed_in(cast.host)
    response = client.post("/host/run-sheets/clone/", {"format": "micro_cafe"})
    sheet = RunSheet.objects.get()
    path = f"/host/run-sheets/{sheet.id}/"
    assert response.headers["Location"] == path
    said = {"version": str(sheet.version), "name": "Ours", "cap": "8", "quorum": "3"}
    moved = client.post(path, said | {"move": "add-1", "name": "Half-typed"} | step(0))
    assert "Half-typed" in moved.content.decode()
    wrong = client.post(path, said | {"cap": "40"} | step(0, title="Kept"))
    assert wrong.status_code == 400
    assert titles_in(wrong.content.decode()) == ["Kept"]
    assert client.post(path, said | step(0, title="Welcome")).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.name, sheet.cap, len(sheet.steps)) == ("Ours", 8, 1)
    client.post(path + "drop/")
    assert not RunSheet.objects.exists()


def test_the_steps_of_an_evening_are_kept_as_a_run_sheet(cast: Cast) -> None:
    session = story.opened(cast)
    signed_in(cast.host).post(page_of(session, "keep/"))
    assert RunSheet.objects.get().steps == session.steps


def test_a_series_goes_on_with_the_same_again_and_ends(cast: Cast) -> None:
    client = signed_in(cast.host)
    assert "No series yet" in words(client.get("/host/series/"))
    begun = {"title": "Thursdays", "about": "In the library.", "apart_days": "90"}
    response = client.post("/host/series/new/", begun)
    series = Series.objects.get()
    path = f"/host/series/{series.id}/"
    assert response.headers["Location"] == path
    client.post(NEW + "?format=micro_cafe", PLAN | {"series": str(series.id)})
    session = Session.objects.get()
    assert session.series_id == series.id
    assert f"{page_of(session)}again/" in client.get(path).content.decode()
    assert client.post(path, begun | {"version": "1", "title": "Fridays"}).status_code == 302
    assert client.post(path, begun | {"version": "1", "title": "Sundays"}).status_code == 409
    client.post(path + "end/")
    assert "ended" in words(client.get(path))
    assert "Plan the next one" not in words(client.get(path))


def test_run_sheets_and_series_of_others_are_not_there(cast: Cast) -> None:
    sheet = actions.clone_run_sheet(actor=cast.host, chapter=cast.chapter, source="troika")
    series = actions.start_series(actor=cast.host, chapter=cast.chapter, title="Thursdays")
    client = signed_in(cast.seeker)
    for path in (f"/host/run-sheets/{sheet.id}/", f"/host/series/{series.id}/", "/host/series/"):
        assert client.get(path).status_code == 404


# Who came before, and who is in two places.


def test_all_who_came_before_are_invited_with_one_tap_and_nobody_twice(cast: Cast) -> None:
    people = story.guests(cast, 4)
    with clock.held_at(NOON - timedelta(days=30)):
        long_ago = story.opened(cast, title="Long ago", starts_at=NOON - timedelta(days=20), cap=9)
        story.accepted(long_ago, *people)
    story.checked_in(cast, long_ago, *people[:3])
    session = story.opened(cast, cap=9)
    actions.invite(actor=cast.host, session=session, people=people[:1])
    client = signed_in(cast.host)
    assert "Invite all 2 who came before" in words(client.get(page_of(session, "invite/")))
    for _time in range(2):
        answer = client.post(page_of(session, "invite/"), {"came_before": "yes"})
        assert answer.status_code == 302
    asked = Seat.objects.filter(session=session).values_list("person__name", flat=True)
    assert sorted(asked) == ["Guest 01", "Guest 02", "Guest 03"]
    assert "who came before" not in words(client.get(page_of(session, "invite/")))


def test_the_page_of_a_series_shows_its_own_sessions_alone(cast: Cast) -> None:
    series = actions.start_series(actor=cast.host, chapter=cast.chapter, title="Thursdays")
    story.opened(cast, series=series, title="One of ours")
    story.opened(cast, title="Another one", starts_at=story.EVENING + timedelta(days=1))
    page = words(signed_in(cast.host).get(f"/host/series/{series.id}/"))
    assert "One of ours" in page
    assert "Another one" not in page


def test_who_is_ticked_off_in_two_sessions_that_run_is_let_in_and_that_is_said(cast: Cast) -> None:
    here, there = story.opened(cast), story.opened(cast, title="Across town")
    seat = actions.invite(actor=cast.host, session=here, people=[cast.seeker])[0]
    actions.accept(actor=cast.seeker, session=there)
    with story.before(here, 0):
        for session in (here, there):
            actions.begin(actor=cast.host, session=session)
        actions.come(actor=cast.seeker, session=there)
        client = signed_in(cast.host)
        answer = client.post(page_of(here, f"seats/{seat.id}/"), {"move": "came"}, follow=True)
        told = "is ticked off in another session that runs now: Across town."
        assert told in words(answer)
        assert Seat.objects.filter(person=cast.seeker, came_at__isnull=False).count() == 2
        mine = Seat.objects.get(session=there, person=cast.seeker)
        actions.leave(actor=cast.seeker, seat=mine)
        answer = client.post(page_of(here, f"seats/{seat.id}/"), {"move": "came"}, follow=True)
        assert told not in words(answer)
