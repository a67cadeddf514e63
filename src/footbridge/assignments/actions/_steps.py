"""The steps that the operations share: lock the assignment first, authorise, tidy, note."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _

from footbridge.assignments import letters, policy
from footbridge.assignments.models import Assignment, Part
from footbridge.assignments.states import MOVES, Move, PartState, Side, State
from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.journal import actions as journal
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, id_of


def lock(assignment_id: uuid.UUID) -> Assignment:
    """Take an assignment for the length of the transaction: whatever is done to it, its team, its
    reviews or its hours comes one after the other. NotHere if it is gone."""
    rows = Assignment.objects.select_for_update(of=("self",))
    related = rows.select_related("client", "contact__chapter", "chapter", "call", "need")
    found = related.filter(id=assignment_id).first()
    if found is None:
        raise NotHere
    return found


def lock_person(person: Person) -> Person:
    """Take who is asked as well: two who ask at once share what is left of a month's asks."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("chapter")
    found = rows.filter(id=person.id).first()
    if found is None:
        raise NotHere
    return found


def require(actor: Viewer, move: Move, assignment: Assignment) -> Side:
    """The actor's side, if they may do this now; else the reason in words they may read."""
    side = policy.side_of(actor, assignment)
    if side is None:
        raise NotHere
    if move not in policy.moves(actor, assignment):
        raise _why_not(assignment)
    return side


def _why_not(assignment: Assignment) -> Exception:
    if assignment.state == State.CALLED_OFF:
        return Conflict(_("This assignment was called off."))
    if assignment.state == State.CLOSED:
        return Conflict(_("This assignment is closed."))
    return NotAllowed(_("This cannot be done at this point."))


def move_to(state: State, assignment: Assignment) -> None:
    """Move to the next state; the caller has checked who may, and saves."""
    if state not in MOVES.get(State(assignment.state), ()):
        raise Conflict(_("This cannot be done at this point."))
    assignment.state = state


def own_part(actor: Person, assignment: Assignment) -> Part:
    """One's own part in a team that one is in, or was."""
    part = policy.part_of(actor, assignment)
    if part is None or part.state not in (PartState.ACCEPTED, PartState.LEFT):
        if policy.side_of(actor, assignment) is None:
            raise NotHere
        raise NotAllowed(_("Only those in the team do this."))
    part.assignment = assignment
    return part


def reset_agreement(assignment: Assignment) -> None:
    """What both said yes to has changed: both say it anew. The caller saves."""
    assignment.client_agreed_at = assignment.lead_agreed_at = None
    if assignment.state == State.AGREED:
        assignment.state = State.FORMING


def stand_if_agreed(assignment: Assignment, actor: Viewer) -> None:
    """It is agreed once the client and a lead who is in the team both said yes."""
    lead = policy.lead_of(assignment)
    is_in = lead is not None and lead.state == PartState.ACCEPTED
    if is_in and assignment.client_agreed_at and assignment.lead_agreed_at:
        move_to(State.AGREED, assignment)
        letters.agreed(assignment)
        note("agreed", assignment.id, assignment, actor)


def note(
    what: str, subject: uuid.UUID, assignment: Assignment, actor: Viewer | None, **facts: Any
) -> None:
    """Note in the journal what happened, by ids and codes alone."""
    journal.record(
        f"assignments.{what}",
        subject,
        actor=id_of(actor) if actor is not None else None,
        facts={"assignment": str(assignment.id), **facts},
    )


def now_done(assignment: Assignment, name: str) -> None:
    """Set the moment of a step, the first time only."""
    if getattr(assignment, name) is None:
        setattr(assignment, name, clock.now())
