"""Reading the journal."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import Max, QuerySet

from footbridge.journal.models import Delivery, Entry

RECENT = 1000


def about(subjects: Iterable[uuid.UUID]) -> QuerySet[Entry]:
    """What happened to these things, newest first. Who may see it, the calling room says."""
    return Entry.objects.filter(subject__in=list(subjects)).order_by("-at", "id")


def by_actor(actor: uuid.UUID) -> QuerySet[Entry]:
    """What one person did, newest first."""
    return Entry.objects.filter(actor=actor).order_by("-at", "id")


def failing() -> QuerySet[Delivery]:
    """News that could not be delivered yet."""
    return Delivery.objects.filter(attempts__gt=0).select_related("entry").order_by("due_at")


def revision() -> str:
    """A word that changes whenever something happened.

    A slow transaction may commit an entry with a lower number than one already seen, so the
    newest entries are counted as well.
    """
    newest = Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    return f"{newest}-{Entry.objects.filter(id__gt=newest - RECENT).count()}"
