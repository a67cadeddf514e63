"""Hours, reviews, skills that were seen, and the case."""

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
from footbridge.web.assignments.forms import (
    CaseForm,
    ConfirmForm,
    HoursForm,
    ReviewForm,
    SkillForm,
    minutes_of,
)
from footbridge.web.forms import status_of, taken


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def review(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """What one's side says, half-way or at the end."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, assignment_id)
    card = queries.card(person, found)
    if Move.REVIEW not in card.moves:
        return redirect("web:assignment", found.id)
    form = ReviewForm(request.POST or None, initial=_written(person, found))
    if taken(form, request, lambda _said: _review(person, found, form)):
        messages.success(request, _("Kept. You read what the other side wrote once both have."))
        return redirect("web:assignment", found.id)
    context = {"form": form, "card": card, "questions": card.playbook.questions(card.phase)}
    return render(request, "assignments/review.html", context, status=status_of(form))


def _review(person: Any, found: Any, form: ReviewForm) -> None:
    actions.review(actor=person, assignment=found, **form.said())


def _written(person: Any, found: Any) -> dict[str, Any]:
    known = queries.own_review(person, found)
    names = (*queries.QUESTIONS, "keep", "change", "may_be_quoted", "version")
    return {name: getattr(known, name) for name in names} if known else {"version": 0}


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def hours(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """What those in the team gave: one writes one's own down, the client confirms."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, assignment_id)
    card = queries.card(person, found)
    sent = request.POST or None
    telling = sent is not None and "hours_id" not in sent
    form = HoursForm(sent if telling else None, months=queries.months_of(found))
    if taken(form, request, lambda said: _tell(person, found, said)):
        messages.success(request, _("Written down. The client confirms it."))
        return redirect(request.path)
    rows = [(row, _confirm_form(sent, row)) for row in queries.hours_of(person, found)]
    for row, confirm in rows:
        if taken(confirm, request, lambda said, row=row: _confirm(person, found, row, said)):  # type: ignore[misc]
            messages.success(request, _("Confirmed. Thank you."))
            return redirect(request.path)
    context = {"card": card, "form": form, "rows": rows, "moves": {one.value for one in card.moves}}
    status = max((status_of(one) for one in (form, *(each for _row, each in rows))), default=200)
    return render(request, "assignments/hours.html", context, status=status)


def _tell(person: Any, found: Any, said: dict[str, Any]) -> None:
    minutes = minutes_of(said["hours"])
    actions.tell_hours(actor=person, assignment=found, month=said["month"], minutes=minutes)


def _confirm_form(sent: Any, row: Any) -> ConfirmForm:
    mine = sent is not None and sent.get("hours_id") == str(row.id)
    minutes = row.minutes if row.confirmed_minutes is None else row.confirmed_minutes
    initial = {"hours": f"{minutes / 60:g}"}
    return ConfirmForm(sent if mine else None, initial=initial, auto_id=f"id_{row.id}_%s")


def _confirm(person: Any, found: Any, row: Any, said: dict[str, Any]) -> None:
    given = queries.get_hours(person, found, row.id)
    minutes = minutes_of(said["hours"])
    actions.confirm_hours(actor=person, assignment=found, given=given, minutes=minutes)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def skills(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Who showed which skill; and what others say of oneself, to agree to."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, assignment_id)
    card = queries.card(person, found)
    if Move.SEE not in card.moves:
        return redirect("web:assignment", found.id)
    if "seen" in request.POST:
        _answer(request, person, found)
        return redirect(request.path)
    others = [part for part in card.inside if not part.is_me]
    named = {"skill": next((str(one.id) for one in found.skills.all()), "")}
    groups = exchange.skill_groups()
    form = SkillForm(request.POST or None, team=others, skills=groups, initial=named)
    if taken(form, request, lambda said: _see(person, found, said)):
        messages.success(request, _("Thank you. It is kept once they agree."))
        return redirect(request.path)
    context = {"card": card, "form": form, "seen": queries.seen_of(person, found)}
    return render(request, "assignments/skills.html", context, status=status_of(form))


def _answer(request: HttpRequest, person: Any, found: Any) -> None:
    try:
        wanted = uuid.UUID(request.POST["seen"])
    except ValueError as error:
        raise NotHere from error
    seen = queries.get_seen(person, found, wanted)
    yes = request.POST.get("move") == "yes"
    actions.answer_seen(actor=person, assignment=found, seen=seen, yes=yes)
    messages.success(request, _("Kept.") if yes else _("Kept to yourself: nobody else is told."))


def _see(person: Any, found: Any, said: dict[str, Any]) -> None:
    [skill] = exchange.skills_by_ids([said["skill"]])
    other = people.get_person(person, said["person"])
    actions.see_skill(
        actor=person, assignment=found, person=other, skill=skill, words=said["words"]
    )


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def case(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """What came of it, told for others: drafted, changed, agreed by everybody."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, assignment_id)
    card = queries.card(person, found)
    if Move.CASE not in card.moves:
        return redirect("web:assignment", found.id)
    told = queries.case_of(person, found)
    move = request.POST.get("move", "")
    if move in _CASE:
        refusal = _acted(request, person, found, move)
        if refusal is None:
            return redirect(request.path)
    else:
        refusal = None
    initial = {"text": told.text, "version": told.version} if told else {}
    writes = request.method == "POST" and move == "write"
    form = CaseForm(request.POST if writes else None, initial=initial)
    if writes and taken(
        form, request, lambda said: actions.write_case(actor=person, assignment=found, **said)
    ):
        messages.success(request, _("Saved. Everybody says yes to the new words."))
        return redirect(request.path)
    context = {"card": card, "case": told, "form": form, "refusal": refusal}
    status = refusal.status if refusal else status_of(form)
    return render(request, "assignments/case.html", context, status=status)


def _acted(request: HttpRequest, person: Any, found: Any, move: str) -> DomainError | None:
    try:
        _CASE[move](request, person, found)
    except NotHere:
        raise
    except DomainError as error:
        return error
    return None


_CASE: dict[str, Any] = {
    "draft": lambda _request, person, found: actions.draft_case(actor=person, assignment=found),
    "agree": lambda request, person, found: actions.agree_to_case(
        actor=person, assignment=found, version=request.POST.get("version", "")
    ),
    "take_back": lambda _request, person, found: actions.take_back_case(
        actor=person, assignment=found
    ),
}
