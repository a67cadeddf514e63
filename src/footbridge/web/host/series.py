"""Sessions that belong together: begin a series, change it, have the next one, end it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.meetings import actions, queries
from footbridge.web.forms import status_of, taken
from footbridge.web.host.session_forms import SeriesForm
from footbridge.web.host.sessions import chapter_in

# Of each kind: a series that meets every week for years shows its last ones.
MOST_SHOWN = 100


@require_GET
@access(Audience.HOSTS)
def series(request: HttpRequest) -> HttpResponse:
    """The series of a chapter."""
    here = chapter_in(request)
    found = queries.series_of(request.person, here)  # type: ignore[attr-defined]
    return render(request, "host/series.html", {"chapter": here, "series": found})


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def start(request: HttpRequest) -> HttpResponse:
    """Begin one."""
    person = request.person  # type: ignore[attr-defined]
    here = chapter_in(request)
    form = SeriesForm(request.POST or None)
    made: list[Any] = []

    def carry_out(_said: dict[str, Any]) -> None:
        made.append(actions.start_series(actor=person, chapter=here, **_words_in(form)))

    if taken(form, request, carry_out):
        messages.success(request, _("Begun. Plan its first session, or put one into it."))
        return redirect("web:one_series", made[0].id)
    context = {"chapter": here, "form": form}
    return render(request, "host/start_series.html", context, status=status_of(form))


def _words_in(form: SeriesForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "about", "apart_days")}


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def one(request: HttpRequest, series_id: uuid.UUID) -> HttpResponse:
    """Its sessions, what is said of it, and the next one."""
    person = request.person  # type: ignore[attr-defined]
    row = queries.get_series(person, series_id)
    card = queries.series_card(person, row)
    form = SeriesForm(request.POST or None, initial=vars(card))

    def carry_out(said: dict[str, Any]) -> None:
        seen = said["version"]
        actions.edit_series(actor=person, series=row, seen=seen, **_words_in(form))

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:one_series", row.id)
    sessions = {when: _of(person, row, when) for when in ("drafts", "coming", "past")}
    latest = [*reversed(sessions["coming"]), *sessions["past"], *sessions["drafts"]]
    context = {"card": card, "form": form, "latest": latest[:1], **sessions}
    return render(request, "host/one_series.html", context, status=status_of(form))


def _of(person: Any, row: Any, when: str) -> list[Any]:
    return queries.sessions(person, series=row, when=when, size=MOST_SHOWN).items


@require_POST
@access(Audience.HOSTS)
def end(request: HttpRequest, series_id: uuid.UUID) -> HttpResponse:
    """End one. What is planned stays planned."""
    person = request.person  # type: ignore[attr-defined]
    row = queries.get_series(person, series_id)
    actions.end_series(actor=person, series=row)
    messages.success(request, _("Ended. What is planned stays planned."))
    return redirect("web:one_series", row.id)
