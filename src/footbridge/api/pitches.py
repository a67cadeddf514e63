"""Before a talk: how it looks from each side, what to say, who listens first."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Router, Status

from footbridge.api import pitch_schemas as out
from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.core.errors import NotHere
from footbridge.insight.pitch import draw, draw_for
from footbridge.people import queries as people
from footbridge.pitches import actions, queries
from footbridge.pitches.cards import reading_card
from footbridge.pitches.logics import logics

router = Router(tags=["pitches"])

REFUSALS = schemas.refusals(400, 403, 404, 409, 429)


# In my shoes.


@router.get("/me/shoes", response={200: out.ShoesShelf, **schemas.NOT_SIGNED})
def my_shoes(request: Call) -> Any:
    """The cards that one writes, and those that others gave to one's side."""
    person = request.person
    return {"own": queries.own_cards(person), "given": queries.given_to(person)}


@router.get("/members/{side_id}/shoes", response={200: out.Shoes, **REFUSALS})
def shoes(request: Call, side_id: uuid.UUID) -> Any:
    """How it looks from a member's side, if the caller may read it."""
    return _shoes(request, side_id)


def _shoes(request: Call, side_id: uuid.UUID) -> Any:
    card = queries.card_of(request.person, people.get(request.person, side_id))
    if card is None:
        raise NotHere
    return card


@router.put("/members/{side_id}/shoes", response={200: out.Shoes, **REFUSALS})
def write_shoes(request: Call, side_id: uuid.UUID, said: out.WrittenShoes) -> Any:
    """Write one's own card, or that of an organisation for which one acts."""
    actions.write_card(
        actor=request.person,
        member=people.get(request.person, side_id),
        said=actions.Said(**said.dict(exclude={"version"})),
        version=said.version,
    )
    return _shoes(request, side_id)


@router.post("/members/{side_id}/shoes/give", response={200: out.Shoes, **REFUSALS})
def give_shoes(request: Call, side_id: uuid.UUID, said: out.OtherSide) -> Any:
    """Give it to one other side."""
    return _handed(request, side_id, said.to, actions.give_card)


@router.post("/members/{side_id}/shoes/take-back", response={200: out.Shoes, **REFUSALS})
def take_back_shoes(request: Call, side_id: uuid.UUID, said: out.OtherSide) -> Any:
    """Take it back from one other side."""
    return _handed(request, side_id, said.to, actions.take_back)


def _handed(request: Call, side_id: uuid.UUID, to: uuid.UUID, act: Any) -> Any:
    person = request.person
    card = queries.get_card(person, people.get(person, side_id))
    act(actor=person, card=card, to=people.get(person, to))
    return _shoes(request, side_id)


@router.get("/three-logics", response={200: out.ThreeLogics, **schemas.NOT_SIGNED})
def three_logics(request: Call) -> Any:
    """What the same word means to profit, public service and mission; how to open a first talk."""
    return logics()


# Pitches.


@router.get("/pitches", response={200: list[out.Pitch], **schemas.NOT_SIGNED})
def pitches(request: Call) -> Any:
    """What one prepares, the latest first."""
    return queries.mine(request.person)


@router.post("/pitches", response={201: out.Pitch, **REFUSALS})
def begin_pitch(request: Call, said: out.NewPitch) -> Any:
    """Begin a pitch, filled in with what can be read here."""
    person = request.person
    target = people.get(person, said.target) if said.target else None
    ours = people.get(person, said.on_behalf_of) if said.on_behalf_of else None
    drawn = draw(person, target, ours)
    made = actions.begin(
        actor=person,
        kit=drawn.kit,
        target=target,
        target_name=said.target_name,
        on_behalf_of=ours,
        contact=people.get(person, drawn.contact_id) if drawn.contact_id else None,
    )
    return Status(201, _pitch(request, made.id))


@router.get("/pitches/{pitch_id}", response={200: out.Pitch, **REFUSALS})
def pitch(request: Call, pitch_id: uuid.UUID) -> Any:
    """A pitch that one wrote, or listens to."""
    return _pitch(request, pitch_id)


def _pitch(request: Call, pitch_id: uuid.UUID) -> Any:
    return queries.pitch_card_of(request.person, queries.get(request.person, pitch_id))


@router.put("/pitches/{pitch_id}", response={200: out.Pitch, **REFUSALS})
def change_pitch(request: Call, pitch_id: uuid.UUID, said: out.ChangedPitch) -> Any:
    """Say all of it anew."""
    actions.change(
        actor=request.person,
        pitch=queries.get_own(request.person, pitch_id),
        kit=actions.Kit(**said.dict(exclude={"version"})),
        version=said.version,
    )
    return _pitch(request, pitch_id)


@router.post("/pitches/{pitch_id}/went", response={200: out.Pitch, **REFUSALS})
def pitch_went(request: Call, pitch_id: uuid.UUID, said: out.Meeting) -> Any:
    """Say how the meeting went."""
    actions.tell(
        actor=request.person,
        pitch=queries.get_own(request.person, pitch_id),
        met=actions.Met(said.went, said.met_on, said.words),
        version=said.version,
    )
    return _pitch(request, pitch_id)


@router.api_operation(["DELETE"], "/pitches/{pitch_id}", response={204: None, **REFUSALS})
def forget_pitch(request: Call, pitch_id: uuid.UUID) -> Any:
    """Take it away, with all that was written."""
    actions.forget(actor=request.person, pitch=queries.get_own(request.person, pitch_id))
    return Status(204, None)


