"""Signing in by a code, a passkey or a link; coming in by an invitation; the demo's personas."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from footbridge.core import links
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.demo import hidden
from footbridge.people import actions, demo, queries
from footbridge.web.account.forms import JoinForm
from footbridge.web.account.sign_in import enter
from footbridge.web.radar import going


@require_POST
@access(Audience.EVERYONE)
def sign_in_as(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Be one of the demo's people. Nobody else can be entered like this."""
    persona = demo.get_persona(person_id)
    enter(request, actions.account_for(persona))
    return redirect("web:today")


@require_POST
@access(Audience.EVERYONE)
def sign_in_as_hidden(request: HttpRequest) -> HttpResponse:
    """Be the one of the demo whom nobody else there sees."""
    persona = hidden.persona() if demo.has_demo() else None
    if persona is None:
        raise NotHere
    enter(request, persona)
    return redirect("web:radar")


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link that the operator made, once. Opening it asks; only the tap signs in, so
    that a chat's preview uses nothing up."""
    person = queries.person_of_link(actions.unspent_link(token, "sign-in"))
    if request.method == "GET":
        return render(request, "account/sign_in_by_link.html", {"name": person.name})
    actions.spend_link(token, "sign-in")
    enter(request, actions.account_for(person))
    return redirect("web:today")


@require_POST
@access(Audience.EVERYONE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("web:sign_in")


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Come in by an invitation. Looking at it changes nothing."""
    doorway = queries.doorway(token)
    signed_in = request.user if request.user.is_authenticated else None
    asks_for_email = doorway.asks_for_email and signed_in is None
    form = JoinForm(
        request.POST or None, initial={"name": doorway.name}, asks_for_email=asks_for_email
    )
    if "unseen" in request.POST and doorway.may_stay_unseen and asks_for_email:
        return going.begin(request, form, token, doorway)
    if request.method == "POST" and form.is_valid():
        try:
            welcome = actions.join(
                token=token,
                name=form.cleaned_data["name"],
                email=form.cleaned_data.get("email", ""),
                language=get_language() or "",
                account=signed_in,
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            return _welcome(request, welcome)
    status = 400 if form.errors else 200
    context = {"form": form, "doorway": doorway, "may_stay_unseen": asks_for_email}
    return render(request, "account/join.html", context, status=status)


def _welcome(request: HttpRequest, welcome: actions.Welcome) -> HttpResponse:
    """In at once where the link proved who came; otherwise the message does."""
    if welcome.account is None:
        return render(request, "account/look_for_message.html", {"welcome": welcome})
    if request.user != welcome.account:
        enter(request, welcome.account)
        if links.came_by_mail(request.GET.get(links.MARK, ""), welcome.account.email):
            actions.prove_address(welcome.account)
    messages.success(request, _("Welcome. Say in one sentence what you look for."))
    return redirect("web:today")
