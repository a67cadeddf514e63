"""Sessions while they take place: the step, who has spoken, questions to a talk, parts of an
event."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Router, Status

from footbridge.api import meeting_schemas as shapes
from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.meetings import actions, queries

router = Router(tags=["meetings"])

REFUSALS = schemas.refusals(400, 403, 404, 409)
Questions = {200: list[shapes.Question], **REFUSALS}
InTheRoom = {200: shapes.Room, **REFUSALS}


# An event and its parts.


@router.get("/sessions/{session_id}/parts", response={200: list[shapes.Part], **REFUSALS})
def parts(request: Call, session_id: uuid.UUID) -> Any:
    """The parts of an event, by time and track; one takes a seat in them as in any session."""
    person = request.person
    return queries.programme(person, queries.get(person, session_id)).parts


@router.post("/sessions/{session_id}/parts", response={201: shapes.Session, **REFUSALS})
def plan_part(request: Call, session_id: uuid.UUID, said: shapes.NewPart) -> Any:
    """Plan a part of an event, within its hours."""
    person = request.person
    event = queries.get(person, session_id)
    details = said.dict(exclude_unset=True)
    made = actions.plan(actor=person, chapter=event.chapter, event=event, **details)
    return Status(201, queries.card(person, made))


# Questions to a live talk.


@router.get("/sessions/{session_id}/questions", response=Questions)
def questions(request: Call, session_id: uuid.UUID) -> Any:
    """The questions, as far as the caller may see them: what most want to hear comes first."""
    return _questions(request, session_id)


@router.post("/sessions/{session_id}/questions", response=Questions)
def bring_question(request: Call, session_id: uuid.UUID, said: shapes.NewQuestion) -> Any:
    """Bring a question, before the talk or while it goes on."""
    person = request.person
    found = queries.get(person, session_id)
    actions.bring_question(actor=person, session=found, text=said.text)
    return _questions(request, session_id)


@router.post("/questions/{question_id}/echo", response=Questions)
def echo(request: Call, question_id: uuid.UUID) -> Any:
    """Say that one wants to hear this, too."""
    return _about_question(request, question_id, actions.echo)


@router.post("/questions/{question_id}/take", response=Questions)
def take_question(request: Call, question_id: uuid.UUID) -> Any:
    """Put a question on the wall."""
    return _about_question(request, question_id, actions.take_question)


@router.post("/questions/{question_id}/answered", response=Questions)
def answer_question(request: Call, question_id: uuid.UUID) -> Any:
    """Tick a question off."""
    return _about_question(request, question_id, actions.answer_question)


@router.delete("/questions/{question_id}", response=Questions)
def drop_question(request: Call, question_id: uuid.UUID) -> Any:
    """Take one's own question back."""
    return _about_question(request, question_id, actions.drop_question)


def _about_question(request: Call, question_id: uuid.UUID, act: Any) -> list[Any]:
    person = request.person
    question = queries.find_question(person, question_id)
    act(actor=person, question=question)
    return _questions(request, question.seat.session_id)


def _questions(request: Call, session_id: uuid.UUID) -> list[Any]:
    return queries.questions(request.person, queries.get(request.person, session_id))


# For those who run it.


@router.get("/sessions/{session_id}/room", response=InTheRoom)
def room(request: Call, session_id: uuid.UUID) -> Any:
    """The step that goes on, and who has spoken how often."""
    return _room(request, session_id)


@router.post("/sessions/{session_id}/go-on", response=InTheRoom)
def go_on(request: Call, session_id: uuid.UUID, said: shapes.After) -> Any:
    """Go on to the step after the one that was seen; nothing changes if somebody else has."""
    person = request.person
    found = queries.get(person, session_id)
    actions.go_on(actor=person, session=found, after=said.after)
    return _room(request, session_id)


@router.post("/sessions/{session_id}/seats/{seat_id}/spoke", response=InTheRoom)
def has_spoken(request: Call, session_id: uuid.UUID, seat_id: uuid.UUID) -> Any:
    """Note that somebody has spoken."""
    return _count(request, session_id, seat_id, actions.has_spoken)


@router.post("/sessions/{session_id}/seats/{seat_id}/spoke-not", response=InTheRoom)
def has_not_spoken(request: Call, session_id: uuid.UUID, seat_id: uuid.UUID) -> Any:
    """Take one such note back."""
    return _count(request, session_id, seat_id, actions.has_not_spoken)


def _count(request: Call, session_id: uuid.UUID, seat_id: uuid.UUID, act: Any) -> Any:
    person = request.person
    found = queries.get(person, session_id)
    act(actor=person, seat=queries.get_seat(person, found, seat_id))
    return _room(request, session_id)


def _room(request: Call, session_id: uuid.UUID) -> dict[str, Any]:
    person = request.person
    found = queries.get(person, session_id)
    return {"voices": queries.voices(person, found), "step": queries.step_now(person, found)}
