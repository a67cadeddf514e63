"""What a person shows to whom: their page as others see it, and the choices behind it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from enum import StrEnum

from footbridge.core.errors import NotHere
from footbridge.people.cards import MemberCard, Portrait, PublicCard, Shows, card
from footbridge.people.models import Member, Person, PublicPage
from footbridge.people.policy import VISITOR, Anyone, Viewer, Visitor, sees, stand_in, visible_to
from footbridge.people.queries.basics import as_person, by_ids, with_affiliations
from footbridge.people.queries.organisations import affiliations_of
from footbridge.people.states import FIELDS


class Eyes(StrEnum):
    """Through whose eyes one may look at one's own page."""

    MEMBER = "member"
    INTRODUCED = "introduced"
    EVERYONE = "everyone"


def portrait(viewer: Anyone, member: Member) -> Portrait:
    """A member's page, field by field as they show it to this viewer."""
    return Portrait(
        card=card(viewer, member),
        about=member.about if sees(viewer, member, "about") else "",
        website=member.website if sees(viewer, member, "website") else "",
        affiliations=tuple(affiliations_of(viewer, member)),
        public_path=_public_path(viewer, member),
    )


def as_members_see(viewer: Viewer, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, MemberCard]:
    """Those of these members whom the viewer may see, with what they show to all members: for what
    the viewer passes on to others, such as a badge."""
    somebody = stand_in()
    return {one: card(somebody, member) for one, member in by_ids(viewer, ids).items()}


def _public_path(viewer: Anyone, member: Member) -> str:
    """Members are led to the public page from the one that they see."""
    if isinstance(viewer, Visitor) or not member.is_person:
        return ""
    page = PublicPage.objects.filter(person=member.id).first()
    return path_of(page) if page else ""


def path_of(page: PublicPage) -> str:
    """Where a public page stands: the path to put behind the installation's address."""
    return f"/people/{page.slug}/"


def eyes(person: Person, seen_as: Eyes) -> Anyone:
    """Some viewer who stands to a person in one of three ways, to see what they see."""
    if seen_as == Eyes.EVERYONE:
        return VISITOR
    return stand_in(introduced_to=person if seen_as == Eyes.INTRODUCED else None)


def public_portrait(slug: str) -> tuple[Portrait, PublicPage]:
    """The page of a person who chose to be public, as everyone sees it, and what they said of it;
    NotHere for any other address."""
    page = PublicPage.objects.filter(slug=slug).first()
    found = with_affiliations(visible_to(VISITOR)).filter(id=page.person_id) if page else None
    person = found.first() if found is not None else None
    if page is None or person is None:
        raise NotHere
    return portrait(VISITOR, person), page


def shows(viewer: Viewer, person: Member) -> Shows:
    """To whom somebody shows what, for themself and the operator; NotHere for anybody else."""
    if isinstance(viewer, Person) and viewer.id != person.id:
        raise NotHere
    row = as_person(Member.objects.get(id=person.id))
    page = PublicPage.objects.filter(person=row).first()
    return Shows(
        fields={field: getattr(row, f"{field}_seen_by") for field in FIELDS},
        public=_public_card(page) if page else None,
        version=row.version,
    )


def _public_card(page: PublicPage) -> PublicCard:
    return PublicCard(path_of(page), page.slug, page.may_be_listed, page.since.date(), page.version)
