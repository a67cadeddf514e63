"""Who is in a partnership: proposing a side, asking for its yes, answering, leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from footbridge.circles.models import Circle
from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed, NotHere
from footbridge.core.versions import Version, expect
from footbridge.partnerships import letters, policy
from footbridge.partnerships.actions._steps import lock, note, own_side, require
from footbridge.partnerships.models import Commitment, Partnership, Party, Representative
from footbridge.partnerships.states import (
    Counted,
    Ended,
    Move,
    PartyRole,
    PartyState,
    Role,
    SizeScheme,
    State,
)
from footbridge.people.models import Member, Person
from footbridge.people.states import Sector, Size

_A_WEEK = timedelta(days=7)
TOLD = ("role", "sector", "counts_as", "shares_profits", "size", "size_scheme", "group", "gain")


@dataclass(frozen=True)
class NewParty:
    """A side as it is entered: exactly one of a member, a circle, or a group by its name; and who
    is asked for its yes. What is not said is taken from what the member says of itself."""

    member: Member | None = None
    circle: Circle | None = None
    name: str = ""
    asked: Person | None = None
    role: str = PartyRole.CORE
    sector: str = ""
    counts_as: str = ""
    shares_profits: bool | None = None
    size: str = ""
    size_scheme: str = SizeScheme.EU
    group: str = ""
    gain: str = ""


def add(partnership: Partnership, new: NewParty, *, position: int, by: Person) -> Party:
    """Write down a side of a partnership that is locked, or new; it has not said yes yet."""
    if [bool(new.member), bool(new.circle), bool(new.name.strip())].count(True) != 1:
        raise DomainError(_("Say who it is: a member, a circle or a group."), field="party")
    party = Party(partnership=partnership, position=position, asked_by=by)
    party.member, party.circle = new.member, new.circle
    party.name = typed.words(Party, "name", new.name)
    party.known_as = _kept_name(new)
    _tell(party, {name: getattr(new, name) for name in TOLD})
    _fill_in(party)
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError as error:
        raise Conflict(_("They are a party of it already."), field="party") from error
    return party


def _kept_name(new: NewParty) -> str:
    """What stays of the name of an organisation or a circle; of a person, nothing."""
    if new.circle is not None:
        return new.circle.name
    return "" if new.member is None or new.member.is_person else new.member.name


def _fill_in(party: Party) -> None:
    """What the member says of itself, where nothing else was said."""
    member = party.member
    if member is None:
        return
    party.sector = party.sector or member.sector
    party.size = party.size or (Size.SOLO.value if member.is_person else member.size)
    if not party.group and member.group is not None:
        party.group = member.group.name


def _tell(party: Party, said: dict[str, Any]) -> None:
    party.role = _one_of(PartyRole, said["role"], "role")
    party.sector = _one_of(Sector, said["sector"], "sector", blank=True)
    party.counts_as = _one_of(Counted, said["counts_as"], "counts_as", blank=True)
    party.size = _one_of(Size, said["size"], "size", blank=True)
    party.size_scheme = _one_of(SizeScheme, said["size_scheme"], "size_scheme")
    party.shares_profits = said["shares_profits"]
    party.group = typed.words(Party, "group", said["group"])
    party.gain = typed.words(Party, "gain", said["gain"])


def _one_of(choices: Any, said: Any, field: str, *, blank: bool = False) -> str:
    if blank and not said:
        return ""
    try:
        return str(choices(said).value)
    except ValueError as error:
        raise DomainError(_("Choose one of these."), field=field) from error


# Proposing and asking.


@transaction.atomic
def add_party(*, actor: Person, partnership: Partnership, new: NewParty) -> Party:
    """Propose one more side. It is in once it says yes itself."""
    partnership = lock(partnership.id)
    require(actor, Move.ADD_PARTY, partnership)
    standing = partnership.parties.filter(state__in=(PartyState.PROPOSED, PartyState.IN)).count()
    if standing >= policy.MOST_PARTIES:
        raise LimitReached(
            _("A partnership has at most %(most)d parties.") % {"most": policy.MOST_PARTIES}
        )
    party = add(partnership, new, position=partnership.parties.count(), by=actor)
    note("party_proposed", partnership, actor, party=party.id)
    if new.asked is not None:
        ask_person(actor, party, new.asked)
    return party


@transaction.atomic
def ask(*, actor: Person, party: Party, person: Person) -> Party:
    """Ask somebody for the yes of a side that is proposed."""
    partnership = lock(party.partnership_id)
    require(actor, Move.ADD_PARTY, partnership)
    party = _fresh(party, partnership)
    if party.state == PartyState.IN:
        raise Conflict(_("They have said yes already."))
    ask_person(actor, party, person)
    return party


def _fresh(party: Party, partnership: Partnership) -> Party:
    rows = partnership.parties.select_related("member", "circle", "asked__chapter", "asked_by")
    found = rows.filter(id=party.id).first()
    if found is None:
        raise NotHere
    found.partnership = partnership
    return found


def ask_person(actor: Person, party: Party, person: Person) -> None:
    """Ask for the yes of a side, whose partnership is locked or new."""
    if party.asked_id == person.id and party.state == PartyState.PROPOSED and _still_asked(party):
        return
    if not policy.may_stand_for(person, party) or not policy.may_be_asked(actor, person):
        raise Conflict(
            _("%(name)s cannot be asked for this side now. Choose somebody else.")
            % {"name": person.name},
            field="asked",
        )
    _check_often(actor, party, person)
    party.asked, party.asked_by, party.asked_at = person, actor, clock.now()
    party.expires_at = clock.now() + policy.ANSWERED_WITHIN
    party.state, party.answered_at = PartyState.PROPOSED, None
    party.save()
    letters.ask(party)
    note("asked", party.partnership, actor, party=party.id)


def _still_asked(party: Party) -> bool:
    return party.expires_at is not None and party.expires_at > clock.now()


def _check_often(actor: Person, party: Party, person: Person) -> None:
    """Nobody is asked twice in a while into the same one, and nobody asks without end."""
    rested = party.asked_at is None or party.asked_at <= clock.now() - policy.RESTS_FOR
    if party.asked_id == person.id and not rested:
        raise Conflict(
            _("They were asked not long ago. Please leave it at that for now."), field="asked"
        )
    asked = Party.objects.filter(asked_by=actor, asked_at__gt=clock.now() - _A_WEEK).count()
    if asked >= policy.MOST_ASKED_A_WEEK:
        raise LimitReached(_("You have asked many sides this week. Go on next week."))


@transaction.atomic
def withdraw(*, actor: Person, party: Party) -> None:
    """Take back that a side is proposed."""
    partnership = lock(party.partnership_id)
    require(actor, Move.ADD_PARTY, partnership)
    party = _fresh(party, partnership)
    if party.state == PartyState.IN:
        raise Conflict(_("They are in it. Each side leaves by its own word."))
    party.delete()
    note("party_withdrawn", partnership, actor)


# Answering.


@transaction.atomic
def accept(*, actor: Person, party: Party) -> Party:
    """Say yes for one's side: it is in, and one is its first steward. Saying it twice changes
    nothing."""
    partnership = lock(party.partnership_id)
    party = _fresh(party, partnership)
    if party.state == PartyState.IN and policy.stands_for(actor, party):
        return party
    _require_asked(actor, party, partnership)
    if not policy.may_stand_for(actor, party):
        raise NotAllowed(_("You do not act for this side."))
    party.state, party.answered_at = PartyState.IN, clock.now()
    party.save()
    Representative.objects.create(party=party, person=actor, role=Role.STEWARD)
    letters.joined(party, but=actor)
    note("party_joined", partnership, actor, party=party.id)
    return party


def _require_asked(actor: Person, party: Party, partnership: Partnership) -> None:
    if party.asked_id != actor.id:
        raise NotHere
    if party.state != PartyState.PROPOSED or not _still_asked(party):
        raise Conflict(_("This was answered already, or too long ago."))
    if partnership.state in (State.CLOSING, State.CLOSED):
        raise Conflict(_("This partnership is being closed."))


@transaction.atomic
def decline(*, actor: Person, party: Party) -> Party:
    """Say not this time; only whoever asked is told."""
    partnership = lock(party.partnership_id)
    party = _fresh(party, partnership)
    if party.state == PartyState.DECLINED and party.asked_id == actor.id:
        return party
    _require_asked(actor, party, partnership)
    party.state, party.answered_at = PartyState.DECLINED, clock.now()
    party.save()
    letters.not_now(party)
    note("party_declined", partnership, None)
    return party


@transaction.atomic
def leave(*, actor: Person, partnership: Partnership) -> None:
    """Have one's side leave. The others are told; what it promised is released."""
    partnership = lock(partnership.id)
    party = require(actor, Move.LEAVE, partnership)
    take_out(party, actor)


