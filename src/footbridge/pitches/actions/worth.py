"""Writing down what one's own work is worth. Nobody else reads it, unless its author shows it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, versions
from footbridge.core.errors import DomainError
from footbridge.people.actions.rows import lock_people
from footbridge.people.models import Person
from footbridge.pitches.actions._steps import note, require_joined, write_words
from footbridge.pitches.models import Worth

MOST_FOR_A_DAY = 1_000_000_000


@dataclass(frozen=True)
class Sheet:
    """What somebody brings, in words and numbers."""

    brings: str = ""
    outcomes: str = ""
    otherwise: str = ""
    day_rate: int | None = None
    currency: str = ""
    alternatives: str = ""
    walk_away: str = ""


@transaction.atomic
def write_worth(*, actor: Person, sheet: Sheet, version: versions.Version | None = None) -> Worth:
    """Write one's own sheet, or write it anew. Raises Overtaken if another window wrote since."""
    person = lock_people(actor.id)[actor.id]
    require_joined(person)
    row = Worth.objects.filter(person=person).first()
    versions.expect(version, row.version if row else versions.NOT_THERE, lambda: _as_it_stands(row))
    _check_rate(sheet)
    is_new = row is None
    row = row or Worth(person=person)
    write_words(row, sheet)
    row.day_rate, row.changed_at = sheet.day_rate, clock.now()
    row.version += 0 if is_new else 1
    row.save()
    note("worth_written", row.id, actor)
    return row


def _as_it_stands(row: Worth | None) -> dict[str, Any]:
    return {name: getattr(row, name, "") for name in asdict(Sheet())}


def _check_rate(sheet: Sheet) -> None:
    if sheet.day_rate is None:
        return
    if not 0 < sheet.day_rate <= MOST_FOR_A_DAY:
        raise DomainError(_("Write an amount above zero."), field="day_rate")
    if not re.fullmatch("[A-Z]{3}", sheet.currency):
        raise DomainError(_("Write the currency in three letters, such as EUR."), field="currency")
