"""Going under the radar, and the two ways out: to be listed again, or to leave."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.people import queries as people
from footbridge.veil import actions
from footbridge.veil import queries as veil
from footbridge.web.account import codes
from footbridge.web.account.forms import CodeForm, EraseForm
from footbridge.web.account.sign_in import enter
from footbridge.web.forms import status_of, taken

BEGIN = "begin_unseen"


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def hide(request: HttpRequest) -> HttpResponse:
    """Go under the radar, after reading what that means."""
    person = request.person  # type: ignore[attr-defined]
    form = EraseForm(_named(request, person.name))
    hidden: list[Any] = []
    if taken(form, request, lambda _said: hidden.append(actions.hide(actor=person))):
        enter(request, hidden[0])
        messages.success(request, _("You are under the radar. Only you see this page."))
        return redirect("web:radar")
    return render(request, "radar/hide.html", {"form": form}, status=status_of(form))


def _named(request: HttpRequest, name: str) -> Any:
    """What was posted, with an error where the name that confirms it is another one."""
    if request.method != "POST":
        return None
    if request.POST.get("name", "").strip() != name:
        return {"name": ""}
    return request.POST


def begin(request: HttpRequest, form: Form, token: str, doorway: Any) -> HttpResponse:
    """Come in by an invitation, unseen: a code first proves the address, and nothing is counted."""

    def send(said: dict[str, Any]) -> None:
        told = {"name": said["name"], "token": token}
        codes.send(request, BEGIN, said["email"], kind="address_code", **told)

    if taken(form, request, send):
        return redirect("web:begin_unseen")
    context = {"form": form, "doorway": doorway, "may_stay_unseen": True}
    return render(request, "account/join.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.EVERYONE)
def begin_unseen(request: HttpRequest) -> HttpResponse:
    """Enter the code, and be there for nobody but oneself."""
    if codes.awaited(request, BEGIN) is None:
        return redirect("web:sign_in")
    form = CodeForm(request.POST or None)
    if taken(form, request, lambda said: _begin(request, said["code"])):
        messages.success(request, _("You are under the radar. Only you see this page."))
        return redirect("web:radar")
    return render(request, "account/sign_in_code.html", {"form": form}, status=status_of(form))


def _begin(request: HttpRequest, code: str) -> None:
    proven = codes.proven(request, BEGIN, code)
    account = veil.account_at(proven["address"]) or actions.begin(
        name=proven["said"]["name"],
        email=proven["address"],
        chapter=people.chapter_of(proven["said"]["token"]),
        language=get_language() or "",
    )
    enter(request, account)


@require_http_methods(["GET", "POST"])
@access(Audience.HIDDEN)
def come_out(request: HttpRequest) -> HttpResponse:
    """Be listed again. What members will see of one stands here first."""
    me = request.hidden  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            actions.come_out(actor=me, account=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("web:radar_come_out")
        messages.success(request, _("You are listed again."))
        return redirect("web:account")
    return render(request, "radar/come_out.html", {"me": me.profile})


@require_POST
@access(Audience.HIDDEN)
def erase(request: HttpRequest) -> HttpResponse:
    """Leave from under the radar, with everything."""
    me = request.hidden  # type: ignore[attr-defined]
    account: Any = request.user
    form = EraseForm(_named(request, me.profile.name))
    if taken(form, request, lambda _said: actions.erase(actor=me, account=account)):
        logout(request)
        messages.success(request, _("You are gone from here. Thank you for having been part."))
        return redirect("web:sign_in")
    return render(request, "radar/data.html", {"form": form}, status=status_of(form))
