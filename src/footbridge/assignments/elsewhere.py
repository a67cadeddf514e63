"""The hours of assignments, for the statement of the hours that somebody gave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from footbridge.assignments.models import HoursGiven
from footbridge.hours.given import Hour
from footbridge.people.models import Person


def hours_in(person: Person, year: int) -> Iterable[Hour]:
    """What somebody gave to assignments in a year, month by month."""
    rows = HoursGiven.objects.filter(
        part__person=person,
        minutes__gt=0,
        month__gte=date(year, 1, 1),
        month__lte=date(year, 12, 31),
    )
    related = rows.select_related("part__assignment__chapter")
    for row in related.prefetch_related("part__assignment__causes").order_by("month", "id"):
        assignment = row.part.assignment
        yield Hour(
            day=row.month,
            minutes=row.confirmed_minutes,
            causes=tuple(cause.label for cause in assignment.causes.all()),
            chapter=assignment.chapter.name if assignment.chapter else "",
        )


def years_of(person: Person) -> Iterable[int]:
    """The years in which somebody gave any."""
    months = HoursGiven.objects.filter(part__person=person, minutes__gt=0).dates("month", "year")
    return [day.year for day in months]