@router.get("/pitches/{pitch_id}/drawn", response={200: out.Drawn, **REFUSALS})
def drawn_for_pitch(request: Call, pitch_id: uuid.UUID) -> Any:
    """What can be read today for one's own pitch, each line with where it was read."""
    person = request.person
    drawn = draw_for(person, queries.get_own(person, pitch_id))
    return {**vars(drawn), "connector": drawn.chain.connector if drawn.chain else None}


# Rehearsals.


@router.get("/pitches/{pitch_id}/peers", response={200: list[schemas.Member], **REFUSALS})
def peers(request: Call, pitch_id: uuid.UUID, q: schemas.Short = "") -> Any:
    """Who may be asked to listen: whom one knows first, or by name."""
    person = request.person
    return queries.could_be_asked(person, queries.get_own(person, pitch_id), text=q)


@router.post("/pitches/{pitch_id}/rehearsals", response={201: out.Rehearsal, **REFUSALS})
def ask_peer(request: Call, pitch_id: uuid.UUID, said: out.NewRehearsal) -> Any:
    """Ask a peer to listen before the meeting."""
    person = request.person
    found = queries.get_own(person, pitch_id)
    made = actions.ask(
        actor=person,
        pitch=found,
        peer=queries.get_peer(person, found, said.peer),
        words=said.words,
        shows_worth=said.shows_worth,
    )
    return Status(201, _rehearsal(request, made.id))


@router.get("/rehearsals", response={200: list[out.Rehearsal], **schemas.NOT_SIGNED})
def rehearsals(request: Call) -> Any:
    """What one is asked to listen to, or listens to."""
    return queries.listens_to(request.person)


@router.get("/rehearsals/{rehearsal_id}", response={200: out.Rehearsal, **REFUSALS})
def rehearsal(request: Call, rehearsal_id: uuid.UUID) -> Any:
    """One rehearsal."""
    return _rehearsal(request, rehearsal_id)


@router.post("/rehearsals/{rehearsal_id}/agree", response={200: out.Rehearsal, **REFUSALS})
def agree_to_listen(request: Call, rehearsal_id: uuid.UUID) -> Any:
    """Say yes: one reads the pitch, both get each other's address."""
    return _act(request, rehearsal_id, actions.agree)


@router.post("/rehearsals/{rehearsal_id}/not-now", response={200: out.Rehearsal, **REFUSALS})
def not_now_to_listen(request: Call, rehearsal_id: uuid.UUID) -> Any:
    """Not now; it is never told as a no."""
    return _act(request, rehearsal_id, actions.not_now)


@router.post("/rehearsals/{rehearsal_id}/withdraw", response={200: out.Rehearsal, **REFUSALS})
def withdraw_rehearsal(request: Call, rehearsal_id: uuid.UUID) -> Any:
    """Take the question back, or end the rehearsal."""
    return _act(request, rehearsal_id, actions.withdraw)


@router.put("/rehearsals/{rehearsal_id}/notes", response={200: out.Rehearsal, **REFUSALS})
def note_down(request: Call, rehearsal_id: uuid.UUID, said: out.WrittenNotes) -> Any:
    """Note what one heard."""
    actions.note_down(
        actor=request.person,
        rehearsal=queries.get_rehearsal(request.person, rehearsal_id),
        notes=actions.Notes(**said.dict(exclude={"version"})),
        version=said.version,
    )
    return _rehearsal(request, rehearsal_id)


def _act(request: Call, rehearsal_id: uuid.UUID, act: Any) -> Any:
    act(
        actor=request.person,
        rehearsal=queries.get_rehearsal(request.person, rehearsal_id),
    )
    return _rehearsal(request, rehearsal_id)


def _rehearsal(request: Call, rehearsal_id: uuid.UUID) -> Any:
    found = queries.get_rehearsal(request.person, rehearsal_id)
    return queries.rehearsal_card_of(request.person, found)


# One's own worth, and the shelf.


@router.get("/me/worth", response={200: out.Worth, **schemas.NOT_SIGNED})
def my_worth(request: Call) -> Any:
    """What one's own work is worth. Nobody else reads it."""
    return queries.own_worth(request.person)


@router.put("/me/worth", response={200: out.Worth, **REFUSALS})
def write_worth(request: Call, said: out.WrittenWorth) -> Any:
    """Write it down."""
    sheet = actions.Sheet(**said.dict(exclude={"version"}))
    actions.write_worth(actor=request.person, sheet=sheet, version=said.version)
    return queries.own_worth(request.person)


@router.get("/readings", response={200: list[out.Reading], **schemas.NOT_SIGNED})
def readings(request: Call) -> Any:
    """The shelf: one's own, and what others share."""
    return queries.shelf(request.person)


@router.post("/readings", response={201: out.Reading, **REFUSALS})
def put_reading(request: Call, said: out.NewReading) -> Any:
    """Put something on it."""
    made = actions.put(actor=request.person, **said.dict())
    return Status(201, reading_card(request.person, made))


@router.api_operation(["DELETE"], "/readings/{reading_id}", response={204: None, **REFUSALS})
def take_off_reading(request: Call, reading_id: uuid.UUID) -> Any:
    """Take something of one's own off it."""
    reading = queries.get_reading(request.person, reading_id)
    actions.take_off(actor=request.person, reading=reading)
    return Status(204, None)
