"""Circles: one's own, what one is asked, calls, and what hosts may know of them."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Router, Status

from footbridge.api import circle_schemas as shapes
from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.api.host import _hosted
from footbridge.circles import actions, queries
from footbridge.core.errors import NotHere
from footbridge.exchange import queries as exchange
from footbridge.insight import circles as insight
from footbridge.insight import reach as reaching
from footbridge.people import queries as people

router = Router(tags=["circles"])

REFUSALS = schemas.refusals(400, 403, 404, 409)
CALL_REFUSALS = schemas.refusals(400, 403, 404, 409, 429)
Answer = {200: shapes.Circle, **REFUSALS}


@router.get("/circles", response={200: list[shapes.CircleLine], **schemas.NOT_SIGNED})
def circles(request: Call) -> Any:
    """The circles that the caller is in."""
    return queries.my_circles(request.person)


@router.get("/circles/asked", response={200: list[shapes.Asked], **schemas.NOT_SIGNED})
def asked(request: Call) -> Any:
    """The circles that the caller is asked to join."""
    return queries.waiting_for(request.person)


@router.post("/circles", response={201: shapes.Circle | shapes.HostLine, **REFUSALS})
def form(request: Call, said: shapes.NewCircle) -> Any:
    """Form a circle and ask these people into it; it stands once enough have said yes."""
    person = request.person
    chapter = _hosted(request, said.chapter) if said.chapter else person.chapter
    details = said.dict(exclude={"people", "chapter", "cause"})
    wanted = [people.get_person(person, one) for one in said.people]
    made = actions.form(
        actor=person, chapter=chapter, people=wanted, cause=_cause(said.cause), **details
    )
    if not said.with_me and said.chapter:
        line = next(one for one in queries.hosted(person, chapter) if one.id == made.id)
        return Status(201, line)
    return Status(201, queries.get_card(person, made.id))


def _cause(wanted: uuid.UUID | None) -> Any:
    if wanted is None:
        return None
    found = exchange.causes_by_ids([wanted])
    if not found:
        raise NotHere
    return found[0]


@router.get("/circles/{circle_id}", response=Answer)
def circle(request: Call, circle_id: uuid.UUID) -> Any:
    """One circle, for those in it."""
    return queries.get_card(request.person, circle_id)


@router.patch("/circles/{circle_id}", response=Answer)
def edit(request: Call, circle_id: uuid.UUID, said: shapes.ChangedCircle) -> Any:
    """Change what a circle says of itself."""
    changes = said.dict(exclude_unset=True)
    if "cause" in changes:
        changes["cause"] = _cause(changes["cause"])
    return _act(request, circle_id, actions.edit, seen=changes.pop("version", None), **changes)


@router.post("/circles/{circle_id}/ask", response=Answer)
def ask(request: Call, circle_id: uuid.UUID, said: shapes.Ask) -> Any:
    """Ask one more in."""
    found = queries.get(request.person, circle_id)
    other = people.get_person(request.person, said.person)
    actions.ask(actor=request.person, circle=found, person=other, role=said.role)
    return queries.get_card(request.person, circle_id)


@router.post("/circles/{circle_id}/join", response=Answer)
def join(request: Call, circle_id: uuid.UUID) -> Any:
    """Say yes: those in it see one another's address and may call on one another."""
    membership = queries.get_asked(request.person, circle_id)
    actions.join(actor=request.person, circle=membership.circle)
    return queries.get_card(request.person, circle_id)


@router.post("/circles/{circle_id}/decline", response={204: None, **REFUSALS})
def decline(request: Call, circle_id: uuid.UUID) -> Any:
    """Say no; nobody is told."""
    membership = queries.get_asked(request.person, circle_id)
    actions.decline(actor=request.person, circle=membership.circle)
    return Status(204, None)


@router.post("/circles/{circle_id}/leave", response={204: None, **REFUSALS})
def leave(request: Call, circle_id: uuid.UUID) -> Any:
    """Leave a circle, without a word."""
    actions.leave(actor=request.person, circle=queries.get(request.person, circle_id))
    return Status(204, None)


