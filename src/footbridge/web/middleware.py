"""Who is looking, whether they may, and what a refusal looks like: once, for every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from footbridge.core.access import Audience, declared
from footbridge.core.errors import DomainError
from footbridge.core.reading import reading
from footbridge.people import queries as people
from footbridge.veil import queries as veil
from footbridge.veil.cards import Self
from footbridge.web import errors
from footbridge.web.routes import audience_of_library, is_about_passkeys

# What changes nothing, so that nothing need be asked twice meanwhile.
READING = ("GET", "HEAD")

Respond = Callable[[HttpRequest], HttpResponseBase]


class WhoIsLooking:
    """Puts the person on the request, holds each view to the audience it declared, and turns
    the rooms' refusals into pages."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = request.user
        request.person, request.hidden = _who_is(account)  # type: ignore[attr-defined]
        if request.method in READING:
            with reading():
                response = self.respond(request)
        else:
            response = self.respond(request)
        if account.is_authenticated:
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _options: Any
    ) -> HttpResponseBase | None:
        # The next member's passkey would have another number: a trace of somebody unseen.
        if request.hidden is not None and is_about_passkeys(view):  # type: ignore[attr-defined]
            return redirect("web:radar")
        audience = declared(view) or audience_of_library(view)
        return _refusal(request, audience)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return errors.refused(request, error)
        return None


def _who_is(account: Any) -> tuple[Any, Self | None]:
    """The member who looks, or who looks from under the radar; neither for everyone else."""
    if not account.is_authenticated:
        return None, None
    person = people.for_account(account)
    return person, None if person else veil.self_for(account)


def _refusal(request: HttpRequest, audience: Audience | None) -> HttpResponseBase | None:
    """What to answer instead of the view, if the person does not belong to its audience."""
    person = request.person  # type: ignore[attr-defined]
    if audience in (Audience.EVERYONE, Audience.LINK):
        return None
    if audience is None:
        return errors.not_found(request)
    if person is None and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    if request.hidden is not None:  # type: ignore[attr-defined]
        return None if audience is Audience.HIDDEN else redirect("web:radar")
    if person is None or not person.has_joined:
        return errors.no_person_yet(request)
    if audience is Audience.MEMBERS or (audience is Audience.HOSTS and people.is_host(person)):
        return None
    return errors.not_found(request)
