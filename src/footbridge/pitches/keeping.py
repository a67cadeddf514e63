"""How long it is remembered whom somebody asked in vain to listen."""

from __future__ import annotations

from footbridge.pitches import policy


def forget_old_rehearsals() -> int:
    """Delete questions to peers that led to nothing, a year after; returns how many."""
    return policy.QUESTIONS.forget()
