"""What goes in and out before a talk, as types."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from ninja import Field, Schema

from footbridge.api import schemas


class ShoesWords(Schema):
    """How it looks from one side."""

    constraints: str = Field("", max_length=2000)
    incentives: str = Field("", max_length=2000)
    fears: str = Field("", max_length=2000)
    own_words: str = Field("", max_length=2000)
    decides_who: str = Field("", max_length=500)
    decides_how_long: str = Field("", max_length=500)
    decides_paper: str = Field("", max_length=500)


class Shoes(ShoesWords):
    """A card as the caller may read it; who may read it is there for its own side."""

    member: schemas.Member
    is_mine: bool
    readers: str
    given_to: list[schemas.Member]
    changed_at: datetime | None
    version: int


class WrittenShoes(ShoesWords):
    """A card as its side writes it."""

    readers: str = Field("nobody", max_length=20)
    version: schemas.Version = None


class OtherSide(Schema):
    """To whom a card is given, or from whom it is taken back."""

    to: uuid.UUID


class ShoesShelf(Schema):
    """The cards that one writes, and those given to one's side."""

    own: list[Shoes]
    given: list[Shoes]


class KitWords(Schema):
    """What is said."""

    ask: str = Field("", max_length=500)
    decider: str = Field("", max_length=500)
    theirs: str = Field("", max_length=2000)
    ours: str = Field("", max_length=2000)
    community: str = Field("", max_length=2000)
    story: str = Field("", max_length=4000)
    emotion: str = Field("", max_length=500)
    proof: str = Field("", max_length=2000)
    takes: str = Field("", max_length=500)
    gives: str = Field("", max_length=500)
    objections: str = Field("", max_length=2000)


class Pitch(KitWords):
    """A pitch, for its author and for the peers who listen."""

    id: uuid.UUID
    author: schemas.Member
    on_behalf_of: schemas.Member | None
    target: schemas.Member | None
    target_name: str
    contact: schemas.Member | None
    language: str
    is_mine: bool
    met_on: date | None
    went: str
    went_words: str
    version: int


class NewPitch(Schema):
    """Whom one wants to win: a member, or a name from outside. The rest is filled in."""

    target: uuid.UUID | None = None
    target_name: str = Field("", max_length=500)
    on_behalf_of: uuid.UUID | None = None


class ChangedPitch(KitWords):
    """All that is said, said anew."""

    version: schemas.Version = None


class Meeting(Schema):
    """How a meeting went."""

    went: str = Field(max_length=20)
    met_on: date | None = None
    words: str = Field("", max_length=2000)
    version: schemas.Version = None


class DrawnLine(Schema):
    """Something that can be said, and where it was read."""

    words: str
    source: str


class PitchEntry(Schema):
    """Whom to turn to, and why."""

    member: schemas.Member
    role: str
    reasons: list[str]


class Drawn(Schema):
    """What can be read today for a pitch."""

    theirs: list[DrawnLine]
    ours: list[DrawnLine]
    community: list[DrawnLine]
    proof: list[DrawnLine]
    asks: list[DrawnLine]
    entries: list[PitchEntry]
    connector: schemas.Member | None


class WorthSheet(Schema):
    """What one's own work is worth."""

    brings: str = Field("", max_length=2000)
    outcomes: str = Field("", max_length=2000)
    otherwise: str = Field("", max_length=2000)
    day_rate: int | None = Field(None, ge=0, le=10_000_000_000)
    currency: str = Field("", max_length=3)
    alternatives: str = Field("", max_length=2000)
    walk_away: str = Field("", max_length=2000)


class Worth(WorthSheet):
    """The same with its version; 0 where nothing was written yet."""

    version: int


class WrittenWorth(WorthSheet):
    """The sheet as one writes it."""

    version: schemas.Version = None


class NewRehearsal(Schema):
    """Whom one asks to listen."""

    peer: uuid.UUID
    words: str = Field("", max_length=500)
    shows_worth: bool = False


class PeerNotes(Schema):
    """What a peer noted: `yes`, `partly` or `no` to three questions."""

    clear_ask: str = Field("", max_length=10)
    their_words: str = Field("", max_length=10)
    answered: str = Field("", max_length=10)
    heard: str = Field("", max_length=500)
    missing: str = Field("", max_length=2000)


class WrittenNotes(PeerNotes):
    """The same as the peer writes it."""

    version: schemas.Version = None


class Rehearsal(Schema):
    """A rehearsal, as one of the two may know it."""

    id: uuid.UUID
    role: str
    other: schemas.Member
    words: str
    shows_worth: bool
    state: str
    asked_at: datetime
    answer_by: datetime
    pitch: Pitch | None
    worth: Worth | None
    notes: PeerNotes | None
    email: str
    moves: list[str]
    version: int


class Reading(Schema):
    """Something worth reading."""

    id: uuid.UUID
    person: schemas.Member
    title: str
    link: str
    why: str
    is_shared: bool
    is_mine: bool


class NewReading(Schema):
    """Something to put on the shelf."""

    title: str = Field(max_length=500)
    link: str = Field("", max_length=1000)
    why: str = Field("", max_length=1000)
    is_shared: bool = False


class LogicsTerm(Schema):
    """A word, and what each of the three hears in it."""

    key: str
    term: str
    profit: str
    public: str
    mission: str


class AgendaStep(Schema):
    """A step of a first talk."""

    minutes: int
    title: str
    say: str


class ThreeLogics(Schema):
    """The glossary, and how to open a first talk."""

    terms: list[LogicsTerm]
    openers: list[str]
    agenda: list[AgendaStep]
