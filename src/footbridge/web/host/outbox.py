"""Every message with its links, to be copied into a chat where there is no mail server."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from footbridge.core.access import Audience, access
from footbridge.mail import actions
from footbridge.people import outbox as postbag

PAGE = 20


@require_GET
@access(Audience.HOSTS)
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits to be passed on, or all that was sent."""
    person = request.person  # type: ignore[attr-defined]
    shows_all = request.GET.get("all") == "yes"
    found = postbag.visible_to(person) if shows_all else postbag.waiting(person)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "shows_all": shows_all,
        "has_mail_server": bool(settings.EMAIL_HOST),
    }
    return render(request, "host/outbox.html", context)


@require_POST
@access(Audience.HOSTS)
def passed_on(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """It was copied into a chat: it no longer waits."""
    message = postbag.get(request.person, message_id)  # type: ignore[attr-defined]
    actions.mark_passed_on(message.id)
    messages.success(request, _("Noted as passed on."))
    return redirect("web:outbox")
