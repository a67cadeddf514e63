"""Partnerships: beginning one, its sides and people, how deep it is, the work."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Router, Status

from footbridge.api import partnership_schemas as shapes
from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.introductions import queries as introductions
from footbridge.partnerships import actions, queries
from footbridge.partnerships.actions import NewParty
from footbridge.partnerships.starters import all_starters
from footbridge.people import queries as people

router = Router(tags=["partnerships"])

REFUSALS = schemas.refusals(400, 403, 404, 409, 429)
Answer = {200: shapes.Partnership, **REFUSALS}
Work = {200: shapes.PartnershipWork, **REFUSALS}
NotSigned = schemas.NOT_SIGNED
_ONE = "/partnerships/{partnership_id}"
_SIDE = f"{_ONE}/parties/{{party_id}}"


@router.get("/partnership-starters", response={200: list[shapes.PartnershipStarter], **NotSigned})
def starters(request: Call) -> Any:
    """Worked examples to begin from, in the caller's language."""
    return all_starters()


@router.get("/partnerships", response={200: list[shapes.PartnershipLine], **NotSigned})
def partnerships(request: Call) -> Any:
    """The partnerships in which the caller stands for a side."""
    return queries.list_for(request.person)


@router.get("/partnerships/asked", response={200: list[shapes.AskedForYes], **NotSigned})
def asked(request: Call) -> Any:
    """The sides for whose yes the caller is asked."""
    return queries.asked(request.person)


@router.get("/partnerships/hosted", response={200: list[shapes.PartnershipLine], **REFUSALS})
def hosted(request: Call) -> Any:
    """The partnerships of the chapters that the caller hosts, as hosts may know them."""
    return queries.for_hosts(request.person)


@router.post("/partnerships", response={201: shapes.Partnership, **REFUSALS})
def begin(request: Call, said: shapes.NewPartnership) -> Any:
    """Begin a record for one's own side; each other side is asked for its own yes."""
    person = request.person
    wanted = said.introduction
    made = actions.begin(
        actor=person,
        own=_side(person, said.own) if said.own else NewParty(member=person),
        others=[_side(person, one) for one in said.others],
        introduction=introductions.get(person, wanted) if wanted else None,
        **said.dict(exclude={"own", "others", "introduction"}),
    )
    return Status(201, queries.get_card(person, made.id))


def _side(person: Any, said: shapes.NewSide) -> NewParty:
    return NewParty(
        member=people.get(person, said.member) if said.member else None,
        asked=people.get_person(person, said.asked) if said.asked else None,
        **said.dict(exclude={"member", "asked"}),
    )


@router.get(_ONE, response=Answer)
def partnership(request: Call, partnership_id: uuid.UUID) -> Any:
    """One partnership, for those who stand for a side of it."""
    return queries.get_card(request.person, partnership_id)


@router.put(_ONE, response=Answer)
def edit(request: Call, partnership_id: uuid.UUID, said: shapes.ChangedPartnership) -> Any:
    """Change what is written about it."""
    return _act(request, partnership_id, actions.edit, **said.dict())


@router.post(f"{_ONE}/move", response=Answer)
def move(request: Call, partnership_id: uuid.UUID, said: shapes.PartnershipMove) -> Any:
    """Take it to another state; what is missing is said."""
    return _act(request, partnership_id, actions.move, **said.dict())


@router.put(f"{_ONE}/exit", response=Answer)
def settle(request: Call, partnership_id: uuid.UUID, said: shapes.SettledItem) -> Any:
    """Tick a point of the exit list, or take the tick back."""
    return _act(request, partnership_id, actions.settle, **said.dict())


@router.post(f"{_ONE}/leave", response={204: None, **REFUSALS})
def leave(request: Call, partnership_id: uuid.UUID) -> Any:
    """Have one's side leave; the others are told."""
    found = queries.get(request.person, partnership_id)
    actions.leave(actor=request.person, partnership=found)
    return Status(204, None)


@router.get(f"{_ONE}/timeline", response={200: list[shapes.PartnershipMoment], **REFUSALS})
def timeline(request: Call, partnership_id: uuid.UUID) -> Any:
    """What happened, the latest first."""
    return queries.timeline(request.person, queries.get(request.person, partnership_id))


# Sides and people.


@router.post(f"{_ONE}/parties", response=Answer)
def add_party(request: Call, partnership_id: uuid.UUID, said: shapes.NewSide) -> Any:
    """Propose one more side; it is in once it says yes itself."""
    new = _side(request.person, said)
    return _act(request, partnership_id, actions.add_party, new=new)


