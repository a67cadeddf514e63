"""Taking the demo off the stage again."""

from __future__ import annotations

import uuid

from django.db import transaction

from footbridge.assignments.models import Assignment
from footbridge.core.audience import OPERATOR
from footbridge.demo.hidden import leave
from footbridge.intake import sheets
from footbridge.intake.models import Batch
from footbridge.partnerships.models import Partnership
from footbridge.people import demo


@transaction.atomic
def wipe() -> int:
    """Remove exactly the demo's rows and what hangs on them, files of lists that were brought in
    there included; returns how many members went."""
    brought = list(Batch.objects.filter(chapter__is_demo=True).values_list("id", flat=True))
    leave()
    # What was done together outlasts whoever leaves; of the demo nothing does.
    Assignment.objects.filter(chapter__is_demo=True).delete()
    Partnership.objects.filter(is_demo=True).delete()
    gone = demo.wipe(actor=OPERATOR)
    transaction.on_commit(lambda: _forget_files(brought))
    return gone


def _forget_files(brought: list[uuid.UUID]) -> None:
    for batch_id in brought:
        sheets.forget(batch_id)
