"""Every page, looked at and written to by everyone: the declaration of each route is what holds.

The API's operations have a table of their own in tests/doors/api.
"""

from __future__ import annotations

import copy
import re
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from footbridge.core.access import Audience, declared
from footbridge.people import actions as people
from footbridge.people.models import Host
from footbridge.web.routes import audience_of_library, routes
from tests.cast import Cast
from tests.doors.rows import Rows, all_rows, writes
from tests.doors.web.world import World, build

pytestmark = pytest.mark.django_db

ABSENT = uuid.UUID("00000000-0000-4000-8000-00000000abcd")
ROLES = ("anonymous", "member", "stranger", "other_host", "host", "deputy")
HOSTING = ("other_host", "host", "deputy")
# What a page may answer to someone for whom it is there: itself, a way on, what is missing in
# what was sent, not yours to change, nothing here, only by tap, too late, link gone, enough.
ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 410, 429}


@pytest.fixture
def world(cast: Cast) -> World:
    built = build(cast)
    omar = cast.person("Omar Host", chapter=cast.other_chapter)
    Host.objects.create(person=omar, chapter=cast.other_chapter)
    return built


@pytest.fixture
def browsers(world: World) -> dict[str, Client]:
    cast = world.cast
    other_host = Host.objects.get(chapter=cast.other_chapter).person
    who = {
        "member": cast.seeker,
        "stranger": cast.stranger,
        "other_host": other_host,
        "host": cast.host,
        "deputy": cast.deputy,
    }
    browsers = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, person in who.items():
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        browsers[role].force_login(people.account_for(person), backend=backend)
    return browsers


def own_routes() -> list[tuple[str, Audience]]:
    """Our own routes with what each declared; a route that declared nothing is red."""
    found = []
    for route, view in routes():
        if audience_of_library(view):
            continue
        audience = declared(view)
        assert audience is not None, f"{route} declares no audience"
        found.append((route, audience))
    return found


def address(world: World, route: str, *, absent: bool = False) -> str:
    """A route with something that exists, or something absent, in each of its gaps. A gap of a
    kind that is not known here is an error: it would be a blind spot."""
    known = world.ids()
    tokens = world.tokens()

    def fill(gap: re.Match[str]) -> str:
        kind, _, name = gap[1].rpartition(":")
        if kind == "uuid":
            return str(ABSENT if absent else known[name])
        if (kind, name) == ("str", "token"):
            return next(token for start, token in tokens.items() if route.startswith(start))
        if (kind, name) == ("str", "kind"):
            return "need"
        raise AssertionError(f"nobody said what stands in {gap[0]} of {route}")

    path = re.sub(r"<([^>]+)>", fill, route)
    query = {
        "/members/<uuid:member_id>/ask/": f"?through={world.cast.connector.id}",
        "/host/<uuid:chapter_id>/introduce/": f"?{_two(world)}",
    }
    return path.replace("//", "/") + query.get(route, "")


def _two(world: World) -> str:
    return f"one={world.cast.colleague.id}&other={world.cast.listed.id}"


def said(world: World) -> dict[str, Any]:
    """Something for every form at once: each takes what it knows."""
    cast = world.cast
    return {
        "name": "Changed by someone",
        "email": "changed@example.org",
        "text": "Changed by someone",
        "headline": "Changed by someone",
        "asks_per_month": "7",
        "strength": "trust",
        "wish": "avoid",
        "answer": "yes",
        "move": "agree",
        "no": "yes",
        "until": "2026-05-01",
        "organisation": "Changed by someone",
        "door": "trusted",
        "most_uses": "3",
        "days": "3",
        "role": "deputy",
        "language": "es",
        "why_you": "Changed by someone",
        "what_i_ask": "Changed by someone",
        "findable": "yes",
        "person": str(cast.listed.id),
        "one": str(cast.colleague.id),
        "other": str(cast.listed.id),
        "through": str(cast.connector.id),
    }


class _UndoneError(Exception):
    """Ends a transaction of which nothing is to remain."""


def answered(
    world: World, client: Client, method: str, path: str, before: Rows
) -> tuple[int, bytes, str, bool]:
    """Status, body, where it leads, and whether any row of the rooms is another; then undone."""
    cookies = copy.deepcopy(client.cookies)
    try:
        with transaction.atomic():
            with writes() as written:
                answer = client.get(path) if method == "GET" else client.post(path, said(world))
                streamed = getattr(answer, "streaming", False)
                content = b"".join(answer.streaming_content) if streamed else answer.content  # type: ignore[attr-defined]
            found = answer.status_code, content, answer.headers.get("Location", "")
            changed = bool(written) and all_rows() != before
            raise _UndoneError
    except _UndoneError:
        client.cookies = cookies
    return (*found, changed)


