"""A chapter's own run-sheets: taken from ours or from an evening that went well, and changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.meetings import actions, queries
from footbridge.meetings.states import Format
from footbridge.web.host.session_forms import SheetForm
from footbridge.web.host.sessions import chapter_in, hosted_session
from footbridge.web.host.steps import Editor


@require_GET
@access(Audience.HOSTS)
def run_sheets(request: HttpRequest) -> HttpResponse:
    """The chapter's own, and the shapes to begin one from."""
    here = chapter_in(request)
    context = {
        "chapter": here,
        "sheets": queries.run_sheets(request.person, here),  # type: ignore[attr-defined]
        "formats": Format.choices,
    }
    return render(request, "host/run_sheets.html", context)


@require_POST
@access(Audience.HOSTS)
def clone(request: HttpRequest) -> HttpResponse:
    """A run-sheet of one's own, like one of ours."""
    person = request.person  # type: ignore[attr-defined]
    here = chapter_in(request)
    wanted = request.POST.get("format", "")
    if wanted not in Format.values:
        raise NotHere
    sheet = actions.clone_run_sheet(actor=person, chapter=here, source=Format(wanted))
    messages.success(request, _("This one is yours. Change it as you like."))
    return redirect("web:run_sheet", sheet.id)


@require_POST
@access(Audience.HOSTS)
def keep(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Keep the steps of a session as a run-sheet, to be used again."""
    person = request.person  # type: ignore[attr-defined]
    found = hosted_session(request, session_id)
    sheet = actions.clone_run_sheet(actor=person, chapter=found.chapter, source=found)
    messages.success(request, _("This one is yours. Change it as you like."))
    return redirect("web:run_sheet", sheet.id)


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def run_sheet(request: HttpRequest, sheet_id: uuid.UUID) -> HttpResponse:
    """Its name, its seats, its steps."""
    person = request.person  # type: ignore[attr-defined]
    row = queries.get_run_sheet(person, sheet_id)
    card = queries.run_sheet_card(row)
    editor = Editor(request, card.steps, card.version)
    form = _form(request, card, editor)
    if editor.saves and _is_valid(editor, form):
        editor.keep(
            lambda steps, seen: actions.edit_run_sheet(
                actor=person, run_sheet=row, steps=steps, seen=seen, **_said(form)
            )
        )
    if editor.is_saved:
        messages.success(request, _("Saved."))
        return redirect("web:run_sheets")
    context = editor.context() | {
        "form": form,
        "title": _("A run-sheet of yours"),
        "lede": _("Sessions that were planned with it keep the steps that they have."),
        "back": f"{reverse('web:run_sheets')}?chapter={card.chapter_id}",
        "back_label": _("Your run-sheets"),
        "drop": reverse("web:drop_run_sheet", args=[row.id]),
    }
    return render(request, "host/edit_steps.html", context, status=editor.status)


def _form(request: HttpRequest, card: Any, editor: Editor) -> SheetForm:
    standing = {"name": card.name, "cap": card.cap, "quorum": card.quorum}
    if request.method != "POST":
        return SheetForm(initial=standing)
    if editor.saves:
        return SheetForm(request.POST)
    return SheetForm(initial={name: request.POST.get(name, "") for name in standing})


def _is_valid(editor: Editor, form: SheetForm) -> bool:
    if form.is_valid():
        return True
    editor.status = 400
    return False


def _said(form: SheetForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("name", "cap", "quorum")}


@require_POST
@access(Audience.HOSTS)
def drop(request: HttpRequest, sheet_id: uuid.UUID) -> HttpResponse:
    """Throw it away. Sessions that were planned with it stay as they are."""
    person = request.person  # type: ignore[attr-defined]
    actions.drop_run_sheet(actor=person, run_sheet=queries.get_run_sheet(person, sheet_id))
    messages.success(request, _("Thrown away. Sessions planned with it stay as they are."))
    return redirect("web:run_sheets")
