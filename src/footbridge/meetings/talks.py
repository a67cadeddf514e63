"""Live talks: who brings questions, who reads them with a name, who sees the recording, who talks
on afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core.audience import Operator
from footbridge.meetings import afterwards, policy
from footbridge.meetings.models import Question, Seat, Session
from footbridge.meetings.states import ANSWERS_QUESTIONS, RUNS_IT, Format, Holding, State
from footbridge.people.policy import Viewer, homes_of

# So many questions of one person wait at a time: others want to be heard as well.
MOST_QUESTIONS = 3


def is_talk(session: Session) -> bool:
    """Whether questions are brought to a session, and people talk on after it."""
    return session.format == Format.LIVE_TALK


def takes_questions(session: Session) -> bool:
    """From its opening until its end."""
    return is_talk(session) and session.state in (State.OPEN, State.RUNNING)


def answers_questions(viewer: Viewer, session: Session) -> bool:
    """Whoever runs it, and the speaker: they see who asks, put a question on the wall, tick it."""
    if policy.runs(viewer, session):
        return True
    assert not isinstance(viewer, Operator)
    mine = Seat.objects.filter(session=session, person=viewer.id, holding=Holding.ACCEPTED)
    return mine.filter(part__in=ANSWERS_QUESTIONS).exists()


def questions_visible_to(viewer: Viewer, session: Session) -> QuerySet[Question]:
    """Who comes sees every question; who asked one, sees their own; nobody else sees any."""
    rows = Question.objects.filter(seat__session=session)
    if not is_talk(session):
        return rows.none()
    if policy.runs(viewer, session) or policy.holds_active_seat(viewer, session):
        return rows
    assert not isinstance(viewer, Operator)
    return rows.filter(seat__person=viewer.id)


def questions_anywhere(viewer: Viewer) -> QuerySet[Question]:
    """The same over all sessions, as one condition: a question that one may not see takes the very
    statement that one takes which is not there."""
    rows = Question.objects.filter(seat__session__in=policy.visible_to(viewer).values("id"))
    if isinstance(viewer, Operator):
        return rows
    mine = Seat.objects.filter(session=OuterRef("seat__session"), person=viewer.id)
    runs = mine.filter(part__in=RUNS_IT, holding=Holding.ACCEPTED)
    hosted = Q(seat__session__chapter__in=homes_of(viewer))
    comes = Q(Exists(mine.filter(policy.active()))) | Q(Exists(runs))
    return rows.filter(Q(seat__person=viewer.id) | comes | hosted)


def sees_recording(viewer: Viewer, session: Session) -> bool:
    """Who runs it, who came, and who was asked to it or stood in line: they would have been there.
    What was said was said to them, so other members ask the host."""
    if policy.runs(viewer, session):
        return True
    assert not isinstance(viewer, Operator)
    return Seat.objects.filter(session=session, person=viewer.id).exists()


def may_talk_on(seat: Seat | None, session: Session) -> bool:
    """Who came may say that they want to talk on with somebody, until they are paired."""
    if seat is None or seat.came_at is None or not is_talk(session):
        return False
    return afterwards.is_open(session) and seat.pairing_id is None


@dataclass(frozen=True)
class QuestionCard:
    """A question. `name` is there for who answers it and for who asked it."""

    id: uuid.UUID
    text: str
    name: str
    is_mine: bool
    echoes: int
    is_echoed: bool
    is_taken: bool
    is_answered: bool
    may_drop: bool


@dataclass(frozen=True)
class TalkOn:
    """With whom one talks on, and why."""

    names: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Talk:
    """What the page of a live talk shows of it to one viewer."""

    questions: tuple[QuestionCard, ...]
    may_ask: bool
    may_answer: bool
    recording: str
    may_talk_on: bool
    wants_to: bool
    talks_with: TalkOn | None

    @property
    def waiting(self) -> tuple[QuestionCard, ...]:
        return tuple(one for one in self.questions if not one.is_answered)

    @property
    def answered(self) -> tuple[QuestionCard, ...]:
        return tuple(one for one in self.questions if one.is_answered)


@dataclass(frozen=True)
class Group:
    """Two or three to talk on with each other, and what speaks for it."""

    seats: tuple[uuid.UUID, ...]
    why: Mapping[str, Any]
