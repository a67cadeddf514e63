"""Asking, once in a while, whether a need still stands: old ones make poor suggestions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from footbridge.core import clock, links
from footbridge.exchange.models import Need
from footbridge.exchange.policy import open_now
from footbridge.exchange.queries import NEED_LINK
from footbridge.mail.actions import send
from footbridge.mail.models import Message
from footbridge.people.models import Person
from footbridge.people.policy import acted_for_by
from footbridge.people.queries import language_of

ASK_AFTER = timedelta(days=90)
LINK_LASTS = timedelta(days=45)


def remind_owners(limit: int = 100) -> int:
    """Ask after needs that nobody spoke of for long; returns how many messages were written."""
    before = clock.now() - ASK_AFTER
    return sum(_remind(need, before) for need in _long_unspoken(before)[:limit])


def _long_unspoken(before: datetime) -> QuerySet[Need]:
    unasked = Q(reminded_at=None) | Q(reminded_at__lt=before)
    needs = Need.objects.filter(open_now(), unasked, confirmed_at__lt=before)
    return needs.select_related("opened_by").order_by("confirmed_at", "id")


def _remind(need: Need, before: datetime) -> int:
    """Write to one owner. The row is claimed first, so that two workers do not both write."""
    claimed = Need.objects.filter(id=need.id).filter(
        Q(reminded_at=None) | Q(reminded_at__lt=before)
    )
    if not claimed.update(reminded_at=clock.now()):
        return 0
    reader = _who_answers(need)
    if reader is None or not reader.email:
        return 0
    return 1 if _write_to(reader, need) else 0


def _write_to(reader: Person, need: Need) -> Message | None:
    token = links.sign(NEED_LINK, need.id, reader.id, lasts=LINK_LASTS)
    language = language_of(reader, reader.chapter)
    with override(language):
        words = _("Say whether it still stands")
    return send(
        "need_reminder",
        to_address=reader.email or "",
        to_name=reader.name,
        to_person=reader.id,
        language=language,
        context={"text": need.text, "since": need.reopened_at or need.opened_at},
        links=[(words, f"/n/{token}")],
        once=f"need_reminder:{need.id}:{clock.today()}",
    )


def _who_answers(need: Need) -> Person | None:
    """The person whose need it is, or who said it for an organisation and still acts for it.
    Only who joined is written to, and nobody who asked for a pause."""
    own = Q(id=need.owner_id)
    speaks = Q(id=need.opened_by_id) if _acts_for_owner(need) else Q(pk=None)
    person = Person.objects.filter(own | speaks).select_related("chapter").first()
    return person if person and person.has_joined and not person.is_paused else None


def _acts_for_owner(need: Need) -> bool:
    """A host who said it for someone on the list is not asked: that list may be long."""
    person = need.opened_by
    return person is not None and acted_for_by(person).filter(id=need.owner_id).exists()
