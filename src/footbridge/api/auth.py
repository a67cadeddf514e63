"""Who is calling: a program that holds a person's token."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from footbridge.people import queries as people


class Call(HttpRequest):
    """A request that a program signed; `person` is the one for whom it acts."""

    person: Any


class PersonalToken(HttpBearer):
    """`Authorization: Bearer <token>`: a token that its person made on their account page."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        """The person, put on the request, too. Being signed in to the pages counts for nothing
        here: a call carries its token."""
        request.person = people.for_token(token)  # type: ignore[attr-defined]
        return request.person  # type: ignore[attr-defined]
