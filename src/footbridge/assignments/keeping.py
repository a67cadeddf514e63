"""How long it is remembered who was asked, and what came to nothing."""

from __future__ import annotations

from datetime import timedelta

from footbridge.assignments.models import Assignment, Part
from footbridge.assignments.states import PartState, State
from footbridge.core import clock
from footbridge.mail.actions import forget_about

REMEMBERED_FOR = timedelta(days=365)
ASKS_REMEMBERED_FOR = timedelta(days=90)
_NOT_IN_IT = (PartState.DECLINED, PartState.EXPIRED, PartState.WITHDRAWN)


def forget_what_was_called_off() -> int:
    """Delete assignments a year after they were called off before any work began; returns how
    many."""
    old = Assignment.objects.filter(
        state=State.CALLED_OFF, begun_at=None, over_at__lt=clock.now() - REMEMBERED_FOR
    )
    ids = list(old.values_list("id", flat=True))
    forget_about(ids)
    Assignment.objects.filter(id__in=ids).delete()
    return len(ids)


def forget_who_said_no() -> int:
    """Delete who was asked into a team and is not in it, with the reasons, after three months;
    returns how many."""
    old = Part.objects.filter(
        state__in=_NOT_IN_IT, answered_at__lt=clock.now() - ASKS_REMEMBERED_FOR
    )
    ids = list(old.values_list("id", flat=True))
    forget_about(ids)
    Part.objects.filter(id__in=ids).delete()
    return len(ids)
