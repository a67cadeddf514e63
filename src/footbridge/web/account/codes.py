"""Codes that prove an address: asked for, sent, entered.

Whatever is typed gets the same answer, and nothing is looked up before the code came back: who
stands behind an address is learned by nobody but who reads what comes to it. Limits are counted
by what was typed, known or not.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError, LimitReached
from footbridge.mail.sealed import reader_named, send_sealed

GOOD_FOR = timedelta(minutes=15)
TRIES = 3


def send(request: HttpRequest, purpose: str, address: str, *, kind: str = "", **said: Any) -> None:
    """Send a code to an address and remember in the session what it is for.

    `kind` names the message, the purpose where nothing else is said: whether it goes to any
    address or only to known ones is decided where it is sent (`mail.sealed.only_if`), not here.
    """
    typed = address.strip().lower()
    if not ratelimit.consume(request, action="request_login_code", key=_who_types(request, typed)):
        raise LimitReached(_("That was tried too often in a short time. Wait a minute."))
    code = get_adapter().generate_login_code()
    send_sealed(
        kind or purpose,
        to_address=typed,
        reader=reader_named(typed),
        language=get_language() or "",
        context={"code": code},
        lasts=GOOD_FOR,
        even_without_server=True,
    )
    request.session[purpose] = {
        "address": typed,
        "code": _digest(code),
        "until": (clock.now() + GOOD_FOR).isoformat(),
        "tries": TRIES,
        "said": said,
    }


def _who_types(request: HttpRequest, typed: str) -> str:
    """Tries are counted for each who tries: counted for an address alone, they would tell
    whoever tries it that somebody else has just done so."""
    return f"{get_adapter().get_client_ip(request)} {typed}"


def _digest(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac("footbridge.code", plain).hexdigest()


def awaited(request: HttpRequest, purpose: str) -> dict[str, Any] | None:
    """What waits for its code, as long as the code is good."""
    pending: dict[str, Any] | None = request.session.get(purpose)
    if pending is None:
        return None
    is_good = pending["tries"] > 0 and clock.now() < datetime.fromisoformat(pending["until"])
    return pending if is_good else None


def proven(request: HttpRequest, purpose: str, typed: str) -> dict[str, Any]:
    """What was waited for, now that its code came back; a wrong code counts, and is refused."""
    pending = awaited(request, purpose)
    if pending is None or not constant_time_compare(_digest(typed), pending["code"]):
        if pending is not None:
            request.session[purpose] = pending | {"tries": pending["tries"] - 1}
        raise DomainError(_("This is not the code that came to this address."), field="code")
    del request.session[purpose]
    return pending
