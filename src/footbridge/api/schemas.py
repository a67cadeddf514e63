"""What goes in and out, as types: the documentation is made from them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

PageNumber = Annotated[int, Field(ge=1, le=10_000)]
Top = Annotated[int, Field(ge=1, le=50)]
Line = Annotated[str, Field(min_length=1, max_length=500)]
Short = Annotated[str, Field(max_length=200)]
Resource = Literal[
    "", "money", "goods", "expertise", "infrastructure", "network", "legitimacy", "data"
]


Kind = Literal["", "person", "organisation"]
Sector = Literal["", "private", "public", "nonprofit", "academic", "hybrid"]
Stage = Literal["", "idea", "trying", "running", "growing", "passing_on"]
Standing = Literal["", "known", "invited", "applied", "joined"]


class Error(Schema):
    """Why something was refused: a code for programs, a message fit to show."""

    code: str
    message: str
    field: str = ""


class Conflict(Error):
    """Someone was first. Where it was edited since it was read: what stands there now, what was
    sent, and the version to send if that is to stand all the same."""

    version: int | str | None = None
    theirs: dict[str, Any] | None = None
    mine: dict[str, Any] | None = None


def refusals(*statuses: int) -> dict[int, Any]:
    """The ways in which an operation may be refused, besides those that each may."""
    ways: dict[int, Any] = dict.fromkeys((*statuses, 401, 422, 503), Error)
    return ways | ({409: Conflict} if 409 in statuses else {})


# Which version one read: a newer one is not overwritten. 0 where there was nothing.
Version = Annotated[int | None, Field(ge=0, le=2_147_483_647)]


# What each operation may answer: no good token, or not what the documentation asks for.
NOT_SIGNED = refusals()


class Member(Schema):
    """A person or an organisation, as far as the caller may know them."""

    id: uuid.UUID
    kind: str
    name: str
    headline: str
    role: str
    organisation: str
    organisation_id: uuid.UUID | None
    sector: str
    place: str
    country: str
    chapter: str
    languages: list[str]
    is_paused: bool


OWN_FIELDS = (
    "about",
    "stage",
    "email",
    "website",
    "paused_until",
    "findable_by_email",
    "beyond_chapter",
    "asks_per_month",
    "version",
)


class Me(Member):
    """Oneself, with what is nobody else's business."""

    about: str
    stage: str
    email: str | None
    website: str
    paused_until: date | None
    findable_by_email: bool
    beyond_chapter: bool
    asks_per_month: int
    version: int


class Profile(Schema):
    """What to say of oneself; what is left out stays as it is."""

    name: Annotated[str, Field(min_length=1, max_length=200)] = ""
    headline: Short = ""
    about: Annotated[str, Field(max_length=5000)] = ""
    sector: Sector = ""
    stage: Stage = ""
    place: Short = ""
    languages: Annotated[list[Annotated[str, Field(max_length=35)]], Field(max_length=20)] = []
    website: Annotated[str, Field(max_length=500)] = ""
    beyond_chapter: bool = True
    asks_per_month: Annotated[int, Field(ge=0, le=30)] = 3
    version: Version = None


class Pause(Schema):
    """Until when to be left in peace."""

    until: date


class Findable(Schema):
    """Whether people who have one's address see that one is here."""

    findable: bool


class Members(Schema):
    """One page of members."""

    items: list[Member]
    total: int
    page: int
    pages: int


class Reason(Schema):
    """A fact that speaks for a suggestion, and how much of the score it makes."""

    kind: str
    text: str
    weight: float


class Missing(Schema):
    """Something that a suggestion lacks."""

    code: str
    text: str


class Suggestion(Schema):
    """A member who fits, why, and what is missing."""

    member: Member
    score: float
    reasons: list[Reason]
    missing: list[Missing]
    near_miss: bool


class Stone(Schema):
    """One stop on a chain; no member where the name is theirs to give."""

    member: Member | None


class Chain(Schema):
    """One way to be introduced."""

    steps: list[Stone]
    step_strengths: list[float]
    strength: float


class Word(Schema):
    """A skill or a cause of the vocabulary."""

    id: uuid.UUID
    key: str
    label: str


class Skill(Word):
    """A skill of a need or an offer; `guessed` until its owner confirmed it."""

    guessed: bool


class Posting(Schema):
    """A need or an offer."""

    id: uuid.UUID
    owner: Member
    text: str
    skills: list[Skill]
    causes: list[Word]
    resource: str
    place: str
    opened_at: datetime
    until: date | None
    is_open: bool
    ending: str
    version: int


class Need(Posting):
    """Something that someone looks for."""

    urgent: bool


class Offer(Posting):
    """Something that someone can give."""

    hours_per_month: int | None


class NewNeed(Schema):
    """One sentence is enough."""

    text: Line
    owner: uuid.UUID | None = None
    urgent: bool = False
    resource: Resource = ""
    until: date | None = None


class NewOffer(Schema):
    """One sentence is enough."""

    text: Line
    owner: uuid.UUID | None = None
    resource: Resource = ""
    until: date | None = None
    hours_per_month: Annotated[int, Field(ge=1, le=300)] | None = None


