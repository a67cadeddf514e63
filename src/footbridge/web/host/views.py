"""A host's evening: who waits, who should meet, what got stuck."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.calls import queries as calls
from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.exchange import cards as exchange_cards
from footbridge.exchange import queries as exchange
from footbridge.insight import queries as insight
from footbridge.insight.company import still_without_company
from footbridge.intake import queries as intake
from footbridge.introductions import actions as introductions_actions
from footbridge.introductions import queries as introductions
from footbridge.network import actions as network_actions
from footbridge.people import actions, cards, outbox, places, policy, queries
from footbridge.web.forms import id_in, status_of, taken
from footbridge.web.host.forms import ChapterForm, PairForm


def hosted(request: HttpRequest, chapter_id: uuid.UUID) -> Any:
    """A chapter that the one who looks hosts, or NotHere."""
    person = request.person  # type: ignore[attr-defined]
    mine = {chapter.id: chapter for chapter in queries.hosting(person)}
    if chapter_id not in mine:
        raise NotHere
    return mine[chapter_id]


@require_GET
@access(Audience.HOSTS)
def host(request: HttpRequest) -> HttpResponse:
    """The chapter one hosts; with several, the first."""
    mine = queries.hosting(request.person)  # type: ignore[attr-defined]
    return redirect("web:chapter", mine[0].id)


@require_GET
@access(Audience.HOSTS)
def chapter(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """What waits for the host of a chapter, and the way to everything else."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    context = {
        "chapter": here,
        "chapters": queries.hosting(person),
        "standings": queries.standings(person, here),
        "applicants": queries.applicants(person, here),
        "stalled": introductions.stalled(person),
        "returners": exchange_cards.need_cards(
            person, exchange.with_details(person, exchange.returners(person))
        ),
        "alone": still_without_company(person, here),
        "counts": introductions.counts(person),
        "duplicates": intake.count_duplicates(person, here),
        "late_calls": [one for one in calls.late_for_hosts(person) if one.chapter == here.id],
        "outbox_waiting": outbox.waiting(person).count(),
        "pairs": insight.pairs(person, here, top=3),
    }
    return render(request, "host/chapter.html", context)


@require_GET
@access(Audience.HOSTS)
def pairs(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Who of the chapter should meet whom, and for whom nobody fits yet."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    context = {
        "chapter": here,
        "pairs": insight.pairs(person, here, top=20),
        "unmatched": insight.unmatched(person, here),
    }
    return render(request, "host/pairs.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def introduce_pair(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Bring two people of the list together, with the yes of both."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    one = queries.get_person(person, id_in(request, "one"))
    other = queries.get_person(person, id_in(request, "other"))
    form = PairForm(request.POST or None, initial=_first_words(person, one, other))
    if taken(
        form,
        request,
        lambda _said: introductions_actions.introduce_pair(
            actor=person, one=one, other=other, **form.note()
        ),
    ):
        messages.success(
            request,
            _("%(name)s is asked first. The link stands in the outbox, to be copied.")
            % {"name": one.name},
        )
        return redirect("web:outbox")
    context = {
        "chapter": here,
        "form": form,
        "one": cards.card(person, one),
        "other": cards.card(person, other),
    }
    return render(request, "host/introduce_pair.html", context, status=status_of(form))


def _first_words(person: Any, one: Any, other: Any) -> dict[str, str]:
    """The reasons that were found, as a first draft of the note, which others read."""
    found = [
        suggestion
        for suggestion in insight.suggest(person, one, top=20)
        if suggestion.card.id == other.id
    ]
    card = cards.card(policy.stand_in(), one)
    known = ", ".join(part for part in (card.name, card.role, card.organisation) if part)
    reasons = [reason.text for reason in found[0].reasons[:3]] if found else []
    return {"who_i_am": known, "why_you": ". ".join(reasons) + ("." if reasons else "")}


@require_POST
@access(Audience.HOSTS)
def propose_tie(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Ask two people whether they know each other."""
    person = request.person  # type: ignore[attr-defined]
    hosted(request, chapter_id)
    one = queries.get_person(person, id_in(request, "one"))
    other = queries.get_person(person, id_in(request, "other"))
    network_actions.propose_tie(actor=person, one=one, other=other)
    messages.success(request, _("Both are asked."))
    return redirect("web:listed", one.id)


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def edit_chapter(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Change what is said of the chapter."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    initial = {
        "name": here.name,
        "language": here.language,
        "welcome": here.welcome,
        "place": here.place.name if here.place else "",
        "version": here.version,
    }
    form = ChapterForm(request.POST or None, initial=initial)

    def carry_out(said: dict[str, Any]) -> None:
        place = places.named(said["place"]) if said["place"] else None
        actions.edit_chapter(actor=person, chapter=here, **(said | {"place": place}))

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:chapter", here.id)
    context = {"chapter": here, "form": form, "title": _("The chapter")}
    return render(request, "host/form.html", context, status=status_of(form))
