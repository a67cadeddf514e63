"""Looking out from under the radar: whom to meet, and who could lead there, for one's own eyes."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.exchange import queries as exchange
from footbridge.insight import lookout
from footbridge.people import queries as people
from footbridge.veil import actions, queries
from footbridge.web.find.forms import FindForm
from footbridge.web.find.stones import of_chain
from footbridge.web.forms import page_in, status_of, taken
from footbridge.web.radar.forms import KnowForm


@require_GET
@access(Audience.HIDDEN)
def home(request: HttpRequest) -> HttpResponse:
    """What one may do next, whom to meet, and what came of what one began."""
    me = request.hidden  # type: ignore[attr-defined]
    context = {
        "me": me.profile,
        "approaches": queries.my_approaches(me),
        "glad": queries.glad(me)[:3],
        "suggestions": lookout.suggest(me, top=5),
    }
    return render(request, "radar/home.html", context)


@require_GET
@access(Audience.HIDDEN)
def find(request: HttpRequest) -> HttpResponse:
    """Everyone who is listed, by word and filter."""
    me = request.hidden  # type: ignore[attr-defined]
    form = FindForm(request.GET, viewer=queries.as_onlooker(me))
    form.is_valid()
    context: dict[str, Any] = {"form": form}
    text = form.cleaned_data.get("q", "")
    try:
        context["found"] = lookout.search(me, text, form.filters(), page=page_in(request))
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return render(request, "radar/find.html", context, status=status_of(form))


@require_GET
@access(Audience.HIDDEN)
def member(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """A member as every member sees them, and who could lead there."""
    me = request.hidden  # type: ignore[attr-defined]
    viewer = queries.as_onlooker(me)
    found = people.get(viewer, member_id)
    known = {one.member: one.strength for one in me.profile.knows}
    portrait = people.portrait(viewer, found)
    context = {
        "card": portrait.card,
        "about": portrait.about,
        "needs": exchange.needs_of(viewer, found),
        "offers": exchange.offers_of(viewer, found),
        "ways": [of_chain(chain) for chain in lookout.chains(me, found, top=3)],
        "know": KnowForm(initial={"strength": known.get(str(found.id), "")}),
    }
    return render(request, "radar/member.html", context)


@require_POST
@access(Audience.HIDDEN)
def know(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Note how well one knows a member, for oneself."""
    me = request.hidden  # type: ignore[attr-defined]
    found = people.get(queries.as_onlooker(me), member_id)
    form = KnowForm(request.POST)
    if taken(form, request, lambda said: _note(me, found, said["strength"])):
        messages.success(request, _("Noted, for you alone."))
    return redirect("web:radar_member", member_id)


def _note(me: Any, found: Any, strength: str) -> None:
    if strength:
        actions.know(actor=me, member=found, strength=strength)
    else:
        actions.unknow(actor=me, member_id=str(found.id))
