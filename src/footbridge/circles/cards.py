"""What a door may show of a circle: cards that already leave out what the viewer may not know."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from footbridge.people.cards import MemberCard


@dataclass(frozen=True)
class CircleLine:
    """A circle in a list of one's own."""

    id: uuid.UUID
    name: str
    kind: str
    kind_words: str
    cause: str
    chapter: str
    count: int
    stands: bool
    is_over: bool


@dataclass(frozen=True)
class InCard:
    """Someone in a circle, for the others in it. `address` is there once the circle stands."""

    person: MemberCard
    role: str
    address: str
    asked_by: str
    joined_at: datetime | None
    is_me: bool


@dataclass(frozen=True)
class WaitingCard:
    """Someone whose answer is to come, as far as anybody can tell."""

    id: uuid.UUID
    name: str
    asked_by: str
    until: datetime


@dataclass(frozen=True)
class StepCard:
    """What is to be done next, and by whom."""

    id: uuid.UUID
    text: str
    who_id: uuid.UUID | None
    who: str
    due: date | None
    is_done: bool
    is_late: bool
    is_mine: bool


@dataclass(frozen=True)
class AnswerCard:
    """What a member said to one's call."""

    name: str
    address: str
    reply: str
    reply_words: str
    words: str
    given_at: datetime


@dataclass(frozen=True)
class CallCard:
    """What a member asks. `answers` are there for whoever asked; `reply` and `words` are one's
    own."""

    id: uuid.UUID
    circle_id: uuid.UUID
    circle: str
    asker: str
    is_mine: bool
    text: str
    until: date
    is_open: bool
    reply: str = ""
    words: str = ""
    answers: tuple[AnswerCard, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether it waits for one's word."""
        return self.is_open and not self.is_mine and not self.reply


@dataclass(frozen=True)
class CircleCard:
    """A circle, for those in it."""

    id: uuid.UUID
    name: str
    about: str
    cause_id: uuid.UUID | None
    cause: str
    kind: str
    kind_words: str
    chapter_id: uuid.UUID
    chapter: str
    rhythm: str
    wanted_size: int | None
    looks_for: str
    formed_by: str
    formed_at: datetime
    stands: bool
    is_over: bool
    readable_until: datetime | None
    fewest: int
    places_left: int
    version: int
    members: tuple[InCard, ...]
    waiting: tuple[WaitingCard, ...]
    steps: tuple[StepCard, ...]
    calls: tuple[CallCard, ...]
    may_end: bool
    next_call: datetime | None

    @property
    def missing(self) -> int:
        """How many more it takes to stand."""
        return max(0, self.fewest - len(self.members))


@dataclass(frozen=True)
class AskedCard:
    """What someone sees who is asked to join: what it is, who asks, who is in."""

    id: uuid.UUID
    circle_id: uuid.UUID
    name: str
    about: str
    cause: str
    kind: str
    kind_words: str
    chapter: str
    rhythm: str
    role: str
    asked_by: str
    until: datetime
    belonging: str
    members: tuple[MemberCard, ...]
    fewest: int
    is_open: bool


@dataclass(frozen=True)
class HostLine:
    """A circle of one's chapter, as a host may know it; names where they formed it or are in."""

    id: uuid.UUID
    name: str
    kind_words: str
    cause: str
    count: int
    stands: bool
    formed_at: datetime
    is_in: bool
    names: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    may_end: bool = False
