"""The work itself, lightly: promises, a log, links, messages, and what partnering costs."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, typed
from footbridge.core.errors import DomainError, LimitReached, NotAllowed, NotHere
from footbridge.core.versions import Version, expect
from footbridge.partnerships import letters, policy
from footbridge.partnerships.actions._steps import lock, note, require
from footbridge.partnerships.actions.beginning import currency_of
from footbridge.partnerships.models import (
    Commitment,
    Cost,
    Link,
    LogEntry,
    Message,
    Partnership,
    Party,
)
from footbridge.partnerships.states import Entry, Move, Spent
from footbridge.people.models import Person

MOST_PROMISES, MOST_LINKS = 200, 100
MOST_MINUTES = 1000 * 60
_MOST_MONEY = Decimal(10) ** 9
Row = TypeVar("Row", bound=models.Model)


def _in(actor: Person, partnership: Partnership) -> tuple[Partnership, Party]:
    """The partnership, locked, and the side that somebody writes for."""
    partnership = lock(partnership.id)
    return partnership, require(actor, Move.WRITE, partnership)


def _row(rows: models.QuerySet[Row], row_id: uuid.UUID) -> Row:
    found = rows.filter(id=row_id).first()
    if found is None:
        raise NotHere
    return found


# Promises.


@transaction.atomic
def promise(
    *,
    actor: Person,
    partnership: Partnership,
    text: str,
    due_on: date | None = None,
    person: Person | None = None,
) -> Commitment:
    """Promise something for one's own side."""
    partnership, party = _in(actor, partnership)
    if partnership.commitments.count() >= MOST_PROMISES:
        raise LimitReached(_("There are many promises here. Keep or release some first."))
    row = Commitment.objects.create(
        partnership=partnership,
        party=party,
        person=_who(party, person),
        text=typed.words(Commitment, "text", text),
        due_on=due_on,
        made_by=actor,
    )
    note("promised", partnership, actor, party=party.id, thing=row.id)
    return row


def _who(party: Party, person: Person | None) -> Person | None:
    if person is None or party.representatives.filter(person=person, until=None).exists():
        return person
    raise DomainError(_("Only somebody who stands for your side sees to it."), field="person")


def _own_promise(actor: Person, row_id: uuid.UUID, partnership: Partnership) -> Commitment:
    """A promise of one's own side, on the partnership that is locked."""
    partnership, party = _in(actor, partnership)
    row = _row(partnership.commitments.select_related("party"), row_id)
    if row.party_id != party.id:
        raise NotAllowed(_("Each side changes its own promises."))
    row.partnership = partnership
    return row


@transaction.atomic
def edit_promise(
    *,
    actor: Person,
    partnership: Partnership,
    promise: uuid.UUID,
    text: str,
    due_on: date | None,
    person: Person | None = None,
    version: Version | None = None,
) -> Commitment:
    """Change the words, the date or who sees to it."""
    row = _own_promise(actor, promise, partnership)
    expect(version, row.version, lambda: promise_of(row))
    row.text = typed.words(Commitment, "text", text)
    row.due_on, row.person = due_on, _who(row.party, person)
    row.version += 1
    row.save()
    return row


def promise_of(row: Commitment) -> dict[str, Any]:
    """What can be changed of a promise, as it stands."""
    return {"text": row.text, "due_on": row.due_on, "person": row.person_id}


@transaction.atomic
def keep(*, actor: Person, partnership: Partnership, promise: uuid.UUID) -> Commitment:
    """Say that a promise is kept: one's own, or one that one's side was given. Saying it twice
    changes nothing."""
    partnership, _party = _in(actor, partnership)
    row = _row(partnership.commitments.all(), promise)
    if row.is_open:
        row.done_at = clock.now()
        row.version += 1
        row.save()
        note("kept", partnership, actor, party=row.party_id, thing=row.id)
    return row


@transaction.atomic
def release(*, actor: Person, partnership: Partnership, promise: uuid.UUID) -> Commitment:
    """Release a promise of one's own side: nobody waits for it any more, and all can see that."""
    row = _own_promise(actor, promise, partnership)
    if row.is_open:
        row.dropped_at = clock.now()
        row.version += 1
        row.save()
        note("released", row.partnership, actor, party=row.party_id, thing=row.id)
    return row


# The log.


@transaction.atomic
def write(
    *,
    actor: Person,
    partnership: Partnership,
    text: str,
    why: str = "",
    kind: Entry | str = Entry.NOTE,
    on: date | None = None,
) -> LogEntry:
    """Write down a note, or a decision with its reason."""
    partnership, party = _in(actor, partnership)
    row = LogEntry(partnership=partnership, party=party, by=actor, on=on or clock.today())
    _say(row, kind, text, why)
    row.save()
    what = "decided" if row.kind == Entry.DECISION else "noted"
    note(what, partnership, actor, party=party.id, thing=row.id)
    return row


