"""What a door may show of what a session left behind: cards that leave out what is not for the
viewer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from footbridge.meetings.counting import Answers, Counts


@dataclass(frozen=True)
class InsightCard:
    """Something that was said. `is_mine` for who said it, who alone learns that it was kept."""

    id: uuid.UUID
    text: str
    speaker: str
    is_mine: bool
    is_released: bool
    is_kept: bool
    may_drop: bool
    version: int


@dataclass(frozen=True)
class FollowUpCard:
    """What someone means to do, for them alone."""

    id: uuid.UUID
    session_id: uuid.UUID
    session_title: str
    text: str
    due: date | None
    done_at: datetime | None
    came_of_it: str
    version: int


@dataclass(frozen=True)
class MetCard:
    """Somebody with whom one sat: whether one wants to meet them again, and whether both do.
    `person_id` where the viewer may open their page."""

    seat_id: uuid.UUID
    name: str
    role: str
    organisation: str
    sector: str
    person_id: uuid.UUID | None
    is_marked: bool
    is_both: bool


@dataclass(frozen=True)
class FeedbackCard:
    """One's own answer to the one question."""

    felt: str
    text: str
    version: int


@dataclass(frozen=True)
class OpenQuestion:
    """A session of which somebody has not said yet whether it was worth their time."""

    session_id: uuid.UUID
    title: str
    starts_at: datetime
    timezone: str


@dataclass(frozen=True)
class CreditCard:
    """A change that one's word led to, and whether one is named for it."""

    id: uuid.UUID
    series_title: str
    change: str
    is_named: bool


@dataclass(frozen=True)
class Harvest:
    """What the page of a session says of what it left behind, and what one may add to it."""

    insights: tuple[InsightCard, ...]
    tried: tuple[FollowUpCard, ...]
    again: tuple[MetCard, ...]
    may_add: bool
    is_asked: bool
    to_release: int
    series_id: uuid.UUID | None
    has_changes: bool


@dataclass(frozen=True)
class Afterwards:
    """Everything that one who was there can say afterwards, as it stands."""

    insights: tuple[InsightCard, ...]
    lists: frozenset[str]
    follow_ups: tuple[FollowUpCard, ...]
    met: tuple[MetCard, ...]
    credits: tuple[CreditCard, ...]
    feedback: FeedbackCard | None
    may_answer: bool
    keeps_notes: bool
    is_open: bool


@dataclass(frozen=True)
class Name:
    """Somebody to choose or to read in a list, for those who run the session."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True)
class HostHarvest:
    """What those who run a session see of what it left behind."""

    insights: tuple[InsightCard, ...]
    informed: tuple[Name, ...]
    building: tuple[Name, ...]
    answers: Answers
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ImprovementCard:
    """A change that was tried: what was noticed, what is counted before and since, what came of
    it. `thanks_to` is empty unless they agreed."""

    id: uuid.UUID
    observation: str
    seen_in: tuple[str, ...]
    problem: str
    change: str
    expected: str
    measure: str
    baseline: str
    begins_on: date
    review_on: date | None
    before: Counts
    since: Counts
    missing: int
    is_open: bool
    verdict: str
    verdict_words: str
    result: str
    decided_at: datetime | None
    thanks_to: str
    version: int
