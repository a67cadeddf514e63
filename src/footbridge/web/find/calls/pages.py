"""The calls that one may see, the page of one with its form to answer, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.calls import actions, eligibility, policy, queries
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.exchange import queries as exchange
from footbridge.insight import answers as insight
from footbridge.people import queries as people
from footbridge.people.gazetteer import country_of
from footbridge.web import overtaken
from footbridge.web.find.calls.forms import AnswerForm, CallsForm
from footbridge.web.forms import page_in, status_of, taken


@require_GET
@access(Audience.MEMBERS)
def calls(request: HttpRequest) -> HttpResponse:
    """The calls that take answers now, those that end soonest first; by word and filter."""
    person = request.person  # type: ignore[attr-defined]
    form = CallsForm(request.GET, causes=exchange.causes())
    context: dict[str, Any] = {"form": form}
    if form.is_valid() and (asked := _asked(form)) is not None:
        context["found"] = queries.search(person, page=page_in(request), **asked)
        # No filter leads to an empty page: what is open besides stands below.
        if not context["found"].total and any(asked.values()):
            context["others"] = queries.search(person, size=5).items
    return render(request, "find/calls/calls.html", context, status=status_of(form))


def _asked(form: CallsForm) -> dict[str, Any] | None:
    """What is asked for; None where the country is none that is known."""
    said = form.cleaned_data
    country = country_of(said["country"].strip()) if said["country"].strip() else ""
    if country is None:
        form.add_error("country", _("No country of this name is known."))
        return None
    names = ("kind", "cause", "until", "past")
    return {"text": said["q"], "country": country, **{name: said[name] for name in names}}


@require_GET
@access(Audience.MEMBERS)
def mine(request: HttpRequest) -> HttpResponse:
    """What one looks after, and what one answered."""
    person = request.person  # type: ignore[attr-defined]
    context = {"stewarded": queries.stewarded(person), "answers": queries.own_answers(person)}
    return render(request, "find/calls/mine.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def call(request: HttpRequest, call_slug: str) -> HttpResponse:
    """A call: what should come of it, whether one may answer and why, what was promised; and the
    form."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, call_slug)
    member = _answering(request, found)
    own = queries.own_answer(person, found, member) if member else None
    form = _form(request, found, own)
    if request.method == "POST" and _acted(request, found, member, form):
        return redirect(_back(request, found, person, member))
    context = _context(request, found, member, own) | {"form": form}
    return render(request, "find/calls/call.html", context, status=status_of(form))


def _answering(request: HttpRequest, found: Any) -> Any:
    """In whose name one answers: one's own, or that of an organisation. Who looks after the call is
    not asked to answer it, and may."""
    names = {str(one.id): one for one in _names(request, found)}
    wanted = request.POST.get("for") or request.GET.get("for", "")
    if wanted and wanted not in names:
        raise NotHere
    person = request.person  # type: ignore[attr-defined]
    if request.method == "POST":
        return names.get(wanted, person)
    if policy.may_steward(person, found):
        return names.get(wanted)
    return names.get(wanted) or next(iter(names.values()), None)


def _names(request: HttpRequest, found: Any) -> list[Any]:
    person = request.person  # type: ignore[attr-defined]
    return [one for one in [person, *people.acted_for_by(person)] if one.id != found.owner_id]


def _form(request: HttpRequest, found: Any, own: Any) -> AnswerForm:
    said = {"text": "", "gain": "", "shown": False, "version": 0}
    if own is not None:
        said = {name: getattr(own, name) for name in said}
    sent = request.POST if request.method == "POST" else None
    return AnswerForm(sent, entries_shown=found.entries_shown, initial=said)


def _acted(request: HttpRequest, found: Any, member: Any, form: AnswerForm) -> bool:
    """Keep what was written, and send it if that was asked. What cannot be sent is kept."""
    move, kept = request.POST.get("move", "save"), []
    if move not in ("save", "send"):
        raise NotHere
    person = request.person  # type: ignore[attr-defined]

    def write(said: dict[str, Any]) -> None:
        kept.append(actions.write(actor=person, call=found, member=member, **said))

    if not taken(form, request, write):
        return False
    if move == "save":
        messages.success(request, _("Kept."))
        return True
    try:
        actions.send(actor=person, answer=kept[0])
    except (NotHere, overtaken.Shown):
        raise
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        form.carry(kept[0].version)
        return False
    messages.success(request, _("Sent. You have a letter that says by when you hear."))
    return True


def _back(request: HttpRequest, found: Any, person: Any, member: Any) -> str:
    page = reverse("web:call", args=[found.slug])
    return page if member.id == person.id else f"{page}?for={member.id}"


def _context(request: HttpRequest, found: Any, member: Any, own: Any) -> dict[str, Any]:
    person = request.person  # type: ignore[attr-defined]
    verdicts = queries.check(found, member) if member else ()
    may_send = eligibility.may_send(verdicts)
    return {
        "call": found,
        "card": queries.card(person, found),
        "member": member,
        "names": _names(request, found),
        "verdicts": verdicts,
        "may_send": may_send,
        "others": [] if may_send or member is None else _others(person, found, member),
        "own": own,
        "own_page": _own_page(person, found, own),
        "is_steward": policy.may_steward(person, found),
        "entries": queries.entries(person, found),
    }


def _others(person: Any, found: Any, member: Any) -> list[Any]:
    """What else may be answered in that name."""
    return queries.what_else_fits(person, found, member)


def _own_page(person: Any, found: Any, own: Any) -> str:
    """Where files are added and an answer is taken back."""
    if own is None:
        return ""
    return queries.answer_path(queries.get_answer(person, own.id))


@require_GET
@access(Audience.MEMBERS)
def matches(request: HttpRequest, call_slug: str) -> HttpResponse:
    """Whom one's answer fits besides; for who looks after the call, whom it would fit."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, call_slug)
    answers = queries.own_answers_to(person, found)
    is_steward = policy.may_steward(person, found)
    if not answers and not is_steward:
        raise NotHere
    context = {
        "card": queries.card(person, found),
        "matches": [(one.member, insight.matches_for(person, one)) for one in answers],
        "fitting": insight.fitting(person, found) if is_steward else [],
        "is_steward": is_steward,
        "others": _others(person, found, answers[0].member) if answers else [],
    }
    return render(request, "find/calls/matches.html", context)
