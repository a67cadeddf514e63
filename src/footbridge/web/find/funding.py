"""What one can apply for, who funds, and who funded others like one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.calls import queries as calls
from footbridge.core.access import Audience, access
from footbridge.core.errors import NotAllowed, NotHere
from footbridge.core.versions import NOT_THERE
from footbridge.funding import actions, policy, queries
from footbridge.insight import queries as insight
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.web.find.funding_forms import FunderForm, FundersForm, FundingForm
from footbridge.web.forms import page_in, status_of, taken

# A way is looked for to so many of the funders that are members.
MOST_WAYS = 4
MOST_CALLS = 10


@require_GET
@access(Audience.MEMBERS)
def funding(request: HttpRequest) -> HttpResponse:
    """Funding lines for oneself, or for an organisation that one acts for."""
    person = request.person  # type: ignore[attr-defined]
    organisations = list(people.acted_for_by(person))
    seeker = _seeker(person, organisations, request.GET.get("for", ""))
    form = FundingForm(request.GET)
    form.is_valid()
    context: dict[str, Any] = {
        "form": form,
        "seeker": seeker,
        "organisations": organisations,
    }
    if not form.errors:
        wishes = form.wishes()
        context["found"] = queries.find(person, wishes, asker=seeker, page=page_in(request))
        context["calls"] = _calls(person, wishes)
    return render(request, "find/funding.html", context, status=status_of(form))


def _calls(person: Any, wishes: Any) -> list[Any]:
    """Who of this network gives money now, and takes applications here."""
    said = {"text": wishes.text, "cause": wishes.cause}
    return calls.search(person, kind="funding", **said, size=MOST_CALLS).items


def _seeker(person: Any, organisations: list[Any], wanted: str) -> Any:
    """An organisation that one acts for: the one named, else the first; else oneself."""
    if wanted == str(person.id):
        return person
    own = {str(one.id): one for one in organisations}
    return own.get(wanted) or next(iter(organisations), person)


@require_GET
@access(Audience.MEMBERS)
def line(request: HttpRequest, line_id: uuid.UUID) -> HttpResponse:
    """One line, with its conditions, and where it is known from."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, line_id)
    context = {
        "line": queries.get_card(person, line_id),
        "may_change": policy.may_change(person, found),
    }
    return render(request, "find/funding_line.html", context)


@require_GET
@access(Audience.MEMBERS)
def alike(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Who funded organisations like this one, near it."""
    person = request.person  # type: ignore[attr-defined]
    found = people.get(person, member_id)
    answer = queries.funded_alike(person, found)
    context = {
        "card": people_cards.card(person, found),
        "answer": answer,
        "ways": _ways(person, answer.funders),
        "is_mine": found.id == person.id or found.id in {o.id for o in people.acted_for_by(person)},
    }
    return render(request, "find/funded_alike.html", context)


def _ways(person: Any, funders: Any) -> set[uuid.UUID]:
    """The funders to whom somebody could lead one."""
    here = [one.organisation_id for one in funders if one.organisation_id][:MOST_WAYS]
    return {one for one in here if _leads_somewhere(person, one)}


def _leads_somewhere(person: Any, organisation_id: uuid.UUID) -> bool:
    try:
        return bool(insight.chains(person, person, people.get(person, organisation_id), top=1))
    except NotHere:
        return False


@require_GET
@access(Audience.MEMBERS)
def funders(request: HttpRequest) -> HttpResponse:
    """The organisations here that fund others."""
    person = request.person  # type: ignore[attr-defined]
    form = FundersForm(request.GET)
    form.is_valid()
    said = {name: form.cleaned_data.get(name, "") for name in ("kind", "country")}
    context = {"form": form, "funders": queries.funders(person, **said)}
    return render(request, "find/funders.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def funder(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """What an organisation funds, and what it gave; those who act for it say so here."""
    person = request.person  # type: ignore[attr-defined]
    found = people.get(person, organisation_id)
    if found.is_person:
        raise NotHere
    known = queries.funder_of(person, found)
    may_describe = policy.may_describe(person, found)
    if request.method == "POST" and not may_describe:
        raise NotAllowed(_("Only who acts for this organisation can do this."))
    form = FunderForm(request.POST or None, initial=_said_before(known))
    if request.method == "POST" and _described(request, person, found, form):
        return redirect("web:funder", found.id)
    context = {
        "card": people_cards.card(person, found),
        "funder": known,
        "form": form if may_describe else None,
        "given": queries.grants_given(person, found),
        "received": queries.grants_received(person, found),
    }
    return render(request, "find/funder.html", context, status=status_of(form))


def _described(request: HttpRequest, person: Any, found: Any, form: FunderForm) -> bool:
    organisation = people.as_organisation(found)
    if "withdraw" in request.POST:
        actions.withdraw_funder(actor=person, organisation=organisation)
        messages.success(request, _("Noted: it funds nobody."))
        return True
    if not taken(
        form,
        request,
        lambda said: actions.describe_funder(actor=person, organisation=organisation, **said),
    ):
        return False
    messages.success(request, _("Noted. People who look for funding find it."))
    return True


def _said_before(known: Any) -> dict[str, Any]:
    if known is None:
        return {"version": NOT_THERE}
    return {name: getattr(known, name) for name in ("kind", "gives", "money", "home", "version")}
