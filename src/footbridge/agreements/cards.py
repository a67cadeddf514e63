"""What a door may show of an agreement, its clauses, what each puts in, and its versions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from footbridge.agreements.difference import Piece
from footbridge.agreements.states import Move


@dataclass(frozen=True)
class WordingCard:
    """How a clause read once."""

    number: int
    text: str
    level_words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ClauseCard:
    """One clause: what is asked, what stands there, how far it is."""

    key: str
    title: str
    question: str
    hint: str
    example: str
    kind: str
    text: str
    shown: str
    level: str
    level_words: str
    is_blocking: bool
    for_a_lawyer: bool
    changed_by: str
    changed_at: datetime | None
    version: int
    wordings: tuple[WordingCard, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing starts before something is done here."""
        return self.is_blocking and self.level != "fully"


@dataclass(frozen=True)
class HeadingCard:
    """One of the five headings with its clauses."""

    key: str
    words: str
    clauses: tuple[ClauseCard, ...]


@dataclass(frozen=True)
class ApprovalCard:
    """How a party stands to a version: its yes, by whom, when and how; or that it is open."""

    party_id: uuid.UUID
    party: str
    is_given: bool
    by: str = ""
    role_words: str = ""
    way_words: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class VersionLine:
    """A version in the list of versions."""

    number: int
    frozen_at: datetime
    frozen_by: str
    digest: str
    approvals: tuple[ApprovalCard, ...]
    is_latest: bool
    is_approved: bool
    i_may_approve: bool
    reminders: int
    remind_at: datetime | None

    @property
    def given(self) -> int:
        return sum(one.is_given for one in self.approvals)


@dataclass(frozen=True)
class ClauseChange:
    """What changed in one clause."""

    key: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class VersionCard:
    """One version: what it says, how it differs from the one before, who approved it."""

    line: VersionLine
    title: str
    content: dict[str, object]
    missing: tuple[str, ...]
    since: int | None
    changes: tuple[ClauseChange, ...]
    newest: int


@dataclass(frozen=True)
class AgreementCard:
    """An agreement as it stands, with how far it is and what can be done."""

    id: uuid.UUID
    partnership_id: uuid.UUID
    title: str
    form: str
    form_words: str
    standing: str
    standing_words: str
    language: str
    headings: tuple[HeadingCard, ...]
    percent: int
    reached: float
    relevant: int
    blocking: tuple[str, ...]
    versions: tuple[VersionLine, ...]
    changed_since: bool
    moves: tuple[Move, ...]
    version: int

    @property
    def latest(self) -> VersionLine | None:
        return self.versions[0] if self.versions else None


@dataclass(frozen=True)
class ContributionCard:
    """One thing that a party puts in, with what it risks and gets by it."""

    id: uuid.UUID
    resource: str
    resource_words: str
    words: str
    amount: Decimal | None
    currency: str
    hours_a_month: Decimal | None
    due_on: date | None
    risk: str
    risk_weight: int
    risk_words: str
    reward: str
    reward_weight: int
    reward_words: str
    entered_by: str
    entered_at: datetime
    version: int


@dataclass(frozen=True)
class MoneyCard:
    """An amount in one currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class FlagCard:
    """Something that is worth a talk, in a sentence."""

    concern: str
    party_id: uuid.UUID
    text: str


@dataclass(frozen=True)
class PartyShare:
    """One party beside the others: what it puts in, risks and gets."""

    id: uuid.UUID
    name: str
    contributions: tuple[ContributionCard, ...]
    risk_percent: int | None
    reward_percent: int | None
    hours: Decimal
    capacity: Decimal | None
    money: tuple[MoneyCard, ...]
    together: MoneyCard | None
    is_mine: bool


@dataclass(frozen=True)
class RateCard:
    """At what rate a currency is counted, since when, by whose word."""

    currency: str
    counts: Decimal
    day: date
    source: str
    entered_by: str


@dataclass(frozen=True)
class Shares:
    """Who puts in what, who risks what, who gets what, side by side."""

    partnership_id: uuid.UUID
    title: str
    currency: str
    parties: tuple[PartyShare, ...]
    flags: tuple[FlagCard, ...]
    rates: tuple[RateCard, ...]
    missing_rates: tuple[str, ...]
    may_write: bool
