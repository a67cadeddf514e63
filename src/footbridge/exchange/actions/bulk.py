"""Needs, offers and causes by the thousand, as an import brings them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, ids
from footbridge.core.errors import DomainError
from footbridge.core.inserting import insert
from footbridge.exchange import policy
from footbridge.exchange.actions.postings import check, guesses
from footbridge.exchange.dictionary import Shelf, Suggested, current
from footbridge.exchange.models import Care, Need, Offer
from footbridge.exchange.sentences import sentence, text_key
from footbridge.journal.actions import record_many
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer, id_of

BATCH = 500
_COLUMNS = [
    "id", "owner_id", "text", "text_key", "resource", "place_id", "opened_by_id",
    "opened_at", "confirmed_at", "until",
]  # fmt: skip

T = TypeVar("T")
Read = Callable[[str], list[Suggested]]


@dataclass(frozen=True)
class NewPosting:
    """A need or an offer to be opened. Without skills, they are guessed from the sentence."""

    owner: uuid.UUID
    text: str
    skills: Sequence[uuid.UUID] | None = None
    causes: Sequence[uuid.UUID] = ()
    urgent: bool = False
    resource: str = ""
    place: uuid.UUID | None = None
    until: date | None = None
    hours_per_month: int | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True)
class Landed:
    """What became of one row: its need or offer, whether it is new, or why it was refused."""

    id: uuid.UUID | None = None
    is_new: bool = False
    refusal: str = ""
    field: str = ""


def open_many_needs(rows: Iterable[NewPosting], *, actor: Viewer) -> list[Landed]:
    """Open many needs and say what became of each row, in their order.

    A sentence that its owner ever said before is not opened again, even if it was closed since:
    importing the same list twice changes nothing.
    """
    return [landed for batch in _batches(rows) for landed in _open_batch(Need, batch, actor)]


def open_many_offers(rows: Iterable[NewPosting], *, actor: Viewer) -> list[Landed]:
    """Open many offers and say what became of each row, in their order."""
    return [landed for batch in _batches(rows) for landed in _open_batch(Offer, batch, actor)]


def try_many_needs(rows: Iterable[NewPosting], *, actor: Viewer) -> list[Landed]:
    """What would become of each row if these needs were opened now; nothing is written.

    An owner whom the network does not know is taken for someone new on the actor's list.
    """
    return [landed for batch in _batches(rows) for landed in _try_batch(Need, batch, actor)]


def try_many_offers(rows: Iterable[NewPosting], *, actor: Viewer) -> list[Landed]:
    """What would become of each row if these offers were opened now; nothing is written."""
    return [landed for batch in _batches(rows) for landed in _try_batch(Offer, batch, actor)]


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


class _Key(NamedTuple):
    owner: uuid.UUID
    text: str


class _Opened(NamedTuple):
    """A row that may be written: its id, its sentence as it is kept, and what it came from."""

    id: uuid.UUID
    text: str
    text_key: str
    said: NewPosting


class _Line(NamedTuple):
    """A skill of a need or an offer, as its table has it."""

    skill: uuid.UUID
    guessed: bool
    weight: float
    phrase: str
    posting: uuid.UUID


@transaction.atomic
def _open_batch(
    kind: type[Need] | type[Offer], rows: Sequence[NewPosting], actor: Viewer
) -> list[Landed]:
    """Hold the owners, then write what may be written and is not there yet."""
    owners = sorted({row.owner for row in rows})
    _hold(owners)
    allowed = _allowed(actor, owners)
    said = _said_before(kind, owners)
    fresh: list[_Opened] = []
    landed = [_land(kind, row, actor, allowed, said, fresh) for row in rows]
    _write(kind, fresh, actor)
    return landed


def _try_batch(
    kind: type[Need] | type[Offer], rows: Sequence[NewPosting], actor: Viewer
) -> list[Landed]:
    """The same decisions, without holding or writing anything."""
    owners = sorted({row.owner for row in rows})
    known = set(Member.objects.order_by().filter(id__in=owners).values_list("id", flat=True))
    allowed = _allowed(actor, owners) | (set(owners) - known)
    said = _said_before(kind, owners)
    return [_land(kind, row, actor, allowed, said, []) for row in rows]


def _hold(members: Sequence[uuid.UUID]) -> None:
    """Lock members in one order everywhere; their rows themselves are not needed."""
    rows = Member.objects.select_for_update().filter(pk__in=members).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _allowed(actor: Viewer, owners: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    return set(policy.owners_open_to(actor).filter(id__in=owners).values_list("id", flat=True))


def _said_before(
    kind: type[Need] | type[Offer], owners: Sequence[uuid.UUID]
) -> dict[_Key, uuid.UUID]:
    rows = kind._default_manager.filter(owner__in=owners).order_by("opened_at")
    return {
        _Key(owner, text): posting
        for owner, text, posting in rows.values_list("owner_id", "text_key", "id")
    }


def _land(
    kind: type[Need] | type[Offer],
    row: NewPosting,
    actor: Viewer,
    allowed: set[uuid.UUID],
    said: dict[_Key, uuid.UUID],
    fresh: list[_Opened],
) -> Landed:
    """Decide about one row; what is new joins `fresh`, to be written with the others."""
    if row.owner not in allowed:
        return Landed(refusal=_("You cannot speak for them: only they can."), field="owner")
    try:
        opened = _opened(kind, row)
    except DomainError as error:
        return Landed(refusal=error.message, field=error.field)
    key = _Key(row.owner, opened.text_key)
    if known := said.get(key):
        return Landed(id=known)
    said[key] = opened.id
    fresh.append(opened)
    return Landed(id=opened.id, is_new=True)


def _opened(kind: type[Need] | type[Offer], row: NewPosting) -> _Opened:
    details: dict[str, Any] = {"resource": row.resource, "until": row.until}
    if kind is Offer:
        details["hours_per_month"] = row.hours_per_month
    check(details)
    text = sentence(row.text)
    return _Opened(ids.new_id(), text, text_key(text), row)


def _write(
    kind: type[Need] | type[Offer],
    fresh: Sequence[_Opened],
    actor: Viewer,
) -> None:
    if not fresh:
        return
    name = "need" if kind is Need else "offer"
    own = "urgent" if kind is Need else "hours_per_month"
    by = actor.id if isinstance(actor, Person) else None
    insert(kind, [*_COLUMNS, own], _rows(fresh, own, by))
    shelf = current()
    read = partial(_read_once, shelf)
    insert(
        kind.skills.through,
        ["skill_id", "guessed", "weight", "phrase", f"{name}_id"],
        (line for one in fresh for line in _lines(one, read)),
    )
    causes = ((one.id, cause) for one in fresh for cause in dict.fromkeys(one.said.causes))
    insert(kind.causes.through, [f"{name}_id", "cause_id"], causes)
    opened = [one.id for one in fresh]
    record_many(f"exchange.{name}_opened", opened, actor=id_of(actor), facts={"imported": True})


def _rows(fresh: Sequence[_Opened], own: str, by: uuid.UUID | None) -> Iterator[tuple[Any, ...]]:
    """As their table has them, in the order of its columns here."""
    now = clock.now()
    for one in fresh:
        row = one.said
        yield (
            one.id, row.owner, one.text, one.text_key, row.resource, row.place, by,
            row.opened_at or now, now, row.until, getattr(row, own),
        )  # fmt: skip


@lru_cache(maxsize=20_000)
def _read_once(shelf: Shelf, text: str) -> list[Suggested]:
    """Lists say the same thing over and over: each sentence is read once."""
    return guesses(text, shelf)


def _lines(one: _Opened, read: Read) -> Iterator[_Line]:
    """Its skills: those that were given, else those that its sentence speaks of."""
    if one.said.skills is None:
        for found in read(one.text):
            yield _Line(found.id, True, found.score, found.phrase, one.id)
    else:
        for skill in dict.fromkeys(one.said.skills):
            yield _Line(skill, False, 1.0, "", one.id)


def care_many(rows: Iterable[tuple[uuid.UUID, uuid.UUID]], *, actor: Viewer) -> int:
    """Add causes to many members, as (member, cause) pairs; returns how many are new.

    Pairs that are known already, and members for whom the actor cannot speak, are passed over.
    """
    return sum(_care_batch(batch, actor) for batch in _batches(rows))


@transaction.atomic
def _care_batch(pairs: Sequence[tuple[uuid.UUID, uuid.UUID]], actor: Viewer) -> int:
    members = sorted({member for member, _cause in pairs})
    _hold(members)
    allowed = _allowed(actor, members)
    cares = Care.objects.filter(member__in=members).values_list("member_id", "cause_id")
    known = set(cares)
    new = [pair for pair in dict.fromkeys(pairs) if pair[0] in allowed and pair not in known]
    insert(Care, ["member_id", "cause_id"], new)
    changed = list(dict.fromkeys(member for member, _cause in new))
    if changed:
        record_many("exchange.cares_changed", changed, actor=id_of(actor))
    return len(new)
