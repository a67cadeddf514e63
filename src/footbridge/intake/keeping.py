"""How long a merge can be undone."""

from __future__ import annotations

from datetime import timedelta

from footbridge.core import clock
from footbridge.intake.models import Merge

MERGES_KEPT = timedelta(days=365)


def forget_old_merges() -> int:
    """Forget the record that went, a year after two were made one; returns how many."""
    gone, _each = Merge.objects.filter(merged_at__lt=clock.now() - MERGES_KEPT).delete()
    return gone
