"""Finding a team: for a need of one's own, and for an assignment."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.assignments import actions, queries
from footbridge.assignments.states import Move, Role
from footbridge.core.access import Audience, access
from footbridge.exchange import queries as exchange
from footbridge.insight import teams
from footbridge.people import queries as people
from footbridge.web.assignments.beginning import person_named
from footbridge.web.assignments.forms import AskForm
from footbridge.web.forms import status_of, taken


@require_GET
@access(Audience.MEMBERS)
def for_need(request: HttpRequest, need_id: uuid.UUID) -> HttpResponse:
    """The fewest people who together have what a need asks for, and why these."""
    person = request.person  # type: ignore[attr-defined]
    need = exchange.get_need(person, need_id)
    ask_one = f"{reverse('web:new_assignment')}?need={need.id}&lead="
    context = {"need": need, "found": teams.for_need(person, need), "ask": ask_one}
    return render(request, "assignments/need_team.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def ask(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Ask somebody into the team: one who is suggested, or anybody by name."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, assignment_id)
    card = queries.card(person, found)
    if Move.ASK not in card.moves:
        return redirect("web:assignment", found.id)
    form = AskForm(request.POST or None, initial=_initial(request, person, card))

    def carry_out(said: dict[str, Any]) -> None:
        other = person_named(person, said.pop("person"), field="person")
        actions.ask(actor=person, assignment=found, person=other, **said)

    if taken(form, request, carry_out):
        messages.success(request, _("They are asked. You are told what they say."))
        return redirect("web:assignment", found.id)
    context = {"form": form, "card": card, "found": _suggested(person, found), "ask": "?person="}
    return render(request, "assignments/ask.html", context, status=status_of(form))


def _initial(request: HttpRequest, person: Any, card: Any) -> dict[str, Any]:
    """Who was chosen from the suggestion; somebody to lead, where nobody does."""
    wanted = request.GET.get("person", "")
    has_lead = any(part.role == Role.LEAD for part in card.team if part.state != "declined")
    return {
        "person": people.get_person(person, wanted).name if wanted else "",
        "role": Role.MEMBER if has_lead else Role.LEAD,
    }


def _suggested(person: Any, found: Any) -> Any:
    """A team for the skills that it asks for, without those who were asked already."""
    skills = list(found.skills.all())
    if not skills:
        return None
    out = queries.said_no(person, found)
    return teams.for_skills(person, skills, asker=found.client, leave_out=out)
