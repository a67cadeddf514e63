"""What one needs and offers: said in one sentence, changed, closed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.core.versions import of_choice
from footbridge.exchange import actions, cards, policy, queries
from footbridge.insight.company import asks_for_company, company_for
from footbridge.insight.slots import slots_for
from footbridge.people import queries as people
from footbridge.web.forms import status_of, taken
from footbridge.web.home.forms import CausesForm, ChangeForm, NeedForm, OfferForm


@require_GET
@access(Audience.MEMBERS)
def overview(request: HttpRequest) -> HttpResponse:
    """All that one needs and offers, oneself and for the organisations one acts for."""
    person = request.person  # type: ignore[attr-defined]
    owners = [person, *people.acted_for_by(person)]
    context = {
        "needs": [card for owner in owners for card in queries.needs_of(person, owner)],
        "offers": [card for owner in owners for card in queries.offers_of(person, owner)],
        "past_needs": [card for owner in owners for card in queries.past_needs_of(person, owner)],
        "past_offers": [card for owner in owners for card in queries.past_offers_of(person, owner)],
        "causes": queries.causes_of(person, person),
        "givable": queries.givable(),
    }
    return render(request, "home/exchange.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def open_need(request: HttpRequest) -> HttpResponse:
    """Say what one looks for."""
    return _open(request, NeedForm, actions.open_need, _("What you need"))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def open_offer(request: HttpRequest) -> HttpResponse:
    """Say what one can give."""
    return _open(request, OfferForm, actions.open_offer, _("What you offer"))


def _open(request: HttpRequest, form_class: Any, act: Any, title: str) -> HttpResponse:
    person = request.person  # type: ignore[attr-defined]
    begun = {"thing": request.GET.get("thing", "")}
    form = form_class(request.POST or None, person=person, initial=begun)
    opened: list[Any] = []

    def carry_out(said: dict[str, Any]) -> None:
        details = {name: said[name] for name in said if name not in ("owner", "thing")}
        if said.get("thing"):
            details |= _thing(said["thing"])
        opened.append(act(actor=person, owner=form.owner_said(), **details))

    if taken(form, request, carry_out):
        messages.success(request, _("Written down. See whether it is about the right things."))
        kind = "need" if act is actions.open_need else "offer"
        return redirect("web:posting", kind, opened[0].id)
    context = {"form": form, "title": title}
    return render(request, "home/posting_form.html", context, status=status_of(form))


def _thing(key: str) -> dict[str, Any]:
    """What changes hands, where it was said in a tap: it is not guessed from the sentence."""
    skill = next(one for one in queries.givable() if one.key == key)
    return {"skills": queries.skills_by_ids([skill.id]), "resource": skill.resource}


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def change(request: HttpRequest, kind: str, posting_id: uuid.UUID) -> HttpResponse:
    """Change a sentence, or say which skills it means."""
    person = request.person  # type: ignore[attr-defined]
    posting = _own(person, kind, posting_id)
    card = _card(person, kind, posting)
    form = ChangeForm(request.POST or None, card=card, initial=_said_in(card))
    if taken(form, request, lambda said: _change(person, kind, posting, said)):
        messages.success(request, _("Saved."))
        return redirect("web:exchange")
    context = {"form": form, "card": card, "kind": kind, **_answers_to(person, kind, posting)}
    return render(request, "home/posting.html", context, status=status_of(form))


def _answers_to(person: Any, kind: str, posting: Any) -> dict[str, Any]:
    """Who has time for a need; and for one that asks for no skill, one person by name."""
    if kind != "need" or not posting.is_open:
        return {"slots": []}
    wants_company = asks_for_company(posting)
    return {
        "slots": slots_for(person, posting),
        "wants_company": wants_company,
        "company": company_for(person, posting) if wants_company else None,
    }


def _said_in(card: Any) -> dict[str, Any]:
    return {
        "text": card.text,
        "skills": [str(skill.id) for skill in card.skills],
        "resource": card.resource,
        "until": card.until,
        "urgent": getattr(card, "urgent", False),
        "version": card.version,
    }


@transaction.atomic
def _change(person: Any, kind: str, posting: Any, said: dict[str, Any]) -> None:
    edit = actions.edit_need if kind == "need" else actions.edit_offer
    details = {name: said[name] for name in ("text", "resource", "until", "urgent") if name in said}
    chosen = queries.skills_by_ids(said.get("skills", []))
    if said["more"]:
        more = [found.id for found in queries.suggest_skills(said["more"], limit=1)]
        chosen += queries.skills_by_ids(more)
    edit(actor=person, **{kind: posting}, **details, version=said["version"])
    actions.confirm_skills(actor=person, posting=posting, skills=chosen)


@require_POST
@access(Audience.MEMBERS)
def close(request: HttpRequest, kind: str, posting_id: uuid.UUID) -> HttpResponse:
    """It is no longer open: met, or no longer wanted."""
    person = request.person  # type: ignore[attr-defined]
    actions.close(actor=person, posting=_own(person, kind, posting_id))
    messages.success(request, _("Closed. You can open it again at any time."))
    return redirect("web:exchange")


@require_POST
@access(Audience.MEMBERS)
def reopen(request: HttpRequest, kind: str, posting_id: uuid.UUID) -> HttpResponse:
    """It is open again."""
    person = request.person  # type: ignore[attr-defined]
    actions.reopen(actor=person, posting=_own(person, kind, posting_id))
    messages.success(request, _("Open again."))
    return redirect("web:exchange")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def causes(request: HttpRequest) -> HttpResponse:
    """Say what one works for."""
    person = request.person  # type: ignore[attr-defined]
    mine = [str(cause.id) for cause in queries.causes_of(person, person)]
    form = CausesForm(request.POST or None, initial={"causes": mine, "version": of_choice(mine)})

    def carry_out(said: dict[str, Any]) -> None:
        chosen = queries.causes_by_ids(said["causes"])
        version = said["version"]
        actions.care_for(actor=person, member=person, causes=chosen, version=version)

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:exchange")
    context = {"form": form, "title": _("What you work for")}
    return render(request, "home/posting_form.html", context, status=status_of(form))


def _own(person: Any, kind: str, posting_id: uuid.UUID) -> Any:
    """A need or an offer that one may change, or NotHere."""
    if kind not in ("need", "offer"):
        raise NotHere
    get = queries.get_need if kind == "need" else queries.get_offer
    posting = get(person, posting_id)
    if not policy.may_edit(person, posting):
        raise NotHere
    return posting


def _card(person: Any, kind: str, posting: Any) -> Any:
    return cards.need_card(person, posting) if kind == "need" else cards.offer_card(person, posting)


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def still_stands(request: HttpRequest, token: str) -> HttpResponse:
    """Say by link whether a need still stands. Opening it changes nothing."""
    person, need = queries.need_of_link(token)
    if request.method == "POST":
        if request.POST.get("answer") == "yes":
            actions.keep(actor=person, posting=need)
        else:
            actions.close(actor=person, posting=need)
        return render(request, "introduce/thanks.html")
    return render(request, "home/still_stands.html", {"card": cards.need_card(person, need)})
