"""Every page, opened by everyone; every form, sent empty and with rubbish."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client

from footbridge.core.access import Audience, declared
from footbridge.web.routes import routes
from tests.cast import Cast
from tests.doors.web.world import PEOPLE, World, bare, build, vouch_token

FIELDS = """
name email text q sector place need offer organisation role who_i_am why_you what_i_ask
how_long your_gain word outcome words thanks strength how since until door most_uses days
note person keep one other through cells shape kind findable answer move form wish theme
next language skills more urgent resource causes asks_per_month headline about website
sheet0-shape sheet0-kind sheet0-column0 login code token
"""
RUBBISH = "x\x00‮<script>\U0001f9c0" * 40


@pytest.fixture
def world(cast: Cast) -> World:
    return build(cast)


def pages() -> Iterator[tuple[str, Audience]]:
    """Our own routes, with who may open each."""
    for route, view in routes():
        audience = declared(view)
        if audience is not None and not route.startswith("/api/"):
            yield route, audience


def address(route: str, world: World) -> str:
    """A route with something that exists in each of its gaps."""
    ids = world.ids()
    tokens = world.tokens() | {"/vouch/": vouch_token(world)}
    token = next((bare(t) for start, t in tokens.items() if route.startswith(start)), "no-token")

    def fill(gap: re.Match[str]) -> str:
        kind, _, name = gap[1].rpartition(":")
        if kind in ("uuid", "slug"):
            return str(ids[name])
        return {"token": token, "kind": "need"}.get(name, "x")

    path = re.sub(r"<([^>]+)>", fill, route)
    extra = {
        "/members/<uuid:member_id>/ask/": f"?through={world.cast.connector.id}",
        "/host/<uuid:chapter_id>/introduce/": (
            f"?one={world.cast.seeker.id}&other={world.cast.target.id}"
        ),
    }
    return path + extra.get(route, "")


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_opens_or_refuses_for_everyone(world: World, who: str) -> None:
    client = world.client(who)
    seen = {}
    wrong = {}
    for route, audience in pages():
        seen[route] = client.get(address(route, world)).status_code
        if seen[route] not in _expected(who, audience):
            wrong[route] = seen[route]
    assert wrong == {}
    opened = [route for route, status in seen.items() if status == 200]
    assert len(opened) >= {"member": 20, "host": 35, "stranger": 15}.get(who, 4), opened


def _expected(who: str, audience: Audience) -> set[int]:
    """What a page may answer to a look: itself, a way on, only-by-tap, or nothing here."""
    may = {200, 302, 404, 405}
    if audience in (Audience.EVERYONE, Audience.LINK):
        return may | {410}
    if who in ("anonymous", "listed"):
        return {302}
    if who == "accountless":
        return {403}
    if who == "hidden":
        return may if audience is Audience.HIDDEN else {302}
    if audience is Audience.HIDDEN or (audience is Audience.HOSTS and who != "host"):
        return {404}
    return may


@pytest.mark.django_db
def test_links_alone_open_their_pages_for_who_is_only_on_a_list(world: World) -> None:
    client = world.client("listed")
    for start, token in world.tokens().items():
        response = client.get(start + token)
        assert response.status_code == 200, start
        assert client.get(start + "x" + token).status_code in (404, 410), start


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", ["anonymous", "member", "host", "stranger", "accountless", "hidden"]
)
@pytest.mark.parametrize("rubbish", [False, True], ids=["empty", "rubbish"])
def test_every_form_survives_what_nobody_should_send(world: World, who: str, rubbish: bool) -> None:
    names = FIELDS.split() if rubbish else []
    said = dict.fromkeys(names, RUBBISH)
    client = world.client(who)
    wrong = {}
    in_order = sorted(pages(), key=lambda page: page[0] in LEAVING)
    paths = {route: address(route, world).partition("?")[0] for route, _audience in in_order}
    for route, audience in in_order:
        status = client.post(paths[route], said).status_code
        may_not = audience is Audience.HOSTS and who == "member"
        if status >= 500 or (may_not and status not in (404, 405)):
            wrong[route] = status
    assert wrong == {}


# Pages after which one is somebody else.
LEAVING = (
    "/sign-out/",
    "/sign-in/by/<str:token>/",
    "/join/<str:token>",
    "/you/data/erase/",
    "/you/hide/",
    "/under-the-radar/data/erase/",
    "/under-the-radar/come-out/",
)

KEPT = {
    "/needs-and-offers/need/": {"text": "", "until": "neverday"},
    "/needs-and-offers/offer/": {"text": "My own words, kept", "until": "neverday"},
    "/you/edit/": {"name": "", "about": "My own words, kept", "asks_per_month": "many"},
    "/you/work/": {"organisation": "", "role": "My own words, kept"},
    "/you/tokens/": {"name": "My own words, kept" * 9},
}


@pytest.mark.django_db
@pytest.mark.parametrize("route", KEPT)
def test_what_was_typed_is_still_there_when_something_is_wrong(world: World, route: str) -> None:
    response = world.client("member").post(route, KEPT[route])
    assert response.status_code == 400
    page = response.content.decode()
    for typed in KEPT[route].values():
        assert typed in page
    assert 'role="alert"' in page


@pytest.mark.django_db
def test_a_note_that_is_not_complete_is_given_back_whole(world: World) -> None:
    said = {"through": world.cast.connector.id, "who_i_am": "My own words, kept", "why_you": ""}
    path = f"/members/{world.cast.target.id}/ask/?through={world.cast.connector.id}"
    response = world.client("member").post(path, said)
    assert response.status_code == 400
    assert "My own words, kept" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "there"),
    [("stranger", "listed"), ("member", "listed"), ("stranger", "introduction")],
)
def test_absent_and_invisible_have_one_and_the_same_page(
    world: World, who: str, there: str
) -> None:
    client = world.client(who)
    invisible = {
        "listed": f"/members/{world.cast.listed.id}/",
        "introduction": f"/introductions/{world.introduction.id}/",
    }[there]
    absent = re.sub(r"[0-9a-f-]{36}", str(uuid.uuid4()), invisible)
    one, other = client.get(invisible), client.get(absent)
    assert one.status_code == other.status_code == 404
    assert _without_tokens(one.content) == _without_tokens(other.content)


@pytest.mark.django_db
def test_a_chapter_of_others_looks_as_if_it_were_not_there(world: World, client: Client) -> None:
    client = world.client("host")
    bodies = {
        _without_tokens(client.get(f"/host/{chapter}/{page}").content)
        for chapter in (world.cast.other_chapter.id, uuid.uuid4())
        for page in ("", "people/", "import/", "duplicates/", "pairs/", "merges/")
    }
    assert len(bodies) == 1


def _without_tokens(page: bytes) -> str:
    """The page without what differs by design at each look: the token against forgery."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return re.sub(r'"X-CSRFToken": "[^"]+"', "", text)
