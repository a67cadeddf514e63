"""Assignments as people use them: find a team, ask, answer by link, work, look back, tell it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from footbridge.assignments import actions, queries
from footbridge.assignments.letters import part_path
from footbridge.assignments.models import Assignment, Case, HoursGiven, Part, SkillSeen
from footbridge.assignments.states import PartState, State
from footbridge.core import clock
from footbridge.exchange import actions as exchange
from tests.cast import Cast
from tests.doors.api.caller import Caller
from tests.doors.rows import writes
from tests.doors.web.test_time import signed_in, words_of
from tests.rooms.assignments import story

pytestmark = pytest.mark.django_db


def _page(assignment: Assignment, more: str = "") -> str:
    return f"/time/assignments/{assignment.id}/{more}"


def test_an_assignment_is_given_agreed_done_and_told_in_the_browser(cast: Cast) -> None:
    client, lead = signed_in(cast.seeker), signed_in(cast.target)
    said = {**story.terms(), "client": str(cast.food_bank.id), "lead": "Lena Sought"}
    assert client.post("/time/assignments/new/", said).status_code == 302
    assignment = Assignment.objects.get()
    assert "You are asked into a team: " + story.TITLE in words_of(lead.get("/"))
    assert "Lena Sought Lead · Asked" in words_of(client.get(_page(assignment)))
    assert lead.post(_page(assignment), {"move": "accept"}).status_code == 302
    for move in ("begin", "tick"):
        lead.post(_page(assignment), {"move": move, "step": "gap"})
    assert "ticked by Lena Sought" in words_of(client.get(_page(assignment)))
    lead.post(_page(assignment, "hours/"), {"month": "2026-03-01", "hours": "2.5"})
    told = HoursGiven.objects.get()
    answer = client.post(_page(assignment, "hours/"), {"hours_id": str(told.id), "hours": "2"})
    assert answer.status_code == 302
    assert HoursGiven.objects.get().confirmed_minutes == 120
    lead.post(_page(assignment), {"move": "deliver"})
    review = {"outcome": 4, "promises": 4, "heard": 5, "again": 5, "keep": "The maps", "version": 0}
    for browser in (client, lead):
        assert browser.post(_page(assignment, "review/"), review).status_code == 302
    assert words_of(client.get(_page(assignment))).count("The maps") == 2
    skill = story.skill()
    seen = {"person": str(cast.target.id), "skill": str(skill.id), "words": "She mended ours"}
    assert client.post(_page(assignment, "skills/"), seen).status_code == 302
    row = SkillSeen.objects.get()
    lead.post(_page(assignment, "skills/"), {"seen": str(row.id), "move": "yes"})
    client.post(_page(assignment, "case/"), {"move": "draft"})
    for browser in (client, lead):
        browser.post(_page(assignment, "case/"), {"move": "agree", "version": "1"})
    assert Case.objects.get().state == "agreed"
    client.post(_page(assignment), {"move": "close"})
    assert story.fresh(assignment).state == State.CLOSED
    assert "Agreed by everybody" in words_of(lead.get(_page(assignment, "case/")))
    assert re.search(r"2\s+Hours in 2026|Hours in 2026\s+2", words_of(lead.get("/time/given/")))


def test_a_link_asks_for_one_tap_and_opening_it_changes_nothing(cast: Cast) -> None:
    assignment = story.begun(cast)
    path = part_path(story.part(assignment, cast.target))
    browser = Client()
    with writes() as written:
        page = words_of(browser.get(path))
    assert "Rosa Seeker asks whether you would be in this team, as: Lead." in page
    assert not written
    assert story.part(assignment, cast.target).state == PartState.ASKED
    assert browser.post(path, {"move": "accept"}).status_code == 302
    assert story.fresh(assignment).state == State.AGREED
    assert "You are in the team." in words_of(browser.get(path))


def test_a_no_by_link_needs_a_reason_and_keeps_what_was_typed(cast: Cast) -> None:
    assignment = story.begun(cast)
    path = part_path(story.part(assignment, cast.target))
    browser = Client()
    answer = browser.post(path, {"move": "decline", "words": "I sold the van"})
    assert answer.status_code == 400
    assert "I sold the van" in answer.content.decode()
    said = {"move": "decline", "reason": "no_time", "words": "I sold the van"}
    assert browser.post(path, said).status_code == 302
    assert "I sold the van" in words_of(signed_in(cast.seeker).get(_page(assignment)))


def test_a_link_that_is_late_says_so(cast: Cast) -> None:
    assignment = story.begun(cast)
    path = part_path(story.part(assignment, cast.target))
    with clock.held_at(clock.now() + timedelta(days=15)):
        assert Client().get(path).status_code == 410


def test_a_team_is_suggested_on_the_page_of_a_need_with_several_skills(cast: Cast) -> None:
    one, other = story.skill("nets"), story.skill("boats")
    for person, skill in ((cast.target, one), (cast.connector, other)):
        offer = exchange.open_offer(actor=person, owner=person, text=f"Help with {skill.key}")
        exchange.confirm_skills(actor=person, posting=offer, skills=[skill])
    need = exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="Help us fish")
    exchange.confirm_skills(actor=cast.seeker, posting=need, skills=[one])
    client = signed_in(cast.seeker)
    assert "Suggest a team" not in words_of(client.get(f"/needs-and-offers/need/{need.id}/"))
    exchange.confirm_skills(actor=cast.seeker, posting=need, skills=[one, other])
    assert "Suggest a team" in words_of(client.get(f"/needs-and-offers/need/{need.id}/"))
    page = client.get(f"/needs-and-offers/need/{need.id}/team/")
    assert "Help with own-nets" in words_of(page)
    assert f"/time/assignments/new/?need={need.id}&amp;lead={cast.target.id}" in (
        page.content.decode()
    )
    form = client.get(f"/time/assignments/new/?need={need.id}&lead={cast.target.id}")
    assert "Lena Sought" in form.content.decode()
    assert signed_in(cast.connector).get(f"/needs-and-offers/need/{need.id}/team/").status_code == (
        404
    )


def test_a_chosen_answer_begins_an_assignment_in_one_tap(cast: Cast) -> None:
    answer = story.chosen_answer(cast)
    client = signed_in(cast.seeker)
    address = f"/time/assignments/new/?answer={answer.id}"
    assert "We have two cold rooms" in words_of(client.get(address))
    assert client.post(address, {"kind": "pilot"}).status_code == 302
    assert Part.objects.get().person == cast.target
    assert signed_in(cast.connector).get(address).status_code == 404
    assert client.get("/time/assignments/new/?answer=x").status_code == 404


def test_somebody_is_asked_into_the_team_by_name_and_a_refusal_stands_at_the_field(
    cast: Cast,
) -> None:
    assignment = story.agreed(cast)
    lead = signed_in(cast.target)
    said = {"person": "Nobody At All", "role": "member", "what": "Boats"}
    answer = lead.post(_page(assignment, "ask/"), said)
    assert answer.status_code == 400
    assert "We know nobody by this name" in words_of(answer)
    assert lead.post(_page(assignment, "ask/"), said | {"person": cast.connector.name}).status_code
    assert story.part(assignment, cast.connector).what == "Boats"


def test_terms_that_were_changed_meanwhile_are_shown_and_nothing_typed_is_lost(cast: Cast) -> None:
    assignment = story.agreed(cast)
    client = signed_in(cast.seeker)
    actions.edit(actor=cast.target, assignment=assignment, **story.terms(title="Theirs"))
    said = {**story.terms(title="Mine"), "version": "1"}
    answer = client.post(_page(assignment, "terms/"), said)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()


def test_pages_for_later_lead_back_until_it_is_time(cast: Cast) -> None:
    assignment = story.agreed(cast)
    client = signed_in(cast.seeker)
    for page in ("skills/", "case/", "review/"):
        assert client.get(_page(assignment, page)).headers["Location"] == _page(assignment)
    done = story.closed(cast)
    for page in ("terms/", "ask/", "review/"):
        assert client.get(_page(done, page)).headers["Location"] == _page(done)


def test_nobody_else_finds_any_page_of_it(cast: Cast) -> None:
    assignment = story.reviewed(cast)
    for person in (cast.connector, cast.host):
        browser = signed_in(person)
        for page in ("", "terms/", "ask/", "review/", "hours/", "skills/", "case/"):
            assert browser.get(_page(assignment, page)).status_code == 404


def test_today_and_the_count_name_what_waits(cast: Cast) -> None:
    assignment = story.delivered(cast)
    assert "Write your review" in words_of(signed_in(cast.seeker).get("/"))
    story.reviews(cast.seeker, assignment)
    assert "Write your review" not in words_of(signed_in(cast.seeker).get("/"))


def test_reading_any_page_of_it_writes_nothing(cast: Cast) -> None:
    assignment = story.reviewed(cast)
    actions.draft_case(actor=cast.seeker, assignment=assignment)
    client = signed_in(cast.seeker)
    pages = ["/time/assignments/", *(_page(assignment, one) for one in ("", "hours/", "case/"))]
    client.get("/")
    for page in pages:
        with writes() as written:
            assert client.get(page).status_code == 200
        assert not written


# The same by programs.


def test_programs_do_the_same_as_people(cast: Cast) -> None:
    client, lead = Caller(cast.seeker), Caller(cast.target)
    terms = {**story.terms(), "begins": "2026-03-03", "ends": "2026-05-01"}
    said = {**terms, "client": str(cast.food_bank.id), "lead": str(cast.target.id)}
    made = _ok(client.call("POST", "/assignments", said), 201)
    one = f"/assignments/{made['id']}"
    assert _ok(lead.call("GET", "/assignments/asked"))[0]["title"] == story.TITLE
    assert _ok(lead.call("POST", f"{one}/accept"))["state"] == "agreed"
    assert _ok(client.call("POST", f"{one}/begin"))["state"] == "under_way"
    ticked = _ok(lead.call("PUT", f"{one}/steps", {"step": "gap"}))["steps"]
    assert [step["key"] for step in ticked if step["is_done"]] == ["gap"]
    [told] = _ok(lead.call("PUT", f"{one}/hours", {"month": "2026-03-09", "minutes": 90}))
    confirm = {"hours": told["id"], "minutes": 60}
    assert _ok(client.call("POST", f"{one}/hours/confirm", confirm))[0]["confirmed_minutes"] == 60
    _ok(lead.call("POST", f"{one}/deliver"))
    for caller in (client, lead):
        reviewed = _ok(caller.call("PUT", f"{one}/review", story.MARKS))
    assert len(reviewed["reviews"]) == 2
    case = _ok(lead.call("POST", f"{one}/case"))
    for caller in (client, lead):
        agreed = _ok(caller.call("POST", f"{one}/case/agree", {"version": case["version"]}))
    assert agreed["state"] == "agreed"
    assert _ok(client.call("POST", f"{one}/close"))["moves"] == ["confirm", "see", "case"]


def _ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def test_a_team_is_the_same_by_page_and_by_program(cast: Cast) -> None:
    skill = story.skill()
    offer = exchange.open_offer(actor=cast.target, owner=cast.target, text="I mend nets")
    exchange.confirm_skills(actor=cast.target, posting=offer, skills=[skill])
    need = exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="Mend our nets")
    exchange.confirm_skills(actor=cast.seeker, posting=need, skills=[skill])
    caller = Caller(cast.seeker)
    for address in (f"/needs/{need.id}/team", f"/team?skills={skill.id}"):
        found = _ok(caller.call("GET", address))
        assert [one["card"]["name"] for one in found["members"]] == ["Lena Sought"]
        assert found["members"][0]["reasons"][0]["text"] == "Offers: «I mend nets»"
    assert Caller(cast.connector).call("GET", f"/needs/{need.id}/team").status_code == 404
    assert queries.list_for(cast.seeker) == []
