"""A call that is repeated with its `Idempotency-Key` is carried out once."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from footbridge.journal import once
from footbridge.journal.receipts import Claim, KeyReused
from footbridge.people import queries as people

PREFIX = "/api/"
LONGEST_KEY = 255


class Once(once.Once):
    """For programs: the key is theirs to choose, and belongs to the person for whom they act."""

    def claim_of(self, request: HttpRequest) -> Claim | None:
        key = request.headers.get("Idempotency-Key", "")
        if not key or not request.path.startswith(PREFIX):
            return None
        person = people.for_token(_token(request))
        if person is None:  # the call itself says why it is refused
            return None
        return Claim(scope=f"program:{person.id}", key=_short(key), asked=_asked(request))

    def refused(self, request: HttpRequest, error: KeyReused) -> HttpResponseBase:
        said = {"code": error.code, "message": error.message, "field": "Idempotency-Key"}
        return JsonResponse(said, status=error.status)


def _token(request: HttpRequest) -> str:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


def _short(key: str) -> str:
    """A key of any length stands for itself, a very long one by its digest."""
    return key if len(key) <= LONGEST_KEY else once.digest_of([key.encode()])


def _asked(request: HttpRequest) -> str:
    try:
        body = request.body
    except RequestDataTooBig:  # the call itself refuses it
        body = b""
    return once.digest_of([f"{request.method} {request.get_full_path()}".encode(), body])
