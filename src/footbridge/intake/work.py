"""The work on an import: claimed by one worker, done in blocks, taken up again if that one dies.

Each block of rows is one transaction together with the count of rows done, so a worker that is
killed loses at most the block it was at. Whoever takes the import up reads the finished rows
again, without writing, to know who was mentioned before.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock, ids
from footbridge.core.audience import OPERATOR
from footbridge.core.collecting import collected_seldom
from footbridge.core.errors import DomainError, NotAllowed
from footbridge.intake import policy, sheets
from footbridge.intake.interpret import RowSaid, interpret
from footbridge.intake.mapping import Shape
from footbridge.intake.models import Batch, RowResult
from footbridge.intake.sheets import Opened
from footbridge.intake.states import AT_WORK, BatchState, Verdict
from footbridge.journal.actions import record
from footbridge.people.policy import Viewer, id_of

BLOCK = 1_000
STALE = timedelta(seconds=60)
ATTEMPTS = 3

Told = Callable[[int, int], None]

_log = logging.getLogger(__name__)


class _LostClaim(Exception):
    """Another worker has taken the import over."""


def due() -> QuerySet[Batch]:
    """Imports that wait, and those whose worker was last heard of long ago; the oldest first."""
    return Batch.objects.filter(_is_free(), state__in=AT_WORK).order_by("created_at", "id")


def _is_free() -> Q:
    return Q(claim=None) | Q(beat_at__lt=clock.now() - STALE)


def claim(batch_id: uuid.UUID) -> uuid.UUID | None:
    """Take an import, unless another worker has it."""
    mine = ids.new_id()
    row = Batch.objects.filter(_is_free(), id=batch_id, state__in=AT_WORK)
    return mine if row.update(claim=mine, beat_at=clock.now()) else None


def carry_out(batch_id: uuid.UUID, mine: uuid.UUID, told: Told | None = None) -> None:
    """Do all the work on an import that was claimed."""
    try:
        _carry_out(batch_id, mine, told or _nobody)
    except _LostClaim:
        _log.warning("Import %s was taken over by another worker", batch_id)
    except OperationalError:
        # The database is busy or away: the import waits until its claim is old.
        _log.exception("Import %s has to wait", batch_id)
    except DomainError as error:
        _fail(batch_id, mine, error.message)
    except Exception as error:
        _log.exception("Import %s failed", batch_id)
        reason = _("It could not be imported (%(kind)s).") % {"kind": type(error).__name__}
        _fail(batch_id, mine, reason)


def _carry_out(batch_id: uuid.UUID, mine: uuid.UUID, told: Told) -> None:
    """Someone may put the same person into the network at the same moment: the block that lost
    is landed again, and then finds them."""
    for attempts_left in range(ATTEMPTS - 1, -1, -1):
        batch = Batch.objects.select_related("chapter", "owner").get(id=batch_id)
        try:
            with collected_seldom():
                _Work(batch, mine, told).carry_out()
            return
        except IntegrityError:
            if not attempts_left:
                raise
            _log.info("Import %s met someone who was just added", batch_id)


def _nobody(done: int, total: int) -> None:
    """Nobody watches."""


@transaction.atomic
def _fail(batch_id: uuid.UUID, mine: uuid.UUID, reason: str) -> None:
    mine_still = Batch.objects.filter(id=batch_id, claim=mine)
    if mine_still.update(
        state=BatchState.FAILED, error=reason[:2000], claim=None, finished_at=clock.now()
    ):
        record("intake.import_failed", batch_id)


class _Work:
    """One worker at one import: a trial, or the import itself."""

    def __init__(self, batch: Batch, mine: uuid.UUID, told: Told) -> None:
        from footbridge.intake.landing import Landing

        self._batch = batch
        self._mine = mine
        self._told = told
        self._actor: Viewer = batch.owner or OPERATOR
        self._is_trial = batch.state == BatchState.CHECKING
        self._done_before = 0 if self._is_trial else batch.done
        self._position = 0
        self._opened = sheets.opened(batch)
        self._landing = Landing(batch, self._actor, self._opened, is_trial=self._is_trial)
        self._total = batch.total

    def carry_out(self) -> None:
        if not policy.may_import(self._actor, self._batch.chapter):
            raise NotAllowed(_("Only the hosts of this chapter can do this."))
        passes = [(one, False) for one in self._opened if one.mapping.shape is not Shape.TIES]
        passes += [(one, True) for one in self._opened if self._landing.has_ties(one)]
        self._total = sum(one.sheet.expected_rows or 0 for one, _again in passes)
        self._begin()
        for opened, second_time in passes:
            self._go_through(opened, second_time=second_time)
        self._end()

    @transaction.atomic
    def _begin(self) -> None:
        """A trial starts afresh; an import goes on where it stood."""
        if self._done_before == 0:
            RowResult.objects.filter(batch=self._batch).delete()
            self._batch.counts = {}
        changes: dict[str, Any] = {"done": self._done_before, "total": self._total}
        if not self._is_trial:
            changes["state"] = BatchState.RUNNING
            changes["started_at"] = self._batch.started_at or clock.now()
        self._mark(**changes)

    def _go_through(self, opened: Opened, *, second_time: bool) -> None:
        for rows in self._blocks(opened):
            self._position += len(rows)
            if self._position <= self._done_before:
                self._landing.remember(opened, rows, second_time=second_time)
                self._mark()
            else:
                self._do(opened, rows, second_time=second_time)
            self._told(self._position, max(self._total, self._position))

    def _blocks(self, opened: Opened) -> Iterator[list[RowSaid]]:
        scheme = self._landing.scheme_of(opened)
        rows = (interpret(opened.mapping, row, scheme) for row in opened.sheet.rows())
        while block := list(islice(rows, BLOCK)):
            yield block

    @transaction.atomic
    def _do(self, opened: Opened, rows: list[RowSaid], *, second_time: bool) -> None:
        self._landing.land(opened, rows, second_time=second_time)
        self._keep_results(opened, rows, second_time=second_time)
        self._mark(done=self._position, counts=self._landing.counts)

    def _keep_results(self, opened: Opened, rows: list[RowSaid], *, second_time: bool) -> None:
        """Write what there is to say of each row that was not plainly accepted."""
        from footbridge.intake import notes

        first_seen = not second_time or opened.mapping.shape is Shape.TIES
        said_before = {} if first_seen else self._said_before(opened, rows)
        results = []
        for row in rows:
            known = said_before.get(row.number)
            said_now = notes.kept([*row.repairs, *([row.refusal] if row.refusal else [])])
            if said_now or row.refusal:
                results.append(
                    RowResult(
                        id=known.id if known else ids.new_id(),
                        batch=self._batch,
                        sheet=opened.index,
                        number=row.number,
                        verdict=Verdict.REFUSED if row.refusal else Verdict.REPAIRED,
                        notes=said_now,
                        cells=list(row.cells),
                    )
                )
        RowResult.objects.bulk_create(
            results,
            batch_size=200,
            update_conflicts=True,
            unique_fields=["batch", "sheet", "number"],
            update_fields=["verdict", "notes", "cells"],
        )
        self._landing.count_rows(rows if first_seen else [])

    def _said_before(self, opened: Opened, rows: list[RowSaid]) -> dict[int, RowResult]:
        found = RowResult.objects.filter(
            batch=self._batch,
            sheet=opened.index,
            number__gte=rows[0].number,
            number__lte=rows[-1].number,
        )
        return {result.number: result for result in found}

    def _mark(self, **changes: Any) -> None:
        """Say that somebody is at it still; stop if somebody else is."""
        row = Batch.objects.filter(id=self._batch.id, claim=self._mine)
        if not row.update(beat_at=clock.now(), **changes):
            raise _LostClaim

    @transaction.atomic
    def _end(self) -> None:
        if not self._is_trial:
            self._landing.offer_duplicates()
        counts = self._landing.counts | _verdicts(self._batch, self._landing.counts)
        state = BatchState.CHECKED if self._is_trial else BatchState.DONE
        self._mark(
            state=state, counts=counts, done=self._position, total=self._position, claim=None
        )
        if not self._is_trial:
            Batch.objects.filter(id=self._batch.id).update(finished_at=clock.now())
            facts = {name: counts.get(name, 0) for name in ("accepted", "repaired", "refused")}
            record("intake.imported", self._batch.id, actor=id_of(self._actor), facts=facts)


def _verdicts(batch: Batch, counts: dict[str, int]) -> dict[str, int]:
    results = RowResult.objects.filter(batch=batch)
    repaired = results.filter(verdict=Verdict.REPAIRED).count()
    refused = results.filter(verdict=Verdict.REFUSED).count()
    return {
        "accepted": counts.get("rows", 0) - repaired - refused,
        "repaired": repaired,
        "refused": refused,
    }
