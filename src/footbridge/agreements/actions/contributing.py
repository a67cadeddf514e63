"""What each party puts in, risks and gets; what it has; and at what rate money is counted."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from footbridge.agreements import policy
from footbridge.agreements.actions._steps import lock, note, require_writing, touch
from footbridge.agreements.models import Agreement, Capacity, Contribution, Rate
from footbridge.agreements.states import Resource, Weight
from footbridge.core import clock, typed
from footbridge.core.errors import DomainError, LimitReached, NotAllowed, NotHere
from footbridge.core.versions import Version, expect
from footbridge.partnerships import policy as partnerships
from footbridge.partnerships.models import Party
from footbridge.people.models import Person

FIELDS = (
    "resource",
    "words",
    "amount",
    "currency",
    "hours_a_month",
    "due_on",
    "risk",
    "risk_weight",
    "reward",
    "reward_weight",
)


@transaction.atomic
def add_contribution(
    *, actor: Person, agreement: Agreement, party: uuid.UUID, **said: Any
) -> Contribution:
    """Enter what a party puts in. Who entered it is kept; the party itself says yes to it with the
    version that it stands in."""
    agreement = lock(agreement.id)
    require_writing(actor, agreement.partnership)
    if agreement.contributions.count() >= policy.MOST_CONTRIBUTIONS:
        raise LimitReached(_("There are too many lines. Put some of them together."))
    made = Contribution(agreement=agreement, party=_party(agreement, party), entered_by=actor)
    _fill(made, said)
    made.save()
    touch(agreement)
    note("contribution_entered", made.id, agreement, actor, party=str(made.party_id))
    return made


def _party(agreement: Agreement, party_id: uuid.UUID) -> Party:
    found = policy.parties_of(agreement.partnership).filter(id=party_id).first()
    if found is None:
        raise NotHere
    return found


def _fill(row: Contribution, said: dict[str, Any]) -> None:
    row.resource = _resource(said.get("resource", ""))
    for name in ("words", "risk", "reward"):
        setattr(row, name, typed.words(Contribution, name, said.get(name, "")))
    row.risk_weight = _weight("risk_weight", said.get("risk_weight"))
    row.reward_weight = _weight("reward_weight", said.get("reward_weight"))
    row.amount = number(Contribution, "amount", said.get("amount"))
    row.currency = currency_of(said.get("currency", "")) if row.amount is not None else ""
    row.hours_a_month = number(Contribution, "hours_a_month", said.get("hours_a_month"))
    row.due_on = said.get("due_on")


def _resource(said: Resource | str) -> Resource:
    try:
        return Resource(said)
    except ValueError as error:
        raise DomainError(_("Choose what kind it is."), field="resource") from error


def _weight(name: str, said: Any) -> Weight:
    try:
        return Weight(int(said or 0))
    except ValueError as error:
        raise DomainError(_("Choose how heavy it is."), field=name) from error


def number(model: type[models.Model], name: str, said: Any) -> Decimal | None:
    """A number as its column wants it; none where nothing is said."""
    if said in (None, ""):
        return None
    field: Any = model._meta.get_field(name)
    try:
        found: Decimal = field.clean(said, None)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field=name) from error
    return found


def currency_of(said: str) -> str:
    """Three letters, as banks write it."""
    code = said.strip().upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    raise DomainError(_("Give the currency in three letters, such as EUR."), field="currency")


@transaction.atomic
def edit_contribution(
    *,
    actor: Person,
    agreement: Agreement,
    contribution: Contribution,
    version: Version | None = None,
    **said: Any,
) -> Contribution:
    """Change what a party puts in."""
    agreement, row = _held(actor, agreement, contribution)
    expect(version, row.version, lambda: said_in(row))
    before = said_in(row)
    _fill(row, said)
    if said_in(row) != before:
        row.entered_by, row.entered_at = actor, clock.now()
        row.version += 1
        row.save()
        touch(agreement)
        note("contribution_changed", row.id, agreement, actor, party=str(row.party_id))
    return row


def _held(
    actor: Person, agreement: Agreement, contribution: Contribution
) -> tuple[Agreement, Contribution]:
    agreement = lock(agreement.id)
    require_writing(actor, agreement.partnership)
    row = agreement.contributions.select_related("party").filter(id=contribution.id).first()
    if row is None:
        raise NotHere
    return agreement, row


def said_in(row: Contribution) -> dict[str, Any]:
    """What a contribution says."""
    return {name: getattr(row, name) for name in FIELDS}


@transaction.atomic
def remove_contribution(*, actor: Person, agreement: Agreement, contribution: Contribution) -> None:
    """Take a contribution out of what stands there; versions that were made keep it."""
    agreement, row = _held(actor, agreement, contribution)
    note("contribution_removed", row.id, agreement, actor, party=str(row.party_id))
    row.delete()
    touch(agreement)


@transaction.atomic
def say_capacity(*, actor: Person, agreement: Agreement, party: uuid.UUID, hours: Any) -> Capacity:
    """Say how many hours a month one's own party has for this."""
    agreement = lock(agreement.id)
    require_writing(actor, agreement.partnership)
    of = _party(agreement, party)
    if not partnerships.stands_for(actor, of):
        raise NotAllowed(_("Only a party itself says how much time it has."))
    found = number(Capacity, "hours_a_month", hours)
    if found is None:
        raise DomainError(_("Say how many hours a month."), field="hours_a_month")
    row = Capacity.objects.filter(agreement=agreement, party=of).first()
    row = row or Capacity(agreement=agreement, party=of)
    row.hours_a_month, row.entered_by, row.entered_at = found, actor, clock.now()
    row.save()
    note("capacity_said", row.id, agreement, actor, party=str(of.id))
    return row


@transaction.atomic
def say_rate(
    *,
    actor: Person,
    agreement: Agreement,
    currency: str,
    counts: Any,
    day: date | None,
    source: str,
) -> Rate:
    """Say what one unit of a currency counts in that of the partnership, on which day and by whose
    word; only then are the two added up."""
    agreement = lock(agreement.id)
    require_writing(actor, agreement.partnership)
    code = currency_of(currency)
    if code == agreement.partnership.currency:
        raise DomainError(_("This is the currency in which you count."), field="currency")
    worth = number(Rate, "counts", counts)
    if not worth:
        raise DomainError(_("Say what one unit of it counts."), field="counts")
    if day is None:
        raise DomainError(_("Say on which day this was the rate."), field="day")
    row = Rate.objects.filter(agreement=agreement, currency=code).first()
    if row is None and agreement.rates.count() >= policy.MOST_RATES:
        raise LimitReached(_("There are too many lines. Put some of them together."))
    row = row or Rate(agreement=agreement, currency=code)
    row.counts, row.day, row.source = worth, day, typed.words(Rate, "source", source)
    row.entered_by, row.entered_at = actor, clock.now()
    row.save()
    touch(agreement)
    note("rate_said", row.id, agreement, actor, currency=code)
    return row
