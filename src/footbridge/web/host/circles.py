"""Circles of a chapter: which there are, which could be, and asking people into one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.circles import actions, queries
from footbridge.core.access import Audience, access
from footbridge.insight import circles as insight
from footbridge.people import queries as people
from footbridge.web.circles.forming import form_page
from footbridge.web.circles.forms import HostCircleForm
from footbridge.web.forms import page_in
from footbridge.web.host.sessions import chapter_in

MOST_SHOWN = 6


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def circles(request: HttpRequest) -> HttpResponse:
    """The circles that there are, by name, cause and count; and those that could be. One that the
    host formed and that found too few can be called off here."""
    person = request.person  # type: ignore[attr-defined]
    here = chapter_in(request)
    if request.method == "POST":
        return _call_off(request, here)
    seed = page_in(request) - 1
    peers = insight.around_causes(person, here, seed=seed)
    builders = insight.of_builders(person, here)
    context = {
        "chapter": here,
        "chapters": people.hosting(person),
        "there": queries.hosted(person, here),
        "peers": [_Offered(here, one) for one in peers[:MOST_SHOWN]],
        "builders": [_Offered(here, one) for one in builders],
        "others": seed + 2,
    }
    return render(request, "host/circles.html", context)


class _Offered:
    """A proposal, and the address of the form that is filled in with it."""

    def __init__(self, chapter: Any, proposal: Any) -> None:
        self.proposal = proposal
        said = [("chapter", chapter.id), ("kind", proposal.kind), ("name", proposal.cause)]
        said += [("cause", proposal.cause_id or "")]
        said += [("person", one.id) for one in proposal.members]
        self.form = f"{reverse('web:host_new_circle')}?{urlencode(said)}"


def _call_off(request: HttpRequest, here: Any) -> HttpResponse:
    """Calling off what is called off, or stands, or is another's, changes nothing."""
    person = request.person  # type: ignore[attr-defined]
    wanted = people.as_id(request.POST.get("circle", ""))
    ours = {one.id for one in queries.hosted(person, here) if one.may_end}
    if wanted in ours:
        actions.end(actor=person, circle=queries.formed_by(person, wanted))
        messages.success(request, _("Called off."))
    return redirect(f"{reverse('web:host_circles')}?chapter={here.id}")


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def new(request: HttpRequest) -> HttpResponse:
    """Form a circle for others: look over who, say what for, and ask them all."""
    here = chapter_in(request)
    return form_page(request, here, HostCircleForm, "host/new_circle.html", {})
