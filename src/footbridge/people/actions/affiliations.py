"""What people are in organisations, from when until when, and who confirms it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError, NotAllowed
from footbridge.core.versions import Version, expect
from footbridge.core.words import clean_line
from footbridge.journal.actions import record
from footbridge.people import policy
from footbridge.people.actions.rows import held
from footbridge.people.models import Affiliation, Organisation, Person
from footbridge.people.policy import Viewer, id_of


@transaction.atomic
def add_affiliation(
    *,
    actor: Viewer,
    person: Person,
    organisation: Organisation,
    role: str = "",
    since: date | None = None,
    until: date | None = None,
    has_mandate: bool = False,
) -> Affiliation:
    """Say what a person is in an organisation. Saying the same again changes nothing."""
    row = held(Person, person.id)
    if not policy.may_affiliate(actor, row):
        raise NotAllowed(_("Only they can say what they do there."))
    _check_order(since, until)
    affiliation, is_new = Affiliation.objects.get_or_create(
        person=row,
        organisation=held(Organisation, organisation.id),
        role=clean_line(role)[:200],
        since=since,
        defaults={"until": until, "has_mandate": has_mandate},
    )
    if is_new:
        record(
            "people.affiliated",
            affiliation.id,
            actor=id_of(actor),
            facts={"person": str(row.id), "organisation": str(organisation.id)},
        )
    return affiliation


def _check_order(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise DomainError(_("The end is before the beginning."), field="until")


@transaction.atomic
def end_affiliation(
    *,
    actor: Viewer,
    affiliation: Affiliation,
    until: date | None = None,
    version: Version | None = None,
) -> Affiliation:
    """Say that it ended: on a day, or today. What was is kept, for continuity. `version` is the
    one that was seen: a newer one raises Overtaken."""
    row = held(Affiliation, affiliation.id)
    if not policy.may_affiliate(actor, row.person):
        raise NotAllowed(_("Only they can say what they do there."))
    expect(version, row.version, lambda: {"until": row.until})
    last_day = until or clock.today()
    _check_order(row.since, last_day)
    if row.until != last_day:
        row.until, row.version = last_day, row.version + 1
        row.save(update_fields=["until", "version"])
        record(
            "people.affiliation_ended",
            row.id,
            actor=id_of(actor),
            facts={"person": str(row.person_id), "organisation": str(row.organisation_id)},
        )
    return row


@transaction.atomic
def confirm_affiliation(*, actor: Viewer, affiliation: Affiliation) -> Affiliation:
    """Vouch that it is so: as another member of the organisation, or as the host."""
    row = held(Affiliation, affiliation.id)
    if not policy.may_confirm(actor, row):
        raise NotAllowed(_("A colleague who has joined, or the host, can confirm this."))
    if row.confirmed_at is None:
        row.confirmed_at = clock.now()
        row.save(update_fields=["confirmed_at"])
        record("people.affiliation_confirmed", row.id, actor=id_of(actor))
    return row
