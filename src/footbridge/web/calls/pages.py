"""Calls that everyone may see: the list, the feed, the page of one, and how to spread it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from footbridge.calls import policy, queries
from footbridge.calls.cards import CallCard
from footbridge.calls.queries import answers, public
from footbridge.calls.queries.paths import call_path
from footbridge.core.access import Audience, access
from footbridge.people.policy import VISITOR
from footbridge.web.calls import embedding, structured
from footbridge.web.calls import feed as feeds
from footbridge.web.forms import page_in
from footbridge.web.templatetags.times import clocks_of, moment


@require_GET
@access(Audience.EVERYONE)
def open_calls(request: HttpRequest) -> HttpResponse:
    """The calls that take answers now; of one chapter where the address names it."""
    chapter = public.chapter_of(request.GET.get("chapter", ""))
    found = public.open_calls(chapter, page=page_in(request))
    context = {"found": found, "chapter": chapter, "feed": _feed_path(chapter)}
    return render(request, "calls/calls.html", context)


def _feed_path(chapter: Any) -> str:
    return reverse("web:calls_feed") + (f"?chapter={chapter.id}" if chapter else "")


@require_GET
@access(Audience.EVERYONE)
def feed(request: HttpRequest) -> HttpResponse:
    """The same for programs: in the language of the chapter, whoever asks."""
    chapter = public.chapter_of(request.GET.get("chapter", ""))
    page = reverse("web:public_calls") + (f"?chapter={chapter.id}" if chapter else "")
    name = chapter.name if chapter else ""
    with override(chapter.language if chapter else settings.LANGUAGE_CODE):
        written = feeds.written(public.for_feed(chapter), _feed_path(chapter), page, name)
    return HttpResponse(written, content_type=feeds.MEDIA_TYPE)


@require_GET
@access(Audience.EVERYONE)
def public_call(request: HttpRequest, call_slug: str) -> HttpResponse:
    """The page of one call, for everyone."""
    call = public.get(call_slug)
    card = public.card(call)
    address = settings.PUBLIC_URL + feeds.page_of(card)
    context = {
        "card": card,
        "address": address,
        "structured": structured.as_json(card, address),
        "entries": answers.entries(VISITOR, call),
        "feed": _feed_path(None),
        "members_page": call_path(call),
        "may_share": _may_share(request, call),
        **texts(card, address),
    }
    return render(request, "calls/call.html", context)


def _may_share(request: HttpRequest, call: Any) -> bool:
    person = request.person  # type: ignore[attr-defined]
    return person is not None and policy.may_steward(person, call)


def texts(card: CallCard, address: str) -> dict[str, str]:
    """What to paste into other networks: a line, and some lines."""
    line = _("%(kind)s: %(title)s") % {"kind": card.kind_words, "title": card.title}
    until = _until(card)
    promise = _("Every answer gets a reply within %(days)d days.") % {"days": card.reply_days}
    lines = [
        line,
        card.outcome,
        _("What a good answer has: %(words)s") % {"words": card.good_answer},
        _("Answers until %(moment)s.") % {"moment": until} if until else "",
        promise,
        address,
    ]
    return {
        "short_text": f"{line} {address}",
        "long_text": "\n\n".join(one for one in lines if one),
    }


def _until(card: CallCard) -> str:
    if card.deadline is None:
        return ""
    return f"{moment(card.deadline, card.timezone)} ({clocks_of(card.timezone)})"


@require_GET
@access(Audience.MEMBERS)
def share(request: HttpRequest, call_slug: str) -> HttpResponse:
    """For those who look after a call: a form for other web sites, texts, the feed."""
    person = request.person  # type: ignore[attr-defined]
    call = queries.get_own(person, call_slug)
    card = queries.card(person, call)
    address = settings.PUBLIC_URL + feeds.page_of(card)
    action = settings.PUBLIC_URL + reverse("web:answer_from_elsewhere", args=[card.slug])
    asks = public.asked_of_strangers(call)
    context = {
        "card": card,
        "address": address,
        "is_there": public.has_page(call),
        "feed": settings.PUBLIC_URL + _feed_path(call.chapter),
        "snippets": [_snippet(one, card, action, address, asks) for one in settings.LANGUAGES],
        **texts(card, address),
    }
    return render(request, "calls/share.html", context)


def _snippet(
    language: tuple[str, str], card: CallCard, action: str, address: str, asks: tuple[str, ...]
) -> dict[str, str]:
    """The form to paste, in one language."""
    code, name = language
    said = {"title": card.title, "owner": card.owner.name}
    with override(code):
        html = embedding.snippet(action=action, page=address, asks=asks, **said)
    return {"code": code, "name": name, "html": html}
