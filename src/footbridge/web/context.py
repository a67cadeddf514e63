"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from footbridge import __version__
from footbridge.introductions import queries as introductions
from footbridge.people import demo
from footbridge.people import queries as people

THEMES = ("auto", "light", "dark")


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The theme, whether this is the demo, and what waits for the person who looks."""
    person = getattr(request, "person", None)
    theme = request.COOKIES.get("footbridge_theme", "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "version": __version__,
        "public_url": settings.PUBLIC_URL,
        "person": person,
        "demo": SimpleLazyObject(demo.has_demo),
        "is_host": SimpleLazyObject(lambda: bool(person and people.is_host(person))),
        "waiting_count": SimpleLazyObject(
            lambda: len(introductions.waiting_for(person)) if person else 0
        ),
    }
