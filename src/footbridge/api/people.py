"""Oneself, members, and looking them up."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Query, Router, Status

from footbridge.api import schemas, visibility_schemas
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


@router.get("/me/visibility", response={200: visibility_schemas.Visibility, **schemas.NOT_SIGNED})
def visibility(request: Call) -> Any:
    """To whom one shows each field, and the public page if one has one."""
    return _visibility(request)


def _visibility(request: Call) -> dict[str, Any]:
    shows = queries.shows(request.person, request.person)
    return {**shows.fields, "public": shows.public, "version": shows.version}


@router.patch("/me/visibility", response={200: visibility_schemas.Visibility, **REFUSALS})
def show(request: Call, said: visibility_schemas.Shown) -> Any:
    """Choose to whom one shows some fields; what is left out stays as it is."""
    actions.show(actor=request.person, **said.dict(exclude_unset=True))
    return _visibility(request)


@router.put("/me/public", response={200: visibility_schemas.Visibility, **REFUSALS})
def go_public(request: Call, said: visibility_schemas.Public) -> Any:
    """Have a page that everyone on the web can see, or change its address. An address left empty
    is drawn at random, or stays what it is."""
    actions.go_public(actor=request.person, **said.dict())
    return _visibility(request)


@router.delete("/me/public", response={204: None, **schemas.NOT_SIGNED})
def be_private_again(request: Call) -> Any:
    """Take the public page back: its address leads nowhere from then on."""
    actions.be_private_again(actor=request.person)
    return Status(204, None)


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
