"""Signing in: the same for every address, until its code comes back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from footbridge.mail.models import Message
from footbridge.mail.sealed import deliver_sealed_due, waiting_at_the_console
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limit_reached_before() -> None:
    cache.clear()


def ask(client: Client, address: str, **more: str) -> Any:
    return client.post("/sign-in/", {"email": address, **more})


def the_code() -> str:
    [letter] = waiting_at_the_console()
    found = re.search(r"^ {4}(\S+)$", letter.text, re.MULTILINE)
    assert found, letter.text
    return found[1]


@pytest.fixture
def addresses(cast: Cast) -> dict[str, str]:
    """One of a member, one under the radar, and one that nobody has here."""
    people.account_for(cast.seeker)
    cast.hidden(cast.target)
    return {
        "member": "rosa.seeker@example.org",
        "hidden": "lena.sought@example.org",
        "nobody": "nina.nobody@example.org",
    }


def test_every_address_gets_the_same_answer_for_the_same_work(addresses: dict[str, str]) -> None:
    seen = []
    for address in addresses.values():
        client = Client()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = ask(client, address)
        page = client.get(answer.url)
        shapes = [
            re.sub(r"'[^']*'|X'[0-9a-f]*'", "?", one["sql"]) for one in queries.captured_queries
        ]
        seen.append((answer.status_code, answer.url, len(page.content), [s[:60] for s in shapes]))
    assert seen[0] == seen[1] == seen[2]


def test_only_known_addresses_are_written_to(addresses: dict[str, str], settings: Any) -> None:
    settings.EMAIL_HOST = "mail.test"
    for address in addresses.values():
        ask(Client(), address)
    deliver_sealed_due()
    assert sorted(one.to[0] for one in mail.outbox) == [addresses["hidden"], addresses["member"]]
    assert list(waiting_at_the_console()) == []


def test_the_code_opens_the_door_and_leads_where_one_was_going(cast: Cast, client: Client) -> None:
    people.account_for(cast.seeker)
    ask(client, "rosa.seeker@example.org", next="/introduce/")
    answer = client.post("/sign-in/code/", {"code": the_code().lower()})
    assert answer.headers["Location"] == "/introduce/"
    assert client.get("/").status_code == 200


def test_a_way_out_of_this_installation_is_not_followed(cast: Cast, client: Client) -> None:
    people.account_for(cast.seeker)
    ask(client, "rosa.seeker@example.org", next="https://elsewhere.test/")
    answer = client.post("/sign-in/code/", {"code": the_code()})
    assert answer.headers["Location"] == "/"


def test_someone_whom_a_host_listed_is_in_by_the_code(cast: Cast, client: Client) -> None:
    ask(client, str(cast.listed.email))
    client.post("/sign-in/code/", {"code": the_code()})
    assert Person.objects.get(id=cast.listed.id).has_joined


def test_three_wrong_codes_end_it(cast: Cast, client: Client) -> None:
    people.account_for(cast.seeker)
    ask(client, "rosa.seeker@example.org")
    for _ in range(3):
        assert client.post("/sign-in/code/", {"code": "WRONG"}).status_code == 400
    answer = client.post("/sign-in/code/", {"code": the_code()})
    assert answer.headers["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_limits_are_counted_by_what_was_typed(cast: Cast, addresses: dict[str, str]) -> None:
    refused = {}
    for kind, address in addresses.items():
        cache.clear()
        answers = [ask(Client(), address).status_code for _ in range(30)]
        refused[kind] = answers
    assert refused["member"] == refused["hidden"] == refused["nobody"]
    assert 400 in refused["member"]


def test_a_code_stands_in_no_outbox(cast: Cast, client: Client) -> None:
    people.account_for(cast.seeker)
    ask(client, "rosa.seeker@example.org")
    assert not Message.objects.exists()
