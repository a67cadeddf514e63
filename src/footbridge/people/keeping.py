"""How long the people room keeps what has served: links into a chapter, tokens of programs."""

from __future__ import annotations

from datetime import timedelta

from footbridge.core import clock
from footbridge.people.models import AccessToken, Invitation

LINKS_KEPT = timedelta(days=180)
TOKENS_KEPT = timedelta(days=30)


def forget_old_links() -> int:
    """Delete links into a chapter half a year after they ceased to be good; returns how many."""
    gone, _each = Invitation.objects.filter(expires_at__lt=clock.now() - LINKS_KEPT).delete()
    return gone


def forget_old_tokens() -> int:
    """Delete tokens a month after they ceased to be good; returns how many."""
    gone, _each = AccessToken.objects.filter(expires_at__lt=clock.now() - TOKENS_KEPT).delete()
    return gone
