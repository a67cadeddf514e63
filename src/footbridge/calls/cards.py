"""What a door may show of a call and of its answers: values that leave out what is not for the
viewer's eyes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from footbridge.calls import eligibility
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import (
    LIVE,
    UNCLOSED,
    AnswerState,
    Audience,
    From,
    Kind,
    Reason,
    Reward,
    State,
)
from footbridge.calls.words import amount
from footbridge.core import clock
from footbridge.people.cards import MemberCard
from footbridge.people.cards import card as member_card
from footbridge.people.policy import Anyone


@dataclass(frozen=True)
class Record:
    """How an owner has answered so far. Of fewer than five answers nothing is told, since that
    would tell of single people; then both figures are None."""

    answers: int | None = None
    median_days: int | None = None
    share_answered: int | None = None

    @property
    def is_told(self) -> bool:
        return self.answers is not None


NO_RECORD = Record()
NO_RECORDS: Mapping[uuid.UUID, Record] = {}


@dataclass(frozen=True)
class CallCard:
    """A call, as one viewer may know it."""

    id: uuid.UUID
    slug: str
    kind: str
    kind_words: str
    title: str
    owner: MemberCard
    state: str
    state_words: str
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
    reward: str
    reward_kind: str
    reward_words: str
    amount: str
    amount_from: int | None
    amount_to: int | None
    currency: str
    deadline: datetime | None
    timezone: str
    reply_days: int
    audience: str
    audience_words: str
    answers_from: str
    answers_from_words: str
    entries_shown: bool
    causes: tuple[str, ...]
    skills: tuple[str, ...]
    rules: tuple[str, ...]
    opened_at: datetime | None
    over_at: datetime | None
    version: int
    record: Record = NO_RECORD

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.EVERYONE

    @property
    def takes_from_outside(self) -> bool:
        return self.is_public and self.answers_from == From.ANYONE


def call_cards(
    viewer: Anyone, calls: Sequence[Call], records: Mapping[uuid.UUID, Record] = NO_RECORDS
) -> list[CallCard]:
    """The cards of calls whose owners, places and lists are at hand (`queries.with_details`)."""
    labels = eligibility.labels_for(rule for call in calls for rule in call.rules.all())
    return [
        _call_card(viewer, call, records.get(call.owner_id, NO_RECORD), labels) for call in calls
    ]


def _call_card(viewer: Anyone, call: Call, record: Record, labels: eligibility.Labels) -> CallCard:
    return CallCard(
        id=call.id,
        slug=call.slug,
        kind=call.kind,
        kind_words=str(Kind(call.kind).label),
        title=call.title,
        owner=member_card(viewer, call.owner),
        state=call.state,
        state_words=str(State(call.state).label),
        is_open=call.is_open,
        outcome=call.outcome,
        good_answer=call.good_answer,
        decided_by=call.decided_by,
        size_words=call.size_words,
        begins=call.begins,
        ends=call.ends,
        place=call.place.name if call.place else "",
        country=call.place.country if call.place else "",
        reach_km=call.reach_km,
        is_remote=call.is_remote,
        reward=str(Reward(call.reward).label) if call.reward else "",
        reward_kind=call.reward,
        reward_words=call.reward_words,
        amount=amount(call.amount_from, call.amount_to, call.currency),
        amount_from=call.amount_from,
        amount_to=call.amount_to,
        currency=call.currency,
        deadline=call.deadline,
        timezone=call.timezone,
        reply_days=call.reply_days,
        audience=call.audience,
        audience_words=str(Audience(call.audience).label),
        answers_from=call.answers_from,
        answers_from_words=str(From(call.answers_from).label),
        entries_shown=call.entries_shown,
        causes=tuple(cause.label for cause in call.causes.all()),
        skills=tuple(skill.label for skill in call.skills.all()),
        rules=eligibility.rule_words(call, list(call.rules.all()), labels),
        opened_at=call.opened_at,
        over_at=call.over_at,
        version=call.version,
        record=record,
    )


@dataclass(frozen=True)
class FileCard:
    """A file that came with an answer."""

    id: uuid.UUID
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class AnswerCard:
    """An answer, for who gave it and for who decides."""

    id: uuid.UUID
    author: MemberCard | None
    name: str
    by: str
    email: str
    text: str
    gain: str
    shown: bool
    state: str
    state_words: str
    reason: str
    reason_words: str
    sent_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    files: tuple[FileCard, ...]
    version: int

    @property
    def is_waiting(self) -> bool:
        return self.state in UNCLOSED

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.due_at is not None and self.due_at <= clock.now()

    @property
    def is_draft(self) -> bool:
        return self.state == AnswerState.DRAFT

    @property
    def may_change(self) -> bool:
        return self.state in (AnswerState.DRAFT, AnswerState.SENT)


def answer_card(viewer: Anyone, answer: Answer) -> AnswerCard:
    """The card of an answer, files and author at hand (`queries.with_author`)."""
    author = member_card(viewer, answer.member) if answer.member else None
    return AnswerCard(
        id=answer.id,
        author=author,
        name=author.name if author else answer.name,
        by=answer.by.name if answer.by and answer.by_id != answer.member_id else "",
        email=answer.email,
        text=answer.text,
        gain=answer.gain,
        shown=answer.shown,
        state=answer.state,
        state_words=str(AnswerState(answer.state).label),
        reason=str(Reason(answer.reason).label) if answer.reason else "",
        reason_words=answer.reason_words,
        sent_at=answer.sent_at,
        due_at=answer.due_at,
        closed_at=answer.closed_at,
        files=_files(answer),
        version=answer.version,
    )


def _files(answer: Answer) -> tuple[FileCard, ...]:
    return tuple(FileCard(one.id, one.name, one.media_type, one.size) for one in answer.files.all())


@dataclass(frozen=True)
class EntryCard:
    """An answer that its author shows to all who see the call: words and name, no more."""

    id: uuid.UUID
    author: MemberCard | None
    name: str
    text: str
    is_chosen: bool


def entry_cards(viewer: Anyone, answers: Iterable[Answer]) -> tuple[EntryCard, ...]:
    """The shown entries, in this order; who was chosen is told when the call is over."""
    return tuple(_entry_card(viewer, one) for one in answers)


def _entry_card(viewer: Anyone, answer: Answer) -> EntryCard:
    author = member_card(viewer, answer.member) if answer.member else None
    return EntryCard(
        id=answer.id,
        author=author,
        name=author.name if author else answer.name,
        text=answer.text,
        is_chosen=answer.state == AnswerState.CHOSEN and answer.call.state == State.CLOSED,
    )
