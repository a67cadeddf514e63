"""Where the pages of a call are."""

from __future__ import annotations

from footbridge.calls.models import Call


def call_path(call: Call) -> str:
    """The page of a call."""
    return f"/find/calls/{call.slug}/"


def answers_path(call: Call) -> str:
    """Where its answers wait, for whoever looks after it."""
    return f"/find/calls/{call.slug}/answers/"


def matches_path(call: Call) -> str:
    """Where whoever answered sees others whom their answer fits."""
    return f"/find/calls/{call.slug}/matches/"
