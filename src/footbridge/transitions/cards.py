"""What a door may show of a passage, of the steps in it, and of a question to a guide."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from footbridge.core import versions
from footbridge.people.cards import MemberCard, card
from footbridge.people.policy import Viewer
from footbridge.transitions.models import GuideAsk, StepNote, Transition
from footbridge.transitions.policy import moves, role_of, shown_state
from footbridge.transitions.states import Motive, Passage, Point, Role, Shown, State, steps_of


@dataclass(frozen=True)
class TransitionCard:
    """What somebody passes or passed through, in the reader's words."""

    id: uuid.UUID
    person: MemberCard
    passage: str
    passage_words: str
    point: str
    point_words: str
    since: date | None
    is_over: bool
    motives: tuple[str, ...]
    motive_words: tuple[str, ...]
    words: str
    shown: str
    shown_words: str
    glad_to_be_asked: bool
    is_mine: bool
    version: int


@dataclass(frozen=True)
class StepCard:
    """One step of a list: what it asks, and what its owner wrote."""

    key: str
    title: str
    help: str
    words: str
    is_done: bool


@dataclass(frozen=True)
class ListCard:
    """All steps that fit a passage, how many are done, and which version this is."""

    steps: tuple[StepCard, ...]
    version: str

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)


@dataclass(frozen=True)
class AskCard:
    """A question to a guide, as one of the two may know it. The address of the other is there
    once the guide said yes."""

    id: uuid.UUID
    role: str
    other: MemberCard
    words: str
    state: str
    state_words: str
    asked_at: datetime
    answer_by: datetime
    about: TransitionCard | None
    email: str
    moves: tuple[str, ...]


def transition_card(viewer: Viewer, one: Transition) -> TransitionCard:
    """The card of one passage. Fetch with its person."""
    is_mine = getattr(viewer, "id", None) == one.person_id
    return TransitionCard(
        id=one.id,
        person=card(viewer, one.person),
        passage=one.passage,
        passage_words=str(Passage(one.passage).label),
        point=one.point,
        point_words=str(Point(one.point).label),
        since=one.since,
        is_over=one.is_over,
        motives=tuple(one.motives),
        motive_words=tuple(str(Motive(code).label) for code in one.motives),
        words=one.words,
        shown=one.shown if is_mine else "",
        shown_words=str(Shown(one.shown).label) if is_mine else "",
        glad_to_be_asked=one.glad_to_be_asked,
        is_mine=is_mine,
        version=one.version,
    )


def list_card(one: Transition, notes: Mapping[str, StepNote]) -> ListCard:
    """The steps of a passage with what its owner wrote."""
    return ListCard(
        steps=tuple(
            StepCard(
                key=step.key,
                title=str(step.title),
                help=str(step.help),
                words=notes[step.key].words if step.key in notes else "",
                is_done=step.key in notes and notes[step.key].is_done,
            )
            for step in steps_of(one.passage)
        ),
        version=list_version(notes.values()),
    )


def list_version(notes: Iterable[StepNote]) -> str:
    """A word that changes with what stands in a list; an untouched list has one too."""
    return versions.of_choice(f"{one.step}:{one.is_done}:{one.words}" for one in notes)


def ask_card(viewer: Viewer, ask: GuideAsk, other: MemberCard, about: bool) -> AskCard:
    """The card of one question; `about` says whether the other's passage may be shown with it."""
    role = role_of(viewer, ask)
    state = shown_state(role, ask)
    theirs = ask.transition if role == Role.GUIDE else ask.lived
    them = ask.asker if role == Role.GUIDE else ask.guide
    return AskCard(
        id=ask.id,
        role=role.value if role else "",
        other=other,
        words=ask.words,
        state=state.value,
        state_words=str(state.label),
        asked_at=ask.asked_at,
        answer_by=ask.expires_at,
        about=transition_card(viewer, theirs) if theirs and about else None,
        email=(them.email or "") if state == State.AGREED else "",
        moves=tuple(move.value for move in moves(role, ask)),
    )
