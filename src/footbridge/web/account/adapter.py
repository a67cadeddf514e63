"""How the sign-in library meets ours: its messages go through our outbox, in our words."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core.audience import OPERATOR
from footbridge.mail import actions as mail
from footbridge.people import queries as people

# A passkey is instead of a code, not on top of one: whoever loses theirs still comes in.
NO_STAGES_OF = "allauth.mfa."


class Adapter(DefaultAccountAdapter):
    """What the library says goes through our outbox; nobody signs up, and no second factor asks."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One kind of message for each of the library's; codes are our own (`codes.py`)."""
        kind = template_prefix.rsplit("/", 1)[-1]
        found = people.find(OPERATOR, email)
        person = found if found is not None and found.is_person else None
        mail.send(
            "account_notice",
            to_address=email,
            to_name=person.name if person else "",
            to_person=person.id if person else None,
            language=get_language() or "en",
            context={"occasion": kind},
            private=True,
        )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come in by invitation."""
        return False

    def get_login_stages(self) -> list[str]:
        """What stands between a code and being in: nothing of the second factors."""
        stages: list[str] = super().get_login_stages()
        return [stage for stage in stages if not stage.startswith(NO_STAGES_OF)]

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Passkeys are changed by who has just signed in; later, their passkey is asked for."""
        asks: bool = super().is_reauthentication_required(app=app, **more)
        return asks and not _has_just_signed_in(self.request)


def _has_just_signed_in(request: HttpRequest) -> bool:
    signed_in_at = [one["at"] for one in get_authentication_records(request, request.user)]
    return time.time() - max(signed_in_at, default=0) < app_settings.REAUTHENTICATION_TIMEOUT


class Passkeys(DefaultMFAAdapter):
    """What the library says of passkeys, in our words."""

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a new passkey is called until its owner says otherwise."""
        return _("This device")
