"""Sessions: which are coming, one's own seat, and what hosts do about them."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from ninja import Router, Status

from footbridge.api import meeting_schemas as shapes
from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.api.host import _hosted
from footbridge.insight import seating
from footbridge.meetings import actions, queries
from footbridge.people import queries as people

router = Router(tags=["meetings"])

REFUSALS = schemas.refusals(400, 403, 404, 409)
Answer = {200: shapes.Session, **REFUSALS}
When = Literal["coming", "past", "drafts"]


@router.get("/sessions", response={200: shapes.Sessions, **REFUSALS})
def sessions(request: Call, when: When = "coming", page: schemas.PageNumber = 1) -> Any:
    """The sessions that are coming, or were; with the caller's own seat in each."""
    found = queries.sessions(request.person, when=when, page=page)
    return {"items": found.items, "total": found.total, "page": found.number, "pages": found.pages}


@router.get("/sessions/{session_id}", response=Answer)
def session(request: Call, session_id: uuid.UUID) -> Any:
    """One session."""
    return queries.get_card(request.person, session_id)


@router.post("/sessions/{session_id}/accept", response=Answer)
def accept(request: Call, session_id: uuid.UUID) -> Any:
    """Take a seat; where none is free, stand in line."""
    return _act(request, session_id, actions.accept)


@router.post("/sessions/{session_id}/decline", response=Answer)
def decline(request: Call, session_id: uuid.UUID) -> Any:
    """Say no to an invitation."""
    return _act(request, session_id, actions.decline)


@router.post("/sessions/{session_id}/give-back", response=Answer)
def give_back(request: Call, session_id: uuid.UUID) -> Any:
    """Give the seat, or the place in line, back."""
    return _act(request, session_id, actions.give_back)


@router.post("/sessions/{session_id}/confirm", response=Answer)
def confirm(request: Call, session_id: uuid.UUID) -> Any:
    """Say once more that one comes."""
    return _act(request, session_id, actions.confirm)


@router.get("/sessions/{session_id}/seats", response={200: list[shapes.Seat], **REFUSALS})
def seats(request: Call, session_id: uuid.UUID) -> Any:
    """Who comes, as far as the caller may see."""
    person = request.person
    return queries.seats(person, queries.get(person, session_id))


@router.get("/sessions/{session_id}/rounds", response={200: list[shapes.Round], **REFUSALS})
def rounds(request: Call, session_id: uuid.UUID) -> Any:
    """Who sits with whom: all rounds for who runs it, those that have begun for who sits in it."""
    person = request.person
    return queries.rounds(person, queries.get(person, session_id))


# For those who run it.


@router.post("/chapters/{chapter_id}/sessions", response={201: shapes.Session, **REFUSALS})
def plan(request: Call, chapter_id: uuid.UUID, said: shapes.NewSession) -> Any:
    """Plan a session: a draft, which nobody else sees until it is opened."""
    person = request.person
    details = said.dict(exclude_unset=True)
    made = actions.plan(actor=person, chapter=_hosted(request, chapter_id), **details)
    return Status(201, queries.card(person, made))


@router.patch("/sessions/{session_id}", response=Answer)
def edit(request: Call, session_id: uuid.UUID, said: shapes.ChangedSession) -> Any:
    """Change a session; who has a seat is told of another time or place."""
    changes = said.dict(exclude_unset=True)
    return _act(request, session_id, actions.edit, seen=changes.pop("version", None), **changes)


@router.post("/sessions/{session_id}/open", response=Answer)
def open_up(request: Call, session_id: uuid.UUID) -> Any:
    """Open a draft: members see it, and people can be invited."""
    return _act(request, session_id, actions.open_up)


@router.post("/sessions/{session_id}/cancel", response=Answer)
def cancel(request: Call, session_id: uuid.UUID, said: shapes.Because) -> Any:
    """Cancel it; everybody who has a seat is told, with the reason."""
    return _act(request, session_id, actions.cancel, because=said.because)


@router.post("/sessions/{session_id}/begin", response=Answer)
def begin(request: Call, session_id: uuid.UUID) -> Any:
    """Begin it."""
    return _act(request, session_id, actions.begin)


@router.post("/sessions/{session_id}/end", response=Answer)
def end(request: Call, session_id: uuid.UUID) -> Any:
    """End it."""
    return _act(request, session_id, actions.end)


@router.post("/sessions/{session_id}/invite", response={200: list[shapes.Seat], **REFUSALS})
def invite(request: Call, session_id: uuid.UUID, said: schemas.Chosen) -> Any:
    """Invite people; who is not available now is left out."""
    person = request.person
    found = queries.get(person, session_id)
    invited = [people.get_person(person, one) for one in said.ids]
    actions.invite(actor=person, session=found, people=invited)
    return queries.seats(person, found)


@router.post("/sessions/{session_id}/seats/{seat_id}/check-in", response=Answer)
def check_in(request: Call, session_id: uuid.UUID, seat_id: uuid.UUID) -> Any:
    """Note that somebody is there."""
    return _about(request, session_id, seat_id, actions.check_in)


@router.post("/sessions/{session_id}/seats/{seat_id}/leave", response=Answer)
def leave(request: Call, session_id: uuid.UUID, seat_id: uuid.UUID) -> Any:
    """Note that somebody has left."""
    return _about(request, session_id, seat_id, actions.leave)


@router.post("/sessions/{session_id}/rounds", response={200: list[shapes.Round], **REFUSALS})
def make_tables(request: Call, session_id: uuid.UUID) -> Any:
    """Make the tables of the rounds that have not begun, for whoever is there now."""
    person = request.person
    return seating.make_tables(actor=person, session=queries.get(person, session_id))


@router.post("/sessions/{session_id}/rounds/next", response={200: list[shapes.Round], **REFUSALS})
def start_round(request: Call, session_id: uuid.UUID) -> Any:
    """Begin the next round; the one that runs ends with it."""
    person = request.person
    found = queries.get(person, session_id)
    actions.start_round(actor=person, session=found)
    return queries.rounds(person, found)


def _act(request: Call, session_id: uuid.UUID, act: Any, **said: Any) -> Any:
    person = request.person
    act(actor=person, session=queries.get(person, session_id), **said)
    return queries.get_card(person, session_id)


def _about(request: Call, session_id: uuid.UUID, seat_id: uuid.UUID, act: Any) -> Any:
    person = request.person
    found = queries.get(person, session_id)
    act(actor=person, seat=queries.get_seat(person, found, seat_id))
    return queries.get_card(person, session_id)
