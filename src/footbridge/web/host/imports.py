"""A host's list on its way in: given, read, tried, brought in; nothing lost."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from footbridge.core.access import Audience, access
from footbridge.core.errors import Conflict, DomainError
from footbridge.intake import actions, queries
from footbridge.intake.states import BatchState, Verdict
from footbridge.web.forms import page_in, status_of, taken
from footbridge.web.host.forms import BringForm, SheetForm
from footbridge.web.host.meanings import known_words, new_words
from footbridge.web.host.views import hosted

# A longer list shows its columns first and is tried when the host says so.
TRIED_UNASKED = 2_000
MOST_PAGES = 100_000


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def start(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Paste a list or choose files. Reading them brings nobody in yet."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    form = BringForm(request.POST or None, request.FILES or None)
    read: list[Any] = []
    if taken(form, request, lambda said: read.append(_read(person, here, said))):
        return redirect("web:import_batch", read[0].id)
    context = {
        "chapter": here,
        "form": form,
        "files_chosen": bool(request.FILES),
        "batches": [(one, _rows_in(one.counts)) for one in queries.batches(person, here)],
    }
    return render(request, "host/import.html", context, status=status_of(form))


def _read(person: Any, chapter: Any, said: dict[str, Any]) -> Any:
    """Take the list in, and try it at once where that takes no time."""
    files = given_in(said)
    try:
        batch = actions.read_files(actor=person, chapter=chapter, files=files)
    except DomainError as error:
        raise _about_the_list(error, said) from None
    return actions.check(actor=person, batch=batch) if batch.total <= TRIED_UNASKED else batch


def given_in(said: dict[str, Any]) -> list[actions.Given]:
    """What a form brings: files, or cells that were pasted."""
    files = [actions.Given(file, file.name) for file in said["uploads"]]
    if said["cells"].strip():
        files.append(actions.Given(said["cells"], _("Pasted list")))
    return files


def _about_the_list(error: DomainError, said: dict[str, Any]) -> DomainError:
    """The same refusal, beside the control that it is about."""
    error.field = "uploads" if said["uploads"] else "cells"
    return error


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def batch(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """One list: how it is read, how far it has come, or what came of it."""
    found = queries.get_batch(request.person, batch_id)  # type: ignore[attr-defined]
    progress = queries.progress(request.person, batch_id)  # type: ignore[attr-defined]
    if progress.at_work:
        return _working(request, found, progress)
    if found.state == BatchState.DONE:
        return _done(request, found)
    return _reading(request, found)


def _working(request: HttpRequest, found: Any, progress: Any) -> HttpResponse:
    about_funding = queries.is_about_funding(found)
    context = {"chapter": found.chapter, "batch": found, "progress": progress}
    context |= {"about_funding": about_funding}
    return render(request, "host/import_working.html", context)


def _done(request: HttpRequest, found: Any) -> HttpResponse:
    context = _about(request, found) | {
        "duplicates": queries.count_duplicates(request.person, found.chapter),  # type: ignore[attr-defined]
    }
    return render(request, "host/import_done.html", context)


def _reading(request: HttpRequest, found: Any) -> HttpResponse:
    sheets = queries.sheets_of(found)
    forms = [SheetForm(request.POST or None, sheet=sheet) for sheet in sheets]
    if request.method == "POST" and _corrected(request, found, forms):
        return redirect("web:import_batch", found.id)
    context = _about(request, found) | {
        "forms": forms,
        "unsure": any(_is_unsure(column) for sheet in sheets for column in sheet.columns),
        "is_tried": found.state == BatchState.CHECKED,
    }
    status = max((status_of(form) for form in forms), default=200)
    return render(request, "host/import_reading.html", context, status=status)


def _is_unsure(column: Any) -> bool:
    return bool(column.field != "leave_out" and column.confidence < 0.5)


def _corrected(request: HttpRequest, found: Any, forms: list[SheetForm]) -> bool:
    """Take over what was corrected and try the list again; False where it was not understood."""
    person = request.person  # type: ignore[attr-defined]
    if not all(form.is_valid() for form in forms):
        return False
    for form in forms:
        changes = form.changes()
        if changes:
            found = actions.set_mapping(
                actor=person, batch=found, sheet=form.sheet.index, **changes
            )
    actions.check(actor=person, batch=found)
    return True


def _about(request: HttpRequest, found: Any) -> dict[str, Any]:
    """What is said of a list before and after it came in: its figures, and the rows in question."""
    verdict = request.GET.get("verdict", "")
    shown = verdict if verdict in (Verdict.REPAIRED, Verdict.REFUSED) else ""
    number = page_in(request, most=MOST_PAGES)
    rows = queries.results(request.person, found, verdict=shown, page=number)  # type: ignore[attr-defined]
    return {
        "chapter": found.chapter,
        "batch": found,
        "counts": found.counts,
        "rows_in": _rows_in(found.counts),
        "about_funding": queries.is_about_funding(found),
        "new": _listed(found.counts, new_words()),
        "known": _listed(found.counts, known_words()),
        "rows": rows.rows,
        "row_count": rows.count,
        "page": Paginator(range(rows.count), queries.PAGE).get_page(rows.page),
        "verdict": shown,
    }


def _listed(counts: dict[str, int], words: dict[str, Any]) -> str:
    """What a list brings, as in «12 people, 9 organisations»; noughts are left unsaid."""
    found = [(counts.get(name, 0), say) for name, say in words.items()]
    return ", ".join(say(number) % {"n": number} for number, say in found if number)


@require_GET
@access(Audience.HOSTS)
def progress(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """How far it is, alone; when it is over, the page is to be loaded again."""
    found = queries.progress(request.person, batch_id)  # type: ignore[attr-defined]
    if not found.at_work:
        return HttpResponseClientRefresh()
    context = {"batch": queries.get_batch(request.person, batch_id), "progress": found}  # type: ignore[attr-defined]
    return render(request, "host/_import_progress.html", context)


@require_POST
@access(Audience.HOSTS)
def check(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Try each row. Nobody is brought in."""
    person = request.person  # type: ignore[attr-defined]
    actions.check(actor=person, batch=queries.get_batch(person, batch_id))
    return redirect("web:import_batch", batch_id)


