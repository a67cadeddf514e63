"""How long it is remembered what was not sent, was taken back, or lies long behind."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from footbridge.calls import limits
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import OVER, AnswerState, State
from footbridge.core import clock
from footbridge.mail.actions import forget_about

TAKEN_BACK_FOR = timedelta(days=30)
# Two years count for the record of an owner; a third one is for whoever asks what came of it.
REMEMBERED_FOR = timedelta(days=3 * 365)
MOST_AT_ONCE = 500


def forget_what_was_taken_back() -> int:
    """Delete answers that were withdrawn, a month after they were sent, and drafts a month after
    their call was over."""
    before = clock.now() - TAKEN_BACK_FOR
    taken_back = Q(state=AnswerState.WITHDRAWN) & (Q(sent_at=None) | Q(sent_at__lt=before))
    never_sent = Q(state=AnswerState.DRAFT, call__over_at__lt=before)
    return _forget(Answer.objects.filter(taken_back | never_sent, begun_at__lt=before))


def forget_unconfirmed() -> int:
    """Delete what was written from outside and not sent by the link within a week."""
    before = clock.now() - limits.CONFIRMED_WITHIN
    return _forget(limits.unconfirmed().filter(begun_at__lt=before))


def forget_old_answers() -> int:
    """Delete answers, and what came with them, three years after their call was over."""
    before = clock.now() - REMEMBERED_FOR
    return _forget(Answer.objects.filter(call__over_at__lt=before, call__state__in=OVER))


def _forget(rows: QuerySet[Answer]) -> int:
    ids = list(rows.values_list("id", flat=True)[:MOST_AT_ONCE])
    forget_about(ids)
    Answer.objects.filter(id__in=ids).delete()
    return len(ids)


def forget_forgotten_drafts() -> int:
    """Delete drafts of calls that nobody went on with for a year."""
    before = clock.now() - timedelta(days=365)
    gone, _each = Call.objects.filter(state=State.DRAFT, created_at__lt=before).delete()
    return gone
