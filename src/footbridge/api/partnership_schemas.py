"""What goes in and out about partnerships."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema

from footbridge.api.schemas import Version

Words = Annotated[str, Field(max_length=300)]
Text = Annotated[str, Field(max_length=2000)]


class PartnershipLine(Schema):
    """A partnership in a list."""

    id: uuid.UUID
    title: str
    parties: list[str]
    state: str
    review_on: date | None


class AskedForYes(Schema):
    """What the caller is asked: whether a side is in."""

    id: uuid.UUID
    title: str
    party: str
    purpose: str
    what: str
    asked_by: str
    others: list[str]
    until: datetime | None
    state: str


class StarterSide(Schema):
    """What one side of a starter is, gains and promises first."""

    who: str
    sector: str
    gain: str
    promises: list[str]


class PartnershipStarter(Schema):
    """A worked example to begin from."""

    slug: str
    kind: str
    title: str
    why: str
    what: str
    others_gain: str
    indicators: list[str]
    roles: list[str]
    sides: list[StarterSide]


class StandsFor(Schema):
    """Somebody who stands for a side; without a name once they are gone."""

    id: uuid.UUID
    person_id: uuid.UUID | None
    name: str
    role: str
    since: date
    until: date | None


class PartnershipSide(Schema):
    """A side of a partnership."""

    id: uuid.UUID
    name: str
    member_id: uuid.UUID | None
    role: str
    state: str
    sector: str
    counts_as: str
    shares_profits: bool | None
    size: str
    size_scheme: str
    group: str
    gain: str
    people: list[StandsFor]
    gone: list[StandsFor]
    is_green: bool
    is_mine: bool
    depth: int | None
    version: int


class PartnershipStep(Schema):
    """One step: done, next or later."""

    key: str
    title: str
    state: str


class CrossSector(Schema):
    """Whether it is cross-sector by the rule: valid, not_valid or undetermined, and why."""

    code: str
    words: str
    why: str
    pairing: str


class PartnershipDeepening(Schema):
    """A wish to go deeper, and for whose yes it waits."""

    id: uuid.UUID
    to_kind: str
    why: str
    waits_for: list[str]
    i_said_yes: bool


class PartnershipExit(Schema):
    """A point of the exit list."""

    key: str
    words: str
    is_done: bool


class Partnership(Schema):
    """One partnership, for those who stand for a side of it."""

    id: uuid.UUID
    title: str
    purpose: str
    what: str
    community_gain: str
    kind: str
    is_formal: bool
    state: str
    begins_on: date | None
    ends_on: date | None
    review_on: date | None
    currency: str
    starter: str
    closing_words: str
    verdict: CrossSector
    parties: list[PartnershipSide]
    steps: list[PartnershipStep]
    missing: list[str]
    moves: list[str]
    deepening: PartnershipDeepening | None
    exit_list: list[PartnershipExit]
    version: int


class PartnershipPromise(Schema):
    """What a side promised."""

    id: uuid.UUID
    text: str
    party: str
    person: str
    due_on: date | None
    state: str
    is_late: bool
    is_ours: bool
    version: int


class PartnershipEntry(Schema):
    """A note or a decision."""

    id: uuid.UUID
    kind: str
    text: str
    why: str
    on: date
    party: str
    by: str
    version: int


class PartnershipLink(Schema):
    """Where a document lives."""

    id: uuid.UUID
    title: str
    url: str


class PartnershipMessage(Schema):
    """What somebody said."""

    id: uuid.UUID
    text: str
    by: str
    party: str
    said_at: datetime


class PartnershipCost(Schema):
    """Time or money of partnering itself."""

    id: uuid.UUID
    minutes: int
    amount: Decimal | None
    currency: str
    on: date
    words: str
    party: str


class PartnershipWork(Schema):
    """The work of a partnership."""

    promises: list[PartnershipPromise]
    log: list[PartnershipEntry]
    links: list[PartnershipLink]
    messages: list[PartnershipMessage]
    costs: list[PartnershipCost]


class PartnershipMoment(Schema):
    """One line of the timeline."""

    at: datetime
    words: str


class DepthLine(Schema):
    """One dimension: each side's mark, in the order of `sides`, and the gap."""

    key: str
    words: str
    values: list[int | None]
    gap: int | None


