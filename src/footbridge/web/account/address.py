"""The address one signs in with: another one is taken once its code came back.

Nobody learns here whether an address stands for someone but who reads what comes to it.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.people import actions
from footbridge.web.account import codes
from footbridge.web.account.forms import AddressForm, CodeForm
from footbridge.web.forms import status_of, taken

PURPOSE = "address_code"


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def address(request: HttpRequest) -> HttpResponse:
    """The address that is, and the way to another."""
    form = AddressForm(request.POST or None)
    if taken(form, request, lambda said: codes.send(request, PURPOSE, said["email"])):
        return redirect("web:confirm_address")
    return render(request, "account/address.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Enter the code that came to the new address."""
    pending = codes.awaited(request, PURPOSE)
    if pending is None:
        messages.info(request, _("No code is waited for any more. Begin anew."))
        return redirect("web:address")
    form = CodeForm(request.POST or None)
    if taken(form, request, lambda said: _change(request, said["code"])):
        messages.success(request, _("Saved. From now on you sign in with this address."))
        return redirect("web:account")
    context = {"form": form, "address": pending["address"]}
    return render(request, "account/confirm_address.html", context, status=status_of(form))


def _change(request: HttpRequest, typed: str) -> None:
    proven = codes.proven(request, PURPOSE, typed)
    actions.change_address(actor=request.person, address=proven["address"])  # type: ignore[attr-defined]
