"""The agreement of a partnership, as its sides see it in a browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from footbridge.agreements import actions, queries
from footbridge.agreements.models import Agreement, Approval, Contribution, Version
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.agreements import story
from tests.rooms.partnerships import story as sides

pytestmark = pytest.mark.django_db


def browser_of(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def page(one: Any, more: str = "") -> str:
    return f"/partner/{one.id}/agreement/{more}"


def test_a_small_side_goes_from_nothing_to_a_version_in_three_pages(cast: Cast) -> None:
    one = sides.both_in(cast)
    browser = browser_of(cast.seeker)
    assert "Begin an agreement" in browser.get(page(one)).content.decode()
    begun = browser.post(page(one), {"form": "pilot", "language": "es"})
    assert (begun.status_code, begun["Location"]) == (302, page(one, "pilot/"))
    asked = browser.get(page(one, "pilot/")).content.decode()
    assert "Soup, kept cold" in asked
    assert f"What {cast.cold_chain.name} puts in" in asked
    puts_in = {f"puts_in_{each.id.hex}": "A van" for each in one.parties.all()}
    said = {**story.PILOT, **puts_in, "standing": "non_binding", "version": "1"}
    assert browser.post(page(one, "pilot/"), said).status_code == 302
    read = browser.get(page(one)).content.decode()
    assert "Nothing is in the way" in read
    made = browser.post(page(one), {"move": "freeze"})
    assert made["Location"] == page(one, "versions/1/")
    assert Version.objects.get().content["language"] == "es"


def test_the_other_side_approves_by_the_link_and_opening_it_changes_nothing(cast: Cast) -> None:
    story.frozen(cast)
    path = f"/{story.link_of(cast.target)}"
    stranger = Client()
    opened = stranger.get(path)
    assert opened.status_code == 200
    assert "Does your side approve this version?" in opened.content.decode()
    assert not Approval.objects.exists()
    assert stranger.post(path, {"move": "approve"}).status_code == 302
    assert Approval.objects.get().by == cast.target
    assert "Does your side approve" not in stranger.get(path).content.decode()
    assert stranger.get(path[:-3] + "/").status_code == 410


def test_two_browsers_on_one_clause_see_both_texts(cast: Cast) -> None:
    one = story.filled(cast).partnership
    rosa, lena = browser_of(cast.seeker), browser_of(cast.target)
    address = page(one, "clause/money/")
    seen = queries.clause(cast.seeker, queries.get(cast.seeker, one.id), "money").version
    said = {"level": "fully", "version": str(seen)}
    assert rosa.post(address, {**said, "text": "The firm pays."}).status_code == 302
    met = lena.post(address, {**said, "text": "The bank pays."})
    assert met.status_code == 409
    shown = met.content.decode()
    assert "The firm pays." in shown
    assert "The bank pays." in shown
    over = lena.post(address, {**said, "text": "The bank pays.", "version": str(seen + 1)})
    assert over.status_code == 302
    assert "The firm pays." in lena.get(address).content.decode()


def test_what_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    one = story.filled(cast).partnership
    browser = browser_of(cast.seeker)
    back = browser.post(page(one, "clause/review/"), {"text": "soon", "level": "fully"})
    assert back.status_code == 400
    assert 'value="soon"' in back.content.decode()
    side = str(sides.party(one, 0).id)
    entered = {"party": side, "resource": "money", "words": "Cash", "amount": "5"}
    weights = {"risk_weight": "0", "reward_weight": "0"}
    refused = browser.post(page(one, "contributions/new/"), {**entered, **weights})
    assert refused.status_code == 400
    assert "three letters" in refused.content.decode()
    assert "Cash" in refused.content.decode()


def test_what_each_puts_in_is_entered_changed_and_taken_out(cast: Cast) -> None:
    one = story.begun(cast).partnership
    browser = browser_of(cast.target)
    said = {
        "party": str(sides.party(one, 1).id),
        "resource": "time",
        "words": "A van",
        "hours_a_month": "12",
        "risk_weight": "2",
        "reward_weight": "0",
    }
    assert browser.post(page(one, "contributions/new/"), said).status_code == 302
    row = Contribution.objects.get()
    address = page(one, f"contributions/{row.id}/")
    assert browser.post(address, {**said, "words": "Two vans", "version": "1"}).status_code == 302
    hours = {"move": "capacity", "party": said["party"], "hours_a_month": "10"}
    assert browser.post(page(one, "contributions/"), hours).status_code == 302
    shown = browser.get(page(one, "contributions/")).content.decode()
    assert "Two vans" in shown
    assert "promises 12 hours a month and says that it has 10" in shown
    assert browser.post(address, {"move": "remove"}).status_code == 302
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_a_version_and_a_draft_are_taken_along(cast: Cast, kind: str) -> None:
    one = story.approved(cast).agreement.partnership
    browser = browser_of(cast.seeker)
    for where in ("", "versions/1/"):
        answer = browser.get(page(one, f"{where}agreement.{kind}"))
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF" if kind == "pdf" else b"Cold soup")
        assert "attachment" in answer["Content-Disposition"]


def test_who_stands_for_no_side_finds_nothing(cast: Cast) -> None:
    version = story.approved(cast)
    one = version.agreement.partnership
    row = version.agreement.contributions.first()
    assert row is not None
    pages = ("", "pilot/", "clause/money/", "contributions/", "contributions/new/", "versions/1/")
    files = (
        "agreement.pdf",
        "agreement.txt",
        "versions/1/agreement.pdf",
        "versions/1/agreement.txt",
    )
    for person in (cast.stranger, cast.host):
        browser = browser_of(person)
        for more in (*pages, *files, f"contributions/{row.id}/"):
            assert browser.get(page(one, more)).status_code == 404, more
    own = browser_of(cast.seeker)
    for more in ("versions/2/", "clause/contributions/", "clause/nothing/"):
        assert own.get(page(one, more)).status_code == 404, more


def test_a_pilot_grows_and_keeps_its_words(cast: Cast) -> None:
    one = story.filled(cast).partnership
    browser = browser_of(cast.seeker)
    assert browser.post(page(one), {"move": "grow"}).status_code == 302
    assert Agreement.objects.get().form == "full"
    read = browser.get(page(one)).content.decode()
    assert story.PILOT["stop"] in read
    assert "Complaints" in read
    assert browser.get(page(one, "pilot/")).status_code == 302


def test_changes_since_a_version_are_told_word_by_word(cast: Cast) -> None:
    agreement = story.approved(cast).agreement
    words = "We stop if two deliveries in a row arrive late."
    actions.write_clause(actor=cast.seeker, agreement=agreement, key="stop", text=words)
    read = browser_of(cast.target).get(page(agreement.partnership)).content.decode()
    assert "approvals of it do not cover this" in read
    assert "warm.</del>" in read
    assert "late.</ins>" in read
