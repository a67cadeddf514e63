"""How a partnership begins, and what both sides write about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotHere
from footbridge.core.versions import Version, expect
from footbridge.introductions.models import Introduction, Report
from footbridge.introductions.states import Outcome
from footbridge.partnerships import policy
from footbridge.partnerships.actions._steps import lock, note, require
from footbridge.partnerships.actions.parties import NewParty, add, ask_person
from footbridge.partnerships.models import Commitment, Partnership, Party, Representative
from footbridge.partnerships.starters import starter as starter_named
from footbridge.partnerships.states import Kind, Move, PartyState, Role
from footbridge.people.models import Person

WORDS = ("title", "purpose", "what", "community_gain")
PLAIN = ("is_formal", "begins_on", "ends_on", "review_on")
MOST_PROMISES = 10


@transaction.atomic
def begin(
    *,
    actor: Person,
    title: str,
    own: NewParty,
    others: Sequence[NewParty] = (),
    kind: Kind | str = Kind.TRANSACTIONAL,
    purpose: str = "",
    what: str = "",
    community_gain: str = "",
    is_formal: bool = False,
    begins_on: date | None = None,
    ends_on: date | None = None,
    review_on: date | None = None,
    currency: str = "EUR",
    starter: str = "",
    promises: Sequence[str] = (),
    introduction: Introduction | None = None,
    is_demo: bool = False,
) -> Partnership:
    """Begin a record for one's own side: it is in at once, with the actor as its first steward.
    Each other side says its own yes; until then only one's own people see the record. `promises`
    are what one's own side promises first."""
    partnership = Partnership(
        made_by=actor,
        chapter=actor.chapter,
        starter=starter if starter_named(starter) else "",
        introduction=_good(actor, introduction),
        is_demo=is_demo,
    )
    said = {"title": title, "purpose": purpose, "what": what, "community_gain": community_gain}
    days = {"begins_on": begins_on, "ends_on": ends_on, "review_on": review_on}
    _set(partnership, {**said, **days, "is_formal": is_formal, "currency": currency, "kind": kind})
    partnership.save()
    side = _stand(actor, partnership, own)
    for position, other in enumerate(others, start=1):
        party = add(partnership, other, position=position, by=actor)
        if other.asked is not None:
            ask_person(actor, party, other.asked)
    note("begun", partnership, actor, starter=partnership.starter)
    _promise_first(actor, side, promises)
    return partnership


def _good(actor: Person, introduction: Introduction | None) -> Introduction | None:
    """An introduction that the actor was in, and of which they said that it leads on."""
    if introduction is None:
        return None
    if actor.id not in (introduction.seeker_id, introduction.target_id):
        raise NotHere
    good = Report.objects.filter(introduction=introduction, person=actor, outcome=Outcome.GOING_ON)
    if not good.exists():
        raise Conflict(_("Say first what came of the introduction."))
    return introduction


def _stand(actor: Person, partnership: Partnership, own: NewParty) -> Party:
    party = add(partnership, own, position=0, by=actor)
    if not policy.may_begin_for(actor, party):
        raise NotHere
    party.state, party.answered_at = PartyState.IN, clock.now()
    party.save()
    Representative.objects.create(party=party, person=actor, role=Role.STEWARD)
    return party


def _promise_first(actor: Person, party: Party, promises: Sequence[str]) -> None:
    for text in [one for one in promises if one.strip()][:MOST_PROMISES]:
        Commitment.objects.create(
            partnership=party.partnership,
            party=party,
            made_by=actor,
            text=typed.words(Commitment, "text", text, of="promises"),
        )


def _set(partnership: Partnership, said: dict[str, Any]) -> None:
    for name in WORDS:
        if name in said:
            setattr(partnership, name, typed.words(Partnership, name, said[name]))
    for name in PLAIN:
        if name in said:
            setattr(partnership, name, said[name])
    if "currency" in said:
        partnership.currency = currency_of(said["currency"])
    if "kind" in said:
        partnership.kind = _kind(said["kind"])
    begins, ends = partnership.begins_on, partnership.ends_on
    if begins and ends and ends < begins:
        raise DomainError(_("It ends before it begins."), field="ends_on")


def currency_of(said: str) -> str:
    """Three letters, as in EUR."""
    code = str(said or "").strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise DomainError(_("A currency is three letters, as in EUR."), field="currency")
    return code


def _kind(said: Kind | str) -> Kind:
    try:
        return Kind(said)
    except ValueError as error:
        raise DomainError(_("Choose how deep it is."), field="kind") from error


@transaction.atomic
def edit(
    *, actor: Person, partnership: Partnership, version: Version | None = None, **said: Any
) -> Partnership:
    """Change what is written about it: its words, days and currency. How deep it is changes by
    the yes of every side alone."""
    said.pop("kind", None)
    partnership = lock(partnership.id)
    require(actor, Move.EDIT, partnership)
    expect(version, partnership.version, lambda: record_of(partnership))
    before = record_of(partnership)
    _set(partnership, said)
    if record_of(partnership) != before:
        partnership.version += 1
        partnership.save()
        note("changed", partnership, actor)
    return partnership


def record_of(partnership: Partnership) -> dict[str, Any]:
    """What can be changed of it, as it stands."""
    return {name: getattr(partnership, name) for name in (*WORDS, *PLAIN, "currency")}
