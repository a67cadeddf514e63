"""Today, and what belongs to no verb."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from footbridge.assignments import queries as assignments
from footbridge.calls import queries as open_doors
from footbridge.circles import queries as circles
from footbridge.core.access import Audience, access
from footbridge.exchange import queries as exchange
from footbridge.expertise import queries as expertise
from footbridge.hours import queries as hours
from footbridge.insight import queries as insight
from footbridge.insight.slots import time_for
from footbridge.introductions import queries as introductions
from footbridge.meetings import queries as meetings
from footbridge.meetings.states import Felt
from footbridge.network import queries as network
from footbridge.partnerships import queries as partnerships
from footbridge.people import queries as people
from footbridge.pitches import queries as pitches
from footbridge.veil import queries as veil
from footbridge.web.context import THEMES
from footbridge.web.home.forms import NeedForm
from footbridge.web.meet.waiting import waiting_for

# Hosts may confirm for a whole chapter; Today stays short.
MOST_CLAIMS = 3
YEAR = 60 * 60 * 24 * 365
# What of the page waits for a word.
WAITS = (
    "waiting", "veiled", "sessions", "questions", "asked", "calls", "to_decide", "booked", "teams",
    "sides", "proposals", "claims", "were_there", "listens",
)  # fmt: skip


@require_GET
@access(Audience.MEMBERS)
def today(request: HttpRequest) -> HttpResponse:
    """What waits for me, who asks, by when; and when nothing does, one thing to do next."""
    person = request.person  # type: ignore[attr-defined]
    waiting = introductions.waiting_for(person)
    proposals = network.proposals_for(person)
    claims = people.unconfirmed_claims(person, most=MOST_CLAIMS)
    veiled = veil.waiting_for(person)
    sessions = waiting_for(person)
    booked = hours.waiting_for(person)
    asked, calls = circles.waiting_for(person), circles.open_calls(person)
    context = {
        "waiting": waiting,
        "veiled": veiled,
        "sessions": sessions,
        "booked": booked,
        "teams": assignments.waiting_for(person),
        "sides": partnerships.waiting_for(person),
        "were_there": expertise.waiting_for(person),
        "listens": pitches.waiting_for(person),
        "questions": meetings.unanswered(person),
        "felt": Felt.choices,
        "asked": asked,
        "calls": calls,
        "to_decide": open_doors.waiting_for(person),
        "proposals": proposals,
        "claims": claims,
    }
    context["nothing_waits"] = not any(context[name] for name in WAITS)
    return render(request, "home/today.html", context | _next_step(person))


def _next_step(person: Any) -> dict[str, Any]:
    """One suggestion for who said what they need; one question for who did not."""
    if not exchange.looks_for_something(person, person):
        return {"need_form": NeedForm(person=person)}
    fitting = [one for one in insight.suggest(person, person, top=3) if not one.near_miss]
    time = time_for(person)
    return {"suggestion": fitting[0] if fitting else None, "time": time}


@require_POST
@access(Audience.EVERYONE)
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device says."""
    chosen = request.POST.get("theme", "auto")
    response = HttpResponseRedirect(_came_from(request))
    if chosen in THEMES:
        response.set_cookie("footbridge_theme", chosen, max_age=YEAR, samesite="Lax")
    return response


def _came_from(request: HttpRequest) -> str:
    page = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return page if safe and page.startswith("/") else "/"


@require_GET
@access(Audience.EVERYONE)
def help_page(request: HttpRequest) -> HttpResponse:
    """How it works, on one page."""
    return render(request, "home/help.html")


@require_GET
@access(Audience.EVERYONE)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, who sees it, how to leave."""
    return render(request, "home/privacy.html")
