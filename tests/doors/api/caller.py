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
from tests.doors.api.bodies import PLAIN, TERMS
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
    bodies = PLAIN | {
        ("POST", "/me/pause"): {"until": tomorrow},
        ("PATCH", "/me/visibility"): {"place": "introduced", "website": "everyone"},
        ("POST", "/ties"): {"other": str(cast.target.id), "strength": "know", "how": "From work"},
        ("POST", "/introductions"): {
            "target": str(cast.colleague.id),
            "connector": str(cast.connector.id),
            "why_you": "You sell cold.",
            "what_i_ask": "Twenty minutes.",
        },
        ("POST", "/introductions/{introduction_id}/agree"): {"word": "Do meet her."},
        ("POST", "/circles"): {
            "name": "Hot food",
            "kind": "builders",
            "people": [str(one.id) for one in (cast.seeker, cast.target, cast.connector)],
        },
        ("POST", "/circles/{circle_id}/ask"): {"person": str(world.could_be_asked.id)},
        ("POST", "/circles/{circle_id}/calls"): {"text": "A van?", "until": tomorrow},
        ("POST", "/circle-calls/{call_id}/answer"): {"reply": "can_help", "words": "Ours."},
        ("POST", "/sessions/{session_id}/invite"): {"ids": [str(cast.colleague.id)]},
        ("POST", "/slots/{slot_id}/ask"): {"need": str(world.need.id), "what_for": "Soup"},
        ("POST", "/bookings/{booking_id}/another-time"): {"slot": str(world.slot.id)},
        ("POST", "/pitches/{pitch_id}/rehearsals"): {"peer": str(world.could_be_asked.id)},
        **{
            ("POST", f"/members/{{side_id}}/shoes/{word}"): {"to": str(cast.food_bank.id)}
            for word in ("give", "take-back")
        },
        ("POST", "/guides/{lived_id}/ask"): {
            "transition": str(world.transition.id),
            "words": "How?",
        },
        ("POST", "/me/skills/{claim_id}/ask"): {
            "person": str(Person.objects.get(name="Yara Other").id)
        },
        ("POST", "/partnerships"): {"title": "Soup for all", "others": [{"name": "Neighbours"}]},
        ("POST", "/partnerships/{partnership_id}/parties/{party_id}/ask"): {
            "person": str(world.could_be_asked.id)
        },
        ("POST", "/partnerships/{partnership_id}/parties/{party_id}/people"): {
            "person": str(world.could_be_asked.id)
        },
        ("POST", "/partnerships/{partnership_id}/agreement/contributions"): {
            "party": str(world.partnership.parties.get(position=0).id),
            "resource": "time",
            "words": "A cook",
        },
        ("PUT", "/partnerships/{partnership_id}/agreement/capacity"): {
            "party": str(world.partnership.parties.get(position=0).id),
            "hours": 20,
        },
        ("POST", "/assignments"): {**TERMS, "lead": str(world.could_be_asked.id)},
        ("POST", "/assignments/{assignment_id}/ask"): {"person": str(world.could_be_asked.id)},
        ("POST", "/assignments/{assignment_id}/withdraw"): {"person": str(cast.host.id)},
        ("POST", "/assignments/{assignment_id}/hours/confirm"): {
            "hours": str(world.assignment.parts.get(person=cast.connector).hours.get().id),
            "minutes": 60,
        },
        ("POST", "/assignments/{assignment_id}/skills"): {
            "person": str(cast.connector.id),
            "skill": str(world.claim.skill_id),
        },
        ("POST", "/chapters/{chapter_id}/invite"): {"ids": [str(cast.listed.id)]},
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
