"""What every answer says to browsers and to whatever lies between, on every route there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from footbridge.web.headers import KEEP_NOTHING, NoForgery
from footbridge.web.routes import routes
from tests.cast import Cast
from tests.matrix.cells import address
from tests.matrix.expect import things_of
from tests.matrix.stage import Stage, set_up
from tests.matrix.surface import GAP, pages, paths

pytestmark = pytest.mark.django_db

SAID_ON_EVERY_ANSWER = {
    "Cache-Control": KEEP_NOTHING,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# A browser would run these or take them as looks, were the policy ever to slip; data it does not.
INLINE = re.compile(
    rb"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|<style|\sstyle=|\son[a-z]+=", re.I
)
FROM_ELSEWHERE = re.compile(
    rb"<(?:script|img|link|iframe|source|video|audio)[^>]*(?:src|href)=[\"']?(?:https?:)?//", re.I
)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return set_up(cast)


def addresses(stage: Stage) -> Iterator[str]:
    """Each route of ours, of the libraries and of the API, with its first thing in each gap, and
    some where nothing is."""
    ours = {page.route: things_of(page.gaps)[0].name for page in pages()}
    ours |= {path.route: things_of(path.gaps)[0].name for path in paths()}
    for route, thing in ours.items():
        yield address(stage, route, thing)
    for route, _view in routes():
        if route not in ours and not route.startswith("/api/"):
            yield GAP.sub("1", route)
    yield from ("/api/v1/openapi.json", "/nothing/", "/help", "/static/nothing.css", "/api/v1/x")


@pytest.mark.parametrize("role", ["anonymous", "owner", "host", "program"])
def test_every_answer_has_its_headers_whoever_asks(stage: Stage, role: str) -> None:
    client, seen = stage.browser(role), set()
    for path in addresses(stage):
        answer: Any = client.get(path)
        seen.add(answer.status_code)
        if path.startswith("/static/"):
            continue
        assert {k: answer.headers.get(k) for k in SAID_ON_EVERY_ANSWER} == SAID_ON_EVERY_ANSWER, (
            path
        )
        assert not {"ETag", "Last-Modified", "Expires", "Age"} & set(answer.headers), path
        assert {"Cookie", "Authorization"} <= set(answer.headers["Vary"].split(", ")), path
        assert policy_of(answer) == POLICY, path
        assert "geolocation=()" in answer.headers["Permissions-Policy"], path
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert INLINE.search(body) is None, (path, INLINE.search(body))
            assert FROM_ELSEWHERE.search(body) is None, path
    assert {200, 302, 404} <= seen


def policy_of(answer: Any) -> dict[str, str]:
    said = answer.headers["Content-Security-Policy"].split(";")
    return {name: value for name, _, value in (part.strip().partition(" ") for part in said)}


def test_a_file_of_the_site_itself_may_be_kept_but_not_be_used_by_others(client: Client) -> None:
    answer: Any = client.get("/static/css/footbridge.css")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers.get("Cache-Control", "")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_change_and_an_error_have_the_same_headers(stage: Stage) -> None:
    client = stage.browser("owner")
    client.handler.enforce_csrf_checks = True
    answers = [client.post("/you/edit/", {"name": "x"}), client.put("/you/"), client.post("/x/")]
    assert [answer.status_code for answer in answers] == [403, 403, 404]
    for answer in answers:
        assert answer.headers["Cache-Control"] == KEEP_NOTHING
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Client) -> None:
    client.get("/sign-in/")
    client.post("/language/setlang/", {"language": "es"})
    assert {"csrftoken", "footbridge_language"} <= set(client.cookies)
    for name in ("csrftoken", "footbridge_language"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


# Pages forbid the referrer, so browsers send `Origin: null` with the forms on them.


def test_a_form_from_a_page_without_referrer_is_taken() -> None:
    assert forged(origin="null", site="same-origin", secure=True) is None
    assert forged(origin="null", site="same-origin", secure=False) is None
    assert forged(origin="https://testserver", site="same-origin", secure=True) is None
    assert forged(origin="null", site=None, secure=False) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", None])
def test_a_form_from_another_page_is_refused_though_it_knows_the_token(site: str | None) -> None:
    assert forged(origin="null", site=site, secure=True).status_code == 403  # type: ignore[union-attr]


def test_another_origin_is_refused_whatever_else_is_said() -> None:
    refused = forged(origin="https://elsewhere.example", site="same-origin", secure=True)
    assert refused is not None


def test_a_form_without_its_token_is_refused_wherever_it_comes_from() -> None:
    refused = forged(origin="null", site="same-origin", secure=True, token="x" * 64)
    assert refused is not None


def forged(
    *, origin: str, site: str | None, secure: bool, token: str | None = None
) -> HttpResponse | None:
    """What the protection answers to a form; None where it lets it pass."""
    request = RequestFactory().post("/you/edit/", secure=secure, headers={"origin": origin})
    if site is not None:
        request.META["HTTP_SEC_FETCH_SITE"] = site
    request._dont_enforce_csrf_checks = False  # type: ignore[attr-defined]
    right = get_token(request)
    request.COOKIES["csrftoken"] = request.META["CSRF_COOKIE"]
    request.POST = request.POST.copy()
    request.POST["csrfmiddlewaretoken"] = token or right
    guard = NoForgery(lambda _request: HttpResponse())
    guard.process_request(request)
    return guard.process_view(request, _view, (), {})  # type: ignore[return-value]


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
