"""What a door may show of a member: a card that already leaves out what the viewer may not know."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from django.db.models import F, QuerySet

from footbridge.core import clock
from footbridge.people.models import Affiliation, Member
from footbridge.people.policy import Anyone, Viewer, Visitor, current, sees


@dataclass(frozen=True)
class MemberCard:
    """A person or an organisation, as one viewer may know it."""

    id: uuid.UUID
    kind: str
    name: str
    headline: str = ""
    role: str = ""
    organisation: str = ""
    organisation_id: uuid.UUID | None = None
    sector: str = ""
    place: str = ""
    country: str = ""
    chapter: str = ""
    languages: tuple[str, ...] = ()
    standing: str = ""
    is_paused: bool = False

    @property
    def is_person(self) -> bool:
        return self.kind == "person"


def card(viewer: Anyone, member: Member) -> MemberCard:
    """The card of one member: what they show to this viewer, and no more. Fetch through
    `queries.with_affiliations` to spare queries."""
    affiliation = _present(member) if sees(viewer, member, "work") else None
    organisation = affiliation.organisation if affiliation else None
    place = member.place if sees(viewer, member, "place") else None
    among_members = not isinstance(viewer, Visitor)
    return MemberCard(
        id=member.id,
        kind=member.kind,
        name=member.name,
        headline=member.headline if sees(viewer, member, "headline") else "",
        role=affiliation.role if affiliation else "",
        organisation=organisation.name if organisation else "",
        organisation_id=organisation.id if organisation else None,
        sector=_sector(member, organisation) if among_members else "",
        place=place.name if place else "",
        country=place.country if place else "",
        chapter=member.chapter.name if among_members and member.chapter else "",
        languages=tuple(member.languages) if sees(viewer, member, "languages") else (),
        standing=member.standing if among_members else "",
        is_paused=among_members and member.is_paused,
    )


def _sector(member: Member, organisation: Member | None) -> str:
    return member.sector or (organisation.sector if organisation else "")


def cards(viewer: Viewer, members: Iterable[Member]) -> list[MemberCard]:
    """The cards of many members."""
    return [card(viewer, member) for member in members]


def _present(member: Member) -> Affiliation | None:
    """What a person is today: with a mandate first, then the latest."""
    known = getattr(member, "now_at", None)
    if known is None:
        known = present_affiliations().filter(person_id=member.id)
    return next(iter(known), None)


def present_affiliations(*, on: date | None = None) -> QuerySet[Affiliation]:
    """The affiliations that hold today, or on another day: those with a mandate first, then the
    latest."""
    rows = Affiliation.objects.filter(current(on=on)).select_related("organisation")
    return rows.order_by("-has_mandate", F("since").desc(nulls_last=True), "id")


Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list, with how many there are in all."""

    items: list[Item]
    total: int
    number: int = 1
    size: int = 50

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def previous(self) -> int:
        return self.number - 1


@dataclass(frozen=True)
class ListedCard:
    """Someone on a chapter's list, as its hosts see them."""

    member: MemberCard
    email: str
    joined_at: datetime | None
    invited_until: datetime | None


@dataclass(frozen=True)
class HostCard:
    """Someone who looks after a chapter."""

    member: MemberCard
    role: str
    since: datetime


@dataclass(frozen=True)
class AffiliationCard:
    """What a person is or was in an organisation."""

    id: uuid.UUID
    person: MemberCard
    organisation: MemberCard
    role: str
    has_mandate: bool
    since: date | None
    until: date | None
    is_current: bool
    is_confirmed: bool
    may_confirm: bool = False


@dataclass(frozen=True)
class Portrait:
    """The page of a member, as far as one viewer may know them."""

    card: MemberCard
    about: str
    website: str
    affiliations: tuple[AffiliationCard, ...]
    public_path: str = ""


@dataclass(frozen=True)
class PublicCard:
    """The page that a person has for everyone on the web, as they see and set it themself."""

    path: str
    slug: str
    may_be_listed: bool
    since: date
    version: int


@dataclass(frozen=True)
class Shows:
    """To whom a person shows each field, and the public page if they have one."""

    fields: dict[str, str]
    public: PublicCard | None
    version: int


@dataclass(frozen=True)
class InvitationCard:
    """A link into a chapter, as its hosts see it: `path` is there while the link is good."""

    id: uuid.UUID
    door: str
    chapter: str
    person: MemberCard | None
    note: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    used: int
    most_uses: int
    is_open: bool
    path: str


@dataclass(frozen=True)
class Doorway:
    """What someone sees who opens a link into a chapter, before they tap."""

    chapter: str
    welcome: str
    door: str
    host: str
    name: str
    asks_for_email: bool

    @property
    def may_stay_unseen(self) -> bool:
        """Where a host has to say yes, or listed somebody by name, nobody can come unseen."""
        return self.door == "trusted"


@dataclass(frozen=True)
class EntryContact:
    """Whom to turn to in an organisation first, and why them."""

    member: MemberCard
    role: str
    why: str
    rank: int = 0


@dataclass(frozen=True)
class TokenCard:
    """A program's token, without its secret."""

    id: uuid.UUID
    name: str
    made_at: datetime
    expires_at: datetime

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= clock.now()
