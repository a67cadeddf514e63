"""What a host looks after: the list, links in, ties to propose, people to bring together."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from ninja import Query, Router, Status

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.core.errors import NotHere
from footbridge.introductions import actions as introductions
from footbridge.introductions.queries import get_card
from footbridge.network import actions as network
from footbridge.people import actions, cards, places, queries
from footbridge.people.states import Door

router = Router(tags=["host"])

REFUSALS = schemas.refusals(400, 403, 404, 409)


@router.get("/chapters", response={200: list[schemas.Chapter], **schemas.NOT_SIGNED})
def chapters(request: Call) -> Any:
    """The chapters that one looks after."""
    return queries.hosting(request.person)


def _hosted(request: Call, chapter_id: uuid.UUID) -> Any:
    """A chapter that the caller looks after; any other is not here."""
    for chapter in queries.hosting(request.person):
        if chapter.id == chapter_id:
            return chapter
    raise NotHere


@router.get("/chapters/{chapter_id}/people", response={200: schemas.List, **REFUSALS})
def people_of(
    request: Call,
    chapter_id: uuid.UUID,
    q: str = Query("", max_length=200),
    standing: schemas.Standing = "",
    page: schemas.PageNumber = 1,
) -> Any:
    """Everyone on the chapter's list, by name."""
    chapter = _hosted(request, chapter_id)
    found = queries.members(request.person, chapter, standing=standing, text=q, page=page)
    return {
        "items": found.items,
        "total": found.total,
        "page": found.number,
        "pages": found.pages,
    }


@router.post("/chapters/{chapter_id}/people", response={201: schemas.Member, **REFUSALS})
def add_person(request: Call, chapter_id: uuid.UUID, said: schemas.NewPerson) -> Any:
    """Put someone on the list. Nobody is written to."""
    chapter = _hosted(request, chapter_id)
    person = actions.add_person(
        actor=request.person,
        chapter=chapter,
        name=said.name,
        email=said.email or None,
        place=places.named(said.place) if said.place else chapter.place,
    )
    return Status(201, cards.card(request.person, queries.get(request.person, person.id)))


@router.post("/chapters/{chapter_id}/invite", response={200: list[schemas.Invitation], **REFUSALS})
def invite_listed(request: Call, chapter_id: uuid.UUID, said: schemas.Chosen) -> Any:
    """Invite people on the list, each by a link of their own."""
    chapter = _hosted(request, chapter_id)
    chosen = [queries.get_person(request.person, one) for one in said.ids]
    made = actions.invite_listed(actor=request.person, people=chosen)
    return _shown(request, chapter, {invitation.id for invitation in made})


@router.get("/chapters/{chapter_id}/links", response={200: list[schemas.Invitation], **REFUSALS})
def links(request: Call, chapter_id: uuid.UUID) -> Any:
    """The links into the chapter, newest first."""
    return _shown(request, _hosted(request, chapter_id))


@router.post("/chapters/{chapter_id}/links", response={201: schemas.Invitation, **REFUSALS})
def make_link(request: Call, chapter_id: uuid.UUID, said: schemas.NewLink) -> Any:
    """Make a link that lets people in, or lets them ask to come in."""
    chapter = _hosted(request, chapter_id)
    made = actions.invite(
        actor=request.person,
        chapter=chapter,
        door=Door(said.door),
        lasts=timedelta(days=said.days),
        most_uses=said.most_uses,
        note=said.note,
    )
    return Status(201, _shown(request, chapter, {made.id})[0])


def _shown(request: Call, chapter: Any, only: set[uuid.UUID] | None = None) -> list[dict[str, Any]]:
    found = queries.invitations(request.person, chapter)
    return [
        vars(one) | {"url": settings.PUBLIC_URL + one.path if one.path else ""}
        for one in found
        if only is None or one.id in only
    ]


@router.post("/links/{invitation_id}/revoke", response={204: None, **REFUSALS})
def revoke(request: Call, invitation_id: uuid.UUID) -> Any:
    """Make a link worthless."""
    found = queries.get_invitation(request.person, invitation_id)
    actions.revoke(actor=request.person, invitation=found)
    return Status(204, None)


@router.post("/chapters/{chapter_id}/ties", response={204: None, **REFUSALS})
def propose_tie(request: Call, chapter_id: uuid.UUID, said: schemas.Two) -> Any:
    """Ask two people whether they know each other."""
    _hosted(request, chapter_id)
    one, other = _two(request, said)
    network.propose_tie(actor=request.person, one=one, other=other)
    return Status(204, None)


def _two(request: Call, said: schemas.Two) -> tuple[Any, Any]:
    person = request.person
    return queries.get_person(person, said.one), queries.get_person(person, said.other)


@router.post(
    "/chapters/{chapter_id}/introductions", response={201: schemas.Introduction, **REFUSALS}
)
def introduce_pair(request: Call, chapter_id: uuid.UUID, said: schemas.Pair) -> Any:
    """Bring two people of the list together, with the yes of both."""
    _hosted(request, chapter_id)
    one, other = _two(request, said)
    note = said.dict(exclude={"one", "other"})
    made = introductions.introduce_pair(actor=request.person, one=one, other=other, **note)
    return Status(201, get_card(request.person, made.id))
