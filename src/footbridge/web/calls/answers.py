"""One's answer by its link, without an account; and the files that came with answers."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.calls import actions, limits, queries, sniffing
from footbridge.calls.actions import entries, files, outside
from footbridge.calls.queries import by_link as links
from footbridge.calls.queries import public
from footbridge.calls.states import LIVE, AnswerState
from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.insight import answers as insight
from footbridge.people import queries as people
from footbridge.people.policy import VISITOR
from footbridge.web import overtaken
from footbridge.web.calls.forms import ChangeForm, FileForm
from footbridge.web.forms import id_in, in_words, status_of, taken


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send it, change it, add files, take it back, see what came of it. Opening it changes
    nothing."""
    answer = links.answer_by_link(token)
    with override(_language(answer)):
        return _show(request, answer)


def _language(answer: Any) -> str:
    if answer.by is not None:
        return str(people.language_of(answer.by, answer.by.chapter))
    return answer.language or "en"


def _show(request: HttpRequest, answer: Any) -> HttpResponse:
    forms, refusal = _forms(request, answer), None
    if request.method == "POST":
        try:
            done = _acted(request, answer, forms)
        except (NotHere, overtaken.Shown):
            raise
        except DomainError as error:
            done, refusal = "", error
        if done:
            return redirect(done)
    return _page(request, answer, forms, refusal)


def _forms(request: HttpRequest, answer: Any) -> dict[str, Any]:
    """The forms for what may be typed; the one that was sent is filled with what was typed."""
    move, said = request.POST.get("move", ""), answer.call.entries_shown
    now = {name: getattr(answer, name) for name in ("text", "gain", "shown", "version")}
    sent = request.POST if move == "change" else None
    uploaded = (request.POST, request.FILES) if move == "add_file" else (None, None)
    return {
        "change": ChangeForm(sent, entries_shown=said, initial=now),
        "add_file": FileForm(*uploaded),
    }


def _acted(request: HttpRequest, answer: Any, forms: dict[str, Any]) -> str:
    """Carry out the one thing that was tapped, and say where to go; "" where a form came back."""
    move = request.POST.get("move", "")
    if move not in _ACTS:
        raise NotHere
    form = forms.get(move)
    if form is None:
        to = _ACTS[move](request, answer)
    elif not taken(form, request, lambda said: _ACTS[move](request, answer, **said)):
        return ""
    else:
        to = None
    if move in _DONE:
        messages.success(request, _DONE[move])
    return to or request.path


def _send(_request: HttpRequest, answer: Any) -> None:
    if answer.by is not None:
        actions.send(actor=answer.by, answer=answer)
    else:
        outside.confirm(answer=answer)


def _change(_request: HttpRequest, answer: Any, **said: Any) -> None:
    if answer.by is not None:
        actions.write(actor=answer.by, call=answer.call, member=answer.member, **said)
    else:
        outside.change(answer=answer, **said)


def _add_file(_request: HttpRequest, answer: Any, *, file: Any) -> None:
    files.check_size(file.size)
    name = file.name or ""
    files.add_file(actor=answer.by, answer=answer, name=name, content=file.read())


def _remove_file(request: HttpRequest, answer: Any) -> None:
    files.remove_file(actor=answer.by, answer=answer, file_id=id_in(request, "file_id"))


def _withdraw(_request: HttpRequest, answer: Any) -> str | None:
    was_draft = answer.state == AnswerState.DRAFT
    if answer.by is not None:
        actions.withdraw_answer(actor=answer.by, answer=answer)
    else:
        outside.withdraw(answer=answer)
    return reverse("web:public_calls") if was_draft else None


def _show_entry(request: HttpRequest, answer: Any) -> None:
    entries.show(actor=answer.by, answer=answer, shown=request.POST.get("shown") == "yes")


def _take_over(request: HttpRequest, answer: Any) -> str:
    """From here on it is with their account; this link opens nothing any more."""
    person = request.person  # type: ignore[attr-defined]
    if person is None:
        return f"{reverse('web:sign_in')}?next={request.path}"
    taken_over = outside.take_over(actor=person, answer=answer)
    return links.answer_path(taken_over)


def _come_in(_request: HttpRequest, answer: Any) -> str:
    return str(people.path_of(outside.ask_to_come_in(answer=answer)))


_ACTS: dict[str, Any] = {
    "send": _send,
    "change": _change,
    "add_file": _add_file,
    "remove_file": _remove_file,
    "withdraw": _withdraw,
    "show": _show_entry,
    "take_over": _take_over,
    "come_in": _come_in,
}
_DONE: dict[str, Any] = {
    "send": _("Sent. Whoever decides has your answer now."),
    "change": _("Changed."),
    "add_file": _("Added."),
    "remove_file": _("Taken away."),
    "withdraw": _("Taken back."),
    "show": _("Done."),
}


def _page(
    request: HttpRequest, answer: Any, forms: dict[str, Any], refusal: DomainError | None
) -> HttpResponse:
    call, viewer = answer.call, answer.by or VISITOR
    card = queries.card_of(viewer, answer)
    may_change = card.may_change and call.is_open
    context = {
        "card": card,
        "call": call,
        "is_public": public.has_page(call),
        "files": [(file, links.file_path(file)) for file in answer.files.defer("content")],
        "forms": forms if may_change else {},
        "may_add_files": may_change and (answer.by_id or answer.confirmed_at),
        "may_withdraw": card.is_waiting or card.is_draft,
        "others": _others(answer) if call.state not in LIVE else [],
        "matches": _matches(answer) if call.state not in LIVE else [],
        "from_outside": answer.by_id is None,
        "refusal": in_words(refusal) if refusal else "",
        "most_files": limits.MOST_FILES,
        "largest_file": filesizeformat(limits.LARGEST_FILE),
        "kinds": sniffing.TAKEN,
    }
    status = refusal.status if refusal else max(status_of(form) for form in forms.values())
    return render(request, "calls/by_link.html", context, status=status)


def _others(answer: Any) -> list[Any]:
    """What else there is for whoever answered, now that this call is over."""
    if answer.by is not None and answer.member is not None:
        return queries.what_else_fits(answer.by, answer.call, answer.member)
    return public.others_for(answer)


def _matches(answer: Any) -> list[Any]:
    """Whom a member's answer fits besides. Who is in the network is told to nobody else."""
    if answer.by is None or answer.member is None or answer.state == AnswerState.WITHDRAWN:
        return []
    return insight.matches_for(answer.by, answer)


# Files.


@require_GET
@access(Audience.MEMBERS)
def file(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """A file, for who sent it and for who decides."""
    return _download(links.file_for(request.person, file_id))  # type: ignore[attr-defined]


@require_GET
@access(Audience.LINK)
def file_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A file, for whoever holds the link to its answer."""
    return _download(links.file_by_link(token))


def _download(held: Any) -> HttpResponse:
    """To be kept, never shown in a page of ours: what is inside may be anything."""
    response = HttpResponse(bytes(held.content), content_type=held.media_type)
    response["Content-Disposition"] = content_disposition_header(True, held.name)
    return response
