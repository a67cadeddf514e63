"""What goes by itself: circles that came to nothing, that ended long ago, old calls, old asks."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.circles import policy
from footbridge.circles.actions._steps import lock, tell
from footbridge.circles.actions.joining import end_now
from footbridge.circles.models import Call, Circle, Membership
from footbridge.circles.states import Belonging
from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import NotHere
from footbridge.mail.actions import forget_about


def end_what_came_to_nothing() -> int:
    """End circles that did not find enough people within sixty days, and those that all have left;
    returns how many."""
    return sum(_end(one) for one in list(_hopeless().values_list("id", flat=True)))


def _hopeless() -> QuerySet[Circle]:
    within = Membership.objects.filter(circle=OuterRef("pk"), belonging=Belonging.IN)
    late = Q(stands_since=None, formed_at__lte=clock.now() - policy.FORMS_WITHIN)
    empty = Q(stands_since__isnull=False) & ~Exists(within)
    return Circle.objects.filter(late | empty, ended_at=None)


@transaction.atomic
def _end(circle_id: uuid.UUID) -> int:
    try:
        circle = lock(circle_id)
    except NotHere:
        return 0
    if circle.is_over:
        return 0
    end_now(circle)
    tell("ended", circle.id, circle, OPERATOR)
    return 1


def forget_what_ended() -> int:
    """Delete circles half a year after their end, with all that was written in them; returns how
    many."""
    old = Circle.objects.filter(ended_at__lte=clock.now() - policy.READABLE_FOR)
    ids = list(old.values_list("id", flat=True))
    Circle.objects.filter(id__in=ids).delete()
    return len(ids)


def forget_calls() -> int:
    """Delete calls with their answers, three months after their day; returns how many."""
    old = Call.objects.filter(until__lt=clock.today() - policy.CALLS_KEPT_FOR)
    ids = list(old.values_list("id", flat=True))
    forget_about(ids)
    Call.objects.filter(id__in=ids).delete()
    return len(ids)


def forget_who_did_not_join() -> int:
    """Delete that somebody was asked and is not in, and that somebody left, after three months;
    returns how many."""
    since = clock.now() - policy.RESTS_FOR
    asked = Q(belonging__in=(Belonging.INVITED, Belonging.DECLINED), asked_at__lte=since)
    left = Q(belonging=Belonging.LEFT, gone_at__lte=since)
    gone, _each = Membership.objects.filter(asked | left).delete()
    return gone
