"""What a session leaves behind: insights, lists, follow-ups, an answer; and what a series tries."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Router, Status

from footbridge.api import harvest_schemas as shapes
from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.core.errors import NotHere
from footbridge.exchange import queries as exchange
from footbridge.meetings import actions, policy, queries
from footbridge.meetings.states import Felt, List, Verdict

router = Router(tags=["afterwards"])

REFUSALS = schemas.refusals(400, 403, 404, 409)
Left = {200: shapes.Afterwards, **REFUSALS}


@router.get("/sessions/{session_id}/afterwards", response=Left)
def afterwards(request: Call, session_id: uuid.UUID) -> Any:
    """All that the caller, who was there, can say of a session, as it stands."""
    return queries.afterwards(request.person, queries.get(request.person, session_id))


# Insights.


@router.get("/sessions/{session_id}/insights", response={200: list[shapes.Insight], **REFUSALS})
def insights(request: Call, session_id: uuid.UUID) -> Any:
    """What was released, and what the caller said or wrote down."""
    return queries.insights(request.person, queries.get(request.person, session_id))


@router.post("/sessions/{session_id}/insights", response={201: shapes.Insight, **REFUSALS})
def write_insight(request: Call, session_id: uuid.UUID, said: shapes.NewInsight) -> Any:
    """Write down what somebody said; it goes no further until they release it."""
    person = request.person
    found = queries.get(person, session_id)
    speaker = queries.speaker(person, found, said.speaker) if said.speaker else person
    row = actions.write_insight(actor=person, session=found, speaker=speaker, text=said.text)
    return Status(201, queries.insight_card(person, row))


@router.post("/insights/{insight_id}/release", response={200: shapes.Insight, **REFUSALS})
def release_insight(request: Call, insight_id: uuid.UUID, said: shapes.Release) -> Any:
    """Let what one said be told on, in other words if one likes. At most three leave a session."""
    row = queries.own_insight(request.person, insight_id)
    row = actions.release_insight(
        actor=request.person, insight=row, text=said.text, seen=said.version
    )
    return queries.insight_card(request.person, row)


@router.post("/insights/{insight_id}/keep", response={200: shapes.Insight, **REFUSALS})
def keep_insight(request: Call, insight_id: uuid.UUID, said: shapes.Seen) -> Any:
    """Keep what one said in the room, also what was released before. Nobody is told."""
    row = queries.own_insight(request.person, insight_id)
    row = actions.keep_insight(actor=request.person, insight=row, seen=said.version)
    return queries.insight_card(request.person, row)


@router.api_operation(["DELETE"], "/insights/{insight_id}", response={204: None, **REFUSALS})
def drop_insight(request: Call, insight_id: uuid.UUID) -> Any:
    """Take away what one said; or what one wrote down of another, until it is released."""
    row = queries.own_insight(request.person, insight_id)
    actions.drop_insight(actor=request.person, insight=row)
    return Status(204, None)


# Lists, follow-ups, whom to meet again.


@router.put("/sessions/{session_id}/lists", response=Left)
def be_on_lists(request: Call, session_id: uuid.UUID, said: shapes.Lists) -> Any:
    """Be kept informed, help build it, both or neither."""
    person = request.person
    found = queries.get(person, session_id)
    now = queries.afterwards(person, found).lists
    for one in List:
        if one in said.lists and one not in now:
            actions.put_on_list(actor=person, session=found, list=one)
        elif one not in said.lists and one in now:
            actions.take_off_list(actor=person, session=found, list=one)
    return queries.afterwards(person, found)


@router.get("/follow-ups", response={200: list[shapes.FollowUp], **schemas.NOT_SIGNED})
def follow_ups(request: Call) -> Any:
    """All that the caller means to do, or did, the next one first; for them alone."""
    return queries.follow_ups(request.person)


@router.post("/sessions/{session_id}/follow-ups", response=Left)
def promise(request: Call, session_id: uuid.UUID, said: shapes.NewFollowUp) -> Any:
    """Say what one will do, and by when. The next session of the series opens with it."""
    person = request.person
    found = queries.get(person, session_id)
    actions.promise(actor=person, session=found, text=said.text, due=said.due)
    return queries.afterwards(person, found)


@router.post("/follow-ups/{follow_up_id}/report", response={200: shapes.FollowUp, **REFUSALS})
def report(request: Call, follow_up_id: uuid.UUID, said: shapes.CameOfIt) -> Any:
    """Say what came of it."""
    row = queries.get_follow_up(request.person, follow_up_id)
    row = actions.report(
        actor=request.person, follow_up=row, came_of_it=said.came_of_it, seen=said.version
    )
    return queries.follow_up_card(row)


@router.api_operation(["DELETE"], "/follow-ups/{follow_up_id}", response={204: None, **REFUSALS})
def drop_promise(request: Call, follow_up_id: uuid.UUID) -> Any:
    """Let go of it."""
    row = queries.get_follow_up(request.person, follow_up_id)
    actions.drop_promise(actor=request.person, follow_up=row)
    return Status(204, None)


@router.put("/sessions/{session_id}/seats/{seat_id}/mark", response=Left)
def mark(request: Call, session_id: uuid.UUID, seat_id: uuid.UUID) -> Any:
    """Wish to meet somebody again with whom one sat. They learn of it if they wish it, too."""
    return _about_a_seat(request, session_id, seat_id, actions.mark)


@router.api_operation(["DELETE"], "/sessions/{session_id}/seats/{seat_id}/mark", response=Left)
def unmark(request: Call, session_id: uuid.UUID, seat_id: uuid.UUID) -> Any:
    """Take it back. Nobody is told."""
    return _about_a_seat(request, session_id, seat_id, actions.unmark)


def _about_a_seat(request: Call, session_id: uuid.UUID, seat_id: uuid.UUID, act: Any) -> Any:
    person = request.person
    found = queries.get(person, session_id)
    act(actor=person, seat=queries.met_seat(person, found, seat_id))
    return queries.afterwards(person, found)


# The one question; needs and offers that came up.


@router.put("/sessions/{session_id}/feedback", response=Left)
def give_feedback(request: Call, session_id: uuid.UUID, said: shapes.NewFeedback) -> Any:
    """Say whether it was worth one's time. It can be changed."""
    person = request.person
    found = queries.get(person, session_id)
    actions.give_feedback(
        actor=person, session=found, felt=Felt(said.felt), text=said.text, seen=said.version
    )
    return queries.afterwards(person, found)


