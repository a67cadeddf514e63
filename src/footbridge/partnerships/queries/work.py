"""The work of a partnership, as those in it see it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import urlsplit

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.partnerships import policy
from footbridge.partnerships.cards import (
    CostLine,
    CostSum,
    EntryLine,
    LinkLine,
    MessageLine,
    PromiseLine,
    Workspace,
)
from footbridge.partnerships.models import Commitment, Cost, Partnership, Party
from footbridge.partnerships.states import Entry, Spent
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

MOST_SHOWN = 200


def workspace(viewer: Viewer, one: Partnership) -> Workspace:
    """Promises (open ones first, the nearest first), the log, links, messages and costs."""
    mine = policy.party_of(viewer, one)
    costs = list(one.costs.select_related("party__member", "party__circle")[:MOST_SHOWN])
    return Workspace(
        promises=_promises(one, mine),
        log=_log(one),
        links=_links(one),
        messages=_messages(viewer, one),
        costs=tuple(_cost(row, mine) for row in costs),
        sums=_sums(one.costs.select_related("party__member", "party__circle")),
    )


def _promises(one: Partnership, mine: Party | None) -> tuple[PromiseLine, ...]:
    rows = one.commitments.select_related("party__member", "party__circle", "person")
    far = clock.today().max
    ordered = sorted(rows, key=lambda row: (not row.is_open, row.due_on or far, row.made_at))
    return tuple(_promise(row, mine) for row in ordered)


def _promise(row: Commitment, mine: Party | None) -> PromiseLine:
    state = "open" if row.is_open else "kept" if row.done_at else "released"
    return PromiseLine(
        id=row.id,
        text=row.text,
        party=row.party.called,
        person=row.person.name if row.person else "",
        person_id=row.person_id,
        due_on=row.due_on,
        state=state,
        is_late=row.is_open and row.due_on is not None and row.due_on < clock.today(),
        is_ours=mine is not None and row.party_id == mine.id,
        version=row.version,
    )


def _log(one: Partnership) -> tuple[EntryLine, ...]:
    rows = one.log.select_related("party__member", "party__circle", "by")[:MOST_SHOWN]
    return tuple(
        EntryLine(
            id=row.id,
            kind=row.kind,
            kind_words=str(Entry(row.kind).label),
            text=row.text,
            why=row.why,
            on=row.on,
            party=_called(row.party),
            by=_name(row.by),
            version=row.version,
        )
        for row in rows
    )


def _links(one: Partnership) -> tuple[LinkLine, ...]:
    return tuple(
        LinkLine(row.id, row.title, row.url, urlsplit(row.url).hostname or "")
        for row in one.links.all()
    )


def _messages(viewer: Viewer, one: Partnership) -> tuple[MessageLine, ...]:
    """The latest, the newest last."""
    me = None if isinstance(viewer, Operator) else viewer.id
    rows = one.messages.select_related("party__member", "party__circle", "by")
    latest = list(rows.order_by("-said_at", "-id")[:MOST_SHOWN])[::-1]
    return tuple(
        MessageLine(
            row.id, row.text, _name(row.by), _called(row.party), row.said_at, row.by_id == me
        )
        for row in latest
    )


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _called(party: Party | None) -> str:
    return party.called if party else ""


def _cost(row: Cost, mine: Party | None) -> CostLine:
    return CostLine(
        id=row.id,
        kind_words=str(Spent(row.kind).label),
        minutes=row.minutes,
        amount=row.amount,
        currency=row.currency,
        on=row.on,
        words=row.words,
        party=row.party.called,
        is_ours=mine is not None and row.party_id == mine.id,
    )


def _sums(rows: Iterable[Cost]) -> tuple[CostSum, ...]:
    names: dict[uuid.UUID, str] = {}
    minutes: dict[uuid.UUID, int] = defaultdict(int)
    money: dict[uuid.UUID, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        names[row.party_id] = row.party.called
        minutes[row.party_id] += row.minutes
        if row.amount is not None:
            money[row.party_id][row.currency] += row.amount
    return tuple(
        CostSum(names[one], minutes[one], tuple(sorted(money[one].items()))) for one in names
    )
