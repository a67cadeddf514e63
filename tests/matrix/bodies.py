"""Something for every form and operation, good enough that those who may are not refused."""

from __future__ import annotations

from typing import Any

from footbridge.people.states import FIELDS
from tests.doors.api.bodies import PLAIN
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


def _next(stage: Stage) -> str:
    """Somebody whom everyone sees, and nobody has asked yet."""
    return str(stage.world.could_be_asked.id)


# By route: what a form of its own needs besides.
OWN: dict[str, Any] = {
    "/seat/<str:token>/": lambda _stage: {"move": "decline"},
    "/meet/<uuid:session_id>/": lambda _stage: {"move": "accept"},
    "/meet/<uuid:session_id>/afterwards/": lambda _stage: {"move": "answer", "felt": "yes"},
    "/seat/<str:token>/afterwards/": lambda _stage: {"move": "answer", "felt": "yes"},
    "/host/sessions/<uuid:session_id>/move/": lambda _stage: {"move": "open"},
    "/host/sessions/<uuid:session_id>/seats/<uuid:seat_id>/": lambda _stage: {"move": "came"},
    "/host/sessions/<uuid:session_id>/room/": lambda _stage: {"move": "longer"},
    "/host/sessions/<uuid:session_id>/talk/": lambda _stage: {"move": "pair"},
    "/host/sessions/<uuid:session_id>/invite/": lambda stage: {
        "person": str(stage.cast.connector.id)
    },
    "/you/visibility/": lambda _stage: {
        **dict.fromkeys(FIELDS, "members"),
        "place": "introduced",
    },
    "/circles/new/": lambda stage: {"person": _next(stage)},
    "/host/circles/new/": lambda stage: {"person": _next(stage)},
    "/circles/<uuid:circle_id>/ask/": lambda stage: {"person": _next(stage)},
    "/circles/<uuid:circle_id>/": lambda _stage: {"move": "join"},
    "/circle/<str:token>/": lambda _stage: {"move": "join"},
    "/circles/calls/<uuid:call_id>/": lambda _stage: {"reply": "can_help"},
    "/circle-call/<str:token>/": lambda _stage: {"reply": "can_help"},
    "/host/run-sheets/clone/": lambda _stage: {"format": "troika"},
}


def call(stage: Stage, method: str, route: str, thing: str) -> Any:
    """The body of an operation, as it is sent; none where it takes none."""
    cast = stage.cast
    one, other = stage.two_of(thing)
    bodies = PLAIN | {
        ("POST", "/me/pause"): {"until": "2026-03-09"},
        ("PATCH", "/me/visibility"): {"place": "introduced"},
        ("POST", "/ties"): {"other": str(cast.host.id), "strength": "know", "how": "From work"},
        ("POST", "/introductions"): {
            "target": str(cast.colleague.id),
            "connector": str(cast.connector.id),
            "why_you": "You sell cold.",
            "what_i_ask": "Twenty minutes.",
        },
        ("POST", "/introductions/{introduction_id}/agree"): {},
        ("POST", "/circles"): {
            "name": "Hot food",
            "kind": "builders",
            "people": [str(one.id) for one in (cast.seeker, cast.target, cast.connector)],
        },
        ("POST", "/circles/{circle_id}/ask"): {"person": _next(stage)},
        ("POST", "/circles/{circle_id}/calls"): {"text": "A van?", "until": "2026-03-09"},
        ("POST", "/circle-calls/{call_id}/answer"): {"reply": "can_help"},
        ("POST", "/sessions/{session_id}/invite"): {"ids": [str(cast.connector.id)]},
        ("POST", "/slots/{slot_id}/ask"): {"need": str(stage.world.need.id), "what_for": "Soup"},
        ("POST", "/bookings/{booking_id}/another-time"): {"slot": str(stage.world.slot.id)},
        ("POST", "/chapters/{chapter_id}/invite"): {"ids": [str(other.id)]},
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
