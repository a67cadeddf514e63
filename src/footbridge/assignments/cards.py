"""What a door may show of an assignment, its team, its reviews, its hours and its case."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from footbridge.assignments.playbooks import Playbook, Step
from footbridge.assignments.states import Move
from footbridge.people.cards import MemberCard


@dataclass(frozen=True)
class AssignmentLine:
    """An assignment in a list, for one of those in it."""

    id: uuid.UUID
    title: str
    kind: str
    kind_words: str
    state: str
    state_words: str
    client: str
    role: str
    begins: date | None
    ends: date | None
    is_over: bool
    waits: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedCard:
    """What somebody is asked to be part of: enough to answer, and no more."""

    id: uuid.UUID
    assignment_id: uuid.UUID
    title: str
    kind_words: str
    client: str
    scope: str
    outcome: str
    begins: date | None
    ends: date | None
    role: str
    role_words: str
    what: str
    asked_by: str
    until: datetime
    state: str
    team: tuple[str, ...]


@dataclass(frozen=True)
class PartCard:
    """Somebody in a team, or asked into it; the reason of a no for whoever asked."""

    id: uuid.UUID
    person: MemberCard | None
    person_id: uuid.UUID
    name: str
    role: str
    role_words: str
    state: str
    state_words: str
    what: str
    asked_by: str
    until: datetime
    reason: str
    reason_words: str
    is_me: bool
    may_be_withdrawn: bool


@dataclass(frozen=True)
class StepCard:
    """A step of the playbook, and whether it is ticked."""

    step: Step
    who: tuple[str, ...]
    is_done: bool
    by: str
    done_at: datetime | None

    @property
    def key(self) -> str:
        return self.step.key

    @property
    def title(self) -> str:
        return self.step.title

    @property
    def good(self) -> str:
        return self.step.good


@dataclass(frozen=True)
class MarkCard:
    """One question of a review and its answer."""

    question: str
    mark: int
    words: str


@dataclass(frozen=True)
class ReviewCard:
    """What one side said."""

    phase: str
    phase_words: str
    side: str
    side_words: str
    by: str
    marks: tuple[MarkCard, ...]
    keep: str
    change: str
    may_be_quoted: bool
    written_at: datetime
    is_mine: bool
    version: int


@dataclass(frozen=True)
class HoursCard:
    """The time that one of the team gave in a month."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    month: date
    minutes: int
    confirmed_minutes: int | None
    is_mine: bool
    version: int

    @property
    def hours(self) -> str:
        return _clock(self.minutes)

    @property
    def confirmed_hours(self) -> str:
        return "" if self.confirmed_minutes is None else _clock(self.confirmed_minutes)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_minutes is not None


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


@dataclass(frozen=True)
class SeenCard:
    """That somebody showed a skill, who says so, and whether they agree."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    skill_id: uuid.UUID
    skill: str
    by: str
    words: str
    consent: str
    consent_words: str
    is_me: bool


@dataclass(frozen=True)
class CaseCard:
    """What came of it, told for others: shown to those in it until all agreed."""

    text: str
    language: str
    state: str
    state_words: str
    version: int
    written_by: str
    written_at: datetime
    missing: tuple[str, ...]
    i_agreed: bool


@dataclass(frozen=True)
class AssignmentCard:
    """An assignment, for one of those in it."""

    id: uuid.UUID
    kind: str
    kind_words: str
    state: str
    state_words: str
    title: str
    scope: str
    outcome: str
    begins: date | None
    ends: date | None
    client: MemberCard | None
    client_name: str
    contact: str
    lead: str
    side: str
    client_agreed: bool
    lead_agreed: bool
    because: str
    because_words: str
    skills: tuple[str, ...]
    team: tuple[PartCard, ...]
    playbook: Playbook
    steps: tuple[StepCard, ...]
    phase: str
    reviews: tuple[ReviewCard, ...]
    i_reviewed: bool
    moves: tuple[Move, ...]
    case_state: str
    version: int

    @property
    def is_over(self) -> bool:
        return self.state in ("closed", "called_off")

    @property
    def inside(self) -> tuple[PartCard, ...]:
        return tuple(one for one in self.team if one.state == "accepted")

    @property
    def others(self) -> tuple[PartCard, ...]:
        return tuple(one for one in self.team if one.state != "accepted")

    @property
    def steps_done(self) -> int:
        return sum(one.is_done for one in self.steps)
