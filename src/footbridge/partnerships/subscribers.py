"""Reactions to what the journal tells: somebody no longer acts for an organisation."""

from __future__ import annotations

from footbridge.journal.actions import subscribe
from footbridge.journal.models import Entry
from footbridge.partnerships.actions import end_who_left


@subscribe("people.affiliation_ended")
def end_for_whom_they_stood(_entry: Entry) -> None:
    """Whoever has left an organisation no longer stands for it, from the day after their last."""
    end_who_left()
