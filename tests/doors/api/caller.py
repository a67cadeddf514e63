"""A program that acts for someone, and an address for each operation."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.doors.web.world import World

ABSENT = uuid.UUID("00000000-0000-4000-8000-00000000abcd")
ROLES = ("seeker", "connector", "target", "stranger", "host", "deputy")


@dataclass
class Caller:
    """Sends calls that one person's token signs."""

    person: Person | None
    client: Client = field(default_factory=Client)
    token: str = ""

    def __post_init__(self) -> None:
        if self.person is not None and not self.token:
            self.token = people.make_token(actor=self.person, name="a program")[1]

    def call(self, method: str, path: str, body: Any = None) -> HttpResponse:
        """The answer to one call, a body being sent as JSON."""
        signed = {"HTTP_AUTHORIZATION": f"Bearer {self.token}"} if self.token else {}
        data = "" if body is None else json.dumps(body)
        return self.client.generic(  # type: ignore[return-value]
            method, "/api/v1" + path, data, content_type="application/json", **signed
        )

    def get(self, path: str) -> Any:
        """What a look at an address answers, read."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)


def operations() -> list[tuple[str, str]]:
    """Each operation of the API as (method, path), from its own documentation."""
    said = Client().get("/api/v1/openapi.json").json()
    return [
        (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in said["paths"].items()
        for method in methods
    ]


def in_place(world: World, path: str) -> str:
    """An operation's path with something that exists in each of its gaps."""
    ids = world.ids() | {"need_id": world.need.id, "offer_id": world.offer.id}
    if path == "/ties/{tie_id}/answer":
        ids["tie_id"] = world.proposal.id
    return path.format(**ids)


def nowhere(path: str) -> str:
    """The same path, naming what does not exist."""
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return path.format(**dict.fromkeys(names, ABSENT))


