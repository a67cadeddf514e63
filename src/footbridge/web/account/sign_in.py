"""Signing in by a code that goes to one's address, or with a passkey."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.templatekit import get_entrance_context_data
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.people import actions, demo
from footbridge.veil import queries as veil
from footbridge.web.account import codes
from footbridge.web.account.forms import CodeForm, SignInForm
from footbridge.web.forms import status_of, taken

PURPOSE = "sign_in_code"
BACKEND = "footbridge.people.signed_in.SignedIn"


@require_http_methods(["GET", "POST"])
@access(Audience.EVERYONE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code; in the demo, be someone with one click."""
    if request.user.is_authenticated:
        return redirect("web:today")
    form = SignInForm(request.POST or None)
    then = _then(request)
    if taken(form, request, lambda said: codes.send(request, PURPOSE, said["email"], then=then)):
        return redirect("web:sign_in_code")
    context = {
        "form": form,
        "next": then,
        "personas": demo.personas(),
        **get_entrance_context_data(request),
    }
    return render(request, "account/sign_in.html", context, status=status_of(form))


def _then(request: HttpRequest) -> str:
    """Where somebody was on their way to, if it is a page of this installation."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    hosts = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, hosts, request.is_secure()) else ""


@require_http_methods(["GET", "POST"])
@access(Audience.EVERYONE)
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Enter the code that came."""
    if codes.awaited(request, PURPOSE) is None:
        return redirect("web:sign_in")
    form = CodeForm(request.POST or None)
    arrived: list[str] = []
    if taken(form, request, lambda said: arrived.append(_arrive(request, said["code"]))):
        return redirect(arrived[0] or settings.LOGIN_REDIRECT_URL)
    context = {"form": form}
    return render(request, "account/sign_in_code.html", context, status=status_of(form))


def _arrive(request: HttpRequest, code: str) -> str:
    pending = codes.proven(request, PURPOSE, code)
    account = veil.account_at(pending["address"]) or actions.arrive(pending["address"])
    if account is None:
        raise DomainError(_("This is not the code that came to this address."), field="code")
    enter(request, account)
    then: str = pending["said"]["then"]
    return then


def enter(request: HttpRequest, account: Any) -> None:
    """Sign in whoever proved who they are."""
    login(request, account, backend=BACKEND)
    # The library asks for a passkey before passkeys are changed, unless one has just come in.
    record_authentication(request, account, method="code")
