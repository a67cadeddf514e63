"""How often somebody is asked for something: whichever room asks, it counts together, so that
nobody is flooded by asks that are few in each place.

A room above says what it asks of whom; everybody says for themself how much a month may bring.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from footbridge.core import clock
from footbridge.people.models import Person

PERIOD = timedelta(days=30)

# Of some people and since a moment: rows of a person's id and when they were asked.
Asked = Callable[[Collection[uuid.UUID], datetime], "QuerySet[Any, Any]"]

_rooms: list[Asked] = []


def register(asked: Asked) -> None:
    """Count what a room asks as well."""
    _rooms.append(asked)


def left(people: Iterable[Person]) -> dict[uuid.UUID, int]:
    """How often each of some people may still be asked this month, in one query."""
    known = {person.id: person for person in people}
    asked = _moments(known)
    return {one: max(0, who.asks_per_month - len(asked[one])) for one, who in known.items()}


def next_ask_of(person: Person) -> datetime | None:
    """When somebody may be asked again; None if now."""
    latest = sorted(_moments([person.id])[person.id], reverse=True)[: person.asks_per_month]
    if len(latest) < person.asks_per_month:
        return None
    return (latest[-1] if latest else clock.now()) + PERIOD


def _moments(people: Collection[uuid.UUID]) -> dict[uuid.UUID, list[datetime]]:
    """When each of some people was asked in the last month."""
    found: dict[uuid.UUID, list[datetime]] = defaultdict(list)
    if not people:
        return found
    since = clock.now() - PERIOD
    # Rows come with the ordering of their models, and a union takes none from its parts.
    first, *others = [asked(list(people), since).order_by() for asked in _rooms]
    for person, moment in first.union(*others, all=True) if others else first:
        found[person].append(moment)
    return found
