"""What goes in and out about agreements."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema

from footbridge.api.schemas import Version

Line = Annotated[str, Field(max_length=300)]
Long = Annotated[str, Field(max_length=4000)]
Money = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
Hours = Annotated[Decimal, Field(ge=0, le=2000, max_digits=6, decimal_places=1)]
Heaviness = Annotated[int, Field(ge=0, le=3)]


class ClauseWording(Schema):
    """How a clause read once."""

    number: int
    text: str
    by: str
    at: datetime


class AgreementClause(Schema):
    """One clause: what is asked, what stands there, how far it is."""

    key: str
    title: str
    question: str
    hint: str
    example: str
    kind: str
    text: str
    level: str
    is_blocking: bool
    for_a_lawyer: bool
    changed_by: str
    changed_at: datetime | None
    version: int
    wordings: list[ClauseWording]


class AgreementHeading(Schema):
    """One of the five headings."""

    key: str
    words: str
    clauses: list[AgreementClause]


class VersionApproval(Schema):
    """How a party stands to a version: its yes, or that it is open."""

    party_id: uuid.UUID
    party: str
    is_given: bool
    by: str
    at: datetime | None


class AgreementVersionLine(Schema):
    """A version in the list of versions."""

    number: int
    frozen_at: datetime
    frozen_by: str
    digest: str
    approvals: list[VersionApproval]
    is_latest: bool
    is_approved: bool
    i_may_approve: bool
    reminders: int


class PartnershipAgreement(Schema):
    """An agreement as it stands."""

    partnership_id: uuid.UUID
    title: str
    form: str
    standing: str
    language: str
    headings: list[AgreementHeading]
    reached: float
    relevant: int
    percent: int
    blocking: list[str]
    versions: list[AgreementVersionLine]
    changed_since: bool
    moves: list[str]
    version: int


class ChangedWords(Schema):
    """Some words that stayed, came or went: same, added or removed."""

    kind: str
    words: str


class ChangedClause(Schema):
    """What changed in one clause."""

    key: str
    title: str
    pieces: list[ChangedWords]


class AgreementVersion(Schema):
    """One version: what it says, how it differs from the one before, who approved it."""

    line: AgreementVersionLine
    title: str
    content: dict[str, object]
    missing: list[str]
    since: int | None
    changes: list[ChangedClause]
    newest: int


class AgreementText(Schema):
    """A version as plain text."""

    text: str


class ContributionLine(Schema):
    """One thing that a party puts in, with what it risks and gets by it."""

    id: uuid.UUID
    resource: str
    words: str
    amount: Decimal | None
    currency: str
    hours_a_month: Decimal | None
    due_on: date | None
    risk: str
    risk_weight: int
    reward: str
    reward_weight: int
    entered_by: str
    entered_at: datetime
    version: int


class AmountIn(Schema):
    """An amount in one currency."""

    amount: Decimal
    currency: str


class ShareOfParty(Schema):
    """One party beside the others. `together` only where every rate was said."""

    id: uuid.UUID
    name: str
    contributions: list[ContributionLine]
    risk_percent: int | None
    reward_percent: int | None
    hours: Decimal
    capacity: Decimal | None
    money: list[AmountIn]
    together: AmountIn | None


class WorthATalk(Schema):
    """Something that is worth a talk."""

    concern: str
    party_id: uuid.UUID
    text: str


class RateOfExchange(Schema):
    """At what rate a currency is counted."""

    currency: str
    counts: Decimal
    day: date
    source: str
    entered_by: str


class SharesSideBySide(Schema):
    """Who puts in what, who risks what, who gets what."""

    currency: str
    parties: list[ShareOfParty]
    flags: list[WorthATalk]
    rates: list[RateOfExchange]
    missing_rates: list[str]


class NewAgreement(Schema):
    """How much is agreed on, and in which language."""

    form: Annotated[str, Field(max_length=5)] = "pilot"
    language: Annotated[str, Field(max_length=7)] = "en"


class AgreementTerms(Schema):
    """What it is: non_binding or contract; and in which language it is set."""

    standing: Annotated[str, Field(max_length=11)]
    language: Annotated[str, Field(max_length=7)]
    version: Version = None


class WrittenClause(Schema):
    """The words of a clause, and how far it is: fully, partly, not_relevant."""

    text: Long
    level: Annotated[str, Field(max_length=12)] = "fully"
    version: Version = None


class WrittenPilot(Schema):
    """The page of a pilot: its clauses by key, and a line for each party by its id."""

    clauses: dict[str, Long]
    puts_in: dict[uuid.UUID, Line] = {}
    standing: Annotated[str, Field(max_length=11)]
    version: Version = None


class ContributionWords(Schema):
    """What a party puts in, risks and gets."""

    resource: Annotated[str, Field(max_length=6)]
    words: Line
    amount: Money | None = None
    currency: Annotated[str, Field(max_length=3)] = ""
    hours_a_month: Hours | None = None
    due_on: date | None = None
    risk: Line = ""
    risk_weight: Heaviness = 0
    reward: Line = ""
    reward_weight: Heaviness = 0


class NewContribution(ContributionWords):
    """The same, for which party."""

    party: uuid.UUID


class ChangedContribution(ContributionWords):
    """The same, changed."""

    version: Version = None


class SaidCapacity(Schema):
    """How many hours a month one's own party has."""

    party: uuid.UUID
    hours: Hours


class SaidRate(Schema):
    """What one unit of a currency counts in that of the partnership."""

    currency: Annotated[str, Field(max_length=3)]
    counts: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=6)]
    day: date
    source: Annotated[str, Field(max_length=160)]


class FrozenFrom(Schema):
    """Which state of the agreement a version is made of."""

    version: Version = None