def take_out(party: Party, actor: Person | None) -> None:
    """Write down that a side has left its partnership, which is locked."""
    partnership = party.partnership
    party.state, party.left_at = PartyState.LEFT, clock.now()
    party.save()
    party.representatives.filter(until=None).update(
        until=clock.today(), ended_because=Ended.STEPPED_DOWN
    )
    open_ = Commitment.objects.filter(party=party, done_at=None, dropped_at=None)
    open_.update(dropped_at=clock.now())
    stay = [row.person for row in policy.representatives_of(partnership) if row.person]
    letters.left(party, list({one.id: one for one in stay}.values()))
    note("party_left", partnership, actor, party=party.id)


# What a side says of itself.


@transaction.atomic
def edit_party(
    *, actor: Person, party: Party, version: Version | None = None, **said: Any
) -> Party:
    """Change what is said of a side: its own by itself; of one that has not said yes, by the side
    that proposed it."""
    partnership = lock(party.partnership_id)
    party = _fresh(party, partnership)
    if party.state == PartyState.PROPOSED:
        require(actor, Move.ADD_PARTY, partnership)
    else:
        own_side(actor, party)
        require(actor, Move.EDIT, partnership)
    expect(version, party.version, lambda: told_of(party))
    before = told_of(party)
    _tell(party, {**before, **{name: said[name] for name in TOLD if name in said}})
    if told_of(party) != before:
        party.version += 1
        party.save()
        note("party_changed", partnership, actor, party=party.id)
    return party


def told_of(party: Party) -> dict[str, Any]:
    """What can be changed of a side, as it stands."""
    return {name: getattr(party, name) for name in TOLD}
