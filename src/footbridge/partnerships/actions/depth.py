"""How deep it is: each side says so for itself, and all sides together may go deeper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotHere
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.partnerships import letters, policy
from footbridge.partnerships.actions._steps import lock, note, require
from footbridge.partnerships.models import Deepening, DeepeningYes, Depth, Partnership
from footbridge.partnerships.states import (
    DEEPER,
    Dimension,
    Kind,
    Mark,
    Move,
    PartyRole,
    Proposal,
)
from footbridge.people.models import Person


@transaction.atomic
def rate(
    *,
    actor: Person,
    partnership: Partnership,
    marks: Mapping[str, int | str | None],
    version: Version | None = None,
) -> Depth:
    """Say how deep one's own side finds it: a mark from 1 to 4 for each dimension that one looks
    at. What is left open counts for nothing."""
    partnership = lock(partnership.id)
    party = require(actor, Move.RATE, partnership)
    depth = Depth.objects.filter(party=party).first()
    at_hand = depth.version if depth else NOT_THERE
    expect(version, at_hand, lambda: dict(depth.marks) if depth else {})
    said = _marks(marks)
    if depth is None:
        return Depth.objects.create(party=party, marks=said, by=actor)
    if depth.marks != said:
        depth.marks, depth.by, depth.said_at = said, actor, clock.now()
        depth.version += 1
        depth.save()
    return depth


def _marks(said: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, value in said.items():
        if value in (None, ""):
            continue
        try:
            found[Dimension(name).value] = Mark(int(value)).value
        except ValueError as error:
            raise DomainError(_("A mark is a number from 1 to 4."), field=name) from error
    return found


@transaction.atomic
def propose(*, actor: Person, partnership: Partnership, to: Kind | str, why: str = "") -> Deepening:
    """Propose to go deeper. It happens once every side that signs has said yes; the one that
    proposes has. Where the same is proposed already, this is a yes to it."""
    partnership = lock(partnership.id)
    require(actor, Move.DEEPEN, partnership)
    kind = _kind(to)
    if kind not in DEEPER[Kind(partnership.kind)]:
        raise Conflict(_("It is as deep already."), field="to")
    row = partnership.deepenings.filter(state=Proposal.OPEN).first()
    if row is not None and row.to_kind != kind:
        raise Conflict(_("Something else is proposed. Answer that first."), field="to")
    if row is None:
        words = typed.words(Deepening, "why", why)
        row = Deepening.objects.create(partnership=partnership, to_kind=kind, why=words)
        note("deepening_proposed", partnership, actor, to=kind)
        _yes(actor, row)
        if row.state == Proposal.OPEN:
            letters.deepening_proposed(row, actor)
        return row
    row.partnership = partnership
    _yes(actor, row)
    return row


def _kind(said: Kind | str) -> Kind:
    try:
        return Kind(said)
    except ValueError as error:
        raise DomainError(_("Choose how deep it is."), field="to") from error


def _yes(actor: Person, row: Deepening) -> None:
    """One side's yes; the last one makes it so."""
    partnership = row.partnership
    party = policy.party_of(actor, partnership)
    DeepeningYes.objects.get_or_create(deepening=row, party=party, defaults={"by": actor})
    if _all_agree(row):
        partnership.kind = row.to_kind
        partnership.version += 1
        partnership.save(update_fields=["kind", "version"])
        row.state, row.ended_at = Proposal.AGREED, clock.now()
        row.save()
        note("deepened", partnership, actor, to=row.to_kind)
        letters.deepened(row)


def _all_agree(row: Deepening) -> bool:
    """At least two sides that sign, and each of them."""
    core = {one.id for one in policy.core_parties(row.partnership)}
    yeses = set(row.yeses.values_list("party_id", flat=True))
    return len(core) >= 2 and core <= yeses


@transaction.atomic
def answer_deepening(
    *, actor: Person, partnership: Partnership, deepening: uuid.UUID, yes: bool
) -> Deepening:
    """Say yes to going deeper, or not now; the side that proposed it takes it back by that."""
    partnership = lock(partnership.id)
    party = require(actor, Move.DEEPEN, partnership)
    row = partnership.deepenings.filter(id=deepening).first()
    if row is None:
        raise NotHere
    if row.state != Proposal.OPEN:
        raise Conflict(_("This was answered already."))
    row.partnership = partnership
    if yes:
        _yes(actor, row)
        return row
    if party.role != PartyRole.CORE:
        raise Conflict(_("The sides that sign decide this."))
    proposed = row.yeses.order_by("said_at", "id").values_list("party_id", flat=True).first()
    row.state = Proposal.WITHDRAWN if proposed == party.id else Proposal.DECLINED
    row.ended_at = clock.now()
    row.save()
    note("not_deepened", partnership, None)
    return row
