"""Answering whether one is part of a team; signed in or by link, the same page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from footbridge.assignments import actions, queries
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.people import queries as people
from footbridge.web.assignments.forms import DeclineForm
from footbridge.web.forms import status_of, taken


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What one is asked, by the link of the letter. Opening it changes nothing."""
    person, part = queries.part_by_link(token)
    with override(people.language_of(person, person.chapter)):
        return asked_page(request, person, part, by_link=True)


def asked_page(
    request: HttpRequest, person: Any, part: Any, *, by_link: bool = False
) -> HttpResponse:
    """What somebody is asked to be part of, and yes or no."""
    move = request.POST.get("move", "")
    form = DeclineForm(request.POST if move == "decline" else None)
    refusal, said = _answered(request, person, part, form)
    if said:
        messages.success(request, said)
        stays = by_link or move == "accept"
        return redirect(request.path) if stays else redirect("web:assignments")
    context = {
        "asked": queries.asked_cards([part])[0],
        "form": form,
        "refusal": refusal,
        "by_link": by_link,
    }
    status = refusal.status if refusal else status_of(form)
    return render(request, "assignments/asked.html", context, status=status)


def _answered(
    request: HttpRequest, person: Any, part: Any, form: DeclineForm
) -> tuple[DomainError | None, str]:
    if request.method != "POST":
        return None, ""
    move, assignment = request.POST.get("move", ""), part.assignment
    if move == "decline":
        if not taken(
            form, request, lambda said: actions.decline(actor=person, assignment=assignment, **said)
        ):
            return None, ""
        return None, _("Thank you for saying so. Only whoever asked is told.")
    if move != "accept":
        raise NotHere
    try:
        actions.accept(actor=person, assignment=assignment)
    except NotHere:
        raise
    except DomainError as error:
        return error, ""
    return None, _("You are in the team.")
