"""Where an organisation works besides where it sits, said by those who act for it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.people import actions, cards, policy, queries
from footbridge.web.forms import VersionedForm, status_of, taken


class PlacesForm(VersionedForm):
    """All places, one on a line."""

    places = forms.CharField(
        label=_("Places where it works, one on a line"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A town, or a whole country. For example: Lagos, Nigeria"),
    )


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def works_in(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Say where it works."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, organisation_id)
    if found.is_person or not policy.may_edit(person, found):
        raise NotHere
    said = queries.places_said(person, found)
    initial = {"places": "\n".join(said.names), "version": said.version}
    form = PlacesForm(request.POST or None, initial=initial)

    def carry_out(typed: dict[str, Any]) -> None:
        names = typed["places"].splitlines()
        actions.work_in(actor=person, organisation=found, names=names, version=typed["version"])

    if taken(form, request, carry_out):
        messages.success(request, _now("Saved."))
        return redirect("web:member", found.id)
    context = {"form": form, "card": cards.card(person, found)}
    return render(request, "find/works_in.html", context, status=status_of(form))
