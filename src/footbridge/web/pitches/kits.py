"""Pitches: begun, filled in, changed, taken away; and how the meeting went."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.insight.pitch import draw, draw_for
from footbridge.people import queries as people
from footbridge.pitches import actions, queries
from footbridge.pitches.actions import Kit
from footbridge.web.find.stones import of_chain
from footbridge.web.forms import status_of, taken
from footbridge.web.pitches.forms import KitForm, NewPitchForm, WentForm


@require_GET
@access(Audience.MEMBERS)
def overview(request: HttpRequest) -> HttpResponse:
    """What one prepares, what one is asked to listen to, and what helps."""
    person = request.person  # type: ignore[attr-defined]
    context = {"mine": queries.mine(person), "listens": queries.listens_to(person)}
    return render(request, "pitches/pitches.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def new(request: HttpRequest) -> HttpResponse:
    """Say whom one wants to win. Whatever can be read of them and of oneself is filled in."""
    person = request.person  # type: ignore[attr-defined]
    named = _named(request, person)
    sides = [(str(one.id), one.name) for one in (*people.acted_for_by(person), person)]
    initial = {"target_name": named.name} if named else {}
    form = NewPitchForm(request.POST or None, sides=sides, initial=initial)
    made: list[Any] = []

    def carry_out(said: dict[str, Any]) -> None:
        target = _meant(person, named, said["target_name"])
        side = said.get("on_behalf_of") or sides[0][0]
        made.append(_begin(person, target, said["target_name"], side))

    if taken(form, request, carry_out):
        messages.success(request, _("Filled in with what can be read here. Now make it yours."))
        return redirect("web:edit_pitch", made[0].id)
    context = {"form": form, "named": named}
    return render(request, "pitches/new.html", context, status=status_of(form))


def _named(request: HttpRequest, person: Any) -> Any:
    """The member that the address names."""
    asked = request.GET.get("to", "")
    return people.get(person, asked) if asked else None


def _meant(person: Any, named: Any, words: str) -> Any:
    """The member of that name; the one that the address named, if the name was not changed."""
    if named is not None and named.name == words:
        return named
    return people.find(person, words)


def _begin(person: Any, target: Any, target_name: str, side: str) -> Any:
    ours = None if side == str(person.id) else people.get(person, side)
    drawn = draw(person, target, ours)
    contact = people.get(person, drawn.contact_id) if drawn.contact_id else None
    return actions.begin(
        actor=person,
        kit=drawn.kit,
        target=target,
        target_name=target_name,
        on_behalf_of=ours,
        contact=contact,
    )


@require_GET
@access(Audience.MEMBERS)
def kit(request: HttpRequest, pitch_id: uuid.UUID) -> HttpResponse:
    """One pitch: what is said, whom to turn to, who listened; for its author."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get_own(person, pitch_id)
    drawn = draw_for(person, found)
    context = {
        "card": queries.pitch_card_of(person, found),
        "drawn": drawn,
        "chain": of_chain(drawn.chain) if drawn.chain else None,
        "rehearsals": queries.rehearsals_of(person, found),
        "languages": settings.LANGUAGES,
    }
    return render(request, "pitches/pitch.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def edit(request: HttpRequest, pitch_id: uuid.UUID) -> HttpResponse:
    """Make it one's own, with what was read of the other side beside it."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get_own(person, pitch_id)
    standing = {name: getattr(found, name) for name in asdict(Kit())}
    form = KitForm(request.POST or None, initial={**standing, "version": found.version})

    def carry_out(said: dict[str, Any]) -> None:
        actions.change(actor=person, pitch=found, kit=form.kit(), version=said["version"])

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:pitch", found.id)
    context = {
        "form": form,
        "card": queries.pitch_card_of(person, found),
        "drawn": draw_for(person, found),
    }
    return render(request, "pitches/edit.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def went(request: HttpRequest, pitch_id: uuid.UUID) -> HttpResponse:
    """Say how the meeting went."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.get_own(person, pitch_id)
    standing = {"went": found.went, "met_on": found.met_on, "words": found.went_words}
    form = WentForm(request.POST or None, initial={**standing, "version": found.version})

    def carry_out(said: dict[str, Any]) -> None:
        actions.tell(actor=person, pitch=found, met=form.met(), version=said["version"])

    if taken(form, request, carry_out):
        messages.success(request, _("Saved."))
        return redirect("web:pitch", found.id)
    context = {"form": form, "card": queries.pitch_card_of(person, found)}
    return render(request, "pitches/went.html", context, status=status_of(form))


@require_POST
@access(Audience.MEMBERS)
def forget(request: HttpRequest, pitch_id: uuid.UUID) -> HttpResponse:
    """Take it away, with all that was written."""
    person = request.person  # type: ignore[attr-defined]
    actions.forget(actor=person, pitch=queries.get_own(person, pitch_id))
    messages.success(request, _("Gone, with all that you wrote there."))
    return redirect("web:pitches")
