"""What goes in and out about calls and answers, as types."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from footbridge.api.schemas import Member, Version

CallKind = Literal["brief", "assignment", "funding", "competition"]
AnswerStanding = Literal["", "waiting", "late", "sent", "shortlisted", "chosen", "closed"]
ClosingReason = Literal[
    "not_eligible", "another", "too_early", "out_of_scope", "out_of_budget", "too_far", "unclear",
    "full", "later",
]  # fmt: skip
RuleKind = Literal[
    "sector", "country", "within", "stage", "size", "cause", "legal_form", "language"
]
Code = Annotated[str, Field(max_length=60)]
Typed = Annotated[str, Field(max_length=10_000)]
Amount = Annotated[int, Field(ge=0, le=10**12)]


class AnswerRecord(Schema):
    """How an owner has answered so far; nothing while too few would tell of single people."""

    answers: int | None
    median_days: int | None
    share_answered: int | None


class OpenCall(Schema):
    """A call, as far as the caller may know it."""

    id: uuid.UUID
    slug: str
    kind: str
    title: str
    owner: Member
    state: str
    is_open: bool
    outcome: str
    good_answer: str
    decided_by: str
    size_words: str
    begins: date | None
    ends: date | None
    place: str
    country: str
    reach_km: int | None
    is_remote: bool
    reward_kind: str
    reward_words: str
    amount_from: int | None
    amount_to: int | None
    currency: str
    deadline: datetime | None
    timezone: str
    reply_days: int
    audience: str
    answers_from: str
    entries_shown: bool
    causes: list[str]
    skills: list[str]
    rules: list[str]
    opened_at: datetime | None
    record: AnswerRecord
    version: int


class OpenCalls(Schema):
    """One page of calls."""

    items: list[OpenCall]
    total: int
    number: int
    pages: int


class SaidOfCall(Schema):
    """What to say of a call; what is left out stays as it is. A deadline without an offset is read
    by the clocks of the time zone."""

    title: Typed = ""
    outcome: Typed = ""
    good_answer: Typed = ""
    decided_by: Typed = ""
    size_words: Typed = ""
    begins: date | None = None
    ends: date | None = None
    place: Code = ""
    reach_km: int | None = Field(None, ge=1, le=20_000)
    is_remote: bool = False
    reward: Literal["", "paid", "grant", "prize", "investment", "in_kind", "partnership"] = ""
    reward_words: Typed = ""
    amount_from: Amount | None = None
    amount_to: Amount | None = None
    currency: Code = ""
    deadline: datetime | None = None
    timezone: Code = "UTC"
    reply_days: int = Field(14, ge=1, le=90)
    audience: Literal["chapter", "members", "everyone"] = "members"
    answers_from: Literal["members", "anyone"] = "members"
    entries_shown: bool = False
    skills: list[uuid.UUID] = Field([], max_length=50)
    causes: list[Code] = Field([], max_length=50)
    rules: dict[RuleKind, Annotated[list[int | Code], Field(max_length=100)]] = {}


class NewOpenCall(SaidOfCall):
    """A draft: for whom, of which kind, in one line; and anything more."""

    kind: CallKind
    title: Annotated[str, Field(min_length=1, max_length=500)]
    owner: uuid.UUID | None = None


class ChangedOpenCall(SaidOfCall):
    """The same said otherwise."""

    version: Version = None


class RuleVerdict(Schema):
    """One rule of a call, and how somebody stands to it; null where that is not known."""

    kind: str
    is_met: bool | None
    rule: str
    words: str


class AnswerFileCard(Schema):
    """A file that came with an answer."""

    id: uuid.UUID
    name: str
    media_type: str
    size: int


class CallAnswer(Schema):
    """An answer, for who gave it and for who decides."""

    id: uuid.UUID
    author: Member | None
    name: str
    by: str
    email: str
    text: str
    gain: str
    shown: bool
    state: str
    reason: str
    reason_words: str
    sent_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    files: list[AnswerFileCard]
    version: int


class OwnCallAnswer(Schema):
    """One of one's own answers, and to which call."""

    slug: str
    title: str
    card: CallAnswer


class CallAnswers(Schema):
    """One page of answers, the first sent first."""

    items: list[CallAnswer]
    total: int
    number: int
    pages: int


class CallEntry(Schema):
    """An answer that its author shows to all who see the call."""

    id: uuid.UUID
    name: str
    text: str
    is_chosen: bool


class WrittenAnswer(Schema):
    """What to answer; in whose name, if not in one's own."""

    text: Typed
    gain: Typed = ""
    shown: bool = False
    member: uuid.UUID | None = None
    version: Version = None


class AnswerShown(Schema):
    """Whether all who see the call see the answer, too."""

    shown: bool


class LastWords(Schema):
    """Words of one's own."""

    words: Typed = ""


class ClosedWith(LastWords):
    """Why an answer is not taken further."""

    reason: ClosingReason


class ClosedMany(ClosedWith):
    """The same for many; for all that wait and are not on the shortlist, where none is named."""

    answers: list[uuid.UUID] | None = Field(None, max_length=5000)


class HowMany(Schema):
    """So many."""

    many: int


class NewAnswerFile(Schema):
    """A file, its content in base64."""

    name: str = Field(max_length=500)
    content: str = Field(max_length=7_000_000)


class AnswerFileContent(AnswerFileCard):
    """A file with what is in it, in base64."""

    content: str
