"""One's own skills: what one has done, how far one has come, who is asked and who may see it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import NotHere
from footbridge.expertise import actions, queries
from footbridge.expertise.actions import Pick
from footbridge.expertise.policy import FIRST_PICKS
from footbridge.web.forms import status_of, taken
from footbridge.web.skills.forms import (
    EpisodeForm,
    LevelForm,
    ListingForm,
    StoryForm,
    TickForm,
    WitnessForm,
)


@require_GET
@access(Audience.MEMBERS)
def overview(request: HttpRequest) -> HttpResponse:
    """What one can do, what shows it, who sees it; and what others ask one to say."""
    person = request.person  # type: ignore[attr-defined]
    listed = queries.listing_of(person)
    context = {
        "claims": queries.own_claims(person),
        "questions": queries.questions_to(person),
        "listed": listed,
        "listing_form": ListingForm(initial={"seen_by": listed}),
    }
    return render(request, "skills/skills.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def tick(request: HttpRequest) -> HttpResponse:
    """Tick what one has done, from a list."""
    person = request.person  # type: ignore[attr-defined]
    groups = queries.list_to_tick(person)
    lines = [line for group in groups for line in group.lines]
    form = TickForm(request.POST or None, lines=lines)
    if taken(form, request, lambda said: actions.pick(actor=person, keys=said["lines"])):
        messages.success(request, _("These are your skills. See whether the levels are right."))
        return redirect("web:skills")
    context = {
        "form": form,
        "groups": groups,
        "ticked": set(form["lines"].value() or []),
        "is_first": not queries.own_claims(person),
        "most": FIRST_PICKS,
    }
    return render(request, "skills/lived.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def write(request: HttpRequest) -> HttpResponse:
    """Tell an episode in one's own words: first the sentence, then the skills that it shows."""
    person = request.person  # type: ignore[attr-defined]
    suggested = _suggested(request)
    only_looks = request.method == "POST" and "look" in request.POST
    sent = None if only_looks else request.POST or None
    form = EpisodeForm(sent, suggested=suggested, initial=_typed(request, suggested))
    if not only_looks and taken(form, request, lambda said: _write(person, form, said)):
        messages.success(request, _("Written down. See whether the levels are right."))
        return redirect("web:skills")
    told = bool(request.POST.get("title", "").strip())
    context = {"form": form, "told": told}
    return render(request, "skills/episode.html", context, status=status_of(form))


def _suggested(request: HttpRequest) -> list[Any]:
    """The skills that what was typed speaks of, and those that were named besides."""
    told = f"{request.POST.get('title', '')} {request.POST.get('story', '')}"[:2200].strip()
    more = request.POST.get("more", "")[:100].strip()
    found = [one for text in (more, told) if text for one in queries.skills_in(text)]
    return list({one.key: one for one in found}.values())


def _typed(request: HttpRequest, suggested: list[Any]) -> dict[str, Any]:
    """What was typed so far: looking at what it shows is no time to find fault with it."""
    levels = [f"level_{one.key}" for one in suggested]
    names = ("title", "story", "since", "until", "more", "keep_back", "carries", *levels)
    typed = {name: request.POST[name] for name in names if request.POST.get(name)}
    return typed | {"skills": request.POST.getlist("skills")}


def _write(person: Any, form: EpisodeForm, said: dict[str, Any]) -> None:
    known = queries.skills_by_key(said["skills"])
    picks = [Pick(known[key], form.level_of(key), said["carries"]) for key in said["skills"]]
    told = {name: said[name] for name in ("title", "story", "since", "until")}
    actions.write_episode(actor=person, picks=picks, is_shown=not said["keep_back"], **told)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def listing(request: HttpRequest) -> HttpResponse:
    """List one's expertise, for all members or for few; or take that back."""
    person = request.person  # type: ignore[attr-defined]
    form = ListingForm(request.POST or None, initial={"seen_by": queries.listing_of(person)})
    if taken(form, request, lambda said: _list(person, said["seen_by"])):
        messages.success(request, _("Saved."))
        return redirect("web:skills")
    return render(request, "skills/listing.html", {"form": form}, status=status_of(form))


def _list(person: Any, seen_by: str) -> None:
    if seen_by:
        actions.list_expertise(actor=person, seen_by=seen_by)
    else:
        actions.unlist(actor=person)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def skill(request: HttpRequest, claim_id: uuid.UUID) -> HttpResponse:
    """One skill: its level, the episode that shows it, those who were there."""
    person = request.person  # type: ignore[attr-defined]
    claim = queries.own_claim(person, claim_id)
    card = queries.claim_card(person, claim)
    people = queries.could_be_asked(person, claim)
    forms = _forms(request, card, people)
    if request.method == "POST":
        done = _act(request, person, claim, forms)
        if done:
            return redirect(done)
    context = {
        "card": card,
        "forms": forms,
        "people": people,
        "questions": queries.questions_about(person, claim),
    }
    status = max(status_of(form) for form in forms.values())
    return render(request, "skills/skill.html", context, status=status)


def _forms(request: HttpRequest, card: Any, people: Any) -> dict[str, Any]:
    """The forms of a skill; the one that was sent is filled with what was typed."""
    move, told = request.POST.get("move", ""), card.episode
    names = ("title", "story", "since", "until", "version")
    said = {name: getattr(told, name) for name in names} | {"keep_back": not told.is_shown}
    level = {name: getattr(card, name) for name in ("level", "carries", "version")}

    def sent(name: str) -> Any:
        return request.POST if move == name else None

    return {
        "level": LevelForm(sent("level"), initial=level),
        "story": StoryForm(sent("story"), initial=said),
        "ask": WitnessForm(sent("ask"), people=people),
    }


def _act(request: HttpRequest, person: Any, claim: Any, forms: dict[str, Any]) -> Any:
    """Carry out the one thing that was tapped; where to go then, or nothing if it was refused."""
    move = request.POST.get("move", "")
    if move == "drop":
        actions.drop(actor=person, claim=claim)
        messages.success(request, _("Taken away."))
        return "web:skills"
    if move == "withdraw":
        row = queries.get(person, request.POST.get("question", ""))
        actions.withdraw(actor=person, confirmation=row)
    elif move not in forms:
        raise NotHere
    elif not taken(forms[move], request, lambda said: _ACTS[move](person, claim, said)):
        return None
    messages.success(request, _DONE[move])
    return request.path


def _ask(person: Any, claim: Any, said: dict[str, Any]) -> None:
    witness = queries.get_witness(person, said["person"])
    actions.ask(actor=person, claim=claim, person=witness)


def _tell(person: Any, claim: Any, said: dict[str, Any]) -> None:
    told = {name: said[name] for name in ("title", "story", "since", "until", "version")}
    actions.edit_episode(actor=person, claim=claim, is_shown=not said["keep_back"], **told)


_ACTS: dict[str, Any] = {
    "level": lambda person, claim, said: actions.edit_claim(actor=person, claim=claim, **said),
    "story": _tell,
    "ask": _ask,
}
_DONE: dict[str, Any] = {
    "level": lazy("Saved."),
    "story": lazy("Saved."),
    "ask": lazy("Asked. You see here when there is an answer."),
    "withdraw": lazy("Withdrawn."),
}
