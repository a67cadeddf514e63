"""The answers to a call, for whoever decides: a list in pages, many closed at once, and each by
itself."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from footbridge.calls import actions, queries
from footbridge.calls.cards import answer_card
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.people import queries as people
from footbridge.web.find.calls.forms import CloseForm, WordsForm
from footbridge.web.forms import in_words, page_in, status_of, taken

STATES = ("", "waiting", "late", "shortlisted", "chosen", "closed")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def answers(request: HttpRequest, call_slug: str) -> HttpResponse:
    """All answers, a page at a time; those that are ticked, or all that wait, are closed with one
    reason."""
    person = request.person  # type: ignore[attr-defined]
    call = queries.get_own(person, call_slug)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if taken(form, request, lambda said: _close(request, call, said)):
        return redirect(request.get_full_path())
    wanted = request.GET.get("state", "")
    state = wanted if wanted in STATES else ""
    context = {
        "call": call,
        "card": queries.card(person, call),
        "found": queries.list_for(person, call, state=state, page=page_in(request)),
        "counts": queries.counts(person, call),
        "state": state,
        "form": form,
        "ticked": request.POST.getlist("answer"),
    }
    return render(request, "find/calls/answers.html", context, status=status_of(form))


def _close(request: HttpRequest, call: Any, said: dict[str, Any]) -> None:
    named = None if request.POST.get("all") else _ticked(request)
    closed = actions.close_many(actor=request.person, call=call, answers=named, **said)  # type: ignore[attr-defined]
    words = ngettext("%(many)d answer was closed.", "%(many)d answers were closed.", closed)
    messages.success(request, words % {"many": closed})


def _ticked(request: HttpRequest) -> list[uuid.UUID]:
    found = [people.as_id(one) for one in request.POST.getlist("answer")]
    named = [one for one in found if one is not None]
    if not named:
        raise DomainError(_("Tick the answers that you mean, or choose all that wait."))
    return named


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def answer(request: HttpRequest, call_slug: str, answer_id: uuid.UUID) -> HttpResponse:
    """One answer, and what one may say to it."""
    person = request.person  # type: ignore[attr-defined]
    call = queries.get_own(person, call_slug)
    found = queries.get_answer(person, answer_id)
    if found.call_id != call.id or found.state not in _READ:
        raise NotHere
    forms, refusal = _forms(request), None
    if request.method == "POST":
        try:
            if _acted(request, found, forms):
                return redirect("web:call_answers", call.slug)
        except NotHere:
            raise
        except DomainError as error:
            refusal = error
    context = {
        "call": call,
        "card": answer_card(person, found),
        "is_live": call.state in ("open", "deciding"),
        "is_for_work": call.kind == "assignment" and found.state == "chosen",
        "forms": forms,
        "refusal": in_words(refusal) if refusal else "",
    }
    status = refusal.status if refusal else max(status_of(form) for form in forms.values())
    return render(request, "find/calls/answer.html", context, status=status)


_READ = ("sent", "shortlisted", "chosen", "closed")


def _forms(request: HttpRequest) -> dict[str, Any]:
    move = request.POST.get("move", "")
    return {
        "close": CloseForm(request.POST if move == "close" else None),
        "choose": WordsForm(request.POST if move == "choose" else None),
    }


def _acted(request: HttpRequest, found: Any, forms: dict[str, Any]) -> bool:
    move = request.POST.get("move", "")
    if move not in _ACTS:
        raise NotHere
    act, person = _ACTS[move], request.person  # type: ignore[attr-defined]
    form = forms.get(move)
    if form is None:
        act(actor=person, answer=found)
    elif not taken(form, request, lambda said: act(actor=person, answer=found, **said)):
        return False
    messages.success(request, _DONE[move]())
    return True


_ACTS: dict[str, Any] = {
    "shortlist": actions.shortlist,
    "off": actions.take_off_shortlist,
    "choose": actions.choose,
    "close": actions.close,
}
_DONE: dict[str, Any] = {
    "shortlist": lambda: _("On the shortlist. They are told."),
    "off": lambda: _("No longer on the shortlist."),
    "choose": lambda: _("Chosen. They are told."),
    "close": lambda: _("Closed. They are told."),
}
