"""How long it is remembered who was asked and gave no answer."""

from __future__ import annotations

from footbridge.core import clock
from footbridge.expertise.models import Confirmation
from footbridge.expertise.policy import REMEMBERED_FOR
from footbridge.expertise.states import State
from footbridge.mail.actions import forget_about


def forget_what_was_not_answered() -> int:
    """Delete questions that nobody answered, that were not theirs to say, or that were taken back,
    half a year after; returns how many. They can be asked anew then."""
    old = Confirmation.objects.filter(asked_at__lt=clock.now() - REMEMBERED_FOR)
    old = old.exclude(state=State.CONFIRMED)
    forget_about(old.values_list("id", flat=True))
    gone, _each = old.delete()
    return gone
