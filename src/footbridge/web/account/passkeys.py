"""The few pages of the sign-in library that are open, under the names by which it calls them.

It brings passwords, signing up, several addresses and second factors as well: here nobody has a
password, people come in by invitation, and one address is changed on a page of our own. A name
that the library still asks for leads to the page that does it here.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path
from django.views.generic import RedirectView

from footbridge.core.access import Audience, access


def _leads_to(page: str) -> Any:
    """A view that sends on to another page, with whatever the address carries."""

    @access(Audience.EVERYONE)
    def lead(request: HttpRequest) -> HttpResponseBase:
        return RedirectView.as_view(pattern_name=page, query_string=True)(request)

    return lead


passkey_urls = [
    path("login/", _leads_to("web:sign_in"), name="account_login"),
    path("login/code/", _leads_to("web:sign_in"), name="account_request_login_code"),
    path("login/code/confirm/", _leads_to("web:sign_in"), name="account_confirm_login_code"),
    path("signup/", _leads_to("web:sign_in"), name="account_signup"),
    path("confirm-email/", _leads_to("web:sign_in"), name="account_email_verification_sent"),
    path("email/", _leads_to("web:address"), name="account_email"),
    path(
        "reauthenticate/", _leads_to("mfa_reauthenticate_webauthn"), name="account_reauthenticate"
    ),
    path("again/", _leads_to("mfa_reauthenticate_webauthn"), name="mfa_reauthenticate"),
    path("passkeys/", _leads_to("mfa_list_webauthn"), name="mfa_index"),
    path("webauthn/", include("allauth.mfa.webauthn.urls")),
]
