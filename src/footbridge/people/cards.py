"""What a door may show of a member: a card that already leaves out what the viewer may not know."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from footbridge.people.models import Member
from footbridge.people.policy import Viewer


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


def card(viewer: Viewer, member: Member) -> MemberCard:
    """The card of one member. Fetch through `queries.with_affiliations` to spare queries."""
    affiliation = _present(member)
    organisation = affiliation.organisation if affiliation else None
    return MemberCard(
        id=member.id,
        kind=member.kind,
        name=member.name,
        headline=member.headline,
        role=affiliation.role if affiliation else "",
        organisation=organisation.name if organisation else "",
        organisation_id=organisation.id if organisation else None,
        sector=member.sector or (organisation.sector if organisation else ""),
        place=member.place.name if member.place else "",
        country=member.place.country if member.place else "",
        chapter=member.chapter.name if member.chapter else "",
        languages=tuple(member.languages),
        standing=member.standing,
        is_paused=member.is_paused,
    )


def cards(viewer: Viewer, members: Iterable[Member]) -> list[MemberCard]:
    """The cards of many members."""
    return [card(viewer, member) for member in members]


def _present(member: Member):  # type: ignore[no-untyped-def]
    known = getattr(member, "now_at", None)
    if known is None:
        known = member.affiliations.filter(until__isnull=True).select_related("organisation")
    return next(iter(known), None)