def is_refused(role: str, audience: Audience) -> bool:
    """Whether the declaration alone keeps someone out."""
    if audience in (Audience.EVERYONE, Audience.LINK):
        return False
    return role == "anonymous" or (audience is Audience.HOSTS and role not in HOSTING)


def wrong(role: str, audience: Audience, method: str, status: int, to: str) -> bool:
    """Whether an answer is not the one that the declaration asks for."""
    if not is_refused(role, audience):
        return status not in ANSWERS
    if role == "anonymous":
        return status != 302 or not to.startswith("/sign-in/")
    return status != 404


def without_csrf(page: bytes) -> bytes:
    """The token of a form is drawn anew for each page."""
    return re.sub(rb"\b[A-Za-z0-9]{64}\b", b"", page)


@pytest.mark.parametrize("role", ROLES)
def test_the_declaration_of_each_route_is_what_holds(
    world: World, browsers: dict[str, Client], role: str
) -> None:
    mistaken, changed, seen, before = [], [], 0, all_rows()
    for route, audience in own_routes():
        for method in ("GET", "POST"):
            path = address(world, route)
            status, _body, to, is_other = answered(world, browsers[role], method, path, before)
            seen += 1
            if wrong(role, audience, method, status, to):
                mistaken.append((method, route, status))
            may_change = method == "POST" and not is_refused(role, audience)
            if is_other and (not may_change or status in (403, 404)):
                changed.append((method, route, status))
    assert seen > 120
    assert mistaken == []
    assert changed == []


@pytest.mark.parametrize("role", ["member", "stranger", "other_host", "host"])
def test_what_is_hidden_answers_exactly_as_what_is_not_there(
    world: World, browsers: dict[str, Client], role: str
) -> None:
    differing, hidden, before = [], set(), all_rows()
    for route, _audience in own_routes():
        if "<uuid:" not in route:
            continue
        for method in ("GET", "POST"):
            there = answered(world, browsers[role], method, address(world, route), before)
            if there[0] != 404:
                continue
            hidden.add(route)
            missing = address(world, route, absent=True)
            absent = answered(world, browsers[role], method, missing, before)
            if there[0] != absent[0] or without_csrf(there[1]) != without_csrf(absent[1]):
                differing.append((method, route, absent[0]))
    assert differing == []
    assert role == "host" or hidden >= set(HIDDEN_FROM_OTHERS[role])


PRIVATE = (
    "/introductions/<uuid:introduction_id>/",
    "/needs-and-offers/<str:kind>/<uuid:posting_id>/",
    "/needs-and-offers/<str:kind>/<uuid:posting_id>/close/",
    "/ties/<uuid:tie_id>/retract/",
)
HOSTED = (
    "/host/<uuid:chapter_id>/",
    "/host/<uuid:chapter_id>/people/",
    "/host/<uuid:chapter_id>/people/invite/",
    "/host/<uuid:chapter_id>/links/",
    "/host/<uuid:chapter_id>/deputies/",
    "/host/<uuid:chapter_id>/export.csv",
    "/host/<uuid:chapter_id>/export.xlsx",
    "/host/links/<uuid:invitation_id>/revoke/",
    "/host/people/<uuid:member_id>/",
    "/host/imports/<uuid:batch_id>/",
    "/host/duplicates/<uuid:duplicate_id>/",
    "/outbox/<uuid:message_id>/passed-on/",
)
HIDDEN_FROM_OTHERS = {
    "member": HOSTED,
    "stranger": (*PRIVATE, *HOSTED),
    "other_host": (*PRIVATE, *HOSTED),
}


def test_a_gap_that_nobody_knows_is_an_error(world: World) -> None:
    for route in ("/x/<int:number>/", "/x/<slug:name>/", "/x/<str:word>/"):
        with pytest.raises(AssertionError, match="nobody said"):
            address(world, route)
    with pytest.raises(KeyError):
        address(world, "/x/<uuid:unheard_of_id>/")
    for route, _audience in own_routes():
        assert "<" not in address(world, route)
