"""Assignments: agreeing on one, the team, the work, looking back; and a team for a need."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Query, Router, Status

from footbridge.api import assignment_schemas as shapes
from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.assignments import actions, queries
from footbridge.assignments.playbooks import playbook
from footbridge.assignments.states import Kind
from footbridge.core.errors import NotHere
from footbridge.exchange import queries as exchange
from footbridge.insight import teams
from footbridge.people import queries as people

router = Router(tags=["assignments"])

REFUSALS = schemas.refusals(400, 403, 404, 409, 429)
Answer = {200: shapes.Assignment, **REFUSALS}
NotSigned = schemas.NOT_SIGNED
_ONE = "/assignments/{assignment_id}"


# A team.


@router.get("/needs/{need_id}/team", response={200: shapes.SuggestedTeam, **REFUSALS})
def team_for_need(request: Call, need_id: uuid.UUID) -> Any:
    """The fewest people who together have what a need of one's own asks for, and why these."""
    return teams.for_need(request.person, exchange.get_need(request.person, need_id))


@router.get("/team", response={200: shapes.SuggestedTeam, **REFUSALS})
def team_for_skills(request: Call, skills: list[uuid.UUID] = Query([])) -> Any:  # noqa: B008
    """The same for some skills; for none, nobody."""
    found = exchange.skills_by_ids(skills)
    if len(found) != len(set(skills)):
        raise NotHere
    return teams.for_skills(request.person, found)


# Agreeing.


@router.get("/playbooks", response={200: list[shapes.Playbook], **NotSigned})
def playbooks(request: Call) -> Any:
    """How each kind of assignment is done, in the caller's language."""
    return [playbook(kind) for kind in Kind]


@router.get("/assignments", response={200: list[shapes.AssignmentLine], **NotSigned})
def assignments(request: Call) -> Any:
    """The assignments that the caller is in, with what waits for them."""
    return queries.list_for(request.person)


@router.get("/assignments/asked", response={200: list[shapes.AskedIntoTeam], **NotSigned})
def asked(request: Call) -> Any:
    """The teams that the caller is asked into."""
    return queries.asked(request.person)


@router.post("/assignments", response={201: shapes.Assignment, **REFUSALS})
def give(request: Call, said: shapes.NewAssignment) -> Any:
    """Ask somebody to lead an assignment; it is agreed once they say yes."""
    person = request.person
    terms = said.dict(exclude={"lead", "client", "need"})
    made = actions.begin(
        actor=person,
        client=people.get(person, said.client) if said.client else person,
        lead=people.get_person(person, said.lead),
        need=exchange.get_need(person, said.need) if said.need else None,
        **terms,
    )
    return Status(201, queries.get_card(person, made.id))


@router.post("/assignments/from-answer", response={201: shapes.Assignment, **REFUSALS})
def from_answer(request: Call, said: shapes.FromAnswer) -> Any:
    """Make an assignment of a chosen answer; whoever wrote it is asked to lead."""
    answer = queries.chosen_answer(request.person, said.answer)
    made = actions.begin_from_answer(actor=request.person, answer=answer, kind=said.kind)
    return Status(201, queries.get_card(request.person, made.id))


@router.get(_ONE, response=Answer)
def assignment(request: Call, assignment_id: uuid.UUID) -> Any:
    """One assignment, for those in it."""
    return queries.get_card(request.person, assignment_id)


@router.put(f"{_ONE}/terms", response=Answer)
def terms(request: Call, assignment_id: uuid.UUID, said: shapes.ChangedTerms) -> Any:
    """Change the terms; the other side says yes anew."""
    return _act(request, assignment_id, actions.edit, **said.dict())


@router.post(f"{_ONE}/agree", response=Answer)
def agree(request: Call, assignment_id: uuid.UUID) -> Any:
    """Say yes to the terms as they stand."""
    return _act(request, assignment_id, actions.agree)


@router.post(f"{_ONE}/begin", response=Answer)
def begin(request: Call, assignment_id: uuid.UUID) -> Any:
    """Begin the work that was agreed."""
    return _act(request, assignment_id, actions.start)