@router.put(_SIDE, response=Answer)
def edit_party(
    request: Call, partnership_id: uuid.UUID, party_id: uuid.UUID, said: shapes.ChangedSide
) -> Any:
    """Change what is said of one's own side, or of one that has not said yes."""
    return _act_on(request, partnership_id, party_id, actions.edit_party, **said.dict())


@router.post(f"{_SIDE}/ask", response=Answer)
def ask(
    request: Call, partnership_id: uuid.UUID, party_id: uuid.UUID, said: shapes.WhomToAsk
) -> Any:
    """Ask somebody for the yes of a side."""
    person = people.get_person(request.person, said.person)
    return _act_on(request, partnership_id, party_id, actions.ask, person=person)


@router.delete(_SIDE, response={204: None, **REFUSALS})
def withdraw(request: Call, partnership_id: uuid.UUID, party_id: uuid.UUID) -> Any:
    """Take back that a side is proposed."""
    found = queries.get(request.person, partnership_id)
    side = queries.get_party(request.person, found, party_id)
    actions.withdraw(actor=request.person, party=side)
    return Status(204, None)


@router.post(f"{_SIDE}/people", response=Answer)
def name(
    request: Call, partnership_id: uuid.UUID, party_id: uuid.UUID, said: shapes.NamedFor
) -> Any:
    """Name somebody for one's own side; they are told, and can step down."""
    person = people.get_person(request.person, said.person)
    given = {"person": person, "role": said.role}
    return _act_on(request, partnership_id, party_id, actions.name, **given)


@router.delete(f"{_ONE}/people/{{representative_id}}", response={204: None, **REFUSALS})
def end(request: Call, partnership_id: uuid.UUID, representative_id: uuid.UUID) -> Any:
    """Step down, or end what somebody is for one's own side."""
    found = queries.get(request.person, partnership_id)
    row = queries.get_representative(request.person, found, representative_id)
    actions.end(actor=request.person, representative=row)
    return Status(204, None)


@router.post("/partnerships/asked/{party_id}/accept", response=Answer)
def accept(request: Call, party_id: uuid.UUID) -> Any:
    """Say yes for one's side; the caller is its first steward."""
    party = queries.get_asked(request.person, party_id)
    actions.accept(actor=request.person, party=party)
    return queries.get_card(request.person, party.partnership_id)


@router.post("/partnerships/asked/{party_id}/decline", response={204: None, **REFUSALS})
def decline(request: Call, party_id: uuid.UUID) -> Any:
    """Say not this time; only whoever asked is told."""
    party = queries.get_asked(request.person, party_id)
    actions.decline(actor=request.person, party=party)
    return Status(204, None)


@router.post("/partnerships/asked/{party_id}/step-in", response=Answer)
def step_in(request: Call, party_id: uuid.UUID) -> Any:
    """Stand for a side where nobody is left."""
    party = queries.get_asked(request.person, party_id)
    actions.step_in(actor=request.person, party=party)
    return queries.get_card(request.person, party.partnership_id)


# How deep it is.


@router.get(f"{_ONE}/depth", response={200: shapes.PartnershipDepth, **REFUSALS})
def depth(request: Call, partnership_id: uuid.UUID) -> Any:
    """How deep each side finds it."""
    return queries.depths_of(request.person, queries.get(request.person, partnership_id))


@router.put(f"{_ONE}/depth", response={200: shapes.PartnershipDepth, **REFUSALS})
def rate(request: Call, partnership_id: uuid.UUID, said: shapes.PartnershipMarks) -> Any:
    """Say how deep one's own side finds it."""
    found = queries.get(request.person, partnership_id)
    actions.rate(actor=request.person, partnership=found, **said.dict())
    return queries.depths_of(request.person, found)


@router.post(f"{_ONE}/deepen", response=Answer)
def deepen(request: Call, partnership_id: uuid.UUID, said: shapes.GoDeeper) -> Any:
    """Propose to go deeper; it happens once every side that signs has said yes."""
    return _act(request, partnership_id, actions.propose, **said.dict())


@router.post(f"{_ONE}/deepen/answer", response=Answer)
def answer_deepening(request: Call, partnership_id: uuid.UUID, said: shapes.DeeperAnswer) -> Any:
    """Say yes to going deeper, or not now."""
    return _act(request, partnership_id, actions.answer_deepening, **said.dict())


# The work.


