"""Links that let people into a chapter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.core.words import clean_line
from footbridge.journal.actions import record
from footbridge.mail.actions import send
from footbridge.people import policy
from footbridge.people.actions.rows import held, hold_in_order
from footbridge.people.models import Chapter, Invitation, Person
from footbridge.people.policy import Viewer, id_of
from footbridge.people.queries import language_of, path_of
from footbridge.people.states import Door, Standing

MONTH = timedelta(days=30)
LONGEST = timedelta(days=366)
MOST_USES = 1000


@transaction.atomic
def invite(
    *,
    actor: Viewer,
    chapter: Chapter,
    door: Door,
    person: Person | None = None,
    lasts: timedelta = MONTH,
    most_uses: int = 1,
    note: str = "",
) -> Invitation:
    """Make a link into a chapter: for one person on the list, for whoever opens it, or for whoever
    opens it and is then let in by a host. `note` is for the hosts: what the link is for.

    A personal link takes the place of the person's earlier ones, and goes out as a message; the
    others are copied from `queries.path_of`.
    """
    _require_host(actor, chapter)
    _check_terms(door, person, lasts, most_uses)
    if door == Door.PERSONAL and person is not None:
        return _invite_person(actor, held(Person, person.id), chapter, lasts, note)
    invitation = _write(actor, chapter, door, None, lasts, most_uses, note)
    record("people.link_made", invitation.id, actor=id_of(actor), facts={"door": str(door)})
    return invitation


def _require_host(actor: Viewer, chapter: Chapter) -> None:
    if not policy.may_host(actor, chapter):
        raise NotAllowed(_("Only the hosts of this chapter can invite."))


def _check_terms(door: Door, person: Person | None, lasts: timedelta, most_uses: int) -> None:
    if (door == Door.PERSONAL) != (person is not None):
        raise DomainError(_("A personal link is for one person on the list."), field="person")
    if not timedelta(0) < lasts <= LONGEST:
        raise DomainError(_("A link lasts from a moment to a year."), field="lasts")
    if not 1 <= most_uses <= MOST_USES:
        raise DomainError(
            _("A link can be used from 1 to %(most)d times.") % {"most": MOST_USES},
            field="most_uses",
        )


def _write(
    actor: Viewer | None,
    chapter: Chapter,
    door: Door,
    person: Person | None,
    lasts: timedelta,
    most_uses: int,
    note: str,
) -> Invitation:
    return Invitation.objects.create(
        chapter=chapter,
        door=door,
        made_by=actor if isinstance(actor, Person) else None,
        person=person,
        note=clean_line(note)[:200],
        expires_at=clock.now() + lasts,
        most_uses=1 if door == Door.PERSONAL else most_uses,
    )


def _invite_person(
    actor: Viewer, person: Person, chapter: Chapter, lasts: timedelta, note: str
) -> Invitation:
    if person.chapter_id != chapter.id:
        raise NotAllowed(_("They are not on the list of this chapter."))
    if person.has_joined:
        raise Conflict(_("They have joined already."))
    _close_links_of(person)
    invitation = _write(actor, chapter, Door.PERSONAL, person, lasts, 1, note)
    send_personal_link(invitation, actor)
    return invitation


def _close_links_of(person: Person) -> None:
    still_open = Invitation.objects.filter(person=person, used=0, revoked_at__isnull=True)
    still_open.update(revoked_at=clock.now())


def send_personal_link(invitation: Invitation, actor: Viewer | None) -> None:
    """Send the link, and note that its person was invited."""
    person = invitation.person
    assert person is not None
    if person.standing == Standing.KNOWN:
        person.standing = Standing.INVITED
        person.save(update_fields=["standing"])
    language = language_of(person, invitation.chapter)
    with override(language):
        links = [(_("Look at your invitation"), path_of(invitation))]
    send(
        "invitation",
        to_address=person.email or "",
        to_name=person.name,
        to_person=person.id,
        language=language,
        context={
            "chapter": invitation.chapter.name,
            "host": invitation.made_by.name if invitation.made_by else "",
            "expires_at": invitation.expires_at,
        },
        links=links,
        once=f"invitation:{invitation.id}",
    )
    record("people.invited", person.id, actor=id_of(actor) if actor else None)


def replace_personal_link(person: Person, chapter: Chapter) -> Invitation:
    """Send someone on the list a link of their own because they asked to come in through another.
    Links that they have in hand stay good."""
    invitation = _write(None, chapter, Door.PERSONAL, person, MONTH, 1, "")
    send_personal_link(invitation, None)
    return invitation


@transaction.atomic
def invite_listed(
    *, actor: Viewer, people: Iterable[Person], lasts: timedelta = MONTH
) -> list[Invitation]:
    """Invite many people from the list, each by a personal link.

    Who has joined is passed over; who holds an open link keeps it, so that asking twice sends
    nothing twice.
    """
    rows = hold_in_order(Person, [person.id for person in people])
    waiting = [row for row in rows if not row.has_joined]
    chapters = {chapter.id: chapter for chapter in policy.hosted_by(actor)}
    if any(row.chapter_id not in chapters for row in waiting):
        raise NotAllowed(_("Only the hosts of this chapter can invite."))
    holding = _open_links_of(waiting)
    return [
        holding.get(row) or _invite_person(actor, row, chapters[row.chapter_id], lasts, "")  # type: ignore[index]
        for row in waiting
    ]


def _open_links_of(people: list[Person]) -> dict[Person, Invitation]:
    links = Invitation.objects.filter(person__in=people, door=Door.PERSONAL)
    links = links.select_related("person", "chapter").order_by("made_at", "id")
    return {link.person: link for link in links if link.person and link.is_open}


@transaction.atomic
def revoke(*, actor: Viewer, invitation: Invitation) -> Invitation:
    """Close a link: whoever opens it from now on is told to ask for a new one."""
    row = held(Invitation, invitation.id)
    _require_host(actor, row.chapter)
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        row.save(update_fields=["revoked_at"])
        record("people.link_revoked", row.id, actor=id_of(actor))
    return row
