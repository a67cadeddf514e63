"""What goes in and out about assignments and teams."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

from footbridge.api.schemas import Member, Version

Words = Annotated[str, Field(max_length=300)]


class TeamReason(Schema):
    """One thing that speaks for somebody."""

    kind: str
    text: str
    weight: float


class TeamMember(Schema):
    """Somebody in a suggested team, what they bring, and why they."""

    card: Member
    skills: list[str]
    reasons: list[TeamReason]


class TeamSkill(Schema):
    """A skill that is asked for: who of the team has it, and who else."""

    id: uuid.UUID
    label: str
    by: list[str]
    others: list[Member]


class SuggestedTeam(Schema):
    """The fewest people who together have every skill. `proven`: nobody could do it with fewer."""

    members: list[TeamMember]
    skills: list[TeamSkill]
    reasons: list[str]
    uncovered: list[str]
    proven: bool


class PlaybookStep(Schema):
    """One step: what is done, what good looks like, who does it."""

    key: str
    title: str
    good: str
    who: list[str]


class Playbook(Schema):
    """How one kind of assignment is done."""

    kind: str
    about: str
    steps: list[PlaybookStep]
    midway: list[str]
    final: list[str]


class AssignmentLine(Schema):
    """An assignment in a list, with what waits for the caller."""

    id: uuid.UUID
    title: str
    kind: str
    state: str
    client: str
    role: str
    begins: date | None
    ends: date | None
    is_over: bool
    waits: list[str]


class AskedIntoTeam(Schema):
    """What the caller is asked to be part of."""

    assignment_id: uuid.UUID
    title: str
    client: str
    scope: str
    outcome: str
    begins: date | None
    ends: date | None
    role: str
    what: str
    asked_by: str
    until: datetime
    state: str
    team: list[str]


class TeamPart(Schema):
    """Somebody in the team, or asked into it."""

    person_id: uuid.UUID
    name: str
    role: str
    state: str
    what: str
    asked_by: str
    until: datetime
    reason: str
    reason_words: str
    is_me: bool


class TickedStep(Schema):
    """A step of the playbook, and whether it is ticked."""

    key: str
    title: str
    is_done: bool
    by: str
    done_at: datetime | None


class ReviewMark(Schema):
    """One question of a review and its answer from 1 to 5."""

    question: str
    mark: int
    words: str


class SideReview(Schema):
    """What one side said."""

    phase: str
    side: str
    by: str
    marks: list[ReviewMark]
    keep: str
    change: str
    may_be_quoted: bool
    written_at: datetime
    is_mine: bool
    version: int


class Assignment(Schema):
    """An assignment, for one of those in it."""

    id: uuid.UUID
    kind: str
    state: str
    title: str
    scope: str
    outcome: str
    begins: date | None
    ends: date | None
    client_name: str
    contact: str
    lead: str
    side: str
    client_agreed: bool
    lead_agreed: bool
    because: str
    because_words: str
    skills: list[str]
    team: list[TeamPart]
    steps: list[TickedStep]
    phase: str
    reviews: list[SideReview]
    moves: list[str]
    case_state: str
    version: int


class TeamHours(Schema):
    """The time that one of the team gave in a month."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    month: date
    minutes: int
    confirmed_minutes: int | None
    is_mine: bool
    version: int


class SkillShown(Schema):
    """That somebody showed a skill, and whether they agree."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    skill_id: uuid.UUID
    skill: str
    by: str
    words: str
    consent: str
    is_me: bool


class AssignmentCase(Schema):
    """What came of it; `missing` are those who have not said yes to these words."""

    text: str
    language: str
    state: str
    version: int
    written_by: str
    written_at: datetime
    missing: list[str]
    i_agreed: bool


class Terms(Schema):
    """What both sides agree to."""

    kind: str = Field(max_length=20)
    title: str = Field(max_length=500)
    outcome: str = Field(max_length=4000)
    scope: str = Field("", max_length=4000)
    begins: date | None = None
    ends: date | None = None


class NewAssignment(Terms):
    """An assignment to be given, and who is asked to lead it. Without a client it is one's own."""

    lead: uuid.UUID
    client: uuid.UUID | None = None
    need: uuid.UUID | None = None


class FromAnswer(Schema):
    """A chosen answer to a call, and which kind of assignment it becomes."""

    answer: uuid.UUID
    kind: str = Field(max_length=20)


class ChangedTerms(Terms):
    """The terms as they should be; `version` is the one that was read."""

    version: Version = None


class WhyCalledOff(Schema):
    """Why an assignment is called off."""

    because: str = Field(max_length=20)
    words: Words = ""


class AskIntoTeam(Schema):
    """Whom to ask into the team, as what."""

    person: uuid.UUID
    role: str = Field("member", max_length=20)
    what: Words = ""


class OneOfTheTeam(Schema):
    """Somebody who is asked into the team."""

    person: uuid.UUID


class WhyNotInTeam(Schema):
    """Why not; told to whoever asked alone."""

    reason: str = Field(max_length=20)
    words: Words = ""


class Tick(Schema):
    """A step of the playbook, and whether it is done."""

    step: str = Field(max_length=40)
    done: bool = True


class NewReview(Schema):
    """What one's side says: 1 to 5 for each question, one thing to keep and one to change."""

    outcome: int
    promises: int
    heard: int
    again: int
    keep: Words = ""
    change: Words = ""
    may_be_quoted: bool = False
    version: Version = None

    def marks(self) -> dict[str, Any]:
        """The answers, by question."""
        return {name: getattr(self, name) for name in ("outcome", "promises", "heard", "again")}


class NewHours(Schema):
    """How many minutes one gave in a month (any day of it)."""

    month: date
    minutes: int
    version: Version = None


class ConfirmedHours(Schema):
    """The hours of one of the team, and the minutes that count."""

    hours: uuid.UUID
    minutes: int


class NewSkillShown(Schema):
    """Who of the team showed which skill."""

    person: uuid.UUID
    skill: uuid.UUID
    words: str = Field("", max_length=200)


class SkillAnswer(Schema):
    """Whether one wants it said of oneself."""

    seen: uuid.UUID
    yes: bool


class CaseWords(Schema):
    """The words of the case."""

    text: str = Field(max_length=16_000)
    version: Version = None


class CaseVersion(Schema):
    """The words that one has read."""

    version: int