@router.post("/sessions/{session_id}/needs", response={201: schemas.Need, **REFUSALS})
def bring_need(request: Call, session_id: uuid.UUID, said: shapes.Said) -> Any:
    """Put a need that came up into the exchange."""
    person = request.person
    found = queries.get(person, session_id)
    row = actions.bring_need(actor=person, session=found, text=said.text)
    return Status(201, next(one for one in exchange.needs_of(person, person) if one.id == row.id))


@router.post("/sessions/{session_id}/offers", response={201: schemas.Offer, **REFUSALS})
def bring_offer(request: Call, session_id: uuid.UUID, said: shapes.Said) -> Any:
    """The same for an offer."""
    person = request.person
    found = queries.get(person, session_id)
    row = actions.bring_offer(actor=person, session=found, text=said.text)
    return Status(201, next(one for one in exchange.offers_of(person, person) if one.id == row.id))


# For those who run it.


@router.get("/sessions/{session_id}/harvest", response={200: shapes.Harvest, **REFUSALS})
def harvest(request: Call, session_id: uuid.UUID) -> Any:
    """The two lists by name, how many felt what, and what they said without their names."""
    found = queries.get(request.person, session_id)
    if not policy.runs(request.person, found):
        raise NotHere
    return queries.host_harvest(request.person, found)


# Changes.


@router.get("/series/{series_id}/changes", response={200: list[shapes.Change], **REFUSALS})
def changes(request: Call, series_id: uuid.UUID) -> Any:
    """What was tried in a series, what came of it, and because of whom."""
    person = request.person
    return queries.improvements(person, queries.changed_series(person, series_id))


@router.post("/series/{series_id}/changes", response={201: shapes.Change, **REFUSALS})
def try_change(request: Call, series_id: uuid.UUID, said: shapes.NewChange) -> Any:
    """Try one change; there is one at a time."""
    person = request.person
    series = queries.get_series(person, series_id)
    words = said.dict()
    who, seen_in = words.pop("because_of"), words.pop("seen_in")
    row = actions.try_change(
        actor=person,
        series=series,
        seen_in=[queries.get(person, one) for one in seen_in],
        because_of=queries.one_who_came(person, series, who) if who else None,
        **words,
    )
    return Status(201, _change(request, row))


@router.post("/changes/{change_id}/decide", response={200: shapes.Change, **REFUSALS})
def decide(request: Call, change_id: uuid.UUID, said: shapes.Decision) -> Any:
    """Keep it, change it or drop it, once three sessions were held with it."""
    row = actions.decide(
        actor=request.person,
        improvement=queries.get_improvement(request.person, change_id),
        verdict=Verdict(said.verdict),
        result=said.result,
        seen=said.version,
    )
    return _change(request, row)


@router.api_operation(["DELETE"], "/changes/{change_id}", response={204: None, **REFUSALS})
def withdraw_change(request: Call, change_id: uuid.UUID) -> Any:
    """Take back a change with which no session was held yet."""
    row = queries.get_improvement(request.person, change_id)
    actions.withdraw_change(actor=request.person, improvement=row)
    return Status(204, None)


@router.put("/changes/{change_id}/name", response={204: None, **REFUSALS})
def be_named(request: Call, change_id: uuid.UUID, said: shapes.Named) -> Any:
    """Say whether one's name may stand beside a change that one's own word led to."""
    row = queries.credited(request.person, change_id)
    actions.be_named(actor=request.person, improvement=row, agreed=said.agreed)
    return Status(204, None)


def _change(request: Call, row: Any) -> Any:
    found = queries.improvements(request.person, row.series)
    return next(one for one in found if one.id == row.id)