@router.post("/circles/{circle_id}/end", response=Answer)
def end(request: Call, circle_id: uuid.UUID) -> Any:
    """End a circle; those in it can read it for half a year."""
    return _act(request, circle_id, actions.end)


@router.get("/circles/{circle_id}/reach", response={200: shapes.Reach, **REFUSALS})
def reach(request: Call, circle_id: uuid.UUID) -> Any:
    """Whom the circle can reach, and through whom."""
    return reaching.reach(request.person, queries.get(request.person, circle_id))


@router.post("/circles/{circle_id}/steps", response=Answer)
def add_step(request: Call, circle_id: uuid.UUID, said: shapes.NewStep) -> Any:
    """Write down what is to be done next."""
    who = people.get_person(request.person, said.who) if said.who else None
    return _act(request, circle_id, actions.add_step, text=said.text, who=who, due=said.due)


@router.post("/circles/{circle_id}/steps/{step_id}/done", response=Answer)
def set_done(request: Call, circle_id: uuid.UUID, step_id: uuid.UUID, said: shapes.Done) -> Any:
    """Tick a next step off, or say that it is still to be done."""
    found = queries.get(request.person, circle_id)
    step = queries.get_step(request.person, found, step_id)
    actions.set_done(actor=request.person, step=step, done=said.done)
    return queries.get_card(request.person, circle_id)


@router.api_operation(["DELETE"], "/circles/{circle_id}/steps/{step_id}", response=Answer)
def drop_step(request: Call, circle_id: uuid.UUID, step_id: uuid.UUID) -> Any:
    """Take a next step away."""
    found = queries.get(request.person, circle_id)
    actions.drop_step(actor=request.person, step=queries.get_step(request.person, found, step_id))
    return queries.get_card(request.person, circle_id)


@router.post("/circles/{circle_id}/calls", response={201: shapes.Call, **CALL_REFUSALS})
def call(request: Call, circle_id: uuid.UUID, said: shapes.NewCall) -> Any:
    """Ask the others; only the caller reads what they answer."""
    found = queries.get(request.person, circle_id)
    made = actions.call(actor=request.person, circle=found, text=said.text, until=said.until)
    return Status(201, queries.get_call_card(request.person, made.id))


@router.get("/circle-calls/{call_id}", response={200: shapes.Call, **REFUSALS})
def one_call(request: Call, call_id: uuid.UUID) -> Any:
    """One call; with its answers for whoever asked."""
    return queries.get_call_card(request.person, call_id)


@router.post("/circle-calls/{call_id}/answer", response={200: shapes.Call, **REFUSALS})
def answer(request: Call, call_id: uuid.UUID, said: shapes.NewAnswer) -> Any:
    """Answer a call; only whoever asked reads it."""
    found = queries.get_call(request.person, call_id)
    actions.answer(actor=request.person, call=found, reply=said.reply, words_=said.words)
    return queries.get_call_card(request.person, call_id)


@router.post("/circle-calls/{call_id}/close", response={200: shapes.Call, **REFUSALS})
def close_call(request: Call, call_id: uuid.UUID) -> Any:
    """Say that one needs no more answers."""
    actions.close_call(actor=request.person, call=queries.get_call(request.person, call_id))
    return queries.get_call_card(request.person, call_id)


# For hosts.


@router.get("/chapters/{chapter_id}/circles", response={200: list[shapes.HostLine], **REFUSALS})
def hosted(request: Call, chapter_id: uuid.UUID) -> Any:
    """The circles of a chapter by name, cause and count."""
    return queries.hosted(request.person, _hosted(request, chapter_id))


@router.get(
    "/chapters/{chapter_id}/circle-proposals",
    response={200: list[shapes.Proposal], **REFUSALS},
)
def proposals(request: Call, chapter_id: uuid.UUID) -> Any:
    """Circles that could be: around a cause, and out of people who worked together."""
    person, chapter = request.person, _hosted(request, chapter_id)
    return [*insight.around_causes(person, chapter), *insight.of_builders(person, chapter)]


def _act(request: Call, circle_id: uuid.UUID, act: Any, **said: Any) -> Any:
    act(actor=request.person, circle=queries.get(request.person, circle_id), **said)
    return queries.get_card(request.person, circle_id)
