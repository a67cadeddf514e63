"""Calls for members: opening one in small steps, answering, deciding; all without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from footbridge.calls import actions
from footbridge.calls.models import Answer, Call
from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.calls import story

pytestmark = pytest.mark.django_db


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def _page(person: Person, path: str) -> str:
    answer = _client(person).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_a_call_is_opened_in_five_small_steps(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    client = _client(cast.target)
    begun = {"kind": "funding", "owner": str(cast.cold_chain.id), "title": "Ice for markets"}
    page = client.post("/find/calls/new/", begun)
    call = Call.objects.get()
    root = f"/find/calls/{call.slug}/"
    assert page.headers["Location"] == f"{root}say/outcome/"
    said: list[tuple[str, dict[str, Any]]] = [
        (
            "outcome",
            {
                "title": "Ice for markets",
                "outcome": "Ten markets keep fish cold storage fresh.",
                "good_answer": "Your market, and who runs it.",
            },
        ),
        ("terms", {"reward": "grant", "amount_to": "900", "currency": "eur", "place": "Porto"}),
        (
            "answers",
            {
                "decided_by": "Three stall holders",
                "deadline": "2026-03-20",
                "timezone": "Europe/Lisbon",
                "reply_days": "14",
                "audience": "members",
                "answers_from": "members",
            },
        ),
        (
            "who",
            {"rule_sector": ["nonprofit"], "rule_country": "Portugal, ES", "rule_within": "80"},
        ),
    ]
    for part, fields in said:
        assert "For example" in client.get(f"{root}say/outcome/").content.decode()
        page = client.post(f"{root}say/{part}/", fields)
        assert page.status_code == 302, page.content.decode()
    assert page.headers["Location"] == f"{root}look-over/"
    assert "Still missing" not in client.get(f"{root}look-over/").content.decode()
    client.post(f"{root}look-over/", {"move": "open"})
    call.refresh_from_db()
    assert (call.state, call.currency) == ("open", "EUR")
    # A day without an hour lasts until its end, by its own clocks.
    assert call.deadline is not None
    assert call.deadline.isoformat() == "2026-03-20T23:59:00+00:00"
    assert {rule.kind: rule.values for rule in call.rules.all()} == {
        "sector": ["nonprofit"],
        "country": ["ES", "PT"],
        "within": [80],
    }


def test_what_is_missing_is_linked_to_where_it_is_said(cast: Cast) -> None:
    call = actions.draft(actor=cast.target, owner=cast.cold_chain, kind="brief", title="Soup")
    root = f"/find/calls/{call.slug}/"
    page = _page(cast.target, f"{root}look-over/")
    assert "Say what will be different." in page
    assert f'href="{root}say/terms/"' in page
    refused = _client(cast.target).post(f"{root}look-over/", {"move": "open"})
    assert refused.status_code == 400


def test_what_was_typed_wrong_comes_back_with_the_rest(cast: Cast) -> None:
    call = story.drafted(cast)
    sent = {"reward": "paid", "amount_from": "9", "amount_to": "3", "currency": "EUR", "place": "Q"}
    page = _client(cast.target).post(f"/find/calls/{call.slug}/say/terms/", sent)
    assert page.status_code == 400
    assert "No place called «Q» is known" in page.content.decode()
    assert 'value="9"' in page.content.decode()


def test_two_who_write_at_once_see_both_texts(cast: Cast) -> None:
    call = story.drafted(cast)
    said = {"title": "Mine", "outcome": "Mine", "version": str(call.version)}
    actions.shape(actor=cast.colleague, call=call, said={"outcome": "Theirs"})
    page = _client(cast.target).post(f"/find/calls/{call.slug}/say/outcome/", said)
    assert page.status_code == 409
    assert "Theirs" in page.content.decode()


def test_eligibility_is_told_before_anybody_writes(cast: Cast) -> None:
    call = story.opened(cast, rules={"sector": ["public"]})
    fits = story.opened(cast, title="Something that fits")
    page = _page(cast.seeker, f"/find/calls/{call.slug}/")
    assert "For these sectors: Public. You do not meet this: Nonprofit." in page
    assert "<textarea" not in page
    assert fits.title in page
    assert "You meet this: Public" in _page(cast.connector, f"/find/calls/{call.slug}/")


def test_whoever_looks_after_a_call_is_not_asked_to_answer_it(cast: Cast) -> None:
    call = story.opened(cast, rules={"sector": ["public"]})
    page = _page(cast.target, f"/find/calls/{call.slug}/")
    assert "Whether you may answer" not in page
    assert f"/calls/{call.slug}/share/" not in page
    named = _page(cast.target, f"/find/calls/{call.slug}/?for={cast.target.id}")
    assert "Whether you may answer" in named


def test_whoever_looks_after_a_call_may_answer_it_unless_it_is_their_own(cast: Cast) -> None:
    of_the_house, own = story.opened(cast), story.opened(cast, owner=cast.target)
    words = {"move": "save", "text": "We have two.", "version": "0"}
    browser = _client(cast.target)
    assert browser.post(f"/find/calls/{of_the_house.slug}/", words).status_code == 302
    assert of_the_house.answers.get().member_id == cast.target.id
    refused = browser.post(f"/find/calls/{own.slug}/", words)
    assert refused.status_code == 400
    assert "This is your own call." in refused.content.decode()
    assert "We have two." in refused.content.decode()


def test_an_open_call_for_everyone_is_spread_from_its_page(cast: Cast) -> None:
    call = story.opened(cast, audience="everyone", answers_from="anyone")
    assert f"/calls/{call.slug}/share/" in _page(cast.target, f"/find/calls/{call.slug}/")


def test_a_chosen_answer_to_an_assignment_leads_to_its_beginning(cast: Cast) -> None:
    call = story.opened(cast, kind="assignment")
    answer = story.answered(cast, call)
    page, lena = f"/find/calls/{call.slug}/answers/{answer.id}/", _client(cast.target)
    begin = f"/time/assignments/new/?answer={answer.id}"
    assert begin not in lena.get(page).content.decode()
    lena.post(page, {"move": "choose", "words": ""})
    assert begin in lena.get(page).content.decode()
    shown = lena.get(begin).content.decode()
    assert story.ANSWER in shown
    assert "Rosa Seeker" in shown
    Answer.objects.update(member=None, by=None, name="Pia Outsider", email="pia@elsewhere.test")
    told = lena.get(page).content.decode()
    assert begin not in told
    assert "It becomes an assignment once they have come in" in told


def test_an_answer_is_kept_as_a_draft_then_sent(cast: Cast) -> None:
    call = story.opened(cast)
    client, path = _client(cast.seeker), f"/find/calls/{call.slug}/"
    said = {"for": str(cast.seeker.id), "text": "With bicycles.", "version": "0"}
    assert client.post(path, {**said, "move": "save"}).status_code == 302
    assert Answer.objects.get().state == "draft"
    assert "With bicycles." in client.get(path).content.decode()
    assert client.post(path, {**said, "move": "send", "version": "1"}).status_code == 302
    assert Answer.objects.get().state == "sent"
    page = client.get(path).content.decode()
    assert "Your answer is sent" in page
    assert "26 March 2026" in page


def test_what_comes_too_late_is_not_lost(cast: Cast) -> None:
    call = story.opened(cast)
    said = {"for": str(cast.seeker.id), "text": "Nearly in time.", "move": "send"}
    with clock.held_at(story.after_deadline()):
        page = _client(cast.seeker).post(f"/find/calls/{call.slug}/", said)
    assert page.status_code == 400
    assert "Nearly in time." in page.content.decode()
    assert not Answer.objects.exists()


def test_an_empty_answer_is_kept_and_not_sent(cast: Cast) -> None:
    call = story.opened(cast)
    said = {"for": str(cast.seeker.id), "text": "", "gain": "Friends", "move": "send"}
    page = _client(cast.seeker).post(f"/find/calls/{call.slug}/", said)
    assert page.status_code == 400
    assert "Write your answer first." in page.content.decode()
    assert Answer.objects.get().gain == "Friends"


def test_one_answers_in_the_name_of_an_organisation_and_of_no_other(cast: Cast) -> None:
    call = story.opened(cast)
    path = f"/find/calls/{call.slug}/"
    said = {"text": "Together.", "move": "send"}
    client = _client(cast.seeker)
    sent = client.post(path, {**said, "for": str(cast.food_bank.id)})
    assert sent.headers["Location"] == f"{path}?for={cast.food_bank.id}"
    assert client.post(path, {**said, "for": str(cast.city.id)}).status_code == 404


def test_all_that_wait_are_closed_at_once_with_one_reason(cast: Cast) -> None:
    call = story.opened(cast)
    kept = story.answered(cast, call)
    actions.shortlist(actor=cast.target, answer=kept)
    story.many_answers(cast, call, 3)
    path = f"/find/calls/{call.slug}/answers/"
    client = _client(cast.target)
    assert "Close all 3 that are not on the shortlist" in client.get(path).content.decode()
    assert client.post(path, {"reason": "full"}).status_code == 400
    assert client.post(path, {"all": "yes"}).status_code == 400
    assert client.post(path, {"all": "yes", "reason": "full"}).status_code == 302
    assert Answer.objects.filter(state="closed").count() == 3


def test_only_those_that_are_ticked_are_closed(cast: Cast) -> None:
    call = story.opened(cast)
    one, other = story.many_answers(cast, call, 2)
    sent = {"reason": "another", "answer": [str(one.id), "nonsense"]}
    _client(cast.target).post(f"/find/calls/{call.slug}/answers/", sent)
    states = dict(Answer.objects.values_list("id", "state"))
    assert states == {one.id: "closed", other.id: "sent"}


def test_one_answer_is_read_and_chosen(cast: Cast) -> None:
    call = story.opened(cast)
    answer = story.answered(cast, call)
    path = f"/find/calls/{call.slug}/answers/{answer.id}/"
    client = _client(cast.colleague)
    assert story.ANSWER in client.get(path).content.decode()
    assert client.post(path, {"move": "close"}).status_code == 400
    assert client.post(path, {"move": "choose", "words": "Welcome."}).status_code == 302
    assert client.post(path, {"move": "shortlist"}).status_code == 409
    assert Answer.objects.get().state == "chosen"


@pytest.mark.parametrize("page", ["look-over/", "answers/", "say/outcome/", "matches/"])
def test_what_is_for_stewards_is_for_nobody_else(cast: Cast, page: str) -> None:
    call = story.opened(cast)
    for person in (cast.seeker, cast.host, cast.stranger):
        path = f"/find/calls/{call.slug}/{page}"
        assert _client(person).get(path).status_code == 404
        assert _client(person).post(path, {"move": "withdraw"}).status_code in (404, 405)
    assert Call.objects.get().state == "open"


def test_everybody_who_answered_is_led_on_and_near_misses_are_never_empty(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    call = story.opened(cast)
    answer = story.answered(cast, call, text="We need cold storage two nights a week.")
    exchange.open_offer(
        actor=cast.connector, owner=cast.connector, text="Cold storage at night, two pallets"
    )
    actions.close(actor=cast.target, answer=answer, reason="another")
    page = _page(cast.seeker, f"/find/calls/{call.slug}/matches/")
    assert "Kofi Connector" in page
    assert f'href="/members/{cast.cold_chain.id}/"' not in page.split("For what you wrote")[1]


def test_a_steward_sees_whom_the_call_would_fit_and_not_who_answered(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    call = story.opened(cast, title="Cold storage two nights a week")
    for person in (cast.connector, cast.seeker):
        exchange.open_offer(actor=person, owner=person, text="Cold storage at night")
    path = f"/find/calls/{call.slug}/matches/"
    assert "Rosa Seeker" in _page(cast.target, path)
    story.answered(cast, call)
    page = _page(cast.target, path)
    assert "Kofi Connector" in page
    assert "Rosa Seeker" not in page


def test_no_filter_leads_to_an_empty_page(cast: Cast) -> None:
    call = story.opened(cast)
    assert call.title in _page(cast.seeker, "/find/calls/?q=food")
    page = _page(cast.seeker, "/find/calls/?kind=funding")
    assert "No call fits quite" in page
    assert call.title in page
    wrong = _client(cast.seeker).get("/find/calls/?country=Atlantis")
    assert wrong.status_code == 400


def test_what_waits_for_a_word_stands_on_today_and_with_the_hosts(cast: Cast) -> None:
    host, call = cast.host, story.opened(cast)
    story.answered(cast, call)
    with clock.held_at(story.after_deadline(18)):
        actions.shut_what_is_due()
        assert f"/find/calls/{call.slug}/answers/" in _page(cast.target, "/")
        assert call.title in _page(host, f"/host/{cast.chapter.id}/")


def test_a_call_shows_the_entries_that_their_authors_show(cast: Cast) -> None:
    call = story.opened(cast, kind="competition", entries_shown=True)
    story.answered(cast, call, shown=True)
    assert story.ANSWER in _page(cast.stranger, f"/find/calls/{call.slug}/")


def test_the_pages_of_a_call_cost_the_same_however_many_answers_there_are(
    cast: Cast, django_assert_num_queries: Callable[[int], Any]
) -> None:
    call = story.opened(cast, entries_shown=True)
    lena = _client(cast.target)
    for many in (1, 3):
        story.many_answers(cast, call, many - Answer.objects.count())
        Answer.objects.update(shown=True)
        for path, queries in (("answers/", 27), ("", 27)):
            with django_assert_num_queries(queries):
                lena.get(f"/find/calls/{call.slug}/{path}")
