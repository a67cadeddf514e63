"""Whom one knows, and what one privately wishes."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Router, Status

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.network import actions, queries
from footbridge.people import queries as people

router = Router(tags=["ties"])

REFUSALS = schemas.refusals(400, 403, 404, 409)
Ties = {200: list[schemas.Tie], **schemas.NOT_SIGNED}


@router.get("/ties", response=Ties)
def ties(request: Call) -> Any:
    """What one has said of others."""
    return queries.my_ties(request.person)


@router.get("/ties/said-of-me", response=Ties)
def said_of_me(request: Call) -> Any:
    """What others said of one and one has not answered: answer by stating a tie of one's own."""
    return queries.said_of_me(request.person)


@router.get("/ties/proposed", response=Ties)
def proposed(request: Call) -> Any:
    """Ties that a host asked one about."""
    return queries.proposals_for(request.person)


@router.post("/ties", response={201: schemas.Tie, **REFUSALS})
def state_tie(request: Call, said: schemas.NewTie) -> Any:
    """Say how well one knows someone, or change what one said."""
    other = people.get(request.person, said.other)
    tie = actions.state_tie(actor=request.person, other=other, **said.dict(exclude={"other"}))
    return Status(201, queries.get_card(request.person, tie.id))


@router.post("/ties/{tie_id}/answer", response={200: schemas.Tie, **REFUSALS})
def answer(request: Call, tie_id: uuid.UUID, said: schemas.TieAnswer) -> Any:
    """Say whether one knows someone, as a host supposed."""
    details = said.dict(exclude_unset=True)
    tie = queries.get_tie(request.person, tie_id)
    actions.answer_proposal(actor=request.person, tie=tie, **details)
    return queries.get_card(request.person, tie_id)


@router.api_operation(["DELETE"], "/ties/{tie_id}", response={204: None, **REFUSALS})
def retract(request: Call, tie_id: uuid.UUID) -> Any:
    """Take back what one said."""
    actions.retract(actor=request.person, tie=queries.get_tie(request.person, tie_id))
    return Status(204, None)


@router.get("/wishes", response={200: list[schemas.Wish], **schemas.NOT_SIGNED})
def wishes(request: Call) -> Any:
    """Whom one privately set aside."""
    return queries.wishes(request.person)


@router.put("/members/{member_id}/wish", response={204: None, **REFUSALS})
def wish(request: Call, member_id: uuid.UUID, said: schemas.NewWish) -> Any:
    """Privately set someone aside. Nobody else learns of it."""
    about = people.get(request.person, member_id)
    actions.wish(actor=request.person, about=about, wish=said.wish, version=said.version)
    return Status(204, None)


@router.api_operation(["DELETE"], "/members/{member_id}/wish", response={204: None, **REFUSALS})
def drop_wish(request: Call, member_id: uuid.UUID) -> Any:
    """Take a wish back."""
    actions.drop_wish(actor=request.person, about=people.get(request.person, member_id))
    return Status(204, None)


@router.get("/competitors", response={200: list[schemas.Member], **schemas.NOT_SIGNED})
def competitors(request: Call) -> Any:
    """With whom one competes closely, so as never to be seated with them."""
    return queries.competitors(request.person)


@router.put("/members/{member_id}/competitor", response={204: None, **REFUSALS})
def compete(request: Call, member_id: uuid.UUID) -> Any:
    """Privately say that one competes with a person or an organisation."""
    actions.compete(actor=request.person, about=people.get(request.person, member_id))
    return Status(204, None)


@router.api_operation(
    ["DELETE"], "/members/{member_id}/competitor", response={204: None, **REFUSALS}
)
def compete_no_more(request: Call, member_id: uuid.UUID) -> Any:
    """Take it back."""
    actions.compete_no_more(actor=request.person, about=people.get(request.person, member_id))
    return Status(204, None)
