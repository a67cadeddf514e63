"""Calls on the open web: the page, the feed, the form that may stand anywhere, answers by link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from footbridge.calls import actions, limits
from footbridge.calls.actions import outside
from footbridge.calls.actions.files import add_file
from footbridge.calls.models import Answer, AnswerFile, Call
from footbridge.calls.queries import by_link
from footbridge.core import clock
from footbridge.mail.models import Message
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.web.calls import pace
from footbridge.web.calls.forms import TRAP
from tests.cast import Cast
from tests.rooms.calls.outsiders import PDF, PIA, WORDS, link_of, opened, sent, written

pytestmark = pytest.mark.django_db

TYPED = {"name": "Pia Outsider", "email": PIA, "text": WORDS, "gain": "A customer"}


@contextmanager
def later(seconds: float = 5) -> Iterator[None]:
    """Some seconds on, as somebody reads before they send."""
    with clock.held_at(clock.now() + timedelta(seconds=seconds)):
        yield


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def at(call: Call, page: str = "") -> str:
    return f"/calls/{call.slug}/{page}"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def stamp_on(answer: Any) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', text_of(answer))
    assert found is not None
    return found[1]


def send(client: Client, call: Call, after: float = 5, **said: str) -> Any:
    """Open the form, read for a while, send it."""
    stamp = stamp_on(client.get(at(call, "answer/")))
    with later(after):
        return client.post(at(call, "answer/"), TYPED | {"stamp": stamp} | said)


# The page.


def test_everyone_sees_an_open_call_with_its_promise_and_its_words_to_pass_on(
    cast: Cast, client: Client
) -> None:
    call = opened(cast)
    page = text_of(client.get(at(call)))
    for words in (
        "Cold storage on Fridays",
        "Food that was thrown away",
        "Harbour Food Bank",
        "Every answer gets a reply within 14 days",
        "The board, by the first of May",
        "€2,000 to €5,000",
        f"http://127.0.0.1:8000/calls/{call.slug}/",
    ):
        assert words in page, words


def test_a_call_that_is_not_for_everyone_is_not_there(cast: Cast, client: Client) -> None:
    among_us = opened(cast, audience="members", answers_from="members")
    for page in ("", "answer/", "sent/"):
        assert client.get(at(among_us, page)).status_code == 404
    assert client.post(at(among_us, "continue/"), TYPED).status_code == 404
    assert client.get("/calls/nothing23/").status_code == 404
    assert among_us.title not in text_of(client.get("/calls/"))


def test_the_page_says_the_same_whoever_is_signed_in(cast: Cast, client: Client) -> None:
    call = opened(cast)
    anonymous = text_of(client.get(at(call)))
    member = text_of(signed_in(cast.stranger).get(at(call)))
    data = re.compile(r'<script type="application/ld\+json">.*?</script>')
    assert data.findall(anonymous) == data.findall(member) != []


def test_what_search_engines_read_is_whole_and_closes_no_tag(cast: Cast, client: Client) -> None:
    call = opened(cast, title="</script><script>alert(1)</script> & more")
    page = text_of(client.get(at(call)))
    [held] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said = json.loads(held)
    assert said["name"] == call.title
    assert said["@type"] == "WebPage"
    assert said["mainEntity"]["@type"] == "Organization"
    demand = said["mainEntity"]["seeks"]
    assert demand["@type"] == "Demand"
    assert demand["validThrough"] == said["expires"] == "2026-04-01T17:00:00+00:00"
    assert demand["priceSpecification"]["minPrice"] == 2000
    assert "alert(1)</script>" not in page


def test_a_call_for_funding_is_about_a_grant(cast: Cast, client: Client) -> None:
    call = opened(cast, kind="funding", reward="grant")
    page = text_of(client.get(at(call)))
    said = json.loads(re.findall(r'ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert said["mainEntity"]["@type"] == "MonetaryGrant"
    assert said["mainEntity"]["funder"]["name"] == "Harbour Food Bank"
    assert said["mainEntity"]["amount"]["maxValue"] == 5000


def test_entries_are_shown_by_their_authors_choice(cast: Cast, client: Client) -> None:
    call = opened(cast)
    sent(call, shown=True)
    sent(call, email="quiet@elsewhere.test", name="Quiet Quim", text="Not for all")
    page = text_of(client.get(at(call)))
    assert "Pia Outsider" in page
    assert PIA not in page
    assert "Quiet Quim" not in page


def test_a_page_costs_the_same_with_one_entry_and_with_three(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    call = opened(cast)
    sent(call, shown=True)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(at(call))
    for number in range(2):
        sent(call, email=f"p{number}@elsewhere.test", shown=True)
    with django_assert_num_queries(PAGE_QUERIES):
        assert text_of(client.get(at(call))).count("<h3>") == 3


def test_the_list_and_the_feed_cost_the_same_with_one_call_and_with_three(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    opened(cast)
    for path, queries in (("/calls/", LIST_QUERIES), ("/calls/feed.atom", FEED_QUERIES)):
        with django_assert_num_queries(queries):
            client.get(path)
    for number in range(2):
        opened(cast, title=f"Door {number}")
    for path, queries in (("/calls/", LIST_QUERIES), ("/calls/feed.atom", FEED_QUERIES)):
        with django_assert_num_queries(queries):
            assert "Door 1" in text_of(client.get(path))


PAGE_QUERIES = 11
LIST_QUERIES = 10
FEED_QUERIES = 8


# The feed.

ATOM = "{http://www.w3.org/2005/Atom}"


def entries_in(answer: Any) -> dict[str, str]:
    tree = ElementTree.fromstring(answer.content)
    return {
        str(one.findtext(f"{ATOM}id")): str(one.findtext(f"{ATOM}title"))
        for one in tree.iter(f"{ATOM}entry")
    }


def test_the_feed_holds_what_is_open_to_everyone_under_names_that_stay(
    cast: Cast, client: Client
) -> None:
    call = opened(cast, title="Ice & <salt>")
    opened(cast, title="Among us", audience="members", answers_from="members")
    answer = client.get("/calls/feed.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert entries_in(answer) == {f"urn:uuid:{call.id}": "Ice & <salt>"}
    actions.shape(actor=cast.seeker, call=call, said={"title": "Ice"})
    assert entries_in(client.get("/calls/feed.atom")) == {f"urn:uuid:{call.id}": "Ice"}
    with clock.held_at(clock.now() + timedelta(days=60)):
        assert entries_in(client.get("/calls/feed.atom")) == {}


def test_the_feed_of_a_chapter_holds_its_own(cast: Cast, client: Client) -> None:
    opened(cast)
    ours, other = cast.chapter.id, cast.other_chapter.id
    assert len(entries_in(client.get(f"/calls/feed.atom?chapter={ours}"))) == 1
    assert entries_in(client.get(f"/calls/feed.atom?chapter={other}")) == {}
    assert client.get("/calls/?chapter=nothing").status_code == 404
    assert client.get(f"/calls/feed.atom?chapter={cast.seeker.id}").status_code == 404


def test_the_feed_is_the_same_for_all_who_ask(cast: Cast, client: Client) -> None:
    opened(cast)
    plain = client.get("/calls/feed.atom").content
    assert signed_in(cast.seeker).get("/calls/feed.atom").content == plain
    assert client.get("/calls/feed.atom", headers={"accept-language": "es"}).content == plain


# The form.


def test_an_answer_from_our_own_page_waits_for_its_letter(cast: Cast, client: Client) -> None:
    call = opened(cast)
    answer = send(client, call)
    assert (answer.status_code, answer["Location"]) == (302, at(call, "sent/"))
    assert "Look into your mailbox" in text_of(client.get(answer["Location"]))
    kept = Answer.objects.get()
    assert (kept.name, kept.email, kept.state) == ("Pia Outsider", PIA, "draft")
    assert kept.network == limits.network_of("127.0.0.1")
    assert Message.objects.get(kind="call_confirm").to_address == PIA


def test_what_comes_from_another_page_is_shown_once_more_and_kept_nowhere(
    cast: Cast,
) -> None:
    call = opened(cast)
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(
        at(call, "continue/"), TYPED, headers={"origin": "https://baker.example"}
    )
    assert answer.status_code == 200
    page = text_of(answer)
    assert WORDS in page
    assert PIA in page
    assert "Look it over" in page
    assert Answer.objects.count() == 0
    assert Message.objects.filter(kind="call_confirm").count() == 0
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
    said = TYPED | {"stamp": stamp_on(answer), "csrfmiddlewaretoken": token}
    with later():
        assert stranger.post(at(call, "answer/"), said).status_code == 302
    assert Answer.objects.get().text == WORDS


def test_no_other_page_has_a_browser_send_an_answer(cast: Cast) -> None:
    call = opened(cast)
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(at(call, "answer/"))
    with later():
        answer = browser.post(
            at(call, "answer/"),
            TYPED | {"stamp": stamp_on(page)},
            headers={"origin": "https://baker.example"},
        )
    assert answer.status_code == 403
    assert Answer.objects.count() == 0


def test_the_form_to_paste_leads_here_and_nobody_can_break_out_of_it(cast: Cast) -> None:
    call = opened(cast, title='"><script>alert(1)</script>')
    page = signed_in(cast.seeker).get(at(call, "share/"))
    assert page.status_code == 200
    assert text_of(page).count("&lt;form action=&quot;http://127.0.0.1:8000/calls/") == 3
    assert f'action="http://127.0.0.1:8000{at(call, "continue/")}"' not in text_of(page)
    snippets = {one["code"]: one["html"] for one in page.context["snippets"]}
    assert set(snippets) == {"en", "es", "fr"}
    for html in snippets.values():
        assert f'action="http://127.0.0.1:8000{at(call, "continue/")}"' in html
        assert "<script" not in html
        assert set(re.findall(r'name="(\w+)"', html)) == {"name", "email", "text", "gain", TRAP}
    assert 'lang="es"' in snippets["es"]


# Who may answer, before anything is sent.

RULES = {"sector": ["nonprofit"], "country": ["Portugal", "CO"]}


def test_a_stranger_learns_whether_they_may_answer_and_nothing_is_kept(
    cast: Cast, client: Client
) -> None:
    call = opened(cast, rules=RULES)
    asked = text_of(client.get(at(call, "answer/")))
    assert "For these sectors: Nonprofit." in asked
    assert 'name="size"' not in asked
    said = TYPED | {"move": "check", "sector": "private", "country": "colombia"}
    page = client.post(at(call, "answer/"), said)
    assert page.status_code == 200
    assert "You do not meet this: Business." in text_of(page)
    assert "You meet this: Colombia." in text_of(page)
    assert WORDS in text_of(page)
    assert 'value="colombia"' in text_of(page)
    assert "This field is required" not in text_of(
        client.post(at(call, "answer/"), {"move": "check"})
    )
    assert Answer.objects.count() == 0


def test_who_says_that_they_do_not_meet_a_rule_is_told_and_keeps_their_words(
    cast: Cast, client: Client
) -> None:
    call = opened(cast, rules=RULES)
    refused = send(client, call, sector="private")
    assert refused.status_code == 403
    assert "You do not meet this: Business." in text_of(refused)
    assert WORDS in text_of(refused)
    assert send(client, call, country="Atlantis").status_code == 400
    assert Answer.objects.count() == 0
    assert send(client, call, sector="nonprofit", country="PT").status_code == 302


def test_what_is_not_said_keeps_no_stranger_out(cast: Cast, client: Client) -> None:
    assert send(client, opened(cast, rules=RULES)).status_code == 302


def test_the_form_to_paste_asks_what_the_rules_ask_and_is_checked_here(cast: Cast) -> None:
    call = opened(cast, rules=RULES)
    page = signed_in(cast.seeker).get(at(call, "share/"))
    html = {one["code"]: one["html"] for one in page.context["snippets"]}["en"]
    names = {"name", "email", "sector", "country", "text", "gain", TRAP}
    assert set(re.findall(r'name="(\w+)"', html)) == names
    assert '<option value="nonprofit">Nonprofit</option>' in html
    shown = text_of(Client().post(at(call, "continue/"), TYPED | {"sector": "public"}))
    assert "You do not meet this: Public." in shown
    assert "We do not know this about you" in shown


def test_only_those_who_look_after_a_call_get_its_form(cast: Cast) -> None:
    call = opened(cast)
    assert signed_in(cast.target).get(at(call, "share/")).status_code == 404
    assert Client().get(at(call, "share/")).status_code == 302


@pytest.mark.parametrize("after", [0, 1, 13 * 3600])
def test_what_is_sent_too_soon_or_too_late_comes_back_with_every_word(
    cast: Cast, client: Client, after: float
) -> None:
    call = opened(cast)
    answer = send(client, call, after=after)
    assert answer.status_code == 400
    assert WORDS in text_of(answer)
    assert "send it once more" in text_of(answer)
    assert Answer.objects.count() == 0
    with later(after):
        stamp = stamp_on(client.get(at(call, "answer/")))
        with later():
            again = client.post(at(call, "answer/"), TYPED | {"stamp": stamp})
    assert again.status_code == 302


def test_what_comes_back_carries_a_fresh_stamp(cast: Cast, client: Client) -> None:
    call = opened(cast)
    with later(7):
        answer = client.post(at(call, "answer/"), TYPED)
        assert answer.status_code == 400
        assert stamp_on(answer) == pace.stamp(call.id)


@pytest.mark.parametrize("stamp", ["", "x", "\x00", "x:y:z", "é" * 40, "a" * 501])
def test_a_stamp_that_was_made_up_is_none(cast: Cast, client: Client, stamp: str) -> None:
    call = opened(cast)
    answer = client.post(at(call, "answer/"), TYPED | {"stamp": stamp})
    assert answer.status_code == 400
    assert Answer.objects.count() == 0


def test_a_stamp_is_of_one_call(cast: Cast, client: Client) -> None:
    one, other = opened(cast), opened(cast, title="Another door")
    stamp = stamp_on(client.get(at(one, "answer/")))
    with later():
        answer = client.post(at(other, "answer/"), TYPED | {"stamp": stamp})
    assert answer.status_code == 400


def test_a_field_that_people_do_not_see_gives_a_program_away_and_loses_nobodys_words(
    cast: Cast, client: Client
) -> None:
    call = opened(cast)
    answer = send(client, call, **{TRAP: "https://pills.example"})
    assert answer.status_code == 400
    assert WORDS in text_of(answer)
    assert "Leave this empty" in text_of(answer)
    assert Answer.objects.count() == 0


ODD: list[dict[str, Any]] = [
    {},
    {"name": "\x00", "email": "\x00", "text": "\x00"},
    {"name": "x" * 100_000, "email": "y" * 100_000, "text": "z" * 100_000},
    {"email": "a@b"},
    {"email": "a\r\nBcc: x@y.example@z.example"},
    {"name": ["a", "b"], "text": ["a", "b"]},
    {"shown": "maybe", "stamp": "\ud800".encode("utf-8", "surrogatepass")},
]


@pytest.mark.parametrize("said", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("page", ["answer/", "continue/"])
def test_whatever_is_sent_is_answered_in_words(
    cast: Cast, client: Client, page: str, said: dict[str, Any]
) -> None:
    call = opened(cast)
    answer = client.post(at(call, page), said)
    assert answer.status_code in (200, 400)
    assert Answer.objects.count() == 0


def test_a_body_that_is_no_form_is_refused(cast: Cast, client: Client) -> None:
    call = opened(cast)
    for page in ("answer/", "continue/"):
        for kind, body in (
            ("application/json", b"{}"),
            ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
            ("multipart/form-data", b"nothing"),
        ):
            answer = client.post(at(call, page), body, content_type=kind)
            assert answer.status_code in (200, 400), (page, kind)


def test_a_closed_call_keeps_the_words_of_whoever_comes_late(cast: Cast, client: Client) -> None:
    call = opened(cast)
    stamp = stamp_on(client.get(at(call, "answer/")))
    assert call.deadline is not None
    with clock.held_at(call.deadline):
        answer = client.post(at(call, "answer/"), TYPED | {"stamp": stamp})
        assert answer.status_code == 400
        assert WORDS in text_of(answer)
        assert WORDS in text_of(client.post(at(call, "continue/"), TYPED))


# A flood.


def test_a_script_leaves_few_rows_and_a_real_person_gets_through(
    cast: Cast, client: Client
) -> None:
    call = opened(cast)
    script = Client(REMOTE_ADDR="192.0.2.66")
    stamp = stamp_on(script.get(at(call, "answer/")))
    heard = set()
    with later():
        for number in range(60):
            said = TYPED | {"stamp": stamp, "email": f"bot{number}@pills.example"}
            heard.add(script.post(at(call, "answer/"), said).status_code)
            script.post(at(call, "continue/"), said)
    assert heard == {302, 429}
    assert Answer.objects.count() == limits.MOST_FROM_A_NETWORK
    assert Message.objects.filter(kind="call_confirm").count() == limits.MOST_FROM_A_NETWORK
    assert Message.objects.filter(to_person=cast.seeker.id, kind="call_came").count() == 0
    assert send(client, call).status_code == 302
    mine = Answer.objects.get(email=PIA)
    assert Client().post(link_of(mine), {"move": "send"}).status_code == 302
    mine.refresh_from_db()
    assert mine.state == "sent"


def test_whoever_is_stopped_by_a_bound_keeps_every_word_and_is_told_what_to_do(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_WAITING", 0)
    call = opened(cast)
    answer = send(client, call)
    assert answer.status_code == 429
    assert WORDS in text_of(answer)
    assert "stands below" in text_of(answer)


def test_a_member_answers_whatever_comes_from_outside(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_WAITING", 0)
    call = opened(cast)
    answer = actions.write(actor=cast.target, call=call, member=cast.target, text="Here")
    assert actions.send(actor=cast.target, answer=answer).state == "sent"


# By link.


def test_opening_the_link_changes_nothing_and_one_tap_sends(cast: Cast, client: Client) -> None:
    answer = written(opened(cast))
    path = link_of(answer)
    page = text_of(client.get(path))
    assert WORDS in page
    assert "Yes, send it" in page
    answer.refresh_from_db()
    assert answer.state == "draft"
    assert client.post(path, {"move": "send"}).status_code == 302
    answer.refresh_from_db()
    assert answer.state == "sent"
    assert "You get a reply by" in text_of(client.get(path))


def test_by_the_link_one_changes_shows_and_takes_back(cast: Cast, client: Client) -> None:
    answer = sent(opened(cast))
    path = link_of(answer)
    said = {"move": "change", "text": "Three pallets", "gain": "", "version": str(answer.version)}
    assert client.post(path, said).status_code == 302
    assert client.post(path, said).status_code == 409
    client.post(path, {"move": "show", "shown": "yes"})
    answer.refresh_from_db()
    assert (answer.text, answer.shown) == ("Three pallets", True)
    client.post(path, {"move": "withdraw"})
    answer.refresh_from_db()
    assert answer.state == "withdrawn"
    page = text_of(client.get(path))
    assert "Withdrawn" in page
    assert "Take it back" not in page


def test_a_change_that_says_nothing_comes_back(cast: Cast, client: Client) -> None:
    answer = sent(opened(cast))
    refused = client.post(link_of(answer), {"move": "change", "text": ""})
    assert refused.status_code == 400
    answer.refresh_from_db()
    assert answer.text == WORDS


def test_by_the_link_files_are_added_fetched_and_taken_away(cast: Cast, client: Client) -> None:
    answer = sent(opened(cast))
    path = link_of(answer)
    good = SimpleUploadedFile("plan.pdf", PDF, "text/html")
    assert client.post(path, {"move": "add_file", "file": good}).status_code == 302
    page = text_of(client.get(path))
    [href] = re.findall(r'href="(/answer-file/[^"]+)"', page)
    file = client.get(href)
    assert file.content == PDF
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    held = AnswerFile.objects.get()
    assert client.post(path, {"move": "remove_file", "file_id": str(held.id)}).status_code == 302
    assert client.get(href).status_code == 410
    assert client.post(path, {"move": "remove_file", "file_id": "x"}).status_code == 404


def test_a_file_that_is_not_taken_says_why_beside_the_form(cast: Cast, client: Client) -> None:
    answer = sent(opened(cast))
    bad = SimpleUploadedFile("plan.pdf", b"MZ\x90", "application/pdf")
    refused = client.post(link_of(answer), {"move": "add_file", "file": bad})
    assert refused.status_code == 400
    assert "not what its name says" in text_of(refused)
    large = SimpleUploadedFile("plan.txt", b"x" * (limits.LARGEST_FILE + 1))
    refused = client.post(link_of(answer), {"move": "add_file", "file": large})
    assert refused.status_code == 400
    assert client.post(link_of(answer), {"move": "add_file"}).status_code == 400
    assert AnswerFile.objects.count() == 0


def test_whoever_decides_fetches_a_file_from_their_own_page(cast: Cast, client: Client) -> None:
    answer = sent(opened(cast))
    file = add_file(actor=None, answer=answer, name="plan.pdf", content=PDF)
    path = f"/calls/files/{file.id}/"
    assert signed_in(cast.seeker).get(path).content == PDF
    for other in (cast.target, cast.host):
        assert signed_in(other).get(path).status_code == 404
    assert client.get(path).status_code == 302


def test_the_reason_of_the_last_word_stands_there_and_where_else_it_fits(
    cast: Cast, client: Client
) -> None:
    call = opened(cast)
    answer = sent(call)
    actions.close(actor=cast.seeker, answer=answer, reason="too_far", words="Sorry, Pia.")
    page = text_of(client.get(link_of(answer)))
    assert "Too far away" in page
    assert "Sorry, Pia." in page
    other = opened(cast, title="Pallets by the sea")
    assert call.deadline is not None
    with clock.held_at(call.deadline - timedelta(minutes=1)):
        later_on = actions.shape(
            actor=cast.seeker,
            call=other,
            said={"deadline": clock.now().replace(tzinfo=None) + timedelta(days=30)},
        )
    with clock.held_at(call.deadline):
        actions.shut(actor=cast.seeker, call=call)
        actions.end(actor=cast.seeker, call=call)
        assert later_on.title in text_of(client.get(link_of(answer)))


def test_who_comes_from_outside_may_ask_to_come_in(cast: Cast, client: Client) -> None:
    answer = sent(opened(cast))
    leads = client.post(link_of(answer), {"move": "come_in"})
    assert leads.status_code == 302
    assert leads["Location"].startswith("/join/")
    assert cast.chapter.name in text_of(client.get(leads["Location"]))


def test_a_member_takes_an_answer_from_outside_into_their_account(
    cast: Cast, client: Client
) -> None:
    answer = sent(opened(cast))
    path = link_of(answer)
    assert client.post(path, {"move": "take_over"})["Location"].startswith("/sign-in/")
    leads = signed_in(cast.connector).post(path, {"move": "take_over"})
    assert leads.status_code == 302
    answer.refresh_from_db()
    assert answer.by == cast.connector
    assert client.get(path).status_code == 410
    assert client.get(leads["Location"]).status_code == 200


def test_the_link_of_a_member_does_the_same(cast: Cast, client: Client) -> None:
    call = opened(cast)
    draft = actions.write(actor=cast.connector, call=call, member=cast.connector, text="Mine")
    path = by_link.answer_path(draft)
    assert client.post(path, {"move": "send"}).status_code == 302
    said = {"move": "change", "text": "Ours", "gain": "Fewer pallets"}
    assert client.post(path, said).status_code == 302
    file = SimpleUploadedFile("plan.pdf", PDF)
    assert client.post(path, {"move": "add_file", "file": file}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.text, draft.files.count()) == ("sent", "Ours", 1)
    for move in ("take_over", "come_in"):
        assert Client().post(path, {"move": move}).status_code in (302, 404)
    assert client.post(path, {"move": "withdraw"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "withdrawn"


@pytest.mark.parametrize("move", ["", "explode", "\x00", "send\x00"])
def test_what_no_button_says_is_not_there(cast: Cast, client: Client, move: str) -> None:
    assert client.post(link_of(sent(opened(cast))), {"move": move}).status_code == 404


def test_a_link_in_the_language_in_which_it_was_written(cast: Cast, client: Client) -> None:
    answer = outside.confirm(answer=written(opened(cast), language="es"))
    assert '<html lang="es"' in text_of(client.get(link_of(answer)))
