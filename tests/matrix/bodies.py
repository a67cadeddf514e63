"""Something for every form and operation, good enough that those who may are not refused."""

from __future__ import annotations

from typing import Any

from tests.matrix.stage import Stage

TABLE = "Name,Email\nAda Moreno,ada@example.org\n"


def form(stage: Stage, route: str, thing: str) -> dict[str, Any]:
    """For every form at once: each takes what it knows. Some need a word of their own."""
    return _for_all(stage, thing) | OWN.get(route, lambda _stage: {})(stage)


def _for_all(stage: Stage, thing: str) -> dict[str, Any]:
    cast = stage.cast
    one, other = stage.two_of(thing)
    return {
        "name": "Changed by someone",
        "email": "changed@example.org",
        "text": "Changed by someone",
        "headline": "Changed by someone",
        "asks_per_month": "7",
        "strength": "trust",
        "wish": "avoid",
        "answer": "yes",
        "move": "agree",
        "no": "yes",
        "until": "2026-05-01",
        "organisation": "Changed by someone",
        "door": "trusted",
        "most_uses": "3",
        "days": "3",
        "role": "deputy",
        "language": "es",
        "why_you": "Changed by someone",
        "what_i_ask": "Changed by someone",
        "findable": "yes",
        "person": str(other.id),
        "one": str(one.id),
        "other": str(other.id),
        "through": str(cast.connector.id),
    }


# By route: what a form of its own needs besides.
OWN: dict[str, Any] = {
    "/seat/<str:token>/": lambda _stage: {"move": "decline"},
    "/meet/<uuid:session_id>/": lambda _stage: {"move": "accept"},
    "/meet/<uuid:session_id>/afterwards/": lambda _stage: {"move": "answer", "felt": "yes"},
    "/seat/<str:token>/afterwards/": lambda _stage: {"move": "answer", "felt": "yes"},
    "/host/sessions/<uuid:session_id>/move/": lambda _stage: {"move": "open"},
    "/host/sessions/<uuid:session_id>/seats/<uuid:seat_id>/": lambda _stage: {"move": "came"},
    "/host/sessions/<uuid:session_id>/invite/": lambda stage: {
        "person": str(stage.cast.connector.id)
    },
    "/host/run-sheets/clone/": lambda _stage: {"format": "troika"},
}


def call(stage: Stage, method: str, route: str, thing: str) -> Any:
    """The body of an operation, as it is sent; none where it takes none."""
    cast = stage.cast
    one, other = stage.two_of(thing)
    bodies: dict[tuple[str, str], Any] = {
        ("PATCH", "/me"): {"headline": "Keeps things cold"},
        ("POST", "/me/pause"): {"until": "2026-03-09"},
        ("POST", "/me/findable"): {"findable": True},
        ("POST", "/needs"): {"text": "A van on Fridays"},
        ("POST", "/offers"): {"text": "A kitchen on Mondays", "hours_per_month": 4},
        ("PATCH", "/needs/{need_id}"): {"text": "Cold storage, three nights", "urgent": True},
        ("PATCH", "/offers/{offer_id}"): {"hours_per_month": 12},
        ("PUT", "/me/causes"): {"ids": []},
        ("POST", "/ties"): {"other": str(cast.host.id), "strength": "know", "how": "From work"},
        ("POST", "/ties/{tie_id}/answer"): {"is_so": True, "strength": "met"},
        ("PUT", "/members/{member_id}/wish"): {"wish": "not_now"},
        ("POST", "/introductions"): {
            "target": str(cast.colleague.id),
            "connector": str(cast.connector.id),
            "why_you": "You sell cold.",
            "what_i_ask": "Twenty minutes.",
        },
        ("PATCH", "/introductions/{introduction_id}"): {"how_long": "An hour"},
        ("POST", "/introductions/{introduction_id}/agree"): {},
        ("POST", "/introductions/{introduction_id}/report"): {"outcome": "met"},
        ("POST", "/introductions/{introduction_id}/thank"): {"words": "Thank you."},
        ("POST", "/chapters/{chapter_id}/sessions"): {
            "format": "troika",
            "title": "Threes",
            "starts_at": "2026-05-01T18:00:00Z",
        },
        ("PATCH", "/sessions/{session_id}"): {"question": "What now?"},
        ("POST", "/sessions/{session_id}/cancel"): {"because": "The roof leaks."},
        ("POST", "/sessions/{session_id}/invite"): {"ids": [str(cast.connector.id)]},
        ("POST", "/chapters/{chapter_id}/people"): {"name": "Zoe New", "email": "zoe@example.org"},
        ("POST", "/chapters/{chapter_id}/invite"): {"ids": [str(other.id)]},
        ("POST", "/chapters/{chapter_id}/links"): {"door": "vetted", "note": "Breakfast"},
        ("POST", "/chapters/{chapter_id}/ties"): {
            "one": str(one.id),
            "other": str(other.id),
        },
        ("POST", "/chapters/{chapter_id}/introductions"): {
            "one": str(one.id),
            "other": str(other.id),
            "why_you": "Both keep food cold.",
        },
    }
    return bodies.get((method, route.removeprefix("/api/v1")))
