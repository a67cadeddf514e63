"""Version 1: the same operations as the pages, with the same rules and the same errors."""

from __future__ import annotations

import json
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from footbridge import __version__
from footbridge.api import (
    agreements,
    assignments,
    calls,
    circles,
    exchange,
    expertise,
    find,
    funding,
    harvest,
    host,
    introductions,
    meeting_rooms,
    meetings,
    network,
    partnerships,
    people,
    pitches,
    time,
    transitions,
)
from footbridge.api.auth import PersonalToken
from footbridge.api.reading import PlainObjects
from footbridge.core import database
from footbridge.core.errors import DomainError, NotHere, Overtaken


class Documented(NinjaAPI):
    """Its document follows from the code alone: it is written once, not for each who asks."""

    _document: OpenAPISchema | None = None

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        self._document = self._document or super().get_openapi_schema(**where)
        return self._document


api = Documented(
    title="Footbridge",
    version="1",
    parser=PlainObjects(),
    description=(
        f"Footbridge {__version__}. Sign each call with a token from your account page. "
        "What is refused is answered with a code, a message fit to show, and the field.\n\n"
        "Any call that changes something may carry an `Idempotency-Key` of your choice (a fresh "
        "UUID for each thing you want done). The same call with the same key is carried out once "
        "and answered alike for two days; the same key with another call is refused with 422 "
        "`key_reused`; two at the same moment wait for each other.\n\n"
        "What can be edited has a `version`. Send the one you read along with your change: if it "
        "was changed since, nothing is overwritten and the answer is 409 `overtaken` with "
        "`theirs`, `mine` and the `version` to send if yours is to stand all the same. Without a "
        "version the last word counts.\n\n"
        "While the database is away, full or read-only the answer is 503 with `Retry-After`."
    ),
    auth=PersonalToken(),
    docs_url=None,
    urls_namespace="api",
)

api.add_router("", people.router)
api.add_router("", find.router)
api.add_router("", exchange.router)
api.add_router("", expertise.router)
api.add_router("", network.router)
api.add_router("", introductions.router)
api.add_router("", meetings.router)
api.add_router("", time.router)
api.add_router("", assignments.router)
api.add_router("", partnerships.router)
api.add_router("", agreements.router)
api.add_router("", transitions.router)
api.add_router("", pitches.router)
api.add_router("", meeting_rooms.router)
api.add_router("", harvest.router)
api.add_router("", circles.router)
api.add_router("", calls.router)
api.add_router("", funding.router)
api.add_router("", host.router)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A room said no; missing and hidden answer alike."""
    if isinstance(error, NotHere):
        return _answer(request, 404, "not_found", _("There is nothing here."))
    return _answer(request, error.status, error.code, error.message, error.field)


@api.exception_handler(Overtaken)
def overtaken(request: HttpRequest, error: Overtaken) -> HttpResponse:
    """It was changed since it was read: what stands there now, and what was sent."""
    body = {"code": error.code, "message": error.message, "field": ""}
    sent = _sent(request)
    mine = {name: sent[name] for name in error.theirs if name in sent}
    both = {"version": error.version, "theirs": error.theirs, "mine": mine}
    return api.create_response(request, body | both, status=error.status)


def _sent(request: HttpRequest) -> dict[str, Any]:
    said = json.loads(request.body or b"{}")
    return said if isinstance(said, dict) else {}


@api.exception_handler(DatabaseError)
@api.exception_handler(InterfaceError)
def away(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database is away, full or read-only: come again. Every other error is a mistake."""
    ailment = database.ailment_in(error)
    if ailment is None:
        raise error
    database.note(ailment)
    message = _("Nothing was changed. Please try again in a moment.")
    response = _answer(request, 503, "away", message)
    response["Retry-After"] = str(ailment.retry_after)
    return response


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent does not have the form that the documentation gives."""
    first: dict[str, Any] = error.errors[0] if error.errors else {}
    place = [str(part) for part in first.get("loc", ())]
    field = place[-1] if len(place) > 1 else ""
    return _answer(request, 422, "not_understood", str(first.get("msg", "")), field)


@api.exception_handler(HttpError)
def not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What was sent is not JSON at all."""
    return _answer(request, error.status_code, "not_understood", str(error))


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """No token, or one that is not good."""
    return _answer(request, 401, "no_token", _("This call needs a token that is good."))


def _answer(
    request: HttpRequest, status: int, code: str, message: str, field: str = ""
) -> HttpResponse:
    body = {"code": code, "message": message, "field": field}
    return api.create_response(request, body, status=status)
