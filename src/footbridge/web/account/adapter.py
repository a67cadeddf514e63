"""How the sign-in library meets ours: its messages go through our outbox, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from footbridge.core.audience import OPERATOR
from footbridge.mail import actions as mail
from footbridge.people import actions
from footbridge.people import queries as people


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
