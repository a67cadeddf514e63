"""Pages of what one passes through: said, worked on, guides, a question; one's own network."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.people import actions as people
from footbridge.people.models import Person, Reach
from footbridge.transitions import actions, queries
from footbridge.transitions.models import GuideAsk, StepNote, Transition
from tests.cast import Cast
from tests.rooms.transitions import story

pytestmark = pytest.mark.django_db


def _as(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def _page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_passage_is_said_worked_on_printed_and_taken_back(cast: Cast) -> None:
    rosa = _as(cast.seeker)
    assert "Nothing said yet" in _page(rosa, "/you/transition/")
    said = {"passage": "stepping_out", "point": "preparing", "shown": "asked", "motive_1": "craft"}
    answer = rosa.post("/you/transition/new/", said)
    made = Transition.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/you/transition/{made.id}/"
    page = _page(rosa, answer["Location"])
    assert "What only you know" in page
    assert 'class="only-print"' in page
    version = re.search(r'name="version" value="(\w+)"', page)
    assert version
    wrote = {"only_you": "The boiler", "done_promises": "on", "version": version[1]}
    assert rosa.post(answer["Location"], wrote).status_code == 302
    assert set(StepNote.objects.values_list("step", "words", "is_done")) == {
        ("only_you", "The boiler", False),
        ("promises", "", True),
    }
    late = rosa.post(answer["Location"], wrote | {"only_you": "Another"})
    assert late.status_code == 409
    assert "The boiler" in late.content.decode()
    edited = said | {"point": "after", "is_over": "yes", "version": "1"}
    assert rosa.post(f"/you/transition/{made.id}/edit/", edited).status_code == 302
    assert "Lived through" in _page(rosa, "/you/transition/")
    assert rosa.post(f"/you/transition/{made.id}/forget/").status_code == 302
    assert not Transition.objects.exists()


def test_what_was_typed_is_not_lost_when_something_is_refused(cast: Cast) -> None:
    rosa = _as(cast.seeker)
    said = {"passage": "between", "point": "amidst", "shown": "asked", "words": "Just here"}
    rosa.post("/you/transition/new/", said)
    answer = rosa.post("/you/transition/new/", said)
    assert answer.status_code == 400
    assert "Just here" in answer.content.decode()
    assert "You said so already" in answer.content.decode()


def test_another_finds_nothing_at_ones_addresses(cast: Cast) -> None:
    made = story.says(cast.seeker, shown="members")
    kofi = _as(cast.connector)
    for path in ("", "edit/"):
        _page(kofi, f"/you/transition/{made.id}/{path}", 404)
    assert kofi.post(f"/you/transition/{made.id}/forget/").status_code == 404
    _page(kofi, f"/find/guides/?for={made.id}", 404)
    assert "Stepping out of leading" in _page(kofi, f"/members/{cast.seeker.id}/")


def test_a_guide_is_found_asked_and_answers_by_link(cast: Cast) -> None:
    theirs, mine = story.lived(cast.target), story.says(cast.seeker)
    rosa = _as(cast.seeker)
    found = _page(rosa, "/find/guides/")
    assert "Has been through the same" in found
    path = f"/find/guides/{theirs.id}/ask/?for={mine.id}"
    assert path in found
    assert "Your address is given only after a yes" in _page(rosa, path)
    assert rosa.post(path, {"words": ""}).status_code == 400
    assert rosa.post(path, {"words": story.ASKED}).status_code == 302
    ask = GuideAsk.objects.get()
    waiting = _page(rosa, f"/you/transition/asked/{ask.id}/")
    assert "Waiting for an answer" in waiting
    link = queries.ask_path(ask, cast.target)
    somebody = Client()
    assert story.ASKED in _page(somebody, link)
    assert story.fresh(ask).state == "asked"
    assert somebody.post(link, {"move": "agree"}).status_code == 302
    assert cast.target.email in _page(rosa, f"/you/transition/asked/{ask.id}/")
    assert somebody.post(link, {"move": "dance"}).status_code == 404


def test_who_said_nothing_is_asked_to_say_it_first(cast: Cast) -> None:
    theirs = story.lived(cast.target)
    rosa = _as(cast.seeker)
    assert "Say first what you pass through" in _page(rosa, "/find/guides/")
    assert rosa.get(f"/find/guides/{theirs.id}/ask/")["Location"] == "/you/transition/new/"
    _page(rosa, "/find/guides/?for=nonsense", 404)


def test_where_nobody_lived_it_the_host_stands_there(cast: Cast) -> None:
    cast.host  # noqa: B018 - written to the database
    story.says(cast.seeker)
    page = _page(_as(cast.seeker), "/find/guides/")
    assert "Your host knows people" in page
    assert "Hana Host" in page


# Just a conversation.


def test_a_conversation_gets_a_person_and_one_button_and_after_a_week_the_host(cast: Cast) -> None:
    cast.host  # noqa: B018 - written to the database
    exchange.load_shipped_vocabulary()
    text = "Just a conversation."
    exchange.open_offer(actor=cast.target, owner=cast.target, text="A listening ear")
    need = exchange.open_need(actor=cast.seeker, owner=cast.seeker, text=text)
    page = _page(_as(cast.seeker), f"/needs-and-offers/need/{need.id}/")
    assert "Somebody to talk to" in page
    part = page[page.index('id="company"') :]
    assert "Lena Sought" in part
    assert "Ask Hana Host to bring you together" in part
    hana = _as(cast.host)
    chapter = f"/host/{cast.chapter.id}/"
    assert "looks for somebody to talk to" not in _page(hana, chapter)
    with clock.held_at(clock.now() + timedelta(days=8)):
        assert "Rosa Seeker looks for somebody to talk to" in _page(hana, chapter)


def test_a_need_that_asks_for_a_skill_shows_nobody_to_talk_to(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    text = "We need cold storage two nights a week."
    need = exchange.open_need(actor=cast.seeker, owner=cast.seeker, text=text)
    skills = [line.skill for line in need.lines.all()]
    exchange.confirm_skills(actor=cast.seeker, posting=need, skills=skills)
    page = _page(_as(cast.seeker), f"/needs-and-offers/need/{need.id}/")
    assert "Somebody to talk to" not in page


# One's own network, and where organisations work.


def test_ones_network_is_looked_at_and_leads_to_a_circle(cast: Cast) -> None:
    from footbridge.network import actions as network

    rosa = _as(cast.seeker)
    assert "Nothing to look at yet" in _page(rosa, "/you/contacts/scan/")
    for one in (cast.target, cast.colleague, cast.connector):
        network.state_tie(actor=cast.seeker, other=one, strength="know")
    page = _page(rosa, "/you/contacts/scan/")
    assert "These 3 could meet in Porto" in page
    link = re.search(r'href="(/circles/new/\?[^"]+)"', page)
    assert link
    assert "Lena Sought" in _page(rosa, link[1].replace("&amp;", "&"))


def test_those_who_act_for_it_say_where_an_organisation_works(cast: Cast) -> None:
    lena, rosa = _as(cast.target), _as(cast.seeker)
    path = f"/organisations/{cast.cold_chain.id}/works-in/"
    assert path in _page(lena, f"/members/{cast.cold_chain.id}/")
    assert path not in _page(rosa, f"/members/{cast.cold_chain.id}/")
    _page(rosa, path, 404)
    _page(lena, f"/organisations/{cast.target.id}/works-in/", 404)
    assert lena.post(path, {"places": "Lisbon, Portugal\nXyzzyville"}).status_code == 400
    assert lena.post(path, {"places": "Lisbon, Portugal\n\nLagos, Nigeria"}).status_code == 302
    assert set(Reach.objects.values_list("place__name", flat=True)) == {"Lisbon", "Lagos"}
    page = _page(rosa, f"/members/{cast.cold_chain.id}/")
    assert "Where it works" in page
    assert "Works in Lagos, Nigeria" in _page(rosa, "/find/people/?q=nigeria")


def test_a_search_that_finds_nobody_says_who_is_near_and_what_they_lack(cast: Cast) -> None:
    cast.person("Ada Baker", headline="Bakes bread")
    page = _page(_as(cast.seeker), "/find/people/?q=bread&language=pl")
    assert "Nobody fits quite" in page
    assert "Does not speak the language you asked for" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_ones_passages_takes_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        story.lived(cast.seeker)
    rosa = _as(cast.seeker)
    _page(rosa, "/you/transition/")
    with django_assert_num_queries(17):
        _page(rosa, "/you/transition/")


def test_a_no_is_not_to_be_seen_on_any_page_of_who_asked(cast: Cast) -> None:
    ask = story.asked(cast)
    rosa = _as(cast.seeker)
    paths = ("/you/transition/", f"/you/transition/asked/{ask.id}/", "/find/guides/")
    before = [_without_tokens(_page(rosa, path)) for path in paths]
    actions.not_now(actor=cast.target, ask=ask)
    assert [_without_tokens(_page(rosa, path)) for path in paths] == before


def _without_tokens(page: str) -> str:
    """A page without what is drawn anew each time it is opened."""
    hidden = re.sub(r'<input type="hidden"[^>]*>', "", page)
    return re.sub(r'"X-CSRFToken": "\w+"', "", hidden)
