"""Oneself, members, and looking them up."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Query, Router

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.insight import queries as insight
from footbridge.insight.cards import Filters
from footbridge.people import actions, cards, places, queries

router = Router(tags=["members"])

REFUSALS = schemas.refusals(400, 403, 404, 409)


@router.get("/me", response={200: schemas.Me, **schemas.NOT_SIGNED})
def me(request: Call) -> Any:
    """The person for whom the token stands."""
    return _me(request)


def _me(request: Call) -> dict[str, Any]:
    row = queries.get(request.person, request.person.id)
    own = {name: getattr(row, name) for name in schemas.OWN_FIELDS}
    return vars(cards.card(request.person, row)) | own


@router.patch("/me", response={200: schemas.Me, **REFUSALS})
def edit_me(request: Call, said: schemas.Profile) -> Any:
    """Say something else of oneself; what is left out stays as it is."""
    changes = said.dict(exclude_unset=True)
    if "place" in changes:
        changes["place"] = places.named(changes["place"]) if changes["place"] else None
    actions.edit(request.person, request.person, **changes)
    return _me(request)


@router.post("/me/pause", response={200: schemas.Me, **REFUSALS})
def pause(request: Call, said: schemas.Pause) -> Any:
    """Be left in peace until a day."""
    actions.pause(actor=request.person, until=said.until)
    return _me(request)


@router.post("/me/resume", response={200: schemas.Me, **REFUSALS})
def resume(request: Call) -> Any:
    """End a pause before its day."""
    actions.resume(actor=request.person)
    return _me(request)


@router.post("/me/findable", response={200: schemas.Me, **REFUSALS})
def findable(request: Call, said: schemas.Findable) -> Any:
    """Let people who have one's address see that one is here, or no longer."""
    actions.be_findable_by_email(actor=request.person, findable=said.findable)
    return _me(request)


@router.get("/me/data", response={200: dict[str, Any], **schemas.NOT_SIGNED})
def my_data(request: Call) -> Any:
    """Everything that is held about one, room by room."""
    return queries.personal_export(request.person, request.person)


@router.get("/members", response={200: schemas.Members, **schemas.NOT_SIGNED})
def members(
    request: Call,
    q: str = Query("", max_length=200),
    kind: schemas.Kind = "",
    sector: schemas.Sector = "",
    page: schemas.PageNumber = 1,
) -> Any:
    """Members by word and filter; typing errors are forgiven."""
    wanted = Filters(kind=kind, sector=sector)
    found = insight.search(request.person, q, filters=wanted, page=page)
    return {"items": found.cards, "total": found.total, "page": found.page, "pages": found.pages}


@router.get("/members/{member_id}", response={200: schemas.Member, **REFUSALS})
def member(request: Call, member_id: uuid.UUID) -> Any:
    """One member."""
    return cards.card(request.person, queries.get(request.person, member_id))
