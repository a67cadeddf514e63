"""What the journal keeps."""

from __future__ import annotations

from footbridge.core.data import (
    FOR_GOOD,
    NOBODY,
    OPERATOR,
    TECHNICAL,
    Limit,
    Table,
    relation,
    secret,
)
from footbridge.core.data import table as _table

TABLES: dict[str, Table] = {
    "journal.Entry": _table(
        "what happened, so that everybody concerned is told of it once",
        FOR_GOOD,
        "whoever did it, hosts of what it is about, and the operator",
        id=TECHNICAL,
        at=TECHNICAL,
        actor=relation("people.acts.verb"),
        verb=TECHNICAL,
        subject=relation("people.acts.subject"),
        facts=TECHNICAL,
    ),
    "journal.Delivery": _table(
        "news on its way to a room that subscribed",
        "deleted once it is told",
        OPERATOR,
        id=TECHNICAL,
        entry=TECHNICAL,
        subscriber=TECHNICAL,
        attempts=TECHNICAL,
        due_at=TECHNICAL,
        error=TECHNICAL,
    ),
    "journal.Receipt": _table(
        "that a request was carried out, so that the same one again does nothing",
        "deleted after two days",
        NOBODY,
        id=TECHNICAL,
        name=secret(),
        asked=secret(),
        answer=secret(),
        made_at=TECHNICAL,
    ),
}

LIMITS = (Limit("receipts of requests", "2 days", "footbridge.journal.receipts.sweep"),)
