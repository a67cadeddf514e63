"""Partnerships as people use them: begin, say yes by link, name people, work, deepen, close."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from footbridge.introductions import actions as introductions
from footbridge.partnerships import actions, queries
from footbridge.partnerships.letters import party_path
from footbridge.partnerships.models import LogEntry, Partnership
from footbridge.partnerships.starters import all_starters
from footbridge.partnerships.states import State
from tests.cast import Cast
from tests.doors.rows import writes
from tests.doors.web.test_time import signed_in, words_of
from tests.rooms.introductions import story as introductions_story
from tests.rooms.partnerships import story

pytestmark = pytest.mark.django_db


def _page(one: Partnership, more: str = "") -> str:
    return f"/partner/{one.id}/{more}"


def test_a_record_is_begun_from_an_example_and_the_other_side_says_yes(cast: Cast) -> None:
    cast.cold_chain, cast.target  # noqa: B018
    client, lena = signed_in(cast.seeker), signed_in(cast.target)
    assert "No partnership yet" in words_of(client.get("/partner/"))
    page = words_of(client.get("/partner/starters/"))
    assert all(one.title in page for one in all_starters("en"))
    address = "/partner/new/?starter=bakery-food-bank"
    form = client.get(address).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said |= {"other": "Northwind Cold Chain", "asked": "Lena Sought", "promises": "Call at noon\n"}
    assert client.post(address, said).status_code == 302
    one = Partnership.objects.get()
    assert (one.starter, one.kind) == ("bakery-food-bank", "philanthropic")
    assert one.commitments.get().text == "Call at noon"
    assert "Next: Every side has said yes" in words_of(client.get(_page(one)))
    assert "You are asked" in words_of(lena.get("/partner/"))
    side = story.party(one, 1)
    assert lena.post(f"/partner/asked/{side.id}/", {"move": "accept"}).status_code == 302
    assert "Next: Two stewards on each side" in words_of(lena.get(_page(one)))


def test_a_link_asks_for_one_tap_and_opening_it_changes_nothing(cast: Cast) -> None:
    one = story.begun(cast)
    path, browser = party_path(story.party(one, 1)), Client()
    with writes() as written:
        page = words_of(browser.get(path))
    assert "Rosa Seeker would like Northwind Cold Chain to be in this partnership" in page
    assert not written
    assert browser.post(path, {"move": "accept"}).status_code == 302
    assert "Your side is in." in words_of(browser.get(path))
    assert browser.post(path, {"move": "nothing"}).status_code == 404


def test_the_work_is_written_promised_linked_and_paid_for(cast: Cast) -> None:
    one = story.both_in(cast)
    client, lena = signed_in(cast.seeker), signed_in(cast.target)
    forms: list[dict[str, Any]] = [
        {"move": "promise", "text": "Two vans", "due_on": "2026-04-01"},
        {"move": "write", "kind": "decision", "text": "Mondays", "why": "The market is closed"},
        {"move": "link", "title": "Budget", "url": "https://sheets.example/a"},
        {"move": "say", "text": "See you on Monday"},
        {"move": "spend", "kind": "travel", "hours": "1.5", "amount": "12.40"},
    ]
    for said in forms:
        assert client.post(_page(one, "workspace/"), said).status_code == 302
    page = words_of(lena.get(_page(one, "workspace/")))
    for words in ("Two vans", "The market is closed", "Budget", "See you on Monday", "1:30 hours"):
        assert words in page
    assert "12.40 EUR" in page
    row = one.commitments.get()
    client.post(_page(one, "workspace/"), {"move": "keep", "row": str(row.id)})
    assert "kept" in words_of(lena.get(_page(one, "workspace/")))
    assert "See you on Monday" in story.told(cast.target)
    bad = {"move": "link", "title": "Old", "url": "http://sheets.example/a"}
    answer = client.post(_page(one, "workspace/"), bad)
    assert (answer.status_code, "begins with https://" in words_of(answer)) == (400, True)


def test_two_who_change_the_same_note_both_keep_their_words(cast: Cast) -> None:
    one = story.both_in(cast)
    row = actions.write(actor=cast.seeker, partnership=one, text="Mondays")
    page = _page(one, f"workspace/log/{row.id}/")
    client, lena = signed_in(cast.seeker), signed_in(cast.target)
    assert lena.post(page, {"text": "Tuesdays", "version": "1"}).status_code == 302
    answer = client.post(page, {"text": "Wednesdays", "version": "1"})
    assert answer.status_code == 409
    assert "Tuesdays" in words_of(answer)
    assert "Wednesdays" in answer.content.decode()
    assert LogEntry.objects.get().text == "Tuesdays"


def test_it_is_deepened_by_both_and_closed_by_a_list(cast: Cast) -> None:
    one = story.active(cast)
    client, lena = signed_in(cast.seeker), signed_in(cast.target)
    client.post(_page(one), {"move": "deepen", "to": "integrative", "why": "We trust each other"})
    assert "It waits for the yes of Northwind Cold Chain" in words_of(lena.get(_page(one)))
    row = str(one.deepenings.get().id)
    assert lena.post(_page(one), {"move": "deeper_yes", "deepening": row}).status_code == 302
    assert "Building together" in words_of(client.get(_page(one)))
    assert client.post(_page(one), {"move": "close", "words": "The grant ends"}).status_code == 302
    assert client.post(_page(one), {"move": "finish"}).status_code == 409
    for line in queries.get_card(cast.seeker, one.id).exit_list:
        client.post(_page(one), {"move": "settle", "item": line.key})
    assert client.post(_page(one), {"move": "finish"}).status_code == 302
    assert story.fresh(one).state == State.CLOSED
    assert "The grant ends" in words_of(lena.get(_page(one)))
    assert lena.post(_page(one, "workspace/"), {"move": "say", "text": "Hm"}).status_code == 400


def test_people_are_named_and_step_down(cast: Cast) -> None:
    one = story.both_in(cast)
    cast.colleague  # noqa: B018
    lena = signed_in(cast.target)
    named = {"person": "Tariq Colleague", "role": "deputy"}
    assert lena.post(_page(one, "people/"), named).status_code == 302
    assert "two stewards" in words_of(lena.get(_page(one, "people/")))
    picture = str(lena.get(_page(one)).context["picture"])
    assert "For Northwind Cold Chain: " in picture
    assert all(f">{name}<" in picture for name in ("Lena Sought", "Tariq Colleague"))
    assert "Rosa Seeker alone stands for Harbour Food Bank." in picture
    assert picture.count("facing-dot") == 3
    tariq = signed_in(cast.colleague)
    people = queries.get_card(cast.colleague, one.id).parties[1].people
    row = next(one for one in people if one.is_me)
    tariq.post(_page(one, "people/"), {"move": "end", "row": str(row.id)})
    assert tariq.get(_page(one)).status_code == 404


def test_sides_are_added_told_of_and_measured(cast: Cast) -> None:
    one = story.both_in(cast)
    client = signed_in(cast.seeker)
    assert (
        client.post(_page(one, "parties/"), {"other": "Cooks", "role": "observing"}).status_code
        == 302
    )
    side = one.parties.get(name="Cooks")
    page = _page(one, f"parties/{side.id}/")
    assert "10 to 49 people" in words_of(client.get(f"{page}?people=49&turnover=10"))
    said = {"move": "edit", "role": "observing", "sector": "hybrid", "shares_profits": "no"}
    said |= {"size_scheme": "eu", "gain": "A warm kitchen", "version": "1"}
    assert client.post(page, said).status_code == 302
    assert one.parties.get(name="Cooks").shares_profits is False
    assert client.post(page, {"move": "withdraw"}).status_code == 302
    assert not one.parties.filter(name="Cooks").exists()
    theirs = story.party(one, 1)
    assert client.post(_page(one, f"parties/{theirs.id}/"), said).status_code == 400


def test_each_side_says_how_deep_it_is_and_the_gap_is_shown(cast: Cast) -> None:
    one = story.both_in(cast)
    for person, mark in ((cast.seeker, "4"), (cast.target, "2")):
        said = {"trust": mark, "scope": "2", "version": "0"}
        assert signed_in(person).post(_page(one, "depth/"), said).status_code == 302
    told = queries.depths_of(cast.seeker, one)
    assert (told.depths, told.gap) == ((2, 2), 0)
    assert next(line.gap for line in told.lines if line.key == "trust") == 2
    assert "Very much" in words_of(signed_in(cast.target).get(_page(one, "depth/")))


def test_hosts_read_cards_and_open_nothing(cast: Cast) -> None:
    one = story.both_in(cast)
    host = signed_in(cast.host)
    page = words_of(host.get("/host/partnerships/"))
    assert story.TITLE in page
    assert "Soup, kept cold" not in page
    assert host.get(_page(one)).status_code == 404


def test_an_introduction_that_leads_on_becomes_a_partnership(cast: Cast) -> None:
    made = introductions_story.introduced(cast)
    client = signed_in(cast.seeker)
    address = f"/partner/new/?introduction={made.id}"
    form = client.get(address).context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | {"title": "Cold soup"}
    assert (said["other"], said["asked"]) == ("Northwind Cold Chain", "Lena Sought")
    assert client.post(address, said).status_code == 400
    assert not Partnership.objects.exists()
    introductions.report(actor=cast.seeker, introduction=made, outcome="going_on", words="")
    assert address in client.get(f"/introductions/{made.id}/").content.decode()
    assert client.post(address, said).status_code == 302
    assert Partnership.objects.get().introduction == made
    assert signed_in(cast.connector).post(address, said).status_code == 400
    assert Partnership.objects.count() == 1
