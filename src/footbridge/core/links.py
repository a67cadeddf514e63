"""Signed links: anything we ask of someone can be answered from one, without an account.

A link carries what it is for, the thing, and the person it was made for. It is checked
against the clock and the server's key. Opening it changes nothing; the page that it opens
asks for one tap.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.core import signing
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import LinkNotValid

_SALT = "footbridge.link"
# What a link that was mailed carries besides.
MARK = "mailed"


@dataclass(frozen=True)
class Link:
    """What a signed link says: its purpose, the thing it is about and whom it was made for."""

    purpose: str
    thing: uuid.UUID
    person: uuid.UUID | None = None
    good_until: datetime | None = None


def _signer() -> signing.Signer:
    # Without Django's timestamp: the expiry inside comes from our own clock, which can be held.
    return signing.Signer(salt=_SALT)


def sign(
    purpose: str,
    thing: uuid.UUID,
    person: uuid.UUID | None = None,
    *,
    lasts: timedelta = timedelta(days=30),
) -> str:
    """The token to put in a link."""
    expires = int((clock.now() + lasts).timestamp())
    parts = [purpose, thing.hex, person.hex if person else "", expires]
    return _signer().sign_object(parts)


def read(token: str, purpose: str) -> Link:
    """Check a token and say what it stands for.

    Raises LinkNotValid when it was altered, made for another purpose or has expired.
    """
    try:
        found, thing, person, expires = _signer().unsign_object(token)
        until = datetime.fromtimestamp(expires, UTC)
        link = Link(found, uuid.UUID(thing), uuid.UUID(person) if person else None, until)
    except (signing.BadSignature, ValueError, TypeError, OverflowError) as error:
        raise LinkNotValid(_("This link is not complete. Copy it again, whole.")) from error
    if link.purpose != purpose:
        raise LinkNotValid(_("This link is not complete. Copy it again, whole."))
    if until < clock.now():
        raise LinkNotValid(_("This link has expired. Ask for a new one."))
    return link


def marked_as_mailed(url: str, address: str) -> str:
    """The link as the mail server carries it to an address. The mark stands on no page and in no
    outbox, so that whoever comes by it reads what comes to that address."""
    mark = sign(_mailed_to(address), uuid.UUID(int=0))
    return f"{url}{'&' if '?' in url else '?'}{MARK}={mark}"


def came_by_mail(mark: str, address: str) -> bool:
    """Whether a link was opened out of a mail to this address."""
    try:
        read(mark, _mailed_to(address))
    except LinkNotValid:
        return False
    return True


def _mailed_to(address: str) -> str:
    return f"mailed:{sha256(address.strip().lower().encode()).hexdigest()[:32]}"
