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

from footbridge.core import clock
from footbridge.core.errors import DomainError
from footbridge.exchange import policy
from footbridge.exchange.actions.postings import add_lines, check, guesses, posting_line
from footbridge.exchange.dictionary import Shelf, Suggested, current
from footbridge.exchange.models import Care, Need, NeedSkill, Offer, OfferSkill
from footbridge.exchange.sentences import sentence, text_key
from footbridge.journal.actions import record_many
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer, id_of

BATCH = 500

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


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


class _Key(NamedTuple):
    owner: uuid.UUID
    text: str


@transaction.atomic
def _open_batch(
    kind: type[Need] | type[Offer], rows: Sequence[NewPosting], actor: Viewer
) -> list[Landed]:
    """Hold the owners, then write what may be written and is not there yet."""
    owners = sorted({row.owner for row in rows})
    _hold(owners)
    allowed = _allowed(actor, owners)
    said = _said_before(kind, owners)
    fresh: list[tuple[NewPosting, Need | Offer]] = []
    landed = [_land(kind, row, actor, allowed, said, fresh) for row in rows]
    _write(kind, fresh, actor)
    return landed


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
    fresh: list[tuple[NewPosting, Need | Offer]],
) -> Landed:
    """Decide about one row; what is new joins `fresh`, to be written with the others."""
    if row.owner not in allowed:
        return Landed(refusal=_("You cannot speak for them: only they can."), field="owner")
    try:
        posting = _posting(kind, row, actor)
    except DomainError as error:
        return Landed(refusal=error.message, field=error.field)
    key = _Key(row.owner, posting.text_key)
    if known := said.get(key):
        return Landed(id=known)
    said[key] = posting.id
    fresh.append((row, posting))
    return Landed(id=posting.id, is_new=True)


def _posting(kind: type[Need] | type[Offer], row: NewPosting, actor: Viewer) -> Need | Offer:
    details: dict[str, Any] = {"resource": row.resource, "until": row.until}
    if kind is Need:
        details["urgent"] = row.urgent
    else:
        details["hours_per_month"] = row.hours_per_month
    check(details)
    text = sentence(row.text)
    return kind(
        owner_id=row.owner,
        text=text,
        text_key=text_key(text),
        place_id=row.place,
        opened_by=actor if isinstance(actor, Person) else None,
        opened_at=row.opened_at or clock.now(),
        **details,
    )


def _write(
    kind: type[Need] | type[Offer],
    fresh: Sequence[tuple[NewPosting, Need | Offer]],
    actor: Viewer,
) -> None:
    name = "need" if kind is Need else "offer"
    postings = [posting for _row, posting in fresh]
    kind._default_manager.bulk_create(postings, batch_size=BATCH)  # type: ignore[arg-type]
    shelf = current()
    read = partial(_read_once, shelf)
    add_lines(line for row, posting in fresh for line in _lines(name, row, posting, read))
    linked: Any = kind.causes.through
    linked._default_manager.bulk_create(
        linked(**{f"{name}_id": posting.id, "cause_id": cause})
        for row, posting in fresh
        for cause in dict.fromkeys(row.causes)
    )
    if postings:
        ids = [posting.id for posting in postings]
        record_many(f"exchange.{name}_opened", ids, actor=id_of(actor), facts={"imported": True})


@lru_cache(maxsize=20_000)
def _read_once(shelf: Shelf, text: str) -> list[Suggested]:
    """Lists say the same thing over and over: each sentence is read once."""
    return guesses(text, shelf)


def _lines(
    name: str, row: NewPosting, posting: Need | Offer, read: Read
) -> Iterator[NeedSkill | OfferSkill]:
    line = posting_line(posting)
    of = {f"{name}_id": posting.id}
    if row.skills is None:
        for found in read(posting.text):
            guess = {"guessed": True, "weight": found.score, "phrase": found.phrase}
            yield line(skill_id=found.id, **guess, **of)
    else:
        yield from (line(skill_id=skill, **of) for skill in dict.fromkeys(row.skills))


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
    Care.objects.bulk_create(Care(member_id=member, cause_id=cause) for member, cause in new)
    changed = list(dict.fromkeys(member for member, _cause in new))
    if changed:
        record_many("exchange.cares_changed", changed, actor=id_of(actor))
    return len(new)
