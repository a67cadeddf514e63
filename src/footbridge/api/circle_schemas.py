"""What goes in and out about circles."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from footbridge.api.schemas import Member, Version

Name = Annotated[str, Field(min_length=1, max_length=120)]
Role = Annotated[str, Field(max_length=120)]
Kind = Literal["peers", "builders"]
Size = Annotated[int, Field(ge=3, le=8)]


class CircleLine(Schema):
    """A circle in a list."""

    id: uuid.UUID
    name: str
    kind: str
    cause: str
    chapter: str
    count: int
    stands: bool
    is_over: bool


class Inside(Schema):
    """Someone in a circle; `address` once it stands."""

    person: Member
    role: str
    address: str
    asked_by: str
    joined_at: datetime | None
    is_me: bool


class AskedIn(Schema):
    """Someone whose answer is to come."""

    id: uuid.UUID
    name: str
    asked_by: str
    until: datetime


class NextStep(Schema):
    """What is to be done next."""

    id: uuid.UUID
    text: str
    who_id: uuid.UUID | None
    who: str
    due: date | None
    is_done: bool
    is_late: bool


class Answer(Schema):
    """What a member said to one's call."""

    name: str
    address: str
    reply: str
    words: str
    given_at: datetime


class Call(Schema):
    """What a member asks; `answers` for whoever asked, `reply` and `words` are the caller's."""

    id: uuid.UUID
    circle_id: uuid.UUID
    circle: str
    asker: str
    is_mine: bool
    text: str
    until: date
    is_open: bool
    reply: str
    words: str
    answers: list[Answer]


class Circle(Schema):
    """A circle, for those in it."""

    id: uuid.UUID
    name: str
    about: str
    cause_id: uuid.UUID | None
    cause: str
    kind: str
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
    places_left: int
    version: int
    members: list[Inside]
    waiting: list[AskedIn]
    steps: list[NextStep]
    calls: list[Call]


class Asked(Schema):
    """What the caller is asked to join."""

    circle_id: uuid.UUID
    name: str
    about: str
    cause: str
    kind: str
    chapter: str
    rhythm: str
    role: str
    asked_by: str
    until: datetime
    belonging: str
    members: list[Member]


class HostLine(Schema):
    """A circle as a host may know it; names where they formed it or are in it."""

    id: uuid.UUID
    name: str
    cause: str
    count: int
    stands: bool
    formed_at: datetime
    is_in: bool
    names: list[str]
    waiting: list[str]


class Proposal(Schema):
    """People who could be a circle, and why."""

    kind: str
    cause_id: uuid.UUID | None
    cause: str
    members: list[Member]
    reasons: list[str]


class Reached(Schema):
    """Someone outside, through whom, and who stands in between."""

    member: Member
    through: list[str]
    between: str
    steps: int


class ReachGroup(Schema):
    """Those of one sector."""

    sector: str
    reached: list[Reached]


class Reach(Schema):
    """Whom a circle can reach."""

    groups: list[ReachGroup]
    count: int


class _Said(Schema):
    about: Annotated[str, Field(max_length=1000)] = ""
    cause: uuid.UUID | None = None
    rhythm: Annotated[str, Field(max_length=120)] = ""
    wanted_size: Size | None = None
    looks_for: Annotated[str, Field(max_length=300)] = ""


class NewCircle(_Said):
    """A circle to be formed; the caller is in it. Hosts name the chapter, and may form one for
    others."""

    name: Name
    people: Annotated[list[uuid.UUID], Field(max_length=8)]
    kind: Kind = "peers"
    chapter: uuid.UUID | None = None
    with_me: bool = True
    insist: bool = False


class ChangedCircle(_Said):
    """What changes; the rest stays. `version` is the one that was read."""

    name: Name = ""
    version: Version = None


class Ask(Schema):
    """Whom to ask in."""

    person: uuid.UUID
    role: Role = ""


class NewStep(Schema):
    """What is to be done, by whom, by when."""

    text: Annotated[str, Field(min_length=1, max_length=300)]
    who: uuid.UUID | None = None
    due: date | None = None


class Done(Schema):
    """Whether it is done."""

    done: bool = True


class NewCall(Schema):
    """What to ask, and until when."""

    text: Annotated[str, Field(min_length=1, max_length=500)]
    until: date


class NewAnswer(Schema):
    """What to say to a call."""

    reply: Literal["can_help", "know_somebody", "not_now"]
    words: Annotated[str, Field(max_length=500)] = ""
