"""Opening a call in a few small steps, each kept as one goes; at the end one looks it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.calls import actions, queries
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.exchange import queries as exchange
from footbridge.people import queries as people
from footbridge.web.find.calls.examples import EXAMPLES
from footbridge.web.find.calls.forms import (
    PART_WORDS,
    PARTS,
    NewCallForm,
    PartForm,
    standing,
)
from footbridge.web.forms import in_words, status_of, taken


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def new(request: HttpRequest) -> HttpResponse:
    """The kind, for whom, and one line; from there on it is a draft that is kept."""
    person = request.person  # type: ignore[attr-defined]
    owners = {str(one.id): one for one in [*people.acted_for_by(person), person]}
    initial = {"kind": request.GET.get("kind", ""), "owner": next(iter(owners))}
    form = NewCallForm(request.POST or None, owners=owners.values(), initial=initial)
    made: list[Any] = []

    def begin(said: dict[str, Any]) -> None:
        owner = owners.get(said["owner"], person)
        made.append(actions.draft(actor=person, **{**said, "owner": owner}))

    if taken(form, request, begin):
        return redirect("web:say_call", call_slug=made[0].slug, part="outcome")
    context = {"form": form, "examples": EXAMPLES}
    return render(request, "find/calls/new.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def say(request: HttpRequest, call_slug: str, part: str) -> HttpResponse:
    """One part of a call; what is said is kept before the next one comes."""
    person = request.person  # type: ignore[attr-defined]
    call = queries.get_own(person, call_slug)
    form = _form(request, call, part)

    def keep(said: dict[str, Any]) -> None:
        actions.shape(actor=person, call=call, said=form.said(), version=said["version"])

    if taken(form, request, keep):
        if call.state != "draft":
            messages.success(request, _("Saved. Whoever sees the call sees it so from now on."))
        return _next(call, part)
    context = {"form": form, "call": call, "part": part, "parts": _steps(call, part)}
    return render(request, f"find/calls/say_{part}.html", context, status=status_of(form))


def _form(request: HttpRequest, call: Any, part: str) -> PartForm:
    options: dict[str, Any] = {"call": call, "choices": _choices(call, part)}
    return PARTS[part](request.POST or None, initial=_initial(call, part, options), **options)


def _choices(call: Any, part: str) -> dict[str, Any]:
    causes = [(one.key, one.label) for one in exchange.causes()] if part != "terms" else []
    skills = _skills(call) if part == "terms" else {}
    return {"causes": causes, "rule_cause": causes, "skills": list(skills.items())}


def _skills(call: Any) -> dict[str, str]:
    """Those that were chosen, then those that what was written speaks of."""
    chosen = {str(one.id): one.label for one in call.skills.all()}
    text = f"{call.title}. {call.outcome}"
    guessed = {str(one.id): one.label for one in exchange.suggest_skills(text, get_language())}
    return chosen | guessed


def _initial(call: Any, part: str, options: dict[str, Any]) -> dict[str, Any]:
    """What stands there; of skills, before anything was chosen, all that were guessed."""
    said = standing(call, part)
    if part == "terms" and not said["skills"] and not call.reward:
        said["skills"] = [key for key, _label in options["choices"]["skills"]]
    return said


def _next(call: Any, part: str) -> HttpResponse:
    order = list(PARTS)
    after = order.index(part) + 1
    if call.state != "draft" or after == len(order):
        return redirect("web:look_over_call", call.slug)
    return redirect("web:say_call", call_slug=call.slug, part=order[after])


def _steps(call: Any, now: str) -> list[tuple[str, Any, str]]:
    """Each part with its words and where it stands."""
    lacking = {one.step for one in queries.what_is_missing(call)}
    order = list(PARTS)
    at = order.index(now) if now in order else len(order)

    def state(number: int, part: str) -> str:
        if part == now:
            return "current"
        return "done" if part not in lacking and number < at else ""

    return [(part, PART_WORDS[part], state(n, part)) for n, part in enumerate(order)]


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def look_over(request: HttpRequest, call_slug: str) -> HttpResponse:
    """The whole call as others will see it, and what it still lacks; then it is opened, or thrown
    away. An open one is shut, ended or withdrawn here."""
    person = request.person  # type: ignore[attr-defined]
    call = queries.get_own(person, call_slug)
    refusal = None
    if request.method == "POST":
        done, refusal = _done(request, call)
        if done:
            return redirect(*done)
    context = {
        "call": call,
        "card": queries.card(person, call),
        "parts": _steps(call, ""),
        "missing": [
            (PART_WORDS[one.step], one.step, one.words) for one in queries.what_is_missing(call)
        ],
        "counts": queries.counts(person, call),
        "refusal": in_words(refusal) if refusal else "",
        "typed": request.POST.get("words", ""),
    }
    status = refusal.status if refusal else 200
    return render(request, "find/calls/look_over.html", context, status=status)


def _done(request: HttpRequest, call: Any) -> tuple[tuple[str, ...], DomainError | None]:
    move = request.POST.get("move", "")
    if move not in _ACTS:
        raise NotHere
    try:
        return _ACTS[move](request, call), None
    except NotHere:
        raise
    except DomainError as error:
        return (), error


def _open(request: HttpRequest, call: Any) -> tuple[str, ...]:
    actions.open_call(actor=request.person, call=call)  # type: ignore[attr-defined]
    messages.success(request, _("Your call is open."))
    return ("web:call", call.slug)


def _discard(request: HttpRequest, call: Any) -> tuple[str, ...]:
    actions.discard(actor=request.person, call=call)  # type: ignore[attr-defined]
    messages.success(request, _("The draft is gone."))
    return ("web:my_calls",)


def _shut(request: HttpRequest, call: Any) -> tuple[str, ...]:
    actions.shut(actor=request.person, call=call)  # type: ignore[attr-defined]
    messages.success(request, _("No more answers are taken."))
    return ("web:call_answers", call.slug)


def _end(request: HttpRequest, call: Any) -> tuple[str, ...]:
    actions.end(actor=request.person, call=call)  # type: ignore[attr-defined]
    messages.success(request, _("The call is over. Everybody who answered is led on."))
    return ("web:call", call.slug)


def _withdraw(request: HttpRequest, call: Any) -> tuple[str, ...]:
    words = request.POST.get("words", "")
    actions.withdraw(actor=request.person, call=call, words=words)  # type: ignore[attr-defined]
    messages.success(request, _("Withdrawn. Everybody who answered is told."))
    return ("web:my_calls",)


_ACTS: dict[str, Any] = {
    "open": _open,
    "discard": _discard,
    "shut": _shut,
    "end": _end,
    "withdraw": _withdraw,
}
