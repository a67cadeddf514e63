"""Many lines, or many grants, at once: what is known already is known again, and written only
where it changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import ids
from footbridge.core.errors import DomainError, NotAllowed
from footbridge.core.inserting import insert_objects
from footbridge.exchange.models import Cause
from footbridge.funding import policy
from footbridge.funding.actions._columns import of_line, unchanged
from footbridge.funding.indexing import index_of
from footbridge.funding.models import Grant, Line
from footbridge.funding.said import GrantSaid, LineSaid, in_cents, line_of
from footbridge.journal.actions import record
from footbridge.people.models import Chapter, Identifier, Organisation, Person
from footbridge.people.policy import Viewer, id_of
from footbridge.people.tidy import folded

AT_ONCE = 500
_REGISTER = "org-id"


class Landed(StrEnum):
    """What became of one of many."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"


@dataclass(frozen=True)
class Outcome:
    """What became of one of many, or why it was refused."""

    landed: Landed | None
    why_not: str = ""


@transaction.atomic
def take_in_lines(
    *, actor: Viewer, chapter: Chapter, lines: Sequence[LineSaid], is_trial: bool = False
) -> list[Outcome]:
    """Add or change funding lines. Each is judged alone: one that cannot stand is refused with the
    reason, the others come in. A trial writes nothing."""
    _authorise(actor, chapter, lock=not is_trial)
    known = {one.key: one for one in _known_lines(lines)}
    funders = _Parties((one.funder, ()) for one in lines)
    landing = _LineLanding(actor, chapter, known, funders, is_trial=is_trial)
    outcomes = [landing.land(one) for one in lines]
    if not is_trial and any(one.landed in (Landed.NEW, Landed.CHANGED) for one in outcomes):
        record("funding.lines_taken_in", chapter.id, actor=id_of(actor), facts=_counts(outcomes))
    return outcomes


def _authorise(actor: Viewer, chapter: Chapter, *, lock: bool) -> None:
    if not policy.may_look_after(actor, chapter):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))
    if lock:  # two lists that come at once take turns
        Chapter.objects.select_for_update().get(id=chapter.id)


def _known_lines(lines: Sequence[LineSaid]) -> Iterable[Line]:
    rows = Line.objects.filter(key__in={one.key for one in lines})
    return rows.select_related("funder").prefetch_related("causes")


def _counts(outcomes: Iterable[Outcome]) -> dict[str, int]:
    found = [one.landed for one in outcomes]
    return {str(landed): found.count(landed) for landed in Landed}


class _LineLanding:
    """One list of lines on its way in."""

    def __init__(
        self,
        actor: Viewer,
        chapter: Chapter,
        known: dict[str, Line],
        funders: _Parties,
        *,
        is_trial: bool,
    ) -> None:
        self._actor, self._chapter, self._known = actor, chapter, known
        self._funders, self._is_trial = funders, is_trial

    def land(self, said: LineSaid) -> Outcome:
        try:
            columns = of_line(said, self._funders.found(said.funder, ()))
        except DomainError as error:
            return Outcome(None, error.message)
        row = self._known.get(said.key)
        if row is None:
            self._known[said.key] = self._written(
                Line(chapter=self._chapter, key=said.key), columns, said
            )
            return Outcome(Landed.NEW)
        if row.chapter_id != self._chapter.id:  # whose hosts look after it there
            return Outcome(Landed.KNOWN)
        if said.checked_on is None:  # the list does not say: nobody has looked anew
            columns["checked_on"] = row.checked_on
        if unchanged(row, columns) and (self._is_trial or self._same_causes(row, said)):
            return Outcome(Landed.KNOWN)
        row.version += 1
        self._written(row, columns, said)
        return Outcome(Landed.CHANGED)

    def _same_causes(self, row: Line, said: LineSaid) -> bool:
        return {one.id for one in row.causes.all()} == set(said.causes)

    def _written(self, row: Line, columns: Mapping[str, object], said: LineSaid) -> Line:
        for name, value in columns.items():
            setattr(row, name, value)
        row.checked_by = self._actor if isinstance(self._actor, Person) else None
        if not self._is_trial:
            row.save()
            row.causes.set(Cause.objects.filter(id__in=said.causes))
        return row


