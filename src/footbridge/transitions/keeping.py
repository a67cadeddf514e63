"""How long it is remembered whom somebody asked in vain."""

from __future__ import annotations

from footbridge.transitions import policy


def forget_old_questions() -> int:
    """Delete questions that led to nothing, a year after; returns how many."""
    return policy.QUESTIONS.forget()
