"""The coming dates of a series: how each is likely to land, and whom to ask to which."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.insight import evening
from footbridge.meetings import actions, queries
from footbridge.people import queries as people
from footbridge.web.host.inviting import names_left_out, tell_of_invited


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def dates(request: HttpRequest, series_id: uuid.UUID) -> HttpResponse:
    """Whom to ask to which date; one button asks them."""
    person = request.person  # type: ignore[attr-defined]
    series = queries.get_series(person, series_id)
    if request.method == "POST":
        _ask(request, series)
        return redirect("web:series_dates", series.id)
    most = _most_in(request)
    plans = evening.even_out(person, series, most=most)
    context = {
        "series": series,
        "plans": plans,
        "many": sum(len(one.to_ask) for one in plans),
        "most": most,
        "choices": range(1, min(len(plans), evening.MOST_DATES) + 1),
    }
    return render(request, "host/dates.html", context)


def _most_in(request: HttpRequest) -> int:
    """To how many of the dates one person may be asked: once unless the host says otherwise."""
    said = request.GET.get("most", "")
    return min(max(1, int(said)), evening.MOST_DATES) if said.isdecimal() else 1


def _ask(request: HttpRequest, series: Any) -> None:
    """Ask those who were shown and are still ticked: what was seen is what is done. Sent twice, it
    asks nobody twice."""
    person = request.person  # type: ignore[attr-defined]
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("Tick whom you would like to invite first."))
        return
    asked: list[Any] = []
    wanted: dict[uuid.UUID, Any] = {}
    for session_id, ids in chosen.items():
        session = queries.get(person, session_id)
        if session.series_id != series.id:
            raise NotHere
        found = {id: people.as_person(one) for id, one in people.by_ids(person, ids).items()}
        wanted |= found
        asked += actions.invite(actor=person, session=session, people=found.values())
    tell_of_invited(request, len(asked), names_left_out(list(wanted.values()), asked))


def _chosen(request: HttpRequest) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Each ticked box says "session/person"."""
    chosen: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for said in request.POST.getlist("ask"):
        session, _slash, who = said.partition("/")
        ids = people.as_id(session), people.as_id(who)
        if ids[0] is None or ids[1] is None:
            raise NotHere
        chosen[ids[0]].append(ids[1])
    return chosen
