"""Saying who knows whom: one's own word, a host's question, and the answer to it."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.core.words import clean_line
from footbridge.journal.actions import record
from footbridge.network import policy
from footbridge.network.models import Tie
from footbridge.network.states import Strength, TieKind, TieState
from footbridge.people import policy as people
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer, id_of

EARLIEST = date(1900, 1, 1)


@transaction.atomic
def state_tie(
    *,
    actor: Person,
    other: Member,
    strength: Strength | str,
    how: str = "",
    since: date | None = None,
    kind: TieKind | str = TieKind.KNOWS,
    teller: Member | None = None,
    version: Version | None = None,
) -> Tie:
    """Say in one's own words how one knows another, or change what one said before.

    `teller` is an organisation for which one speaks, in place of oneself. What one says oneself
    takes the place of what a list said, and answers what a host proposed. `version` is the one
    that was seen, 0 where there was nothing: a newer one raises Overtaken.
    """
    speaks = teller.id if teller else actor.id
    held = {member.id: member for member in _held([speaks, other.id])}
    if speaks not in held or not policy.may_speak_for(actor, held[speaks]):
        raise NotAllowed(_("You can speak for yourself, and for those you act for."))
    if other.id not in held or not people.may_see(actor, other):
        raise NotHere
    _refuse_self(speaks, other.id)
    tie = Tie.objects.filter(teller=speaks, other=other).first() or Tie(
        teller=held[speaks], other=other
    )
    _expect(version, tie)
    tie.kind, tie.strength = checked_kind(kind), checked_strength(strength)
    tie.how, tie.since = clean_line(how)[:200], checked_since(since)
    return _say_so(actor, tie)


def _held(ids: list[uuid.UUID]) -> list[Member]:
    """Members, locked in one order everywhere: the same tie stated twice at once is one tie, and
    nobody is tied to somebody who leaves meanwhile."""
    return list(Member.objects.select_for_update().filter(id__in=ids).order_by("id"))


def _refuse_self(one: uuid.UUID, other: uuid.UUID) -> None:
    if one == other:
        raise DomainError(_("Nobody is tied to themselves."), field="other")


def checked_strength(word: Strength | str) -> Strength:
    """One of the four words for how well one knows another."""
    try:
        return Strength(word)
    except ValueError as error:
        raise DomainError(
            _("Please say how well: one of the words offered."), field="strength"
        ) from error


def checked_kind(word: TieKind | str) -> TieKind:
    """What ties two members together."""
    try:
        return TieKind(word)
    except ValueError as error:
        raise DomainError(_("Please choose one of the ties offered."), field="kind") from error


def checked_since(day: date | None) -> date | None:
    """A day that has been."""
    if day is not None and not EARLIEST <= day <= clock.today():
        raise DomainError(_("Please give a day that has been."), field="since")
    return day


def _expect(version: Version | None, tie: Tie) -> None:
    current = NOT_THERE if tie._state.adding else tie.version
    words = ("strength", "how", "since")
    expect(version, current, lambda: {name: getattr(tie, name) for name in words})


def _say_so(actor: Person, tie: Tie) -> Tie:
    tie.version += 0 if tie._state.adding else 1
    tie.state, tie.proposed_by, tie.from_list = TieState.STATED, None, False
    tie.last_confirmed = clock.today()
    tie.save()
    record(
        "network.tie_stated",
        tie.id,
        actor=actor.id,
        facts={"teller": str(tie.teller_id), "other": str(tie.other_id)},
    )
    return tie


@transaction.atomic
def renew(*, actor: Person, tie: Tie) -> Tie:
    """Say that it is still so, today. Saying it twice in a day changes nothing."""
    row = _own_tie(actor, tie)
    if row.state != TieState.STATED:
        raise Conflict(_("Say first how you know each other."))
    if row.last_confirmed != clock.today():
        row.last_confirmed = clock.today()
        row.save(update_fields=["last_confirmed"])
        record("network.tie_renewed", row.id, actor=actor.id)
    return row


def _own_tie(actor: Person, tie: Tie) -> Tie:
    _held([tie.teller_id])
    row = Tie.objects.select_related("teller").filter(id=tie.id).first()
    if row is None:
        raise NotHere
    if not policy.may_speak_for(actor, row.teller):
        raise NotAllowed(_("This was said by someone else."))
    return row


@transaction.atomic
def retract(*, actor: Person, tie: Tie) -> None:
    """Take back what one said. What the other side said of it is theirs and stays."""
    row = _own_tie(actor, tie)
    facts = {"teller": str(row.teller_id), "other": str(row.other_id)}
    Tie.objects.filter(id=row.id).delete()
    record("network.tie_retracted", tie.id, actor=actor.id, facts=facts)


@transaction.atomic
def propose_tie(
    *,
    actor: Viewer,
    one: Member,
    other: Member,
    strength: Strength | str = Strength.KNOW,
    how: str = "",
    since: date | None = None,
) -> None:
    """Ask two members whether they know each other. Each says so, or not, for themselves.

    What either has said already stands, a denial too, and nobody is asked twice. The host is
    told nothing: a tie that is confirmed appears, another does not.
    """
    _refuse_self(one.id, other.id)
    held = {member.id: member for member in _held([one.id, other.id])}
    if len(held) < 2:
        raise NotHere
    if not policy.may_propose(actor, held[one.id], held[other.id]):
        raise NotAllowed(_("Only a host of one of them can ask."))
    word, day = checked_strength(strength), checked_since(since)
    for teller, about in ((one, other), (other, one)):
        _ask(actor, held[teller.id], held[about.id], word, clean_line(how)[:200], day)


def _ask(
    actor: Viewer, teller: Member, about: Member, word: Strength, how: str, since: date | None
) -> None:
    if not teller.is_person or Tie.objects.filter(teller=teller, other=about).exists():
        return
    tie = Tie.objects.create(
        teller=teller,
        other=about,
        strength=word,
        how=how,
        since=since,
        state=TieState.PROPOSED,
        proposed_by=actor if isinstance(actor, Person) else None,
    )
    record("network.tie_proposed", tie.id, actor=id_of(actor))


@transaction.atomic
def answer_proposal(
    *,
    actor: Person,
    tie: Tie,
    is_so: bool,
    strength: Strength | str = "",
    how: str | None = None,
    since: date | None = None,
    version: Version | None = None,
) -> Tie:
    """Say so, in one's own words where they differ from the host's, or say that it is not so.

    Answering again changes the answer; what one states later is stated as ever. `version` is the
    one that was seen: a newer one raises Overtaken.
    """
    row = _own_tie(actor, tie)
    _expect(version, row)
    if not is_so:
        return _deny(actor, row)
    row.strength = checked_strength(strength or row.strength)
    row.how = row.how if how is None else clean_line(how)[:200]
    row.since = checked_since(since) or row.since
    return _say_so(actor, row)


def _deny(actor: Person, row: Tie) -> Tie:
    if row.state != TieState.DENIED:
        row.state, row.last_confirmed, row.version = TieState.DENIED, None, row.version + 1
        row.save(update_fields=["state", "last_confirmed", "version"])
        record("network.tie_denied", row.id, actor=actor.id)
    return row
