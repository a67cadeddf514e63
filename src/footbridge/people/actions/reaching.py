"""Where an organisation works besides where it sits."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, NotAllowed, NotHere
from footbridge.core.versions import Version, expect, of_choice
from footbridge.journal.actions import record
from footbridge.people import places, policy
from footbridge.people.actions.rows import held
from footbridge.people.models import Member, Organisation, Reach
from footbridge.people.policy import Viewer, id_of

MOST_PLACES = 60


@transaction.atomic
def work_in(
    *, actor: Viewer, organisation: Member, names: Iterable[str], version: Version | None = None
) -> list[Reach]:
    """Say all places where an organisation works besides its seat, by their names. Those not named
    any more go. A place that nobody knows is refused, and nothing is changed."""
    row = held(Organisation, organisation.id)
    if row.is_person:
        raise NotHere
    if not policy.may_edit(actor, row):
        raise NotAllowed(_("Only those who act for it can say so."))
    before = {one.place_id: one for one in Reach.objects.filter(organisation=row)}
    expect(version, of_choice(before), lambda: {"places": _names(row)})
    wanted = _places(names)
    Reach.objects.filter(organisation=row).exclude(place__in=wanted).delete()
    new = [one for one in wanted if one not in before]
    Reach.objects.bulk_create(Reach(organisation=row, place_id=one) for one in new)
    if new or set(before) - set(wanted):
        record("people.reach_changed", row.id, actor=id_of(actor))
    return list(Reach.objects.filter(organisation=row).select_related("place"))


def _places(names: Iterable[str]) -> list[uuid.UUID]:
    """The places that the names stand for, each once, in the order given."""
    said = [name.strip() for name in names if name.strip()]
    if len(said) > MOST_PLACES:
        message = _("Name at most %(most)d places.") % {"most": MOST_PLACES}
        raise DomainError(message, field="places")
    found = [places.named(name[:200], field="places").id for name in said]
    return list(dict.fromkeys(found))


def _names(organisation: Organisation) -> list[str]:
    rows = Reach.objects.filter(organisation=organisation).order_by("place__name")
    return list(rows.values_list("place__name", flat=True))
