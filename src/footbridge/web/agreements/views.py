"""The agreement of a partnership: begun, written clause by clause or on one page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from footbridge.agreements import actions, queries
from footbridge.agreements.cards import AgreementCard
from footbridge.agreements.languages import LANGUAGES
from footbridge.agreements.states import Form, Move
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.partnerships import queries as partnerships
from footbridge.web.agreements.forms import BeginForm, ClauseForm, PilotForm, TermsForm
from footbridge.web.forms import status_of, taken


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def agreement(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """How far the agreement is, and what can be done; the beginning where there is none."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.find(person, partnership_id)
    if found is None:
        return _begin(request, person, partnerships.get(person, partnership_id))
    move = request.POST.get("move", "")
    card = queries.card(person, found)
    form = TermsForm(
        request.POST if move == "terms" else None,
        initial={name: getattr(card, name) for name in ("standing", "language", "version")},
    )
    if taken(form, request, lambda said: actions.set_terms(actor=person, agreement=found, **said)):
        messages.success(request, _("Kept."))
        return redirect(request.path)
    refusal, goes_to = _acted(request, person, found, move)
    if goes_to is not None:
        return goes_to
    context = {
        "card": card,
        "form": form,
        "refusal": refusal,
        "moves": {one.value for one in card.moves},
        "changes": queries.changed_since_last(person, found) if card.changed_since else (),
    }
    status = refusal.status if refusal else status_of(form)
    return render(request, "agreements/agreement.html", context, status=status)


def _begin(request: HttpRequest, person: Any, partnership: Any) -> HttpResponse:
    here = get_language() or "en"
    first = {"form": Form.PILOT, "language": here if here in LANGUAGES else "en"}
    form = BeginForm(request.POST or None, initial=first)

    def begin(said: dict[str, Any]) -> None:
        actions.begin(actor=person, partnership=partnership, **said)

    if taken(form, request, begin):
        is_pilot = form.cleaned_data["form"] == Form.PILOT
        return redirect("web:agreement_pilot" if is_pilot else "web:agreement", partnership.id)
    context = {"form": form, "partnership": partnership}
    return render(request, "agreements/begin.html", context, status=status_of(form))


def _acted(
    request: HttpRequest, person: Any, found: Any, move: str
) -> tuple[DomainError | None, HttpResponse | None]:
    if request.method != "POST" or move == "terms":
        return None, None
    try:
        if move == Move.GROW:
            actions.grow(actor=person, agreement=found)
            messages.success(request, _("It is a full agreement now. All that was written stays."))
        elif move == Move.FREEZE:
            seen = request.POST.get("version") or None
            made = actions.freeze(actor=person, agreement=found, version=seen)
            messages.success(request, _("Made. Whoever signs for each side is asked by letter."))
            return None, redirect("web:agreement_version", found.partnership_id, made.number)
        elif move in ("", "begin"):  # tapped once more: it was begun meanwhile
            pass
        else:
            raise NotHere
    except NotHere:
        raise
    except DomainError as error:
        return error, None
    return None, redirect(request.path)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def pilot(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """A pilot on one page."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    card = queries.card(person, found)
    if card.form != Form.PILOT or Move.WRITE not in card.moves:
        return redirect("web:agreement", partnership_id)
    clauses = _clauses(card)
    parties = queries.shares(person, found).parties
    initial = {one.key: one.text for one in clauses} | {
        "standing": card.standing,
        "version": card.version,
    }
    form = PilotForm(request.POST or None, clauses=clauses, parties=parties, initial=initial)

    def write(_said: dict[str, Any]) -> None:
        actions.write_pilot(actor=person, agreement=found, **form.said())

    if taken(form, request, write):
        messages.success(request, _("Kept. Read it through before you make a version."))
        return redirect("web:agreement", partnership_id)
    context = {"form": form, "card": card, "parties": [one for one in parties if one.contributions]}
    return render(request, "agreements/pilot.html", context, status=status_of(form))


def _clauses(card: AgreementCard) -> list[Any]:
    return [one for heading in card.headings for one in heading.clauses]


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def clause(request: HttpRequest, partnership_id: uuid.UUID, clause_key: str) -> HttpResponse:
    """One clause: what is asked, what stands there, how it read before."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    card = queries.clause(person, found, clause_key)
    may_write = Move.WRITE in queries.moves(person, found)
    level = card.level if card.level != "missing" else "fully"
    initial = {"text": card.text, "level": level, "version": card.version}
    form = ClauseForm(request.POST or None, clause=card, initial=initial)

    def write(said: dict[str, Any]) -> None:
        actions.write_clause(actor=person, agreement=found, key=clause_key, **said)

    if taken(form, request, write):
        messages.success(request, _("Kept."))
        return redirect("web:agreement", partnership_id)
    context = {"clause": card, "form": form, "agreement": found, "may_write": may_write}
    return render(request, "agreements/clause.html", context, status=status_of(form))
