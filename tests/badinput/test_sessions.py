"""A session begins anew at sign-in, travels in a closed cookie, and ends at sign-out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from footbridge.core import links
from footbridge.people import actions as people
from tests.cast import Cast

pytestmark = pytest.mark.django_db

COOKIE = settings.SESSION_COOKIE_NAME
SIGNED_IN_PAGE = "/you/"


@pytest.fixture(autouse=True)
def nothing_guessed_before() -> None:
    cache.clear()


def link_of(cast: Cast) -> str:
    people.account_for(cast.seeker)
    return f"/sign-in/by/{links.sign('sign-in', cast.seeker.id, cast.seeker.id)}/"


def signed_in(cast: Cast, client: Client) -> Client:
    assert client.post(link_of(cast)).status_code == 302
    assert client.get(SIGNED_IN_PAGE).status_code == 200
    return client


def test_a_session_that_was_there_before_is_another_after_sign_in(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/", {"email": "somebody@example.org"})
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies[COOKIE] = planted = session.session_key
    signed_in(cast, client)
    assert client.cookies[COOKIE].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_whoever_planted_a_session_is_not_in(cast: Cast) -> None:
    planter, victim = Client(), Client()
    session = planter.session
    session["planted"] = "yes"
    session.save()
    planter.cookies[COOKIE] = victim.cookies[COOKIE] = session.session_key
    signed_in(cast, victim)
    assert planter.get(SIGNED_IN_PAGE).status_code == 302


def test_a_session_key_that_was_made_up_is_not_taken_over(cast: Cast) -> None:
    client = Client()
    client.cookies[COOKIE] = "a" * 32
    signed_in(cast, client)
    assert client.cookies[COOKIE].value != "a" * 32


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(cast: Cast) -> None:
    client, copy = signed_in(cast, Client()), Client()
    copy.cookies[COOKIE] = client.cookies[COOKIE].value
    assert copy.get(SIGNED_IN_PAGE).status_code == 200
    client.post("/sign-out/")
    assert copy.get(SIGNED_IN_PAGE).status_code == 302
    assert Session.objects.count() == 0 or not copy.session.get("_auth_user_id")


def test_looking_at_sign_out_signs_nobody_out(cast: Cast) -> None:
    client = signed_in(cast, Client())
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/account/logout/").status_code in (200, 302, 404, 405)
    assert client.get(SIGNED_IN_PAGE).status_code == 200


def test_the_cookies_are_closed_to_scripts_and_to_other_sites(cast: Cast) -> None:
    client = signed_in(cast, Client())
    client.get("/you/edit/")
    for name in (COOKIE, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] in ("Lax", "Strict"), name
        assert not cookie["domain"], name


def test_behind_https_the_cookies_travel_nowhere_else(tmp_path: Path) -> None:
    said = (
        "from footbridge.config import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"
    )
    environment = {
        **os.environ,
        "FOOTBRIDGE_PUBLIC_URL": "https://network.example",
        "FOOTBRIDGE_HOME": str(tmp_path),
        "PYTHONPATH": str(Path(settings.PACKAGE).parent),
    }
    done = subprocess.run(
        [sys.executable, "-c", said], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True", "True"]
