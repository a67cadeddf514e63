"""Writing in the journal, and carrying its news to those who subscribed."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction

from footbridge.core import clock, ids
from footbridge.core.inserting import insert
from footbridge.journal.models import Delivery, Entry

Handler = Callable[[Entry], None]

_subscribers: dict[str, list[tuple[str, Handler]]] = {}
_log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(hours=6)


def subscribe(*verbs: str) -> Callable[[Handler], Handler]:
    """Have a function called with each entry of these verbs, at least once: be idempotent."""

    def register(handler: Handler) -> Handler:
        name = f"{handler.__module__}.{handler.__name__}"
        for verb in verbs:
            _subscribers.setdefault(verb, []).append((name, handler))
        return handler

    return register


def record(
    verb: str,
    subject: uuid.UUID,
    *,
    actor: uuid.UUID | None = None,
    facts: dict[str, Any] | None = None,
) -> Entry:
    """Write one entry. Call it inside the transaction of the change that it tells of."""
    return _tell(verb, [subject], actor, facts or {})[0]


def record_many(
    verb: str,
    subjects: Iterable[uuid.UUID],
    *,
    actor: uuid.UUID | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Write one entry for each of many things that the same act changed in the same way."""
    if verb in _subscribers:
        _tell(verb, subjects, actor, facts or {})
        return
    now, said = clock.now(), facts or {}
    rows = ((now, verb, subject, actor, said) for subject in subjects)
    insert(Entry, ["at", "verb", "subject", "actor", "facts"], rows)


def _tell(
    verb: str, subjects: Iterable[uuid.UUID], actor: uuid.UUID | None, facts: dict[str, Any]
) -> list[Entry]:
    """Write the entries, and for each who is to hear of it."""
    now = clock.now()
    entries = [
        Entry(at=now, verb=verb, subject=subject, actor=actor, facts=facts) for subject in subjects
    ]
    Entry.objects.bulk_create(entries, batch_size=500)
    deliveries = [
        Delivery(id=ids.new_id(), entry=entry, subscriber=name, due_at=now)
        for entry in entries
        for name, _ in _subscribers.get(verb, [])
    ]
    Delivery.objects.bulk_create(deliveries, batch_size=500)
    return entries


def deliver_due(limit: int = 200) -> int:
    """Carry out what is due and say how many deliveries were made; failures wait and come again."""
    due = Delivery.objects.filter(clock.has_come("due_at", LONGEST_WAIT)).order_by("due_at", "id")
    waiting = list(due.values_list("id", flat=True)[:limit])
    return sum(_deliver(delivery_id) for delivery_id in waiting)


def _deliver(delivery_id: uuid.UUID) -> int:
    try:
        with transaction.atomic():
            delivery = _claim(delivery_id)
            if delivery is None:
                return 0
            _handler(delivery)(delivery.entry)
            delivery.delete()
    except Exception as error:  # one bad subscriber must not hold up the others
        _log.exception("Delivery %s failed", delivery_id)
        _put_off(delivery_id, error)
        return 0
    return 1


def _claim(delivery_id: uuid.UUID) -> Delivery | None:
    """Take a delivery, unless another worker has it: the row lock decides on PostgreSQL, and on
    SQLite the write lock that BEGIN IMMEDIATE takes."""
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.select_related("entry").filter(id=delivery_id).first()


def _handler(delivery: Delivery) -> Handler:
    for name, handler in _subscribers.get(delivery.entry.verb, []):
        if name == delivery.subscriber:
            return handler
    return _forgotten


def _forgotten(entry: Entry) -> None:
    """The subscriber is gone from the code since the entry was written: nobody is left to tell."""


def _put_off(delivery_id: uuid.UUID, error: Exception) -> None:
    for delivery in Delivery.objects.filter(id=delivery_id):
        wait = min(LONGEST_WAIT, timedelta(seconds=15 * 2**delivery.attempts))
        Delivery.objects.filter(id=delivery_id).update(
            attempts=min(delivery.attempts + 1, 30),
            due_at=clock.now() + wait,
            error=f"{type(error).__name__}: {error}"[:2000],
        )