class _Changed(Schema):
    text: Line = ""
    skills: Annotated[list[uuid.UUID], Field(max_length=20)] = []
    resource: Resource = ""
    until: date | None = None
    version: Version = None


class ChangedNeed(_Changed):
    """What to change of a need; what is left out stays as it is."""

    urgent: bool = False


class ChangedOffer(_Changed):
    """What to change of an offer; what is left out stays as it is."""

    hours_per_month: Annotated[int, Field(ge=1, le=300)] | None = None


class Chosen(Schema):
    """What is chosen, by id."""

    ids: Annotated[list[uuid.UUID], Field(max_length=200)]


class Tie(Schema):
    """One side's statement about the other."""

    id: uuid.UUID
    teller: Member
    other: Member
    kind: str
    strength: str
    how: str
    since: date | None
    state: str
    is_confirmed: bool
    version: int


Strength = Literal["met", "know", "worked_together", "trust"]


class NewTie(Schema):
    """How well one knows someone, in one's own words."""

    other: uuid.UUID
    strength: Strength
    how: Short = ""
    since: date | None = None
    version: Version = None


class TieAnswer(Schema):
    """Whether it is so, and in one's own words how."""

    is_so: bool
    strength: Strength | Literal[""] = ""
    how: Short = ""
    since: date | None = None
    version: Version = None


class Wish(Schema):
    """What one privately wishes about someone."""

    about: Member
    wish: str
    until: date | None
    version: int


class NewWish(Schema):
    """«Not now» passes by itself; the others hold until taken back."""

    wish: Literal["not_now", "not_them", "avoid"]
    version: Version = None


class Party(Schema):
    """One of the three of an introduction, as far as the caller may know them."""

    id: uuid.UUID | None
    name: str
    email: str


class Note(Schema):
    """The note that is passed on."""

    who_i_am: Annotated[str, Field(max_length=300)] = ""
    why_you: Annotated[str, Field(max_length=1000)] = ""
    what_i_ask: Annotated[str, Field(max_length=300)] = ""
    how_long: Annotated[str, Field(max_length=100)] = ""
    your_gain: Annotated[str, Field(max_length=300)] = ""


class Introduction(Schema):
    """An introduction, as one of the three may know it."""

    id: uuid.UUID
    role: str | None
    shown: str
    seeker: Party
    connector: Party
    target: Party
    note: Note
    connector_word: str
    need: str
    answer_by: date | None
    introduced_on: date | None
    my_answer: str | None
    my_outcome: str | None
    my_words: str
    agenda: list[str]
    moves: list[str]
    version: int | None
    my_version: int


class ChangedNote(Note):
    """What to write on at a draft; what is left out stays as it is."""

    version: Version = None


class NewIntroduction(ChangedNote):
    """Whom one seeks, through whom, and the note. `ask` false keeps it as a draft."""

    target: uuid.UUID
    connector: uuid.UUID
    need: uuid.UUID | None = None
    ask: bool = True


class Yes(Note):
    """A yes; a connector may add a word and change the note."""

    word: Annotated[str, Field(max_length=1000)] = ""


class Outcome(Schema):
    """What came of an introduction."""

    outcome: Literal["not_yet", "met", "going_on", "nothing"]
    words: Annotated[str, Field(max_length=1000)] = ""
    version: Version = None


class Words(Schema):
    """A word of thanks."""

    words: Annotated[str, Field(min_length=1, max_length=1000)]


class Waiting(Schema):
    """One thing that waits for the caller."""

    introduction: uuid.UUID
    role: str
    what: str
    from_whom: str
    about: str
    by: date | None


class Chapter(Schema):
    """A chapter that the caller looks after."""

    id: uuid.UUID
    name: str
    language: str


class Listed(Schema):
    """Someone on a chapter's list, as its hosts see them."""

    member: Member
    standing: str = Field(alias="member.standing")
    email: str
    joined_at: datetime | None
    invited_until: datetime | None


class List(Schema):
    """One page of a chapter's list."""

    items: list[Listed]
    total: int
    page: int
    pages: int


class NewPerson(Schema):
    """Someone for the list."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    email: Annotated[str, Field(max_length=254)] = ""
    place: Short = ""


class Invitation(Schema):
    """A link into a chapter; `url` is there while the link is good."""

    id: uuid.UUID
    door: str
    person: Member | None
    note: str
    made_at: datetime
    expires_at: datetime
    used: int
    most_uses: int
    is_open: bool
    url: str


class NewLink(Schema):
    """Who comes in by it, how many, and for how long it is good."""

    door: Literal["trusted", "vetted"]
    most_uses: Annotated[int, Field(ge=1, le=1000)] = 20
    days: Annotated[int, Field(ge=1, le=366)] = 30
    note: Short = ""


class Two(Schema):
    """Two people, by id."""

    one: uuid.UUID
    other: uuid.UUID


class Pair(Two):
    """Two people who should meet, and why, in the host's words."""

    why_you: Annotated[str, Field(min_length=1, max_length=1000)]
    who_i_am: Annotated[str, Field(max_length=300)] = ""
    what_i_ask: Annotated[str, Field(max_length=300)] = ""
    how_long: Annotated[str, Field(max_length=100)] = ""
