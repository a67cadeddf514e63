"""What happens by itself: questions run out, promises and reviews are reminded of."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q, QuerySet

from footbridge.core import clock
from footbridge.core.due import for_each
from footbridge.partnerships import letters, policy
from footbridge.partnerships.models import Commitment, Partnership, Party
from footbridge.partnerships.states import RUNNING, PartyState, Role, State

PROMISES_REMINDED = timedelta(days=3)
REVIEWS_REMINDED = timedelta(days=14)
_TOLD_SIDE = (Role.STEWARD, Role.DEPUTY)


def end_what_ran_out() -> int:
    """Tell whoever asked that a side did not answer in time; returns how many. The side stays
    proposed, and somebody else can be asked."""
    return for_each(_unanswered, _expire, "partnership", "asked_by__chapter", "member", "circle")


def _unanswered() -> QuerySet[Party]:
    rows = Party.objects.filter(state=PartyState.PROPOSED, expires_at__lte=clock.now())
    return rows.filter(answered_at=None).order_by("id")


def _expire(party: Party) -> None:
    party.answered_at = clock.now()
    party.save(update_fields=["answered_at"])
    letters.not_now(party)


def remind_of_promises() -> int:
    """Remind who sees to a promise, or their side's stewards, three days before; returns how
    many."""
    return for_each(_due, _remind, "partnership", "party", "person__chapter")


def _due() -> QuerySet[Commitment]:
    near = clock.today() + PROMISES_REMINDED
    rows = Commitment.objects.filter(
        done_at=None, dropped_at=None, due_on__lte=near, party__state=PartyState.IN
    ).exclude(partnership__state=State.CLOSED)
    return rows.filter(Q(reminded_for=None) | ~Q(reminded_for=F("due_on"))).order_by("id")


def _remind(row: Commitment) -> None:
    row.reminded_for = row.due_on
    row.save(update_fields=["reminded_for"])
    if row.person is not None:
        letters.promise_due(row, row.person)
        return
    stewards = row.party.representatives.filter(until=None, role__in=_TOLD_SIDE)
    for one in stewards.select_related("person__chapter"):
        if one.person is not None:
            letters.promise_due(row, one.person)


def remind_of_reviews() -> int:
    """Remind the stewards of a review, two weeks before; returns how many partnerships."""
    return for_each(_to_review, _remind_review)


def _to_review() -> QuerySet[Partnership]:
    near = clock.today() + REVIEWS_REMINDED
    rows = Partnership.objects.filter(state__in=RUNNING, review_on__lte=near)
    return rows.filter(Q(reminded_for=None) | ~Q(reminded_for=F("review_on"))).order_by("id")


def _remind_review(partnership: Partnership) -> None:
    partnership.reminded_for = partnership.review_on
    partnership.save(update_fields=["reminded_for"])
    rows = policy.representatives_of(partnership).filter(role__in=_TOLD_SIDE)
    for row in rows.select_related("person__chapter"):
        if row.person is not None:
            letters.review_due(partnership, row.person)
