"""Where someone is signed in, and who is about to be: rows that hold an account or an address."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from footbridge.core import clock
from footbridge.people.models import Person


def forget_sessions_of(person: Person) -> int:
    """End each session that someone is signed in by, or in which their address was typed."""
    account = str(person.account_id or "")
    gone = [
        session.session_key
        for session in Session.objects.iterator(chunk_size=1000)
        if _is_about(session, account, person.email or "")
    ]
    removed, _each = Session.objects.filter(session_key__in=gone).delete()
    return removed


def _is_about(session: Session, account: str, address: str) -> bool:
    held = session.get_decoded()
    is_theirs = bool(account) and held.get(SESSION_KEY) == account
    return is_theirs or (bool(address) and address in str(held).lower())


def forget_old_sessions() -> int:
    """Sessions whose time is over are rows that nobody needs; returns how many went."""
    removed, _each = Session.objects.filter(expire_date__lt=clock.now()).delete()
    return removed
