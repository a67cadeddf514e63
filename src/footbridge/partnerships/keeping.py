"""How long it is remembered who was asked, and what came to nothing."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef

from footbridge.core import clock
from footbridge.mail.actions import forget_about
from footbridge.partnerships.models import Partnership, Party, Representative
from footbridge.partnerships.states import PartyState

REMEMBERED_FOR = timedelta(days=365)
ASKS_REMEMBERED_FOR = timedelta(days=90)


def forget_who_said_no() -> int:
    """Delete sides that said not this time, three months after; returns how many."""
    old = Party.objects.filter(
        state=PartyState.DECLINED, answered_at__lt=clock.now() - ASKS_REMEMBERED_FOR
    )
    ids = list(old.values_list("id", flat=True))
    forget_about(ids)
    Party.objects.filter(id__in=ids).delete()
    return len(ids)


def forget_what_came_to_nothing() -> int:
    """Delete partnerships that never became active and for which nobody has stood for a year;
    returns how many."""
    stands = Representative.objects.filter(party__partnership=OuterRef("pk"), until=None)
    lately = Representative.objects.filter(
        party__partnership=OuterRef("pk"), until__gt=(clock.now() - REMEMBERED_FOR).date()
    )
    old = Partnership.objects.filter(
        active_since=None, created_at__lt=clock.now() - REMEMBERED_FOR
    ).exclude(Exists(stands.filter(person__isnull=False)) | Exists(lately))
    ids = list(old.values_list("id", flat=True))
    forget_about(ids)
    Partnership.objects.filter(id__in=ids).delete()
    return len(ids)
