"""The open calls as a feed (Atom, RFC 4287): for everyone the same, whoever asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import feedgenerator, translation
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from footbridge.calls.cards import CallCard
from footbridge.core import clock
from footbridge.web.templatetags.times import moment

MEDIA_TYPE = feedgenerator.Atom1Feed.content_type


class _Feed(feedgenerator.Atom1Feed):
    """Without calls it is as new as the moment at which it is asked for, by our own clock."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates, default=clock.now())


def written(calls: list[CallCard], path: str, page: str, chapter: str = "") -> str:
    """The feed in the language of the installation; each call keeps its name for good."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Open calls: %(chapter)s") % {"chapter": chapter} if chapter else _("Open calls")
        feed = _Feed(
            title=title,
            link=settings.PUBLIC_URL + page,
            feed_url=settings.PUBLIC_URL + path,
            description=None,
            language=settings.LANGUAGE_CODE,
        )
        for call in calls:
            feed.add_item(**_item(call))
    return str(feed.writeString("utf-8"))


def page_of(call: CallCard) -> str:
    """Its page for everyone."""
    return reverse("web:public_call", args=[call.slug])


def _item(call: CallCard) -> dict[str, Any]:
    opened = call.opened_at or clock.now()
    return {
        "title": call.title,
        "link": settings.PUBLIC_URL + page_of(call),
        "description": _description(call),
        "author_name": call.owner.name,
        "unique_id": f"urn:uuid:{call.id}",
        "pubdate": opened,
        "updateddate": opened,
        "categories": [call.kind],
    }


def _description(call: CallCard) -> str:
    """Feeds carry HTML: what people typed is escaped in it."""
    said = [call.kind_words, call.outcome]
    if call.deadline:
        until = moment(call.deadline, call.timezone)
        said.append(_("Answers until %(moment)s.") % {"moment": until})
    return linebreaks("\n\n".join(one for one in said if one), autoescape=True)
