"""How the sign-in library meets ours: its messages go through our outbox, in our words."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core.audience import OPERATOR
from footbridge.mail import actions as mail
from footbridge.people import actions
from footbridge.people import queries as people

# A passkey is instead of a code, not on top of one: whoever loses theirs still comes in.
NO_STAGES_OF = "allauth.mfa."


class Adapter(DefaultAccountAdapter):
    """Sends codes through the outbox, and takes a code that came back as proof of the address."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One kind of message for each of the library's, with the code in it if there is one."""
        kind = template_prefix.rsplit("/", 1)[-1]
        found = people.find(OPERATOR, email)
        person = found if found is not None and found.is_person else None
        mail.send(
            "sign_in_code" if "code" in context else "account_notice",
            to_address=email,
            to_name=person.name if person else "",
            to_person=person.id if person else None,
            language=get_language() or "en",
            context={"code": context.get("code", ""), "occasion": kind},
            private=True,
        )

    def pre_login(self, request: HttpRequest, user: Any, **login: Any) -> HttpResponse | None:
        """There are no passwords here: whoever gets this far by their address typed its code."""
        if login.get("email") == user.email:
            actions.prove_address(user)
        refusal: HttpResponse | None = super().pre_login(request, user, **login)
        return refusal

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
