"""Saying that one's expertise may be found, by whom, and taking that back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, NotAllowed
from footbridge.expertise import policy
from footbridge.expertise.actions._steps import lock_person, note
from footbridge.expertise.models import Listing
from footbridge.people.models import Person
from footbridge.people.states import Seen

CHOICES = (Seen.MEMBERS, Seen.INTRODUCED)


@transaction.atomic
def list_expertise(*, actor: Person, seen_by: str = Seen.MEMBERS) -> Listing:
    """List my expertise, for all members or for those alone to whom I was introduced."""
    person = lock_person(actor)
    if not policy.may_list(person):
        raise NotAllowed(_("Only who has joined can do this."))
    if seen_by not in CHOICES:
        raise DomainError(_("Choose one of the words offered."), field="seen_by")
    row, is_new = Listing.objects.get_or_create(person=person, defaults={"seen_by": seen_by})
    if is_new or row.seen_by != seen_by:
        row.seen_by = seen_by
        row.save(update_fields=["seen_by"])
        note("listed", person.id, person.id)
    return row


@transaction.atomic
def unlist(*, actor: Person) -> None:
    """Take it back: from this moment nobody else sees it."""
    person = lock_person(actor)
    gone, _each = Listing.objects.filter(person=person).delete()
    if gone:
        note("unlisted", person.id, person.id)
