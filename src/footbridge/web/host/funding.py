"""A host keeps what one can apply for: lists brought in, lines looked at again, and ended."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core import clock, times
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.funding import actions, queries
from footbridge.funding.said import END_OF_DAY, LineSaid
from footbridge.intake import actions as intake
from footbridge.web.forms import page_in, status_of, taken
from footbridge.web.host.funding_forms import BringFundingForm, LineForm
from footbridge.web.host.imports import TRIED_UNASKED, given_in
from footbridge.web.host.views import hosted


@require_GET
@access(Audience.HOSTS)
def lines(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """The lines of a chapter: what nobody has looked at for longest first."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    found = queries.lines_of(person, here, page=page_in(request))
    pages = Paginator(range(found.total), found.size)
    context = {"chapter": here, "lines": found.items, "page": pages.get_page(found.number)}
    return render(request, "host/funding.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def new(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Add one line by hand."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    form = LineForm(request.POST or None, initial={"checked_on": clock.today()})
    if taken(
        form,
        request,
        lambda _said: actions.add_line(
            actor=person, chapter=here, said=_line_of(form, here.timezone)
        ),
    ):
        messages.success(request, _("Added. Every member finds it."))
        return redirect("web:host_funding", here.id)
    return _form_page(request, here, form, None)


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def edit(request: HttpRequest, line_id: uuid.UUID) -> HttpResponse:
    """Correct a line."""
    person = request.person  # type: ignore[attr-defined]
    line = queries.to_look_after(person, line_id)
    said = queries.said_of(line)
    initial = LineForm.initial_of(said) | {"version": line.version}
    form = LineForm(request.POST or None, initial=initial)
    if taken(form, request, lambda found: _change(person, line, form, found["version"])):
        messages.success(request, _("Changed."))
        return redirect("web:funding_line", line.id)
    return _form_page(request, line.chapter, form, line)


def _change(person: Any, line: Any, form: LineForm, version: Any) -> None:
    said = _line_of(form, line.timezone, line.funder_id, line.given_by)
    actions.change_line(actor=person, line=line, said=said, version=version)


def _line_of(
    form: LineForm, timezone: str, funder_id: uuid.UUID | None = None, funder: str = ""
) -> LineSaid:
    """What a form says; a deadline without an hour ends with its day. The organisation of before
    stays as long as its name does."""
    said = form.cleaned_data
    day = said["deadline"]
    hour = said["hour"] or END_OF_DAY
    until = datetime.combine(day, hour, times.zone(timezone)) if day else None
    plain = (
        "title", "source", "funder", "money", "where_spent", "favours_scarce", "amount_from",
        "amount_to", "currency", "is_rolling", "conditions", "url", "source_url", "checked_on",
    )  # fmt: skip
    return LineSaid(
        **{name: said[name] for name in plain},
        places=queries.places_named(said["places"]),
        stages=tuple(said["stages"]),
        causes=queries.causes_by_keys(said["causes"]),
        deadline=until,
        timezone=timezone,
        funder_id=funder_id if said["funder"] == funder else None,
    )


def _form_page(request: HttpRequest, chapter: Any, form: LineForm, line: Any) -> HttpResponse:
    context = {"chapter": chapter, "form": form, "line": line}
    return render(request, "host/funding_line.html", context, status=status_of(form))


@require_POST
@access(Audience.HOSTS)
def mark(request: HttpRequest, line_id: uuid.UUID) -> HttpResponse:
    """Say that one has looked, that it is over, or that it is open after all."""
    person = request.person  # type: ignore[attr-defined]
    line = queries.to_look_after(person, line_id)
    acts = {
        "checked": (actions.check_line, _("Noted: looked at today.")),
        "close": (actions.close_line, _("Noted: it is over.")),
        "open": (actions.open_line, _("Noted: it is open.")),
    }
    wanted = request.POST.get("what", "")
    if wanted not in acts:
        raise DomainError(_("Choose one of those offered."), field="what")
    act, words = acts[wanted]
    act(actor=person, line=line)
    messages.success(request, words)
    return redirect("web:host_funding", line.chapter_id)


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def bring(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Bring a list of what one can apply for, or of grants. It is tried first; nobody comes on a
    list by it."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    form = BringFundingForm(
        request.POST or None, request.FILES or None, initial={"day": clock.today()}
    )
    read: list[Any] = []
    if taken(form, request, lambda said: read.append(_read(person, here, said))):
        return redirect("web:import_batch", read[0].id)
    context = {"chapter": here, "form": form, "files_chosen": bool(request.FILES)}
    return render(request, "host/funding_bring.html", context, status=status_of(form))


def _read(person: Any, chapter: Any, said: dict[str, Any]) -> Any:
    known_from = intake.KnownFrom(said["source"], said["source_url"], said["day"])
    files = given_in(said)
    batch = intake.read_files(actor=person, chapter=chapter, files=files, known_from=known_from)
    return intake.check(actor=person, batch=batch) if batch.total <= TRIED_UNASKED else batch
