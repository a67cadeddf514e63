"""Needs and offers."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Query, Router, Status

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.exchange import actions, cards, queries
from footbridge.people import queries as people

router = Router(tags=["needs and offers"])

REFUSALS = schemas.refusals(400, 403, 404, 409)
Needs = {200: list[schemas.Need], **schemas.NOT_SIGNED}
Offers = {200: list[schemas.Offer], **schemas.NOT_SIGNED}


@router.get("/needs", response=Needs)
def my_needs(request: Call, past: bool = False) -> Any:
    """What one looks for, or with `past` what one looked for once."""
    list_of = queries.past_needs_of if past else queries.needs_of
    return list_of(request.person, request.person)


@router.get("/offers", response=Offers)
def my_offers(request: Call, past: bool = False) -> Any:
    """What one can give, or with `past` what one could give once."""
    list_of = queries.past_offers_of if past else queries.offers_of
    return list_of(request.person, request.person)


@router.get("/members/{member_id}/needs", response={200: list[schemas.Need], **REFUSALS})
def needs_of(request: Call, member_id: uuid.UUID) -> Any:
    """What a member looks for."""
    return queries.needs_of(request.person, people.get(request.person, member_id))


@router.get("/members/{member_id}/offers", response={200: list[schemas.Offer], **REFUSALS})
def offers_of(request: Call, member_id: uuid.UUID) -> Any:
    """What a member can give."""
    return queries.offers_of(request.person, people.get(request.person, member_id))


@router.post("/needs", response={201: schemas.Need, **REFUSALS})
def open_need(request: Call, said: schemas.NewNeed) -> Any:
    """Say what one looks for."""
    details = said.dict(exclude={"owner"})
    need = actions.open_need(actor=request.person, owner=_owner(request, said.owner), **details)
    return Status(201, _need(request, need.id))


@router.post("/offers", response={201: schemas.Offer, **REFUSALS})
def open_offer(request: Call, said: schemas.NewOffer) -> Any:
    """Say what one can give."""
    details = said.dict(exclude={"owner"})
    offer = actions.open_offer(actor=request.person, owner=_owner(request, said.owner), **details)
    return Status(201, _offer(request, offer.id))


def _owner(request: Call, owner: uuid.UUID | None) -> Any:
    return people.get(request.person, owner or request.person.id)


def _need(request: Call, need_id: uuid.UUID) -> Any:
    return cards.need_card(request.person, queries.get_need(request.person, need_id))


def _offer(request: Call, offer_id: uuid.UUID) -> Any:
    return cards.offer_card(request.person, queries.get_offer(request.person, offer_id))


@router.patch("/needs/{need_id}", response={200: schemas.Need, **REFUSALS})
def edit_need(request: Call, need_id: uuid.UUID, said: schemas.ChangedNeed) -> Any:
    """Say it otherwise; what is left out stays as it is."""
    need = queries.get_need(request.person, need_id)
    actions.edit_need(actor=request.person, need=need, **_changes(said))
    return _need(request, need_id)


@router.patch("/offers/{offer_id}", response={200: schemas.Offer, **REFUSALS})
def edit_offer(request: Call, offer_id: uuid.UUID, said: schemas.ChangedOffer) -> Any:
    """Say it otherwise; what is left out stays as it is."""
    offer = queries.get_offer(request.person, offer_id)
    actions.edit_offer(actor=request.person, offer=offer, **_changes(said))
    return _offer(request, offer_id)


def _changes(said: Any) -> dict[str, Any]:
    """What was given. Skills that are named are confirmed by being named."""
    changes: dict[str, Any] = said.dict(exclude_unset=True)
    if "skills" in changes:
        changes["skills"] = queries.skills_by_ids(changes["skills"])
    return changes


@router.post("/needs/{need_id}/close", response={200: schemas.Need, **REFUSALS})
def close_need(request: Call, need_id: uuid.UUID) -> Any:
    """It is no longer looked for."""
    actions.close(actor=request.person, posting=queries.get_need(request.person, need_id))
    return _need(request, need_id)


@router.post("/offers/{offer_id}/close", response={200: schemas.Offer, **REFUSALS})
def close_offer(request: Call, offer_id: uuid.UUID) -> Any:
    """It is no longer given."""
    actions.close(actor=request.person, posting=queries.get_offer(request.person, offer_id))
    return _offer(request, offer_id)


@router.post("/needs/{need_id}/reopen", response={200: schemas.Need, **REFUSALS})
def reopen_need(request: Call, need_id: uuid.UUID) -> Any:
    """It is looked for again."""
    actions.reopen(actor=request.person, posting=queries.get_need(request.person, need_id))
    return _need(request, need_id)


@router.post("/offers/{offer_id}/reopen", response={200: schemas.Offer, **REFUSALS})
def reopen_offer(request: Call, offer_id: uuid.UUID) -> Any:
    """It is given again."""
    actions.reopen(actor=request.person, posting=queries.get_offer(request.person, offer_id))
    return _offer(request, offer_id)


@router.post("/needs/{need_id}/keep", response={200: schemas.Need, **REFUSALS})
def keep_need(request: Call, need_id: uuid.UUID) -> Any:
    """It still stands."""
    actions.keep(actor=request.person, posting=queries.get_need(request.person, need_id))
    return _need(request, need_id)


@router.get("/skills", response={200: list[schemas.Word], **schemas.NOT_SIGNED})
def skills(request: Call, text: str = Query("", max_length=500), top: schemas.Top = 10) -> Any:
    """The skills that a sentence speaks of, the surest first."""
    return queries.suggest_skills(text, limit=top)


@router.get("/causes", response={200: list[schemas.Word], **schemas.NOT_SIGNED})
def causes(request: Call) -> Any:
    """The causes to choose from: the goals by number, then those added here."""
    return queries.causes()


@router.get("/me/causes", response={200: list[schemas.Word], **schemas.NOT_SIGNED})
def my_causes(request: Call) -> Any:
    """What one works for."""
    return queries.causes_of(request.person, request.person)


@router.put("/me/causes", response={200: list[schemas.Word], **REFUSALS})
def care_for(request: Call, said: schemas.Chosen) -> Any:
    """Say what one works for: exactly these."""
    chosen = queries.causes_by_ids(said.ids)
    actions.care_for(actor=request.person, member=request.person, causes=chosen)
    return queries.causes_of(request.person, request.person)
