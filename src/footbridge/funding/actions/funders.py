"""What an organisation funds, as those say who act for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import typed
from footbridge.core.errors import DomainError, NotAllowed
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.funding import policy
from footbridge.funding.actions._columns import link
from footbridge.funding.models import Funder
from footbridge.funding.states import FunderKind, Money
from footbridge.journal.actions import record
from footbridge.people.actions.rows import held
from footbridge.people.models import Organisation
from footbridge.people.policy import Viewer, id_of


@transaction.atomic
def describe_funder(
    *,
    actor: Viewer,
    organisation: Organisation,
    kind: str,
    gives: str = "",
    money: Iterable[str] = (),
    home: str = "",
    version: Version | None = None,
) -> Funder:
    """Say that an organisation funds others, and how. Saying it anew changes it."""
    _lock(actor, organisation)
    wanted = set(money)
    if kind not in FunderKind.values or wanted - set(Money.values):
        raise DomainError(_("Choose one of those offered."), field="kind")
    columns = {
        "kind": kind,
        "gives": typed.words(Funder, "gives", gives),
        "money": [one for one in Money.values if one in wanted],
        "home": link(home, "home", Funder),
    }
    row = Funder.objects.filter(organisation=organisation.id).first()
    current = row.version if row else NOT_THERE
    expect(version, current, lambda: {"gives": row.gives if row else ""})
    row = row or Funder(organisation_id=organisation.id, version=0)
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    record("funding.funder_described", row.id, actor=id_of(actor))
    return row


@transaction.atomic
def withdraw_funder(*, actor: Viewer, organisation: Organisation) -> None:
    """Say that an organisation funds nobody. Said twice it stays as it is."""
    _lock(actor, organisation)
    row = Funder.objects.filter(organisation=organisation.id).first()
    if row is not None:
        record("funding.funder_withdrawn", row.id, actor=id_of(actor))
        row.delete()


def _lock(actor: Viewer, organisation: Organisation) -> None:
    row = held(Organisation, organisation.id)
    if not policy.may_describe(actor, row):
        raise NotAllowed(_("Only who acts for this organisation can do this."))
