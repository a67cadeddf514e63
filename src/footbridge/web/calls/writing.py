"""Answering without an account: a form of ours, and one that stands on somebody else's page.

What comes from another page is shown once more, here, and kept nowhere: so it needs no token, and
no page can have anybody else's browser send an answer. What is sent from here has the token, the
stamp of a page that was looked at, and bounds that count what was typed.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.calls.actions import outside
from footbridge.calls.limits import network_of
from footbridge.calls.queries import public
from footbridge.calls.queries.paths import call_path
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.web.calls import pace
from footbridge.web.calls.forms import OutsideForm


@require_http_methods(["GET", "POST"])
@access(Audience.EVERYONE)
def answer(request: HttpRequest, call_slug: str) -> HttpResponse:
    """Write an answer, and send it on its way: a letter asks whether it was you."""
    call = public.get(call_slug)
    form = _form(request, call)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, call, form)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            form.refusal = error
        else:
            return redirect("web:answer_sent", call_slug=call_slug)
    return _page(request, call, form, status=_status(form))


def _form(request: HttpRequest, call: Any) -> Any:
    sent = request.POST if request.method == "POST" else None
    return OutsideForm(sent, stamp=pace.stamp(call.id), entries_shown=call.entries_shown)


def _keep(request: HttpRequest, call: Any, form: Any) -> None:
    pace.check(form.stamp_sent, call.id)
    typed = {name: form.cleaned_data.get(name) or "" for name in ("name", "email", "text", "gain")}
    outside.write(
        call=call,
        said=outside.Written(
            **typed,
            shown=bool(form.cleaned_data.get("shown")),
            language=get_language() or "",
            network=network_of(get_adapter().get_client_ip(request) or ""),
        ),
    )


def _status(form: Any) -> int:
    refusal = getattr(form, "refusal", None)
    if refusal is not None:
        return int(refusal.status)
    return 400 if form.is_bound and form.errors else 200


@require_http_methods(["GET", "POST"])
@access(Audience.EVERYONE)
@csrf_exempt
def from_elsewhere(request: HttpRequest, call_slug: str) -> HttpResponse:
    """What was typed on another page, to be looked over. Nothing of it is kept here."""
    call = public.get(call_slug)
    if request.method == "GET":
        return redirect("web:answer_from_outside", call_slug=call_slug)
    return _page(request, call, _form(request, call), looks_over=True)


def _page(
    request: HttpRequest, call: Any, form: Any, *, status: int = 200, looks_over: bool = False
) -> HttpResponse:
    if form.is_bound:
        form.errors  # noqa: B018 - judged as it came, before it carries a fresh stamp
        form.renew()
    context = {
        "card": public.card(call),
        "form": form,
        "looks_over": looks_over,
        "members_page": call_path(call),
    }
    return render(request, "calls/answer.html", context, status=status)


@require_GET
@access(Audience.EVERYONE)
def sent(request: HttpRequest, call_slug: str) -> HttpResponse:
    """Where to look now. It says the same whoever comes."""
    card = public.card(public.get(call_slug))
    return render(request, "calls/sent.html", {"card": card})
