"""A look at one's own network, for oneself alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from footbridge.core.access import Audience, access
from footbridge.insight.scan import scan
from footbridge.people import queries as people


@require_GET
@access(Audience.MEMBERS)
def contacts_scan(request: HttpRequest) -> HttpResponse:
    """Where the people whom one knows could be brought together. Nothing of it is kept."""
    person = request.person  # type: ignore[attr-defined]
    context = {"scan": scan(person), "hosts_here": bool(people.hosting(person))}
    return render(request, "account/contacts_scan.html", context)
