"""How long messages are kept: the row stays, so that nothing is sent twice; its words go."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from footbridge.core import clock
from footbridge.mail.models import Message
from footbridge.mail.states import MessageState

SENT_KEPT = timedelta(days=30)
UNSENT_KEPT = timedelta(days=90)
IDENTITY_KEPT = timedelta(days=1)
IDENTITY_KEPT_UNSENT = timedelta(days=7)
# What lets someone sign in, or tells of their address: for its reader alone.
IDENTITY = ("sign_in_code", "account_notice")

_EMPTY = {"to_address": "", "to_name": "", "subject": "", "text": "", "html": "", "links": []}


def empty_old() -> int:
    """Take the words, the address and the links out of old messages; returns out of how many.

    One that nobody passed on in all that time is not sent any more: its links have run out.
    """
    now = clock.now()
    old = Q(state=MessageState.SENT, sent_at__lt=now - SENT_KEPT)
    old |= ~Q(state=MessageState.SENT) & Q(created_at__lt=now - UNSENT_KEPT)
    rows = Message.objects.filter(old).exclude(text="", to_address="")
    rows.filter(state=MessageState.WAITING).update(state=MessageState.FAILED)
    return rows.update(**_EMPTY, error="")


def forget_identity_mail() -> int:
    """Delete notices about signing in a day after they were sent, and those that could not be
    sent in a week; returns how many."""
    now = clock.now()
    sent = Q(state=MessageState.SENT, sent_at__lt=now - IDENTITY_KEPT)
    late = Q(created_at__lt=now - IDENTITY_KEPT_UNSENT)
    gone, _each = Message.objects.filter(sent | late, kind__in=IDENTITY).delete()
    return gone
