"""People found by what they can do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.insight import expertise as insight
from footbridge.web.forms import page_in, status_of
from footbridge.web.skills.forms import ExpertiseForm


@require_GET
@access(Audience.MEMBERS)
def expertise(request: HttpRequest) -> HttpResponse:
    """Who can do something, in whichever side's words it is asked for."""
    person = request.person  # type: ignore[attr-defined]
    form = ExpertiseForm(request.GET, viewer=person)
    form.is_valid()
    context: dict[str, Any] = {"form": form, "q": form.cleaned_data.get("q", "").strip()}
    try:
        context["answer"] = insight.search(person, form.wanted(), page=page_in(request))
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return render(request, "skills/expertise.html", context, status=status_of(form))
