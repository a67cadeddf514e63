"""Every operation of the API, sent what its documentation allows and what it does not.

Schemathesis makes the calls from the OpenAPI document and holds each answer to it: the status is
documented, the body is of the documented form, no answer is an error of the server, and what the
document forbids is not accepted.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from itertools import count as counting
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks

from footbridge.config.wsgi import application
from tests.badinput.aftermath import look_after
from tests.badinput.stage import Stage
from tests.badinput.tally import Tally

DOCUMENT = "/api/v1/openapi.json"
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
CALLERS = ("host", "member", "host", "member", "anonymous")
SPOILT_AFTER = 2000
# How many calls are made from one beginning of chance; shorter runs spread more evenly.
AT_A_TIME = 200


def run(stage: Stage, tally: Tally, count: int, chance: int) -> None:
    """Make so many calls, shared evenly among operations and modes."""
    calls = Calls(stage, tally)
    operations = [found.ok() for found in _document().get_all_operations()]
    tally.checked("operations of the API", len(operations))
    share = max(1, -(-count // (len(operations) * len(MODES))))
    for number, operation in enumerate(operations):
        for mode in MODES:
            for begun in range(0, share, AT_A_TIME):
                many = min(AT_A_TIME, share - begun)
                _generated(operation, mode, many, chance + 1000 * number + begun, calls.make)
    look_after(stage, tally)


def _document() -> Any:
    return schemathesis.openapi.from_wsgi(DOCUMENT, application)


def _generated(
    operation: Any, mode: GenerationMode, many: int, chance: int, make: Callable[[Any, str], None]
) -> None:
    """Have so many cases of one operation made; where nothing can be wrong, none is."""

    @seed(chance)
    @settings(
        max_examples=many,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case: Any) -> None:
        make(case, mode.value)

    try:
        each()
    except Exception as error:
        if type(error).__name__ not in ("Unsatisfiable", "SkipTest", "Skipped"):
            raise


class Calls:
    """Sends each case for one of the callers, and lets it be judged."""

    def __init__(self, stage: Stage, tally: Tally) -> None:
        self.stage = stage
        self.tally = tally
        self.number = counting(1)

    def make(self, case: Any, mode: str) -> None:
        """Send one case and look at the answer."""
        number = next(self.number)
        if number % SPOILT_AFTER == 0:
            look_after(self.stage, self.tally)
            self.stage.rebuild()
        caller = CALLERS[number % len(CALLERS)]
        self._lead_somewhere(case)
        headers = self._signed(caller)
        try:
            answer = case.call(headers=headers)
        except UnicodeError:
            return  # what no wire can carry was not sent
        self.tally.note(f"{mode}, {caller}", answer.status_code)
        if b"Traceback (most recent" in answer.content:
            self.tally.fault("a traceback", case.as_curl_command())
        try:
            case.validate_response(answer, checks=_checks_for(case), headers=headers)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
                raise
            self.tally.fault(f"{case.method} {case.path}", case.as_curl_command(), str(error))

    def _signed(self, caller: str) -> dict[str, str]:
        token = self.stage.tokens.get(caller)
        return {"Authorization": f"Bearer {token}"} if token else {}

    def _lead_somewhere(self, case: Any) -> None:
        """An id drawn by chance leads nowhere; most are replaced by one that exists."""
        known = self.stage.ids()
        for name, value in (case.path_parameters or {}).items():
            if name in known and _is_id(value) and uuid.UUID(str(value)).int % 5:
                case.path_parameters[name] = str(known[name])
        if isinstance(case.body, dict):
            members = [self.stage.world.cast.target.id, self.stage.world.cast.connector.id]
            for name in ("target", "connector", "other", "one", "owner"):
                if _is_id(case.body.get(name)):
                    case.body[name] = str(members[name in ("connector", "one")])


def _checks_for(case: Any) -> list[Any]:
    """A body that the document forbids is to be refused. A parameter that nobody asked for is not:
    it is left unread, as everywhere on the web."""
    found = case.meta.components.get(ParameterLocation.BODY) if case.meta else None
    is_wrong = found is not None and found.mode is GenerationMode.NEGATIVE
    return [*CHECKS, checks.negative_data_rejection] if is_wrong else CHECKS


def _is_id(value: Any) -> bool:
    try:
        uuid.UUID(value)
    except (TypeError, ValueError, AttributeError):
        return False
    return True
