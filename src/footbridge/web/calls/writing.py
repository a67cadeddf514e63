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
from footbridge.calls.eligibility import Verdict
from footbridge.calls.limits import network_of
from footbridge.calls.queries import public
from footbridge.calls.queries.paths import call_path
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.web.calls import pace
from footbridge.web.calls.forms import AboutForm, OutsideForm
from footbridge.web.forms import status_of


@require_http_methods(["GET", "POST"])
@access(Audience.EVERYONE)
def answer(request: HttpRequest, call_slug: str) -> HttpResponse:
    """Write an answer, and send it on its way: a letter asks whether it was you."""
    call = public.get(call_slug)
    form, about = _form(request, call), _about(request, call)
    if form.is_bound and form.is_valid() and about.is_valid():
        try:
            _keep(request, call, form, about)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            form.refusal = error
        else:
            return redirect("web:answer_sent", call_slug=call_slug)
    return _page(request, call, form, about, status=_status(form, about))


def _form(request: HttpRequest, call: Any) -> Any:
    """What was typed: to be sent, or, while somebody checks the rules, to stand there still."""
    said: dict[str, Any] = {"stamp": pace.stamp(call.id), "entries_shown": call.entries_shown}
    if request.method != "POST":
        return OutsideForm(None, **said)
    if request.POST.get("move") == "check":
        return OutsideForm(None, typed=request.POST.dict(), **said)
    return OutsideForm(request.POST, **said)


def _about(request: HttpRequest, call: Any) -> AboutForm:
    sent = request.POST if request.method == "POST" else None
    return AboutForm(sent, asks=public.asked_of_strangers(call))


def _keep(request: HttpRequest, call: Any, form: Any, about: AboutForm) -> None:
    pace.check(form.stamp_sent, call.id)
    typed = {name: form.cleaned_data.get(name) or "" for name in ("name", "email", "text", "gain")}
    outside.write(
        call=call,
        said=outside.Written(
            **typed,
            shown=bool(form.cleaned_data.get("shown")),
            language=get_language() or "",
            network=network_of(get_adapter().get_client_ip(request) or ""),
            known=about.known,
        ),
    )


def _status(form: Any, about: AboutForm) -> int:
    refusal = getattr(form, "refusal", None)
    if refusal is not None:
        return int(refusal.status)
    return max(status_of(form), status_of(about))


@require_http_methods(["GET", "POST"])
@access(Audience.EVERYONE)
@csrf_exempt
def from_elsewhere(request: HttpRequest, call_slug: str) -> HttpResponse:
    """What was typed on another page, to be looked over. Nothing of it is kept here."""
    call = public.get(call_slug)
    if request.method == "GET":
        return redirect("web:answer_from_outside", call_slug=call_slug)
    return _page(request, call, _form(request, call), _about(request, call), looks_over=True)


def _page(
    request: HttpRequest,
    call: Any,
    form: Any,
    about: AboutForm,
    *,
    status: int = 200,
    looks_over: bool = False,
) -> HttpResponse:
    if form.is_bound:
        form.errors  # noqa: B018 - judged as it came, before it carries a fresh stamp
        form.renew()
    context = {
        "card": public.card(call),
        "form": form,
        "about": about,
        "verdicts": _verdicts(call, about),
        "looks_over": looks_over,
        "members_page": call_path(call),
    }
    return render(request, "calls/answer.html", context, status=status)


def _verdicts(call: Any, about: AboutForm) -> tuple[Verdict, ...]:
    """How they stand to each rule, once they have said anything of themselves."""
    said = about.is_bound and about.is_valid() and any(about.cleaned_data.values())
    return public.check(call, about.known) if said else ()


@require_GET
@access(Audience.EVERYONE)
def sent(request: HttpRequest, call_slug: str) -> HttpResponse:
    """Where to look now. It says the same whoever comes."""
    card = public.card(public.get(call_slug))
    return render(request, "calls/sent.html", {"card": card})
