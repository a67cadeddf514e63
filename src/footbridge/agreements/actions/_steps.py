"""The steps that the operations share: lock the agreement first, authorise, note."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _

from footbridge.agreements import policy
from footbridge.agreements.models import Agreement
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.journal import actions as journal
from footbridge.partnerships.models import Partnership
from footbridge.partnerships.states import State
from footbridge.people.policy import Viewer, id_of


def lock(agreement_id: uuid.UUID) -> Agreement:
    """Take an agreement for the length of the transaction: whatever is done to its clauses, its
    contributions, its versions and their approvals comes one after the other."""
    rows = Agreement.objects.select_for_update(of=("self",))
    found = rows.select_related("partnership__chapter").filter(id=agreement_id).first()
    if found is None:
        raise NotHere
    return found


def require_writing(actor: Viewer, partnership: Partnership) -> None:
    """Go on if the actor may write; else say why not, in words they may read."""
    if policy.may_write(actor, partnership):
        return
    raise why_not(partnership, _("Only those who stand for a party that contributes write here."))


def why_not(partnership: Partnership, otherwise: str) -> Exception:
    """Why something cannot be done: it is over, or not theirs to do."""
    if partnership.state in (State.CLOSING, State.CLOSED):
        return Conflict(_("This partnership is closing. Its agreement stays as it is."))
    return NotAllowed(otherwise)


def touch(agreement: Agreement) -> None:
    """Count that something in an agreement, which is locked, has changed."""
    agreement.version += 1
    agreement.save(update_fields=["version"])


def note(
    what: str, subject: uuid.UUID, agreement: Agreement, actor: Viewer | None, **facts: Any
) -> None:
    """Note in the journal what happened, by ids and codes alone."""
    known = {"agreement": str(agreement.id), "partnership": str(agreement.partnership_id)}
    journal.record(
        f"agreements.{what}",
        subject,
        actor=id_of(actor) if actor is not None else None,
        facts=known | facts,
    )