@router.post(f"{_ONE}/deliver", response=Answer)
def deliver(request: Call, assignment_id: uuid.UUID) -> Any:
    """Say that it is delivered."""
    return _act(request, assignment_id, actions.deliver)


@router.post(f"{_ONE}/close", response=Answer)
def close(request: Call, assignment_id: uuid.UUID) -> Any:
    """Close what both sides have looked back on."""
    return _act(request, assignment_id, actions.close)


@router.post(f"{_ONE}/call-off", response=Answer)
def call_off(request: Call, assignment_id: uuid.UUID, said: shapes.WhyCalledOff) -> Any:
    """Call it off; everybody in it is told why."""
    return _act(request, assignment_id, actions.call_off, **said.dict())


# The team.


@router.post(f"{_ONE}/ask", response=Answer)
def ask(request: Call, assignment_id: uuid.UUID, said: shapes.AskIntoTeam) -> Any:
    """Ask somebody into the team."""
    found = queries.get(request.person, assignment_id)
    other = people.get_person(request.person, said.person)
    actions.ask(
        actor=request.person, assignment=found, person=other, role=said.role, what=said.what
    )
    return queries.get_card(request.person, assignment_id)


@router.post(f"{_ONE}/withdraw", response=Answer)
def withdraw(request: Call, assignment_id: uuid.UUID, said: shapes.OneOfTheTeam) -> Any:
    """Take a question back that was not answered yet."""
    found = queries.get(request.person, assignment_id)
    other = people.get_person(request.person, said.person)
    return _act(request, found.id, actions.withdraw, person=other)


@router.post(f"{_ONE}/accept", response=Answer)
def accept(request: Call, assignment_id: uuid.UUID) -> Any:
    """Say yes: one is in the team."""
    part = queries.get_asked(request.person, assignment_id)
    actions.accept(actor=request.person, assignment=part.assignment)
    return queries.get_card(request.person, assignment_id)


@router.post(f"{_ONE}/decline", response={204: None, **REFUSALS})
def decline(request: Call, assignment_id: uuid.UUID, said: shapes.WhyNotInTeam) -> Any:
    """Say no; whoever asked is told why, and nobody else."""
    part = queries.get_asked(request.person, assignment_id)
    actions.decline(actor=request.person, assignment=part.assignment, **said.dict())
    return Status(204, None)


@router.post(f"{_ONE}/leave", response={204: None, **REFUSALS})
def leave(request: Call, assignment_id: uuid.UUID) -> Any:
    """Leave the team."""
    actions.leave(actor=request.person, assignment=queries.get(request.person, assignment_id))
    return Status(204, None)


# The work.


@router.put(f"{_ONE}/steps", response=Answer)
def tick(request: Call, assignment_id: uuid.UUID, said: shapes.Tick) -> Any:
    """Tick a step of the playbook, or take the tick away."""
    return _act(request, assignment_id, actions.tick, key=said.step, done=said.done)


@router.put(f"{_ONE}/review", response=Answer)
def review(request: Call, assignment_id: uuid.UUID, said: shapes.NewReview) -> Any:
    """Write what one's side says; the other reads it once both have written."""
    rest = said.dict(include={"keep", "change", "may_be_quoted", "version"})
    return _act(request, assignment_id, actions.review, marks=said.marks(), **rest)


@router.get(f"{_ONE}/hours", response={200: list[shapes.TeamHours], **REFUSALS})
def hours(request: Call, assignment_id: uuid.UUID) -> Any:
    """The hours that were given, as far as the caller may know them."""
    return queries.hours_of(request.person, queries.get(request.person, assignment_id))


@router.put(f"{_ONE}/hours", response={200: list[shapes.TeamHours], **REFUSALS})
def tell_hours(request: Call, assignment_id: uuid.UUID, said: shapes.NewHours) -> Any:
    """Say how much one gave in a month."""
    found = queries.get(request.person, assignment_id)
    actions.tell_hours(actor=request.person, assignment=found, **said.dict())
    return queries.hours_of(request.person, found)