@require_POST
@access(Audience.HOSTS)
def bring_in(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Bring the list in. A short one without a hitch leads on to who should meet whom."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get_batch(person, batch_id)
    try:
        found = actions.start(actor=person, batch=found)
    except Conflict as conflict:
        # Pressed twice: the page shows how far the first press has come.
        messages.info(request, conflict.message)
        return redirect("web:import_batch", batch_id)
    if found.state == BatchState.DONE and not found.counts.get("refused"):
        messages.success(request, _came_in(found.counts))
        if queries.is_about_funding(found):
            return redirect("web:host_funding", found.chapter_id)
        return redirect("web:pairs", found.chapter_id)
    return redirect("web:import_batch", batch_id)


def _rows_in(counts: dict[str, int]) -> int:
    return counts.get("accepted", 0) + counts.get("repaired", 0)


def _came_in(counts: dict[str, int]) -> str:
    rows = _rows_in(counts)
    words = ngettext(
        "%(n)d row is in. Nobody was written to.",
        "%(n)d rows are in. Nobody was written to.",
        rows,
    )
    return words % {"n": rows}


@require_POST
@access(Audience.HOSTS)
def discard(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Throw a list away that was not brought in."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get_batch(person, batch_id)
    actions.discard(actor=person, batch=found)
    messages.success(request, _("Thrown away. Nobody was brought in."))
    if queries.is_about_funding(found):
        return redirect("web:host_funding", found.chapter_id)
    return redirect("web:import", found.chapter_id)


@require_GET
@access(Audience.HOSTS)
def refused(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponseBase:
    """The refused rows with the reasons, to be mended and brought again."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get_batch(person, batch_id)
    lines = queries.refused_csv(person, found)
    response = StreamingHttpResponse(_with_mark(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="refused.csv"'
    return response


def _with_mark(lines: Any) -> Any:
    """The mark at the front tells Excel that accents are meant."""
    yield "\ufeff"
    yield from lines


__all__ = [
    "batch",
    "bring_in",
    "check",
    "discard",
    "given_in",
    "progress",
    "refused",
    "start",
]
