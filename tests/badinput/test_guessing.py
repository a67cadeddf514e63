"""What opens something cannot be guessed, and near misses are answered like any other."""

from __future__ import annotations

import random
import re

import pytest
from django.core.cache import cache
from django.test import Client

from footbridge.people import actions as people
from footbridge.people.models import AccessToken
from tests.cast import Cast
from tests.doors.web.world import World, bare, build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_guessed_before() -> None:
    cache.clear()


@pytest.fixture
def world(cast: Cast) -> World:
    return build(cast)


def changed(token: str, at: int) -> str:
    """The same token with one sign changed into its neighbour."""
    other = "A" if token[at] != "A" else "B"
    return token[:at] + other + token[at + 1 :]


def test_a_signed_link_with_one_sign_changed_opens_nothing(world: World) -> None:
    chance = random.Random(1)
    client = Client()
    opened = []
    for start, token in world.tokens().items():
        word = bare(token)
        for at in chance.sample(range(len(word)), 12):
            path = start + changed(word, at) + token[len(word) :]
            for answer in (client.get(path), client.post(path, {"answer": "yes", "move": "agree"})):
                if answer.status_code not in (404, 405, 410):
                    opened.append((path, answer.status_code))
    assert opened == []


def test_a_link_made_for_one_purpose_opens_no_other(world: World) -> None:
    tokens = world.tokens()
    client = Client()

    def tail(start: str) -> str:
        return tokens[start].removeprefix(bare(tokens[start]))

    opened = [
        (start, other)
        for start in tokens
        for other, token in tokens.items()
        if start != other
        and client.get(start + bare(token) + tail(start)).status_code not in (404, 410)
    ]
    assert opened == []


def test_a_link_says_the_same_whether_it_was_nearly_right_or_made_up(world: World) -> None:
    token = world.tokens()["/n/"]
    client = Client()
    bodies = {
        re.sub(rb"\b[A-Za-z0-9]{64}\b", b"", client.get(f"/n/{tried}").content)
        for tried in (changed(token, 5), changed(token, len(token) - 2), "x", "a.b:c", token + "x")
    }
    assert len(bodies) == 1


def test_a_token_for_programs_is_long_and_kept_only_as_a_digest(cast: Cast) -> None:
    kept, secret = people.make_token(actor=cast.seeker, name="mine")
    assert len(secret) >= 64
    assert secret not in str(AccessToken.objects.filter(id=kept.id).values().get())
    other = people.make_token(actor=cast.seeker, name="mine")[1]
    assert sum(one == two for one, two in zip(secret, other)) < len(secret) / 2


def test_a_token_with_one_sign_changed_is_answered_like_none(cast: Cast) -> None:
    secret = people.make_token(actor=cast.seeker, name="mine")[1]
    client = Client()
    assert client.get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 200
    tried = [changed(secret, at) for at in range(0, len(secret), 7)]
    tried += [secret.upper() + "x", secret[:-1], secret + "0", "", "x", " ", "\xff", secret * 50]
    answers = {
        (answer.status_code, answer.content)
        for one in tried
        for answer in [client.get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {one}")]
    }
    assert {status for status, _body in answers} == {401}
    assert len(answers) == 1


@pytest.mark.parametrize("scheme", ["Basic", "Token", "bearer bearer", "Digest", ""])
def test_another_scheme_is_answered_like_none(cast: Cast, scheme: str) -> None:
    secret = people.make_token(actor=cast.seeker, name="mine")[1]
    answer = Client().get("/api/v1/me", HTTP_AUTHORIZATION=f"{scheme} {secret}")
    assert answer.status_code == 401


def test_asking_for_codes_is_stopped_alike_for_known_and_unknown_addresses(cast: Cast) -> None:
    people.account_for(cast.seeker)
    known, unknown = "rosa.seeker@example.org", "nobody.there@example.org"
    seen = {}
    for address in (known, unknown):
        cache.clear()
        spellings = (address, address.upper(), f" {address} ", address.title())
        answers = [Client().post("/sign-in/", {"email": spellings[n % 4]}) for n in range(12)]
        seen[address] = [answer.status_code for answer in answers]
    assert seen[known] == seen[unknown]
    assert (seen[known][0], seen[known][-1] == 302) == (302, False)
