"""What goes wrong, as pages. Missing, foreign and hidden share one body and one path."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, NotHere


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A room said no, in words that are fit to show."""
    if isinstance(error, NotHere):
        return not_found(request)
    return _page(request, error.status, _("That did not work"), error.message)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(
        request,
        404,
        _("Nothing here"),
        _("This page does not exist, or it is not for you. Nothing was changed."),
    )


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(
        request,
        403,
        _("Not this time"),
        _("The page was open too long, or cookies are off. Go back, reload, and try again."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return not_allowed(request)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _page(
            request,
            400,
            _("That was too much at once"),
            _(
                "More was typed or pasted than one page can carry (20 MB). Go back: what you "
                "typed is still there. A long list goes in as a file."
            ),
        )
    return _page(
        request, 400, _("That could not be read"), _("Something in the request was not complete.")
    )


def no_person_yet(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        403,
        _("One step is missing"),
        _(
            "You are signed in, but no chapter knows you yet. Open the invitation link that "
            "a host gave you, or ask a host for one."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        _("Something broke on our side"),
        _("What you entered before is kept. Try again; if it happens twice, tell your host."),
    )


def _page(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "message": message}, status=status)
