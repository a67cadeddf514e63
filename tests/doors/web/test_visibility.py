"""The pages on which a person chooses who sees what, and the page that everyone may open."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from footbridge.people import actions as people
from footbridge.people.models import Person, PublicPage
from footbridge.people.states import FIELDS
from tests.cast import Cast
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(cast: Cast) -> Person:
    people.edit(
        cast.target,
        cast.target,
        headline="Keeps things cold",
        about="Nineteen years on the docks.",
        website="https://lena.example/",
        place=cast.lisbon,
    )
    return cast.target


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


ALL = ("Keeps things cold", "Nineteen years", "lena.example", "Lisbon", "Operations lead")


def words_on(text: str) -> list[str]:
    return [words for words in ALL if words in text]


def test_a_members_page_shows_what_its_reader_may_see(cast: Cast, lena: Person) -> None:
    people.show(actor=lena, about="introduced", website="introduced", work="introduced")
    path = f"/members/{lena.id}/"
    assert words_on(page(browser(cast.seeker), path)) == ["Keeps things cold", "Lisbon"]
    for reader in (lena, cast.host):
        assert words_on(page(browser(reader), path)) == list(ALL)
    story.introduced(cast)
    assert words_on(page(browser(cast.seeker), path)) == list(ALL)
    assert words_on(page(browser(cast.stranger), path)) == ["Keeps things cold", "Lisbon"]


def test_an_organisations_page_names_nobody_who_keeps_their_work_to_few(
    cast: Cast, lena: Person
) -> None:
    path = f"/members/{cast.cold_chain.id}/"
    assert "Lena Sought" in page(browser(cast.seeker), path)
    people.show(actor=lena, work="introduced")
    assert "Lena Sought" not in page(browser(cast.seeker), path)
    assert "Lena Sought" in page(browser(cast.host), path)


def test_one_form_chooses_for_every_field(cast: Cast, lena: Person) -> None:
    client = browser(lena)
    text = page(client, "/you/visibility/")
    assert text.count("<select") == len(FIELDS)
    said = dict.fromkeys(FIELDS, "members") | {"about": "introduced", "version": "2"}
    assert client.post("/you/visibility/", said).status_code == 302
    lena.refresh_from_db()
    assert (lena.about_seen_by, lena.place_seen_by) == ("introduced", "members")
    answer = client.post("/you/visibility/", said | {"place": "everyone"})
    assert answer.status_code == 409
    assert client.post("/you/visibility/", said | {"place": "nobody"}).status_code == 400


@pytest.mark.parametrize(
    ("eyes", "shown"),
    [
        ("member", ["Keeps things cold", "Lisbon"]),
        ("introduced", list(ALL)),
        ("everyone", ["Keeps things cold"]),
    ],
)
def test_one_sees_ones_page_as_somebody_else_does(
    lena: Person, eyes: str, shown: list[str]
) -> None:
    people.show(
        actor=lena,
        headline="everyone",
        about="introduced",
        website="introduced",
        work="introduced",
    )
    text = page(browser(lena), f"/you/visibility/?as={eyes}")
    assert words_on(text) == shown
    assert "<form" not in text[text.index("<main") : text.index("</main")]


def test_what_one_sees_of_oneself_is_what_others_see(cast: Cast, lena: Person) -> None:
    people.show(actor=lena, about="introduced")
    preview = page(browser(lena), "/you/visibility/?as=member")
    real = page(browser(cast.stranger), f"/members/{lena.id}/")
    for part in ("Lisbon", "https://lena.example/", "Northwind Cold Chain"):
        assert preview.count(part) == real.count(part) > 0
    assert "Nineteen" not in preview + real
    assert "Nineteen" not in page(browser(lena), "/you/")


def test_a_public_page_is_open_to_everyone_until_it_is_taken_back(lena: Person) -> None:
    people.show(actor=lena, headline="everyone", work="everyone")
    client, visitor = browser(lena), Client()
    assert client.post("/you/public/", {"address": "", "version": "0"}).status_code == 302
    path = f"/people/{PublicPage.objects.get().slug}/"
    answer = visitor.get(path)
    text = answer.content.decode()
    assert words_on(text) == ["Keeps things cold", "Operations lead"]
    assert "/members/" not in text
    assert 'content="noindex, nofollow"' in text
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert f'property="og:url" content="{settings.PUBLIC_URL}{path}"' in text
    assert path in page(client, f"/members/{lena.id}/")
    assert client.post("/you/public/take-back/").status_code == 302
    assert visitor.get(path).status_code == 404
    assert path not in page(client, f"/members/{lena.id}/")


def test_search_engines_are_let_in_by_its_person_alone(lena: Person) -> None:
    said = {"address": "lena", "may_be_listed": "on", "version": "0"}
    assert browser(lena).post("/you/public/", said).status_code == 302
    assert browser(lena).post("/you/public/", said | {"address": "lena-2"}).status_code == 409
    answer = Client().get("/people/lena/")
    assert 'content="index, follow"' in answer.content.decode()
    assert "X-Robots-Tag" not in answer


def test_an_address_that_is_taken_keeps_what_was_typed(cast: Cast, lena: Person) -> None:
    people.go_public(actor=cast.seeker, address="harbour")
    answer = browser(lena).post("/you/public/", {"address": "harbour", "version": "0"})
    assert answer.status_code == 400
    assert 'value="harbour"' in answer.content.decode()
    assert not PublicPage.objects.filter(person=lena).exists()


def test_no_address_tells_whether_there_was_ever_anybody(cast: Cast, lena: Person) -> None:
    for person, address in ((lena, "lena"), (cast.colleague, "tariq"), (cast.seeker, "rosa")):
        people.go_public(actor=person, address=address)
    cast.hidden(lena)
    people.erase(actor=cast.colleague, person=cast.colleague)
    people.be_private_again(actor=cast.seeker)
    absent = _not_there("nobody")
    for address in ("lena", "tariq", "rosa"):
        assert _not_there(address) == absent


def _not_there(address: str) -> str:
    """The page that says so, without the address itself and the token of its forms."""
    answer = Client().get(f"/people/{address}/")
    assert answer.status_code == 404
    text = answer.content.decode().replace(f"/people/{address}/", "")
    return re.sub(r"[A-Za-z0-9]{64}", "", text)


def test_a_badge_says_what_every_member_may_know(cast: Cast, lena: Person) -> None:
    from footbridge.meetings import queries as meetings
    from footbridge.web.host.papers import _badges
    from tests.doors.web.world import evening

    session = evening(cast.host, cast.chapter, lena, cast.seeker)
    people.show(actor=lena, work="introduced")
    made = _badges(cast.host, session, meetings.card(cast.host, session)).badges
    assert [(one.name, one.organisation) for one in made] == [
        ("Lena Sought", ""),
        ("Rosa Seeker", "Harbour Food Bank"),
    ]


def test_a_draft_of_a_note_says_what_every_member_may_know(cast: Cast, lena: Person) -> None:
    people.show(actor=cast.seeker, work="introduced")
    story.tie(cast.connector, cast.seeker)
    path = f"/members/{lena.id}/ask/?through={cast.connector.id}"
    assert "Harbour Food Bank" not in page(browser(cast.seeker), path)
