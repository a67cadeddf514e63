"""Who stands for a side: naming, stepping down, stepping in where nobody is left."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.due import take
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotHere
from footbridge.partnerships import letters, policy
from footbridge.partnerships.actions._steps import lock, note, own_side
from footbridge.partnerships.models import Commitment, Party, Representative
from footbridge.partnerships.states import Ended, PartyState, Role, State
from footbridge.people import roles
from footbridge.people.models import Affiliation, Host, Person
from footbridge.people.policy import current
from footbridge.people.states import Kind as MemberKind
from footbridge.people.states import Standing


@transaction.atomic
def name(
    *, actor: Person, party: Party, person: Person, role: Role | str = Role.DEPUTY
) -> Representative:
    """Name somebody for one's own side. They are told, and can step down at any time. Naming the
    same twice changes nothing."""
    party = _locked(party)
    own_side(actor, party)
    if party.partnership.state == State.CLOSED:
        raise Conflict(_("This partnership is closed. It can still be read."))
    wanted = _role(role)
    if not policy.may_be_named(actor, person, party):
        raise DomainError(
            _("%(name)s cannot stand for %(party)s. Those who act for it can.")
            % {"name": person.name, "party": party.called},
            field="person",
        )
    known = party.representatives.filter(person=person, role=wanted, until=None).first()
    if known is not None:
        return known
    if party.representatives.filter(until=None).count() >= policy.MOST_PEOPLE_A_SIDE:
        raise LimitReached(_("Enough people stand for this side."))
    row = Representative.objects.create(party=party, person=person, role=wanted)
    letters.named(row, actor)
    note("named", party.partnership, actor, party=party.id, person=person.id, role=wanted)
    return row


def _role(said: Role | str) -> Role:
    try:
        return Role(said)
    except ValueError as error:
        raise DomainError(_("Choose what they are for your side."), field="role") from error


def _locked(party: Party) -> Party:
    partnership = lock(party.partnership_id)
    found = partnership.parties.select_related("member", "circle").filter(id=party.id).first()
    if found is None:
        raise NotHere
    found.partnership = partnership
    return found


@transaction.atomic
def end(*, actor: Person, representative: Representative) -> None:
    """Step down, or end what somebody is for one's own side. Everybody in it is told. Doing it
    twice changes nothing."""
    party = _locked(representative.party)
    row = party.representatives.select_related("person").filter(id=representative.id).first()
    if row is None:
        raise NotHere
    if row.until is not None:
        return
    if row.person_id != actor.id:
        own_side(actor, party)
    row.party = party
    because = Ended.STEPPED_DOWN if row.person_id == actor.id else Ended.REPLACED
    finish(row, because, actor)


def finish(row: Representative, because: Ended, actor: Person | None) -> None:
    """Write down that somebody no longer stands for their side, whose partnership is locked; tell
    those who stay, and whoever could step in where nobody is left."""
    called = row.person.name if row.person is not None and because != Ended.GONE else ""
    who = row.person_id
    row.until, row.ended_because = clock.today(), because
    row.save(update_fields=["until", "ended_because"])
    known = None if because == Ended.GONE else who
    facts = {"party": row.party_id, "role": row.role, "person": known}
    note("person_left", row.party.partnership, actor, **facts)
    if _stands_still(row.party, who):
        return
    _release(row.party, who)
    if row.party.partnership.state == State.CLOSED:
        return
    letters.ended(row, called, but=actor)
    if not _people_of(row.party).exists():
        letters.nobody_left(row.party, next_for(row.party, but=who))


def _stands_still(party: Party, person_id: uuid.UUID | None) -> bool:
    return _people_of(party).filter(person=person_id).exists()


def _people_of(party: Party) -> QuerySet[Representative]:
    return party.representatives.filter(until=None, person__isnull=False)


def _release(party: Party, person_id: uuid.UUID | None) -> None:
    """What somebody saw to is their side's again."""
    Commitment.objects.filter(party=party, person=person_id, done_at=None).update(person=None)


def next_for(party: Party, but: uuid.UUID | None = None) -> list[Person]:
    """Who is turned to where nobody is left: of an organisation, whoever has a mandate first; else
    the hosts of the chapter."""
    there = [one for one in _could_stand(party) if one.id != but]
    if there:
        return there[:1]
    chapter = party.partnership.chapter_id
    hosts = Host.objects.filter(chapter=chapter).exclude(person=but)
    return [host.person for host in hosts.select_related("person__chapter")]


def _could_stand(party: Party) -> list[Person]:
    if party.member_id is None:
        return []
    rows = Affiliation.objects.filter(
        current(), organisation=party.member_id, person__standing=Standing.JOINED
    ).select_related("person__chapter")
    ranked = sorted(
        rows,
        key=lambda row: (
            row.person.is_paused,
            int(roles.rank(row.role, has_mandate=row.has_mandate)),
            row.person.folded,
        ),
    )
    return list({row.person_id: row.person for row in ranked}.values())


@transaction.atomic
def step_in(*, actor: Person, party: Party) -> Representative:
    """Stand for a side where nobody is left: whoever acts for it today."""
    party = _locked(party)
    if party.state != PartyState.IN or not policy.may_stand_for(actor, party):
        raise NotHere
    mine = _people_of(party).filter(person=actor, role=Role.STEWARD).first()
    if mine is not None:
        return mine
    is_group = party.member_id is None and party.circle_id is None
    if is_group or _people_of(party).exists():
        raise Conflict(_("Somebody stands for this side already. Ask them to name you."))
    row = Representative.objects.create(party=party, person=actor, role=Role.STEWARD)
    note("named", party.partnership, actor, party=party.id, person=actor.id, role=row.role)
    said = {"name": actor.name, "party": party.called}
    letters.tell_all(
        party.partnership,
        lambda: _("%(name)s stands for %(party)s now.") % said,
        once=f"stepped_in:{row.id}",
        but=actor,
    )
    return row


# By itself: whoever no longer acts for an organisation no longer stands for it.


def end_who_left() -> int:
    """End those whose work for their side's organisation has ended; returns how many."""
    waiting = list(_who_left().values_list("party__partnership_id", "id"))
    return sum(_end_one(partnership, row) for partnership, row in waiting)


def _who_left() -> QuerySet[Representative]:
    acts = Affiliation.objects.filter(
        current(), organisation=OuterRef("party__member"), person=OuterRef("person")
    )
    of_organisation = Q(party__member__kind=MemberKind.ORGANISATION)
    rows = Representative.objects.filter(of_organisation, until=None, person__isnull=False)
    return rows.exclude(Exists(acts)).order_by("id")


@transaction.atomic
def _end_one(partnership_id: uuid.UUID, row_id: uuid.UUID) -> int:
    lock(partnership_id)
    return take(row_id, _who_left, _end_left, "party__partnership__chapter", "party__member")


def _end_left(row: Representative) -> None:
    finish(row, Ended.LEFT, None)
