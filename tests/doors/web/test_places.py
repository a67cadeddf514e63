"""The line of pages behind a door."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from footbridge.people import actions as people
from footbridge.web.places import PLACES
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LINKS = re.compile(r'<a href="([^"]+)"(?: aria-current="(\w+)")?>')


def line_of(client: Client, path: str) -> dict[str, str]:
    """The line's addresses, each with what it says of where one is."""
    page = client.get(path).content.decode()
    found = re.search(r'<nav class="places".*?</nav>', page, re.DOTALL)
    return dict(LINKS.findall(found[0])) if found else {}


@pytest.fixture
def client(cast: Cast) -> Client:
    found = Client()
    found.force_login(people.account_for(cast.seeker), backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


@pytest.mark.parametrize("door", PLACES)
def test_every_page_of_a_line_opens_and_says_where_one_is(client: Client, door: str) -> None:
    addresses = [reverse(name) for name, _label in PLACES[door]]
    for address in addresses:
        assert client.get(address).status_code == 200
        assert line_of(client, address) == {
            one: "page" if one == address else "" for one in addresses
        }


def test_a_page_behind_one_of_them_says_so_and_an_error_shows_none(
    client: Client, cast: Cast
) -> None:
    assert line_of(client, "/find/calls/mine/")["/find/calls/"] == "true"
    assert line_of(client, f"/members/{cast.target.id}/")["/find/"] == ""
    assert line_of(client, "/find/nothing-of-the-kind/") == {}
    assert line_of(client, "/you/") == {}
