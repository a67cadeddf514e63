"""What helps before a talk: three logics side by side, one's own worth, things worth reading."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.pitches import actions, queries
from footbridge.pitches.actions import Sheet
from footbridge.pitches.logics import logics
from footbridge.web.forms import status_of, taken
from footbridge.web.pitches.forms import ReadingForm, WorthForm


@require_GET
@access(Audience.MEMBERS)
def three_logics(request: HttpRequest) -> HttpResponse:
    """What the same word means to three kinds of organisations, and how to open a first talk."""
    return render(request, "pitches/three_logics.html", {"logics": logics()})


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def reading(request: HttpRequest) -> HttpResponse:
    """The shelf: one's own, and what others share."""
    person = request.person  # type: ignore[attr-defined]
    form = ReadingForm(request.POST or None)
    if taken(form, request, lambda said: actions.put(actor=person, **said)):
        messages.success(request, _("Saved."))
        return redirect("web:reading")
    context = {"form": form, "shelf": queries.shelf(person)}
    return render(request, "pitches/reading.html", context, status=status_of(form))


@require_POST
@access(Audience.MEMBERS)
def take_off(request: HttpRequest, reading_id: uuid.UUID) -> HttpResponse:
    """Take something of one's own off the shelf."""
    person = request.person  # type: ignore[attr-defined]
    actions.take_off(actor=person, reading=queries.get_reading(person, reading_id))
    messages.success(request, _("Taken off the shelf."))
    return redirect("web:reading")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def worth(request: HttpRequest) -> HttpResponse:
    """What one's own work is worth, for oneself alone."""
    person = request.person  # type: ignore[attr-defined]
    card = queries.own_worth(person)
    standing = {name: getattr(card, name) for name in asdict(Sheet())}
    form = WorthForm(request.POST or None, initial={**standing, "version": card.version})

    def carry_out(said: dict[str, Any]) -> None:
        actions.write_worth(actor=person, sheet=form.sheet(), version=said["version"])

    if taken(form, request, carry_out):
        messages.success(request, _("Saved. Nobody else reads it."))
        return redirect("web:worth")
    return render(request, "pitches/worth.html", {"form": form}, status=status_of(form))
