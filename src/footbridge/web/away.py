"""The page while the database is away, full or read-only. It needs no database itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from footbridge.core import database
from footbridge.core.database import Ailment
from footbridge.web.kept import kept

Words = str | Promise

_SAID: dict[Ailment, tuple[Words, Words]] = {
    Ailment.AWAY: (
        _("One moment, please"),
        _("The place where everything is kept does not answer just now. Nothing was changed."),
    ),
    Ailment.BUSY: (
        _("One moment, please"),
        _("Much is being written at this moment, and your turn did not come. Nothing was changed."),
    ),
    Ailment.READ_ONLY: (
        _("Nothing can be written just now"),
        _("Everything that is there can be read. Whoever runs this place has to see to it."),
    ),
    Ailment.FULL: (
        _("Nothing can be written just now"),
        _("The disk is full. Everything that is there can be read; nothing was changed."),
    ),
}


def page(request: HttpRequest, ailment: Ailment) -> HttpResponse:
    """503, when to come again, and what was typed with a button that sends it once more.

    The form goes back with the key it came with: had it been carried out after all, it would not
    be carried out twice.
    """
    database.note(ailment)
    title, lede = _SAID[ailment]
    if request.path.startswith("/api/"):
        return _for_programs(ailment, str(lede))
    said: dict[str, Any] = {
        "title": title,
        "lede": lede,
        "ailment": ailment,
        "theme": _theme(request),
    }
    said |= {"kept": kept(request, with_key=True), "address": request.get_full_path()}
    response = HttpResponse(render_to_string("away.html", said), status=503)
    response["Retry-After"] = str(ailment.retry_after)
    add_never_cache_headers(response)
    return response


def _for_programs(ailment: Ailment, message: str) -> HttpResponse:
    response = JsonResponse({"code": "away", "message": message, "field": ""}, status=503)
    response["Retry-After"] = str(ailment.retry_after)
    return response


def _theme(request: HttpRequest) -> str:
    theme = request.COOKIES.get("footbridge_theme", "")
    return theme if theme in ("light", "dark") else "auto"
