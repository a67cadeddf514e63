"""What a door may show of a partnership, its sides, its people and its work."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from footbridge.partnerships.rules import Verdict
from footbridge.partnerships.states import Move
from footbridge.partnerships.steps import Step


@dataclass(frozen=True)
class PartnershipLine:
    """A partnership in a list of one's own."""

    id: uuid.UUID
    title: str
    parties: tuple[str, ...]
    kind_words: str
    state: str
    state_words: str
    review_on: date | None
    is_over: bool
    next_step: str = ""


@dataclass(frozen=True)
class HostLine:
    """What a host may know: that there is one, between whom, and how far it is."""

    id: uuid.UUID
    title: str
    parties: tuple[str, ...]
    state: str
    state_words: str
    review_on: date | None


@dataclass(frozen=True)
class AskedLine:
    """What somebody is asked for: enough to answer, and no more."""

    id: uuid.UUID
    title: str
    party: str
    purpose: str
    what: str
    kind_words: str
    asked_by: str
    others: tuple[str, ...]
    until: datetime | None
    state: str


@dataclass(frozen=True)
class AloneLine:
    """A side for which nobody stands, where one may step in."""

    id: uuid.UUID
    title: str
    party: str


@dataclass(frozen=True)
class PersonLine:
    """Somebody who stands for a side, or did."""

    id: uuid.UUID
    person_id: uuid.UUID | None
    name: str
    role: str
    role_words: str
    since: date
    until: date | None
    is_me: bool


@dataclass(frozen=True)
class PartyCard:
    """A side of a partnership."""

    id: uuid.UUID
    name: str
    what_it_is: str
    member_id: uuid.UUID | None
    role: str
    role_words: str
    state: str
    state_words: str
    sector: str
    sector_words: str
    counts_as: str
    shares_profits: bool | None
    size: str
    size_words: str
    size_scheme: str
    group: str
    gain: str
    asked: str
    until: datetime | None
    people: tuple[PersonLine, ...]
    gone: tuple[PersonLine, ...]
    is_green: bool
    is_mine: bool
    i_speak: bool
    may_be_changed: bool
    depth: int | None
    depth_words: str
    version: int


@dataclass(frozen=True)
class DeepeningCard:
    """A wish to go deeper, and whose yes it waits for."""

    id: uuid.UUID
    to_kind: str
    to_words: str
    why: str
    waits_for: tuple[str, ...]
    i_said_yes: bool


@dataclass(frozen=True)
class ExitLine:
    """A point of the exit list."""

    key: str
    words: str
    is_done: bool


@dataclass(frozen=True)
class PartnershipCard:
    """One partnership, as somebody who stands in it sees it."""

    id: uuid.UUID
    title: str
    purpose: str
    what: str
    community_gain: str
    kind: str
    kind_words: str
    is_formal: bool
    state: str
    state_words: str
    begins_on: date | None
    ends_on: date | None
    review_on: date | None
    currency: str
    starter: str
    closing_words: str
    verdict: Verdict
    parties: tuple[PartyCard, ...]
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    moves: tuple[Move, ...]
    deepening: DeepeningCard | None
    deeper: tuple[tuple[str, str], ...]
    exit_list: tuple[ExitLine, ...]
    version: int

    @property
    def next_step(self) -> Step | None:
        return next((one for one in self.steps if one.state == "next"), None)

    @property
    def mine(self) -> PartyCard | None:
        return next((one for one in self.parties if one.is_mine), None)

    @property
    def standing(self) -> tuple[PartyCard, ...]:
        return tuple(one for one in self.parties if one.state == "in")

    @property
    def is_over(self) -> bool:
        return self.state == "closed"


@dataclass(frozen=True)
class PromiseLine:
    """What a side promised."""

    id: uuid.UUID
    text: str
    party: str
    person: str
    person_id: uuid.UUID | None
    due_on: date | None
    state: str
    is_late: bool
    is_ours: bool
    version: int


@dataclass(frozen=True)
class EntryLine:
    """A note or a decision."""

    id: uuid.UUID
    kind: str
    kind_words: str
    text: str
    why: str
    on: date
    party: str
    by: str
    version: int


@dataclass(frozen=True)
class LinkLine:
    """Where a document lives."""

    id: uuid.UUID
    title: str
    url: str
    host: str


@dataclass(frozen=True)
class MessageLine:
    """What somebody said."""

    id: uuid.UUID
    text: str
    by: str
    party: str
    said_at: datetime
    is_mine: bool


@dataclass(frozen=True)
class CostLine:
    """Time or money of partnering itself."""

    id: uuid.UUID
    kind_words: str
    minutes: int
    amount: Decimal | None
    currency: str
    on: date
    words: str
    party: str
    is_ours: bool


@dataclass(frozen=True)
class CostSum:
    """What a side spent in all; money by currency, never added across."""

    party: str
    minutes: int
    money: tuple[tuple[str, Decimal], ...]

    @property
    def hours(self) -> str:
        return f"{self.minutes // 60}:{self.minutes % 60:02d}"


@dataclass(frozen=True)
class Happened:
    """One line of the timeline, in words."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Workspace:
    """The work of a partnership."""

    promises: tuple[PromiseLine, ...]
    log: tuple[EntryLine, ...]
    links: tuple[LinkLine, ...]
    messages: tuple[MessageLine, ...]
    costs: tuple[CostLine, ...]
    sums: tuple[CostSum, ...]
