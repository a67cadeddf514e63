"""A call of a program that is repeated with its key is carried out once."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from footbridge.exchange.models import Need
from footbridge.journal.models import Entry, Receipt
from footbridge.meetings import actions
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.doors.api.caller import body_for, in_place, operations
from tests.doors.web.world import World, build
from tests.nothing_lost.browser import at_once
from tests.rooms.meetings import story as evenings

pytestmark = pytest.mark.django_db


def token_of(person: Person) -> str:
    return people.make_token(actor=person, name="a program")[1]


def call(token: str, key: str, method: str, path: str, body: Any = None) -> Any:
    client = Client(raise_request_exception=False)
    signed = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    signed |= {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    data = "" if body is None else json.dumps(body)
    return client.generic(method, "/api/v1" + path, data, "application/json", **signed)


def test_the_same_call_with_the_same_key_is_carried_out_once(cast: Cast) -> None:
    token, key = token_of(cast.seeker), str(uuid.uuid4())
    first, again = (call(token, key, "POST", "/needs", {"text": "A van"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again["Content-Type"] == "application/json; charset=utf-8"
    assert Need.objects.count() == 1


def test_without_a_key_each_call_is_one_of_its_own(cast: Cast) -> None:
    token = token_of(cast.seeker)
    answers = [call(token, "", "POST", "/needs", {"text": "A van"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert Receipt.objects.count() == 0


def test_the_same_key_with_another_call_is_refused(cast: Cast) -> None:
    token = token_of(cast.seeker)
    assert call(token, "1", "POST", "/needs", {"text": "A van"}).status_code == 201
    others = [
        call(token, "1", "POST", "/needs", {"text": "A kitchen"}),
        call(token, "1", "POST", "/offers", {"text": "A van"}),
        call(token, "1", "PATCH", "/me", {"headline": "A van"}),
    ]
    assert [answer.status_code for answer in others] == [422] * 3
    assert {answer.json()["code"] for answer in others} == {"key_reused"}
    assert Need.objects.count() == 1


def test_a_key_belongs_to_the_person_for_whom_the_program_acts(cast: Cast) -> None:
    mine, theirs = token_of(cast.seeker), token_of(cast.connector)
    for token in (mine, theirs):
        assert call(token, "1", "POST", "/needs", {"text": "A van"}).status_code == 201
    assert set(Need.objects.values_list("owner", flat=True)) == {
        cast.seeker.id,
        cast.connector.id,
    }
    second = token_of(cast.seeker)
    assert call(second, "1", "POST", "/needs", {"text": "A van"}).status_code == 201
    assert Need.objects.count() == 2


def test_without_a_good_token_nothing_is_given_again(cast: Cast) -> None:
    token = token_of(cast.seeker)
    call(token, "1", "POST", "/needs", {"text": "A van"})
    for person in (cast.seeker,):
        for known in person.tokens.all():
            people.drop_token(actor=person, token_id=known.id)
    assert call(token, "1", "POST", "/needs", {"text": "A van"}).status_code == 401


def test_a_refused_call_may_come_again_with_its_key(cast: Cast) -> None:
    token = token_of(cast.seeker)
    assert call(token, "1", "POST", "/needs", {"text": ""}).status_code == 422
    assert call(token, "1", "POST", "/needs", {"text": "A van"}).status_code == 201


# A draft, an introduction that is made, time that was given, an event, a talk, an evening that is
# over and a change that was tried three times are not on stage.
NOT_ON_STAGE = {
    "PATCH /introductions/{introduction_id}",
    "POST /introductions/{introduction_id}/ask",
    "POST /introductions/{introduction_id}/report",
    "POST /introductions/{introduction_id}/thank",
    "POST /bookings/{booking_id}/cancel",
    "POST /bookings/{booking_id}/tell",
    "POST /bookings/{booking_id}/confirm",
    "DELETE /calls/{open_call_id}",
    "POST /calls/{open_call_id}/end",
    "POST /answers/{answer_id}/off-shortlist",
    "POST /assignments/from-answer",
    # It is not closing, deepened or left alone; the owner asks, and is asked for nothing.
    "PUT /partnerships/{partnership_id}/exit",
    "POST /partnerships/{partnership_id}/deepen/answer",
    "POST /partnerships/asked/{party_id}/step-in",
    "POST /partnerships/{partnership_id}/parties/{party_id}/people",
    "PUT /rehearsals/{rehearsal_id}/notes",
    *(
        f"{how} /assignments/{{assignment_id}}/{what}"
        for how, what in (
            ("PUT", "terms"),
            ("POST", "agree"),
            ("POST", "close"),
            ("POST", "skills"),
            ("POST", "skills/answer"),
            ("POST", "case"),
            ("PUT", "case"),
            ("POST", "case/agree"),
            ("POST", "case/take-back"),
        )
    ),
    "POST /sessions/{session_id}/parts",
    "POST /sessions/{session_id}/questions",
    "PUT /sessions/{session_id}/feedback",
    "POST /changes/{change_id}/decide",
}


def test_every_operation_that_changes_something_honours_a_key(cast: Cast) -> None:
    """Each twice with one key: the second changes nothing, the journal included, and answers with
    the bytes of the first."""
    world: World = build(cast)
    from footbridge.network import actions as network
    from footbridge.network.models import Tie
    from footbridge.network.states import TieState

    network.propose_tie(actor=cast.host, one=cast.connector, other=cast.colleague)
    world.proposal = Tie.objects.get(
        teller=cast.connector, other=cast.colleague, state=TieState.PROPOSED
    )
    roles = [cast.seeker, cast.connector, cast.target, cast.host, cast.deputy]
    tokens = [token_of(person) for person in roles]
    changing = [one for one in operations() if one[0] != "GET"]
    left = {
        f"{method} {path}"
        for method, path in changing
        if not any(
            _honoured(token, f"{method} {path}", *_asked(world, method, path)) for token in tokens
        )
    }
    with evenings.before(world.session, 0):
        actions.begin(actor=cast.host, session=world.session)
        evenings.checked_in(cast, world.session, cast.seeker, cast.connector)
        for one in sorted(left):
            asked = _asked(world, *one.split())
            if any(_honoured(token, f"{one}, while it runs", *asked) for token in tokens):
                left.remove(one)
    assert len(changing) > 25
    assert left == NOT_ON_STAGE


def _asked(world: World, method: str, path: str) -> tuple[str, str, Any]:
    return method, in_place(world, path), body_for(world, method, path)


def _honoured(token: str, key: str, method: str, path: str, body: Any) -> bool:
    """Whether it can be done at all; of what was done nothing remains."""
    with transaction.atomic():
        first = call(token, key, method, path, body)
        before = Entry.objects.count()
        again = call(token, key, method, path, body)
        after = Entry.objects.count()
        transaction.set_rollback(True)
    if first.status_code < 400:
        assert (again.status_code, again.content, after) == (
            first.status_code,
            first.content,
            before,
        ), key
    return bool(first.status_code < 400)


def test_the_documentation_speaks_of_the_key() -> None:
    said = Client().get("/api/v1/openapi.json").json()["info"]["description"]
    assert "Idempotency-Key" in said


@pytest.mark.django_db(transaction=True)
def test_twenty_five_keys_by_twelve_threads_leave_twenty_five_rows(cast: Cast) -> None:
    token = token_of(cast.seeker)
    sent = [n for n in range(25) for _thread in range(12)]
    answers = at_once(
        lambda n: call(token, f"key {n}", "POST", "/needs", {"text": f"A van on day {n}"}),
        sent,
        12,
    )
    assert [answer.status_code for answer in answers] == [201] * 300
    assert len({answer.json()["id"] for answer in answers}) == 25
    assert Need.objects.count() == 25