@transaction.atomic
def take_in_grants(
    *, actor: Viewer, chapter: Chapter, grants: Sequence[GrantSaid], is_trial: bool = False
) -> list[Landed]:
    """Add or change what was given to whom, in few queries. They have been judged before
    (`said`); a trial writes nothing."""
    _authorise(actor, chapter, lock=not is_trial)
    known = _known_grants(grants)
    parties = _Parties(
        [*((one.funder, (one.funder_number,)) for one in grants), *_recipients(grants)]
    )
    new: dict[str, Grant] = {}
    changed: dict[uuid.UUID, Grant] = {}
    landed = []
    for said in grants:
        row = new.get(said.key) or known.get(said.key)
        kind = _kind_of(row, said, chapter, parties)
        landed.append(kind)
        if kind == Landed.KNOWN:
            continue
        row = _filled(row or Grant(id=ids.new_id(), chapter=chapter, key=said.key), said, parties)
        if said.key in known:
            changed[row.id] = row
        else:
            new[said.key] = row
    if not is_trial:
        _write(list(new.values()), list(changed.values()))
    return landed


def _recipients(grants: Iterable[GrantSaid]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.recipient, _numbers_of(one)) for one in grants]


def _numbers_of(said: GrantSaid) -> tuple[str, ...]:
    return tuple(filter(None, (said.recipient_number, *said.recipient_numbers)))


def _known_grants(grants: Sequence[GrantSaid]) -> dict[str, Grant]:
    rows = Grant.objects.filter(key__in={one.key for one in grants})
    return {row.key: row for row in rows.order_by("id")}


def _kind_of(row: Grant | None, said: GrantSaid, chapter: Chapter, parties: _Parties) -> Landed:
    """The same grant has changed, too, when an organisation of it came here since."""
    if row is None:
        return Landed.NEW
    if row.chapter_id != chapter.id:  # whose hosts look after it there
        return Landed.KNOWN
    both = (
        parties.id_of(said.funder, (said.funder_number,)),
        parties.id_of(said.recipient, _numbers_of(said)),
    )
    same = row.digest == said.digest and both == (row.funder_id, row.recipient_id)
    return Landed.KNOWN if same else Landed.CHANGED


def _filled(row: Grant, said: GrantSaid, parties: _Parties) -> Grant:
    row.funder = parties.found(said.funder, (said.funder_number,))
    row.recipient = parties.found(said.recipient, _numbers_of(said))
    row.funder_name, row.recipient_name = line_of(said.funder, 200), line_of(said.recipient, 200)
    row.funder_number, row.recipient_number = said.funder_number, said.recipient_number
    row.funder_key, row.recipient_key = said.funder_key, said.recipient_key
    row.amount, row.currency, row.awarded_on = in_cents(said.amount), said.currency, said.awarded_on
    row.title, row.about, row.programme = said.title, said.about, said.programme
    row.place_id, row.cause_id, row.identifier = said.place, said.cause, said.identifier
    row.source, row.source_url, row.source_row = said.source, said.source_url, said.source_row
    row.digest = said.digest
    row.index = index_of([said.title, said.about, said.programme, said.recipient])
    return row


_CHANGING = [
    "funder", "funder_name", "funder_number", "recipient", "recipient_name", "recipient_number",
    "funder_key", "recipient_key", "amount", "currency", "awarded_on", "title", "about",
    "programme", "place", "cause", "identifier", "source", "source_url", "source_row", "digest",
    "index",
]  # fmt: skip


def _write(new: list[Grant], changed: list[Grant]) -> None:
    insert_objects(new)
    Grant.objects.bulk_update(changed, _CHANGING, batch_size=AT_ONCE)


class _Parties:
    """The organisations here that names and numbers in a list stand for: by the number of a public
    register; by name only where exactly one organisation goes by it."""

    def __init__(self, said: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        parties = list(said)
        numbers = {number for _name, found in parties for number in found if number}
        names = {folded(name) for name, _numbers in parties if name}
        self._by_number = self._numbered(numbers)
        self._by_name = self._named(names)

    def _numbered(self, numbers: set[str]) -> dict[str, Organisation]:
        rows = Identifier.objects.filter(scheme=_REGISTER, value__in=numbers)
        members = dict(rows.values_list("value", "member_id"))
        known = Organisation.objects.in_bulk(list(members.values()))
        return {value: known[one] for value, one in members.items() if one in known}

    def _named(self, names: set[str]) -> dict[str, Organisation | None]:
        found: dict[str, Organisation | None] = {}
        for row in Organisation.objects.filter(folded__in=names).order_by("id"):
            found[row.folded] = None if row.folded in found else row
        return found

    def found(self, name: str, numbers: Iterable[str]) -> Organisation | None:
        by_number = (self._by_number.get(number) for number in numbers)
        return next(filter(None, by_number), None) or self._by_name.get(folded(name))

    def id_of(self, name: str, numbers: Iterable[str]) -> uuid.UUID | None:
        found = self.found(name, numbers)
        return found.id if found else None
