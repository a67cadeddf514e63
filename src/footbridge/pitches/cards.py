"""What a door may show of a card, a pitch, a sheet, a rehearsal and the shelf."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from footbridge.people.cards import MemberCard, card
from footbridge.people.policy import Viewer
from footbridge.pitches.models import Pitch, Reading, Rehearsal, ShoesCard, Worth
from footbridge.pitches.policy import moves, role_of, shown_state
from footbridge.pitches.states import Felt, Readers, Went

_ON_THE_CARD = (
    "constraints",
    "incentives",
    "fears",
    "own_words",
    "decides_who",
    "decides_how_long",
    "decides_paper",
)
_IN_THE_KIT = (
    "ask",
    "decider",
    "theirs",
    "ours",
    "community",
    "story",
    "emotion",
    "proof",
    "takes",
    "gives",
    "objections",
)
_ON_THE_SHEET = ("brings", "outcomes", "otherwise", "currency", "alternatives", "walk_away")


@dataclass(frozen=True)
class InShoes:
    """How a member sees the world from where they stand; an empty one has version 0. Who may read
    it, and to whom it was given, is there for its own side."""

    member: MemberCard
    constraints: str = ""
    incentives: str = ""
    fears: str = ""
    own_words: str = ""
    decides_who: str = ""
    decides_how_long: str = ""
    decides_paper: str = ""
    is_mine: bool = False
    readers: str = ""
    readers_words: str = ""
    given_to: tuple[MemberCard, ...] = ()
    changed_at: datetime | None = None
    version: int = 0

    @property
    def is_written(self) -> bool:
        return any(getattr(self, name) for name in _ON_THE_CARD)


@dataclass(frozen=True)
class PitchCard:
    """A pitch, as its author and those who listen read it."""

    id: uuid.UUID
    author: MemberCard
    on_behalf_of: MemberCard | None
    target: MemberCard | None
    target_name: str
    contact: MemberCard | None
    ask: str
    decider: str
    theirs: str
    ours: str
    community: str
    story: str
    emotion: str
    proof: str
    takes: str
    gives: str
    objections: str
    language: str
    is_mine: bool
    met_on: date | None
    went: str
    went_label: str
    went_words: str
    created_at: datetime
    version: int

    @property
    def empty(self) -> tuple[str, ...]:
        """What of the kit is still empty, by column."""
        return tuple(name for name in _IN_THE_KIT if not getattr(self, name))


@dataclass(frozen=True)
class WorthCard:
    """What somebody brings, in words and numbers; an empty one has version 0."""

    brings: str = ""
    outcomes: str = ""
    otherwise: str = ""
    day_rate: int | None = None
    currency: str = ""
    alternatives: str = ""
    walk_away: str = ""
    version: int = 0


@dataclass(frozen=True)
class NotesCard:
    """What a peer noted."""

    clear_ask: str
    clear_ask_words: str
    their_words: str
    their_words_words: str
    answered: str
    answered_words: str
    heard: str
    missing: str
    noted_at: datetime


@dataclass(frozen=True)
class RehearsalCard:
    """A rehearsal, as one of the two may know it. The pitch and the address of the other are there
    once the peer said yes; the sheet, if the author shows it."""

    id: uuid.UUID
    role: str
    other: MemberCard
    words: str
    shows_worth: bool
    state: str
    state_words: str
    asked_at: datetime
    answer_by: datetime
    pitch: PitchCard | None
    worth: WorthCard | None
    notes: NotesCard | None
    email: str
    moves: tuple[str, ...]
    version: int


@dataclass(frozen=True)
class ReadingCard:
    """Something worth reading, and who put it there."""

    id: uuid.UUID
    person: MemberCard
    title: str
    link: str
    why: str
    is_shared: bool
    is_mine: bool


def shoes(viewer: Viewer, row: ShoesCard, given_to: tuple[MemberCard, ...] | None) -> InShoes:
    """The card of a member; `given_to` is there for its own side alone."""
    is_mine = given_to is not None
    return InShoes(
        member=card(viewer, row.member),
        is_mine=is_mine,
        readers=row.readers if is_mine else "",
        readers_words=str(Readers(row.readers).label) if is_mine else "",
        given_to=given_to or (),
        changed_at=row.changed_at,
        version=row.version,
        **{name: getattr(row, name) for name in _ON_THE_CARD},
    )


def pitch_card(viewer: Viewer, row: Pitch, known: dict[uuid.UUID, MemberCard]) -> PitchCard:
    """One pitch; `known` are the cards of the members in it whom the viewer may see. Whoever has
    left is not named."""
    target = known.get(row.target_id) if row.target_id else None
    return PitchCard(
        id=row.id,
        author=card(viewer, row.author),
        on_behalf_of=known.get(row.on_behalf_of_id) if row.on_behalf_of_id else None,
        target=target,
        target_name=target.name if target else row.target_name,
        contact=known.get(row.contact_id) if row.contact_id else None,
        language=row.language,
        is_mine=getattr(viewer, "id", None) == row.author_id,
        met_on=row.met_on,
        went=row.went,
        went_label=str(Went(row.went).label) if row.went else "",
        went_words=row.went_words,
        created_at=row.created_at,
        version=row.version,
        **{name: getattr(row, name) for name in _IN_THE_KIT},
    )


def worth_card(row: Worth | None) -> WorthCard:
    """The sheet, also where nothing was written yet."""
    if row is None:
        return WorthCard()
    words = {name: getattr(row, name) for name in _ON_THE_SHEET}
    return WorthCard(day_rate=row.day_rate, version=row.version, **words)


def rehearsal_card(
    viewer: Viewer,
    row: Rehearsal,
    other: MemberCard,
    pitch: PitchCard | None,
    worth: Worth | None,
) -> RehearsalCard:
    """The card of one rehearsal, with what the viewer may read of it."""
    role = role_of(viewer, row)
    state = shown_state(role, row)
    them = row.peer if role == role.AUTHOR else row.author  # type: ignore[union-attr]
    return RehearsalCard(
        id=row.id,
        role=role.value if role else "",
        other=other,
        words=row.words,
        shows_worth=row.shows_worth,
        state=state.value,
        state_words=str(state.label),
        asked_at=row.asked_at,
        answer_by=row.expires_at,
        pitch=pitch,
        worth=worth_card(worth) if worth else None,
        notes=_notes(row),
        email=(them.email or "") if state == state.AGREED else "",
        moves=tuple(move.value for move in moves(role, row)),
        version=row.version,
    )


def _notes(row: Rehearsal) -> NotesCard | None:
    if row.noted_at is None:
        return None
    return NotesCard(
        clear_ask=row.clear_ask,
        clear_ask_words=_felt(row.clear_ask),
        their_words=row.their_words,
        their_words_words=_felt(row.their_words),
        answered=row.answered,
        answered_words=_felt(row.answered),
        heard=row.heard,
        missing=row.missing,
        noted_at=row.noted_at,
    )


def _felt(value: str) -> str:
    return str(Felt(value).label) if value else ""


def reading_card(viewer: Viewer, row: Reading) -> ReadingCard:
    """One thing on the shelf."""
    return ReadingCard(
        id=row.id,
        person=card(viewer, row.person),
        title=row.title,
        link=row.link,
        why=row.why,
        is_shared=row.is_shared,
        is_mine=getattr(viewer, "id", None) == row.person_id,
    )
