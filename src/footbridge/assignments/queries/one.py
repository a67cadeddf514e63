"""One assignment as one of those in it may know it: its team, its steps, its reviews."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from footbridge.assignments import policy
from footbridge.assignments.cards import (
    AssignmentCard,
    MarkCard,
    PartCard,
    ReviewCard,
    StepCard,
)
from footbridge.assignments.models import (
    Assignment,
    Case,
    Part,
    Review,
    StepDone,
)
from footbridge.assignments.playbooks import Playbook, playbook
from footbridge.assignments.policy import visible_to
from footbridge.assignments.states import (
    Because,
    Decline,
    Kind,
    Mark,
    Move,
    PartState,
    Phase,
    Role,
    Side,
    State,
)
from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.people import queries as people
from footbridge.people.cards import card as member_card
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

QUESTIONS = {
    "outcome": gettext_lazy("Does it come to what was agreed?"),
    "promises": gettext_lazy("Is what was promised done when it was promised?"),
    "heard": gettext_lazy("Does each side hear what the other says?"),
    "again": gettext_lazy("Would you do it again together?"),
}


def get(viewer: Viewer, assignment_id: uuid.UUID | str) -> Assignment:
    """One assignment, or NotHere: missing and foreign answer alike."""
    found = visible_to(viewer).filter(id=assignment_id).first()
    if found is None:
        raise NotHere
    return found


def get_asked(viewer: Viewer, assignment_id: uuid.UUID) -> Part:
    """What somebody is asked to be part of and can still answer, or NotHere."""
    found = policy.asked_of(viewer).filter(assignment=assignment_id).first()
    if found is None:
        raise NotHere
    return found


def client_of(one: Assignment) -> str:
    """Whom it is for, by name."""
    return one.client.name if one.client else _("Someone who has left")


def get_card(viewer: Viewer, assignment_id: uuid.UUID | str) -> AssignmentCard:
    """The card of one assignment, or NotHere."""
    return card(viewer, get(viewer, assignment_id))


def card(viewer: Viewer, one: Assignment) -> AssignmentCard:
    """An assignment as one of those in it may know it."""
    side = policy.side_of(viewer, one)
    parts = _parts(viewer, one)
    client = people.by_ids(viewer, [one.client_id] if one.client_id else []).get(
        one.client_id or uuid.UUID(int=0)
    )
    book = playbook(one.kind)
    phase = policy.phase_of(one)
    reviews = _reviews(viewer, one, side)
    case = Case.objects.filter(assignment=one).values_list("state", flat=True).first()
    return AssignmentCard(
        id=one.id,
        kind=one.kind,
        kind_words=str(Kind(one.kind).label),
        state=one.state,
        state_words=str(State(one.state).label),
        title=one.title,
        scope=one.scope,
        outcome=one.outcome,
        begins=one.begins,
        ends=one.ends,
        client=member_card(viewer, client) if client else None,
        client_name=client_of(one),
        contact=one.contact.name if one.contact else "",
        lead=next((p.name for p in parts if p.role == Role.LEAD and p.state == "accepted"), ""),
        side=side.value if side else "",
        client_agreed=one.client_agreed_at is not None,
        lead_agreed=one.lead_agreed_at is not None,
        because=str(Because(one.because).label) if one.because else "",
        because_words=one.because_words,
        skills=tuple(sorted(skill.label for skill in one.skills.all())),
        team=tuple(parts),
        playbook=book,
        steps=tuple(_steps(one, book)),
        phase=phase.value if phase else "",
        reviews=tuple(reviews),
        i_reviewed=any(r.is_mine and phase and r.phase == phase.value for r in reviews),
        moves=policy.moves(viewer, one),
        case_state=case or "",
        version=one.version,
    )


def _parts(viewer: Viewer, one: Assignment) -> list[PartCard]:
    """Those in the team first, the lead before all; then those who are asked; then who said no."""
    rows = list(policy.parts_visible_to(viewer, one).exclude(state=PartState.WITHDRAWN))
    shown = people.by_ids(viewer, [part.person_id for part in rows])
    steers = Move.ASK in policy.moves(viewer, one)
    rows.sort(key=lambda part: (part.state != "accepted", part.role != "lead", part.asked_at))
    mine = None if isinstance(viewer, Operator) else viewer.id
    found = []
    for part in rows:
        member = shown.get(part.person_id)
        told = mine is None or part.asked_by_id == mine or part.person_id == mine
        found.append(
            PartCard(
                id=part.id,
                person=member_card(viewer, member) if member else None,
                person_id=part.person_id,
                name=part.person.name,
                role=part.role,
                role_words=str(Role(part.role).label),
                state=part.state,
                state_words=str(PartState(part.state).label),
                what=part.what,
                asked_by=part.asked_by.name if part.asked_by else "",
                until=part.expires_at,
                reason=str(Decline(part.reason).label) if part.reason and told else "",
                reason_words=part.reason_words if told else "",
                is_me=part.person_id == mine,
                may_be_withdrawn=steers and part.state == PartState.ASKED,
            )
        )
    return found


_WHO = {
    "client": Side.CLIENT.label,
    "lead": Role.LEAD.label,
    "member": Role.MEMBER.label,
    "facilitator": Role.FACILITATOR.label,
}


def _steps(one: Assignment, book: Playbook) -> Iterable[StepCard]:
    done = {step.key: step for step in one.steps.select_related("by")}
    for step in book.steps:
        tick: StepDone | None = done.get(step.key)
        yield StepCard(
            step=step,
            who=tuple(str(_WHO[who]) for who in step.who),
            is_done=tick is not None,
            by=tick.by.name if tick and tick.by else "",
            done_at=tick.done_at if tick else None,
        )


def _reviews(viewer: Viewer, one: Assignment, side: Side | None) -> list[ReviewCard]:
    rows = policy.reviews_visible_to(viewer, one).select_related("by")
    return [_review(row, side) for row in rows.order_by("phase", "side")][::-1]


def _review(row: Review, side: Side | None) -> ReviewCard:
    marks = [
        MarkCard(str(question), getattr(row, name), str(Mark(getattr(row, name)).label))
        for name, question in QUESTIONS.items()
    ]
    return ReviewCard(
        phase=row.phase,
        phase_words=str(Phase(row.phase).label),
        side=row.side,
        side_words=str(Side(row.side).label),
        by=row.by.name if row.by else "",
        marks=tuple(marks),
        keep=row.keep,
        change=row.change,
        may_be_quoted=row.may_be_quoted,
        written_at=row.written_at,
        is_mine=side is not None and row.side == side,
        version=row.version,
    )


def own_review(viewer: Person, one: Assignment) -> Review | None:
    """What one's side has written of the review that is written now."""
    phase, side = policy.phase_of(one), policy.side_of(viewer, one)
    return Review.objects.filter(assignment=one, phase=phase or "", side=side or "").first()
