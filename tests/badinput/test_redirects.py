"""Nothing that is sent leads to another site."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from footbridge.core.access import declared
from footbridge.web.routes import routes
from tests.badinput.sending import leads_away
from tests.badinput.surface import forms_in
from tests.cast import Cast
from tests.doors.web.world import World, build

pytestmark = pytest.mark.django_db

AWAY = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "https:evil.example",
    "http://testserver@evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "\x00//evil.example",
    " //evil.example",
    "/%5cevil.example/%2f..",
    "/you/\r\nLocation: https://evil.example/",
)
NAMES = ("next", "url", "return", "return_to", "redirect", "redirect_to", "continue", "came_from")


@pytest.fixture
def world(cast: Cast) -> World:
    cache.clear()
    return build(cast)


@pytest.mark.parametrize("who", ["anonymous", "member"])
def test_no_page_without_a_gap_leads_away(world: World, who: str) -> None:
    client = world.client(who)
    away_by, looked_at = [], 0
    for number, (route, _view) in enumerate(routes()):
        if "<" in route or "(" in route or route.startswith("/api/") or route in LEAVING:
            continue
        for away in (AWAY[1], AWAY[number % len(AWAY)]):
            said = dict.fromkeys(NAMES, away)
            for answer in (client.get(route, said), client.post(route, said)):
                looked_at += 1
                if leads_away(answer.headers.get("Location", "")):
                    away_by.append((route, answer.headers["Location"]))
    assert away_by == []
    assert looked_at > 150


LEAVING = ("/sign-out/", "/account/logout/")


def test_the_library_pages_are_among_them(world: World) -> None:
    found = [route for route, view in routes() if not declared(view)]
    assert any("setlang" in route for route in found)


@pytest.mark.parametrize("away", AWAY)
def test_a_language_or_a_theme_that_is_chosen_leads_back_here(client: Client, away: str) -> None:
    for path, said in (("/language/setlang/", {"language": "fr"}), ("/theme/", {"theme": "dark"})):
        answer = client.post(path, said | {"next": away}, HTTP_REFERER=away.strip("\r\n\x00\t "))
        assert answer.status_code in (302, 303)
        assert not leads_away(answer.headers["Location"])


@pytest.mark.parametrize("away", AWAY)
def test_a_way_on_after_sign_in_is_one_of_ours(cast: Cast, client: Client, away: str) -> None:
    cache.clear()
    page = client.get("/sign-in/", {"next": away})
    for form in forms_in(page.content.decode()):
        for control in form.controls:
            assert control.name != "next" or not leads_away(control.value)


@pytest.mark.parametrize("path", ["//evil.example/you/", "//evil.example//", "/\\evil.example/you"])
def test_a_missing_slash_at_the_end_leads_nowhere_else(client: Client, path: str) -> None:
    answer = client.generic("GET", path)
    assert not leads_away(answer.headers.get("Location", ""))


def test_what_leads_away_is_recognised() -> None:
    for away in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"):
        assert leads_away(away)
    for here in ("", "/", "/you/?next=//x", "http://testserver/"):
        assert not leads_away(here)
