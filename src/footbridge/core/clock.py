"""The one place that knows what time it is.

Everything asks `now()`, so that a test, a twin run or a demo can hold the clock still.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q

_held: ContextVar[datetime | None] = ContextVar("held_clock", default=None)


def now() -> datetime:
    """The present moment, in UTC."""
    return _held.get() or datetime.now(UTC)


def today() -> date:
    """The present day, in UTC."""
    return now().date()


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment for the length of a block."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


def days_ago(days: float) -> datetime:
    """The moment that many days before now."""
    return now() - timedelta(days=days)


def has_come(column: str, longest: timedelta) -> Q:
    """Rows whose moment has come, for work that is put off for so long at most.

    A moment further ahead than that was written while the clock of the machine was wrong: it
    counts as come, or its work would lie there until that year.
    """
    return Q(**{f"{column}__lte": now()}) | Q(**{f"{column}__gt": now() + longest})
