"""Where an assignment comes from: an answer that was chosen, a link that asks somebody in."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from footbridge.assignments import policy
from footbridge.assignments.models import (
    Assignment,
    Part,
)
from footbridge.assignments.states import (
    Move,
    PartState,
)
from footbridge.calls.models import Answer
from footbridge.calls.states import AnswerState
from footbridge.calls.states import Kind as CallKind
from footbridge.core import links
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.people.models import Person
from footbridge.people.policy import Viewer


def chosen_answer(viewer: Person, answer_id: uuid.UUID | str) -> Answer:
    """An answer that one's own side chose, to begin an assignment with; or NotHere."""
    rows = Answer.objects.select_related("call__owner", "member", "by").filter(
        call__owner__in=policy.speaks_for(viewer),
        call__kind=CallKind.ASSIGNMENT,
        state=AnswerState.CHOSEN,
    )
    found = rows.filter(id=answer_id).first()
    if found is None:
        raise NotHere
    return found


def part_by_link(token: str) -> tuple[Person, Part]:
    """Whom a link was made for, and what they are asked. Changes nothing.

    Raises LinkNotValid when the link is altered, expired, or opens nothing any more.
    """
    link = links.read(token, policy.LINK_PURPOSE)
    rows: QuerySet[Part] = Part.objects.select_related(
        "assignment__client", "assignment__contact", "asked_by", "person__chapter"
    )
    part = rows.filter(id=link.thing, person=link.person).first() if link.person else None
    if part is None or part.state == PartState.WITHDRAWN:
        raise LinkNotValid(_("This link opens nothing any more."))
    return part.person, part


def said_no(viewer: Viewer, one: Assignment) -> set[uuid.UUID]:
    """Who was asked into a team, whatever they said: not to be suggested for it again."""
    if not policy.may(viewer, Move.ASK, one):
        return set()
    return set(Part.objects.filter(assignment=one).values_list("person_id", flat=True))
