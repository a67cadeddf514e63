"""Reading the journal."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

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
    newest entries are counted as well. Written out, since every page that shows the network asks
    it, and building the statement anew took longer than answering it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REVISION, [RECENT])
        newest, recent = cursor.fetchone()
    return f"{newest}-{recent}"


_REVISION = """
    SELECT newest.id, (SELECT count(*) FROM journal_entry WHERE journal_entry.id > newest.id - %s)
    FROM (SELECT coalesce(max(id), 0) AS id FROM journal_entry) AS newest
"""
