"""A call in the words that search engines read (schema.org), as JSON beside the page.

The page is what stands in a web of pages: it was published then, it expires with the deadline.
What it is about is somebody who `seeks` a `Demand`, «the announcement by an organization or person
to seek a certain type of goods or services»: true of briefs, assignments and competitions. A
`JobPosting` would promise employment, and an `Event` a time and place to be at; neither is so. A
call for funding is about a `MonetaryGrant`, which has a funder and an amount.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from footbridge.calls.cards import CallCard
from footbridge.calls.states import Kind

# Within <script> nothing may look like its end, nor like the beginning of a comment.
_WITHIN_A_PAGE = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&'"}


def as_json(card: CallCard, address: str) -> SafeString:
    """The data of a page, fit to stand between <script type="application/ld+json"> and its end:
    a browser runs nothing of it."""
    said = json.dumps(_without_blanks(data(card, address)), ensure_ascii=False)
    return mark_safe(said.translate(_WITHIN_A_PAGE))  # noqa: S308 - nothing in it closes the tag


def data(card: CallCard, address: str) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": card.title,
        "datePublished": _iso(card.opened_at),
        "expires": _iso(card.deadline),
        "mainEntity": _grant(card) if card.kind == Kind.FUNDING else _seeks(card),
    }


def _seeks(card: CallCard) -> dict[str, Any]:
    return _owner(card) | {"seeks": _demand(card)}


def _demand(card: CallCard) -> dict[str, Any]:
    return {
        "@type": "Demand",
        "name": card.title,
        "description": card.outcome,
        "itemOffered": {"@type": "Service", "name": card.title, "description": card.good_answer},
        "validFrom": _iso(card.opened_at),
        "validThrough": _iso(card.deadline),
        "areaServed": {"@type": "Place", "name": card.place} if card.place else None,
        "priceSpecification": _price(card),
    }


def _grant(card: CallCard) -> dict[str, Any]:
    return {
        "@type": "MonetaryGrant",
        "name": card.title,
        "description": card.outcome,
        "funder": _owner(card),
        "amount": _amount(card, "MonetaryAmount"),
    }


def _owner(card: CallCard) -> dict[str, Any]:
    return {"@type": "Person" if card.owner.is_person else "Organization", "name": card.owner.name}


def _price(card: CallCard) -> dict[str, Any] | None:
    amount = _amount(card, "PriceSpecification")
    if amount is None:
        return None
    return {
        "@type": "PriceSpecification",
        "priceCurrency": amount["currency"],
        "minPrice": amount["minValue"],
        "maxPrice": amount["maxValue"],
    }


def _amount(card: CallCard, kind: str) -> dict[str, Any] | None:
    if card.amount_from is None and card.amount_to is None:
        return None
    return {
        "@type": kind,
        "currency": card.currency,
        "minValue": card.amount_from,
        "maxValue": card.amount_to,
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def _without_blanks(said: Any) -> Any:
    if isinstance(said, dict):
        kept = {name: _without_blanks(value) for name, value in said.items()}
        return {name: value for name, value in kept.items() if value not in (None, "", {})}
    return said
