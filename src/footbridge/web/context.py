"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from footbridge import __version__
from footbridge.assignments import queries as assignments
from footbridge.calls import queries as calls
from footbridge.circles import queries as circles
from footbridge.core import database
from footbridge.hours import queries as hours
from footbridge.introductions import queries as introductions
from footbridge.partnerships import queries as partnerships
from footbridge.people import demo
from footbridge.people import queries as people
from footbridge.veil import queries as veil
from footbridge.web.meet import waiting as meet
from footbridge.web.places import places

THEMES = ("auto", "light", "dark")
# Which part of the navigation a page belongs to, by the beginning of its path.
SECTIONS = {
    "find": ("/find/", "/members/", "/organisations/", "/wishes/", "/needs-and-offers/"),
    "introduce": ("/introduce/", "/introductions/", "/ties/"),
    "meet": ("/meet/", "/circles/", "/time/"),
    "partner": ("/partner/",),
    "host": ("/host/", "/outbox/"),
}


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The theme, whether this is the demo, and what waits for the person who looks."""
    person = getattr(request, "person", None)
    theme = request.COOKIES.get("footbridge_theme", "auto")
    section = _section(request.path)
    return {
        "theme": theme if theme in THEMES else "auto",
        "product_version": __version__,
        "section": section,
        "places": places(section, request.path) if person else [],
        "public_url": settings.PUBLIC_URL,
        "person": person,
        # The demo's people and real ones are never in one installation.
        "demo": person.is_demo if person else SimpleLazyObject(demo.has_demo),
        "refuses_writes": database.refuses_writes(),
        "is_host": SimpleLazyObject(lambda: bool(person and people.is_host(person))),
        "waiting_count": SimpleLazyObject(lambda: _waiting_for(person) if person else 0),
    }


def _waiting_for(person: Any) -> int:
    asked = introductions.waiting_for(person), veil.waiting_for(person), hours.waiting_for(person)
    circled = circles.waiting_for(person), circles.open_calls(person), calls.waiting_for(person)
    teams, sides = assignments.waiting_for(person), partnerships.waiting_for(person)
    return sum(len(each) for each in (*asked, *circled, teams, sides)) + meet.how_many_wait(person)


def _section(path: str) -> str:
    return next((name for name, starts in SECTIONS.items() if path.startswith(starts)), "")
