"""Trying a list row by row, and importing it: at once where it is short, else by the worker."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed
from footbridge.intake import policy, sheets, work
from footbridge.intake.models import Batch, RowResult
from footbridge.intake.states import AT_WORK, BatchState
from footbridge.journal.actions import record
from footbridge.people.actions.rows import held
from footbridge.people.policy import Viewer, id_of

AT_ONCE_CHECKED = 2_000
AT_ONCE_IMPORTED = 200
KEPT_DAYS = 30


def check(
    *, actor: Viewer, batch: Batch, wait: bool = False, told: work.Told | None = None
) -> Batch:
    """Try each row without importing anyone: what would be new, what is known, what does not work.

    A long list is left to the worker, unless `wait` says that the caller has time; `told` then
    hears (rows done, rows in all).
    """
    row = _queued(actor, batch, BatchState.CHECKING)
    if wait or row.total <= AT_ONCE_CHECKED:
        return run_now(row, told)
    return row


def start(
    *, actor: Viewer, batch: Batch, wait: bool = False, told: work.Told | None = None
) -> Batch:
    """Import the list: a short one at once, a long one by the worker. What was imported stays if
    the worker is stopped, and the rest follows."""
    row = _queued(actor, batch, BatchState.WAITING)
    if wait or row.total <= AT_ONCE_IMPORTED:
        return run_now(row, told)
    return row


@transaction.atomic
def _queued(actor: Viewer, batch: Batch, state: BatchState) -> Batch:
    row = held(Batch, batch.id)
    if not policy.may_import(actor, row.chapter):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))
    if row.state in AT_WORK:
        raise Conflict(_("This list is being worked on already."))
    if row.state == BatchState.DONE:
        raise Conflict(_("This list was imported already. Read it again to import it again."))
    row.state, row.error = state, ""
    row.done, row.counts, row.claim, row.beat_at = 0, {}, None, None
    row.save(update_fields=["state", "error", "done", "counts", "claim", "beat_at"])
    RowResult.objects.filter(batch=row).delete()
    verb = "intake.import_started" if state == BatchState.WAITING else "intake.list_tried"
    record(verb, row.id, actor=id_of(actor))
    return row


def run_now(batch: Batch, told: work.Told | None = None) -> Batch:
    """Do the work that is queued for this import here and now. `told` hears (done, total)."""
    claim = work.claim(batch.id)
    if claim is not None:
        work.carry_out(batch.id, claim, told)
    return Batch.objects.select_related("chapter", "owner").get(id=batch.id)


def run_due() -> int:
    """Take up the import that has waited longest, or one whose worker died; returns how many."""
    for batch_id in work.due().values_list("id", flat=True)[:5]:
        claim = work.claim(batch_id)
        if claim is not None:
            work.carry_out(batch_id, claim)
            return 1
    return 0


@transaction.atomic
def forget_old() -> int:
    """The files and rows of imports that ended a month ago are no longer needed by anyone."""
    old = clock.days_ago(KEPT_DAYS)
    ended = Batch.objects.filter(
        Q(finished_at__lt=old) | Q(finished_at=None, created_at__lt=old)
    ).exclude(state__in=AT_WORK)
    gone = list(ended.filter(~Q(sheets=[])).values_list("id", flat=True))
    RowResult.objects.filter(batch__in=gone).delete()
    Batch.objects.filter(id__in=gone).update(sheets=[])
    for batch_id in gone:
        sheets.forget(batch_id)
    return len(gone)
