"""Pages before a talk: a kit that is filled in, on paper, rehearsed; cards, worth, the shelf."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.pitches import actions, queries
from footbridge.pitches.actions import Notes
from footbridge.pitches.models import Giving, Pitch, Reading, Rehearsal, ShoesCard, Worth
from tests.cast import Cast
from tests.documents.reading import pages
from tests.rooms.calls import story as calls_story
from tests.rooms.expertise import story as expertise_story
from tests.rooms.pitches import story

pytestmark = pytest.mark.django_db


def _as(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def _page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def _version(page: str) -> str:
    found = re.search(r'name="version" value="(\w+)"', page)
    assert found
    return found[1]


def _everything_to_draw_from(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    cause = Cause.objects.get(key="sdg-2")
    exchange.care_for(actor=cast.target, member=cast.cold_chain, causes=[cause])
    exchange.care_for(actor=cast.seeker, member=cast.food_bank, causes=[cause])
    calls_story.opened(cast, owner=cast.cold_chain)
    exchange.open_need(actor=cast.target, owner=cast.cold_chain, text="Apprentices who stay")
    exchange.open_need(actor=cast.seeker, owner=cast.food_bank, text="A cold bay at night")
    story.writes(cast.target, cast.cold_chain, incentives="Full stores", readers="members")
    expertise_story.tells(cast.seeker, story="I sat with the port for two years.")
    network.state_tie(actor=cast.seeker, other=cast.connector, strength="know")
    network.state_tie(actor=cast.connector, other=cast.target, strength="know")


def test_a_tired_person_names_the_other_side_and_has_a_kit(cast: Cast) -> None:
    _everything_to_draw_from(cast)
    rosa = _as(cast.seeker)
    assert "Nothing prepared yet" in _page(rosa, "/find/pitches/")
    start = f"/find/pitches/new/?to={cast.cold_chain.id}"
    assert start in _page(rosa, f"/members/{cast.cold_chain.id}/")
    assert "Northwind Cold Chain" in _page(rosa, start)
    sent = {"target_name": "Northwind Cold Chain", "on_behalf_of": str(cast.food_bank.id)}
    answer = rosa.post(start, sent)
    made = Pitch.objects.get()
    assert answer["Location"] == f"/find/pitches/{made.id}/edit/"
    assert made.contact_id == cast.target.id
    assert made.decider == "The plant manager"
    assert "No pallet of good food" in made.theirs
    assert "Apprentices who stay" in made.theirs
    assert "Full stores" in made.theirs
    assert made.ours == "A cold bay at night"
    assert "Food for everyone" in made.community
    assert made.ask == f"May we answer your call «{calls_story.TITLE}»?"
    assert made.story == "I sat with the port for two years."
    assert made.takes
    page = _page(rosa, f"/find/pitches/{made.id}/")
    assert "what they look for" in page
    assert "Lena Sought" in page
    assert "Kofi Connector" in page
    assert "Northwind Cold Chain" in _page(rosa, "/find/pitches/")


def test_of_the_other_side_only_what_one_may_read_is_drawn(cast: Cast) -> None:
    story.writes(cast.target, cast.cold_chain, incentives="Full stores", readers="given")
    rosa = _as(cast.seeker)
    rosa.post("/find/pitches/new/", {"target_name": "Northwind Cold Chain"})
    made = Pitch.objects.get()
    assert made.target_id == cast.cold_chain.id
    assert made.on_behalf_of_id == cast.food_bank.id
    assert (made.theirs, made.decider) == ("", "")
    assert "Full stores" not in _page(rosa, f"/find/pitches/{made.id}/")
    _page(rosa, f"/members/{cast.cold_chain.id}/in-my-shoes/", 404)
    card = queries.get_card(cast.target, cast.cold_chain)
    actions.give_card(actor=cast.target, card=card, to=cast.food_bank)
    assert "Full stores" in _page(rosa, f"/find/pitches/{made.id}/")
    assert "Full stores" in _page(rosa, f"/members/{cast.cold_chain.id}/in-my-shoes/")


def test_a_name_from_outside_is_enough(cast: Cast) -> None:
    rosa = _as(cast.seeker)
    assert rosa.post("/find/pitches/new/", {"target_name": ""}).status_code == 400
    rosa.post("/find/pitches/new/", {"target_name": "Ministry of Fish"})
    made = Pitch.objects.get()
    assert made.target_id is None
    assert made.ask == "Twenty minutes, to find out whether this helps you too."
    assert "Ministry of Fish" in _page(rosa, f"/find/pitches/{made.id}/")


def test_what_was_changed_meanwhile_is_shown_beside_what_was_typed(cast: Cast) -> None:
    pitch = story.pitch(cast)
    rosa, path = _as(cast.seeker), f"/find/pitches/{pitch.id}/edit/"
    seen = _version(_page(rosa, path))
    assert rosa.post(path, {"ask": "One night?", "version": seen}).status_code == 302
    late = rosa.post(path, {"ask": "Two nights?", "version": seen})
    assert late.status_code == 409
    assert "One night?" in late.content.decode()
    assert "Two nights?" in late.content.decode()
    long = rosa.post(path, {"ask": "x" * 201, "version": "2"})
    assert long.status_code == 400


def test_how_it_went_and_taking_it_away(cast: Cast) -> None:
    pitch = story.pitch(cast)
    rosa, path = _as(cast.seeker), f"/find/pitches/{pitch.id}/"
    said = {"went": "yes", "met_on": "2026-03-01", "words": "Begin with Amina."}
    assert rosa.post(f"{path}went/", said).status_code == 302
    assert "They said yes" in _page(rosa, path)
    for other in (cast.target, cast.host):
        for page in ("", "edit/", "went/", "kit.pdf", "sponsor.pdf", "rehearse/"):
            _page(_as(other), path + page, 404)
    assert rosa.post(f"{path}forget/").status_code == 302
    assert not Pitch.objects.exists()


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_page_to_hand_over_holds_nothing_that_was_only_prepared(
    cast: Cast, language: str
) -> None:
    kit = story.KIT
    pitch = story.pitch(cast, kit=kit, contact=cast.target, on_behalf_of=cast.food_bank)
    Pitch.objects.update(objections="«No room»: at night", emotion="Pride", decider="قصي")
    rosa = _as(cast.seeker)
    answer = rosa.get(f"/find/pitches/{pitch.id}/sponsor.pdf?language={language}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Language"] == language
    (told,) = pages(answer.content)
    for words in ("Harbour Food Bank", "Amina", "dock seven", "212 confirmed hours"):
        assert words in told
    for words in ("No room", "Pride", "Lena"):
        assert words not in told
    (whole,) = pages(rosa.get(f"/find/pitches/{pitch.id}/kit.pdf?language={language}").content)
    for words in ("No room", "Pride", "Lena Sought", "Amina"):
        assert words in whole
    odd = rosa.get(f"/find/pitches/{pitch.id}/kit.pdf?language=tlh")
    assert odd["Content-Language"] == "en"


def test_a_peer_is_asked_listens_by_link_and_notes_what_they_heard(cast: Cast) -> None:
    pitch = story.pitch(cast)
    story.worth(cast.seeker)
    rosa, path = _as(cast.seeker), f"/find/pitches/{pitch.id}/rehearse/"
    assert cast.target
    kofi = cast.connector
    page = _page(rosa, path)
    assert "Kofi Connector" in page
    assert "Lena Sought" not in page
    assert "Kofi Connector" in _page(rosa, f"{path}?q=kofi")
    assert "Nobody of that name" in _page(rosa, f"{path}?q=Zacharias")
    assert rosa.post(path, {"peer": str(cast.target.id)}).status_code == 400
    assert rosa.post(path, {"peer": str(kofi.id), "words": "Thursday?"}).status_code == 302
    row = Rehearsal.objects.get()
    assert "Will you listen to Rosa Seeker" in _page(_as(kofi), "/")
    link, somebody = queries.rehearsal_path(row, kofi), Client()
    before = _page(somebody, link)
    assert "dock seven" not in before
    assert story.fresh(row).state == "asked"
    assert somebody.post(link, {"move": "agree"}).status_code == 302
    after = _page(somebody, link)
    assert "dock seven" in after
    assert "450" not in after
    assert somebody.post(link, {"move": "dance"}).status_code == 404
    noted = {"move": "note", "clear_ask": "yes", "heard": "A dock", "version": _version(after)}
    assert somebody.post(link, {"move": "note"}).status_code == 400
    assert somebody.post(link, noted).status_code == 302
    assert "A dock" in _page(rosa, f"/find/pitches/rehearsals/{row.id}/")
    assert "Notes are written" in _page(rosa, f"/find/pitches/{pitch.id}/")
    assert rosa.post(f"/find/pitches/rehearsals/{row.id}/", {"move": "withdraw"}).status_code == 302
    assert "dock seven" not in _page(somebody, link)


def test_a_peer_who_is_shown_it_reads_what_the_work_is_worth(cast: Cast) -> None:
    story.worth(cast.seeker)
    row = story.asked(cast, shows_worth=True)
    kofi = _as(cast.connector)
    assert "450" not in _page(kofi, f"/find/pitches/rehearsals/{row.id}/")
    kofi.post(f"/find/pitches/rehearsals/{row.id}/", {"move": "agree"})
    assert "450 EUR" in _page(kofi, f"/find/pitches/rehearsals/{row.id}/")


def test_a_card_is_written_given_read_and_taken_back(cast: Cast) -> None:
    lena, side = _as(cast.target), cast.cold_chain.id
    assert "Nothing written yet" in _page(lena, "/you/in-my-shoes/")
    path = f"/you/in-my-shoes/{side}/"
    said = {"fears": "A warm pallet", "readers": "given", "version": _version(_page(lena, path))}
    assert lena.post(path, said)["Location"] == f"/members/{side}/in-my-shoes/"
    assert "A warm pallet" in _page(lena, f"/members/{side}/in-my-shoes/")
    assert lena.post(path, {"readers": "members", "version": "1"}).status_code == 400
    assert lena.post(f"{path}give/", {"to": "Nobody"}).status_code == 400
    assert lena.post(f"{path}give/", {"to": "Harbour Food Bank"}).status_code == 400
    assert cast.food_bank
    assert lena.post(f"{path}give/", {"to": "Harbour Food Bank"}).status_code == 302
    rosa = _as(cast.seeker)
    read = _page(rosa, f"/members/{side}/in-my-shoes/")
    assert "To open the first talk" in read
    assert "Three logics" not in read
    assert "In their shoes" in _page(rosa, f"/members/{side}/")
    assert "Northwind Cold Chain" in _page(rosa, "/you/in-my-shoes/")
    for page in ("", "give/"):
        _page(rosa, path + page, 404)
    assert rosa.post(f"{path}take-back/", {"to": str(cast.food_bank.id)}).status_code == 404
    assert lena.post(f"{path}take-back/", {"to": str(cast.food_bank.id)}).status_code == 302
    assert not Giving.objects.exists()
    _page(rosa, f"/members/{side}/in-my-shoes/", 404)
    assert ShoesCard.objects.get().readers == "given"


def test_ones_worth_and_the_shelf(cast: Cast) -> None:
    rosa = _as(cast.seeker)
    sheet = {"brings": "Three kitchens", "day_rate": "450", "currency": "eur", "version": "0"}
    assert rosa.post("/you/worth/", sheet).status_code == 302
    assert (Worth.objects.get().day_rate, Worth.objects.get().currency) == (450, "EUR")
    assert rosa.post("/you/worth/", sheet).status_code == 409
    assert "Three kitchens" not in _page(_as(cast.connector), "/you/worth/")
    put: dict[str, Any] = {"title": "Aikido", "link": "https://example.org/a", "is_shared": "on"}
    assert rosa.post("/find/pitches/reading/", put).status_code == 302
    kofi = _as(cast.connector)
    assert "Aikido" in _page(kofi, "/find/pitches/reading/")
    row = Reading.objects.get()
    assert kofi.post(f"/find/pitches/reading/{row.id}/take-off/").status_code == 404
    assert rosa.post(f"/find/pitches/reading/{row.id}/take-off/").status_code == 302
    odd = rosa.post("/find/pitches/reading/", {"title": "x", "link": "javascript:1"})
    assert odd.status_code == 400


def test_three_logics_are_read_in_ones_language(cast: Cast) -> None:
    rosa = _as(cast.seeker)
    path = "/find/pitches/three-logics/"
    assert "We are no longer needed." in _page(rosa, path)
    spanish = rosa.get(path, headers={"accept-language": "es"}).content.decode()
    assert "Ya no hacemos falta." in spanish


@pytest.mark.parametrize("many", [1, 3])
def test_a_kit_asks_as_often_for_one_rehearsal_as_for_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    pitch = story.pitch(cast)
    for number in range(many):
        row = story.asked(cast, pitch=pitch, peer=cast.person(f"Peer {number}"))
        actions.agree(actor=row.peer, rehearsal=row)
        actions.note_down(actor=row.peer, rehearsal=row, notes=Notes(heard="A dock"))
    rosa = _as(cast.seeker)
    rosa.get(f"/find/pitches/{pitch.id}/")
    with django_assert_num_queries(57):
        rosa.get(f"/find/pitches/{pitch.id}/")
