"""What is shown of people under the radar, and of those who would be glad to meet one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from footbridge.people.cards import MemberCard
from footbridge.veil.profile import Profile


@dataclass(frozen=True)
class Self:
    """Someone under the radar, as they act: only they, signed in, ever hold one of these."""

    id: uuid.UUID
    profile: Profile
    version: int


@dataclass(frozen=True)
class GladCard:
    """Somebody's standing yes, before any name: their field, how many vouch for them, and since
    when they say it."""

    id: uuid.UUID
    words: str
    sector: str
    sectors: tuple[str, ...]
    causes: tuple[str, ...]
    vouches: int
    since: date | None
    is_peer: bool = False


@dataclass(frozen=True)
class VeiledCard:
    """What a person under the radar lets one other see: chosen lines, no name."""

    sector: str = ""
    cause: str = ""
    country: str = ""
    words: str = ""
    ask: str = ""
    vouches: int = 0
    has_work_mailbox: bool = False

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> VeiledCard:
        return cls(**said)


@dataclass(frozen=True)
class Name:
    """Who somebody is, once both said yes."""

    name: str
    headline: str = ""
    about: str = ""
    work: str = ""
    address: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class ApproachCard:
    """What passed between someone under the radar and one other, as one of the two may know it.

    `other` is the listed member, where that is the other side; `name` is there once revealed.
    """

    id: uuid.UUID
    way: str
    step: str
    card: VeiledCard
    made_at: datetime
    until: datetime | None
    other: MemberCard | None = None
    name: Name | None = None


@dataclass(frozen=True)
class GlanceCard:
    """One line of a person's own access log."""

    at: datetime
    what: str
    by: str
    why: str = ""
