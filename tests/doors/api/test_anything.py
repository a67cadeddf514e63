"""Whatever a program sends that the documentation allows is answered as the documentation says."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from footbridge.people import actions as people
from tests.cast import Cast
from tests.doors.api.caller import Caller, operations

pytestmark = pytest.mark.django_db


class _UndoneError(Exception):
    """Ends a transaction of which nothing is to remain."""


@pytest.fixture
def schema(db: None) -> Any:
    return schemathesis.openapi.from_dict(Client().get("/api/v1/openapi.json").json())


def _send(caller: Caller, case: Any) -> Any:
    """One generated call, through Django's own client, of which nothing remains."""
    kwargs = case.as_transport_kwargs()
    body = kwargs.get("json")
    query = {name: value for name, value in (case.query or {}).items() if value is not None}
    try:
        with transaction.atomic():
            answer = caller.client.generic(
                case.method,
                case.formatted_path,
                data="" if body is None else json.dumps(body),
                content_type="application/json",
                QUERY_STRING=_joined(query),
                HTTP_AUTHORIZATION=f"Bearer {caller.token}",
            )
            raise _UndoneError
    except _UndoneError:
        return answer


def _joined(query: dict[str, Any]) -> str:
    from urllib.parse import urlencode

    return urlencode(query, doseq=True, errors="replace")


def test_every_operation_answers_anything_as_documented(
    schema: Any, cast: Cast, subtests: Any
) -> None:
    caller = Caller(cast.host)
    tried = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        name = f"{operation.method.upper()} {operation.path}"
        with subtests.test(name):
            tried[name] = _try(caller, operation)
    assert len(tried) == len(operations())
    assert min(tried.values()) >= 20


def _try(caller: Caller, operation: Any) -> int:
    documented = set(operation.definition.raw["responses"])
    count = 0

    @given(case=operation.as_strategy())
    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def anything(case: Any) -> None:
        nonlocal count
        count += 1
        answer = _send(caller, case)
        assert answer.status_code < 500, (case.as_curl_command(), answer.content[:500])
        assert str(answer.status_code) in documented, (case.body, answer.content[:500])
        if answer.status_code >= 400:
            said = json.loads(answer.content)
            both = {"version", "theirs", "mine"} if said["code"] == "overtaken" else set()
            assert set(said) == {"code", "message", "field"} | both

    anything()
    return count


@pytest.mark.parametrize("body", ["280087414522745126912", "[]", '"words"', "null", "1e400"])
def test_a_body_that_is_no_object_is_refused(cast: Cast, client: Client, body: str) -> None:
    _token, secret = people.make_token(actor=cast.seeker, name="a program")
    answer = client.patch(
        "/api/v1/me",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 400
