"""Versions: what stands there is frozen, each party says yes to it or leaves it open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from footbridge.agreements import letters, policy
from footbridge.agreements.actions._steps import lock, note, why_not
from footbridge.agreements.freezing import content_of, digest_of
from footbridge.agreements.models import Agreement, Approval, Version
from footbridge.agreements.states import Standing, Way
from footbridge.core import clock, due
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotHere
from footbridge.core.versions import Version as Seen
from footbridge.core.versions import expect
from footbridge.people.models import Person

LONGEST_WAIT = max(policy.REMINDED_AFTER)


@transaction.atomic
def freeze(*, actor: Person, agreement: Agreement, version: Seen | None = None) -> Version:
    """Make a version of what stands there: numbered, never changed again. Whoever signs for each
    party is asked for its yes. Earlier approvals stay with the version that they were given to."""
    agreement = lock(agreement.id)
    _require_freezing(actor, agreement)
    expect(version, agreement.version, lambda: {"version": agreement.version})
    content = content_of(agreement)
    digest = digest_of(content)
    last = agreement.versions.order_by("-number").first()
    if last is not None and last.digest == digest:
        raise Conflict(_("Nothing has changed since version %(number)s.") % {"number": last.number})
    if last is not None and last.number >= policy.MOST_VERSIONS:
        raise LimitReached(_("There are too many versions."))
    agreement.versions.update(remind_at=None)
    made = Version.objects.create(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        content=content,
        digest=digest,
        frozen_by=actor,
        remind_at=clock.now() + policy.REMINDED_AFTER[0],
    )
    note("version_made", made.id, agreement, actor, number=made.number, digest=digest)
    letters.ask(made)
    return made


def _require_freezing(actor: Person, agreement: Agreement) -> None:
    if not policy.may_freeze(actor, agreement.partnership):
        words = _("Only somebody who speaks for a party makes a version.")
        raise why_not(agreement.partnership, words)
    if agreement.standing == Standing.UNSAID:
        words = _("First say whether it is a shared understanding or a contract.")
        raise DomainError(words, field="standing")


@transaction.atomic
def approve(*, actor: Person, version: Version, way: Way = Way.PAGE) -> list[Approval]:
    """Say yes to a version for the parties that one signs for. Saying it twice changes nothing;
    a version that a newer one has followed is not approved any more."""
    agreement = lock(version.agreement_id)
    version = _held(agreement, version)
    signs = policy.signs_for(actor, agreement.partnership)
    if not signs:
        words = _("Only a steward, or whoever signs for a party, approves.")
        raise why_not(agreement.partnership, words)
    known = {one.party_id: one for one in version.approvals.all()}
    new = [one for one in signs if one.party_id not in known]
    if new and not policy.is_latest(version):
        raise Conflict(_("There is a newer version. Look at that one."))
    given = [
        Approval.objects.create(of=version, party=one.party, by=actor, role=one.role, way=way)
        for one in new
    ]
    for one in given:
        facts = {"party": str(one.party_id), "number": version.number, "way": str(way)}
        note("approved", version.id, agreement, actor, **facts)
    if given and policy.is_approved(version):
        _settle(version, actor)
    return [*(known[one.party_id] for one in signs if one.party_id in known), *given]


def _held(agreement: Agreement, version: Version) -> Version:
    found = agreement.versions.filter(id=version.id).first()
    if found is None:
        raise NotHere
    found.agreement = agreement
    return found


def _settle(version: Version, actor: Person) -> None:
    """All that sign have said yes: everybody is told, nobody is reminded any more."""
    version.remind_at = None
    version.save(update_fields=["remind_at"])
    note("approved_by_all", version.id, version.agreement, actor, number=version.number)
    letters.approved(version)


def approve_by_link(*, actor: Person, version: Version) -> list[Approval]:
    """The same by one tap on the page that a letter links to."""
    return approve(actor=actor, version=version, way=Way.LINK)


def remind_who_has_not_answered() -> int:
    """Remind the parties that have not answered, three times in all; returns how many versions.
    Silence is never taken for a yes: a party stays open until it answers."""
    return due.for_each(_waiting, _remind, "agreement__partnership__chapter")


def _waiting() -> QuerySet[Version]:
    return Version.objects.filter(clock.has_come("remind_at", LONGEST_WAIT)).order_by("remind_at")


def _remind(version: Version) -> None:
    still = not policy.is_approved(version) and policy.is_open(version.agreement.partnership)
    if still:
        version.reminders += 1
        letters.remind(version)
        note("reminded", version.id, version.agreement, None, number=version.number)
    version.remind_at = _next(version) if still else None
    version.save(update_fields=["reminders", "remind_at"])


def _next(version: Version) -> datetime | None:
    if version.reminders >= len(policy.REMINDED_AFTER):
        return None
    return version.frozen_at + policy.REMINDED_AFTER[version.reminders]