@router.get(f"{_ONE}/work", response=Work)
def work(request: Call, partnership_id: uuid.UUID) -> Any:
    """Promises, the log, links, messages, and what partnering costs."""
    return queries.workspace(request.person, queries.get(request.person, partnership_id))


@router.post(f"{_ONE}/promises", response=Work)
def promise(request: Call, partnership_id: uuid.UUID, said: shapes.NewPromise) -> Any:
    """Promise something for one's own side."""
    return _write(request, partnership_id, actions.promise, **_promised(request, said))


def _promised(request: Call, said: shapes.NewPromise) -> dict[str, Any]:
    person = people.get_person(request.person, said.person) if said.person else None
    return said.dict() | {"person": person}


@router.put(f"{_ONE}/promises/{{promise_id}}", response=Work)
def edit_promise(
    request: Call, partnership_id: uuid.UUID, promise_id: uuid.UUID, said: shapes.ChangedPromise
) -> Any:
    """Change a promise of one's own side."""
    given = _promised(request, said)
    return _write(request, partnership_id, actions.edit_promise, promise=promise_id, **given)


@router.post(f"{_ONE}/promises/{{promise_id}}/keep", response=Work)
def keep(request: Call, partnership_id: uuid.UUID, promise_id: uuid.UUID) -> Any:
    """Say that a promise is kept."""
    return _write(request, partnership_id, actions.keep, promise=promise_id)


@router.post(f"{_ONE}/promises/{{promise_id}}/release", response=Work)
def release(request: Call, partnership_id: uuid.UUID, promise_id: uuid.UUID) -> Any:
    """Release a promise of one's own side."""
    return _write(request, partnership_id, actions.release, promise=promise_id)


@router.post(f"{_ONE}/log", response=Work)
def write(request: Call, partnership_id: uuid.UUID, said: shapes.NewEntry) -> Any:
    """Write down a note, or a decision with its reason."""
    return _write(request, partnership_id, actions.write, **said.dict())


@router.put(f"{_ONE}/log/{{entry_id}}", response=Work)
def rewrite(
    request: Call, partnership_id: uuid.UUID, entry_id: uuid.UUID, said: shapes.ChangedEntry
) -> Any:
    """Change what is written down."""
    return _write(request, partnership_id, actions.rewrite, entry=entry_id, **said.dict())


@router.post(f"{_ONE}/links", response=Work)
def link(request: Call, partnership_id: uuid.UUID, said: shapes.NewDocumentLink) -> Any:
    """Say where a document lives."""
    return _write(request, partnership_id, actions.link, **said.dict())


@router.delete(f"{_ONE}/links/{{document_id}}", response=Work)
def unlink(request: Call, partnership_id: uuid.UUID, document_id: uuid.UUID) -> Any:
    """Take a link away."""
    return _write(request, partnership_id, actions.unlink, link=document_id)


@router.post(f"{_ONE}/messages", response=Work)
def say(request: Call, partnership_id: uuid.UUID, said: shapes.NewPartnershipMessage) -> Any:
    """Say something to all who stand for a side; they get it by mail too."""
    return _write(request, partnership_id, actions.say, **said.dict())


@router.post(f"{_ONE}/costs", response=Work)
def spend(request: Call, partnership_id: uuid.UUID, said: shapes.NewCost) -> Any:
    """Write down time or money spent on partnering itself."""
    return _write(request, partnership_id, actions.spend, **said.dict())


@router.delete(f"{_ONE}/costs/{{cost_id}}", response=Work)
def take_back_cost(request: Call, partnership_id: uuid.UUID, cost_id: uuid.UUID) -> Any:
    """Take back a line that one's own side wrote."""
    return _write(request, partnership_id, actions.take_back_cost, cost=cost_id)


def _act(request: Call, partnership_id: uuid.UUID, act: Any, **said: Any) -> Any:
    found = queries.get(request.person, partnership_id)
    act(actor=request.person, partnership=found, **said)
    return queries.get_card(request.person, partnership_id)


def _act_on(
    request: Call, partnership_id: uuid.UUID, party_id: uuid.UUID, act: Any, **said: Any
) -> Any:
    found = queries.get(request.person, partnership_id)
    side = queries.get_party(request.person, found, party_id)
    act(actor=request.person, party=side, **said)
    return queries.get_card(request.person, partnership_id)


def _write(request: Call, partnership_id: uuid.UUID, act: Any, **said: Any) -> Any:
    found = queries.get(request.person, partnership_id)
    act(actor=request.person, partnership=found, **said)
    return queries.workspace(request.person, found)
