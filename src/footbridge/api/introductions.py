"""Introductions: asking, answering, telling what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Body, Router, Status

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.exchange import queries as exchange
from footbridge.introductions import actions, queries
from footbridge.people import queries as people

router = Router(tags=["introductions"])

REFUSALS = schemas.refusals(400, 403, 404, 409, 429)
Answer = {200: schemas.Introduction, **REFUSALS}
_PERHAPS: Any = Body(None)


@router.get("/today", response={200: list[schemas.Waiting], **schemas.NOT_SIGNED})
def today(request: Call) -> Any:
    """What waits for one."""
    return queries.waiting_for(request.person)


@router.get("/introductions", response={200: list[schemas.Introduction], **schemas.NOT_SIGNED})
def introductions(request: Call) -> Any:
    """Every introduction that one is part of."""
    return queries.list_for(request.person)


@router.get("/introductions/{introduction_id}", response=Answer)
def introduction(request: Call, introduction_id: uuid.UUID) -> Any:
    """One introduction."""
    return queries.get_card(request.person, introduction_id)


@router.post("/introductions", response={201: schemas.Introduction, **REFUSALS})
def seek(request: Call, said: schemas.NewIntroduction) -> Any:
    """Write a note to someone, to be carried by someone; ask, unless it is to be kept."""
    person = request.person
    drafted = actions.draft(
        actor=person,
        target=people.get_person(person, said.target),
        connector=people.get_person(person, said.connector),
        need=exchange.get_need(person, said.need) if said.need else None,
        **said.dict(exclude={"target", "connector", "need", "ask"}),
    )
    if said.ask:
        actions.ask(actor=person, introduction=drafted)
    return Status(201, queries.get_card(person, drafted.id))


@router.patch("/introductions/{introduction_id}", response=Answer)
def write(request: Call, introduction_id: uuid.UUID, said: schemas.ChangedNote) -> Any:
    """Write on at a draft; the parts of the note that are left out stay as they are."""
    return _act(request, introduction_id, actions.write, **said.dict(exclude_unset=True))


@router.post("/introductions/{introduction_id}/ask", response=Answer)
def ask(request: Call, introduction_id: uuid.UUID) -> Any:
    """Ask, with the note as it stands."""
    return _act(request, introduction_id, actions.ask)


@router.post("/introductions/{introduction_id}/withdraw", response=Answer)
def withdraw(request: Call, introduction_id: uuid.UUID) -> Any:
    """Withdraw it."""
    return _act(request, introduction_id, actions.withdraw)


@router.post("/introductions/{introduction_id}/agree", response=Answer)
def agree(request: Call, introduction_id: uuid.UUID, said: schemas.Yes | None = _PERHAPS) -> Any:
    """Say yes; a connector may send a word and a changed note along."""
    details = said.dict(exclude_unset=True) if said else {}
    return _act(request, introduction_id, actions.agree, **details)


@router.post("/introductions/{introduction_id}/not-now", response=Answer)
def not_now(request: Call, introduction_id: uuid.UUID) -> Any:
    """Not now. Nobody learns of it."""
    return _act(request, introduction_id, actions.not_now)


@router.post("/introductions/{introduction_id}/decline", response=Answer)
def decline(request: Call, introduction_id: uuid.UUID) -> Any:
    """No. Nobody learns of it."""
    return _act(request, introduction_id, actions.decline)


@router.post("/introductions/{introduction_id}/report", response=Answer)
def report(request: Call, introduction_id: uuid.UUID, said: schemas.Outcome) -> Any:
    """Say what came of it."""
    return _act(request, introduction_id, actions.report, **said.dict())


@router.post("/introductions/{introduction_id}/thank", response=Answer)
def thank(request: Call, introduction_id: uuid.UUID, said: schemas.Words) -> Any:
    """Thank the connector."""
    return _act(request, introduction_id, actions.thank, **said.dict())


def _act(request: Call, introduction_id: uuid.UUID, act: Any, **said: Any) -> Any:
    person = request.person
    act(actor=person, introduction=queries.get(person, introduction_id), **said)
    return queries.get_card(person, introduction_id)
