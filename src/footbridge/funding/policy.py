"""Who is shown what there is, and who looks after it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.funding.models import Funder, Grant, Line
from footbridge.people import policy as people
from footbridge.people.models import Chapter, Member
from footbridge.people.policy import Viewer


def visible_to(viewer: Viewer) -> QuerySet[Line]:
    """Funding lines are shown to all members, those that are over too: one may ask when they
    open again."""
    rows = Line.objects.select_related("chapter", "funder", "checked_by")
    return rows if _is_inside(viewer) else rows.none()


def grants_visible_to(viewer: Viewer) -> QuerySet[Grant]:
    """Who gave what to whom is public where it comes from, and shown to all members."""
    return Grant.objects.all() if _is_inside(viewer) else Grant.objects.none()


def funders_visible_to(viewer: Viewer) -> QuerySet[Funder]:
    """That an organisation funds is shown to all members."""
    rows = Funder.objects.select_related("organisation__place")
    return rows if _is_inside(viewer) else rows.none()


def _is_inside(viewer: Viewer) -> bool:
    return isinstance(viewer, Operator) or viewer.has_joined


def open_now() -> Q:
    """Lines that can still be applied for."""
    return Q(closed_at=None) & (Q(deadline=None) | Q(deadline__gt=clock.now()))


def looked_after_by(actor: Viewer) -> QuerySet[Line]:
    """The lines of the chapters that someone looks after."""
    rows = Line.objects.select_related("chapter", "funder", "checked_by")
    return rows if isinstance(actor, Operator) else rows.filter(chapter__in=people.hosted_by(actor))


def may_look_after(actor: Viewer, chapter: Chapter) -> bool:
    """Hosts and deputies keep the lines of their chapter."""
    return people.may_host(actor, chapter)


def may_change(actor: Viewer, line: Line) -> bool:
    """A line is kept by the hosts of its chapter."""
    return may_look_after(actor, line.chapter)


def may_describe(actor: Viewer, organisation: Member) -> bool:
    """What an organisation funds is said by those who act for it, and by the hosts of its
    chapter."""
    if organisation.is_person:
        return False
    hosted = organisation.chapter is not None and people.may_host(actor, organisation.chapter)
    return hosted or people.may_edit(actor, organisation)
