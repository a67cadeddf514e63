"""A pitch on paper, in the language that one chooses: all of it, or the page to hand over."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from footbridge import documents as paper
from footbridge.core.access import Audience, access
from footbridge.pitches import queries
from footbridge.pitches.cards import PitchCard


@require_GET
@access(Audience.MEMBERS)
def kit(request: HttpRequest, pitch_id: uuid.UUID) -> HttpResponse:
    """Everything that was prepared, for the one who prepares it."""
    return _printed(request, pitch_id, "kit", _kit)


@require_GET
@access(Audience.MEMBERS)
def sponsor(request: HttpRequest, pitch_id: uuid.UUID) -> HttpResponse:
    """The page to hand over: a story, who decides, one thing to ask for."""
    return _printed(request, pitch_id, "sponsor", _sponsor)


def _printed(
    request: HttpRequest,
    pitch_id: uuid.UUID,
    name: str,
    written: Callable[[PitchCard, str], paper.PitchPage],
) -> HttpResponse:
    """The file's name is the same for every pitch: it stays behind in a folder of downloads."""
    person = request.person  # type: ignore[attr-defined]
    card = queries.pitch_card_of(person, queries.get_own(person, pitch_id))
    language = _language(request)
    with translation.override(language):
        document = written(card, language)
    response = HttpResponse(document.to_pdf(), content_type="application/pdf")
    response["Content-Language"] = language
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    known = dict(settings.LANGUAGES)
    return asked if asked in known else translation.get_language() or settings.LANGUAGE_CODE


def _sponsor(card: PitchCard, language: str) -> paper.PitchPage:
    """What the other side reads: nothing of what was only prepared."""
    return paper.PitchPage(
        language=language,
        kicker=_speaks(card),
        title=_target(card),
        ask=paper.Said(_("We ask you for one thing"), card.ask),
        facts=_said([(_("Who decides"), card.decider)]),
        winners=_said(
            [
                (_("What is in it for you"), card.theirs),
                (_("What is in it for us"), card.ours),
                (_("What the community gains"), card.community),
            ]
        ),
        story=card.story,
        parts=_said([(_("Why you can believe us"), card.proof)]),
        sides=_said(
            [
                (_("What it takes from you"), card.takes),
                (_("What you have from it, and when"), card.gives),
            ]
        ),
        foot=_speaks(card),
    )


def _kit(card: PitchCard, language: str) -> paper.PitchPage:
    """All of it, with what stands on no page that is handed over."""
    contact = f"{card.contact.name}, {card.contact.role}".rstrip(", ") if card.contact else ""
    return paper.PitchPage(
        language=language,
        kicker=_speaks(card),
        title=_target(card),
        ask=paper.Said(_("The one thing you ask for"), card.ask),
        facts=_said([(_("Who decides"), card.decider), (_("Whom to turn to first"), contact)]),
        winners=_said(
            [
                (_("What they gain"), card.theirs),
                (_("What you gain"), card.ours),
                (_("What the community gains"), card.community),
            ]
        ),
        parts=_said(
            [
                (_("The story"), card.story),
                (_("What they should feel"), card.emotion),
                (_("Why they can believe you"), card.proof),
            ]
        ),
        sides=_said(
            [
                (_("What it takes from them"), card.takes),
                (_("What they have from it, and when"), card.gives),
            ]
        ),
        last=_said([(_("What they may say against it, and your answer"), card.objections)]),
        foot=_("For you. The page to hand over is another one."),
    )


def _said(pairs: Iterable[tuple[str, str]]) -> tuple[paper.Said, ...]:
    return tuple(paper.Said(label, words) for label, words in pairs if words)


def _target(card: PitchCard) -> str:
    return card.target_name or _("Before a talk")


def _speaks(card: PitchCard) -> str:
    names: list[Any] = [card.on_behalf_of.name] if card.on_behalf_of else []
    return " · ".join([*names, card.author.name])
