"""Who reads an agreement, who writes in it, and who says yes for a party."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from footbridge.agreements.models import Agreement, Version
from footbridge.agreements.states import Form, Move
from footbridge.core.audience import Operator
from footbridge.partnerships import policy as partnerships
from footbridge.partnerships.models import Partnership, Party, Representative
from footbridge.partnerships.states import PartyRole, PartyState, Role, State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

LINK_PURPOSE = "approval"
# A link in a letter can be answered for so long; each reminder carries a fresh one.
LINK_LASTS = timedelta(days=30)
# When a party that has not answered is reminded, after the version was made.
REMINDED_AFTER = (timedelta(days=7), timedelta(days=21), timedelta(days=45))
MOST_CONTRIBUTIONS = 300
MOST_VERSIONS = 200
MOST_RATES = 20
# Those who may say yes for their party.
SIGNING = (Role.STEWARD, Role.SIGNATORY)
_OVER = (State.CLOSING, State.CLOSED)


def visible_to(viewer: Viewer) -> QuerySet[Agreement]:
    """An agreement is read by those who stand for a party of its partnership, and by nobody else;
    also when it is closed."""
    rows = Agreement.objects.select_related("partnership__chapter")
    if isinstance(viewer, Operator):
        return rows
    return rows.filter(partnership__in=partnerships.visible_to(viewer))


def is_open(partnership: Partnership) -> bool:
    """Whether anything can still be agreed: not once it is being closed."""
    return partnership.state not in _OVER


def parties_of(partnership: Partnership) -> QuerySet[Party]:
    """The parties that put something in, those that sign first."""
    roles = (PartyRole.CORE, PartyRole.CONTRIBUTING)
    rows = partnership.parties.filter(state=PartyState.IN, role__in=roles)
    return rows.select_related("member", "circle").order_by("-role", "position", "id")


def may_write(actor: Viewer, partnership: Partnership) -> bool:
    """Whoever stands for a party that signs or contributes writes, until it is being closed."""
    if isinstance(actor, Operator) or not is_open(partnership):
        return False
    return _standing_for(actor, partnership).exclude(party__role=PartyRole.OBSERVING).exists()


def may_freeze(actor: Viewer, partnership: Partnership) -> bool:
    """Whoever speaks for a party makes a version of what stands there."""
    if not may_write(actor, partnership):
        return False
    party = partnerships.party_of(actor, partnership)
    return party is not None and partnerships.speaks_for(actor, party)


def _standing_for(actor: Person, partnership: Partnership) -> QuerySet[Representative]:
    return Representative.objects.filter(
        party__partnership=partnership,
        party__state=PartyState.IN,
        person=actor,
        until__isnull=True,
    )


def signs_for(actor: Viewer, partnership: Partnership) -> list[Representative]:
    """For which of the parties that sign somebody may say yes, and as what; each party once."""
    if isinstance(actor, Operator) or not is_open(partnership):
        return []
    rows = _standing_for(actor, partnership).filter(party__role=PartyRole.CORE, role__in=SIGNING)
    found = rows.select_related("party__member", "party__circle").order_by("role")
    return list({one.party_id: one for one in found}.values())


def open_parties(version: Version) -> QuerySet[Party]:
    """The parties that sign and have not approved a version: open, whatever they may think."""
    core = partnerships.core_parties(version.agreement.partnership)
    return core.exclude(approvals__of=version)


def to_ask(version: Version) -> QuerySet[Representative]:
    """Who can say yes for the parties that have not: their stewards and those who sign."""
    rows = partnerships.representatives_of(version.agreement.partnership)
    asked = rows.filter(party__in=open_parties(version), role__in=SIGNING)
    return asked.select_related("person__chapter").order_by("person_id", "role")


def is_latest(version: Version) -> bool:
    """Whether no newer version was made: only the newest is approved."""
    newer = Q(agreement=version.agreement_id, number__gt=version.number)
    return not Version.objects.filter(newer).exists()


def is_approved(version: Version) -> bool:
    """Whether all that sign, two at the least, have approved it."""
    core = partnerships.core_parties(version.agreement.partnership)
    return core.count() > 1 and not open_parties(version).exists()


def moves(actor: Viewer, agreement: Agreement) -> list[Move]:
    """What somebody may do with an agreement now."""
    found = []
    if may_write(actor, agreement.partnership):
        found.append(Move.WRITE)
        if agreement.form == Form.PILOT:
            found.append(Move.GROW)
    if may_freeze(actor, agreement.partnership):
        found.append(Move.FREEZE)
    if signs_for(actor, agreement.partnership):
        found.append(Move.APPROVE)
    return found
