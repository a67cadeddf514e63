"""How long it is remembered whom somebody asked in vain to listen."""

from __future__ import annotations

from datetime import timedelta

from footbridge.core import clock
from footbridge.pitches.models import Rehearsal
from footbridge.pitches.states import REFUSED, State

REMEMBERED_FOR = timedelta(days=365)


def forget_old_rehearsals() -> int:
    """Delete questions to peers that led to nothing, a year after; returns how many."""
    old = Rehearsal.objects.filter(expires_at__lt=clock.now() - REMEMBERED_FOR)
    gone, _each = old.filter(state__in=(*REFUSED, State.WITHDRAWN)).delete()
    return gone
