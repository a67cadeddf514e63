"""Version 1: the same operations as the pages, with the same rules and the same errors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from footbridge import __version__
from footbridge.api import exchange, find, host, introductions, network, people
from footbridge.api.auth import PersonalToken
from footbridge.core.errors import DomainError, NotHere

api = NinjaAPI(
    title="Footbridge",
    version="1",
    description=(
        f"Footbridge {__version__}. Sign each call with a token from your account page. "
        "What is refused is answered with a code, a message fit to show, and the field."
    ),
    auth=PersonalToken(),
    docs_url=None,
    urls_namespace="api",
)

api.add_router("", people.router)
api.add_router("", find.router)
api.add_router("", exchange.router)
api.add_router("", network.router)
api.add_router("", introductions.router)
api.add_router("", host.router)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A room said no; missing and hidden answer alike."""
    if isinstance(error, NotHere):
        return _answer(request, 404, "not_found", _("There is nothing here."))
    return _answer(request, error.status, error.code, error.message, error.field)


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
