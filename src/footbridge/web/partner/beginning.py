"""Beginning a record: from a starter, from an introduction, or with nothing; and changing it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.introductions import queries as introductions
from footbridge.partnerships import actions, queries
from footbridge.partnerships.actions import NewParty
from footbridge.partnerships.starters import Starter, all_starters, starter
from footbridge.partnerships.states import Kind, Move
from footbridge.people import queries as people
from footbridge.web.forms import status_of, taken
from footbridge.web.partner.forms import NewForm, RecordForm
from footbridge.web.partner.sides import other_side

RECORD = (
    *("title", "purpose", "what", "community_gain", "begins_on", "ends_on", "review_on"),
    *("currency", "is_formal"),
)


@require_GET
@access(Audience.MEMBERS)
def starters(request: HttpRequest) -> HttpResponse:
    """The worked starters, each told as far as one can before one begins."""
    told = [(one, str(Kind(one.kind).label)) for one in all_starters()]
    return render(request, "partner/starters.html", {"starters": told})


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a record for one's side; the other side is asked for its own yes."""
    person = request.person  # type: ignore[attr-defined]
    begun_from = starter(request.GET.get("starter", ""))
    introduction = _introduction(request, person)
    sides = _sides(person)
    initial = _initial(begun_from, introduction, person, sides)
    form = NewForm(request.POST or None, sides=sides.items(), initial=initial)
    made: list[Any] = []

    def carry_out(said: dict[str, Any]) -> None:
        others = [other_side(person, said)] if said["other"] or said["asked"] else []
        made.append(
            actions.begin(
                actor=person,
                own=_own(person, said),
                others=others,
                kind=said["kind"],
                starter=begun_from.slug if begun_from else "",
                promises=said["promises"].splitlines(),
                introduction=introduction,
                **{name: said[name] for name in RECORD},
            )
        )

    if taken(form, request, carry_out):
        messages.success(request, _("Your record is there. Who you named is asked for their yes."))
        return redirect("web:partnership", made[0].id)
    context = {"form": form, "starter": begun_from, "introduction": introduction}
    return render(request, "partner/new.html", context, status=status_of(form))


def _introduction(request: HttpRequest, person: Any) -> Any:
    wanted = request.GET.get("introduction")
    if not wanted:
        return None
    known = people.as_id(wanted)
    if known is None:
        raise NotHere
    return introductions.get(person, known)


def _sides(person: Any) -> dict[str, str]:
    """For whom somebody can begin: organisations that they act for, and themselves."""
    members = [*people.acted_for_by(person), person]
    return {str(one.id): one.name for one in members}


def _own(person: Any, said: dict[str, Any]) -> NewParty:
    if said["own"] == "group":
        return NewParty(name=said["own_group"])
    return NewParty(member=people.get(person, said["own"]))


def _initial(
    begun_from: Starter | None, introduction: Any, person: Any, sides: dict[str, str]
) -> dict[str, Any]:
    said: dict[str, Any] = {"own": next(iter(sides))}
    if begun_from is not None:
        said |= {
            "title": begun_from.title,
            "purpose": begun_from.why,
            "what": begun_from.what,
            "community_gain": begun_from.others_gain,
            "kind": begun_from.kind,
        }
    if introduction is not None:
        is_seeker = introduction.seeker_id == person.id
        other = introduction.target if is_seeker else introduction.seeker
        works = people.affiliations_of(person, people.get(person, other.id))
        at = next((one.organisation.name for one in works if one.is_current), other.name)
        said |= {"asked": other.name, "other": at}
    return said


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def edit(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """Change what is written about a partnership."""
    person = request.person  # type: ignore[attr-defined]
    card = queries.get_card(person, partnership_id)
    if Move.EDIT not in card.moves:
        return redirect("web:partnership", partnership_id)
    initial = {name: getattr(card, name) for name in (*RECORD, "version")}
    form = RecordForm(request.POST or None, initial=initial)
    found = queries.get(person, partnership_id)
    if taken(form, request, lambda said: actions.edit(actor=person, partnership=found, **said)):
        messages.success(request, _("Saved."))
        return redirect("web:partnership", partnership_id)
    context = {"form": form, "card": card}
    return render(request, "partner/edit.html", context, status=status_of(form))