def _say(row: LogEntry, kind: Entry | str, text: str, why: str) -> None:
    try:
        row.kind = Entry(kind)
    except ValueError as error:
        raise DomainError(_("Choose one of these."), field="kind") from error
    row.text = typed.words(LogEntry, "text", text)
    row.why = typed.words(LogEntry, "why", why)
    if row.kind == Entry.DECISION and not row.why:
        raise DomainError(_("Say why: whoever comes later will ask."), field="why")


@transaction.atomic
def rewrite(
    *,
    actor: Person,
    partnership: Partnership,
    entry: uuid.UUID,
    text: str,
    why: str = "",
    version: Version | None = None,
) -> LogEntry:
    """Change what is written down: any side may. A newer text is never overwritten unseen."""
    partnership, _party = _in(actor, partnership)
    row = _row(partnership.log.all(), entry)
    expect(version, row.version, lambda: {"text": row.text, "why": row.why})
    before = (row.text, row.why)
    _say(row, row.kind, text, why)
    if (row.text, row.why) != before:
        row.version += 1
        row.save()
        note("rewritten", partnership, actor, thing=row.id)
    return row


# Links to where documents live.


@transaction.atomic
def link(*, actor: Person, partnership: Partnership, title: str, url: str) -> Link:
    """Say where a document lives. Saying the same address again changes nothing."""
    partnership, party = _in(actor, partnership)
    address = _address(url)
    known = partnership.links.filter(url=address).first()
    if known is not None:
        return known
    if partnership.links.count() >= MOST_LINKS:
        raise LimitReached(_("There are many links here. Take some away first."))
    words = typed.words(Link, "title", title)
    said = {"title": words, "url": address, "party": party, "by": actor}
    row = Link.objects.create(partnership=partnership, **said)
    note("linked", partnership, actor, party=party.id, thing=row.id)
    return row


def _address(url: str) -> str:
    """A web address that is safe to show as a link: https, a host, no name and password."""
    address = typed.words(Link, "url", url)
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise DomainError(_("The address begins with https://."), field="url")
    if parts.username is not None or parts.password is not None:
        raise DomainError(_("Leave the name and password out of the address."), field="url")
    return address


@transaction.atomic
def unlink(*, actor: Person, partnership: Partnership, link: uuid.UUID) -> None:
    """Take a link away; the document stays where it lives."""
    partnership, _party = _in(actor, partnership)
    _row(partnership.links.all(), link).delete()


# Conversation.


@transaction.atomic
def say(*, actor: Person, partnership: Partnership, text: str) -> Message:
    """Say something to all who stand for a side; they get it by mail too."""
    partnership, party = _in(actor, partnership)
    _check_pace(actor, partnership)
    words = typed.words(Message, "text", text)
    row = Message.objects.create(partnership=partnership, party=party, by=actor, text=words)
    letters.message(row)
    return row


def _check_pace(actor: Person, partnership: Partnership) -> None:
    today = partnership.messages.filter(by=actor, said_at__gt=clock.days_ago(1)).count()
    if today >= policy.MOST_MESSAGES_A_DAY:
        raise LimitReached(_("You have written a lot today. Go on tomorrow."))


# What partnering itself costs.


@transaction.atomic
def spend(
    *,
    actor: Person,
    partnership: Partnership,
    kind: Spent | str = Spent.MEETING,
    minutes: int = 0,
    amount: Decimal | None = None,
    currency: str = "",
    on: date | None = None,
    words: str = "",
) -> Cost:
    """Write down time or money that one's side spent on partnering itself."""
    partnership, party = _in(actor, partnership)
    if not minutes and not amount:
        raise DomainError(_("Say how much time or money."), field="minutes")
    if not 0 <= minutes <= MOST_MINUTES:
        raise DomainError(_("That is too much time for one line."), field="minutes")
    if amount is not None and not 0 <= amount <= _MOST_MONEY:
        raise DomainError(_("That is not an amount."), field="amount")
    row = Cost(partnership=partnership, party=party, by=actor, on=on or clock.today())
    row.kind, row.minutes = _spent(kind), minutes
    row.amount = amount or None
    row.currency = currency_of(currency or partnership.currency) if amount else ""
    row.words = typed.words(Cost, "words", words)
    row.save()
    return row


def _spent(said: Spent | str) -> Spent:
    try:
        return Spent(said)
    except ValueError as error:
        raise DomainError(_("Choose one of these."), field="kind") from error


@transaction.atomic
def take_back_cost(*, actor: Person, partnership: Partnership, cost: uuid.UUID) -> None:
    """Take back a line that one's own side wrote."""
    partnership, party = _in(actor, partnership)
    _row(partnership.costs.filter(party=party), cost).delete()
