"""Whom to choose from: people one knows, those who were ticked, and whom one looks for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from footbridge.insight import queries as insight
from footbridge.insight.cards import Filters
from footbridge.network import queries as network
from footbridge.people import cards
from footbridge.people import queries as people

MOST_FOUND = 10
MOST_KNOWN = 40


@dataclass(frozen=True)
class Candidate:
    """Someone who could be asked, and whether they are ticked."""

    member: Any
    is_chosen: bool


def looked_for(request: HttpRequest) -> str:
    """What somebody looks for, instead of sending the form."""
    return request.POST.get("q", "").strip() if "look" in request.POST else ""


def chosen(request: HttpRequest) -> list[Any]:
    """Those who are ticked, each once; NotHere for one whom the viewer may not see."""
    ids = request.POST.getlist("person") or request.GET.getlist("person")
    viewer = request.person  # type: ignore[attr-defined]
    return [people.get_person(viewer, one) for one in dict.fromkeys(ids[:MOST_KNOWN])]


def candidates(request: HttpRequest, but: set[uuid.UUID]) -> list[Candidate]:
    """Those who are ticked, then whom one looked for, then whom one knows; members only."""
    viewer = request.person  # type: ignore[attr-defined]
    ticked = [cards.card(viewer, one) for one in chosen(request)]
    found = _found(viewer, looked_for(request))
    known = [tie.other for tie in network.my_ties(viewer)][:MOST_KNOWN]
    rows = {one.id: one for one in (*ticked, *found, *known) if one.id not in but | {viewer.id}}
    chosen_ids = {one.id for one in ticked}
    return [Candidate(one, one.id in chosen_ids) for one in rows.values() if _may_be_asked(one)]


def _found(viewer: Any, text: str) -> list[Any]:
    if not text:
        return []
    return list(insight.search(viewer, text, filters=Filters(kind="person")).cards)[:MOST_FOUND]


def _may_be_asked(one: Any) -> bool:
    return one.is_person and one.standing == "joined" and not one.is_paused
