"""The steps that the operations share: lock the partnership first, authorise, note."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _

from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.journal import actions as journal
from footbridge.partnerships import policy
from footbridge.partnerships.models import Partnership, Party
from footbridge.partnerships.states import MOVES, Move, State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, id_of


def lock(partnership_id: uuid.UUID) -> Partnership:
    """Take a partnership for the length of the transaction: whatever is done to it, its parties
    and its people comes one after the other. NotHere if it is gone."""
    rows = Partnership.objects.select_for_update(of=("self",)).select_related("chapter")
    found = rows.filter(id=partnership_id).first()
    if found is None:
        raise NotHere
    return found


def require(actor: Viewer, move: Move, partnership: Partnership) -> Party:
    """The actor's party, if they may do this now; else the reason in words they may read."""
    party = policy.party_of(actor, partnership)
    if party is None:
        raise NotHere
    if move not in policy.moves(actor, partnership):
        raise _why_not(actor, party, partnership)
    party.partnership = partnership
    return party


def _why_not(actor: Viewer, party: Party, partnership: Partnership) -> Exception:
    if partnership.state == State.CLOSED:
        return Conflict(_("This partnership is closed. It can still be read."))
    if not policy.speaks_for(actor, party):
        return NotAllowed(_("A steward, a deputy or who signs for your side does this."))
    return Conflict(_("This cannot be done at this point."))


def move_to(state: State, partnership: Partnership) -> None:
    """Move to the next state; the caller has checked who may, and saves."""
    if state not in MOVES[State(partnership.state)]:
        raise Conflict(_("This cannot be done at this point."))
    partnership.state = state


def own_side(actor: Viewer, party: Party) -> None:
    """Refuse whoever does not speak for this party."""
    if policy.party_of(actor, party.partnership) is None:
        raise NotHere
    if not policy.speaks_for(actor, party):
        raise NotAllowed(_("Each side speaks for itself."))


def note(what: str, partnership: Partnership, actor: Person | None, **facts: Any) -> None:
    """Note in the journal what happened, by ids and codes alone."""
    journal.record(
        f"partnerships.{what}",
        partnership.id,
        actor=id_of(actor) if actor is not None else None,
        facts={name: str(one) for name, one in facts.items() if one},
    )
