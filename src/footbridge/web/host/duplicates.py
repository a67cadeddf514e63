"""Two who may be one: looked at side by side, made one, or said to be two; and taken back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from footbridge.core.access import Audience, access
from footbridge.intake import actions, queries
from footbridge.people import queries as people
from footbridge.web.host.views import hosted


@require_GET
@access(Audience.HOSTS)
def duplicates(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """The pairs that wait for a decision, the likeliest first."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    context = {
        "chapter": here,
        "pairs": queries.duplicates(person, here, limit=20),
        "count": queries.count_duplicates(person, here),
        "merged": bool(queries.merges(person, here, limit=1)),
    }
    return render(request, "host/duplicates.html", context)


@require_POST
@access(Audience.HOSTS)
def decide(request: HttpRequest, duplicate_id: uuid.UUID) -> HttpResponse:
    """Make the two one, keeping one of them, or say that they are two."""
    person = request.person  # type: ignore[attr-defined]
    pair = queries.get_duplicate(person, duplicate_id)
    chapter_id = pair.one.chapter_id
    members = {str(pair.one_id): pair.one, str(pair.other_id): pair.other}
    keep = members.pop(request.POST.get("keep", ""), None)
    if keep is not None:
        (gone,) = members.values()
        actions.merge(actor=person, keep=keep, gone=gone)
        messages.success(request, _("Made one. You can take it back at any time."))
    elif "different" in request.POST:
        actions.different(actor=person, duplicate=pair)
        messages.success(request, _("Noted: they are two. You are not asked again."))
    return redirect("web:duplicates", chapter_id)


@require_GET
@access(Audience.HOSTS)
def merges(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """What was made one, the newest first."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    context = {"chapter": here, "merges": queries.merges(person, here)}
    return render(request, "host/merges.html", context)


@require_POST
@access(Audience.HOSTS)
def undo(request: HttpRequest, merge_id: uuid.UUID) -> HttpResponse:
    """Make two of them again."""
    person = request.person  # type: ignore[attr-defined]
    merge = queries.get_merge(person, merge_id)
    back = actions.undo(actor=person, merge=merge)
    shown = people.get(person, back.id)
    messages.success(request, _("%(name)s is back, as before.") % {"name": shown.name})
    return redirect("web:merges", merge.chapter_id)
