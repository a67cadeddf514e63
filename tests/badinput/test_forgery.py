"""Every page that changes something refuses what does not carry the token against forgery."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from footbridge.people import actions as people
from footbridge.web.routes import routes
from tests.badinput.stage import filled_in
from tests.cast import Cast
from tests.doors.rows import writes
from tests.doors.web.world import World, build

pytestmark = pytest.mark.django_db

BACKEND = "footbridge.people.signed_in.SignedIn"
METHODS = ("POST", "DELETE")
REFUSED = (403, 404, 405)
# Made for forms on other people's pages: what they send is shown once more, and kept nowhere.
ONLY_SHOWN = {("POST", "/calls/<slug:call_slug>/continue/")}


@pytest.fixture
def world(cast: Cast) -> World:
    return build(cast)


def careful(world: World, role: str) -> Client:
    """A browser as it really is: the token is asked for."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    person = {"member": world.cast.seeker, "host": world.cast.host}.get(role)
    if person is not None:
        client.force_login(people.account_for(person), backend=BACKEND)
    return client


def unsafe_pages() -> list[str]:
    """Every route of the pages, those that libraries bring included."""
    return [route for route, _view in routes() if not route.startswith("/api/")]


@pytest.mark.parametrize("role", ["anonymous", "member", "host"])
@pytest.mark.parametrize("method", METHODS)
def test_no_page_takes_anything_without_the_token(world: World, role: str, method: str) -> None:
    client = careful(world, role)
    taken, links = {}, world.tokens()
    for route in unsafe_pages():
        if "(" in route:
            continue
        with writes() as written:
            answer = client.generic(method, filled_in(route, world.ids(), links))
        told = (*REFUSED, 200) if (method, route) in ONLY_SHOWN else REFUSED
        if answer.status_code not in told or written:
            taken[route] = (answer.status_code, written)
    assert taken == {}


@pytest.mark.parametrize("token", ["", "x" * 32, "x" * 64, "é" * 32, "0", "null"])
def test_a_token_that_was_made_up_is_none(world: World, token: str) -> None:
    client = careful(world, "member")
    client.cookies[settings.CSRF_COOKIE_NAME] = "y" * 32
    answer = client.post("/you/tokens/", {"name": "mine", "csrfmiddlewaretoken": token})
    assert answer.status_code == 403


def test_a_token_from_the_page_is_taken(world: World) -> None:
    client = careful(world, "member")
    token = client.get("/you/tokens/").context["csrf_token"]
    answer = client.post("/you/tokens/", {"name": "mine", "csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 200


def test_a_page_of_another_site_is_refused_even_with_the_token(world: World) -> None:
    client = careful(world, "member")
    token = str(client.get("/you/tokens/").context["csrf_token"])
    said = {"name": "mine", "csrfmiddlewaretoken": token}
    answer = client.post("/you/tokens/", said, HTTP_ORIGIN="https://evil.example")
    assert answer.status_code == 403
