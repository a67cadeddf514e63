"""What a door may show of sessions and seats: cards that already leave out what the viewer may
not know."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from footbridge.meetings.formats import Step
from footbridge.meetings.states import Format, Move, State
from footbridge.people.cards import MemberCard


@dataclass(frozen=True)
class MySeat:
    """One's own seat in a session, and what one can do about it."""

    id: uuid.UUID
    holding: str
    holding_words: str
    part: str
    waiting_place: int | None
    held_until: datetime | None
    confirmed: bool
    came: bool
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class InPlay:
    """One's seat in a session to come, with as much of the session as says whether it waits."""

    mine: MySeat
    state: str
    starts_at: datetime


@dataclass(frozen=True)
class SessionCard:
    """A session, as one viewer may know it. `online_link` is there for those who come."""

    id: uuid.UUID
    title: str
    question: str
    about: str
    format: str
    format_words: str
    state: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    language: str
    where: str
    place: str
    online_link: str
    chapter_id: uuid.UUID
    chapter_name: str
    series_id: uuid.UUID | None
    series_title: str
    # The event of which it is a part, and the track in which it stands there.
    event_id: uuid.UUID | None
    event_title: str
    track: str
    cap: int
    quorum: int
    overbooks: bool
    taken: int
    waiting: int
    free: int
    accept_limit: int
    steps: tuple[Step, ...]
    reading: tuple[tuple[str, str], ...]
    cancelled_because: str
    version: int
    mine: MySeat | None
    runs: bool
    # What someone without a seat can do: come, stand in line, or nothing.
    moves: tuple[Move, ...] = ()
    # For who runs it alone.
    rate_used: float | None = None
    there: int = 0
    # For whom it is closed, where it is.
    circle_id: uuid.UUID | None = None
    circle_name: str = ""

    @property
    def is_event(self) -> bool:
        return self.format == Format.EVENT

    @property
    def is_talk(self) -> bool:
        return self.format == Format.LIVE_TALK

    @property
    def is_full(self) -> bool:
        return self.free == 0

    @property
    def is_online(self) -> bool:
        return bool(self.online_link) and not self.where

    @property
    def is_coming(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_cancelled(self) -> bool:
        return self.state == State.CANCELLED


@dataclass(frozen=True)
class SeatCard:
    """Somebody's seat, for those who run the session and those who sit in it. `person` is there
    where the viewer may see them anyhow; `name` always. `history` is for hosts alone."""

    id: uuid.UUID
    name: str
    person: MemberCard | None
    holding: str
    holding_words: str
    part: str
    part_words: str
    confirmed: bool
    came_at: datetime | None
    left_at: datetime | None
    walked_in: bool
    first_time: bool
    waiting_place: int | None
    held_until: datetime | None = None
    # Found this room full; and: found it full the last time, so stands first in line.
    turned_away: bool = False
    comes_first: bool = False
    is_mine: bool = False
    history: str = ""

    @property
    def is_there(self) -> bool:
        return self.came_at is not None and self.left_at is None


@dataclass(frozen=True)
class RunSheetCard:
    """A chapter's own way of running a format."""

    id: uuid.UUID
    chapter_id: uuid.UUID
    name: str
    format: str
    format_words: str
    steps: tuple[Step, ...]
    minutes: int
    cap: int
    quorum: int
    version: int


@dataclass(frozen=True)
class SeriesCard:
    """Sessions that belong together."""

    id: uuid.UUID
    chapter_id: uuid.UUID
    title: str
    about: str
    for_body_id: uuid.UUID | None
    for_body: str
    apart_days: int
    coming: int
    past: int
    is_over: bool
    version: int


@dataclass(frozen=True)
class Turnout:
    """Of so many who said yes to a session and were new, or were not, so many came."""

    format: str
    first_time: bool
    accepted: int
    came: int
    age_days: float


@dataclass(frozen=True)
class WalkedIn:
    """To a session so many came unannounced."""

    format: str
    people: int
    age_days: float


@dataclass(frozen=True)
class Turnouts:
    """What the sessions of a chapter's last year say: of all who said yes, of those alone who had
    confirmed it, and of those who walked in."""

    accepted: list[Turnout]
    confirmed: list[Turnout]
    walked_in: list[WalkedIn]
