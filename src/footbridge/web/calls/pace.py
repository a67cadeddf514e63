"""What tells a person who writes from a program that posts, without asking anybody else.

The page holds a stamp that says for which call it was made, and when. A form that comes back
sooner than anybody reads, or long after, or without one, is shown again with a fresh stamp and all
that was typed. So is one in which a field was filled in that people do not see.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError

_SALT = "footbridge.calls.pace"
LEAST, MOST = timedelta(seconds=2), timedelta(hours=12)


def stamp(call_id: uuid.UUID) -> str:
    """For the form on a page that is shown now."""
    return signing.Signer(salt=_SALT).sign_object([call_id.hex, int(clock.now().timestamp())])


def check(said: str, call_id: uuid.UUID) -> None:
    """DomainError, in words that say what to do, for a stamp that no reader of the page holds."""
    made_at = _made_at(said, call_id)
    if made_at is None:
        raise DomainError(_("Look it over once more, and send it."))
    passed = clock.now().timestamp() - made_at
    if passed < LEAST.total_seconds():
        raise DomainError(_("That was quick. Please send it once more."))
    if passed > MOST.total_seconds():
        raise DomainError(_("This page was open for long. Please send it once more."))


def _made_at(said: str, call_id: uuid.UUID) -> int | None:
    try:
        call, moment = signing.Signer(salt=_SALT).unsign_object(said)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(moment) if call == call_id.hex else None
