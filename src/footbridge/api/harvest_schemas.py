"""What goes in and out about what a session leaves behind."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from footbridge.api.schemas import Line, Version

List = Literal["informed", "building"]
Felt = Literal["yes", "partly", "no"]
Promise = Annotated[str, Field(min_length=1, max_length=300)]


class Insight(Schema):
    """Something that was said. Only its speaker learns whether it was kept."""

    id: uuid.UUID
    text: str
    speaker: str
    is_mine: bool
    is_released: bool
    is_kept: bool
    version: int


class NewInsight(Schema):
    """What was said; without a speaker it was the caller."""

    text: Line
    speaker: uuid.UUID | None = None


class Release(Schema):
    """Released as it stands, or in these words."""

    text: Line | None = None
    version: Version = None


class Seen(Schema):
    """Which version was read."""

    version: Version = None


class FollowUp(Schema):
    """Something the caller means to do."""

    id: uuid.UUID
    session_id: uuid.UUID
    session_title: str
    text: str
    due: date | None
    done_at: datetime | None
    came_of_it: str
    version: int


class NewFollowUp(Schema):
    """What the caller means to do, and by when."""

    text: Promise
    due: date


class CameOfIt(Schema):
    """What came of it."""

    came_of_it: Line
    version: Version = None


class Met(Schema):
    """Somebody with whom the caller sat; `person_id` where they may look at them."""

    seat_id: uuid.UUID
    name: str
    person_id: uuid.UUID | None
    is_marked: bool
    is_both: bool


class Feedback(Schema):
    """The caller's answer to the one question."""

    felt: Felt
    text: str
    version: int


class NewFeedback(Schema):
    """Whether it was worth their time, and one line besides."""

    felt: Felt
    text: Annotated[str, Field(max_length=500)] = ""
    version: Version = None


class Credit(Schema):
    """A change that the caller's word led to, and whether they are named for it."""

    id: uuid.UUID
    series_title: str
    change: str
    is_named: bool


class Afterwards(Schema):
    """All that one who was there can say, as it stands."""

    insights: list[Insight]
    lists: list[List]
    follow_ups: list[FollowUp]
    met: list[Met]
    credits: list[Credit]
    feedback: Feedback | None
    may_answer: bool
    is_open: bool


class Lists(Schema):
    """The lists to be on; off the others."""

    lists: Annotated[list[List], Field(max_length=2)]


class Said(Schema):
    """One sentence."""

    text: Line


class Answers(Schema):
    """How many found it worth their time; `few` stands for fewer than five, who are not counted."""

    few: bool
    yes: int
    partly: int
    no: int


class Name(Schema):
    """Somebody, by name."""

    id: uuid.UUID
    name: str


class Harvest(Schema):
    """What those who run a session see of what it left behind."""

    insights: list[Insight]
    informed: list[Name]
    building: list[Name]
    answers: Answers
    lines: list[str]


class Counts(Schema):
    """Sessions of one stretch of time; null stands for fewer than five people."""

    sessions: int
    said_yes: int | None
    came: int | None
    answers: Answers


class Change(Schema):
    """A change that was tried in a series; `missing` sessions are to be held before a verdict."""

    id: uuid.UUID
    observation: str
    seen_in: list[str]
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
    result: str
    thanks_to: str
    version: int


class NewChange(Schema):
    """One change to be tried from a day on."""

    observation: Line
    change: Line
    measure: Annotated[str, Field(min_length=1, max_length=200)]
    begins_on: date
    problem: Annotated[str, Field(max_length=500)] = ""
    expected: Annotated[str, Field(max_length=500)] = ""
    baseline: Annotated[str, Field(max_length=200)] = ""
    review_on: date | None = None
    seen_in: Annotated[list[uuid.UUID], Field(max_length=5)] = []
    because_of: uuid.UUID | None = None


class Decision(Schema):
    """What becomes of a change."""

    verdict: Literal["adopt", "adapt", "drop"]
    result: Annotated[str, Field(max_length=500)] = ""
    version: Version = None


class Named(Schema):
    """Whether one's name may stand beside it."""

    agreed: bool
