"""What goes wrong, as pages. Missing, foreign and hidden share one body and one path."""

from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from footbridge.core import database
from footbridge.core.errors import DomainError, NotHere
from footbridge.web import away, overtaken
from footbridge.web.kept import kept
from footbridge.web.uploads import TooMuch


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A room said no, in words that are fit to show."""
    if isinstance(error, NotHere):
        return not_found(request)
    if isinstance(error, overtaken.Shown):
        return overtaken.page(request, error.form, error.error)
    return _page(request, error.status, _title_of(error.status), error.message)


def _title_of(status: int) -> str:
    """A link that leads nowhere and a limit that passes say so at once."""
    titles = {410: _("This link does not work"), 429: _("One moment")}
    return titles.get(status, _("That did not work"))


def sent_before(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A form came a second time with something else in it: it is offered as a new one."""
    context = {"message": error.message, "kept": kept(request, with_key=False)}
    return render(request, "sent_before.html", context, status=409)


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
    if isinstance(exception, TooMuch):
        return _page(
            request,
            413,
            _("That was too much at once"),
            _("These files are larger than one upload may be. Nothing was taken in. Split them."),
        )
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
    """Our mistake; or the database is away, which passes. Django calls this while the error is
    still at hand."""
    ailment = database.ailment_in(sys.exc_info()[1])
    if ailment is not None:
        return away.page(request, ailment)
    return _page(
        request,
        500,
        _("Something broke on our side"),
        _("What you entered before is kept. Try again; if it happens twice, tell your host."),
    )


def _page(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    # What waits is told on pages that lead somewhere; nothing is counted for one that does not.
    context = {"title": title, "message": message, "waiting_count": 0}
    return render(request, "error.html", context, status=status)
