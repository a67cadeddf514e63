"""Links that serve once."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid
from footbridge.people.models import SpentLink


def spend_link(token: str, purpose: str) -> links.Link:
    """Use a link up and say what it stands for. Looking at its page does not use it up.

    Raises LinkNotValid when it is not good, or has served its time; of two who use it at the same
    moment, one does.
    """
    link = links.read(token, purpose)
    try:
        with transaction.atomic():
            SpentLink.objects.create(digest=_digest(token), good_until=_until(link))
    except IntegrityError as error:
        raise _spent() from error
    return link


def _until(link: links.Link) -> datetime:
    assert link.good_until is not None  # a link that was read says so
    return link.good_until


def unspent_link(token: str, purpose: str) -> links.Link:
    """What a link stands for that has not served yet; nothing changes."""
    link = links.read(token, purpose)
    if SpentLink.objects.filter(digest=_digest(token)).exists():
        raise _spent()
    return link


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _spent() -> LinkNotValid:
    return LinkNotValid(_("This link has been used. Ask for a new one."))


def forget_spent_links() -> int:
    """A link whose time is over is refused for that; that it served is forgotten."""
    gone, _each = SpentLink.objects.filter(good_until__lt=clock.now()).delete()
    return gone
