"""A member's page, as one viewer may know them; and the page of who is public, for everyone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from footbridge.core.access import Audience, access
from footbridge.exchange import queries as exchange
from footbridge.expertise import queries as expertise
from footbridge.people import queries as people
from footbridge.people.cards import Portrait
from footbridge.web.account.forms import language_choices


def member_page(viewer: Any, member: Any) -> dict[str, Any]:
    """What a member's page is made of: all that they show to this viewer."""
    return {
        **drawn(people.portrait(viewer, member)),
        "needs": exchange.needs_in_brief(viewer, member),
        "offers": exchange.offers_in_brief(viewer, member),
        "causes": exchange.causes_of(viewer, member),
        "skills": expertise.claims_of(viewer, member) if member.is_person else [],
    }


def drawn(portrait: Portrait) -> dict[str, Any]:
    """The part that may be for everyone."""
    names = dict(language_choices())
    return {
        "card": portrait.card,
        "about": portrait.about,
        "website": portrait.website,
        "languages": [names.get(code, code) for code in portrait.card.languages],
        "affiliations": portrait.affiliations,
        "public_path": portrait.public_path,
    }


@require_GET
@access(Audience.EVERYONE)
def public_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a person who chose to be seen by everyone."""
    portrait, page = people.public_portrait(slug)
    context = drawn(portrait) | {"may_be_listed": page.may_be_listed, "address": request.path}
    response = render(request, "find/public.html", context)
    if not page.may_be_listed:
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response
