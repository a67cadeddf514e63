"""Something for every form and operation, good enough that those who may are not refused."""

from __future__ import annotations

from typing import Any

from footbridge.assignments.models import HoursGiven
from footbridge.people.states import FIELDS
from tests.doors.api.bodies import PLAIN, TERMS
from tests.matrix.stage import Stage

LINE = {
    "title": "Changed by someone",
    "funder": "Sky Fund",
    "money": "loan",
    "source": "The ministry",
    "checked_on": "2026-03-02",
}
MARKS = dict.fromkeys(("outcome", "promises", "heard", "again"), "4")
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


def _hours(stage: Stage) -> str:
    """The hours that the lead of the assignment wrote down."""
    return str(HoursGiven.objects.get(part__assignment=stage.world.assignment).id)


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
    "/time/assignments/<uuid:assignment_id>/": lambda _stage: {"move": "accept"},
    "/time/assignments/<uuid:assignment_id>/hours/": lambda stage: {
        "hours_id": str(_hours(stage)),
        "hours": "1",
    },
    "/time/assignments/new/": lambda stage: {
        "kind": "pilot",
        "title": "Changed by someone",
        "outcome": "Changed by someone",
        "lead": stage.cast.target.name,
    },
    "/time/assignments/<uuid:assignment_id>/ask/": lambda stage: {
        "person": _next(stage),
        "role": "member",
    },
    "/time/assignments/<uuid:assignment_id>/review/": lambda _stage: MARKS,
    "/partner/<uuid:partnership_id>/": lambda _stage: {"move": "form"},
    "/partner/<uuid:partnership_id>/parties/<uuid:party_id>/": lambda _stage: {
        "move": "edit",
        "role": "core",
        "gain": "Changed by someone",
    },
    "/partner/<uuid:partnership_id>/workspace/": lambda _stage: {
        "move": "say",
        "text": "Changed by someone",
    },
    "/partner/<uuid:partnership_id>/agreement/contributions/": lambda _stage: {
        "move": "rate",
        "currency": "GBP",
        "counts": "1.15",
        "day": "2026-03-09",
        "source": "Changed by someone",
    },
    "/partner/<uuid:partnership_id>/agreement/": lambda _stage: {"move": "grow"},
    "/approve/<str:token>/": lambda _stage: {"move": "approve"},
    "/partner/asked/<uuid:party_id>/": lambda _stage: {"move": "accept"},
    "/party/<str:token>/": lambda _stage: {"move": "accept"},
    "/part/<str:token>/": lambda _stage: {"move": "accept"},
    "/circle/<str:token>/": lambda _stage: {"move": "join"},
    "/circles/calls/<uuid:call_id>/": lambda _stage: {"reply": "can_help"},
    "/circle-call/<str:token>/": lambda _stage: {"reply": "can_help"},
    "/find/calls/new/": lambda _stage: {"kind": "brief", "title": "Changed by someone"},
    "/find/calls/<slug:call_slug>/": lambda _stage: {"move": "save"},
    "/find/calls/<slug:call_slug>/look-over/": lambda _stage: {"move": "withdraw"},
    "/find/calls/<slug:call_slug>/say/outcome/": lambda _stage: {
        "title": "Changed by someone",
        "outcome": "Less is thrown away.",
        "good_answer": "How, and by when.",
    },
    "/find/calls/<slug:call_slug>/say/terms/": lambda _stage: {"reward": "prize", "place": "Porto"},
    "/find/calls/<slug:call_slug>/say/answers/": lambda _stage: {
        "decided_by": "Changed by someone",
        "reply_days": "9",
        "timezone": "UTC",
        "audience": "everyone",
        "answers_from": "anyone",
    },
    "/find/calls/<slug:call_slug>/answers/": lambda _stage: {"all": "yes", "reason": "full"},
    "/find/calls/<slug:call_slug>/answers/<uuid:answer_id>/": lambda _stage: {"move": "shortlist"},
    "/answer/<str:token>/": lambda _stage: {"move": "change"},
    "/host/run-sheets/clone/": lambda _stage: {"format": "troika"},
    "/you/skills/lived/": lambda _stage: {"lines": "land"},
    "/you/skills/episode/": lambda _stage: {
        "title": "I taught the harbour to sail",
        "skills": "teaching",
        "carries": "any",
    },
    "/you/skills/listing/": lambda _stage: {"seen_by": "introduced"},
    "/you/skills/<uuid:claim_id>/": lambda _stage: {
        "move": "level",
        "level": "led",
        "carries": "any",
    },
    "/you/skills/asked/<uuid:confirmation_id>/": lambda _stage: {"move": "confirm"},
    "/organisations/<uuid:organisation_id>/funding/": lambda _stage: {"kind": "investor"},
    "/host/<uuid:chapter_id>/funding/new/": lambda _stage: LINE,
    "/host/funding/<uuid:line_id>/edit/": lambda _stage: LINE,
    "/host/funding/<uuid:line_id>/mark/": lambda _stage: {"what": "close"},
    "/host/<uuid:chapter_id>/funding/bring/": lambda _stage: {
        "source": "The ministry",
        "day": "2026-03-02",
        "cells": "Title,Funder\nWind,Sky Fund\n",
    },
    "/was-there/<str:token>/": lambda _stage: {"move": "confirm"},
    **{
        route: lambda _stage: {"passage": "between", "point": "after", "shown": "hosts"}
        for route in ("/you/transition/new/", "/you/transition/<uuid:transition_id>/edit/")
    },
    "/you/transition/<uuid:transition_id>/": lambda _stage: {"only_you": "The boiler"},
    "/find/pitches/new/": lambda _stage: {"target_name": "Ministry of Fish"},
    "/find/pitches/<uuid:pitch_id>/went/": lambda _stage: {"went": "goes_on"},
    "/find/pitches/<uuid:pitch_id>/rehearse/": lambda stage: {"peer": _next(stage)},
    "/find/pitches/rehearsals/<uuid:rehearsal_id>/": lambda _stage: {"move": "agree"},
    "/rehearsal/<str:token>/": lambda _stage: {"move": "agree"},
    "/you/worth/": lambda _stage: {"brings": "Changed by someone"},
    "/you/in-my-shoes/<uuid:side_id>/": lambda _stage: {
        "fears": "Changed by someone",
        "readers": "members",
    },
    "/you/in-my-shoes/<uuid:side_id>/give/": lambda stage: {"to": stage.cast.food_bank.name},
    "/you/in-my-shoes/<uuid:side_id>/take-back/": lambda stage: {
        "to": str(stage.cast.food_bank.id)
    },
    "/find/guides/<uuid:lived_id>/ask/": lambda _stage: {"words": "How did you tell them?"},
    "/organisations/<uuid:organisation_id>/works-in/": lambda _stage: {"places": "Lisbon"},
    "/host/<uuid:chapter_id>/lived-work/": lambda _stage: {"move": "leave_out", "key": "land"},
    "/host/lived-work/<uuid:lived_line_id>/": lambda _stage: {
        "text": "I landed two boats.",
        "theme": "hard",
        "skills": "crisis-risk",
        "level": "led",
        "carries": "any",
    },
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
        ("POST", "/pitches/{pitch_id}/rehearsals"): {"peer": _next(stage)},
        **{
            ("POST", f"/members/{{side_id}}/shoes/{word}"): {"to": str(cast.food_bank.id)}
            for word in ("give", "take-back")
        },
        ("POST", "/guides/{lived_id}/ask"): {
            "transition": str(stage.world.transition.id),
            "words": "How?",
        },
        ("POST", "/me/skills/{claim_id}/ask"): {"person": str(stage.people["tied"].id)},
        **{
            ("POST", f"/partnerships/{{partnership_id}}/parties/{{party_id}}/{word}"): {
                "person": _next(stage)
            }
            for word in ("ask", "people")
        },
        ("POST", "/partnerships/{partnership_id}/agreement/contributions"): {
            "party": str(stage.world.partnership.parties.get(position=0).id),
            "resource": "time",
            "words": "A cook",
        },
        ("PUT", "/partnerships/{partnership_id}/agreement/capacity"): {
            "party": str(stage.world.partnership.parties.get(position=0).id),
            "hours": 20,
        },
        ("POST", "/assignments"): {**TERMS, "lead": _next(stage)},
        ("POST", "/assignments/{assignment_id}/ask"): {"person": _next(stage)},
        ("POST", "/assignments/{assignment_id}/withdraw"): {"person": str(cast.host.id)},
        ("POST", "/assignments/{assignment_id}/hours/confirm"): {
            "hours": _hours(stage),
            "minutes": 60,
        },
        ("POST", "/assignments/{assignment_id}/skills"): {
            "person": str(cast.connector.id),
            "skill": str(stage.world.claim.skill_id),
        },
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
