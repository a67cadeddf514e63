"""The chapter's list of lived work to tick: lines left out, lines added."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.expertise import actions, queries
from footbridge.expertise.actions import Pick
from footbridge.web.forms import status_of, taken
from footbridge.web.host.lived_forms import LineForm
from footbridge.web.host.views import hosted


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def lines(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """What members of the chapter can tick; one tap leaves a line out, or brings it back."""
    person = request.person  # type: ignore[attr-defined]
    chapter = hosted(request, chapter_id)
    form = LineForm(request.POST if "text" in request.POST else None)
    if request.method == "POST" and _acted(request, person, chapter, form):
        return redirect(request.path)
    context = {"chapter": chapter, "groups": queries.curated(person, chapter), "form": form}
    return render(request, "host/lived.html", context, status=status_of(form))


def _acted(request: HttpRequest, person: Any, chapter: Any, form: LineForm) -> bool:
    move, key = request.POST.get("move", ""), request.POST.get("key", "")
    said = {"actor": person, "chapter": chapter}
    if move == "leave_out":
        actions.leave_out(**said, key=key)
        messages.success(request, _("Left out of your chapter's list."))
    elif move == "bring_back":
        actions.bring_back(**said, key=key)
        messages.success(request, _("On the list again."))
    elif "text" in request.POST:
        if not taken(form, request, lambda typed: actions.add_line(**said, **_told(typed))):
            return False
        messages.success(request, _("Added to your chapter's list."))
    else:
        raise NotHere
    return True


def _told(typed: dict[str, Any]) -> dict[str, Any]:
    known = queries.skills_by_key(typed["skills"])
    leads = [Pick(skill, typed["level"], typed["carries"]) for skill in known.values()]
    return {"text": typed["text"], "theme": typed["theme"], "leads": leads}


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def line(request: HttpRequest, lived_line_id: uuid.UUID) -> HttpResponse:
    """A line of the chapter's own: say it otherwise, or take it away."""
    person = request.person  # type: ignore[attr-defined]
    row = queries.get_line(person, lived_line_id)
    chapter = hosted(request, row.chapter_id)
    if request.method == "POST" and request.POST.get("move") == "drop":
        actions.drop_line(actor=person, line=row)
        messages.success(request, _("Taken away."))
        return redirect("web:lived_lines", chapter.id)
    form = LineForm(request.POST or None, initial=_as_it_stands(row))

    def carry_out(typed: dict[str, Any]) -> None:
        version = typed.get("version")
        actions.change_line(actor=person, line=row, version=version, **_told(typed))

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:lived_lines", chapter.id)
    context = {"chapter": chapter, "line": row, "form": form}
    return render(request, "host/lived_line.html", context, status=status_of(form))


def _as_it_stands(row: Any) -> dict[str, Any]:
    leads = list(row.skills.all())
    first = leads[0] if leads else None
    return {
        "text": row.text,
        "theme": row.theme,
        "skills": [one.skill.key for one in leads],
        "level": first.level if first else "",
        "carries": first.carries if first else "",
        "version": row.version,
    }
