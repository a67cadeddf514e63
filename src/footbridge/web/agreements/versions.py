"""The versions of an agreement: read, compared, approved, taken along on paper or as text."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.agreements import actions, queries
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.documents import agreement_from
from footbridge.people import queries as people

PDF, TEXT = "application/pdf", "text/plain; charset=utf-8"


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def version(request: HttpRequest, partnership_id: uuid.UUID, version_number: str) -> HttpResponse:
    """One version, for those who stand for a party."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    frozen = queries.get_version(person, found, version_number)
    return _page(request, person, found, frozen, actions.approve)


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of the letter. Opening it changes nothing; one tap says yes."""
    person, frozen = queries.version_by_link(token)
    with override(people.language_of(person, person.chapter)):
        found = frozen.agreement
        return _page(request, person, found, frozen, actions.approve_by_link, by_link=True)


def _page(
    request: HttpRequest, person: Any, found: Any, frozen: Any, approve: Any, by_link: bool = False
) -> HttpResponse:
    refusal, done = _approved(request, person, frozen, approve)
    if done:
        messages.success(request, _("Approved. Thank you."))
        return redirect(request.path)
    context = {
        "card": queries.version_card(person, found, frozen.number),
        "sheet": queries.sheet_of(person, found, frozen),
        "partnership_id": found.partnership_id,
        "refusal": refusal,
        "by_link": by_link,
    }
    status = refusal.status if refusal else 200
    return render(request, "agreements/version.html", context, status=status)


def _approved(
    request: HttpRequest, person: Any, frozen: Any, approve: Any
) -> tuple[DomainError | None, bool]:
    if request.method != "POST":
        return None, False
    try:
        approve(actor=person, version=frozen)
    except NotHere:
        raise
    except DomainError as error:
        return error, False
    return None, True


@require_GET
@access(Audience.MEMBERS)
def version_pdf(
    request: HttpRequest, partnership_id: uuid.UUID, version_number: str
) -> HttpResponse:
    """A version as a director finds it on the desk."""
    sheet, name = _sheet(request, partnership_id, version_number)
    return _file(agreement_from(sheet).to_pdf(), PDF, f"{name}.pdf")


@require_GET
@access(Audience.MEMBERS)
def version_text(
    request: HttpRequest, partnership_id: uuid.UUID, version_number: str
) -> HttpResponse:
    """A version as plain text, for tools that lawyers use."""
    sheet, name = _sheet(request, partnership_id, version_number)
    return _file(queries.as_text(sheet).encode("utf-8", "replace"), TEXT, f"{name}.txt")


@require_GET
@access(Audience.MEMBERS)
def draft_pdf(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """What stands there now, on paper, named a draft."""
    sheet, name = _sheet(request, partnership_id, None)
    return _file(agreement_from(sheet).to_pdf(), PDF, f"{name}.pdf")


@require_GET
@access(Audience.MEMBERS)
def draft_text(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """What stands there now, as plain text."""
    sheet, name = _sheet(request, partnership_id, None)
    return _file(queries.as_text(sheet).encode("utf-8", "replace"), TEXT, f"{name}.txt")


def _sheet(request: HttpRequest, partnership_id: uuid.UUID, number: str | None) -> tuple[Any, str]:
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    if number is None:
        return queries.sheet_of(person, found), "agreement-draft"
    frozen = queries.get_version(person, found, number)
    return queries.sheet_of(person, found, frozen), f"agreement-{frozen.number}"


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
