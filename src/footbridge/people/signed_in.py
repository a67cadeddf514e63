"""Who is signed in: each request begins with these two questions, so both are prepared."""

from __future__ import annotations

import uuid
from datetime import datetime

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from footbridge.core import clock
from footbridge.core.prepared import prepared
from footbridge.people.models import Account


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, but for how one is found (`SESSION_ENGINE`)."""

    def _get_session_from_db(self) -> Session | None:
        found = _in_time(self.session_key or "", clock.now())
        if not found:
            self._session_key = None
        return found[0] if found else None


@prepared
def _in_time(key: str, moment: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=moment)


class SignedIn(AuthenticationBackend):
    """The library's ways to sign in, but for how a log-in identity is found."""

    def get_user(self, user_id: uuid.UUID | str) -> Account | None:
        found = next(iter(_account(uuid.UUID(str(user_id)))), None)
        return found if found and self.user_can_authenticate(found) else None


@prepared
def _account(account_id: uuid.UUID) -> QuerySet[Account]:
    return Account.objects.filter(id=account_id)
