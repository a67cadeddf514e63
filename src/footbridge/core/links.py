"""Signed links: anything we ask of someone can be answered from one, without an account.

A link carries what it is for, the thing, and the person it was made for. It is checked
against the clock and the server's key. Opening it changes nothing; the page that it opens
asks for one tap.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import LinkNotValid

_SALT = "footbridge.link"


@dataclass(frozen=True)
class Link:
    """What a signed link says: its purpose, the thing it is about and whom it was made for."""

    purpose: str
    thing: uuid.UUID
    person: uuid.UUID | None = None


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
        link = Link(found, uuid.UUID(thing), uuid.UUID(person) if person else None)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkNotValid(_("This link is not complete. Copy it again, whole.")) from error
    if link.purpose != purpose:
        raise LinkNotValid(_("This link is not complete. Copy it again, whole."))
    if expires < clock.now().timestamp():
        raise LinkNotValid(_("This link has expired. Ask for a new one."))
    return link
