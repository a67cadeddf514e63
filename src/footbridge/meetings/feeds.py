"""Calendar feeds: their addresses, and how the old ones are taken back one by one.

An address tells when it was made, since all of them are good for equally long. One that was made
before its feed was renewed opens nothing any more.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from footbridge.core import clock, links
from footbridge.meetings import policy
from footbridge.meetings.models import FeedRenewal
from footbridge.people.models import Person

FEED_LASTS = timedelta(days=2 * 365)
_SECOND = timedelta(seconds=1)


def path_of(person: Person, feed: uuid.UUID) -> str:
    """An address of a feed, that of the person or of a chapter."""
    renewed = _renewed(person, feed)
    # Addresses count in seconds: one made in the second of the renewal is of the next.
    ahead = max(timedelta(0), renewed + _SECOND - clock.now()) if renewed else timedelta(0)
    lasts = FEED_LASTS + ahead
    return f"/calendar/{links.sign(policy.CALENDAR_PURPOSE, feed, person.id, lasts=lasts)}.ics"


def is_taken_back(link: links.Link, person: Person) -> bool:
    """Whether an address is one of those from before."""
    renewed = _renewed(person, link.thing)
    made = link.good_until - FEED_LASTS if link.good_until else None
    return renewed is not None and made is not None and made <= renewed


def _renewed(person: Person, feed: uuid.UUID) -> datetime | None:
    rows = FeedRenewal.objects.filter(person=person, feed=feed)
    since = rows.values_list("since", flat=True).first()
    return since.replace(microsecond=0) if since else None
