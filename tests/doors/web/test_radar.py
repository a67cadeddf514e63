"""The pages of people under the radar, and of those who meet one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from footbridge.core import links
from footbridge.exchange import actions as exchange
from footbridge.mail.sealed import waiting_at_the_console
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people import queries as doors
from footbridge.people.models import Person
from footbridge.veil import actions, queries
from footbridge.web.account.sign_in import BACKEND
from tests.cast import Cast

pytestmark = pytest.mark.django_db

OWN_PAGES = ("", "find/", "glad/", "you/", "away/", "proof/", "log/", "data/", "come-out/")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person), backend=BACKEND)
    return client


@pytest.fixture
def iris(cast: Cast) -> Client:
    """Iris, who began under the radar, at another mail domain than everyone else."""
    account = actions.begin(name="Iris Veiled", email="iris@elsewhere.test", chapter=cast.chapter)
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def me() -> Any:
    account = queries.account_at("iris@elsewhere.test")
    assert account is not None
    return queries.self_for(account)


def test_going_under_the_radar_asks_for_the_name_and_then_shows_ones_own_page(cast: Cast) -> None:
    client = signed_in(cast.target)
    people.prove_address(people.account_for(cast.target))
    assert client.post("/you/hide/", {"name": "Lena"}).status_code == 400
    answer = client.post("/you/hide/", {"name": "Lena Sought"}, follow=True)
    assert answer.redirect_chain == [("/under-the-radar/", 302)]
    assert not Person.objects.filter(name="Lena Sought").exists()
    for page in OWN_PAGES:
        assert client.get(f"/under-the-radar/{page}").status_code == 200, page


def test_everyone_else_finds_nothing_there(cast: Cast) -> None:
    member, somebody = signed_in(cast.seeker), Client()
    for page in OWN_PAGES:
        assert member.get(f"/under-the-radar/{page}").status_code == 404
        assert somebody.get(f"/under-the-radar/{page}").status_code == 302


def test_pages_of_members_lead_to_ones_own(iris: Client, cast: Cast) -> None:
    for page in ("/", "/find/", "/introduce/", "/you/", f"/members/{cast.seeker.id}/"):
        answer = iris.get(page)
        assert (answer.status_code, answer.headers.get("Location")) in (
            (302, "/under-the-radar/"),
            (404, None),
        ), page


def test_no_passkey_is_numbered_for_somebody_unseen(iris: Client) -> None:
    for page in ("", "add/", "keys/1/edit/"):
        for answer in (
            iris.get(f"/account/webauthn/{page}"),
            iris.post(f"/account/webauthn/{page}", {"name": "x"}),
        ):
            assert answer.headers["Location"] == "/under-the-radar/", page


def test_what_one_looks_for_finds_who_gives_it(iris: Client, cast: Cast) -> None:
    exchange.open_offer(actor=cast.seeker, owner=cast.seeker, text="Cold storage at night")
    said = {
        "name": "Iris Veiled",
        "headline": "I buy packaging",
        "employer": "Nobody Knows Ltd",
        "needs": "Cold storage two nights a week\n\nSomebody who knows permits",
        "place": "Porto",
        "sector": "private",
        "languages": ["en"],
        "version": me().version,
    }
    assert iris.post("/under-the-radar/you/", said).status_code == 302
    assert me().profile.needs == ("Cold storage two nights a week", "Somebody who knows permits")
    assert me().profile.place.name == "Porto"
    page = iris.get("/under-the-radar/").content.decode()
    assert "Rosa Seeker" in page
    assert "cold storage" in page.lower()


def test_a_page_opened_before_another_change_keeps_what_was_typed(iris: Client) -> None:
    version = me().version
    actions.edit(actor=me(), headline="Elsewhere")
    answer = iris.post(
        "/under-the-radar/you/", {"name": "Iris", "headline": "Here", "version": version}
    )
    assert answer.status_code == 409
    assert b"Here" in answer.content
    assert b"Elsewhere" in answer.content


def test_the_way_to_somebody_is_shown_to_oneself_alone(iris: Client, cast: Cast) -> None:
    network.state_tie(actor=cast.connector, other=cast.seeker, strength="trust")
    path = f"/under-the-radar/members/{cast.connector.id}/know/"
    assert iris.post(path, {"strength": "worked_together"}).status_code == 302
    page = iris.get(f"/under-the-radar/members/{cast.seeker.id}/").content.decode()
    assert "Kofi Connector" in page
    assert "Iris" not in signed_in(cast.connector).get("/ties/").content.decode()


def test_a_card_is_seen_as_the_other_will_before_it_goes(iris: Client, cast: Cast) -> None:
    path = f"/under-the-radar/members/{cast.seeker.id}/card/"
    said = {"words": "I buy packaging", "ask": "Half an hour on permits"}
    page = iris.post(path, said)
    assert page.status_code == 200
    assert b"This may point at you" in page.content
    assert queries.waiting_for(cast.seeker) == []
    assert iris.post(path, said | {"send": "yes"}).status_code == 302
    [card] = queries.waiting_for(cast.seeker)
    rosa = signed_in(cast.seeker)
    assert f"/from-under-the-radar/{card.id}/" in rosa.get("/").content.decode()
    assert "Iris" not in rosa.get(f"/from-under-the-radar/{card.id}/").content.decode()
    rosa.post(f"/from-under-the-radar/{card.id}/", {"answer": "yes"})
    assert "Iris Veiled" in rosa.get(f"/from-under-the-radar/{card.id}/").content.decode()
    assert "Iris Veiled" in rosa.get("/introduce/").content.decode()
    assert "rosa.seeker@example.org" in iris.get("/under-the-radar/").content.decode()
    kofi = signed_in(cast.connector)
    assert kofi.get(f"/from-under-the-radar/{card.id}/").status_code == 404


def test_a_standing_yes_leads_to_two_names(iris: Client, cast: Cast) -> None:
    rosa = signed_in(cast.seeker)
    rosa.post("/you/standing-yes/", {"words": "An intrapreneur in food, anywhere"})
    page = iris.get("/under-the-radar/glad/").content.decode()
    assert "An intrapreneur in food, anywhere" in page
    assert "Rosa" not in page
    found = re.search(r"/under-the-radar/glad/([0-9a-f-]{36})/", page)
    assert found
    assert iris.get(found[0]).status_code == 200
    iris.post(found[0])
    assert "Rosa Seeker" in iris.get("/under-the-radar/").content.decode()
    assert "Iris Veiled" in rosa.get("/introduce/").content.decode()


def test_whoever_vouches_is_asked_by_a_link_that_was_handed_over(iris: Client, cast: Cast) -> None:
    token = links.sign("vouch", me().id)
    rosa = signed_in(cast.seeker)
    assert "Iris Veiled" in rosa.get(f"/vouch/{token}").content.decode()
    assert me().profile.vouches == ()
    rosa.post(f"/vouch/{token}")
    assert [one.name for one in me().profile.vouches] == ["Rosa Seeker"]
    assert "Someone vouched for you" in iris.get("/under-the-radar/log/").content.decode()


def test_staying_away_from_an_organisation_and_its_group(iris: Client, cast: Cast) -> None:
    path = f"/under-the-radar/members/{cast.city.id}/away/"
    iris.post(path, {"group": "yes"})
    assert "City Health Office and its whole group" in (
        iris.get("/under-the-radar/away/").content.decode()
    )
    iris.post("/under-the-radar/away/drop/", {"line": str(cast.city.id)})
    iris.post("/under-the-radar/away/", {"domain": "someone@rival.test"})
    assert me().profile.blocks.domains == ("rival.test",)
    assert me().profile.blocks.groups == ()


def test_one_can_take_everything_along_and_leave(iris: Client) -> None:
    held = iris.get("/under-the-radar/data/download/").json()
    assert held["profile"]["name"] == "Iris Veiled"
    iris.post("/under-the-radar/data/erase/", {"name": "Iris Veiled"})
    assert queries.account_at("iris@elsewhere.test") is None
    assert iris.get("/under-the-radar/").status_code == 302


def test_somebody_comes_in_by_an_invitation_unseen(cast: Cast, client: Client) -> None:
    invitation = people.invite(actor=cast.host, chapter=cast.chapter, door="trusted", most_uses=5)
    said = {"name": "Una Unseen", "email": "una@elsewhere.test", "unseen": "yes"}
    assert client.post(doors.path_of(invitation), said).headers["Location"] == (
        "/under-the-radar/begin/"
    )
    [letter] = waiting_at_the_console()
    code = re.search(r"^ {4}(\S+)$", letter.text, re.MULTILINE)
    assert code
    answer = client.post("/under-the-radar/begin/", {"code": code[1]})
    assert answer.headers["Location"] == "/under-the-radar/"
    assert client.get("/under-the-radar/").status_code == 200
    invitation.refresh_from_db()
    assert invitation.used == 0
    assert not Person.objects.filter(name="Una Unseen").exists()


def test_coming_out_makes_one_a_member(iris: Client) -> None:
    iris.post("/under-the-radar/come-out/")
    assert iris.get("/you/").status_code == 200
    assert Person.objects.get(email="iris@elsewhere.test").has_joined
