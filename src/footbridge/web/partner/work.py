"""The work of a partnership: promises, the log, links, messages, what partnering costs."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.partnerships import actions, queries
from footbridge.partnerships.starters import starter
from footbridge.partnerships.states import Move
from footbridge.people import queries as people
from footbridge.web.forms import id_in, status_of, taken
from footbridge.web.partner.forms import (
    CostForm,
    EntryForm,
    LinkForm,
    MessageForm,
    PromiseForm,
)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def workspace(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """Everything that is written down, promised, linked and said; each with its own short form."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    move = request.POST.get("move", "")
    card = queries.get_card(person, partnership_id)
    forms = _forms(request, move, card)
    if _tapped(request, person, found, move) or _filled(request, person, found, move, forms):
        return redirect("web:partnership_work", found.id)
    if request.method == "POST" and move not in forms:
        raise NotHere
    context = {
        "card": card,
        "work": queries.workspace(person, found),
        "may_write": Move.WRITE in card.moves,
        "forms": forms,
        "starter": starter(card.starter),
    }
    status = max(status_of(form) for form in forms.values())
    return render(request, "partner/workspace.html", context, status=status)


def _forms(request: HttpRequest, move: str, card: Any) -> dict[str, Any]:
    def bound(name: str) -> Any:
        return request.POST if move == name else None

    return {
        "promise": PromiseForm(bound("promise"), people=_colleagues(card)),
        "write": EntryForm(bound("write")),
        "link": LinkForm(bound("link")),
        "say": MessageForm(bound("say")),
        "spend": CostForm(bound("spend"), initial={"currency": card.currency}),
    }


def _colleagues(card: Any) -> list[tuple[str, str]]:
    here = card.mine.people if card.mine else ()
    return list({str(one.person_id): one.name for one in here}.items())


def _tapped(request: HttpRequest, person: Any, found: Any, move: str) -> bool:
    """One tap: a promise kept or released, a link or a cost taken away."""
    acts: dict[str, Any] = {
        "keep": lambda row: actions.keep(actor=person, partnership=found, promise=row),
        "release": lambda row: actions.release(actor=person, partnership=found, promise=row),
        "unlink": lambda row: actions.unlink(actor=person, partnership=found, link=row),
        "unspend": lambda row: actions.take_back_cost(actor=person, partnership=found, cost=row),
    }
    if request.method != "POST" or move not in acts:
        return False
    acts[move](id_in(request, "row"))
    return True


def _filled(
    request: HttpRequest, person: Any, found: Any, move: str, forms: dict[str, Any]
) -> bool:
    """One of the short forms."""
    base = {"actor": person, "partnership": found}
    acts: dict[str, Any] = {
        "promise": lambda said: actions.promise(**base, **_promised(person, said)),
        "write": lambda said: actions.write(**base, **_without_version(said)),
        "link": lambda said: actions.link(**base, **said),
        "say": lambda said: actions.say(**base, **said),
        "spend": lambda said: actions.spend(**base, **_spent(said)),
    }
    if move not in acts or not taken(forms[move], request, acts[move]):
        return False
    messages.success(request, _("Written down."))
    return True


def _without_version(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != "version"}


def _promised(person: Any, said: dict[str, Any]) -> dict[str, Any]:
    who = people.get_person(person, said["person"]) if said["person"] else None
    return {"text": said["text"], "due_on": said["due_on"], "person": who}


def _spent(said: dict[str, Any]) -> dict[str, Any]:
    minutes = int((said.pop("hours") or 0) * 60)
    return {**said, "minutes": minutes}


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def entry(request: HttpRequest, partnership_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Change a note or a decision."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    work = queries.workspace(person, found)
    row = next((one for one in work.log if one.id == entry_id), None)
    if row is None:
        raise NotHere
    said_before = {name: getattr(row, name) for name in ("kind", "text", "why", "version")}
    form = EntryForm(request.POST or None, initial=said_before)
    del form.fields["kind"]

    def carry_out(said: dict[str, Any]) -> None:
        actions.rewrite(actor=person, partnership=found, entry=entry_id, **said)

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:partnership_work", found.id)
    context = {"card": queries.get_card(person, partnership_id), "form": form}
    return render(request, "partner/change.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def promise(request: HttpRequest, partnership_id: uuid.UUID, promise_id: uuid.UUID) -> HttpResponse:
    """Change what one's own side promised."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get(person, partnership_id)
    card = queries.get_card(person, partnership_id)
    work = queries.workspace(person, found)
    row = next((one for one in work.promises if one.id == promise_id and one.is_ours), None)
    if row is None:
        raise NotHere
    initial = {
        "text": row.text,
        "due_on": row.due_on,
        "person": str(row.person_id or ""),
        "version": row.version,
    }
    form = PromiseForm(request.POST or None, people=_colleagues(card), initial=initial)

    def carry_out(said: dict[str, Any]) -> None:
        version, words = said["version"], _promised(person, said)
        base = {"actor": person, "partnership": found, "promise": promise_id}
        actions.edit_promise(**base, **words, version=version)

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:partnership_work", found.id)
    context = {"card": card, "form": form}
    return render(request, "partner/change.html", context, status=status_of(form))
