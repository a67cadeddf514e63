"""Chapters, those who look after them, and the list that these keep."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.audience import OPERATOR, Operator
from footbridge.core.errors import NotAllowed, NotHere
from footbridge.core.prepared import prepared
from footbridge.people import policy, tidy
from footbridge.people.cards import (
    HostCard,
    ListedCard,
    Page,
    card,
)
from footbridge.people.models import (
    Chapter,
    Host,
    Invitation,
    Member,
)
from footbridge.people.policy import Viewer, hosted_by, hosted_ids, visible_to
from footbridge.people.queries.basics import as_id, by_ids, with_affiliations
from footbridge.people.states import Hosting, Kind, Standing


def chapters(viewer: Viewer) -> QuerySet[Chapter]:
    """Chapters are shown to everyone who is in."""
    return Chapter.objects.select_related("place")


def chapters_to_choose(viewer: Viewer) -> list[Chapter]:
    """The same for a list in a form, as pages ask for it again and again."""
    return _chapters()


@prepared
def _chapters() -> QuerySet[Chapter]:
    return chapters(OPERATOR)


def get_chapter(viewer: Viewer, chapter_id: uuid.UUID | str) -> Chapter:
    """One chapter, or NotHere."""
    wanted = as_id(str(chapter_id))
    found = chapters(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def is_host(viewer: Viewer) -> bool:
    """Whether someone looks after any chapter."""
    return isinstance(viewer, Operator) or bool(hosted_ids(viewer))


def hosting(viewer: Viewer) -> list[Chapter]:
    """The chapters that someone looks after, by name."""
    return list(hosted_by(viewer).select_related("place"))


def hosts_of(viewer: Viewer, chapter: Chapter) -> list[HostCard]:
    """Those who look after a chapter, hosts before deputies."""
    rows = Host.objects.filter(chapter=chapter).order_by("-role", "since", "id")
    found = by_ids(viewer, [row.person_id for row in rows])
    return [
        HostCard(card(viewer, found[row.person_id]), row.role, row.since)
        for row in rows
        if row.person_id in found
    ]


def deputies(viewer: Viewer, chapter: Chapter) -> list[HostCard]:
    """Those who stand in for a chapter's hosts."""
    return [one for one in hosts_of(viewer, chapter) if one.role == Hosting.DEPUTY]


# What a host sees of the list.


def members(
    viewer: Viewer,
    chapter: Chapter,
    *,
    standing: str = "",
    text: str = "",
    kind: str = Kind.PERSON,
    page: int = 1,
    size: int = 50,
) -> Page[ListedCard]:
    """A chapter's list for its hosts, by name: who is on it, with their addresses.

    `text` is looked for in names and addresses. NotAllowed for who does not host the chapter.
    """
    _require_host(viewer, chapter)
    rows = visible_to(viewer).filter(chapter=chapter, kind=kind)
    if standing:
        rows = rows.filter(standing=standing)
    if text.strip():
        wanted = text.strip()
        rows = rows.filter(Q(folded__contains=tidy.folded(wanted)) | Q(email__icontains=wanted))
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // size)))
    start = (number - 1) * size
    ordered = with_affiliations(rows.order_by("folded", "id"))[start : start + size]
    return Page(_listed_cards(viewer, list(ordered)), total, number, size)


def _require_host(viewer: Viewer, chapter: Chapter) -> None:
    if not policy.may_host(viewer, chapter):
        raise NotAllowed(_("Only the hosts of this chapter see its list."))


def _listed_cards(viewer: Viewer, rows: list[Member]) -> list[ListedCard]:
    invited = _invited_until(rows)
    return [
        ListedCard(card(viewer, row), row.email or "", row.joined_at, invited.get(row.id))
        for row in rows
    ]


def _invited_until(rows: list[Member]) -> dict[uuid.UUID | None, Any]:
    links_of = Invitation.objects.filter(
        person_id__in=[row.id for row in rows],
        used=0,
        revoked_at__isnull=True,
        expires_at__gt=clock.now(),
    )
    return dict(links_of.order_by("expires_at").values_list("person_id", "expires_at"))


def standings(viewer: Viewer, chapter: Chapter) -> dict[str, int]:
    """How many people of a chapter's list stand where, for its hosts."""
    _require_host(viewer, chapter)
    people = visible_to(viewer).filter(chapter=chapter, kind=Kind.PERSON)
    counted = people.order_by().values("standing").annotate(many=Count("id"))
    return dict.fromkeys(Standing.values, 0) | {row["standing"]: row["many"] for row in counted}


def applicants(viewer: Viewer, chapter: Chapter) -> list[ListedCard]:
    """Who asked to come in and waits for a host, the longest waiting first."""
    _require_host(viewer, chapter)
    rows = visible_to(viewer).filter(chapter=chapter, standing=Standing.APPLIED)
    return _listed_cards(viewer, list(with_affiliations(rows.order_by("created_at", "id"))))
