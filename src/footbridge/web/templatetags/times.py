"""When something is, in the time zone of the place where it is, and said so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from footbridge.core import times

register = template.Library()


@register.simple_tag
def day_of(card: Any) -> str:
    """The day of a session, with its day of the week."""
    return _day(_at(card.starts_at, card.timezone))


@register.simple_tag
def hours_of(card: Any) -> str:
    """From when until when, and by whose clocks."""
    begins, ends = _at(card.starts_at, card.timezone), _at(card.ends_at, card.timezone)
    said = {"begins": _time(begins), "ends": _time(ends), "clocks": clocks_of(card.timezone)}
    return _("%(begins)s to %(ends)s, %(clocks)s") % said


@register.simple_tag
def moment(value: datetime, timezone: str) -> str:
    """A moment by the clocks of a place."""
    there = _at(value, timezone)
    return f"{_day(there)}, {_time(there)}"


@register.simple_tag
def time_of(value: datetime, timezone: str) -> str:
    """The time of the day by the clocks of a place."""
    return _time(_at(value, timezone))


@register.filter
def in_zone(value: datetime, timezone: str) -> datetime:
    """The same moment by the clocks of a place, for Django's own filters."""
    return _at(value, timezone)


@register.simple_tag
def clocks_of(timezone: str) -> str:
    """A time zone as people speak of it: by its city."""
    return times.clocks(timezone)


def _at(value: datetime, timezone: str) -> datetime:
    # Without its zone: Django would turn it back to the clocks of the server.
    return times.there(value, timezone).replace(tzinfo=None)


def _day(value: datetime) -> str:
    said = {"weekday": date_format(value, "l"), "day": date_format(value, "DATE_FORMAT")}
    return _("%(weekday)s, %(day)s") % said


def _time(value: datetime) -> str:
    return str(date_format(value, "TIME_FORMAT"))


@register.simple_tag
def programme(card: Any) -> list[tuple[datetime, Any]]:
    """Each step of a session with the moment at which its turn comes."""
    begins, steps = card.starts_at, []
    for step in card.steps:
        steps.append((begins, step))
        begins += timedelta(minutes=step.minutes)
    return steps
