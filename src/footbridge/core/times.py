"""Wall clocks: what takes place does so at an hour of the day, in the time zone of its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError


def zone(name: str) -> ZoneInfo:
    """A time zone by its name, such as "Europe/Lisbon"; refused in words when there is none."""
    if name not in _names():
        raise DomainError(
            _("“%(name)s” is not a time zone.") % {"name": name[:60]}, field="timezone"
        )
    return ZoneInfo(name)


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def there(moment: datetime, timezone: str) -> datetime:
    """The moment as the clocks of a time zone show it; UTC where the zone is no longer known."""
    return moment.astimezone(ZoneInfo(timezone) if timezone in _names() else UTC)


def clocks(timezone: str) -> str:
    """A time zone as people speak of it: by its city, in the reader's language."""
    if timezone == "UTC":
        return timezone
    try:
        place = get_timezone_location(timezone, locale=get_language() or "en", return_city=True)
    except LookupError:
        place = timezone
    return _("%(place)s time") % {"place": place.rsplit("/", 1)[-1].replace("_", " ")}


def days_later(moment: datetime, timezone: str, days: int) -> datetime:
    """The same hour on a later day, whatever the clocks did in between.

    An hour that the clocks leave out on that day becomes the one that they jump to; of an hour
    that comes twice the first is meant.
    """
    at = there(moment, timezone)
    wanted = at.replace(tzinfo=None) + timedelta(days=days)
    return wanted.replace(tzinfo=at.tzinfo, fold=0).astimezone(UTC)
