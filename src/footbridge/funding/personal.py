"""What funding holds about one person: which lines they looked at."""

from __future__ import annotations

from typing import Any

from footbridge.funding.models import Line
from footbridge.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """The lines that they were the last to look at."""
    rows = Line.objects.filter(checked_by=person.id).order_by("checked_on", "id")
    return {
        "checked": [
            {"id": str(one.id), "title": one.title, "checked_on": one.checked_on.isoformat()}
            for one in rows
        ]
    }


def erase(person: Person) -> None:
    """The lines stay; that they looked at them goes."""
    Line.objects.filter(checked_by=person.id).update(checked_by=None)
