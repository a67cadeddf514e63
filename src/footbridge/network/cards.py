"""What a door may show of ties and wishes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from footbridge.network.states import Strength, TieKind
from footbridge.people.cards import MemberCard


@dataclass(frozen=True)
class Work:
    """Where somebody in an address book works, as the book itself says."""

    organisation: str = ""
    position: str = ""
    place: str = ""


@dataclass(frozen=True)
class ContactCard:
    """One row of one's own address book; `member_id` is who it is here, if they wish that."""

    id: uuid.UUID
    name: str
    work: Work
    member_id: uuid.UUID | None = None


@dataclass(frozen=True)
class TieCard:
    """One side's statement about the other. It is confirmed once both sides have stated it."""

    id: uuid.UUID
    teller: MemberCard
    other: MemberCard
    kind: str
    strength: str
    how: str
    since: date | None
    last_confirmed: date | None
    state: str
    is_confirmed: bool
    is_mine: bool
    proposed_by: str = ""
    version: int = 0

    @property
    def strength_words(self) -> str:
        return str(Strength(self.strength).label)

    @property
    def kind_words(self) -> str:
        return str(TieKind(self.kind).label)


@dataclass(frozen=True)
class WishCard:
    """What one privately wishes about someone."""

    about: MemberCard
    wish: str
    until: date | None
    version: int = 0


@dataclass(frozen=True)
class KnownMember:
    """Someone among one's own contacts who is here and wishes to be found."""

    member: MemberCard
    name_in_contacts: str
