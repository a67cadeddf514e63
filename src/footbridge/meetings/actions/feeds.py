"""Taking the addresses of a calendar feed back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from footbridge.core import clock
from footbridge.journal.actions import record
from footbridge.meetings.models import FeedRenewal
from footbridge.people.models import Chapter, Person


@transaction.atomic
def renew_feed(*, actor: Person, chapter: Chapter | None = None) -> FeedRenewal:
    """Let every address of one's own feed, or of a chapter's as one reads it, that was given out so
    far open nothing any more. Other people's addresses stay as they are."""
    Person.objects.select_for_update().get(id=actor.id)
    feed = chapter.id if chapter else actor.id
    last = FeedRenewal.objects.filter(person=actor, feed=feed).first()
    # An address says in seconds when it was made: renewed again at once, one goes a second on.
    since = max(clock.now(), last.since + timedelta(seconds=1)) if last else clock.now()
    row, _is_new = FeedRenewal.objects.update_or_create(
        person=actor, feed=feed, defaults={"since": since}
    )
    record("meetings.feed_renewed", row.id, actor=actor.id)
    return row