@router.post(f"{_ONE}/hours/confirm", response={200: list[shapes.TeamHours], **REFUSALS})
def confirm_hours(request: Call, assignment_id: uuid.UUID, said: shapes.ConfirmedHours) -> Any:
    """Confirm what one of the team gave, or say another figure: this one counts."""
    person = request.person
    found = queries.get(person, assignment_id)
    given = queries.get_hours(person, found, said.hours)
    actions.confirm_hours(actor=person, assignment=found, given=given, minutes=said.minutes)
    return queries.hours_of(person, found)


# Looking back.


@router.get(f"{_ONE}/skills", response={200: list[shapes.SkillShown], **REFUSALS})
def skills(request: Call, assignment_id: uuid.UUID) -> Any:
    """Who showed which skill."""
    return queries.seen_of(request.person, queries.get(request.person, assignment_id))


@router.post(f"{_ONE}/skills", response={200: list[shapes.SkillShown], **REFUSALS})
def see_skill(request: Call, assignment_id: uuid.UUID, said: shapes.NewSkillShown) -> Any:
    """Say that one of the team showed a skill; it is kept once they agree."""
    person = request.person
    found = queries.get(person, assignment_id)
    known = exchange.skills_by_ids([said.skill])
    if not known:
        raise NotHere
    other = people.get_person(person, said.person)
    actions.see_skill(
        actor=person, assignment=found, person=other, skill=known[0], words=said.words
    )
    return queries.seen_of(person, found)


@router.post(f"{_ONE}/skills/answer", response={200: list[shapes.SkillShown], **REFUSALS})
def answer_seen(request: Call, assignment_id: uuid.UUID, said: shapes.SkillAnswer) -> Any:
    """Say whether one wants it said of oneself."""
    person = request.person
    found = queries.get(person, assignment_id)
    seen = queries.get_seen(person, found, said.seen)
    actions.answer_seen(actor=person, assignment=found, seen=seen, yes=said.yes)
    return queries.seen_of(person, found)


CaseAnswer = {200: shapes.AssignmentCase, **REFUSALS}


@router.get(f"{_ONE}/case", response=CaseAnswer)
def case(request: Call, assignment_id: uuid.UUID) -> Any:
    """What came of it, for those in it."""
    told = queries.case_of(request.person, queries.get(request.person, assignment_id))
    if told is None:
        raise NotHere
    return told


@router.post(f"{_ONE}/case", response=CaseAnswer)
def draft_case(request: Call, assignment_id: uuid.UUID) -> Any:
    """Put a first draft together from what is known."""
    return _case(request, assignment_id, actions.draft_case)


@router.put(f"{_ONE}/case", response=CaseAnswer)
def write_case(request: Call, assignment_id: uuid.UUID, said: shapes.CaseWords) -> Any:
    """Change the words; everybody says yes anew."""
    return _case(request, assignment_id, actions.write_case, **said.dict())


@router.post(f"{_ONE}/case/agree", response=CaseAnswer)
def agree_to_case(request: Call, assignment_id: uuid.UUID, said: shapes.CaseVersion) -> Any:
    """Say yes to these very words."""
    return _case(request, assignment_id, actions.agree_to_case, version=said.version)


@router.post(f"{_ONE}/case/take-back", response=CaseAnswer)
def take_back_case(request: Call, assignment_id: uuid.UUID) -> Any:
    """Take one's yes back."""
    return _case(request, assignment_id, actions.take_back_case)


def _act(request: Call, assignment_id: uuid.UUID, act: Any, **said: Any) -> Any:
    person = request.person
    act(actor=person, assignment=queries.get(person, assignment_id), **said)
    return queries.get_card(person, assignment_id)


def _case(request: Call, assignment_id: uuid.UUID, act: Any, **said: Any) -> Any:
    person = request.person
    found = queries.get(person, assignment_id)
    act(actor=person, assignment=found, **said)
    return queries.case_of(person, found)
