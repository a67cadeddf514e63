"""How long it is remembered whom somebody asked in vain."""

from __future__ import annotations

from datetime import timedelta

from footbridge.core import clock
from footbridge.transitions.models import GuideAsk
from footbridge.transitions.states import REFUSED, State

REMEMBERED_FOR = timedelta(days=365)


def forget_old_questions() -> int:
    """Delete questions that led to nothing, a year after; returns how many."""
    old = GuideAsk.objects.filter(expires_at__lt=clock.now() - REMEMBERED_FOR)
    gone, _each = old.filter(state__in=(*REFUSED, State.WITHDRAWN)).delete()
    return gone
