"""Private contacts: brought in by one person, matched to those who wish to be found, forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError, LimitReached
from footbridge.core.words import clean_line
from footbridge.journal.actions import record
from footbridge.mail.actions import forget_about
from footbridge.network.cards import Work
from footbridge.network.models import Contact, Findable, Tie
from footbridge.network.policy import findable_to_owner_of_contact
from footbridge.network.sealing import digest, seal, seal_work
from footbridge.people import tidy
from footbridge.people.models import Person

MOST_CONTACTS = 30_000
UNMATCHED_KEPT = timedelta(days=30)
_BATCH = 500


# A name, an address, and where they work if the list says so.
Row = tuple[str, str] | tuple[str, str, Work]


@dataclass(frozen=True)
class Imported:
    """What became of the rows. That some of them are here is told by the page of one's contacts,
    and only about those who wish it."""

    kept: int
    unreadable: int


@transaction.atomic
def import_contacts(*, actor: Person, rows: Iterable[Row], source: str) -> Imported:
    """Bring in (name, address) or (name, address, work) rows from one's own address book. Nobody
    in it is written to.

    Rows that match no one who wishes to be found are gone after 30 days. The same row again
    renews it.
    """
    owner = Person.objects.select_for_update().get(id=actor.id)
    found: dict[str, Contact] = {}
    unreadable = 0
    for row in islice(rows, MOST_CONTACTS + 1):
        contact = _contact(owner, row, source)
        if contact is None:
            unreadable += 1
        else:
            found[contact.digest] = contact
    found.pop(digest(owner.email or ""), None)
    _check_limit(owner, found, unreadable)
    _keep(list(found.values()))
    record("network.contacts_imported", owner.id, actor=owner.id)
    return Imported(kept=len(found), unreadable=unreadable)


def _contact(owner: Person, row: Row, source: str) -> Contact | None:
    work = row[2] if len(row) == 3 else Work()
    try:
        readable = tidy.address(row[1])
    except DomainError:
        return None
    return Contact(
        owner=owner,
        digest=digest(readable),
        sealed=seal(owner.id, clean_line(row[0])[:200]),
        sealed_work=seal_work(owner.id, _tidied(work)),
        source=clean_line(source)[:20],
        imported_at=clock.now(),
    )


def _tidied(work: Work) -> Work:
    return Work(**{name: clean_line(words)[:200] for name, words in vars(work).items()})


def _check_limit(owner: Person, found: dict[str, Contact], unreadable: int) -> None:
    known = set(Contact.objects.filter(owner=owner).values_list("digest", flat=True))
    if len(known | set(found)) > MOST_CONTACTS or unreadable > MOST_CONTACTS:
        raise LimitReached(_("At most %(most)d contacts can be kept.") % {"most": MOST_CONTACTS})


def _keep(contacts: list[Contact]) -> None:
    Contact.objects.bulk_create(
        contacts,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["owner", "digest"],
        update_fields=["sealed", "sealed_work", "source", "imported_at"],
    )


@transaction.atomic
def forget_contacts(*, actor: Person) -> None:
    """Forget all of one's contacts, at once."""
    Contact.objects.filter(owner=actor).delete()
    record("network.contacts_forgotten", actor.id, actor=actor.id)


@transaction.atomic
def forget_unmatched_contacts() -> int:
    """Forget the rows that matched nobody for 30 days; returns how many. The worker calls this."""
    old = Contact.objects.filter(imported_at__lt=clock.now() - UNMATCHED_KEPT)
    gone, _each = old.filter(~Exists(findable_to_owner_of_contact())).delete()
    return gone


@transaction.atomic
def refresh_findable(person_id: uuid.UUID) -> None:
    """Bring the digest of someone's address in line with their wish and their address."""
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None:
        return
    if person.findable_by_email and person.has_joined and person.email:
        Findable.objects.update_or_create(person=person, defaults={"digest": digest(person.email)})
    else:
        Findable.objects.filter(person=person).delete()


def forget(person: Person) -> None:
    """This room's part of an erasure: ties, wishes and contacts hang on the person and go along,
    and with them the letters that asked others about a tie."""
    Contact.objects.filter(owner=person).delete()
    asked = Tie.objects.filter(Q(teller=person) | Q(other=person) | Q(proposed_by=person))
    forget_about(list(asked.values_list("id", flat=True)))
