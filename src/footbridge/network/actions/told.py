"""Ties that a list tells of: a register's grants, a host's spreadsheet, dated vouches. In bulk."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import NotAllowed
from footbridge.core.inserting import insert
from footbridge.core.words import clean_line
from footbridge.journal.actions import record
from footbridge.network.actions.ties import checked_kind, checked_since, checked_strength
from footbridge.network.models import Tie
from footbridge.network.states import Strength, TieKind, TieState
from footbridge.people import policy as people
from footbridge.people.models import Chapter, Person
from footbridge.people.policy import Viewer, id_of

_CHUNK = 1000
_CHANGING = ["kind", "strength", "how", "since", "last_confirmed"]
_COLUMNS = ["teller_id", "other_id", "state", "from_list", "proposed_by_id", *_CHANGING]


@dataclass(frozen=True)
class Statement:
    """What a list says of two members, in its words."""

    teller: uuid.UUID
    other: uuid.UUID
    strength: Strength | str = Strength.KNOW
    kind: TieKind | str = TieKind.KNOWS
    how: str = ""
    since: date | None = None
    last_confirmed: date | None = None


@dataclass(frozen=True)
class Recorded:
    """What became of a list's statements. Passed over: ties to oneself or to nobody known, and
    what the people in them have said themselves."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    passed_over: int = 0

    def __add__(self, more: Recorded) -> Recorded:
        return Recorded(
            self.added + more.added,
            self.changed + more.changed,
            self.unchanged + more.unchanged,
            self.passed_over + more.passed_over,
        )


@transaction.atomic
def record_ties(*, actor: Viewer, chapter: Chapter, statements: Iterable[Statement]) -> Recorded:
    """Take over the ties that a list tells of, for a chapter that one hosts.

    Each statement names a teller of that chapter's list. What people said themselves is never
    overwritten, and the same list a second time changes nothing. Works through a stream in
    pieces, so that memory stays flat.
    """
    if not people.may_host(actor, chapter):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))
    Chapter.objects.select_for_update().get(id=chapter.id)
    total = Recorded()
    for piece in _pieces(statements):
        total += _record_piece(actor, chapter, piece)
    if total.added or total.changed:
        facts = {"added": total.added, "changed": total.changed}
        record("network.ties_recorded", chapter.id, actor=id_of(actor), facts=facts)
    return total


def _pieces(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    stream = iter(statements)
    while piece := list(islice(stream, _CHUNK)):
        yield piece


def _record_piece(actor: Viewer, chapter: Chapter, piece: list[Statement]) -> Recorded:
    last = {(one.teller, one.other): one for one in piece if one.teller != one.other}
    kept = _with_known_members(actor, chapter, last)
    known = _known_ties(kept)
    fresh = [_row(actor, one) for pair, one in kept.items() if pair not in known]
    told = {pair: tie for pair, tie in known.items() if _is_from_a_list(tie)}
    changed = [tie for pair, tie in told.items() if _take_over(tie, kept[pair])]
    insert(Tie, _COLUMNS, fresh)
    Tie.objects.bulk_update(changed, _CHANGING, batch_size=200)
    return Recorded(
        added=len(fresh),
        changed=len(changed),
        unchanged=len(told) - len(changed),
        passed_over=len(piece) - len(fresh) - len(told),
    )


def _with_known_members(
    actor: Viewer, chapter: Chapter, said: dict[tuple[uuid.UUID, uuid.UUID], Statement]
) -> dict[tuple[uuid.UUID, uuid.UUID], Statement]:
    ids = {one for pair in said for one in pair}
    seen = people.visible_to(actor).order_by().filter(id__in=ids)
    home = dict(seen.values_list("id", "chapter_id"))
    return {
        pair: one
        for pair, one in said.items()
        if pair[0] in home and pair[1] in home and chapter.id in (home[pair[0]], home[pair[1]])
    }


def _known_ties(
    said: dict[tuple[uuid.UUID, uuid.UUID], Statement],
) -> dict[tuple[uuid.UUID, uuid.UUID], Tie]:
    # By one end only: asked for both, SQLite tries each teller with each other.
    rows = Tie.objects.filter(teller__in={pair[0] for pair in said})
    return {
        (row.teller_id, row.other_id): row for row in rows if (row.teller_id, row.other_id) in said
    }


def _row(actor: Viewer, one: Statement) -> tuple[object, ...]:
    said = _said(one)
    proposed_by = actor.id if isinstance(actor, Person) else None
    return (
        one.teller, one.other, TieState.STATED, True, proposed_by,
        *(said[name] for name in _CHANGING),
    )  # fmt: skip


def _said(one: Statement) -> dict[str, object]:
    return {
        "kind": checked_kind(one.kind),
        "strength": checked_strength(one.strength),
        "how": clean_line(one.how)[:200],
        "since": checked_since(one.since),
        "last_confirmed": checked_since(one.last_confirmed),
    }


def _is_from_a_list(tie: Tie) -> bool:
    return tie.from_list and tie.state == TieState.STATED


def _take_over(tie: Tie, one: Statement) -> bool:
    said = _said(one)
    is_new = any(getattr(tie, field) != value for field, value in said.items())
    for field, value in said.items():
        setattr(tie, field, value)
    return is_new