class PartnershipDepth(Schema):
    """How deep each side finds it: its lower median, and the gap."""

    sides: list[str]
    depths: list[int | None]
    lines: list[DepthLine]
    gap: int | None
    version: int


# What comes in.


class NewSide(Schema):
    """A side: a member, or a group by its name; and who is asked for its yes."""

    member: uuid.UUID | None = None
    name: Annotated[str, Field(max_length=200)] = ""
    asked: uuid.UUID | None = None
    role: str = "core"
    sector: str = ""
    counts_as: str = ""
    shares_profits: bool | None = None
    size: str = ""
    size_scheme: str = "eu"
    group: Annotated[str, Field(max_length=200)] = ""
    gain: Words = ""


class PartnershipWords(Schema):
    """What is written about a partnership."""

    title: Annotated[str, Field(max_length=160)]
    purpose: Text = ""
    what: Text = ""
    community_gain: Words = ""
    is_formal: bool = False
    begins_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    currency: Annotated[str, Field(max_length=3)] = "EUR"


class NewPartnership(PartnershipWords):
    """A record to begin: for whom (oneself where nothing is said), with whom, how deep."""

    own: NewSide | None = None
    others: Annotated[list[NewSide], Field(max_length=60)] = []
    kind: str = "transactional"
    starter: str = ""
    promises: Annotated[list[Words], Field(max_length=10)] = []
    introduction: uuid.UUID | None = None


class ChangedPartnership(PartnershipWords):
    """The words as they should be; `version` is the one that was read."""

    version: Version = None


class ChangedSide(Schema):
    """What is said of a side, as it should be."""

    role: str = "core"
    sector: str = ""
    counts_as: str = ""
    shares_profits: bool | None = None
    size: str = ""
    size_scheme: str = "eu"
    group: Annotated[str, Field(max_length=200)] = ""
    gain: Words = ""
    version: Version = None


class WhomToAsk(Schema):
    """Who is asked for the yes of a side."""

    person: uuid.UUID


class NamedFor(Schema):
    """Who stands for one's own side, as what."""

    person: uuid.UUID
    role: str = "deputy"


class PartnershipMove(Schema):
    """Where to take it: form, back, activate, review, resume, embed, close, finish."""

    to: str
    words: Words = ""


class SettledItem(Schema):
    """A point of the exit list, done or not."""

    item: str
    done: bool = True


class PartnershipMarks(Schema):
    """One's own side's marks from 1 to 4, by dimension."""

    marks: dict[str, int | None]
    version: Version = None


class GoDeeper(Schema):
    """How deep it should be, and why."""

    to: str
    why: Words = ""


class DeeperAnswer(Schema):
    """Yes to going deeper, or not now."""

    deepening: uuid.UUID
    yes: bool


class NewPromise(Schema):
    """What one's side promises."""

    text: Words
    due_on: date | None = None
    person: uuid.UUID | None = None


class ChangedPromise(NewPromise):
    """The promise as it should be."""

    version: Version = None


class NewEntry(Schema):
    """A note, or a decision with its reason."""

    text: Text
    why: Annotated[str, Field(max_length=1000)] = ""
    kind: str = "note"
    on: date | None = None


class ChangedEntry(Schema):
    """The words as they should be."""

    text: Text
    why: Annotated[str, Field(max_length=1000)] = ""
    version: Version = None


class NewDocumentLink(Schema):
    """Where a document lives."""

    title: Annotated[str, Field(max_length=160)]
    url: Annotated[str, Field(max_length=500)]


class NewPartnershipMessage(Schema):
    """What one says to all who stand for a side."""

    text: Annotated[str, Field(max_length=3000)]


class NewCost(Schema):
    """Time or money spent on partnering itself."""

    kind: str = "meeting"
    minutes: Annotated[int, Field(ge=0, le=60_000)] = 0
    amount: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None
    currency: Annotated[str, Field(max_length=3)] = ""
    on: date | None = None
    words: Annotated[str, Field(max_length=160)] = ""
