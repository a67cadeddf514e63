"""Who is shown to whom. Lists, single objects and counts all come from here."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core.audience import Operator
from footbridge.people.models import Chapter, Host, Invitation, Member, Person
from footbridge.people.states import Kind, Standing

Viewer = Person | Operator


def visible_to(viewer: Viewer) -> QuerySet[Member]:
    """Organisations and people who joined are shown to members; those who are only on a host's
    list, to themselves and to the hosts of their chapter."""
    members = Member.objects.select_related("place", "chapter")
    if isinstance(viewer, Operator):
        return members
    listed = Q(kind=Kind.ORGANISATION) | Q(standing=Standing.JOINED) | Q(id=viewer.id)
    hosted = Q(chapter__in=hosted_by(viewer))
    return members.filter(listed | hosted)


def hosted_by(viewer: Viewer) -> QuerySet[Chapter]:
    """The chapters that someone looks after."""
    if isinstance(viewer, Operator):
        return Chapter.objects.all()
    return Chapter.objects.filter(Exists(Host.objects.filter(chapter=OuterRef("pk"), person=viewer)))


def invitations_visible_to(viewer: Viewer) -> QuerySet[Invitation]:
    """Invitations are shown to the hosts of their chapter."""
    return Invitation.objects.filter(chapter__in=hosted_by(viewer)).select_related(
        "chapter", "person"
    )


def may_host(actor: Viewer, chapter: Chapter) -> bool:
    """Hosts and deputies look after a chapter."""
    return hosted_by(actor).filter(id=chapter.id).exists()


def may_edit(actor: Viewer, member: Member) -> bool:
    """People edit themselves; a host edits who has not joined yet; an organisation is edited by
    those who act for it now, and by hosts while nobody does."""
    if isinstance(actor, Operator) or member.id == actor.id:
        return True
    is_hosted = member.chapter_id is not None and may_host(actor, member.chapter)
    if member.is_person:
        return is_hosted and member.standing != Standing.JOINED
    spoken_for = _joined_people_of(member)
    return spoken_for.filter(id=actor.id).exists() or (is_hosted and not spoken_for.exists())


def _joined_people_of(organisation: Member) -> QuerySet[Person]:
    return Person.objects.filter(
        affiliations__organisation_id=organisation.id,
        affiliations__until__isnull=True,
        standing=Standing.JOINED,
    )
