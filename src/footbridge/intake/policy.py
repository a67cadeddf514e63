"""Whose imports, likely duplicates and merges are shown to whom: the hosts of the chapter."""

from __future__ import annotations

from django.db.models import QuerySet

from footbridge.core.audience import Operator
from footbridge.intake.models import Batch, Duplicate, Merge
from footbridge.people import policy as people
from footbridge.people.models import Chapter, Member
from footbridge.people.policy import Viewer, hosted_by


def visible_to(viewer: Viewer) -> QuerySet[Batch]:
    """Imports are shown to the hosts of the chapter they went into."""
    batches = Batch.objects.select_related("chapter", "owner")
    if isinstance(viewer, Operator):
        return batches
    return batches.filter(chapter__in=hosted_by(viewer))


def may_import(actor: Viewer, chapter: Chapter) -> bool:
    """Hosts and deputies bring lists into their chapter."""
    return people.may_host(actor, chapter)


def duplicates_visible_to(viewer: Viewer) -> QuerySet[Duplicate]:
    """Likely duplicates are shown to who looks after both."""
    rows = Duplicate.objects.select_related("one", "other")
    if isinstance(viewer, Operator):
        return rows
    hosted = hosted_by(viewer)
    return rows.filter(one__chapter__in=hosted, other__chapter__in=hosted)


def may_merge(actor: Viewer, one: Member, other: Member) -> bool:
    """Who looks after both may say that they are one, or that they are not."""
    return all(
        isinstance(actor, Operator)
        or (member.chapter is not None and people.may_host(actor, member.chapter))
        for member in (one, other)
    )


def merges_visible_to(viewer: Viewer) -> QuerySet[Merge]:
    """Merges are shown to the hosts of the chapter of the member that was kept."""
    rows = Merge.objects.select_related("kept", "by", "chapter")
    if isinstance(viewer, Operator):
        return rows
    return rows.filter(chapter__in=hosted_by(viewer))
