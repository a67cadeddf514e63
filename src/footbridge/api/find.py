"""Suggestions and introduction chains."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Query, Router

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.insight import queries as insight
from footbridge.people import queries as people

router = Router(tags=["find"])

REFUSALS = schemas.refusals(400, 404)


@router.get("/suggestions", response={200: list[schemas.Suggestion], **REFUSALS})
def suggestions(
    request: Call,
    text: str = Query("", max_length=500),
    member: uuid.UUID | None = None,
    top: schemas.Top = 10,
) -> Any:
    """Whom to meet: for oneself, for an organisation one acts for, or for a sentence."""
    person = request.person
    seeker = people.get(person, member or person.id)
    if text.strip():
        found = insight.suggest_for_text(person, text, asker=seeker, top=top)
    else:
        found = insight.suggest(person, seeker, top=top)
    return [_suggestion(one) for one in found]


def _suggestion(found: Any) -> dict[str, Any]:
    return {
        "member": found.card,
        "score": found.score,
        "reasons": found.reasons,
        "missing": found.missing,
        "near_miss": found.near_miss,
    }


@router.get("/chains/{member_id}", response={200: list[schemas.Chain], **REFUSALS})
def chains(request: Call, member_id: uuid.UUID, top: schemas.Top = 5) -> Any:
    """The warmest ways from oneself to a member; an empty list when there is none."""
    person = request.person
    found = insight.chains(person, person, people.get(person, member_id), top=top)
    return [_chain(one) for one in found]


def _chain(found: Any) -> dict[str, Any]:
    return {
        "steps": [{"member": stone.card} for stone in found.stones],
        "step_strengths": found.steps,
        "strength": found.strength,
    }