def body_for(world: World, method: str, path: str) -> Any:
    """A body that each operation takes."""
    cast = world.cast
    tomorrow = "2026-03-09"
    bodies: dict[tuple[str, str], Any] = {
        ("PATCH", "/me"): {"headline": "Keeps things cold"},
        ("POST", "/me/pause"): {"until": tomorrow},
        ("POST", "/me/findable"): {"findable": True},
        ("PATCH", "/me/visibility"): {"place": "introduced", "website": "everyone"},
        ("PUT", "/me/public"): {"may_be_listed": True},
        ("POST", "/needs"): {"text": "A van on Fridays"},
        ("POST", "/offers"): {"text": "A kitchen on Mondays", "hours_per_month": 4},
        ("PATCH", "/needs/{need_id}"): {"text": "Cold storage, three nights", "urgent": True},
        ("PATCH", "/offers/{offer_id}"): {"hours_per_month": 12},
        ("PUT", "/me/causes"): {"ids": []},
        ("POST", "/ties"): {"other": str(cast.target.id), "strength": "know", "how": "From work"},
        ("POST", "/ties/{tie_id}/answer"): {"is_so": True, "strength": "met"},
        ("PUT", "/members/{member_id}/wish"): {"wish": "not_now"},
        ("POST", "/introductions"): {
            "target": str(cast.colleague.id),
            "connector": str(cast.connector.id),
            "why_you": "You sell cold.",
            "what_i_ask": "Twenty minutes.",
        },
        ("PATCH", "/introductions/{introduction_id}"): {"how_long": "An hour"},
        ("POST", "/introductions/{introduction_id}/agree"): {"word": "Do meet her."},
        ("POST", "/introductions/{introduction_id}/report"): {"outcome": "met"},
        ("POST", "/introductions/{introduction_id}/thank"): {"words": "Thank you."},
        ("POST", "/circles"): {
            "name": "Hot food",
            "kind": "builders",
            "people": [str(one.id) for one in (cast.seeker, cast.target, cast.connector)],
        },
        ("PATCH", "/circles/{circle_id}"): {"rhythm": "First Monday"},
        ("POST", "/circles/{circle_id}/ask"): {"person": str(world.could_be_asked.id)},
        ("POST", "/circles/{circle_id}/steps"): {"text": "Ask the port"},
        ("POST", "/circles/{circle_id}/steps/{step_id}/done"): {"done": True},
        ("POST", "/circles/{circle_id}/calls"): {"text": "A van?", "until": tomorrow},
        ("POST", "/circle-calls/{call_id}/answer"): {"reply": "can_help", "words": "Ours."},
        ("POST", "/chapters/{chapter_id}/sessions"): {
            "format": "troika",
            "title": "Threes",
            "starts_at": "2026-05-01T18:00:00Z",
        },
        ("PATCH", "/sessions/{session_id}"): {"question": "What now?"},
        ("POST", "/sessions/{session_id}/cancel"): {"because": "The roof leaks."},
        ("POST", "/sessions/{session_id}/invite"): {"ids": [str(cast.colleague.id)]},
        ("POST", "/sessions/{session_id}/parts"): {
            "format": "troika",
            "title": "Ice",
            "starts_at": "2026-05-01T18:00:00Z",
        },
        ("POST", "/sessions/{session_id}/questions"): {"text": "How cold?"},
        ("POST", "/sessions/{session_id}/go-on"): {"after": None},
        ("POST", "/sessions/{session_id}/insights"): {"text": "Ask earlier."},
        ("POST", "/insights/{insight_id}/release"): {"text": "Ask earlier."},
        ("POST", "/insights/{insight_id}/keep"): {},
        ("PUT", "/sessions/{session_id}/lists"): {"lists": ["building"]},
        ("POST", "/sessions/{session_id}/follow-ups"): {"text": "Call", "due": "2026-05-01"},
        ("POST", "/follow-ups/{follow_up_id}/report"): {"came_of_it": "They called back."},
        ("PUT", "/sessions/{session_id}/feedback"): {"felt": "yes"},
        ("POST", "/sessions/{session_id}/needs"): {"text": "Ice"},
        ("POST", "/sessions/{session_id}/offers"): {"text": "Ice"},
        ("POST", "/series/{series_id}/changes"): {
            "observation": "Late",
            "change": "Soup",
            "measure": "Heads",
            "begins_on": "2026-05-01",
        },
        ("POST", "/changes/{change_id}/decide"): {"verdict": "adopt"},
        ("PUT", "/changes/{change_id}/name"): {"agreed": True},
        ("PUT", "/time"): {
            "quarter": "2026-04-01",
            "timezone": "UTC",
            "windows": [{"weekday": 1, "begins": "17:00", "ends": "19:00"}],
        },
        ("POST", "/time/again"): {"quarter": "2026-04-01"},
        ("POST", "/time/pause"): {"is_paused": True},
        ("POST", "/slots/{slot_id}/ask"): {"need": str(world.need.id), "what_for": "Soup"},
        ("POST", "/bookings/{booking_id}/another-time"): {"slot": str(world.slot.id)},
        ("POST", "/bookings/{booking_id}/cancel"): {"because": "A fever"},
        ("POST", "/bookings/{booking_id}/tell"): {"minutes": 45},
        ("POST", "/bookings/{booking_id}/confirm"): {"minutes": 45},
        ("POST", "/chapters/{chapter_id}/people"): {"name": "Zoe New", "email": "zoe@example.org"},
        ("POST", "/chapters/{chapter_id}/invite"): {"ids": [str(cast.listed.id)]},
        ("POST", "/chapters/{chapter_id}/links"): {"door": "vetted", "note": "Breakfast"},
        ("POST", "/chapters/{chapter_id}/ties"): {
            "one": str(cast.seeker.id),
            "other": str(cast.colleague.id),
        },
        ("POST", "/chapters/{chapter_id}/introductions"): {
            "one": str(cast.colleague.id),
            "other": str(cast.listed.id),
            "why_you": "Both keep food cold.",
        },
    }
    return bodies.get((method, path))
