"""Giving an assignment: out of a chosen answer, or directly; and changing its terms."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.assignments import actions, queries
from footbridge.assignments.states import Move
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.exchange import queries as exchange
from footbridge.people import queries as people
from footbridge.web.assignments.forms import KindForm, NewForm, TermsForm
from footbridge.web.forms import status_of, taken

TERMS = ("kind", "title", "scope", "outcome", "begins", "ends")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def new(request: HttpRequest) -> HttpResponse:
    """Give an assignment: for oneself, or for an organisation that one acts for."""
    person = request.person  # type: ignore[attr-defined]
    if answer := request.GET.get("answer"):
        return _from_answer(request, person, _as_id(answer))
    need = _need(request, person)
    clients = [person, *people.acted_for_by(person)]
    form = NewForm(request.POST or None, clients=clients, initial=_initial(request, person, need))
    made: list[Any] = []

    def carry_out(said: dict[str, Any]) -> None:
        client = next(one for one in clients if str(one.id) == said["client"])
        lead = person_named(person, said["lead"], field="lead")
        terms = {name: said[name] for name in TERMS}
        made.append(actions.begin(actor=person, client=client, lead=lead, need=need, **terms))

    if taken(form, request, carry_out):
        messages.success(request, _("They are asked. It is agreed once they say yes."))
        return redirect("web:assignment", made[0].id)
    context = {"form": form, "need": need}
    return render(request, "assignments/new.html", context, status=status_of(form))


def _as_id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise NotHere from error


def _need(request: HttpRequest, person: Any) -> Any:
    """The need that it is for, where one is named and is one's own."""
    wanted = request.GET.get("need")
    if not wanted:
        return None
    found = exchange.get_need(person, wanted)
    own = {person.id, *(one.id for one in people.acted_for_by(person))}
    if found.owner_id not in own:
        raise NotHere
    return found


def _initial(request: HttpRequest, person: Any, need: Any) -> dict[str, Any]:
    lead = request.GET.get("lead", "")
    known = people.get_person(person, lead).name if lead else ""
    if need is None:
        return {"lead": known}
    return {
        "lead": known,
        "client": str(need.owner_id),
        "title": need.text[:160],
        "outcome": need.text,
    }


def person_named(viewer: Any, words: str, *, field: str) -> Any:
    """The member whom a name or an address stands for, or a refusal at the field."""
    found = people.find(viewer, words)
    if found is None or not found.is_person:
        raise DomainError(_("We know nobody by this name whom you could ask."), field=field)
    return people.as_person(found)


def _from_answer(request: HttpRequest, person: Any, answer_id: uuid.UUID) -> HttpResponse:
    """What was called for, as it stands, and who answered: one question is left."""
    answer = queries.chosen_answer(person, answer_id)
    form = KindForm(request.POST or None)
    made: list[Any] = []

    def carry_out(said: dict[str, Any]) -> None:
        made.append(actions.begin_from_answer(actor=person, answer=answer, kind=said["kind"]))

    if taken(form, request, carry_out):
        messages.success(request, _("They are asked. It is agreed once they say yes."))
        return redirect("web:assignment", made[0].id)
    context = {"form": form, "answer": answer}
    return render(request, "assignments/from_answer.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def terms(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Change what both sides agree to."""
    person = request.person  # type: ignore[attr-defined]
    card = queries.get_card(person, assignment_id)
    if Move.EDIT not in card.moves:
        return redirect("web:assignment", assignment_id)
    initial = {name: getattr(card, name) for name in (*TERMS, "version")}
    form = TermsForm(request.POST or None, initial=initial)
    found = queries.get(person, assignment_id)
    if taken(form, request, lambda said: actions.edit(actor=person, assignment=found, **said)):
        messages.success(request, _("Saved. If anything changed, the other side says yes anew."))
        return redirect("web:assignment", assignment_id)
    context = {"form": form, "card": card}
    return render(request, "assignments/terms.html", context, status=status_of(form))
