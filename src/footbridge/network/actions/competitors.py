"""With whom people compete so closely that they do not want to sit at one table."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, NotHere
from footbridge.journal.actions import record
from footbridge.network.models import Competitor
from footbridge.people import policy as people
from footbridge.people.models import Member, Person


@transaction.atomic
def compete(*, actor: Person, about: Member) -> Competitor:
    """Say privately that one competes with a person, or with whoever acts for an organisation.
    Neither is ever seated with the other, whoever of the two said it; nobody learns of it, and
    nothing else changes. Saying it twice changes nothing."""
    Person.objects.select_for_update().get(id=actor.id)
    if not people.may_see(actor, about):
        raise NotHere
    if actor.id == about.id:
        raise DomainError(_("This is about someone else."), field="about")
    row, is_new = Competitor.objects.get_or_create(owner=actor, about=about)
    if is_new:
        record("network.competitor_named", row.id, actor=actor.id)
    return row


@transaction.atomic
def compete_no_more(*, actor: Person, about: Member) -> None:
    """Take it back. Taking it back twice changes nothing."""
    row = Competitor.objects.select_for_update().filter(owner=actor, about=about).first()
    if row is not None:
        row_id = row.id
        row.delete()
        record("network.competitor_dropped", row_id, actor=actor.id)
