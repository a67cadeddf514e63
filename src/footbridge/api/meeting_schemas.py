"""What goes in and out about sessions."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from footbridge.api.schemas import Member, Version

Seats = Annotated[int, Field(ge=1, le=1000)]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Format = Literal[
    "pairing", "micro_cafe", "knowledge_cafe", "world_cafe", "one_two_four_all", "troika",
    "peer_assist", "needs_and_offers", "open_networking", "values", "cohort",
    "live_talk", "event",
]  # fmt: skip


class Step(Schema):
    """One step of a run-sheet; `size` is how many sit at a table, 0 where nobody is seated, `stays`
    whether one of each table stays there as its host."""

    gathering: str
    minutes: int
    title: str
    prompt: str
    size: int
    stays: bool = False


class MySeat(Schema):
    """The caller's own seat, and what they can do about it."""

    id: uuid.UUID
    holding: str
    part: str
    waiting_place: int | None
    held_until: datetime | None
    confirmed: bool
    came: bool
    moves: list[str]


class Session(Schema):
    """A session; times are in UTC, `timezone` says where it is."""

    id: uuid.UUID
    title: str
    question: str
    about: str
    format: str
    state: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    language: str
    where: str
    online_link: str
    chapter_id: uuid.UUID
    chapter_name: str
    event_id: uuid.UUID | None
    track: str
    cap: int
    quorum: int
    overbooks: bool
    taken: int
    waiting: int
    free: int
    accept_limit: int
    steps: list[Step]
    cancelled_because: str
    version: int
    mine: MySeat | None
    runs: bool


class Sessions(Schema):
    """One page of sessions."""

    items: list[Session]
    total: int
    page: int
    pages: int


class Seat(Schema):
    """Somebody's seat; `person` where the caller may see them anyhow."""

    id: uuid.UUID
    name: str
    person: Member | None
    holding: str
    part: str
    confirmed: bool
    came_at: datetime | None
    left_at: datetime | None
    walked_in: bool
    waiting_place: int | None


class Table(Schema):
    """Who sits at one table, and why just they."""

    number: int
    seats: list[uuid.UUID]
    names: list[str]
    why: str
    stays: str


class Round(Schema):
    """One round with its tables, and a sentence about each person who found no place."""

    number: int
    title: str
    prompt: str
    minutes: int
    started_at: datetime | None
    ended_at: datetime | None
    tables: list[Table]
    left_over: list[str]


class _Said(Schema):
    question: Annotated[str, Field(max_length=300)] = ""
    about: Annotated[str, Field(max_length=2000)] = ""
    where: Annotated[str, Field(max_length=300)] = ""
    online_link: Annotated[str, Field(max_length=500)] = ""
    timezone: Annotated[str, Field(max_length=60)] = ""
    language: Annotated[str, Field(max_length=10)] = ""
    overbooks: bool = False


class NewSession(_Said):
    """What is known of a session at first; the rest comes from its format and its chapter."""

    format: Format
    title: Title
    starts_at: datetime
    minutes: Minutes | None = None
    cap: Seats | None = None
    quorum: Seats | None = None


class ChangedSession(_Said):
    """What changes; the rest stays. `version` is the one that was read."""

    title: Title = ""
    starts_at: datetime | None = None
    minutes: Minutes | None = None
    cap: Seats | None = None
    quorum: Seats | None = None
    version: Version = None


class Because(Schema):
    """Why."""

    because: Annotated[str, Field(max_length=300)] = ""


# In the room, in a live talk, in an event.


class Part(Schema):
    """A part of an event; `mine` and `moves` say how the caller stands to it."""

    id: uuid.UUID
    title: str
    track: str
    format: str
    state: str
    starts_at: datetime
    ends_at: datetime
    where: str
    cap: int
    taken: int
    waiting: int
    free: int
    mine: MySeat | None
    moves: list[str]


class NewPart(NewSession):
    """The same for a part of an event, with the track in which it stands."""

    track: Annotated[str, Field(max_length=80)] = ""


class Question(Schema):
    """A question to a live talk; `name` for who answers it and for who asked it."""

    id: uuid.UUID
    text: str
    name: str
    is_mine: bool
    echoes: int
    is_echoed: bool
    is_taken: bool
    is_answered: bool


class NewQuestion(Schema):
    """A question to bring."""

    text: Annotated[str, Field(min_length=1, max_length=300)]


class Voice(Schema):
    """Somebody who is there, and how often they have spoken."""

    seat_id: uuid.UUID
    name: str
    spoke: int


class StepNow(Schema):
    """The step that goes on, and until when."""

    index: int
    title: str
    prompt: str
    is_silent: bool
    minutes: int
    until: datetime


class Room(Schema):
    """What goes on in the room: the step, and who has spoken, the quiet ones first."""

    step: StepNow | None
    voices: list[Voice]


class After(Schema):
    """The step that was seen as the one that goes on; none before the first."""

    after: Annotated[int, Field(ge=0, le=100)] | None = None
