"""What one can do, on its pages: told, changed, asked about, answered, listed and found."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Offer
from footbridge.expertise import actions, queries
from footbridge.expertise.models import Claim, Confirmation, Episode, LivedLine
from footbridge.expertise.states import State
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.expertise import story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words(db: None) -> None:
    exchange.load_shipped_vocabulary()


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content
    return answer.content.decode()


def sends(client: Client, path: str, status: int = 302, **said: Any) -> str:
    answer = client.post(path, said)
    assert answer.status_code == status, answer.content
    return answer.content.decode()


def test_lines_are_ticked_and_named_in_both_sides_words(cast: Cast) -> None:
    rosa = browser(cast.seeker)
    assert "Nothing told yet" in page(rosa, "/you/skills/")
    assert "I negotiated with a ministry." in page(rosa, "/you/skills/lived/")
    sends(rosa, "/you/skills/lived/", lines=["ministry", "volunteers-year"])
    found = page(rosa, "/you/skills/")
    skill = story.skill("negotiation")
    for words in (skill.label, *skill.sides["en"]["mission"], *skill.sides["en"]["business"]):
        assert words in found.replace("&#x27;", "'").replace("&amp;", "&")
    assert "Nobody else sees any of this until you list it." in found


def test_six_at_the_first_time_come_back_with_what_was_ticked(cast: Cast) -> None:
    six = ["ministry", "first-grant", "land", "kitchen", "lease", "board"]
    found = sends(browser(cast.seeker), "/you/skills/lived/", status=400, lines=six)
    assert "Tick the 5 that matter most." in found
    assert found.count(" checked") == 6
    assert not Episode.objects.exists()


def test_an_episode_is_told_in_two_steps_without_a_script(cast: Cast) -> None:
    rosa, path = browser(cast.seeker), "/you/skills/episode/"
    told = {"title": "I negotiated with the port", "story": "Two winters.", "carries": "any"}
    looked = sends(rosa, path, status=200, look="yes", **told)
    assert 'value="negotiation"' in looked
    assert not Episode.objects.exists()
    again = sends(rosa, path, status=200, look="yes", more="photography", **told)
    assert 'value="photography"' in again
    refused = sends(rosa, path, status=400, **told)
    assert "Choose at least one skill" in refused
    assert "Two winters." in refused
    sends(rosa, path, skills=["negotiation"], level_negotiation="led", since="2019", **told)
    claim = Claim.objects.get()
    assert (claim.skill.key, claim.level, claim.episode.since) == ("negotiation", "led", 2019)


def test_a_skill_is_changed_its_witness_asked_and_the_question_withdrawn(cast: Cast) -> None:
    claim, rosa = story.tells(cast.seeker), browser(cast.seeker)
    path = f"/you/skills/{claim.id}/"
    assert "You can ask people whom you said you know" in page(rosa, path)
    story.knows(cast.seeker, cast.connector)
    sends(rosa, path, move="level", level="led", carries="same", version="1")
    met = sends(rosa, path, status=409, move="level", level="did", carries="any", version="1")
    assert "This was changed while you were writing" in met
    sends(rosa, path, move="story", title="I led the talks", keep_back="on")
    claim.refresh_from_db()
    assert (claim.level, claim.episode.title, claim.episode.is_shown) == (
        "led",
        "I led the talks",
        False,
    )
    sends(rosa, path, move="ask", person=str(cast.connector.id))
    row = Confirmation.objects.get()
    assert "Kofi Connector" in page(rosa, path)
    sends(rosa, path, move="withdraw", question=str(row.id))
    assert story.fresh(row).state == State.WITHDRAWN
    assert rosa.post(path, {"move": "fly"}).status_code == 404
    sends(rosa, path, move="drop")
    assert not Claim.objects.exists()


@pytest.mark.parametrize("way", ["page", "link"])
def test_who_was_there_answers_signed_in_or_by_link_alike(cast: Cast, way: str) -> None:
    row = story.asked(cast)
    paths = {"page": f"/you/skills/asked/{row.id}/", "link": queries.question_path(row)}
    client = browser(cast.connector) if way == "page" else Client()
    assert story.TITLE in page(client, paths[way])
    assert story.fresh(row).state == State.ASKED
    sends(client, paths[way], move="confirm", words="I was there.", is_named="on")
    assert "You confirmed this" in page(client, paths[way])
    sends(client, paths[way], move="withdraw")
    assert "This is no longer asked." in page(client, paths[way])
    assert client.post(paths[way], {"move": "fly"}).status_code == 404


def test_a_refusal_by_link_leaves_the_askers_page_as_it_was(cast: Cast) -> None:
    row, rosa = story.asked(cast), browser(cast.seeker)
    page(rosa, f"/you/skills/{row.claim_id}/")
    before = page(rosa, f"/you/skills/{row.claim_id}/")
    sends(Client(), queries.question_path(row), move="not_mine")
    after = page(rosa, f"/you/skills/{row.claim_id}/")

    def told(found: str) -> str:
        return found.split("<main")[1].split("</main")[0].split('id="who"')[1]

    strip = lambda text: [x for x in told(text).split() if "csrf" not in x and "value=" not in x]  # noqa: E731
    assert strip(after) == strip(before)


def test_expertise_is_listed_found_and_taken_back(cast: Cast) -> None:
    claim, lena = story.tells(cast.target), browser(cast.target)
    rosa, path = browser(cast.seeker), "/find/expertise/?q=negociation"
    assert "Nobody has listed their expertise yet" in page(rosa, path)
    sends(lena, "/you/skills/listing/", seen_by="members")
    found = page(rosa, path)
    assert "Lena Sought" in found
    assert claim.episode.title in found
    assert claim.episode.title in page(rosa, f"/members/{cast.target.id}/")
    assert "Has not come as far as you asked" in page(rosa, path + "&level=teaches")
    assert sends(lena, "/you/skills/listing/", status=400, seen_by="everyone")
    sends(lena, "/you/skills/listing/", seen_by="")
    assert "Lena Sought" not in page(rosa, path)
    assert claim.episode.title not in page(rosa, f"/members/{cast.target.id}/")


def test_a_place_that_nobody_knows_is_said_beside_its_field(cast: Cast) -> None:
    rosa = browser(cast.seeker)
    page(rosa, "/find/expertise/?q=negotiation&near=Qqqqqq", status=400)


def test_a_host_leaves_lines_out_and_adds_their_own(cast: Cast) -> None:
    hana, path = browser(cast.host), f"/host/{cast.chapter.id}/lived-work/"
    assert "I negotiated with a ministry." in page(hana, path)
    sends(hana, path, move="leave_out", key="ministry")
    assert "I negotiated with a ministry." not in page(browser(cast.seeker), "/you/skills/lived/")
    sends(hana, path, move="bring_back", key="ministry")
    line = {"text": "I landed a boat.", "theme": "hard", "level": "led", "carries": "any"}
    assert "One to 4 skills." in sends(hana, path, status=400, **line)
    sends(hana, path, skills=["crisis-risk"], **line)
    own = f"/host/lived-work/{LivedLine.objects.get().id}/"
    sends(hana, own, skills=["teaching"], version="1", **line | {"text": "I sailed."})
    assert "I sailed." in page(browser(cast.seeker), "/you/skills/lived/")
    sends(hana, own, move="drop")
    assert not LivedLine.objects.exists()
    page(browser(cast.stranger), path, status=404)
    other = browser(cast.seeker).get(path)
    assert other.status_code == 404


def test_a_thing_is_offered_in_a_tap(cast: Cast) -> None:
    rosa = browser(cast.seeker)
    assert "?thing=meeting-room" in page(rosa, "/needs-and-offers/")
    form = page(rosa, "/needs-and-offers/offer/?thing=meeting-room")
    assert 'value="meeting-room" id="id_thing_1" checked' in form
    sends(rosa, "/needs-and-offers/offer/", text="Ours on Fridays", thing="meeting-room")
    offer = Offer.objects.get()
    lines = offer.lines.values_list("skill__key", "guessed")
    assert (offer.resource, list(lines)) == ("infrastructure", [("meeting-room", False)])
    sends(rosa, "/needs-and-offers/offer/", status=400, text="Ours", thing="yacht")


def test_the_page_asks_as_often_for_three_as_for_one(cast: Cast) -> None:
    lena, asked = browser(cast.target), []
    for keys in (["negotiation"], ["grant-writing", "teaching"]):
        for key in keys:
            story.listed(cast.target, key, title=f"What I did: {key}")
        page(lena, "/you/skills/")
        with CaptureQueriesContext(connection) as queries_:
            page(lena, "/you/skills/")
        asked.append(len(queries_))
    assert asked[0] == asked[1]


def test_what_waits_for_ones_word_stands_on_the_page_of_ones_skills(cast: Cast) -> None:
    row = story.asked(cast)
    found = page(browser(cast.connector), "/you/skills/")
    assert f"/you/skills/asked/{row.id}/" in found
    actions.confirm(actor=cast.connector, confirmation=row)
    assert "You confirmed Rosa Seeker" in page(browser(cast.connector), "/you/skills/")


def test_what_waits_for_ones_word_stands_on_today_too(cast: Cast) -> None:
    row = story.asked(cast)
    assert f"/you/skills/asked/{row.id}/" in page(browser(cast.connector), "/")
    actions.not_mine(actor=cast.connector, confirmation=row)
    assert f"/you/skills/asked/{row.id}/" not in page(browser(cast.connector), "/")
