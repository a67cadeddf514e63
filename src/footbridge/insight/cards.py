"""What insight answers with: values that leave out what the viewer may not know."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from footbridge.people.cards import MemberCard


@dataclass(frozen=True)
class Filters:
    """What someone asks for, in the words of the rooms; empty means anything."""

    kind: str = ""
    sector: str = ""
    language: str = ""
    cause: str = ""
    chapter: str = ""
    near: str = ""
    within_km: int = 50
    group: str = ""


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Reason:
    """One fact that speaks for a suggestion, and how much of the score it makes."""

    kind: str
    text: str
    weight: float


@dataclass(frozen=True)
class Missing:
    """Something that a suggestion lacks."""

    code: str
    text: str


@dataclass(frozen=True)
class Suggestion:
    """A member who fits, why, and what is missing."""

    card: MemberCard
    score: float
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    near_miss: bool = False


@dataclass(frozen=True)
class Stone:
    """One stop on a chain. `card` is None for someone whose name is theirs to give."""

    card: MemberCard | None
    note: str = ""


@dataclass(frozen=True)
class Chain:
    """One way to be introduced: the stones from the seeker to the one sought, the strength of
    each step between them, and of the whole."""

    stones: tuple[Stone, ...]
    steps: tuple[float, ...]
    words: tuple[str, ...]
    strength: float

    @property
    def connector(self) -> MemberCard | None:
        """Who would be asked first: None when the two know each other."""
        return self.stones[1].card if len(self.stones) > 2 else None


@dataclass(frozen=True)
class Near:
    """Someone whom a search did not find, but nearly, and what they lack."""

    card: MemberCard
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Found:
    """One page of a search. `notes` says of an organisation that it was found by where it works
    besides its seat; where nothing was found, `nearest` says who comes near and what they lack."""

    cards: tuple[MemberCard, ...]
    total: int
    page: int
    pages: int
    notes: Mapping[uuid.UUID, str] = field(default_factory=dict)
    nearest: tuple[Near, ...] = ()

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1


@dataclass(frozen=True)
class Pair:
    """Two people who should meet: one, and the other with the reasons."""

    one: MemberCard
    found: Suggestion


@dataclass(frozen=True)
class Unmatched:
    """Someone for whom nobody really fits yet, with the nearest misses."""

    card: MemberCard
    nearest: tuple[Suggestion, ...]
