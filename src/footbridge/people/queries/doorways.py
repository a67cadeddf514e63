"""The links into a chapter, as hosts and as those who open them see them."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.people import policy
from footbridge.people.cards import (
    Doorway,
    InvitationCard,
    card,
)
from footbridge.people.models import (
    Chapter,
    Invitation,
    Member,
    Person,
)
from footbridge.people.policy import Viewer
from footbridge.people.queries.basics import as_id, by_ids, get_person
from footbridge.people.states import Door


def path_of(invitation: Invitation) -> str:
    """Where an invitation is used: the path to put behind the installation's address."""
    lasts = invitation.expires_at - clock.now()
    return f"/join/{links.sign('join', invitation.id, lasts=lasts)}"


def invitations(viewer: Viewer, chapter: Chapter, *, door: str = "") -> list[InvitationCard]:
    """The links into a chapter, newest first, for its hosts."""
    rows = policy.invitations_visible_to(viewer).filter(chapter=chapter)
    if door:
        rows = rows.filter(door=door)
    found = by_ids(viewer, [row.person_id for row in rows if row.person_id])
    return [_invitation_card(viewer, row, found) for row in rows]


def _invitation_card(
    viewer: Viewer, row: Invitation, found: dict[uuid.UUID, Member]
) -> InvitationCard:
    person = found.get(row.person_id) if row.person_id else None
    return InvitationCard(
        id=row.id,
        door=row.door,
        chapter=row.chapter.name,
        person=card(viewer, person) if person else None,
        note=row.note,
        made_by=row.made_by.name if row.made_by else "",
        made_at=row.made_at,
        expires_at=row.expires_at,
        used=row.used,
        most_uses=row.most_uses,
        is_open=row.is_open,
        path=path_of(row) if row.is_open else "",
    )


def get_invitation(viewer: Viewer, invitation_id: uuid.UUID | str) -> Invitation:
    """One invitation, or NotHere."""
    wanted = as_id(str(invitation_id))
    found = policy.invitations_visible_to(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def doorway(token: str) -> Doorway:
    """What to show to someone who opens a link into a chapter. Looking changes nothing.

    Raises LinkNotValid for a link that is altered, used up, revoked or expired.
    """
    link = links.read(token, "join")
    rows = Invitation.objects.select_related("chapter", "person", "made_by")
    row = rows.filter(id=link.thing).first()
    if row is None or not row.is_open or (row.person is not None and row.person.has_joined):
        raise LinkNotValid(_("This link is no longer good. If you have joined, simply sign in."))
    return Doorway(
        chapter=row.chapter.name,
        welcome=row.chapter.welcome,
        door=row.door,
        host=row.made_by.name if row.made_by else "",
        name=row.person.name if row.person else "",
        asks_for_email=row.door != Door.PERSONAL or not (row.person and row.person.email),
    )


def chapter_of(token: str) -> Chapter:
    """The chapter into which a link leads, while it is good."""
    doorway(token)
    return Invitation.objects.get(id=links.read(token, "join").thing).chapter


def applicant_for(token: str) -> tuple[Person, Person]:
    """The host and the applicant of a link that asks the host to let someone in."""
    link = links.read(token, "admit")
    host = Person.objects.filter(id=link.person).first() if link.person else None
    if host is None:
        raise LinkNotValid(_("This link is no longer good."))
    return host, get_person(host, link.thing)
